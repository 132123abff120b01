//! Archives, and what may be unpacked from them.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::{ErrorKind, Fault};
use super::format::Format;
use super::limits::Limits;
use super::office;
use super::walk::{Place, Source, Walk};

/// Reads an archive: an office document, or the files in it.
pub(super) fn read(source: &mut dyn Source, place: &Place<'_>, walk: &mut Walk<'_>) -> Result<(), Fault> {
    let mut archive = ZipArchive::new(source).map_err(|error| fault(&error, Format::Zip))?;
    match office::kind(&mut archive) {
        Some(Some(format)) => {
            let mut draft = walk.draft(place, format);
            let mut unpack = walk.unpack();
            let read = match format {
                Format::Docx => office::docx(&mut archive, &mut unpack, &mut draft),
                _ => office::odt(&mut archive, &mut unpack, &mut draft),
            };
            walk.hand_over(draft, read);
            Ok(())
        }
        Some(None) => Err(Fault {
            kind: ErrorKind::Unsupported,
            message: "an office document, but no text: a spreadsheet, a presentation".to_owned(),
        }),
        None => files(&mut archive, place, walk),
    }
}

fn files(archive: &mut office::Archive<'_>, place: &Place<'_>, walk: &mut Walk<'_>) -> Result<(), Fault> {
    if place.depth >= walk.limits.depth {
        return Err(walk.too_deep());
    }
    let mut empty = true;
    for index in 0..archive.len() {
        walk.another_file()?;
        let name = match archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("entry {}", index + 1),
        };
        // What macOS keeps beside each file is no file of its own.
        if name.ends_with('/') || name.starts_with("__MACOSX/") {
            continue;
        }
        empty = false;
        let path = place.inner(&name);
        let content = match archive.by_index(index) {
            Ok(entry) if entry.encrypted() => Err(Fault::encrypted()),
            Ok(entry) => walk.unpack().whole(entry.compressed_size(), entry.size(), entry, place.held),
            Err(error) => Err(fault(&error, Format::Zip)),
        };
        match content {
            Ok(bytes) => {
                let inner =
                    Place { path: &path, depth: place.depth + 1, held: place.held + bytes.len() as u64 };
                walk.file(&mut Cursor::new(bytes), &inner);
            }
            Err(fault) => walk.fail(fault.at(&path)),
        }
    }
    // A damaged directory may look like one of no files: silence would say that all was read.
    if empty {
        let message = "an archive without a file in it".to_owned();
        return Err(Fault { kind: ErrorKind::Unsupported, message });
    }
    Ok(())
}

pub(super) fn fault(error: &ZipError, format: Format) -> Fault {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => Fault::encrypted(),
        ZipError::Io(error) if error.kind() == io::ErrorKind::Other => Fault::unreadable(error),
        error => Fault::damaged(format, error),
    }
}

/// What may still be unpacked.
pub(super) struct Unpack<'a> {
    pub(super) limits: &'a Limits,
    pub(super) left: &'a mut u64,
}

impl<'a> Unpack<'a> {
    /// A stream that ends with an error where a limit is hit; `packed` is its size in the archive.
    pub(super) fn counted<R: Read>(&mut self, packed: u64, source: R) -> Counted<'_, R> {
        Counted { source, packed, unpacked: 0, limits: self.limits, left: self.left, over: None }
    }

    /// All of a stream, where `held` bytes are held already. What the archive says of its size is believed where that is too
    /// much: nothing is unpacked then. Where it is little, it is counted all the same.
    pub(super) fn whole(
        &mut self,
        packed: u64,
        says: u64,
        source: impl Read,
        held: u64,
    ) -> Result<Vec<u8>, Fault> {
        let limits = self.limits;
        let room = limits.held.saturating_sub(held);
        if is_bomb(packed, says, limits) {
            return Err(Fault::limit(bomb(limits)));
        }
        if says > room {
            return Err(Fault::limit(too_large(limits)));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(says.min(Limits::RATIO_FROM)).unwrap_or_default());
        let mut counted = self.counted(packed, source);
        match (&mut counted).take(room + 1).read_to_end(&mut bytes) {
            Err(error) => Err(counted.over.take().unwrap_or_else(|| Fault::damaged(Format::Zip, error))),
            Ok(_) if bytes.len() as u64 > room => Err(Fault::limit(too_large(limits))),
            Ok(_) => Ok(bytes),
        }
    }
}

/// A stream out of an archive, within the limits.
pub(super) struct Counted<'a, R> {
    source: R,
    packed: u64,
    unpacked: u64,
    limits: &'a Limits,
    left: &'a mut u64,
    /// The limit that ended it.
    pub(super) over: Option<Fault>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.unpacked += read as u64;
        let over = if read as u64 > *self.left {
            Some(format!("more than {} bytes come out of the archive", self.limits.unpacked))
        } else if is_bomb(self.packed, self.unpacked, self.limits) {
            Some(bomb(self.limits))
        } else {
            None
        };
        *self.left = self.left.saturating_sub(read as u64);
        match over {
            Some(message) => {
                self.over = Some(Fault::limit(message.clone()));
                Err(io::Error::other(message))
            }
            None => Ok(read),
        }
    }
}

fn is_bomb(packed: u64, unpacked: u64, limits: &Limits) -> bool {
    unpacked > Limits::RATIO_FROM && unpacked / packed.max(1) > u64::from(limits.ratio)
}

fn bomb(limits: &Limits) -> String {
    format!("one byte of it becomes more than {}: a zip bomb", limits.ratio)
}

fn too_large(limits: &Limits) -> String {
    format!("it is larger than the {} bytes that are held in memory", limits.held)
}
