//! Which files of a Maildir are messages.

use std::path::{Path, PathBuf};

/// One message of a Maildir.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MaildirEntry {
    /// The part of the name that stays: `1603199640.M1P2.host`.
    pub unique: Box<str>,
    /// Flags of the name (`:2,RS`): `R` replied, `S` seen, `F` flagged, `T` trashed, `D` draft, `P` passed on. Empty in `new`.
    pub flags: Box<str>,
    /// The file.
    pub path: PathBuf,
}

/// Those of the files that are messages: what lies in `cur` or `new`, not in `tmp` (still being delivered), not hidden. By
/// their unique names, which start with the time of delivery. The caller lists the folder and opens the files.
#[must_use]
pub fn maildir(files: impl IntoIterator<Item = PathBuf>) -> Vec<MaildirEntry> {
    let mut entries: Vec<MaildirEntry> = files.into_iter().filter_map(entry).collect();
    entries.sort();
    entries
}

fn entry(path: PathBuf) -> Option<MaildirEntry> {
    let folder = path.parent().and_then(Path::file_name)?.to_str()?;
    let name = path.file_name()?.to_string_lossy();
    if !matches!(folder, "cur" | "new") || name.starts_with('.') {
        return None;
    }
    // Where a file system has no colons, `;` or `!` stands for it.
    let (unique, info) = name.split_once([':', ';', '!']).unwrap_or((&name, ""));
    let flags = info.strip_prefix("2,").unwrap_or_default();
    Some(MaildirEntry { unique: unique.into(), flags: flags.into(), path: path.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_delivered_messages() {
        let files = [
            "m/new/20.b.host",
            "m/cur/10.a.host:2,RS",
            "m/tmp/5.c.host",
            "m/cur/.hidden",
            "m/dovecot.index",
            "",
        ];
        let read = maildir(files.map(PathBuf::from));
        let read: Vec<_> = read.iter().map(|one| (&*one.unique, &*one.flags)).collect();
        assert_eq!(read, [("10.a.host", "RS"), ("20.b.host", "")]);
    }
}
