//! `interdict lists remove`.

use super::updating::with_updater;
use crate::args::{Remove, Taking};
use crate::commands::note;
use crate::error::{CommandError, Status};

pub(super) fn run(args: &Remove) -> Result<Status, CommandError> {
    with_updater(&Taking::default(), &|_| true, &|| true, |updater| updater.remove(&args.list))?;
    note(&format!("{} is screened against no more; its versions and its log are kept", args.list));
    Ok(Status::Ran)
}
