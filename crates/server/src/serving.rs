//! What serves: lists, made ready under a policy. One immutable value; an update makes another and swaps it in.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use engine::{EngineError, Entity, Library, Network, Policy, Ready, ScreenList, Screening};

use crate::problem::Problem;
use crate::yente::{Directory, Register};

/// Lists that serve. Requests hold it while they run, and go on with the lists that they began with.
pub(crate) struct Serving {
    ready: Ready,
    loaded: SystemTime,
    max_age: Option<Duration>,
    /// Selections of lists that were asked for, made ready once.
    selections: Mutex<BTreeMap<Vec<String>, Ready>>,
    /// Ids, relations and words of the lists, worked out when they are first asked for.
    directory: Directory,
    /// Who stands behind, made when it is first asked.
    network: OnceLock<Result<Network, Problem>>,
}

/// Selections that are remembered; those that were made first go.
const SELECTIONS: usize = 32;

/// How a list stands.
pub(crate) struct ListState<'a> {
    pub(crate) list: &'a ScreenList,
    /// Since it was last known to be the newest; `None`: not known, as of the embedded case.
    pub(crate) age: Option<Duration>,
    /// Older than is allowed, or of an age that is not known where one is asked for.
    pub(crate) stale: bool,
}

impl Serving {
    /// Makes lists ready.
    ///
    /// # Errors
    /// The policy leaves nobody in scope.
    pub(crate) fn new(
        library: Library,
        policy: &Policy,
        loaded: SystemTime,
        max_age: Option<Duration>,
    ) -> Result<Self, EngineError> {
        let ready = Ready::new(library, policy)?;
        Ok(Self {
            ready,
            loaded,
            max_age,
            selections: Mutex::default(),
            network: OnceLock::new(),
            directory: Directory::default(),
        })
    }

    /// The searches in all lists. Costs nothing.
    pub(crate) fn screening(&self) -> Screening<'_> {
        self.ready.screening()
    }

    /// The lists and their parties.
    pub(crate) fn library(&self) -> &Library {
        self.ready.library()
    }

    /// Ids, relations and words of the lists.
    pub(crate) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The listed party of an id, with its list: of several lists the first that has it.
    pub(crate) fn party(&self, id: &str) -> Option<(&ScreenList, &Entity)> {
        Register::new(self.library(), &self.directory).party(id)
    }

    /// The network of the lists. Slow the first time.
    ///
    /// # Errors
    /// None, as long as no files are in it.
    pub(crate) fn network(&self) -> Result<&Network, Problem> {
        let network = self.network.get_or_init(|| Ok(Network::of_lists(&self.screening())?));
        network.as_ref().map_err(Clone::clone)
    }

    /// When they were loaded.
    pub(crate) fn loaded(&self) -> SystemTime {
        self.loaded
    }

    /// The lists as they stand now.
    pub(crate) fn lists(&self) -> Vec<ListState<'_>> {
        let now = SystemTime::now();
        self.library().lists().iter().map(|list| self.list_state(list, now)).collect()
    }

    fn list_state<'a>(&self, list: &'a ScreenList, now: SystemTime) -> ListState<'a> {
        let age = list.modified.map(|at| now.duration_since(at).unwrap_or_default());
        let stale = self.max_age.is_some_and(|most| age.is_none_or(|age| age > most));
        ListState { list, age, stale }
    }

    /// Datasets of lists that are stale: every answer from them says so.
    pub(crate) fn stale(&self) -> Vec<&str> {
        if self.max_age.is_none() {
            return Vec::new();
        }
        self.lists().iter().filter(|state| state.stale).map(|state| state.list.dataset.as_str()).collect()
    }

    /// Only the lists of some datasets; all, where none is named. The first search of a selection goes through all
    /// parties to settle it.
    ///
    /// # Errors
    /// There is no such list.
    pub(crate) fn selected(&self, datasets: &[String]) -> Result<Ready, Problem> {
        if datasets.is_empty() {
            return Ok(self.ready.clone());
        }
        let mut key = datasets.to_vec();
        key.sort();
        key.dedup();
        let known = || self.selections.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ready) = known().get(&key) {
            return Ok(ready.clone());
        }
        let names: Vec<&str> = key.iter().map(String::as_str).collect();
        let ready = self.ready.of_datasets(&names)?;
        let mut known = known();
        if known.len() >= SELECTIONS {
            known.pop_first();
        }
        known.insert(key, ready.clone());
        Ok(ready)
    }
}

/// Shared by all who ask at one time.
pub(crate) type Shared = Arc<Serving>;
