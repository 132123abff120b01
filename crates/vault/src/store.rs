//! The store: a folder with a format, a lock, a log and contents.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::log::{Appender, Read};
use crate::{Entry, Event, History, VaultError, Version, blob, durable, log};

/// The format that is written, and the newest that is read. `tests/fixtures` keeps a store of each.
pub const FORMAT: u32 = 1;

const FORMAT_FILE: &str = "FORMAT";
const LOCK: &str = "lock";

/// A store of installed lists.
#[derive(Clone, Debug)]
pub struct Vault {
    folder: PathBuf,
}

/// A file of a version, as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Its name.
    pub name: String,
    /// Its unpacked content.
    pub bytes: Vec<u8>,
}

/// Whether a list may have that name: it must not look like a path, and never be one.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    name != "demo"
        && name.len() <= 64
        && !name.starts_with('-')
        && !name.is_empty()
        && name.bytes().all(plain)
}

impl Vault {
    /// Opens a store to read. `None`: nothing was ever installed there.
    ///
    /// # Errors
    /// It cannot be read, or is of a newer format.
    pub fn open(folder: &Path) -> Result<Option<Self>, VaultError> {
        let path = folder.join(FORMAT_FILE);
        let format = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound && !folder.join(log::LOG).exists() => {
                return Ok(None);
            }
            Err(e) => return Err(VaultError::io(&path, &e)),
        };
        let number = format.trim().strip_prefix("interdict vault ").and_then(|n| n.parse::<u32>().ok());
        match number {
            Some(FORMAT) => Ok(Some(Self { folder: folder.to_owned() })),
            Some(newer) => Err(VaultError::new(
                format!(
                    "{} holds installed lists of format {newer}; this program reads format {FORMAT}",
                    folder.display()
                ),
                "use the version of this program that made it, or set INTERDICT_HOME to another folder",
            )),
            None => Err(VaultError::new(
                format!("{}: not the format of a store of lists", path.display()),
                "set INTERDICT_HOME to another folder, or put the file back from a copy",
            )),
        }
    }

    /// Opens a store to write, and makes it where there is none.
    ///
    /// # Errors
    /// As [`Vault::open`]; or it cannot be written.
    pub fn create(folder: &Path) -> Result<Self, VaultError> {
        if let Some(vault) = Self::open(folder)? {
            return Ok(vault);
        }
        let failed = |e: io::Error| VaultError::io(folder, &e);
        durable::make_folder(&folder.join(blob::BLOBS)).map_err(failed)?;
        let lock = File::create(folder.join(LOCK)).map_err(failed)?;
        lock.lock().map_err(failed)?;
        if !folder.join(FORMAT_FILE).exists() {
            let format = format!("interdict vault {FORMAT}\n");
            durable::write(folder, FORMAT_FILE, format.as_bytes()).map_err(failed)?;
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// The folder it lies in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What happened so far. Takes no lock: a line that is being written now is not there yet.
    ///
    /// # Errors
    /// The log cannot be read, or is damaged before its last line.
    pub fn history(&self) -> Result<History, VaultError> {
        Ok(History::new(log::read(&self.folder)?.entries))
    }

    /// The files of a version, as they were published.
    ///
    /// # Errors
    /// One is missing, or is not what it was: none of them is given.
    pub fn read(&self, list: &str, version: &Version) -> Result<Vec<StoredFile>, VaultError> {
        let read = |file: &crate::VersionFile| {
            let bytes = blob::read(&self.folder, list, file)?;
            Ok(StoredFile { name: file.name.clone(), bytes })
        };
        version.files.iter().map(read).collect()
    }

    /// Whether the files of a version are still what they were. Keeps none of them.
    ///
    /// # Errors
    /// As [`Vault::read`].
    pub fn verify(&self, list: &str, version: &Version) -> Result<(), VaultError> {
        version.files.iter().try_for_each(|file| blob::read(&self.folder, list, file).map(drop))
    }

    /// The right to write, which one process has at a time. `wait` is called once if another has it now.
    ///
    /// # Errors
    /// The store cannot be written, or its log is damaged.
    pub fn lock(&self, wait: &mut dyn FnMut()) -> Result<Writer, VaultError> {
        let path = self.folder.join(LOCK);
        let failed = |e: io::Error| VaultError::io(&path, &e);
        let lock = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                wait();
                lock.lock().map_err(failed)?;
            }
            Err(TryLockError::Error(e)) => return Err(failed(e)),
        }
        // Whatever is unfinished now was left by a process that was killed.
        self.clear_unfinished().map_err(failed)?;
        let log = log::read(&self.folder)?;
        let appender = Appender::open(&self.folder, &log)?;
        let Read { entries, .. } = log;
        Ok(Writer { vault: self.clone(), history: History::new(entries), appender, _lock: lock })
    }

    fn clear_unfinished(&self) -> io::Result<()> {
        durable::clear_unfinished(&self.folder)?;
        for entry in std::fs::read_dir(self.folder.join(blob::BLOBS))? {
            let folder = entry?.path();
            if folder.is_dir() {
                durable::clear_unfinished(&folder)?;
            }
        }
        Ok(())
    }
}

/// The one process that writes now.
#[derive(Debug)]
pub struct Writer {
    vault: Vault,
    history: History,
    appender: Appender,
    // Closing it gives the right back, also where the process is killed.
    _lock: File,
}

impl Writer {
    /// What happened so far.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The store.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Puts down what happened.
    ///
    /// # Errors
    /// The log cannot be written: it did not happen.
    pub fn note(&mut self, at: Timestamp, by: &str, list: &str, event: Event) -> Result<(), VaultError> {
        let entry = Entry { at, by: by.to_owned(), list: list.to_owned(), event };
        self.appender.append(&entry)?;
        self.history.push(entry);
        Ok(())
    }
}
