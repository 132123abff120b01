//! The log: one line for each thing that happened, appended, never changed.
//!
//! ```text
//! {"sum":"<64 hexadecimal digits>","entry":{"at":...,"by":...,"list":...,"event":...}}
//! ```
//!
//! `sum` is the SHA-256 of the `sum` of the line before (nothing, for the first) and the text of `entry`: a line that is
//! changed, taken out or put in between breaks all that follow. Whoever can write the store can of course write it anew
//! from there on; a copy of the last `sum` elsewhere, such as in a receipt, proves all before it.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::version::sha256;
use crate::{Entry, VaultError};

/// Where the log lies in the store.
pub(crate) const LOG: &str = "log.jsonl";

/// The log as far as it is whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Read {
    pub(crate) entries: Vec<Entry>,
    /// The checksum of its last line.
    pub(crate) sum: String,
    /// Bytes of its whole lines.
    pub(crate) length: u64,
}

/// Reads the log. A last line without its end was being written when the process died, or is being written now: it
/// never happened.
pub(crate) fn read(folder: &Path) -> Result<Read, VaultError> {
    let path = folder.join(LOG);
    match std::fs::read(&path) {
        Ok(bytes) => parse(&bytes, &path),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Read::default()),
        Err(e) => Err(VaultError::io(&path, &e)),
    }
}

fn parse(bytes: &[u8], path: &Path) -> Result<Read, VaultError> {
    let mut log = Read::default();
    for (n, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let Some(line) = line.strip_suffix(b"\n") else { break };
        let damaged = |what: &str| {
            VaultError::new(
                format!("{} line {}: {what}", path.display(), n + 1),
                "the log of installed lists is damaged or was changed: put it back from a copy, or set INTERDICT_HOME to a \
                 new folder and add the lists again",
            )
        };
        let (sum, entry) = parts(line).ok_or_else(|| damaged("no line of the log"))?;
        if sum.as_bytes() != sha256(&[log.sum.as_bytes(), entry.as_bytes()]).as_bytes() {
            return Err(damaged("its checksum is another"));
        }
        // The sum holds, so a program wrote this: one that knows more than this one.
        let entry = serde_json::from_str(entry).map_err(|e| {
            VaultError::new(
                format!("{} line {}: {e}", path.display(), n + 1),
                "a newer version of this program wrote the log: use that one",
            )
        })?;
        log.entries.push(entry);
        sum.clone_into(&mut log.sum);
        log.length += line.len() as u64 + 1;
    }
    Ok(log)
}

/// Checksum and entry of a line, as text.
fn parts(line: &[u8]) -> Option<(&str, &str)> {
    let line = std::str::from_utf8(line).ok()?;
    let (sum, rest) = line.strip_prefix("{\"sum\":\"")?.split_at_checked(64)?;
    Some((sum, rest.strip_prefix("\",\"entry\":")?.strip_suffix('}')?))
}

fn line(before: &str, entry: &Entry) -> io::Result<(String, String)> {
    let text = serde_json::to_string(entry)?;
    let sum = sha256(&[before.as_bytes(), text.as_bytes()]);
    Ok((format!("{{\"sum\":\"{sum}\",\"entry\":{text}}}\n"), sum))
}

/// Appends to the log. Held under the lock.
#[derive(Debug)]
pub(crate) struct Appender {
    path: PathBuf,
    file: File,
    sum: String,
}

impl Appender {
    /// What was left half-written behind the whole lines is cut off.
    pub(crate) fn open(folder: &Path, log: &Read) -> Result<Self, VaultError> {
        let path = folder.join(LOG);
        let failed = |e: io::Error| VaultError::io(&path, &e);
        let file = File::options().create(true).append(true).open(&path).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() > log.length {
            file.set_len(log.length).map_err(failed)?;
        }
        crate::durable::sync_folder(folder).map_err(failed)?;
        Ok(Self { file, sum: log.sum.clone(), path })
    }

    /// Once this returns, it happened.
    pub(crate) fn append(&mut self, entry: &Entry) -> Result<(), VaultError> {
        let failed = |e: io::Error| VaultError::io(&self.path, &e);
        let (line, sum) = line(&self.sum, entry).map_err(failed)?;
        self.file.write_all(line.as_bytes()).map_err(failed)?;
        self.file.sync_all().map_err(failed)?;
        self.sum = sum;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Event;

    fn entries(count: usize) -> Vec<Entry> {
        let entry = |n: usize| Entry {
            at: jiff::Timestamp::from_second(n as i64).unwrap(),
            by: "t".to_owned(),
            list: "l".to_owned(),
            event: Event::Failed { from: "f".to_owned(), reason: format!("é\n{n}") },
        };
        (0..count).map(entry).collect()
    }

    fn written(entries: &[Entry]) -> Vec<u8> {
        let mut sum = String::new();
        let mut text = String::new();
        for entry in entries {
            let (line, next) = line(&sum, entry).unwrap();
            (sum, text) = (next, text + &line);
        }
        text.into_bytes()
    }

    /// Cut anywhere, the log is as it was before the line that was being written.
    #[test]
    fn torn_anywhere() {
        let entries = entries(3);
        let whole = written(&entries);
        let ends: Vec<usize> = (0..=3).map(|n| written(&entries[..n]).len()).collect();
        for cut in 0..=whole.len() {
            let log = parse(&whole[..cut], Path::new("log")).unwrap();
            let lines = ends.iter().filter(|end| **end <= cut).count() - 1;
            assert_eq!(log.entries, entries[..lines], "{cut}");
            assert_eq!(log.length, ends[lines] as u64, "{cut}");
        }
    }

    /// A letter changed in a whole line, a line taken out, two lines exchanged: seen, and the line is named.
    #[test]
    fn changed_anywhere() {
        let whole = written(&entries(3));
        for at in 0..whole.len() - 1 {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert!(parse(&changed, Path::new("log")).is_err(), "{at}");
        }
        let text = String::from_utf8(whole).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (order, named) in [([0, 2, 2], "line 2"), ([1, 0, 2], "line 1"), ([0, 0, 1], "line 2")] {
            let text: String = order.iter().map(|n| lines[*n]).collect();
            let error = parse(text.as_bytes(), Path::new("log")).unwrap_err();
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
