//! The files of others while the server needs them: in a folder of its own that nobody else may open, under names of its own.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::StatusCode;
use engine::EngineError;
use tokio::io::AsyncWriteExt;
use tokio_stream::StreamExt;

use crate::problem::Problem;

/// A folder that is gone, with all that is in it, when nobody holds it any more.
pub(crate) struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed now is removed when the server starts again.
        let _left = std::fs::remove_dir_all(&self.0);
    }
}

/// How folders of ours begin, so that those that were left behind are told from all else.
const BEGINS: &str = "interdict-";

/// The least speed at which a file must come, in bytes a second, once the client's patience is over.
const SPEED: u64 = 4096;

impl Folder {
    /// A new folder below another.
    pub(crate) fn new(below: &Path) -> Result<Self, Problem> {
        let folder = below.join(format!("{BEGINS}{}", token()?));
        private(&folder).map_err(|_| no_room())?;
        Ok(Self(folder))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Keeps a body as a file. Of its name only the ending is kept, which says what it may be.
    ///
    /// # Errors
    /// It is longer than allowed, or comes too slowly, or cannot be written.
    pub(crate) async fn receive(
        &self,
        body: Body,
        name: &str,
        most: u64,
        patience: Duration,
    ) -> Result<(PathBuf, u64), Problem> {
        let path = self.0.join(format!("input{}", ending(name)));
        let file = create(&path).map_err(|_| no_room())?;
        let bytes = take(body, tokio::fs::File::from_std(file), most, patience).await?;
        if bytes == 0 {
            return Err(Problem::bad_request("the body is the file's bytes, and there are none"));
        }
        Ok((path, bytes))
    }
}

async fn take(body: Body, mut file: tokio::fs::File, most: u64, patience: Duration) -> Result<u64, Problem> {
    let slow = || Problem::new(StatusCode::REQUEST_TIMEOUT, "the file comes too slowly");
    let (mut pieces, mut bytes, began) = (body.into_data_stream(), 0, Instant::now());
    while let Some(piece) = tokio::time::timeout(patience, pieces.next()).await.map_err(|_| slow())? {
        if began.elapsed() > patience + Duration::from_secs(bytes / SPEED) {
            return Err(slow());
        }
        let piece = piece.map_err(|_| Problem::bad_request("the body ended before its end"))?;
        bytes += piece.len() as u64;
        if bytes > most {
            let detail = format!("the file has more than {} MiB", most >> 20);
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        file.write_all(&piece).await.map_err(|_| no_room())?;
    }
    file.flush().await.map_err(|_| no_room())?;
    Ok(bytes)
}

/// Makes the folder below which all others are, and clears what an earlier server left there.
pub(crate) fn clear(below: &Path) -> io::Result<()> {
    if !below.exists() {
        private(below)?;
    }
    for entry in std::fs::read_dir(below)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(BEGINS) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Sixteen bytes that nobody can guess, in hexadecimal.
pub(crate) fn token() -> Result<String, Problem> {
    unguessable::<16>().map_err(|_no_randomness| Problem::internal())
}

/// So many bytes that nobody can guess, in hexadecimal.
///
/// # Errors
/// The system has no randomness.
pub fn unguessable<const BYTES: usize>() -> Result<String, EngineError> {
    let mut bytes = [0_u8; BYTES];
    getrandom::fill(&mut bytes).map_err(|e| EngineError::input(format!("no randomness: {e}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// `.csv` of `../customers.CSV`: a short word behind the last dot, or two of them (`.csv.gz`).
fn ending(name: &str) -> String {
    let word = |word: &str| (1..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    let mut words: Vec<String> = Vec::new();
    let mut rest = name;
    while let Some((before, last)) = rest.rsplit_once('.').filter(|(_, last)| word(last) && words.len() < 2) {
        words.insert(0, format!(".{}", last.to_ascii_lowercase()));
        rest = before;
    }
    words.concat()
}

fn no_room() -> Problem {
    Problem::unavailable("the file cannot be kept: the server has no room", Duration::from_secs(60))
}

fn private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::ending;

    #[test]
    fn of_a_name_the_ending_is_kept() {
        for (name, kept) in [
            ("customers.csv", ".csv"),
            ("a.CSV.gz", ".csv.gz"),
            ("a.b.c.d", ".c.d"),
            ("../../etc/passwd", ""),
            ("x.csv/../../y", ""),
            ("x./..", ""),
            ("x.c\0sv", ""),
            ("report.document", ""),
            ("", ""),
        ] {
            assert_eq!(ending(name), kept, "{name:?}");
        }
    }
}
