//! What can be typed of `interdict rescreen`.

use std::path::PathBuf;

use clap::Args;

use super::{Format, RowArgs};

/// Says what a change of lists changes for the customers of a file: results that are new, gone, or others now.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict rescreen --input customers.csv --since old/sdn.csv --list new/sdn.csv
  interdict rescreen --input all.csv --since old/sdn.csv --list sdn.csv --output changed.jsonl
  interdict rescreen --input all.csv --since old.idx --list new.idx --policy house.toml
  interdict rescreen --input all.csv --since 2021-11-17 --list ofac_sdn --output changed.jsonl

Every customer is screened, but against those parties alone that only one version lists, or that
the versions list otherwise. A score depends on customer, party and policy alone: all other results
stand. docs/changes.md gives the argument, and the form of the lines.")]
pub(crate) struct Rescreen {
    /// A file of customers: CSV, TSV or JSON lines of FtM entities, as `screen --input` reads them
    #[arg(long, value_name = "FILE")]
    pub(crate) input: PathBuf,

    /// What the customers were last screened against: a list file, or of installed lists a day, a moment or a version
    /// (sha256:...)
    #[arg(long, value_name = "PATH_OR_DAY_OR_VERSION")]
    pub(crate) since: String,

    /// A list as it is now: a path, an installed list, or `demo`. May be repeated [default: all installed lists]
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// Refuse a newer list file that is older than this: 12h, 7d
    #[arg(long, value_name = "AGE")]
    pub(crate) max_list_age: Option<String>,

    /// A policy: a TOML file, or `default`. The one that the customers were last screened under
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// Where the differences go as JSON lines; the receipt lies beside it as FILE.run.json
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) rows: RowArgs,

    /// Lowest score of a result [default: the policy's match threshold of each party, 0.7]
    #[arg(long, value_name = "SCORE")]
    pub(crate) threshold: Option<String>,

    /// Threads [default: one a core]. Results are the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// Exit with status 1 if any result is new
    #[arg(long)]
    pub(crate) fail_on_hit: bool,

    /// Output form [default: table on a terminal, jsonl in a pipe or a file]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
