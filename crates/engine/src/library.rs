//! The lists that are screened against.

use std::path::Path;
use std::time::SystemTime;

use lists::{Format, ListErrorKind, LoadReport, SourceFile};
use model::Entity;
use names::Lexicon;
use screen::{Index, Profile};

use crate::receipt::sha256_hex;
use crate::source::Part;
use crate::{EngineError, open_with_siblings};

/// One file of a list, as it was read.
#[derive(Clone, Debug)]
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
    pub entities: Vec<Entity>,
    /// Relations and other entities that belong to parties.
    pub relations: Vec<Entity>,
    /// What was read, and what was not.
    pub report: LoadReport,
}

impl ScreenList {
    /// Reads a list file and its siblings.
    ///
    /// # Errors
    /// The file cannot be read, or is no list.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        let parts = open_with_siblings(path)?;
        let modified = std::fs::metadata(path).and_then(|m| m.modified()).ok();
        Self::from_parts(path.display().to_string(), &parts, modified)
    }

    /// Reads a list from unpacked files: the first that is a main file, the others as its siblings.
    pub(crate) fn from_parts(
        source: String,
        parts: &[Part],
        modified: Option<SystemTime>,
    ) -> Result<Self, EngineError> {
        let files: Vec<SourceFile<'_>> =
            parts.iter().map(|p| SourceFile { name: &p.name, bytes: &p.bytes }).collect();
        // In an archive the main file may stand anywhere.
        let formats: Vec<Format> = files.iter().map(|f| lists::recognise(f.bytes)).collect();
        let primary = |f: &Format| *f == Format::OfacPrimary;
        let readable = |f: &Format| matches!(f, Format::FtmJsonLines | Format::PlainTable { .. });
        let main =
            formats.iter().position(primary).or_else(|| formats.iter().position(readable)).unwrap_or(0);
        let siblings: Vec<SourceFile<'_>> =
            files.iter().enumerate().filter(|(i, _)| *i != main).map(|(_, f)| *f).collect();
        let loaded = lists::read(&files[main], &siblings).map_err(|e| unreadable(&e))?;
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
            entities: loaded.entities,
            relations: loaded.relations,
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
    lists: Vec<ScreenList>,
    profiles: Vec<Profile>,
    index: Index,
    /// For each profile: its list and its place in it.
    places: Vec<(u32, u32)>,
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
        let mut profiles = Vec::new();
        let mut places = Vec::new();
        let mut lexicon = Lexicon::of_list();
        for (l, list) in lists.iter().enumerate() {
            for (e, entity) in list.entities.iter().enumerate() {
                profiles.push(Profile::of_list(entity, &mut lexicon));
                places.push((l as u32, e as u32));
            }
        }
        let index = Index::new(&profiles);
        Ok(Self { lists, profiles, index, places })
    }

    /// The lists.
    #[must_use]
    pub fn lists(&self) -> &[ScreenList] {
        &self.lists
    }

    /// The entity of a result, and its list.
    #[must_use]
    pub fn entity(&self, index: usize) -> (&ScreenList, &Entity) {
        let (list, place) = self.places[index];
        let list = &self.lists[list as usize];
        (list, &list.entities[place as usize])
    }

    /// Every listed party with its list, in the order of the profiles.
    pub(crate) fn entities(&self) -> impl Iterator<Item = (&ScreenList, &Entity)> {
        self.lists.iter().flat_map(|list| list.entities.iter().map(move |entity| (list, entity)))
    }

    pub(crate) fn profiles(&self) -> &[Profile] {
        &self.profiles
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
