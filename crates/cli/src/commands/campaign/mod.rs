//! `interdict campaign`.

mod shares;

use engine::EngineError;

use crate::args::Campaign;
use crate::error::{CommandError, Status};

pub(crate) fn run(args: &Campaign) -> Result<Status, CommandError> {
    match &args.shares {
        Some(path) => shares::run(path, args),
        None => {
            Err(EngineError::usage("nothing to read").hint("interdict campaign --shares FILE.csv").into())
        }
    }
}
