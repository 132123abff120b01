//! Campaigns: files of shares and of messages, read for `campaign`, and what leaves.

mod contract;
mod messages;
mod posts;
mod shares;

pub use contract::{Mailing, Mailings, find_mailings, mailing_to_json, mailings_to_json};
pub(crate) use messages::read_input;
pub use messages::{MessagesRead, doubts_of_messages, read_messages};
pub use shares::{SharesRead, edge_to_json, read_shares, summary_to_json};
