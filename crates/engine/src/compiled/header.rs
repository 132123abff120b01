//! What a compiled file says of itself, before its sections.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use lists::LoadReport;
use serde::{Deserialize, Serialize};

use super::file::Section;
use crate::{LoadedFile, ScreenList};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    /// Version of the engine that wrote it.
    pub(super) engine: String,
    /// The rules by which lists were read and names taken apart: see `build.rs`.
    pub(super) rules: String,
    pub(super) lists: Vec<ListHeader>,
    /// Names of the properties that the entities have, by number.
    pub(super) properties: Vec<String>,
    /// How many lists of keys, of numbers and of letters the index has.
    pub(super) index: [usize; 3],
    pub(super) sections: Vec<Section>,
}

/// What is known of a list beside its entities.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ListHeader {
    source: String,
    dataset: String,
    version: String,
    sha256: String,
    files: Vec<LoadedFile>,
    /// When its main file was last changed, in seconds since 1970.
    modified: Option<u64>,
    report: LoadReport,
}

/// What of a header holds for every version of the format.
#[derive(Debug, Default, Deserialize)]
pub(super) struct AnyHeader {
    #[serde(default)]
    pub(super) lists: Vec<Source>,
}

/// A file that a list was read from.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Source {
    #[serde(rename = "source")]
    pub(super) path: PathBuf,
    /// When it was last changed, in seconds since 1970.
    pub(super) modified: Option<u64>,
}

impl Source {
    /// The file where it was, or beside the compiled one; of two the one that was not changed since. A path that was given
    /// from some folder means little in another.
    pub(super) fn find(&self, compiled: &Path) -> Option<PathBuf> {
        let beside = compiled.parent()?.join(self.path.file_name()?);
        let mut places = [self.path.clone(), beside];
        if self.path.is_relative() {
            places.reverse();
        }
        let there = || places.iter().filter(|path| path.is_file() && !super::is_compiled(path));
        there().find(|path| self.is_unchanged(path)).or_else(|| there().next()).cloned()
    }

    /// Whether a file is of the time of this one, as far as that is known.
    pub(super) fn is_unchanged(&self, path: &Path) -> bool {
        self.modified.is_none()
            || std::fs::metadata(path).and_then(|m| m.modified()).ok().and_then(seconds) == self.modified
    }
}

fn seconds(time: SystemTime) -> Option<u64> {
    time.duration_since(SystemTime::UNIX_EPOCH).ok().map(|d| d.as_secs())
}

impl From<&ScreenList> for ListHeader {
    fn from(list: &ScreenList) -> Self {
        Self {
            source: list.source.clone(),
            dataset: list.dataset.clone(),
            version: list.version.clone(),
            sha256: list.sha256.clone(),
            files: list.files.clone(),
            modified: list.modified.and_then(seconds),
            report: list.report.clone(),
        }
    }
}

impl ListHeader {
    pub(super) fn source(&self) -> Source {
        Source { path: (&self.source).into(), modified: self.modified }
    }

    pub(super) fn list(self, entities: crate::Entities, relations: crate::Entities) -> ScreenList {
        ScreenList {
            source: self.source,
            dataset: self.dataset,
            version: self.version,
            sha256: self.sha256,
            files: self.files,
            modified: self.modified.and_then(|s| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(s))),
            entities,
            relations,
            report: self.report,
        }
    }
}
