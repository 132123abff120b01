//! Flags of `interdict campaign`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// Finds accounts that share together.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict campaign --shares shares.csv --window 60 --min-participation 2
  interdict campaign --shares shares.csv --window 60 --edge-quantile 0.9 --format jsonl --output edges.jsonl

A file of shares has the columns object_id, account_id, content_id, timestamp_share (seconds). The rules and the words
are those of CooRTweet: docs/campaign.md. jsonl tells every edge with the messages behind it, csv without them.")]
pub(crate) struct Campaign {
    /// A CSV of shares
    #[arg(long, value_name = "FILE")]
    pub(crate) shares: Option<PathBuf>,

    /// Shares of one object at most so many seconds apart are a pair
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0)]
    pub(crate) window: f64,

    /// Accounts with fewer shares are left out
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) min_participation: u32,

    /// Keep only edges that weigh more than this quantile of all weights: 0 to 1
    #[arg(long, value_name = "Q", requires = "shares")]
    pub(crate) edge_quantile: Option<f64>,

    /// Where the result goes [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Output form [default: table on a terminal, json in a pipe]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
