//! Campaigns: files of shares and of messages, read for `campaign`.

mod shares;

pub use shares::{SharesRead, edge_to_json, read_shares, summary_to_json};
