//! What can be typed after `interdict lists`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, ListsDiff};

/// Looks into list files, compares and compiles them.
#[derive(Debug, Args)]
pub(crate) struct Lists {
    #[command(subcommand)]
    pub(crate) command: ListsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ListsCommand {
    Show(Show),
    Diff(ListsDiff),
    Compile(Compile),
}

/// Says what a list file holds, and what in it was not understood.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists show sdn.csv
  interdict lists show sdn.csv --format json | jq .entities
  interdict lists show demo")]
pub(crate) struct Show {
    /// A path, or `demo`
    pub(crate) list: String,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// Compiles lists to one file that opens in milliseconds. It serves this version of the program; any other refuses it and
/// reads the list again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists compile sdn.csv --output sdn.idx
  interdict screen 'Mohammad Baqer Shirinkar' --list sdn.idx
  interdict lists compile sdn.csv un.jsonl --output all.idx

The file holds the parties, their index and what is known of the lists: version, age, rows that could not be read. Where
another version of the program meets it, or it is damaged, it is read from sdn.csv if that is still there.")]
pub(crate) struct Compile {
    /// Paths, or `demo`
    #[arg(required = true)]
    pub(crate) lists: Vec<String>,

    /// Where the compiled lists go
    #[arg(long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}
