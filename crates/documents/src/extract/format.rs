//! What a file is, told by its first bytes; its name only where they leave it open.

use super::encoding;

/// How many bytes from the start of a file [`format_of`] looks at. More do not hurt.
pub const HEAD: usize = 4096;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text in UTF-8, UTF-16 with its mark, or windows-1252.
    Text,
    /// Plain text with Markdown's marks. Only its name tells it from text.
    Markdown,
    /// A web page.
    Html,
    /// A PDF.
    Pdf,
    /// A text of Word. [`format_of`] calls it a zip: only its directory tells.
    Docx,
    /// A text of OpenDocument. As DOCX, a zip at first sight.
    Odt,
    /// One mail message.
    Eml,
    /// A mailbox: messages behind each other.
    Mbox,
    /// An archive.
    Zip,
    /// Something else: a picture, a program, an older office file.
    Unknown,
}

impl Format {
    const ALL: [Self; 10] = [
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Pdf,
        Self::Docx,
        Self::Odt,
        Self::Eml,
        Self::Mbox,
        Self::Zip,
        Self::Unknown,
    ];

    /// Its name in files: `pdf`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Eml => "eml",
            Self::Mbox => "mbox",
            Self::Zip => "zip",
            Self::Unknown => "unknown",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// What a file is, by its first [`HEAD`] bytes (all, where it has fewer) and its name. Office documents are
/// [`Format::Zip`] here.
#[must_use]
pub fn format_of(head: &[u8], name: &str) -> Format {
    let extension = name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_ascii_lowercase());
    let extension = extension.as_str();
    // An archive's first entry, its end where it is empty, and the mark of one that was made to span discs.
    if [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK\x07\x08"].iter().any(|magic| head.starts_with(magic)) {
        return Format::Zip;
    }
    // Readers of PDF look for the mark in the first kilobyte (ISO 32000, annex of implementation notes).
    if memchr::memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
        return Format::Pdf;
    }
    if !encoding::is_text(head) {
        return Format::Unknown;
    }
    let (text, _) = encoding::text(head);
    let start = text.trim_start();
    if is_mbox(start, extension) {
        Format::Mbox
    } else if is_mail(&text, extension) {
        Format::Eml
    } else if is_html(start, extension) {
        Format::Html
    } else if matches!(extension, "md" | "markdown") {
        Format::Markdown
    } else {
        Format::Text
    }
}

fn is_mbox(start: &str, extension: &str) -> bool {
    let line = start.lines().next().unwrap_or_default();
    // `From info@example.org Tue Oct 20 09:14:00 2020`
    let clock = |word: &str| {
        word.len() >= 5 && word.as_bytes()[2] == b':' && word.starts_with(|c: char| c.is_ascii_digit())
    };
    line.starts_with("From ") && (extension == "mbox" || line.split_whitespace().any(clock))
}

/// Fields that a mail has and a note that someone typed does not.
const TRANSPORT: [&str; 6] =
    ["received", "return-path", "message-id", "mime-version", "delivered-to", "dkim-signature"];

/// A block of headers: with a field of the transport, or a sender, a date and a recipient. A file that is called `.eml` needs
/// one field.
fn is_mail(text: &str, extension: &str) -> bool {
    let mut fields = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) && !fields.is_empty() {
            continue;
        }
        let name = line.split_once(':').map_or("", |(name, _)| name);
        let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if name.is_empty() || !name.bytes().all(is_name) {
            break;
        }
        fields.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| fields.iter().any(|field| field == name);
    let typed = ["from", "date", "to"].into_iter().all(has);
    TRANSPORT.into_iter().any(has) || typed || (extension == "eml" && !fields.is_empty())
}

/// The tags by which browsers tell HTML (WHATWG, MIME Sniffing, 7.1), behind a declaration of XML too.
const TAGS: [&str; 17] = [
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<!--",
];

fn is_html(start: &str, extension: &str) -> bool {
    let start = match start.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest.trim_start()),
        None => start,
    };
    let starts = |tag: &&str| {
        let (Some(head), rest) = (start.get(..tag.len()), start.get(tag.len()..).unwrap_or_default()) else {
            return false;
        };
        head.eq_ignore_ascii_case(tag) && rest.starts_with(|c: char| c == '>' || c.is_whitespace())
    };
    TAGS.iter().any(starts)
        || start.starts_with("<!--")
        || (matches!(extension, "html" | "htm" | "xhtml") && start.contains('<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_and_names_help() {
        let rows: &[(&[u8], &str, Format)] = &[
            (b"", "a.txt", Format::Text),
            (b"plain words", "", Format::Text),
            (b"plain words", "a.pdf", Format::Text),
            (b"# words", "a.MD", Format::Markdown),
            (b"\xFF\xFEa\0b\0", "", Format::Text),
            (b"M\xFCller", "", Format::Text),
            (b"\0\0\0\0", "a.txt", Format::Unknown),
            (b"\x89PNG\r\n\x1a\n\0", "a.png", Format::Unknown),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0", "a.doc", Format::Unknown),
            (b"PK\x03\x04", "a.txt", Format::Zip),
            (b"PK\x05\x06", "", Format::Zip),
            (b"junk\n%PDF-1.7\n\xE2\xE3", "", Format::Pdf),
            (b"\xEF\xBB\xBF \n<!DOCTYPE HTML>", "", Format::Html),
            (b"<?xml version='1.0'?>\n<html xmlns='x'>", "", Format::Html),
            (b"<?xml version='1.0'?>\n<feed>", "", Format::Text),
            (b"<!-- note --><p>", "", Format::Html),
            (b"text first <b>then</b>", "a.htm", Format::Html),
            (b"<button", "", Format::Text),
            (b"From a@example.org Tue Oct 20 09:14:00 2020\nA: b\n", "", Format::Mbox),
            (b"From somebody\nA: b\n", "inbox.mbox", Format::Mbox),
            (b"From here on, all is well", "", Format::Text),
            (b"Return-Path: <a@example.org>\nSubject: x\n\nx", "", Format::Eml),
            (b"Subject: x\n\ty\nDate: z\nFrom: a\nTo: b\n\n", "", Format::Eml),
            (b"From: a\nTo: b\n\nnote", "", Format::Text),
            (b"Subject: x\n\nx", "x.eml", Format::Eml),
            (b"Washington: 18 November", "", Format::Text),
            (b"Note that: this\nReceived: x", "", Format::Text),
        ];
        for (head, name, expected) in rows {
            let shown = String::from_utf8_lossy(head);
            assert_eq!(format_of(head, name), *expected, "{shown:?} {name}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
    }
}
