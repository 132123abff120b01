//! What can be typed after `interdict lists diff`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// Says what changed from one version of a list to another: parties added, removed and changed, value by value.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict lists diff sdn_2021-11-15.csv sdn_2021-11-18.csv
  interdict lists diff sdn_2021-11-15.csv sdn_2021-11-18.csv --output changes.html
  interdict lists diff old/sdn.csv new/sdn.csv --format json | jq '.added[].caption'
  interdict lists diff old/sdn.csv new/sdn.csv --format jsonl > delta.jsonl
  interdict lists diff ofac_sdn@2021-11-17 ofac_sdn

Published values are compared, in no order; parties are told apart by their ids. What belongs to a
party (papers, sanctions, addresses, relations) is a change of that party. `jsonl` is a
FollowTheMoney delta as OpenSanctions publishes them: {\"op\":\"ADD|MOD|DEL\",\"entity\":{...}}.
docs/changes.md says more.")]
pub(crate) struct ListsDiff {
    /// The older version: a path, `demo`, or an installed list: NAME, NAME@DAY, NAME@sha256:...
    pub(crate) old: String,

    /// The newer version, likewise
    pub(crate) new: String,

    /// Where the changes go: a page if it ends in .html, else JSON or what --format says
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
