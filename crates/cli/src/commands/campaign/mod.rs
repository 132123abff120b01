//! `interdict campaign`.

mod mailings;
mod shares;

use crate::args::Campaign;
use crate::error::{CommandError, Status};

pub(crate) fn run(args: &Campaign) -> Result<Status, CommandError> {
    match &args.shares {
        Some(path) => shares::run(path, args),
        None => mailings::run(args),
    }
}
