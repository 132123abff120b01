//! `interdict intrusion`.

use std::path::PathBuf;

use clap::Args;

use super::{Format, TraceArgs};

/// Finds scans, injections and scraped records in access logs, and says which records came back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict intrusion access.log
  interdict intrusion access.log.2.gz access.log.1 access.log --format json --output findings.json
  interdict intrusion u_ex201017.log --reveal
  interdict intrusion access.log --fail-on-hit --format jsonl
  interdict intrusion access.log.*.gz --spill /var/tmp --output findings.json
  interdict intrusion access.log --messages mailbox.mbox --messages posts.csv --records voters.csv --public public.csv
  interdict intrusion access.log --messages mailbox.mbox --records voters.csv --list ofac_sdn
  interdict intrusion --values values.csv --column payload --output judged.csv

A log is Apache's or nginx' common or combined form, IIS W3C, or JSON lines; also gzip and zip; each line says itself what it
is, in any order. Several logs are read as one, their lines counted on. Records are victims' data: the table names none
without --reveal, JSON and CSV name all. docs/intrusion.md says what is found, how well, and what it must not be used for.

With --spill, look-ups go to files in that folder once they pass --spill-above in memory; the findings are the same. The files
hold ids, addresses' numbers and times, have no name, and are gone when the run ends, however it ends.

--messages and --records ask of each mailing in the messages whether its recipients are the records that left, and weigh that
against lists that anybody may have; docs/attribution.md has the model and what it cannot show. With --list, what
those mailings show of their senders is screened.")]
pub(crate) struct Intrusion {
    /// Access logs
    #[arg(value_name = "LOG", required_unless_present = "values")]
    pub(crate) logs: Vec<PathBuf>,

    /// Where the findings go [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// A folder for what does not fit in memory
    #[arg(long, value_name = "DIR", conflicts_with = "values")]
    pub(crate) spill: Option<PathBuf>,

    /// MiB of look-ups in memory from which on they are spilled; about four times that is in use
    #[arg(long, value_name = "MIB", default_value_t = 64, requires = "spill",
        value_parser = clap::value_parser!(u32).range(1..=1 << 20))]
    pub(crate) spill_above: u32,

    /// Name the records in the table
    #[arg(long)]
    pub(crate) reveal: bool,

    /// Mails and posts that may have used the records: mbox, .eml, Maildir, CSV or JSON lines of posts; may be repeated
    #[arg(long, value_name = "FILE", requires = "records", conflicts_with = "values")]
    pub(crate) messages: Vec<PathBuf>,

    /// The site's own table of records: CSV with id,name,street,town
    #[arg(long, value_name = "FILE", requires = "messages", conflicts_with = "values")]
    pub(crate) records: Option<PathBuf>,

    /// A list of people that anybody can have, with the same columns: the records that it has too prove little
    #[arg(long, value_name = "FILE", requires = "records")]
    pub(crate) public: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) traces: TraceArgs,

    /// A CSV file of values of parameters, to be told text from code: its columns come back with verdict and rule
    #[arg(long, value_name = "FILE", conflicts_with = "logs", requires = "column")]
    pub(crate) values: Option<PathBuf>,

    /// The column of the values
    #[arg(long, value_name = "NAME", requires = "values")]
    pub(crate) column: Option<String>,

    /// Exit with status 1 if there is any incident, any value that is no text, or anything of the senders on a list
    #[arg(long)]
    pub(crate) fail_on_hit: bool,

    /// Output form [default: table on a terminal, json in a pipe, by the ending of the file in a file]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
