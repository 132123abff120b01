//! What can go wrong with the store, with the remedy.

use std::fmt;
use std::path::Path;

/// An error that names the file and says what to do.
#[derive(Debug)]
pub struct VaultError {
    message: String,
    remedy: String,
}

impl VaultError {
    pub(crate) fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { message: message.into(), remedy: remedy.into() }
    }

    /// An error of the file system.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::new(
            format!("{}: {error}", path.display()),
            "see that the folder of installed lists can be read and written and has room (INTERDICT_HOME names another)",
        )
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.remedy
    }
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for VaultError {}
