//! Why a file, or a part of it, was not read.

use super::format::Format;

/// Why there is no text of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct ExtractError {
    /// The file, and within it the one that failed: `mail.eml!/annex.zip!/scan.pdf`.
    pub path: Box<str>,
    /// What kind of failure it is.
    pub kind: ErrorKind,
    /// What happened.
    pub message: Box<str>,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// It cannot be opened or read.
    Unreadable,
    /// It is no document of a kind that is read: a picture, a program. In a mail or an archive that is nothing wrong.
    Unsupported,
    /// It is not what its format asks for.
    Damaged,
    /// It asks for a password.
    Encrypted,
    /// One of [`super::Limits`].
    Limit,
    /// The child that read it was stopped: time, memory, a crash.
    Stopped,
}

impl ErrorKind {
    const ALL: [Self; 6] =
        [Self::Unreadable, Self::Unsupported, Self::Damaged, Self::Encrypted, Self::Limit, Self::Stopped];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Unsupported => "unsupported",
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::Limit => "limit",
            Self::Stopped => "stopped",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl ExtractError {
    /// An error of the file at that place.
    pub fn new(path: impl Into<Box<str>>, kind: ErrorKind, message: impl Into<Box<str>>) -> Self {
        Self { path: path.into(), kind, message: message.into() }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self.kind {
            ErrorKind::Unreadable => "check that the file is there and may be read",
            ErrorKind::Unsupported => "convert it to PDF, DOCX, ODT, HTML or plain text",
            ErrorKind::Damaged => "open it with its own program and save it again",
            ErrorKind::Encrypted => "save it without its password",
            ErrorKind::Limit => {
                "take it apart and read its parts; a file like this may have been made to do harm"
            }
            ErrorKind::Stopped => {
                "convert it to plain text on a machine that may be lost; it may have been made to do harm"
            }
        }
    }
}

/// What goes wrong within one document, before it is known where that document lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: ErrorKind,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn limit(message: String) -> Self {
        Self { kind: ErrorKind::Limit, message }
    }

    pub(super) fn damaged(format: Format, why: impl std::fmt::Display) -> Self {
        Self {
            kind: ErrorKind::Damaged,
            message: format!("not a {} file that can be read: {why}", format.name()),
        }
    }

    pub(super) fn encrypted() -> Self {
        Self { kind: ErrorKind::Encrypted, message: "it is encrypted".to_owned() }
    }

    pub(super) fn unreadable(error: &std::io::Error) -> Self {
        Self { kind: ErrorKind::Unreadable, message: error.to_string() }
    }

    pub(super) fn at(self, path: &str) -> ExtractError {
        ExtractError::new(path, self.kind, self.message)
    }
}
