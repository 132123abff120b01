//! `interdict lists`, a file for each of its commands.

mod add;
mod catalogue;
mod changes;
mod compile;
mod diff;
mod export;
mod join;
mod log;
mod remove;
mod show;
mod update;
mod updating;

use crate::args::{Lists, ListsCommand};
use crate::error::{CommandError, Status};

pub(crate) fn run(args: Lists) -> Result<Status, CommandError> {
    match args.command {
        ListsCommand::Catalogue(args) => catalogue::run(&args),
        ListsCommand::Add(args) => add::run(&args),
        ListsCommand::Update(args) => update::run(&args),
        ListsCommand::Remove(args) => remove::run(&args),
        ListsCommand::Log(args) => log::run(&args),
        ListsCommand::Show(args) => show::run(&args),
        ListsCommand::Diff(args) => diff::run(&args),
        ListsCommand::Compile(args) => compile::run(&args),
        ListsCommand::Export(args) => export::run(&args),
        ListsCommand::Join(args) => join::run(&args),
    }
}
