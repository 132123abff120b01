//! A version of a list: which files, what is in them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A file of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionFile {
    /// Its name, by which readers tell it in messages.
    pub name: String,
    /// SHA-256 of its unpacked content, in hexadecimal.
    pub sha256: String,
    /// Its unpacked size.
    pub bytes: u64,
    /// Where it came from: an address or a path.
    pub from: String,
    /// The server's mark of this content, for asking whether it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When the server says that it was changed, as the server writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// A version: the set of its files, and what reading them gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// SHA-256 of the one file, or over the hashes of the files.
    pub sha256: String,
    /// FollowTheMoney dataset that the reader found.
    pub dataset: String,
    /// Listed parties.
    pub parties: usize,
    /// Their primary names.
    pub names: usize,
    /// Their strong and weak aliases.
    pub aliases: usize,
    /// Relations between parties.
    pub relations: usize,
    /// Rows that could not be read.
    pub skipped: usize,
    /// When its authority changed it last, where that is known: of the server's word, or the time of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// Its files, the main one first.
    pub files: Vec<VersionFile>,
}

impl Version {
    /// `sha256:` and the first twelve digits: what results carry.
    #[must_use]
    pub fn short(&self) -> String {
        format!("sha256:{}", self.sha256.get(..12).unwrap_or(&self.sha256))
    }
}

/// SHA-256 over some bytes, in hexadecimal.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    // Each line of the log has one: no formatting.
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    hasher.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The hash of a version from those of its files: of one file its own, so that it can be checked with `sha256sum`.
pub(crate) fn version_hash(files: &[String]) -> String {
    match files {
        [one] => one.clone(),
        many => sha256(&many.iter().map(String::as_bytes).collect::<Vec<_>>()),
    }
}
