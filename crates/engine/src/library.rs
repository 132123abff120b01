//! The lists that are screened against.

use std::path::Path;
use std::sync::OnceLock;
use std::time::SystemTime;

use lists::{ListErrorKind, LoadReport, SourceFile};
use model::Entity;
use names::Lexicon;
use screen::{Candidates, Index, Profile};
use serde::{Deserialize, Serialize};

use crate::network::{Owned, OwnedParty};
use crate::receipt::sha256_hex;
use crate::source::Part;
use crate::{EngineError, Entities, open_with_siblings};

/// One file of a list, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedFile {
    /// File name.
    pub name: String,
    /// SHA-256 of its unpacked bytes, in hexadecimal.
    pub sha256: String,
    /// Unpacked size.
    pub bytes: usize,
}

/// A list, ready to be screened against.
pub struct ScreenList {
    /// What the user called it: a path, or a name.
    pub source: String,
    /// FtM dataset name, such as `ofac_sdn`.
    pub dataset: String,
    /// `sha256:` and the first twelve digits of the hash over its files: the version that results carry.
    pub version: String,
    /// SHA-256 over the hashes of its files.
    pub sha256: String,
    /// Its files.
    pub files: Vec<LoadedFile>,
    /// When its main file was last changed, where that is known.
    pub modified: Option<SystemTime>,
    /// The listed parties.
    pub entities: Entities,
    /// Relations and other entities that belong to parties.
    pub relations: Entities,
    /// What was read, and what was not.
    pub report: LoadReport,
}

impl ScreenList {
    /// Reads a list file and its siblings.
    ///
    /// # Errors
    /// The file cannot be read, or is no list.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        let _span = tracing::info_span!("read_list").entered();
        let parts = open_with_siblings(path)?;
        let modified = std::fs::metadata(path).and_then(|m| m.modified()).ok();
        Self::from_parts(path.display().to_string(), &parts, modified)
    }

    /// The same version with some of its parties alone: of a list that is cut no warning is repeated.
    pub(crate) fn of_parties(&self, parties: Vec<Entity>) -> Self {
        Self {
            source: self.source.clone(),
            dataset: self.dataset.clone(),
            version: self.version.clone(),
            sha256: self.sha256.clone(),
            files: self.files.clone(),
            modified: self.modified,
            entities: parties.into(),
            relations: Vec::new().into(),
            report: LoadReport::default(),
        }
    }

    /// Reads a list from unpacked files: the first that is a main file, the others as its siblings.
    pub(crate) fn from_parts(
        source: String,
        parts: &[Part],
        modified: Option<SystemTime>,
    ) -> Result<Self, EngineError> {
        let files: Vec<SourceFile<'_>> =
            parts.iter().map(|p| SourceFile { name: &p.name, bytes: &p.bytes }).collect();
        let loaded = lists::read_files(&files).map_err(|e| unreadable(&e))?;
        let files: Vec<LoadedFile> = parts
            .iter()
            .map(|p| LoadedFile {
                name: p.name.clone(),
                sha256: sha256_hex(&[&p.bytes]),
                bytes: p.bytes.len(),
            })
            .collect();
        let sha256 = match files.as_slice() {
            [one] => one.sha256.clone(),
            many => sha256_hex(&many.iter().map(|f| f.sha256.as_bytes()).collect::<Vec<_>>()),
        };
        Ok(Self {
            source,
            dataset: loaded.dataset,
            version: format!("sha256:{}", &sha256[..12]),
            sha256,
            files,
            modified,
            entities: loaded.entities.into(),
            relations: loaded.relations.into(),
            report: loaded.report,
        })
    }
}

/// Most of these errors say themselves what to do.
fn unreadable(error: &lists::ListError) -> EngineError {
    let shown = EngineError::input(error.to_string());
    match error.kind() {
        ListErrorKind::NobodyListed { .. } => {
            shown.hint("see that it is the right file and whole; fetch it again, or mend its rows")
        }
        _ => shown,
    }
}

/// Lists, made ready once. [`Library::under`] a policy they are searched.
pub struct Library {
    parties: Parties,
    index: Index,
    /// What is known of the parties that are here for their owners' sake.
    owned: Option<Owned>,
}

