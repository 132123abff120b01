//! What serves, and what served, as the log tells it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{AsOf, Entry, Event, Validator, Version};

/// The log, as it was when it was read. It does not change under its reader.
#[derive(Clone, Debug, Default)]
pub struct History {
    entries: Vec<Entry>,
}

/// A list with the version that serves.
#[derive(Clone, Debug)]
pub struct Installed<'a> {
    /// Its name.
    pub name: &'a str,
    /// The version.
    pub version: &'a Version,
    /// Since when it serves.
    pub activated: Timestamp,
    /// Who made it serve.
    pub by: &'a str,
    /// Until when its authority is known to have published it.
    pub confirmed: Timestamp,
    /// Addresses and paths that it is taken from; none: those of the catalogue.
    pub sources: &'a [String],
    /// What the servers said of its files last, by address.
    pub validators: BTreeMap<&'a str, Validator>,
    /// What went wrong since it was confirmed, the last of it: when, and why.
    pub trouble: Option<(Timestamp, &'a str)>,
}

impl History {
    pub(crate) fn new(entries: Vec<Entry>) -> Self {
        Self { entries }
    }

    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// All that happened, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The lists that are installed, by name; with `as_of` those that were, as they were.
    #[must_use]
    pub fn installed(&self, as_of: Option<&AsOf>) -> Vec<Installed<'_>> {
        self.states(as_of).into_iter().filter_map(|(name, state)| state.installed(name)).collect()
    }

    /// One of them.
    #[must_use]
    pub fn list(&self, name: &str, as_of: Option<&AsOf>) -> Option<Installed<'_>> {
        self.states(as_of)
            .into_iter()
            .find(|(list, _)| *list == name)
            .and_then(|(n, state)| state.installed(n))
    }

    /// The version that served last, also of a list that was removed since.
    #[must_use]
    pub fn last_good(&self, name: &str) -> Option<&Version> {
        self.entries.iter().rev().filter(|entry| entry.list == name).find_map(|entry| match &entry.event {
            Event::Activated { version, .. } => Some(version),
            _ => None,
        })
    }

    /// When the version of a list whose hash begins with these digits was made to serve, the last time.
    #[must_use]
    pub fn last_activation(&self, name: &str, digits: &str) -> Option<Timestamp> {
        let is = |entry: &&Entry| match &entry.event {
            Event::Activated { version, .. } => entry.list == name && version.sha256.starts_with(digits),
            _ => false,
        };
        self.entries.iter().rev().find(is).map(|entry| entry.at)
    }

    /// When a list was made to serve for the first time.
    #[must_use]
    pub fn first_activated(&self, name: &str) -> Option<Timestamp> {
        let activated = |entry: &&Entry| matches!(entry.event, Event::Activated { .. }) && entry.list == name;
        self.entries.iter().find(activated).map(|entry| entry.at)
    }

    fn states(&self, as_of: Option<&AsOf>) -> BTreeMap<&str, State<'_>> {
        let mut states: BTreeMap<&str, State<'_>> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| as_of.is_none_or(|as_of| entry.at <= as_of.until())) {
            states.entry(entry.list.as_str()).or_default().apply(entry);
        }
        states
    }
}

/// A list while the log is gone through.
#[derive(Default)]
struct State<'a> {
    serving: Option<(&'a Version, Timestamp, &'a str)>,
    confirmed: Timestamp,
    sources: &'a [String],
    validators: BTreeMap<&'a str, Validator>,
    trouble: Option<(Timestamp, &'a str)>,
}

impl<'a> State<'a> {
    fn apply(&mut self, entry: &'a Entry) {
        match &entry.event {
            Event::Activated { version, confirmed, sources } => {
                self.sources = sources.as_deref().unwrap_or(self.sources);
                self.serving = Some((version, entry.at, &entry.by));
                (self.confirmed, self.trouble) = (*confirmed, None);
                self.validators = version.files.iter().map(|f| (f.from.as_str(), f.validator())).collect();
            }
            Event::Confirmed { confirmed, validators, sources, .. } => {
                self.sources = sources.as_deref().unwrap_or(self.sources);
                self.confirmed = self.confirmed.max(*confirmed);
                self.trouble = None;
                self.validators.extend(validators.iter().map(|(from, v)| (from.as_str(), v.clone())));
            }
            Event::Quarantined { reason, .. } | Event::Failed { reason, .. } => {
                self.trouble = Some((entry.at, reason));
            }
            Event::Removed => *self = Self::default(),
        }
    }

    fn installed(self, name: &'a str) -> Option<Installed<'a>> {
        let (version, activated, by) = self.serving?;
        let Self { confirmed, sources, validators, trouble, .. } = self;
        Some(Installed { name, version, activated, by, confirmed, sources, validators, trouble })
    }
}

impl crate::VersionFile {
    /// What the server said of it when it was fetched.
    #[must_use]
    pub fn validator(&self) -> Validator {
        Validator { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }
}
