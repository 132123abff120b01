//! Flags of `interdict campaign`.

use std::path::PathBuf;

use clap::Args;

use super::{Format, TraceArgs};

/// Finds mailings in messages and posts, and accounts that share together.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict campaign mailbox.mbox posts.csv
  interdict campaign Maildir mails/ posts.jsonl --format json --output mailings.json
  interdict campaign mailbox.mbox --list ofac_sdn --list uk_sl --fail-on-hit
  interdict campaign --shares shares.csv --window 60 --min-participation 2
  interdict campaign --shares shares.csv --window 60 --edge-quantile 0.9 --format jsonl --output edges.jsonl

Messages are mbox, .eml, a Maildir or a folder of .eml files, and CSV or JSON lines of posts with the columns id,
account, time, text, url, platform (docs/campaign.md has other names of them). Each text that was sent many times is
told with its slots, senders and what it does. What recipients are told of themselves is redacted on a terminal;
json, jsonl and csv carry it. --list asks whether an account, name, address, domain or wallet of the senders is a listed
party's.

A file of shares has the columns object_id, account_id, content_id, timestamp_share (seconds). The rules and the words
are those of CooRTweet; jsonl tells every edge with the messages behind it, csv without them.")]
pub(crate) struct Campaign {
    /// Messages: mbox, .eml, a Maildir, a folder of .eml files, CSV or JSON lines of posts
    #[arg(value_name = "FILE", required_unless_present = "shares", conflicts_with = "shares")]
    pub(crate) files: Vec<PathBuf>,

    /// A text with fewer copies is no mailing; 2 at least
    #[arg(long, value_name = "N", default_value_t = 5, conflicts_with = "shares", value_parser = at_least_two)]
    pub(crate) min_copies: usize,

    #[command(flatten)]
    pub(crate) traces: TraceArgs,

    /// Exit with status 1 if anything of the senders is on a list
    #[arg(long, requires = "lists")]
    pub(crate) fail_on_hit: bool,

    /// Show what fills the slots, on a terminal too
    #[arg(long, conflicts_with = "shares")]
    pub(crate) reveal: bool,

    /// A CSV of shares
    #[arg(long, value_name = "FILE", conflicts_with = "lists")]
    pub(crate) shares: Option<PathBuf>,

    /// Shares of one object at most so many seconds apart are a pair
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, requires = "shares")]
    pub(crate) window: f64,

    /// Accounts with fewer shares are left out
    #[arg(long, value_name = "N", default_value_t = 2, requires = "shares")]
    pub(crate) min_participation: u32,

    /// Keep only edges that weigh more than this quantile of all weights: 0 to 1
    #[arg(long, value_name = "Q", requires = "shares")]
    pub(crate) edge_quantile: Option<f64>,

    /// Where the result goes [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Output form [default: table on a terminal, json in a pipe, by the ending of the file in a file]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}

fn at_least_two(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(copies) if copies >= 2 => Ok(copies),
        Ok(_) => Err("a text that was sent once is no mailing; 2 or more".to_owned()),
        Err(_) => Err("not a number of copies; 2 or more".to_owned()),
    }
}
