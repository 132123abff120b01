//! The commands: each gives the flags their meaning and prints what the engine returns.

mod campaign;
mod compare;
mod demo;
mod extract;
mod intrusion;
mod lists;
mod ner;
mod network;
mod open;
mod policy;
mod progress;
mod read;
mod rescreen;
mod screen;
mod serve;
mod traces;
mod validate;

pub(crate) use intrusion::manner;
pub(crate) use screen::bits;

use std::io::{IsTerminal, Write};
use std::path::Path;

use engine::EngineError;

use crate::args::{Command, Format, Interdict};
use crate::error::{CommandError, Status};
use crate::plain::plain;

pub(crate) fn run(args: Interdict) -> Result<Status, CommandError> {
    match args.command {
        Command::Demo(args) => demo::run(&args),
        Command::Screen(args) => screen::run(*args),
        Command::Rescreen(args) => rescreen::run(&args),
        Command::Compare(args) => compare::run(args),
        Command::Read(args) => read::run(&args),
        Command::Lists(args) => lists::run(args),
        Command::Network(args) => network::run(&args),
        Command::Serve(args) => serve::run(*args),
        Command::Policy(args) => policy::run(args),
        Command::Validate(args) => validate::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::ExtractChild(args) => crate::extracting::run_child(&args),
        Command::Campaign(args) => campaign::run(&args),
        Command::Intrusion(args) => intrusion::run(&args),
    }
}

/// Failed rows named on standard error; receipts and JSON name more.
const SHOWN_FAILURES: usize = 20;

/// Human output on a terminal, machine output in a pipe.
fn format_or(format: Option<Format>, machine: Format) -> Format {
    format.unwrap_or(if std::io::stdout().is_terminal() { Format::Table } else { machine })
}

/// The form of what goes to a file: as it is asked for, else by the ending of the file's name, else JSON.
fn format_of_file(format: Option<Format>, output: &Path) -> Result<Format, EngineError> {
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match (format, &*ending) {
        (Some(format), _) => Ok(format),
        (None, "jsonl" | "ndjson") => Ok(Format::Jsonl),
        (None, "csv") => Ok(Format::Csv),
        (None, "txt") => Ok(Format::Table),
        (None, "html" | "htm") => {
            Err(EngineError::usage(format!("--output {}: no page is written here", output.display()))
                .hint("name it .json, .jsonl, .csv or .txt, or say --format"))
        }
        (None, _) => Ok(Format::Json),
    }
}

/// One line on standard error.
fn note(text: &str) {
    // Nothing is left to be done where standard error itself is gone.
    let _gone = writeln!(std::io::stderr().lock(), "{}", plain(text));
}

/// Names the first failed rows of a file, and what to do about them.
fn say_failures(input: &Path, failures: &[(String, u64, String)], failed: u64) {
    let file = input.display();
    for (id, line, reason) in failures.iter().take(SHOWN_FAILURES) {
        note(&format!("failed: {file} line {line} (id {id}): {reason}"));
    }
    if failed > SHOWN_FAILURES as u64 {
        note(&format!("failed: {} more rows", failed - SHOWN_FAILURES as u64));
    }
    if failed > 0 {
        note("  remedy: mend these rows and screen them again; all others are screened");
    }
}
