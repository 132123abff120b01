//! What can go wrong, with the remedy.

use std::fmt;

/// What kind of thing went wrong: it decides the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request makes no sense (exit status 2).
    Usage,
    /// Whoever read the output went away: no error of ours (exit status 0).
    ClosedPipe,
    /// A file cannot be read or is not what it should be, or there is no list (exit status 3).
    Input,
}

/// An error with a remedy. Messages name the file and never the personal data in it.
#[derive(Debug)]
pub struct EngineError {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
}

impl EngineError {
    /// A request that makes no sense.
    #[must_use]
    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Usage, message: message.into(), hint: None }
    }

    /// Bad input.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Input, message: message.into(), hint: None }
    }

    /// Whoever read the output went away.
    pub(crate) fn closed_pipe() -> Self {
        Self { kind: ErrorKind::ClosedPipe, message: "the output was closed".to_owned(), hint: None }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What kind of error it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What to do about it, where there is something.
    #[must_use]
    pub fn remedy(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EngineError {}
