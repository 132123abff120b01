//! What the command says to itself: not for people, and no part of the contract.

use std::path::PathBuf;

use clap::Args;

/// Reads one file of others within limits and writes its documents as frames (documents::extract::write_frame).
#[derive(Debug, Args)]
#[command(hide = true)]
pub(crate) struct ExtractChild {
    /// Bytes of memory that it may use
    #[arg(long)]
    pub(crate) memory: u64,

    /// Seconds of processor time that it may use
    #[arg(long)]
    pub(crate) seconds: u64,

    /// The file
    pub(crate) file: PathBuf,
}

/// Shows the text that documents are read as: one line of JSON for each.
#[derive(Debug, Args)]
#[command(hide = true)]
pub(crate) struct ExtractText {
    /// MiB of memory for each file
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    pub(crate) memory: u64,

    /// Seconds of processor time for each file
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    pub(crate) processor: u64,

    /// Seconds to wait for each document
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0)]
    pub(crate) patience: f64,

    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}
