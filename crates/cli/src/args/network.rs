//! What can be typed after `interdict network`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Shows who stands behind a party: relations with their sources, paths, and who is owned or controlled by listed parties, with the proof.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict network \"EMENNET PASARGAD\" --list sdn.csv
  interdict network ofac-33493 claims.jsonl --list sdn.csv --hops 2
  interdict network ofac-33493 --to ofac-26391 --list sdn.csv
  interdict network owners.csv --list sdn.csv                            # every company that listed parties own
  interdict network \"Acme Trading Ltd\" owners.csv --list sdn.csv --rule uk --as-of 2024-01-31
  interdict network owners.bods.json --list sdn.csv --format json
  interdict network ofac-33634 claims.jsonl --list sdn.csv --output network.html
  interdict network \"Acme Trading Ltd\" owners.csv --list sdn.csv --format graphml > acme.graphml

A file is a table owner,asset,percentage,startDate,endDate,source (percentage as 50, 25-50, >50, 75+, 1/3, or empty where it is
unknown), FollowTheMoney or BODS as JSON, or what `interdict read` writes. Whoever in it matches a listed party is taken for it, and
the result says so. Without a party the result is every company that is blocked or possibly so. docs/network.md has the rules.")]
pub(crate) struct Network {
    /// Parties (an id, or a name) and files of relations, in any order [default: all of the lists]
    #[arg(value_name = "ENTITY|FILE")]
    pub(crate) what: Vec<String>,

    /// A list: a path, an installed list, or `demo`. May be repeated [default: all that are installed]
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// A policy: a TOML file, or `default`. Decides which owners are taken for listed parties, and who is in scope
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// How far from the party to look; with --to, the longest path
    #[arg(long, value_name = "N")]
    pub(crate) hops: Option<u32>,

    /// Another party: the paths to it, and what both are linked to
    #[arg(long, value_name = "ENTITY")]
    pub(crate) to: Option<String>,

    /// Whose rule on ownership and control
    #[arg(long, value_enum, default_value_t = Rule::Ofac)]
    pub(crate) rule: Rule,

    /// The day that stakes are looked at: 2021-11-18 [default: what is stated without an end]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,

    /// Take the part of a company whose owner nobody states as perhaps owned by listed parties too
    #[arg(long)]
    pub(crate) unknown_owners: bool,

    /// Where the result goes [default: standard output]. FILE.html is a page with a drawing
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<NetworkFormat>,
}

/// Whose rule on ownership and control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rule {
    /// United States: 50 percent or more, of all blocked persons together
    Ofac,
    /// United Kingdom: more than 50 percent of one designated person, or control
    Uk,
    /// European Union: 50 percent or more, of all designated persons together, or control
    Eu,
}

impl From<Rule> for engine::networks::ownership::Regime {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Ofac => Self::Ofac,
            Rule::Uk => Self::Uk,
            Rule::Eu => Self::Eu,
        }
    }
}

/// How a network is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetworkFormat {
    /// For people
    Table,
    /// One JSON value
    Json,
    /// One JSON value, on one line
    Jsonl,
    /// A line for each relation
    Csv,
    /// For Gephi, yEd, Cytoscape, NetworkX
    Graphml,
    /// FollowTheMoney entities, one a line
    Ftm,
}
