//! `interdict policy`.

mod check;
mod diff;

use std::io::Write;

use crate::args::{Policy, PolicyCommand};
use crate::error::{CommandError, Status};

pub(crate) fn run(args: Policy) -> Result<Status, CommandError> {
    match args.command {
        PolicyCommand::Check(args) => check::run(&args),
        PolicyCommand::Diff(args) => diff::run(&args),
        PolicyCommand::Default(_) => {
            std::io::stdout().lock().write_all(engine::DEFAULT_POLICY.as_bytes())?;
            Ok(Status::Ran)
        }
    }
}
