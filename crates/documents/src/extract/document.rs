//! A document's text with its places, whole and in the making.

use super::error::Fault;
use super::format::Format;

/// The text of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted {
    /// The file, and where in it the document lies: `mail.eml!/annex.docx`.
    pub path: Box<str>,
    /// What it is.
    pub format: Format,
    /// Its text. All offsets are bytes of it.
    pub text: String,
    /// Where its pages start, in their order. Empty where the format has no pages.
    pub pages: Vec<Page>,
    /// What it says of itself: `title`, `author`, `date`; of mails `from`, `to`, `cc`, `reply-to`, `subject`, `date`,
    /// `message-id`, and in a mailbox `offset`, the byte where the message starts. In the document's own words.
    pub headers: Vec<(Box<str>, Box<str>)>,
    /// What may be missing or wrong.
    pub warnings: Vec<Box<str>>,
}

/// Where a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// The first byte of its text. Pages without text start where the next one does.
    pub start: usize,
}

impl Extracted {
    /// The page on which a byte of the text stands. `None`: there are no pages.
    #[must_use]
    pub fn page_at(&self, offset: usize) -> Option<u32> {
        let before = self.pages.partition_point(|page| page.start <= offset);
        Some(self.pages.get(before.checked_sub(1)?)?.number)
    }

    /// What it says of itself under that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }
}

/// A document in the making.
pub(super) struct Draft {
    document: Extracted,
    limit: usize,
}

impl Draft {
    pub(super) fn new(path: &str, format: Format, limit: u64) -> Self {
        let document = Extracted {
            path: path.into(),
            format,
            text: String::new(),
            pages: Vec::new(),
            headers: Vec::new(),
            warnings: Vec::new(),
        };
        Self { document, limit: usize::try_from(limit).unwrap_or(usize::MAX) }
    }

    pub(super) fn format(&self) -> Format {
        self.document.format
    }

    pub(super) fn path(&self) -> Box<str> {
        self.document.path.clone()
    }

    /// Bytes of text that still fit.
    pub(super) fn room(&self) -> usize {
        self.limit - self.document.text.len()
    }

    /// What is said where text does not fit.
    pub(super) fn over(&self) -> Fault {
        Fault::limit(format!("its text is longer than {} bytes", self.limit))
    }

    pub(super) fn text(&self) -> &str {
        &self.document.text
    }

    /// Adds text. Beyond the limit it takes what fits.
    pub(super) fn push(&mut self, text: &str) -> Result<(), Fault> {
        let room = self.room();
        if text.len() <= room {
            self.document.text.push_str(text);
            return Ok(());
        }
        self.document.text.push_str(&text[..text.floor_char_boundary(room)]);
        Err(self.over())
    }

    /// Ends the line, unless it is empty.
    pub(super) fn end_line(&mut self) -> Result<(), Fault> {
        if self.text().is_empty() || self.text().ends_with('\n') { Ok(()) } else { self.push("\n") }
    }

    /// Starts something that is not the same paragraph: an empty line.
    pub(super) fn end_paragraph(&mut self) -> Result<(), Fault> {
        self.end_line()?;
        if self.text().is_empty() || self.text().ends_with("\n\n") { Ok(()) } else { self.push("\n") }
    }

    pub(super) fn start_page(&mut self, number: u32) {
        self.document.pages.push(Page { number, start: self.document.text.len() });
    }

    /// What the document says of itself; nothing where that is blank.
    pub(super) fn header(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() && self.document.header(name).is_none() {
            self.document.headers.push((name.into(), value.into()));
        }
    }

    pub(super) fn warn(&mut self, what: impl Into<Box<str>>) {
        let what = what.into();
        if !self.document.warnings.contains(&what) {
            self.document.warnings.push(what);
        }
    }

    pub(super) fn finish(self) -> Extracted {
        self.document
    }
}
