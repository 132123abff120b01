//! Chores of the project: `cargo xtask population`, `cargo xtask arrows`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool")]

use std::path::Path;
use std::process::ExitCode;

mod arrows;
mod population;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["population"] => population::run(&root.join("crates/names/data"), None),
        ["population", "--installed", folder] => {
            population::run(&root.join("crates/names/data"), Some(Path::new(folder)))
        }
        ["arrows"] => arrows::run(&root),
        _ => {
            eprintln!("usage: cargo xtask population [--installed FOLDER] | arrows");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
