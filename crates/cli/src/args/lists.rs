//! What can be typed after `interdict lists`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Format;

/// Looks into list files, and compiles them.
#[derive(Debug, Args)]
pub(crate) struct Lists {
    #[command(subcommand)]
    pub(crate) command: ListsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ListsCommand {
    Show(Show),
    Compile(Compile),
    Export(Export),
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

/// Writes lists as FollowTheMoney entities, one JSON object a line: the parties, and all that belongs to them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists export sdn.csv --output sdn.ftm.jsonl
  interdict lists export un.xml eu.xml | ftm validate

Schemata, properties and values are such that the package followthemoney takes them: dates in ISO 8601, countries as codes, a
wallet's key as a CryptoWallet of its holder. What it has no place for is in `notes`, with the name of its property, and is
counted on standard error.")]
pub(crate) struct Export {
    /// Paths, or `demo`
    #[arg(required = true)]
    pub(crate) lists: Vec<String>,

    /// Where the entities go [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
