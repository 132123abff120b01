//! What can be typed of `interdict policy`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Format, RowArgs};

/// Checks a policy, compares two, prints the built-in one.
///
/// A policy says what is a match, by list and schema, which names and programmes count, and how much evidence it takes.
#[derive(Debug, Args)]
pub(crate) struct Policy {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    Check(Check),
    Diff(Diff),
    Default(DefaultPolicy),
}

/// Says what a policy decides: its settings by list and schema, its hash, and what in it has no effect.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict policy check onboarding.toml
  interdict policy check onboarding.toml --list sdn.csv --list cons_prim.csv
  interdict policy check onboarding.toml --list sdn.csv --format json | jq .sha256

What a policy cannot say is refused with file:line:column and a remedy, status 3. Warnings leave 0.")]
pub(crate) struct Check {
    /// The policy: a TOML file, or `default`
    pub(crate) policy: PathBuf,

    /// A list to settle the policy on: a path, an installed list, or `demo`. May be repeated
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// Says what another policy would change on a file of past queries: matches gained and lost, and by which setting.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict policy diff default onboarding.toml --input past.csv --list sdn.csv
  interdict policy diff old.toml new.toml --input past.csv --list sdn.csv --output changes.json
  interdict policy diff old.toml new.toml --input past.csv --list sdn.csv --format csv

`gained` is a match under the new policy alone, `lost` one under the old alone, `changed` a result
whose score or bits change, or which is returned under one policy alone, without that. A reason is
the setting that makes the difference: `a or b` where either does by itself, `a and b` where it
takes both.")]
pub(crate) struct Diff {
    /// The old policy: a TOML file, or `default`
    pub(crate) old: PathBuf,

    /// The new policy: a TOML file, or `default`
    pub(crate) new: PathBuf,

    /// Past queries: CSV, TSV or JSON lines of FtM entities, as `screen --input` reads them; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) input: PathBuf,

    /// A list: a path, an installed list, or `demo`. May be repeated
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// Where the changes go, as JSON or CSV [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) rows: RowArgs,

    /// Threads [default: one a core]. Results are the same with any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,

    /// Output form [default: table on a terminal, json in a pipe or a file]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

/// Prints the built-in policy as a file with a comment on every key, to make one's own from.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict policy default > onboarding.toml")]
pub(crate) struct DefaultPolicy {}
