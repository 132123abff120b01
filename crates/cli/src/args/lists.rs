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
    Join(Join),
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

/// Joins the listings of one party on several lists: by references, identifiers and evidence, never by a name alone.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists join un.xml sdn.csv ConList.csv --output joined.ftm.jsonl
  interdict screen 'Ri Won Ho' --list joined.ftm.jsonl                  # one hit with several listings
  interdict lists join un.xml sdn.csv --explain un-KPi.033              # why these are one, in bits
  interdict lists join un.xml sdn.csv --previous joined.ftm.jsonl --output new.ftm.jsonl

The joined file is FollowTheMoney: an entity a line, with `referents`, the `datasets` of all listings, and `statements`
that say which listing states what. Parties without a partner stand there as they are. With --previous the ids of an
earlier joined file go on to mean somebody, so that decisions which name them are not lost.")]
pub(crate) struct Join {
    /// Paths, or `demo`
    #[arg(required = true)]
    pub(crate) lists: Vec<String>,

    /// Where the joined parties go
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// A line for each statement instead of each entity
    #[arg(long, requires = "output")]
    pub(crate) statements: bool,

    /// A joined file of before, whose ids are kept
    #[arg(long, value_name = "FILE")]
    pub(crate) previous: Option<PathBuf>,

    /// Shows one joined party with the evidence of each edge, by any of its ids
    #[arg(long, value_name = "ID", conflicts_with = "output")]
    pub(crate) explain: Option<String>,

    /// Output form [default: table on a terminal, json in a pipe; with --output nothing but the file]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
