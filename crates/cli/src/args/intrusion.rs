//! `interdict intrusion`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// Finds scans, injections and scraped records in access logs, and says which records came back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict intrusion access.log
  interdict intrusion access.log.2.gz access.log.1 access.log --format json --output findings.json
  interdict intrusion u_ex201017.log --reveal
  interdict intrusion access.log --fail-on-hit --format jsonl
  interdict intrusion --values values.csv --column payload --output judged.csv

A log is Apache's or nginx' common or combined form, IIS W3C, or JSON lines; also gzip and zip; each line says itself what it
is, in any order. Several logs are read as one, their lines counted on. Records are victims' data: the table names none
without --reveal, JSON and CSV name all. docs/intrusion.md says what is found, how well, and what it must not be used for.")]
pub(crate) struct Intrusion {
    /// Access logs
    #[arg(value_name = "LOG", required_unless_present = "values")]
    pub(crate) logs: Vec<PathBuf>,

    /// Where the findings go [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Name the records in the table
    #[arg(long)]
    pub(crate) reveal: bool,

    /// A CSV file of values of parameters, to be told text from code: its columns come back with verdict and rule
    #[arg(long, value_name = "FILE", conflicts_with = "logs", requires = "column")]
    pub(crate) values: Option<PathBuf>,

    /// The column of the values
    #[arg(long, value_name = "NAME", requires = "values")]
    pub(crate) column: Option<String>,

    /// Exit with status 1 if there is any incident, or any value that is no text
    #[arg(long)]
    pub(crate) fail_on_hit: bool,

    /// Output form [default: table on a terminal, json in a pipe or a file]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
