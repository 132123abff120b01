//! Files of others are read by a child process with limits of its own.
//!
//! What reads PDFs and web pages can be made to run without end, to fill memory or to overflow its stack. So the command runs
//! itself as a child (`interdict extract-child`), which limits itself before it opens the file: memory, processor time, no
//! file written, no core dumped. The parent takes the documents from a pipe as they are read, waits for each only so long,
//! and says of a child that is stopped why that was.
//!
//! Where the system has no such limits (Windows), time alone is limited; on macOS memory is not.

mod child;
mod parent;

use std::time::Duration;

pub(crate) use child::run as run_child;
pub(crate) use parent::InChild;

/// What a child may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Bytes of address space.
    pub(crate) memory: u64,
    /// Processor time for one file with all that lies in it.
    pub(crate) processor: Duration,
    /// How long the parent waits for the next document.
    pub(crate) patience: Duration,
}

impl Default for Allowance {
    /// A gigabyte, as `documents::extract::Limits` are made for; a minute for each document, ten for a mailbox or archive.
    fn default() -> Self {
        Self { memory: 1 << 30, processor: Duration::from_secs(600), patience: Duration::from_secs(60) }
    }
}
