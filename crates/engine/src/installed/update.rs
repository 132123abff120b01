//! `lists add` and `lists update`: take what is published, offer it to the vault, compile what serves.

use std::path::PathBuf;
use std::time::SystemTime;

use vault::{Event, Fetch, Limits, Offer, Outcome, Patience, Vault, Version, Writer};

use super::take::{self, Asking, NotTaken, Taken, absolute, is_address};
use super::{Installed, cache, not_installed, store, timestamp};
use crate::EngineError;

/// Adds and updates lists. Network, clock and pauses are the caller's.
pub struct Updater<'a> {
    /// The home of installed lists.
    pub home: PathBuf,
    /// Asks servers.
    pub fetch: &'a dyn Fetch,
    /// How long to put up with them.
    pub patience: Patience<'a>,
    /// The time.
    pub now: &'a dyn Fn() -> SystemTime,
    /// Who updates.
    pub by: String,
    /// How much less than the last version may be.
    pub limits: Limits,
    /// Told of each step; `false` where the caller wants to stop.
    pub say: &'a dyn Fn(Step<'_>) -> bool,
}

/// A step of an update.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// Another process updates now.
    Waiting,
    /// So many bytes came from an address, of how many.
    Fetching {
        /// The list.
        list: &'a str,
        /// The address.
        address: &'a str,
        /// Bytes that came.
        bytes: u64,
        /// Of how many.
        of: Option<u64>,
    },
    /// What came is read.
    Reading {
        /// The list.
        list: &'a str,
    },
    /// What serves is compiled.
    Compiling,
}

/// What an update did to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdatedTo {
    /// A new version serves.
    Activated {
        /// The version.
        version: Version,
        /// The one before.
        before: Option<Version>,
    },
    /// What serves is what is published.
    Confirmed(Version),
    /// What came does not serve.
    Quarantined {
        /// What came.
        version: Version,
        /// Why.
        reason: String,
    },
    /// Nothing came.
    Failed {
        /// From where.
        from: String,
        /// Why.
        reason: String,
        /// What to do about it.
        remedy: String,
    },
}

/// A list after an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// The list.
    pub list: String,
    /// What came of it.
    pub to: UpdatedTo,
    /// What goes on serving where nothing new does.
    pub serving: Option<Version>,
}

impl Updated {
    /// Whether the list is what is published now.
    #[must_use]
    pub fn is_current(&self) -> bool {
        matches!(self.to, UpdatedTo::Activated { .. } | UpdatedTo::Confirmed(_))
    }
}

