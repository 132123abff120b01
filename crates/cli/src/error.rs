//! Exit statuses, which are part of the contract, and the one place where errors are printed.

use std::io::Write;
use std::process::ExitCode;

use engine::{EngineError, ErrorKind};

use crate::plain::plain;

/// How a command ended. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// It ran, hits or not.
    Ran = 0,
    /// There are hits and `--fail-on-hit` was given, or a validation is worse than its `--baseline`.
    Hit = 1,
    /// The request makes no sense. (`clap` uses the same number for flags that it does not know.)
    Usage = 2,
    /// Bad input, or no list.
    Input = 3,
    /// It ran, but rows or files failed: they are named on standard error and in the receipt.
    Partial = 4,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// An error on its way to the user.
pub(crate) enum CommandError {
    /// From the engine: message, remedy, kind.
    Engine(EngineError),
    /// The reader of our output went away (`interdict ... | head`): no error of ours.
    ClosedPipe,
    /// Standard output cannot be written.
    Output(std::io::Error),
}

impl From<EngineError> for CommandError {
    fn from(error: EngineError) -> Self {
        if error.kind() == ErrorKind::ClosedPipe { Self::ClosedPipe } else { Self::Engine(error) }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe { Self::ClosedPipe } else { Self::Output(error) }
    }
}

impl CommandError {
    pub(crate) fn report(&self) -> ExitCode {
        let mut stderr = std::io::stderr().lock();
        // Nothing is left to be done where standard error itself is gone.
        let (status, _written) = match self {
            Self::ClosedPipe => (Status::Ran, Ok(())),
            Self::Output(error) => (Status::Input, writeln!(stderr, "error: standard output: {error}")),
            Self::Engine(error) => {
                let status = if error.kind() == ErrorKind::Usage { Status::Usage } else { Status::Input };
                let remedy = error.remedy().map(|hint| format!("\n  remedy: {}", plain(hint)));
                let remedy = remedy.unwrap_or_default();
                (status, writeln!(stderr, "error: {}{remedy}", plain(&error.to_string())))
            }
        };
        status.into()
    }
}
