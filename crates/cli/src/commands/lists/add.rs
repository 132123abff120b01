//! `interdict lists add`.

use super::updating::{say, with_updater};
use crate::args::{Add, Format};
use crate::commands::format_or;
use crate::error::{CommandError, Status};

pub(super) fn run(args: &Add) -> Result<Status, CommandError> {
    let sleep = |pause| {
        std::thread::sleep(pause);
        true
    };
    let added = with_updater(&args.taking, &sleep, &|| true, |updater| updater.add(&args.list, &args.from))?;
    say(&[added], format_or(args.format, Format::Json))
}
