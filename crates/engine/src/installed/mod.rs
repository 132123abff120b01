//! Installed lists: opened by name, as they are or as they were on a day; added and updated from where they are published.

mod cache;
mod json;
mod take;
mod update;

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use vault::{AsOf, Entry, History, Timestamp, Vault, VaultError};

use crate::source::Part;
use crate::{EngineError, Library, ScreenList};

pub use json::{catalogue_to_json, log_to_json, updated_to_json, versions_to_json};
pub use update::{Step, Updated, UpdatedTo, Updater};

impl From<VaultError> for EngineError {
    fn from(error: VaultError) -> Self {
        Self::input(error.to_string()).hint(error.remedy())
    }
}

/// The installed lists of a home, as they are when it is opened: an update that comes later is not seen. By default there
/// are none.
#[derive(Default)]
pub struct Installed {
    vault: Option<Vault>,
    history: History,
}

/// Where the store lies in a home.
fn store(home: &Path) -> PathBuf {
    home.join("vault")
}

impl Installed {
    /// Opens the home of installed lists. Reads only; a home that is not there has none.
    ///
    /// # Errors
    /// The store is damaged, or a newer version of this program made it.
    pub fn open(home: &Path) -> Result<Self, EngineError> {
        let vault = Vault::open(&store(home))?;
        let history = vault.as_ref().map(Vault::history).transpose()?.unwrap_or_default();
        Ok(Self { vault, history })
    }

    /// What happened so far, in order.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        self.history.entries()
    }

    /// What serves, by list.
    #[must_use]
    pub fn lists(&self) -> Vec<vault::Installed<'_>> {
        self.history.installed(None)
    }

    /// The names of the lists that are installed, or were.
    #[must_use]
    pub fn names(&self, as_of: Option<&AsOf>) -> Vec<String> {
        self.history.installed(as_of).iter().map(|list| list.name.to_owned()).collect()
    }

    /// Whether a list of that name is installed, or ever was.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.history.last_good(name).is_some()
    }

    /// Opens lists by name, and makes them ready: from what was compiled when they were updated, where that is there.
    ///
    /// # Errors
    /// One is not installed, or was not then; or its files are not what they were.
    pub fn library(&self, names: &[String], as_of: Option<&AsOf>) -> Result<Library, EngineError> {
        let named = names.iter().map(|name| self.find(name, as_of)).collect::<Result<Vec<_>, _>>()?;
        let lists = once(&named);
        let mut library = match self.compiled(&lists)? {
            Some(library) => library,
            None => self.read(&lists)?,
        };
        for (list, is) in library.lists_mut().iter_mut().zip(&lists) {
            describe(list, is, as_of);
            for same in
                named.iter().filter(|same| same.name != is.name && same.version.sha256 == is.version.sha256)
            {
                let warning =
                    format!("{} is the same list as {}: it is screened against once", same.name, is.name);
                list.report.warnings.push(warning);
            }
        }
        Ok(library)
    }

    /// The moment that is meant by a day, a moment, or a version of a list (`sha256:` and its first digits): the one at
    /// which that version was made to serve.
    ///
    /// # Errors
    /// It is none of these, or no such version ever served.
    pub fn moment(&self, name: &str, when: &str) -> Result<AsOf, EngineError> {
        let Some(digits) = when.strip_prefix("sha256:").filter(|digits| digits.len() >= 8) else {
            return when.parse().map_err(|()| {
                EngineError::usage(format!("{name}: {when} is no day, moment or version"))
                    .hint("2021-11-16, 2021-11-16T14:00:00Z, or sha256: and twelve digits of a version")
            });
        };
        let at = self.history.last_activation(name, digits).ok_or_else(|| {
            EngineError::input(format!("no version {when} of {name} ever served"))
                .hint(format!("see which did: interdict lists log {name}"))
        })?;
        at.to_string().parse().map_err(|()| EngineError::input(format!("{at}: no moment")))
    }

    /// Opens one list by name, as it is or as it was.
    ///
    /// # Errors
    /// As [`Installed::library`].
    pub fn list(&self, name: &str, as_of: Option<&AsOf>) -> Result<ScreenList, EngineError> {
        let is = self.find(name, as_of)?;
        let compiled = self.compiled(std::slice::from_ref(&is))?;
        let mut list = match compiled.and_then(|library| library.into_lists().pop()) {
            Some(list) => list,
            None => self.read_one(&is)?,
        };
        describe(&mut list, &is, as_of);
        Ok(list)
    }

    /// What was compiled of lists. `None`: nothing, or nothing that serves.
    fn compiled(&self, lists: &[vault::Installed<'_>]) -> Result<Option<Library>, EngineError> {
        let Some(vault) = self.vault.as_ref().filter(|_| !lists.is_empty()) else { return Ok(None) };
        let key = cache::Key::new(lists);
        if !key.is_there(vault) {
            return Ok(None);
        }
        let (whole, library) = rayon::join(
            || lists.iter().try_for_each(|list| vault.verify(list.name, list.version)),
            || key.open(vault),
        );
        // What was compiled of a file that is no more what it was has nothing left that vouches for it.
        whole?;
        Ok(library)
    }

    fn find(&self, name: &str, as_of: Option<&AsOf>) -> Result<vault::Installed<'_>, EngineError> {
        self.history.list(name, as_of).ok_or_else(|| match (as_of, self.history.first_activated(name)) {
            (Some(as_of), Some(first)) if first > as_of.until() => EngineError::input(format!(
                "no version of {name} was installed as of {as_of}: the first serves since {first}"
            ))
            .hint("ask for a later day, or give the list file of that day: --list PATH"),
            (Some(as_of), Some(_)) => EngineError::input(format!("{name} was not installed as of {as_of}"))
                .hint(format!("see when it was: interdict lists log {name}")),
            _ => not_installed(name),
        })
    }

    /// Reads lists from their files.
    fn read(&self, lists: &[vault::Installed<'_>]) -> Result<Library, EngineError> {
        Library::new(lists.iter().map(|list| self.read_one(list)).collect::<Result<_, _>>()?)
    }

    fn read_one(&self, list: &vault::Installed<'_>) -> Result<ScreenList, EngineError> {
        let vault = self.vault.as_ref().ok_or_else(|| not_installed(list.name))?;
        let files = vault.read(list.name, list.version)?.into_iter();
        let parts: Vec<Part> = files.map(|file| Part { name: file.name, bytes: file.bytes }).collect();
        ScreenList::from_parts(list.name.to_owned(), &parts, None)
    }
}

