//! What can be typed of `interdict validate`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// Validates the filter on the lists that you load: every name as published, altered names, names that are not listed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict validate --list sdn.csv --output validation.html --json validation.json
  interdict validate --list sdn.csv --baseline validation.json --format table
  interdict validate --list sdn.csv --placebo customers.csv --map name=Full_Name
  interdict validate --list demo --records 2000 --seed 7

Exit status 1: worse than the baseline. The same seed, lists and engine give the same JSON, save for `timings`.
docs/validation.md says what each figure means.")]
pub(crate) struct Validate {
    /// A list: a path, an installed list, or `demo`. May be repeated
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// Refuse to validate against a list file older than this: 12h, 7d
    #[arg(long, value_name = "AGE")]
    pub(crate) max_list_age: Option<String>,

    /// A policy in TOML: what is a match, by list and schema [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// Records in all: every listed name as published, the rest altered, but at least half of them
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) records: usize,

    /// Seed of every draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,

    /// Customers who are not listed, read as `screen --input` reads them [default: names made up by origin]
    #[arg(long, value_name = "FILE")]
    pub(crate) placebo: Option<PathBuf>,

    /// A column of that file by another name: property=Column. May be repeated
    #[arg(long, value_name = "PROPERTY=COLUMN", requires = "placebo")]
    pub(crate) map: Vec<String>,

    /// Where the page goes, HTML with plots
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Where the figures go, JSON: the baseline of the next validation
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// An earlier validation's JSON: exit with status 1 if this one is worse
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Threads [default: one a core]. Figures are the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
