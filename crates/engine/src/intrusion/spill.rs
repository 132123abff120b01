//! Files for what a log's look-ups take beyond the memory that they may have.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::intrusion::{Spill, SpillFile};

use crate::EngineError;

/// Where look-ups go that do not fit in memory.
#[derive(Clone, Debug)]
pub struct SpillTo {
    /// A folder, which is there.
    pub folder: PathBuf,
    /// Bytes in memory of each of the about four sequences that are in hand at a time.
    pub above: usize,
}

/// A folder of files that have no name: nobody can open them, and the system takes them back once they are closed, however the
/// run ends.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    used: Arc<Used>,
}

/// Bytes on disk.
#[derive(Debug, Default)]
struct Used {
    now: AtomicU64,
    most: AtomicU64,
}

impl Folder {
    /// # Errors
    /// It is not there, or no file can be made in it.
    pub(super) fn open(path: PathBuf) -> Result<Self, EngineError> {
        let folder = Self { path, used: Arc::default() };
        folder.file().map_err(|error| folder.failed(&error))?;
        Ok(folder)
    }

    /// What it says when its files cannot be written or read.
    pub(super) fn failed(&self, error: &io::Error) -> EngineError {
        EngineError::input(format!("{} cannot hold what is spilled: {error}", self.path.display()))
            .hint("give --spill a folder that is there, with room and the right to write")
    }

    /// The most bytes that were on disk at a time.
    pub(super) fn most(&self) -> u64 {
        self.used.most.load(Ordering::Relaxed)
    }
}

impl Spill for Folder {
    fn file(&self) -> io::Result<Box<dyn SpillFile>> {
        let file = tempfile::tempfile_in(&self.path)?;
        Ok(Box::new(Counted { file, length: 0, used: Arc::clone(&self.used) }))
    }
}

/// A file that counts what is written to its end, where alone spilling writes.
#[derive(Debug)]
struct Counted {
    file: File,
    length: u64,
    used: Arc<Used>,
}

impl Read for Counted {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.file.read(to)
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)? as u64;
        self.length += written;
        let now = self.used.now.fetch_add(written, Ordering::Relaxed) + written;
        self.used.most.fetch_max(now, Ordering::Relaxed);
        Ok(usize::try_from(written).unwrap_or(bytes.len()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.used.now.fetch_sub(self.length, Ordering::Relaxed);
    }
}