/// Each content once, under the name that comes first: who is listed twice would be found twice.
fn once<'a>(lists: &[vault::Installed<'a>]) -> Vec<vault::Installed<'a>> {
    let before = |n: usize, list: &vault::Installed<'_>| {
        lists[..n].iter().any(|other| other.version.sha256 == list.version.sha256)
    };
    lists.iter().enumerate().filter(|(n, list)| !before(*n, list)).map(|(_, list)| list.clone()).collect()
}

/// What the log knows of a list, beside its files: how old it is, and why it is to be doubted.
fn describe(list: &mut ScreenList, is: &vault::Installed<'_>, as_of: Option<&AsOf>) {
    list.modified = Some(system_time(is.confirmed));
    if let Some(as_of) = as_of {
        let since = is.activated;
        list.report
            .warnings
            .push(format!("{} as of {as_of}: {}, which served since {since}", is.name, list.version));
    } else if let Some((at, why)) = is.trouble {
        list.report.warnings.push(format!(
            "{} is not the newest: the update of {at} failed, the version of {} serves on: {why}",
            is.name, is.activated
        ));
    }
}

fn not_installed(name: &str) -> EngineError {
    let known = lists::catalogue().iter().any(|source| source.name == name);
    let hint = if known {
        format!("install it: interdict lists add {name}")
    } else {
        format!(
            "give the path of a list file, or install it: interdict lists add {name} --from ADDRESS_OR_PATH"
        )
    };
    EngineError::input(format!("no list named {name} is installed")).hint(hint)
}

/// A moment to the second: nobody asks for less, and a log is read by people.
fn timestamp(time: SystemTime) -> Timestamp {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.as_secs()).unwrap_or_default();
    i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or_default()
}

fn system_time(time: Timestamp) -> SystemTime {
    let seconds = u64::try_from(time.as_second()).unwrap_or_default();
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(SystemTime::UNIX_EPOCH)
}
