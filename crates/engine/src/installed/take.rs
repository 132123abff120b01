//! The files of a list, from where it is published: addresses, files, a folder that they were copied to.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use vault::{Download, Fetch, FetchError, OfferedFile, Patience, Validator, Version};

use crate::source::{Part, unpack};
use crate::{EngineError, open, open_with_siblings};

/// What came of looking.
pub(super) enum Taken {
    /// The servers say that nothing changed.
    Unchanged,
    /// These are the files now.
    Files {
        files: Vec<OfferedFile>,
        /// When they were changed last, where that is known.
        published: Option<SystemTime>,
        /// Files that lie somewhere are no younger than their time; a server vouches for what it serves now.
        local: bool,
    },
}

/// Why there are no files.
pub(super) struct NotTaken {
    pub(super) from: String,
    pub(super) reason: String,
    pub(super) remedy: String,
}

/// Whether it is an address of a server.
pub(super) fn is_address(from: &str) -> bool {
    let lower = from.get(..8).unwrap_or(from).to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// A path as it is, from the root on, also of a `file:` address: what is kept must mean the same from every folder.
pub(super) fn absolute(from: &str) -> Result<String, EngineError> {
    if is_address(from) {
        return Ok(from.to_owned());
    }
    let path = from.strip_prefix("file://").map_or_else(|| from.to_owned(), decoded);
    let failed =
        |e: std::io::Error| EngineError::input(format!("{from}: {e}")).hint("give a path or an address");
    Ok(std::path::absolute(path).map_err(failed)?.display().to_string())
}

/// `%20` and the like in a `file:` address.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let code = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *byte == b'%') {
            Some(decoded) => (bytes.push(decoded), rest = &behind[2..]).1,
            None => (bytes.push(*byte), rest = behind).1,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Files of this machine.
pub(super) fn from_paths(list: &str, paths: &[String]) -> Result<Taken, NotTaken> {
    let mut files = Vec::new();
    let mut published = None;
    for from in paths {
        let failed = |e: &EngineError| NotTaken {
            from: from.clone(),
            reason: e.to_string(),
            remedy: e.remedy().unwrap_or_default().to_owned(),
        };
        let path = Path::new(from);
        let main =
            if path.is_dir() { in_folder(list, path).map_err(|e| failed(&e))? } else { path.to_owned() };
        // Several files are given one by one; to one that is given alone belong those beside it.
        let parts = if paths.len() == 1 { open_with_siblings(&main) } else { open(&main) };
        let parts = parts.map_err(|e| failed(&e))?;
        if published.is_none() {
            published = std::fs::metadata(&main).and_then(|metadata| metadata.modified()).ok();
        }
        files.extend(parts.into_iter().map(|part| offered(part, from, &Validator::default())));
    }
    Ok(Taken::Files { files, published, local: true })
}

/// The main file of a list in a folder: by its name in the catalogue, in capitals or not, packed or not; else the only file.
fn in_folder(list: &str, folder: &Path) -> Result<PathBuf, EngineError> {
    let failed = |e: std::io::Error| EngineError::input(format!("{}: {e}", folder.display()));
    let mut inside = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if entry.path().is_file() && !name.starts_with('.') {
            inside.push((name, entry.path()));
        }
    }
    inside.sort();
    let source = lists::catalogue().iter().find(|source| source.name == list);
    let main = source.and_then(|source| source.file_names().next()).map(str::to_lowercase);
    let of_main = |name: &str| {
        main.as_deref().is_some_and(|main| {
            [main.to_owned(), format!("{main}.gz"), format!("{main}.zip")].iter().any(|m| m == name)
        })
    };
    if let Some((_, path)) = inside.iter().find(|(name, _)| of_main(name)) {
        return Ok(path.clone());
    }
    match inside.as_slice() {
        [(_, only)] => Ok(only.clone()),
        many => {
            let looked = main.map(|main| format!(" none of them {main}")).unwrap_or_default();
            Err(EngineError::input(
                format!("{} holds {} files,{looked}", folder.display(), many.len()).replace(",.", "."),
            )
            .hint("name the list's main file itself with --from"))
        }
    }
}

fn offered(part: Part, from: &str, validator: &Validator) -> OfferedFile {
    OfferedFile { name: part.name, bytes: part.bytes, from: from.to_owned(), validator: validator.clone() }
}

/// How to ask servers.
pub(super) struct Asking<'a> {
    pub(super) fetch: &'a dyn Fetch,
    pub(super) patience: Patience<'a>,
    /// Told of each address, and of the bytes that come from it; `false` where the caller wants to stop.
    pub(super) progress: &'a dyn Fn(&str, u64, Option<u64>) -> bool,
}

/// A list of several files is published file by file: so often they are asked for again until none changed meanwhile.
const ROUNDS: usize = 3;

