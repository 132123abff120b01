//! Chores of the project: `cargo xtask population`, `cargo xtask arabic`, `cargo xtask places`, `cargo xtask han`,
//! `cargo xtask ftm`, `cargo xtask fit`, `cargo xtask growth`, `cargo xtask latency`, `cargo xtask case`,
//! `cargo xtask words`, `cargo xtask arrows`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool")]

use std::path::Path;
use std::process::ExitCode;

mod arabic;
mod arrows;
mod case;
mod fit;
mod ftm;
mod growth;
mod han;
mod latency;
mod places;
mod population;
mod python;
mod words;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let data = root.join("crates/names/data");
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["population"] => population::run(&data, None, false),
        ["population", "--check"] => population::run(&data, None, true),
        ["population", "--installed", folder] => population::run(&data, Some(Path::new(folder)), false),
        ["arabic"] => arabic::run(&root.join("crates/text/data"), None),
        ["arabic", "--installed", folder] => {
            arabic::run(&root.join("crates/text/data"), Some(Path::new(folder)))
        }
        ["places"] => places::run(&data, None),
        ["places", "--installed", folder] => places::run(&data, Some(Path::new(folder))),
        ["han"] => han::run(&root.join("crates/text/data"), None),
        ["han", "--installed", folder] => han::run(&root.join("crates/text/data"), Some(Path::new(folder))),
        ["ftm"] => ftm::run(&root, None, false),
        ["ftm", "--check"] => ftm::run(&root, None, true),
        ["ftm", "--installed", folder] => ftm::run(&root, Some(Path::new(folder)), false),
        ["fit", "--shared", shared] => fit::run(&root, Path::new(shared), None),
        ["fit", "--shared", shared, "--write", report] => fit::run(&root, Path::new(shared), Some(report)),
        ["growth", "--list", list, "--times", times, "--seed", seed, "--output", output] => {
            growth::run(list, times, seed, Path::new(output))
        }
        ["latency", "--list", list, "--input", input] => latency::run(Path::new(list), Path::new(input)),
        ["case", "--help"] => {
            println!("{}", case::USAGE);
            Ok(())
        }
        ["case", ref arguments @ ..] => case::run(arguments),
        ["words"] => words::run(&root.join("crates/documents/data")),
        ["arrows"] => arrows::run(&root),
        _ => {
            eprintln!(
                "usage: cargo xtask population [--check | --installed FOLDER] | arabic [--installed FOLDER] | \
                 places [--installed FOLDER] | han [--installed FOLDER] | \
                 ftm [--check | --installed FOLDER] | \
                 fit --shared FOLDER [--write REPORT.md] | \
                 growth --list FILE|demo --times N --seed S --output FILE | \
                 latency --list FILE --input FILE | \
                 case --seed N --output FOLDER [--scale small|full] [--scrapes all|none|NAME,NAME...] | words | arrows"
            );
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