impl Updater<'_> {
    /// Installs a list, from its authority's address or from elsewhere. One that is installed is taken from there from now on.
    ///
    /// # Errors
    /// It is no name of a list, or nobody knows where to take it from; nothing came, and it was not installed before; the
    /// store cannot be written.
    pub fn add(&self, list: &str, from: &[String]) -> Result<Updated, EngineError> {
        if !vault::is_name(list) {
            return Err(EngineError::usage(format!("{list}: no name of a list"))
                .hint("small letters, digits, _ and -, such as ofac_sdn; a file is screened against without being installed: --list PATH"));
        }
        let sources = from.iter().map(|from| absolute(from)).collect::<Result<Vec<_>, _>>()?;
        where_from(list, &sources)?;
        let vault = Vault::create(&store(&self.home))?;
        let updated = self.take(&vault, list, Some(sources))?;
        self.compile(&vault)?;
        match updated.to {
            UpdatedTo::Failed { from, reason, remedy } if updated.serving.is_none() => {
                Err(EngineError::input(format!("{list} is not installed: {from}: {reason}")).hint(remedy))
            }
            _ => Ok(updated),
        }
    }

    /// Updates lists; without names all that are installed. One that fails does not hold up the others.
    ///
    /// # Errors
    /// One is not installed, or none is; the store cannot be written.
    pub fn update(&self, names: &[String]) -> Result<Vec<Updated>, EngineError> {
        let installed = Installed::open(&self.home)?;
        let all = installed.names(None);
        if let Some(unknown) = names.iter().find(|name| !all.contains(name)) {
            return Err(not_installed(unknown));
        }
        let Some(vault) = installed.vault.filter(|_| !all.is_empty()) else {
            return Err(EngineError::input("no list is installed")
                .hint("install one: interdict lists add ofac_sdn; interdict lists catalogue names them"));
        };
        let names = if names.is_empty() { &all } else { names };
        let updated =
            names.iter().map(|name| self.take(&vault, name, None)).collect::<Result<Vec<_>, _>>()?;
        self.compile(&vault)?;
        Ok(updated)
    }

    /// Takes a list out of those that are screened against. Its versions and its log stay.
    ///
    /// # Errors
    /// It is not installed; the store cannot be written.
    pub fn remove(&self, list: &str) -> Result<(), EngineError> {
        let vault = Vault::open(&store(&self.home))?.ok_or_else(|| not_installed(list))?;
        let mut writer = self.lock(&vault)?;
        writer.history().list(list, None).ok_or_else(|| not_installed(list))?;
        writer.note(timestamp((self.now)()), &self.by, list, Event::Removed)?;
        cache::refresh(&writer)
    }

    fn lock(&self, vault: &Vault) -> Result<Writer, EngineError> {
        let mut wait = || {
            (self.say)(Step::Waiting);
        };
        Ok(vault.lock(&mut wait)?)
    }

    fn compile(&self, vault: &Vault) -> Result<(), EngineError> {
        (self.say)(Step::Compiling);
        cache::refresh(&self.lock(vault)?)
    }

    /// Takes a list from its sources, or from new ones.
    fn take(&self, vault: &Vault, list: &str, sources: Option<Vec<String>>) -> Result<Updated, EngineError> {
        // Nothing is held while servers are waited for.
        let history = vault.history()?;
        let serving = history.list(list, None);
        let kept = serving.as_ref().map(|serving| serving.sources).unwrap_or_default();
        let from = where_from(list, sources.as_deref().unwrap_or(kept))?;
        let taken = self.files(vault, list, &from, serving.as_ref());
        (self.say)(Step::Reading { list });
        let mut writer = self.lock(vault)?;
        // Another process may have been faster.
        let now_serving = writer.history().list(list, None).map(|list| list.version.clone());
        let at = timestamp((self.now)());
        let to = match taken {
            Err(NotTaken { from, reason, remedy }) => {
                if now_serving.is_some() {
                    let event = Event::Failed { from: from.clone(), reason: reason.clone() };
                    writer.note(at, &self.by, list, event)?;
                }
                UpdatedTo::Failed { from, reason, remedy }
            }
            Ok(Taken::Unchanged) => match now_serving {
                Some(version) => {
                    // What another process made serve meanwhile it has confirmed itself: of that the server was not asked.
                    if serving.as_ref().is_some_and(|then| *then.version == version) {
                        let (confirmed, validators) = (at, Default::default());
                        let hash = version.sha256.clone();
                        let event = Event::Confirmed { version: hash, confirmed, validators, sources };
                        writer.note(at, &self.by, list, event)?;
                    }
                    UpdatedTo::Confirmed(version)
                }
                None => UpdatedTo::Failed {
                    from: from.join(" "),
                    reason: "another process removed the list meanwhile".to_owned(),
                    remedy: format!("add it again: interdict lists add {list}"),
                },
            },
            Ok(Taken::Files { files, published, local }) => {
                let published = published.map(timestamp);
                let confirmed = if local { published.unwrap_or_default().min(at) } else { at };
                let (by, limits) = (self.by.as_str(), self.limits);
                match writer.offer(Offer { list, files, sources, published, confirmed, at, by, limits })? {
                    Outcome::Activated { version, before } => UpdatedTo::Activated { version, before },
                    Outcome::Confirmed(version) => UpdatedTo::Confirmed(version),
                    Outcome::Quarantined { version, reason } => UpdatedTo::Quarantined { version, reason },
                }
            }
        };
        let serving = writer.history().list(list, None).map(|list| list.version.clone());
        Ok(Updated { list: list.to_owned(), to, serving })
    }

    fn files(
        &self,
        vault: &Vault,
        list: &str,
        from: &[String],
        serving: Option<&vault::Installed<'_>>,
    ) -> Result<Taken, NotTaken> {
        let addresses = from.iter().filter(|from| is_address(from)).count();
        if addresses == 0 {
            return take::from_paths(list, from);
        }
        let progress = |address: &str, bytes: u64, of: Option<u64>| {
            (self.say)(Step::Fetching { list, address, bytes, of })
        };
        let asking = Asking { fetch: self.fetch, patience: self.patience, progress: &progress };
        // What is damaged in the store is fetched anew, and so put right.
        let stored = serving.and_then(|list| Some((list, vault.read(list.name, list.version).ok()?)));
        asking.take(from, stored)
    }
}

/// Where a list is taken from: what was said, else its address in the catalogue.
fn where_from(list: &str, sources: &[String]) -> Result<Vec<String>, EngineError> {
    let addresses = sources.iter().filter(|source| is_address(source)).count();
    if addresses > 0 && addresses < sources.len() {
        return Err(EngineError::usage(format!("{list}: addresses and paths together"))
            .hint("take all files of a list from servers, or all from this machine"));
    }
    if !sources.is_empty() {
        return Ok(sources.to_vec());
    }
    let known = lists::catalogue().iter().find(|source| source.name == list);
    let known = known.ok_or_else(|| {
        EngineError::usage(format!("{list} is not in the catalogue: from where is it to be taken?"))
            .hint(format!("interdict lists add {list} --from ADDRESS_OR_PATH; interdict lists catalogue names those that are known"))
    })?;
    Ok(known.addresses.iter().map(|address| (*address).to_owned()).collect())
}
