//! The lists of a server: those that are named, or all that are installed.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use engine::{EngineError, Installed, Library};
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
            for file in with_siblings(path) {
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

/// A list's file and those of its ending beside it, which may be read with it: aliases lie in `alt.csv` beside `sdn.csv`.
fn with_siblings(path: &Path) -> Vec<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|file| file.path());
    let mut files: Vec<PathBuf> = match path.extension() {
        Some(ending) if path.is_file() => beside.filter(|file| file.extension() == Some(ending)).collect(),
        _ => vec![path.to_owned()],
    };
    files.sort();
    files
}
