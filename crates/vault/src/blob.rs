//! Contents, each under its own hash: gzip, so that `zcat | sha256sum` proves one without this program.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::version::sha256;
use crate::{VaultError, VersionFile, durable};

/// Where contents lie in the store.
pub(crate) const BLOBS: &str = "blobs";

/// The folder of a content, by the first two digits, and its name in there.
fn place(store: &Path, hash: &str) -> (PathBuf, String) {
    (store.join(BLOBS).join(hash.get(..2).unwrap_or("xx")), format!("{hash}.gz"))
}

/// Keeps a content. One that is there and whole is left; one that is damaged is put right.
pub(crate) fn keep(store: &Path, hash: &str, bytes: &[u8]) -> Result<(), VaultError> {
    let (folder, name) = place(store, hash);
    let path = folder.join(&name);
    let failed = |e: io::Error| VaultError::io(&path, &e);
    if is_whole(&path, hash) {
        return Ok(());
    }
    durable::make_folder(&folder).map_err(failed)?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).map_err(failed)?;
    durable::write(&folder, &name, &packed.finish().map_err(failed)?).map_err(failed)
}

fn is_whole(path: &Path, hash: &str) -> bool {
    path.is_file() && unpacked(path, None).is_ok_and(|bytes| sha256(&[&bytes]) == hash)
}

/// At most as many bytes as there should be and one more: a changed file must not fill the memory.
fn unpacked(path: &Path, size: Option<u64>) -> io::Result<Vec<u8>> {
    let file = std::fs::File::open(path)?;
    let mut bytes = Vec::new();
    let input = GzDecoder::new(io::BufReader::with_capacity(1 << 16, file));
    input.take(size.map_or(MOST_UNPACKED, |size| size.min(MOST_UNPACKED)) + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The largest list that is published has 130 MB.
const MOST_UNPACKED: u64 = 1 << 30;

/// Gives a content back, if it is the one that was kept.
pub(crate) fn read(store: &Path, list: &str, file: &VersionFile) -> Result<Vec<u8>, VaultError> {
    let (folder, name) = place(store, &file.sha256);
    let path = folder.join(name);
    let refused = |what: &str| {
        VaultError::new(
            format!("{list}: {}, the content of {}, {what}", path.display(), file.name),
            format!("fetch it again: interdict lists update {list}; or put it back from a copy"),
        )
    };
    let bytes = unpacked(&path, Some(file.bytes)).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => refused("is missing"),
        io::ErrorKind::PermissionDenied => refused("cannot be read"),
        _ => refused("is damaged"),
    })?;
    if bytes.len() as u64 != file.bytes || sha256(&[&bytes]) != file.sha256 {
        return Err(refused("was changed: its hash is another"));
    }
    Ok(bytes)
}
