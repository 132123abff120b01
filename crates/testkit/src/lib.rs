//! Helpers that tests of every crate share: data that lies beside the checkout, scratch folders, an invented case.

pub mod case;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
/// Numbers for invented data, the same in every run.
pub use validation::Random;

/// A file or folder of the `shared` folder, which lies beside the checkout and is no part of it: real lists and
/// labelled queries, too large or not ours to commit. `INTERDICT_SHARED` names another place, for a work tree that
/// lies elsewhere.
///
/// Where it is not there, that is said on standard error and the caller skips what it would have tested: a clean
/// clone has no such folder, and its tests must pass.
#[must_use]
#[allow(clippy::print_stderr)] // This is how a test says that it tested nothing.
pub fn shared(path: impl AsRef<Path>) -> Option<PathBuf> {
    let root = std::env::var_os("INTERDICT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let path = root.join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// The bytes of a file of the `shared` folder, where it is there.
///
/// # Panics
/// It is there and cannot be read.
#[must_use]
pub fn shared_bytes(path: impl AsRef<Path>) -> Option<Vec<u8>> {
    shared(path).map(|path| or_panic("a file of the shared folder", std::fs::read(path)))
}

/// A text of a table of test data with `\u{200B}` as the character itself: what cannot be seen must be readable.
///
/// # Panics
/// Where a brace does not close: the table is wrong.
#[must_use]
pub fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((code, rest)) = part.split_once('}') else { panic!("\\u{{...}} does not end: {text}") };
        out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        out += rest;
    }
    out
}

/// A folder of a test's own, gone when the test ends.
#[derive(Debug)]
pub struct Scratch(TempDir);

impl Scratch {
    /// An empty folder.
    ///
    /// # Panics
    /// Where the machine gives no temporary folder: no test can go on without.
    #[must_use]
    #[allow(clippy::new_without_default)] // It asks the machine for a folder: nothing about it is default.
    pub fn new() -> Self {
        Self(or_panic("a scratch folder", tempfile::tempdir()))
    }

    /// The folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.0.path()
    }

    /// Where a file of that name is or would be.
    #[must_use]
    pub fn path(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.dir().join(name.as_ref())
    }

    /// Writes a file and says where it is.
    ///
    /// # Panics
    /// Where it cannot be written.
    pub fn file(&self, name: impl AsRef<OsStr>, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        or_panic("a scratch file", std::fs::write(&path, bytes));
        path
    }
}

fn or_panic<T>(what: &str, result: std::io::Result<T>) -> T {
    result.unwrap_or_else(|e| panic!("{what}: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_none() {
        assert_eq!(shared("no/such/file"), None);
    }

    #[test]
    fn a_scratch_folder_goes_with_its_owner() {
        let scratch = Scratch::new();
        let file = scratch.file("a.csv", "x");
        assert_eq!(
            (std::fs::read_to_string(&file).unwrap().as_str(), file.parent()),
            ("x", Some(scratch.dir()))
        );
        drop(scratch);
        assert!(!file.exists());
    }
}
