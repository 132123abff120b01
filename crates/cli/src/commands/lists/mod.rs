//! `interdict lists`, a file for each of its commands.

mod compile;
mod join;
mod show;

use crate::args::{Lists, ListsCommand};
use crate::error::{CommandError, Status};

pub(crate) fn run(args: Lists) -> Result<Status, CommandError> {
    match args.command {
        ListsCommand::Show(args) => show::run(&args),
        ListsCommand::Compile(args) => compile::run(&args),
        ListsCommand::Join(args) => join::run(&args),
    }
}
