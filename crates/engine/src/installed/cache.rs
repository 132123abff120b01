//! Compiled lists beside the store: made by updates, used by whoever reads, refused where they are not of these rules.

use std::collections::BTreeSet;
use std::path::PathBuf;

use vault::{Vault, Writer};

use super::Installed;
use crate::compiled::RULES;
use crate::receipt::sha256_hex;
use crate::{EngineError, Library};

const FOLDER: &str = "compiled";

/// What is compiled together: lists with their versions, in order, and the rules.
pub(super) struct Key {
    name: String,
    versions: Vec<String>,
}

impl Key {
    pub(super) fn new(lists: &[vault::Installed<'_>]) -> Self {
        let versions: Vec<String> = lists.iter().map(|list| list.version.sha256.clone()).collect();
        let named = lists
            .iter()
            .flat_map(|list| [list.name.as_bytes(), b"\n", list.version.sha256.as_bytes(), b"\n"]);
        let hash = sha256_hex(&named.collect::<Vec<_>>());
        Self { name: format!("{}-{RULES}.idx", &hash[..32]), versions }
    }

    fn path(&self, vault: &Vault) -> PathBuf {
        vault.folder().join(FOLDER).join(&self.name)
    }

    pub(super) fn is_there(&self, vault: &Vault) -> bool {
        self.path(vault).exists()
    }

    /// `None`: it was not compiled, or what was is refused. The list is read then.
    pub(super) fn open(&self, vault: &Vault) -> Option<Library> {
        let library = Library::open_cached(&self.path(vault))?;
        let same = library.lists().iter().map(|list| &list.sha256).eq(&self.versions);
        same.then_some(library)
    }
}

/// Compiles what serves now: each list by itself, and all together. What was compiled of other versions goes.
pub(super) fn refresh(writer: &Writer) -> Result<(), EngineError> {
    let vault = writer.vault();
    let installed = Installed { vault: Some(vault.clone()), history: writer.history().clone() };
    let lists = installed.lists();
    let folder = vault.folder().join(FOLDER);
    let failed = |e: std::io::Error| {
        EngineError::input(format!("{}: {e}", folder.display()))
            .hint("see that there is room and the right to write")
    };
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let all = super::once(&lists);
    let mut sets: Vec<&[vault::Installed<'_>]> = lists.chunks(1).collect();
    if all.len() > 1 {
        sets.push(&all);
    }
    let keys: Vec<Key> = sets.iter().map(|set| Key::new(set)).collect();
    let wanted: BTreeSet<&str> = keys.iter().map(|key| key.name.as_str()).collect();
    for entry in std::fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !wanted.contains(entry.file_name().to_string_lossy().as_ref()) {
            std::fs::remove_file(entry.path()).map_err(failed)?;
        }
    }
    for (key, set) in keys.iter().zip(sets) {
        if !key.is_there(vault) {
            installed.read(set)?.compile(&key.path(vault))?;
        }
    }
    Ok(())
}
