//! What the log says: when, by whom, of which list, what happened.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Version;

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, as the caller said.
    pub by: String,
    /// The list.
    pub list: String,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// What a server said of a file, to be asked with whether it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validator {
    /// Its mark of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When it was changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validator {
    /// Whether the server said nothing: it cannot be asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What happened to a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A version serves from now on.
    Activated {
        /// The version.
        version: Version,
        /// Until when its authority is known to have published it: the time of the fetch, or that of the file.
        confirmed: Timestamp,
        /// Addresses and paths that the list is taken from now on, where that is new; none: those of the catalogue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sources: Option<Vec<String>>,
    },
    /// The version that serves is still the one that is published.
    Confirmed {
        /// Its hash.
        version: String,
        /// Until when.
        confirmed: Timestamp,
        /// What the servers say of its files now, by address, where they say something else than before.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        validators: BTreeMap<String, Validator>,
        /// As in [`Event::Activated`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sources: Option<Vec<String>>,
    },
    /// A version that was offered does not serve.
    Quarantined {
        /// The version.
        version: Version,
        /// Why.
        reason: String,
    },
    /// It could not be fetched.
    Failed {
        /// From where.
        from: String,
        /// Why.
        reason: String,
    },
    /// It is screened against no more. Its versions are kept.
    Removed,
}

impl Event {
    /// What it is called in the log.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Activated { .. } => "activated",
            Self::Confirmed { .. } => "confirmed",
            Self::Quarantined { .. } => "quarantined",
            Self::Failed { .. } => "failed",
            Self::Removed => "removed",
        }
    }
}
