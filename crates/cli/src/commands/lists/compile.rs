//! `interdict lists compile`.

use crate::args::Compile;
use crate::commands::note;
use crate::commands::open::{open_lists, unless_rows_failed};
use crate::error::{CommandError, Status};

pub(super) fn run(args: &Compile) -> Result<Status, CommandError> {
    let library = open_lists(&args.lists, None)?;
    let bytes = library.compile(&args.output)?;
    for list in library.lists() {
        note(&format!("{}: {} parties, version {}", list.source, list.entities.len(), list.version));
    }
    note(&format!("{} written: {} KiB", args.output.display(), bytes.div_ceil(1024)));
    Ok(unless_rows_failed(library.lists(), Status::Ran))
}
