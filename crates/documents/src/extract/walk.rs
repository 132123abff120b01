//! The way through a file and all that lies in it.

use std::io::{self, Read, Seek, SeekFrom};

use super::archive::{self, Unpack};
use super::document::Draft;
use super::error::{ErrorKind, ExtractError, Fault};
use super::format::{Format, HEAD, format_of};
use super::limits::Limits;
use super::{Outcome, encoding, html, markdown, message, pdf};

/// A file, or bytes in memory.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// Reads one file and hands over each document in it. The name is how the documents' paths start, and its extension tells
/// what content leaves open.
pub fn extract(mut source: impl Source, name: &str, limits: &Limits, each: &mut dyn FnMut(Outcome)) {
    let mut walk = Walk { limits, unpacked_left: limits.unpacked, files_left: limits.files, each };
    walk.file(&mut source, &Place { path: name, depth: 0, held: 0 });
}

/// Where a file lies.
pub(super) struct Place<'a> {
    pub(super) path: &'a str,
    /// Files around it.
    pub(super) depth: u32,
    /// Bytes of it and of those around it that are in memory.
    pub(super) held: u64,
}

/// Longest part of a path: what an archive calls its files is the word of others.
const LONGEST_NAME: usize = 200;

impl Place<'_> {
    /// The path of a file in it.
    pub(super) fn inner(&self, name: &str) -> String {
        let name: String =
            name.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).take(LONGEST_NAME).collect();
        format!("{}!/{name}", self.path)
    }
}

/// What is left of the limits, and who is told.
pub(super) struct Walk<'a> {
    pub(super) limits: &'a Limits,
    unpacked_left: u64,
    files_left: u32,
    each: &'a mut dyn FnMut(Outcome),
}

impl Walk<'_> {
    /// Reads a file, whatever it is.
    pub(super) fn file(&mut self, source: &mut dyn Source, place: &Place<'_>) {
        if let Err(fault) = self.read(source, place) {
            self.fail(fault.at(place.path));
        }
    }

    fn read(&mut self, source: &mut dyn Source, place: &Place<'_>) -> Result<(), Fault> {
        let mut head = Vec::new();
        let size = (|| -> io::Result<u64> {
            (&mut *source).take(HEAD as u64).read_to_end(&mut head)?;
            let size = source.seek(SeekFrom::End(0))?;
            source.seek(SeekFrom::Start(0))?;
            Ok(size)
        })();
        let size = size.map_err(|error| Fault::unreadable(&error))?;
        let format = format_of(&head, place.path);
        match format {
            Format::Zip => return archive::read(source, place, self),
            Format::Mbox => return message::mailbox(source, place, self),
            Format::Unknown => {
                let message = "no text, web page, PDF, office document, mail or archive";
                return Err(Fault { kind: ErrorKind::Unsupported, message: message.to_owned() });
            }
            _ => {}
        }
        // What lies in a file is in memory already.
        let held = if place.depth == 0 { size } else { place.held };
        if held > self.limits.held {
            return Err(Fault::limit(format!(
                "its {size} bytes are more than the {} that are held in memory",
                self.limits.held
            )));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        source.read_to_end(&mut bytes).map_err(|error| Fault::unreadable(&error))?;
        let mut draft = self.draft(place, format);
        let read = match format {
            Format::Eml => return message::read(&bytes, &Place { held, ..*place }, self, None),
            Format::Pdf => pdf::read(&bytes, self.limits.pages, &mut draft),
            Format::Html => {
                let (page, legacy) = encoding::html(&bytes);
                drop(bytes);
                legacy_warning(legacy, &mut draft);
                html::read(&page, &mut draft)
            }
            _ => {
                let (text, legacy) = encoding::text(&bytes);
                legacy_warning(legacy, &mut draft);
                draft.push(&if format == Format::Markdown { markdown::text(&text) } else { text })
            }
        };
        self.hand_over(draft, read);
        Ok(())
    }

    pub(super) fn draft(&self, place: &Place<'_>, format: Format) -> Draft {
        Draft::new(place.path, format, self.limits.text)
    }

    /// Hands over what was read of a document. Where that is not all of it, the error follows.
    pub(super) fn hand_over(&mut self, mut draft: Draft, read: Result<(), Fault>) {
        let Err(fault) = read else { return (self.each)(Ok(draft.finish())) };
        let error = fault.at(&draft.path());
        if !draft.text().trim().is_empty() {
            draft.warn(format!("only a part of it was read: {}", error.message));
            (self.each)(Ok(draft.finish()));
        }
        self.fail(error);
    }

    pub(super) fn fail(&mut self, error: ExtractError) {
        (self.each)(Err(error));
    }

    /// Counts a file within the file.
    pub(super) fn another_file(&mut self) -> Result<(), Fault> {
        match self.files_left.checked_sub(1) {
            Some(left) => self.files_left = left,
            None => {
                return Err(Fault::limit(format!(
                    "more than {} files in it: the rest is not read",
                    self.limits.files
                )));
            }
        }
        Ok(())
    }

    pub(super) fn too_deep(&self) -> Fault {
        Fault::limit(format!("it lies in {} others: what is in it is not read", self.limits.depth))
    }

    pub(super) fn unpack(&mut self) -> Unpack<'_> {
        Unpack { limits: self.limits, left: &mut self.unpacked_left }
    }
}

fn legacy_warning(legacy: bool, draft: &mut Draft) {
    if legacy {
        draft.warn("some of it is no UTF-8 and was read as windows-1252: check letters with accents");
    }
}
