//! Installed lists: every version that ever served, kept for good, and the log of what served when.
//!
//! A version is the set of its files, each named by the SHA-256 of its content. It is read before it serves
//! ([`Writer::offer`]); one that is empty, a web page, much smaller than the last or full of rows that cannot be read is
//! kept in quarantine, and the last good one goes on serving.
//!
//! **Invariant:** whatever happens between two instructions, a reader sees whole versions only. Content is written under
//! another name, brought to the disk, put in its place, and only then is there a line in the log that names it. The log is
//! the one truth on what serves; nothing in the store is ever changed.
//!
//! Directory, clock, network and pauses are passed in.

mod accept;
mod blob;
mod download;
mod durable;
mod entry;
mod error;
mod fetch;
mod history;
mod log;
mod moment;
mod store;
mod version;

pub use accept::{Limits, Offer, OfferedFile, Outcome};
pub use download::{Download, Patience, download};
pub use entry::{Entry, Event, Validator};
pub use error::VaultError;
pub use fetch::{Fetch, FetchError, Request, Response};
pub use history::{History, Installed};
pub use moment::AsOf;
pub use store::{FORMAT, StoredFile, Vault, Writer, is_name};
pub use version::{Version, VersionFile, sha256};

pub use jiff::Timestamp;
