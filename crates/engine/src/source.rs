//! Files as they are: plain, gzip or zip; and the siblings of an OFAC list file.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::EngineError;

/// Most bytes that one file may unpack to: eight times the largest list published today (130 MB), far below what a
/// zip bomb makes.
const MAX_UNPACKED: u64 = 1 << 30;

/// A file's content, unpacked.
#[derive(Clone, Debug)]
pub struct Part {
    /// File name (of the archive's entry, where it was packed), for messages.
    pub name: String,
    /// Unpacked bytes.
    pub bytes: Vec<u8>,
}

/// Opens a file: as it is, or what is in a gzip or zip. A zip gives one part for each file in it.
///
/// # Errors
/// Missing, a directory, unreadable, damaged, or larger than one gibibyte unpacked.
pub fn open(path: &Path) -> Result<Vec<Part>, EngineError> {
    let shown = path.display();
    let failed = |e: std::io::Error| {
        let error = EngineError::input(format!("{shown}: {}", plain(&e)));
        match e.kind() {
            std::io::ErrorKind::NotFound => {
                error.hint("check the path; a relative path starts at the current folder")
            }
            std::io::ErrorKind::PermissionDenied => error.hint("ask for the right to read the file"),
            _ => error,
        }
    };
    if path.is_dir() {
        return Err(EngineError::input(format!("{shown} is a folder")).hint(
            "name the list file itself, for example sdn.csv in that folder; its siblings are found beside it",
        ));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(MAX_UNPACKED + 1).read_to_end(&mut bytes).map_err(failed)?;
    let name = path.file_name().map_or_else(|| shown.to_string(), |n| n.to_string_lossy().into_owned());
    unpack(name, bytes)
}

fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Unpacks gzip and zip by their magic numbers.
pub(crate) fn unpack(name: String, bytes: Vec<u8>) -> Result<Vec<Part>, EngineError> {
    if bytes.starts_with(&[0x1F, 0x8B]) {
        let mut unpacked = Vec::new();
        let decoder = MultiGzDecoder::new(Cursor::new(bytes));
        decoder.take(MAX_UNPACKED + 1).read_to_end(&mut unpacked).map_err(|e| damaged(&name, &e))?;
        let inner = name.strip_suffix(".gz").unwrap_or(&name).to_owned();
        return Ok(vec![Part { bytes: limited(&name, unpacked)?, name: inner }]);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return unzip(&name, bytes);
    }
    Ok(vec![Part { bytes: limited(&name, bytes)?, name }])
}

fn damaged(name: &str, error: &dyn std::error::Error) -> EngineError {
    EngineError::input(format!("{name} is damaged: {error}")).hint("fetch the file again")
}

fn limited(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, EngineError> {
    if bytes.len() as u64 > MAX_UNPACKED {
        return Err(EngineError::input(format!("{name} is larger than one gibibyte unpacked"))
            .hint("split the file; no list published today is as large"));
    }
    Ok(bytes)
}

fn unzip(name: &str, bytes: Vec<u8>) -> Result<Vec<Part>, EngineError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(name, &e))?;
    let mut parts = Vec::new();
    let mut left = MAX_UNPACKED;
    for i in 0..archive.len() {
        let entry = archive.by_index(i).map_err(|e| damaged(name, &e))?;
        if entry.is_dir() {
            continue;
        }
        let path = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_else(|_| format!("entry {i}"));
        let inner = path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut unpacked = Vec::new();
        entry.take(left + 1).read_to_end(&mut unpacked).map_err(|e| damaged(name, &e))?;
        left = left.checked_sub(unpacked.len() as u64).ok_or_else(|| {
            EngineError::input(format!("{name} unpacks to more than one gibibyte"))
                .hint("unpack and split it")
        })?;
        if inner == "xl" || unpacked.starts_with(b"PK") || inner == "[Content_Types].xml" {
            return Err(EngineError::input(format!(
                "{name} is a spreadsheet or an archive within an archive"
            ))
            .hint("save it as CSV, or unpack it first"));
        }
        parts.push(Part { name: inner, bytes: unpacked });
    }
    if parts.is_empty() {
        return Err(EngineError::input(format!("{name} is an empty archive")));
    }
    Ok(parts)
}

/// Opens a list file and the siblings that OFAC publishes beside it: in the same folder, of the same suffix, `sdn`
/// replaced by `alt`, `add`, `sdn_comments` (`cons_prim` by `cons_alt` and so on). Parts of a zip are each other's
/// siblings.
///
/// # Errors
/// As [`open`]; a sibling that is there and cannot be read is an error, one that is not there is none.
pub fn open_with_siblings(path: &Path) -> Result<Vec<Part>, EngineError> {
    let mut parts = open(path)?;
    for sibling in sibling_paths(path).into_iter().filter(|p| p.is_file()) {
        parts.extend(open(&sibling)?);
    }
    Ok(parts)
}

fn sibling_paths(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, suffix) = name.split_once('.').unwrap_or((&name, ""));
    let names: Vec<String> = match stem.to_ascii_lowercase().as_str() {
        "sdn" => ["alt", "add", "sdn_comments"].map(str::to_owned).into(),
        lower if lower.ends_with("_prim") => {
            let list = &stem[..stem.len() - "_prim".len()];
            ["alt", "add", "comments"].map(|s| format!("{list}_{s}")).into()
        }
        _ => return Vec::new(),
    };
    let upper = stem.chars().all(|c| !c.is_lowercase());
    let cased = |s: String| if upper { s.to_uppercase() } else { s.to_lowercase() };
    let dotted = if suffix.is_empty() { String::new() } else { format!(".{suffix}") };
    names.into_iter().map(|n| path.with_file_name(cased(n) + &dotted)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siblings_stand_beside_the_main_file() {
        let names = |path: &str| -> Vec<String> {
            sibling_paths(Path::new(path)).iter().map(|p| p.display().to_string()).collect()
        };
        assert_eq!(names("d/sdn.csv"), ["d/alt.csv", "d/add.csv", "d/sdn_comments.csv"]);
        assert_eq!(names("SDN.CSV"), ["ALT.CSV", "ADD.CSV", "SDN_COMMENTS.CSV"]);
        assert_eq!(names("sdn.csv.gz"), ["alt.csv.gz", "add.csv.gz", "sdn_comments.csv.gz"]);
        assert_eq!(names("c/cons_prim.csv"), ["c/cons_alt.csv", "c/cons_add.csv", "c/cons_comments.csv"]);
        assert!(names("sdn_2021-11-18.csv").is_empty(), "alt.csv beside it may be of another day");
    }

    #[test]
    fn a_bomb_is_refused_and_damage_is_said() {
        assert!(
            unpack("x.gz".into(), vec![0x1F, 0x8B, 8, 0, 0]).unwrap_err().to_string().contains("damaged")
        );
        assert!(
            unpack("x.zip".into(), b"PK\x03\x04junk".to_vec()).unwrap_err().to_string().contains("damaged")
        );
    }
}
