//! Bytes of untrusted files to text with places.
//!
//! [`extract`] reads one file, with all that lies in it: a mail's attachments, an archive's files. Each document is handed
//! over as it is read, so that a mailbox of a gigabyte needs no more room than its largest message. What cannot be read is
//! an [`ExtractError`] in its place, and the rest goes on.
//!
//! What a file is, its content tells ([`format_of`]). What may be spent on it, [`Limits`] say; each one that is hit is an
//! error that names the file. External entities and document types of XML are never resolved.
//!
//! A library that reads PDFs can be made to run without end, or out of memory. So files of others are read by a child
//! process with limits of its own; [`Extract`] is what a reader of documents asks, and the frames of [`write_frame`] are how
//! the child answers. [`InProcess`] reads here and now: for tests, and for files that one has made oneself.

mod archive;
mod document;
mod encoding;
mod error;
mod format;
mod frame;
mod html;
mod limits;
mod markdown;
mod message;
mod office;
mod pdf;
mod walk;
mod xml;

use std::fs::File;
use std::path::Path;

pub use document::{Extracted, Page};
pub use error::{ErrorKind, ExtractError};
pub use format::{Format, HEAD, format_of};
pub use frame::{FrameError, read_frame, write_end, write_frame};
pub use limits::Limits;
pub use walk::{Source, extract};

/// What comes of one document: its text, or why there is none.
pub type Outcome = Result<Extracted, ExtractError>;

/// Reads files of others.
pub trait Extract {
    /// Hands over each document of the file, in its order. A document of which only a part could be read comes twice: with
    /// its text so far and a warning, then with the error.
    fn extract(&self, file: &Path, each: &mut dyn FnMut(Outcome));

    /// All of them at once.
    fn all(&self, file: &Path) -> Vec<Outcome> {
        let mut all = Vec::new();
        self.extract(file, &mut |outcome| all.push(outcome));
        all
    }
}

/// Reads in this process. A hostile file can stop it: not for files of others.
#[derive(Clone, Copy, Debug, Default)]
pub struct InProcess(pub Limits);

impl Extract for InProcess {
    fn extract(&self, file: &Path, each: &mut dyn FnMut(Outcome)) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        match File::open(file) {
            Ok(source) => extract(source, &name, &self.0, each),
            Err(error) => each(Err(ExtractError::new(&*name, ErrorKind::Unreadable, error.to_string()))),
        }
    }
}
