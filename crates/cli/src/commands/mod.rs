//! The commands: each gives the flags their meaning and prints what the engine returns.

mod compare;
mod demo;
mod lists;
mod screen;
mod validate;

pub(crate) use screen::bits;

use std::io::{IsTerminal, Write};
use std::path::Path;

use engine::{EngineError, ScreenList};

use crate::args::{Command, Format, Interdict};
use crate::error::{CommandError, Status};
use crate::plain::plain;

pub(crate) fn run(args: Interdict) -> Result<Status, CommandError> {
    match args.command {
        Command::Demo(args) => demo::run(&args),
        Command::Screen(args) => screen::run(*args),
        Command::Compare(args) => compare::run(args),
        Command::Lists(args) => lists::run(args),
        Command::Validate(args) => validate::run(&args),
    }
}

/// Failed rows named on standard error; receipts and JSON name more.
const SHOWN_FAILURES: usize = 20;

/// A list by path or name.
fn open_list(list: &str) -> Result<ScreenList, EngineError> {
    if list == "demo" {
        return engine::demo_list();
    }
    let path = Path::new(list);
    if path.exists() || list.contains(['/', '\\', '.']) {
        return ScreenList::open(path);
    }
    Err(EngineError::input(format!("there is no file and no installed list named {list}"))
        .hint("give the path of a list file, for example --list lists/sdn.csv, or --list demo"))
}

/// Human output on a terminal, machine output in a pipe.
fn format_or(format: Option<Format>, machine: Format) -> Format {
    format.unwrap_or(if std::io::stdout().is_terminal() { Format::Table } else { machine })
}

/// One line on standard error.
fn note(text: &str) {
    // Nothing is left to be done where standard error itself is gone.
    let _gone = writeln!(std::io::stderr().lock(), "{}", plain(text));
}

/// Says why a list may not find all that it should: what it is to be doubted for, and rows that could not be read.
fn say_doubts(list: &ScreenList) {
    for warning in &list.report.warnings {
        note(&format!("warning: {warning}"));
    }
    let skipped = &list.report.skipped;
    for row in skipped.iter().take(SHOWN_FAILURES) {
        note(&format!("failed: {} line {}: {}", row.file, row.line, row.reason));
    }
    if skipped.len() > SHOWN_FAILURES {
        let more = skipped.len() - SHOWN_FAILURES;
        note(&format!(
            "failed: {more} more rows; interdict lists show {} --format json names all",
            list.source
        ));
    }
    if !skipped.is_empty() {
        note("  remedy: fetch the list again, or mend these rows: who is listed there is not found");
    }
}