/// The parties of some lists with their profiles, which are made when they are first asked for.
pub(crate) struct Parties {
    lists: Vec<ScreenList>,
    /// For each party: its list and its place in it.
    places: Vec<(u32, u32)>,
    profiles: Box<[OnceLock<Profile>]>,
}

impl Parties {
    fn new(lists: Vec<ScreenList>) -> Self {
        let places_of =
            |(l, list): (usize, &ScreenList)| (0..list.entities.len()).map(move |e| (l as u32, e as u32));
        let places: Vec<(u32, u32)> = lists.iter().enumerate().flat_map(places_of).collect();
        Self { profiles: places.iter().map(|_| OnceLock::new()).collect(), lists, places }
    }

    fn entity(&self, place: usize) -> (&ScreenList, &Entity) {
        let (list, place) = self.places[place];
        let list = &self.lists[list as usize];
        (list, list.entities.get(place as usize))
    }
}

impl Candidates for Parties {
    fn len(&self) -> usize {
        self.places.len()
    }

    fn get(&self, place: usize) -> &Profile {
        self.profiles[place].get_or_init(|| Profile::new(self.entity(place).1))
    }
}

impl Library {
    /// Makes lists ready.
    ///
    /// # Errors
    /// Without a list, or with one that holds no party, nothing could be found and everybody would pass: refused.
    pub fn new(lists: Vec<ScreenList>) -> Result<Self, EngineError> {
        if lists.is_empty() {
            return Err(EngineError::input("there is no list to screen against")
                .hint("name one: --list path/to/sdn.csv, or --list demo for the embedded case"));
        }
        if let Some(empty) = lists.iter().find(|list| list.entities.is_empty()) {
            return Err(EngineError::input(format!("{} holds no listed party", empty.source))
                .hint("see what was read: interdict lists show PATH"));
        }
        let parties = Parties::new(lists);
        let mut lexicon = Lexicon::of_list();
        let profiles = tracing::info_span!("make_profiles", parties = parties.profiles.len()).entered();
        for (place, profile) in parties.profiles.iter().enumerate() {
            profile.get_or_init(|| Profile::of_list(parties.entity(place).1, &mut lexicon));
        }
        drop(profiles);
        let _span = tracing::info_span!("build_index").entered();
        let index = Index::new(&parties);
        Ok(Self { parties, index, owned: None })
    }

    /// Lists with the index that was built of them.
    pub(crate) fn with_index(lists: Vec<ScreenList>, index: Index) -> Self {
        Self { parties: Parties::new(lists), index, owned: None }
    }

    /// The same, with what is known of the owned companies that are its last list.
    pub(crate) fn with_owned(self, owned: Owned) -> Self {
        Self { owned: Some(owned), ..self }
    }

    /// Why a party that is on no list is here: who owns it.
    #[must_use]
    pub fn owned(&self, place: usize) -> Option<&OwnedParty> {
        let owned = self.owned.as_ref()?;
        let (list, place) = self.parties.places[place];
        (list as usize == owned.list).then(|| &owned.parties[place as usize])
    }

    /// The lists.
    #[must_use]
    pub fn lists(&self) -> &[ScreenList] {
        &self.parties.lists
    }

    /// The lists, to be put together with others.
    #[must_use]
    pub fn into_lists(self) -> Vec<ScreenList> {
        self.parties.lists
    }

    /// What is known of the lists beside their entities may be added to.
    pub(crate) fn lists_mut(&mut self) -> &mut [ScreenList] {
        &mut self.parties.lists
    }

    /// The entity of a result, and its list.
    #[must_use]
    pub fn entity(&self, index: usize) -> (&ScreenList, &Entity) {
        self.parties.entity(index)
    }

    /// Every listed party with its list, in the order of the profiles.
    pub(crate) fn entities(&self) -> impl Iterator<Item = (&ScreenList, &Entity)> {
        self.lists().iter().flat_map(|list| list.entities.iter().map(move |entity| (list, entity)))
    }

    pub(crate) fn profiles(&self) -> &Parties {
        &self.parties
    }

    pub(crate) fn index(&self) -> &Index {
        &self.index
    }
}

/// How candidates are found. The results are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// Through the index.
    #[default]
    Indexed,
    /// By scoring every listed party: the oracle.
    Exhaustive,
}