impl Asking<'_> {
    /// The files at addresses. `known`: what the servers said of those that are there already, in `serving`.
    pub(super) fn take(
        &self,
        addresses: &[String],
        serving: Option<(&vault::Installed<'_>, Vec<vault::StoredFile>)>,
    ) -> Result<Taken, NotTaken> {
        let known =
            |address: &str| serving.as_ref().and_then(|(list, _)| list.validators.get(address).cloned());
        let mut got: Vec<(Option<Vec<u8>>, Validator)> =
            addresses.iter().map(|address| (None, known(address).unwrap_or_default())).collect();
        let mut settled = false;
        for round in 0..ROUNDS {
            let mut changed = false;
            for (address, file) in addresses.iter().zip(&mut got) {
                // A server that gives no marks cannot be asked whether it changed.
                if round > 0 && file.1.is_empty() {
                    continue;
                }
                if let Download::Whole { bytes, validator } = self.ask(address, &file.1)? {
                    changed |= round == 0 || file.0.as_ref() != Some(&bytes);
                    *file = (Some(bytes), validator);
                }
            }
            settled = !changed || addresses.len() == 1;
            if settled {
                break;
            }
        }
        if !settled {
            return Err(not_taken(
                &addresses[0],
                &FetchError::passing("the files of the list kept changing while they were fetched"),
            ));
        }
        if got.iter().all(|(bytes, _)| bytes.is_none()) {
            return Ok(Taken::Unchanged);
        }
        let published =
            got.first().and_then(|(_, validator)| validator.last_modified.as_deref()).and_then(http_date);
        let mut files = Vec::new();
        for (address, (bytes, validator)) in addresses.iter().zip(got) {
            match (bytes, &serving) {
                (Some(bytes), _) => {
                    let name = lists::last_segment(address).to_owned();
                    let parts = unpack(name, bytes).map_err(|e| NotTaken {
                        from: address.clone(),
                        reason: e.to_string(),
                        remedy: e.remedy().unwrap_or_default().to_owned(),
                    })?;
                    files.extend(parts.into_iter().map(|part| offered(part, address, &validator)));
                }
                (None, Some((list, stored))) => {
                    files.extend(unchanged(address, list.version, stored, &validator));
                }
                (None, None) => {}
            }
        }
        Ok(Taken::Files { files, published, local: false })
    }

    fn ask(&self, address: &str, known: &Validator) -> Result<Download, NotTaken> {
        let progress = |have: u64, of: Option<u64>| (self.progress)(address, have, of);
        if !progress(0, None) {
            return Err(not_taken(address, &FetchError::lasting("stopped", "run the command again")));
        }
        let patience = Patience { progress: &progress, ..self.patience };
        let asked = vault::download(self.fetch, address, Some(known), &patience);
        asked.map_err(|e| not_taken(address, &e))
    }
}

/// The files that came from an address before, of which the server says that they are still the same.
fn unchanged<'a>(
    address: &'a str,
    version: &'a Version,
    stored: &'a [vault::StoredFile],
    validator: &'a Validator,
) -> impl Iterator<Item = OfferedFile> + 'a {
    let files = version.files.iter().zip(stored).filter(move |(file, _)| file.from == address);
    files.map(move |(file, stored)| OfferedFile {
        name: file.name.clone(),
        bytes: stored.bytes.clone(),
        from: address.to_owned(),
        validator: validator.clone(),
    })
}

fn not_taken(address: &str, error: &FetchError) -> NotTaken {
    NotTaken { from: address.to_owned(), reason: error.reason.clone(), remedy: error.remedy.clone() }
}

/// A date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<SystemTime> {
    let read = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(super::system_time(read.timestamp()))
}

#[cfg(test)]
mod tests {
    use testkit::Scratch;

    use super::*;

    #[test]
    fn addresses_and_paths() {
        for (from, address, path) in [
            ("https://a.org/x", true, None),
            ("HTTP://a.org/x", true, None),
            ("file:///media/usb%20stick/un.xml", false, Some("/media/usb stick/un.xml")),
            ("/media/usb/100%.xml", false, Some("/media/usb/100%.xml")),
        ] {
            assert_eq!(is_address(from), address, "{from}");
            assert_eq!(absolute(from).unwrap(), path.unwrap_or(from));
        }
    }

    #[test]
    fn dates_of_http() {
        let seconds = |text| {
            http_date(text).and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok()).map(|d| d.as_secs())
        };
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(seconds("yesterday"), None);
    }

    #[test]
    fn a_folder_of_many_files() {
        let scratch = Scratch::new();
        scratch.file("SDN.CSV", "1");
        scratch.file("ALT.CSV", "2");
        scratch.file(".hidden", "3");
        assert_eq!(in_folder("ofac_sdn", scratch.dir()).unwrap(), scratch.path("SDN.CSV"));
        assert!(in_folder("un_sc", scratch.dir()).unwrap_err().to_string().contains("consolidated.xml"));
        assert!(in_folder("own", scratch.dir()).unwrap_err().to_string().contains("2 files"));
        let one = Scratch::new();
        one.file("un.xml", "1");
        assert_eq!(in_folder("un_sc", one.dir()).unwrap(), one.path("un.xml"));
    }
}
