//! What a compiled file says of itself, before its sections.

use std::path::PathBuf;
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
    pub(super) source: String,
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
    pub(super) lists: Vec<AnyList>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AnyList {
    pub(super) source: PathBuf,
}

impl From<&ScreenList> for ListHeader {
    fn from(list: &ScreenList) -> Self {
        let seconds =
            |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok().map(|d| d.as_secs());
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
    pub(super) fn list(self, entities: crate::Entities, relations: crate::Entities) -> ScreenList {
        ScreenList {
            source: self.source,
            dataset: self.dataset,
            version: self.version,
            sha256: self.sha256,
            files: self.files,
            modified: self.modified.map(|seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)),
            entities,
            relations,
            report: self.report,
        }
    }
}
