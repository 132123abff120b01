//! The lists of a server: those that are named, or all that are installed.

use std::fmt::Write;
use std::path::Path;

use engine::{EngineError, Installed, Library, list_files};
use server::ListSource;

use crate::commands::open::open_lists;
use crate::home;

/// Lists by name or path; none: all that are installed.
pub(super) struct Named(pub(super) Vec<String>);

impl ListSource for Named {
    fn load(&self) -> Result<Library, EngineError> {
        open_lists(&self.0, None)
    }

    fn state(&self) -> Result<String, EngineError> {
        let mut state = String::new();
        for list in home::installed_for(&self.0)?.lists() {
            // The last confirmation too: it makes a list younger.
            let _sound = writeln!(state, "{} {} {}", list.name, list.version.sha256, list.confirmed);
        }
        for path in self.0.iter().map(Path::new) {
            for file in list_files(path) {
                let about = std::fs::metadata(&file).ok();
                let (modified, bytes) =
                    (about.as_ref().and_then(|file| file.modified().ok()), about.map(|file| file.len()));
                let _sound = writeln!(state, "{} {modified:?} {bytes:?}", file.display());
            }
        }
        Ok(state)
    }

    fn installed(&self) -> Result<Installed, EngineError> {
        home::installed()
    }
}
