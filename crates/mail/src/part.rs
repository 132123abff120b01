//! The walk over the parts of a message (RFC 2046).

use std::ops::Range;

use mail_parser::{HeaderName, HeaderValue, MessageParser};
use memchr::memmem;

use crate::bodies::{Attachment, Body, BodyKind, Content};
use crate::decode::{Transfer, text};
use crate::header::section;
use crate::{Limits, Message};

/// What is left of the limits, over a message and all that is nested in it.
pub(crate) struct Budget {
    pub(crate) limits: Limits,
    pub(crate) parser: MessageParser,
    pub(crate) parts: u32,
    pub(crate) nested: u32,
    pub(crate) levels: u32,
}

/// What the headers of a part say of its content.
#[derive(Debug, Default)]
pub(crate) struct About {
    /// Type and subtype in lower case; `None`: the default of where it stands.
    content_type: Option<String>,
    charset: Option<String>,
    boundary: Option<String>,
    name: Option<Box<str>>,
    attached: bool,
    transfer: Option<Transfer>,
}

impl About {
    pub(crate) fn new(fields: &[mail_parser::Header<'_>]) -> Self {
        let mut about = Self::default();
        for field in fields {
            match (&field.name, &field.value) {
                (HeaderName::ContentType, HeaderValue::ContentType(value)) => {
                    // A type without its subtype is no type: the default holds (RFC 2045, 5.2).
                    let subtype = value.subtype().map(str::trim).filter(|subtype| !subtype.is_empty());
                    about.content_type =
                        subtype.map(|sub| format!("{}/{sub}", value.ctype().trim()).to_ascii_lowercase());
                    about.charset = value.attribute("charset").map(Into::into);
                    about.boundary =
                        value.attribute("boundary").filter(|boundary| !boundary.is_empty()).map(Into::into);
                    about.name = about.name.take().or_else(|| value.attribute("name").map(Into::into));
                }
                (HeaderName::ContentDisposition, HeaderValue::ContentType(value)) => {
                    about.attached = value.ctype().eq_ignore_ascii_case("attachment");
                    // The name in the disposition is the better one (RFC 2183, 2.3).
                    about.name = value.attribute("filename").map(Into::into).or(about.name.take());
                }
                (HeaderName::ContentTransferEncoding, HeaderValue::Text(value)) => {
                    about.transfer = Some(Transfer::of(value));
                }
                _ => {}
            }
        }
        about
    }
}

/// Where a part stands.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// Levels of multiparts above it.
    level: u32,
    /// In a digest, a part without a type is a message.
    digest: bool,
    alternative: Option<u32>,
}

impl Place {
    pub(crate) const TOP: Self = Self { level: 0, digest: false, alternative: None };
}

/// Reads one part, whose content is `range` of the message's bytes.
pub(crate) fn read(
    raw: &[u8],
    range: Range<usize>,
    about: About,
    place: Place,
    budget: &mut Budget,
    into: &mut Message,
) {
    let default = if place.digest { "message/rfc822" } else { "text/plain" };
    let content_type = about.content_type.as_deref().unwrap_or(default);
    if let (Some(kind), Some(boundary)) = (content_type.strip_prefix("multipart/"), &about.boundary) {
        if budget.levels >= budget.limits.levels {
            into.defect(format!("more than {} levels of parts: the rest is not read", budget.limits.levels));
            return;
        }
        let inner = Place {
            level: place.level + 1,
            digest: kind == "digest",
            alternative: if kind == "alternative" {
                Some(into.next_alternative())
            } else {
                place.alternative
            },
        };
        budget.levels += 1;
        let found = multipart(raw, range.clone(), boundary, inner, budget, into);
        budget.levels -= 1;
        if found {
            return;
        }
        into.defect("a multipart without its boundary: read as text".to_owned());
        leaf(
            raw,
            range,
            &About { content_type: Some("text/plain".into()), ..about },
            "text/plain",
            place,
            into,
        );
        return;
    }
    if matches!(content_type, "message/rfc822" | "message/global")
        && message(raw, &range, &about, budget, into)
    {
        return;
    }
    let content_type = if content_type.starts_with("multipart/") { "text/plain" } else { content_type };
    leaf(raw, range, &about, content_type, place, into);
}

/// A part that has no parts.
fn leaf(
    raw: &[u8],
    range: Range<usize>,
    about: &About,
    content_type: &str,
    place: Place,
    into: &mut Message,
) {
    let (content, faulty) = about.transfer.unwrap_or(Transfer::Identity).decode(&raw[range.clone()]);
    if faulty {
        into.defect(format!(
            "bytes {}..{}: faulty transfer encoding, read as far as it goes",
            range.start, range.end
        ));
    }
    let kind = match content_type {
        "text/plain" => Some(BodyKind::Plain),
        "text/html" => Some(BodyKind::Html),
        _ => None,
    };
    if let Some(kind) = kind.filter(|_| !about.attached) {
        let (text, unknown) = text(&content, about.charset.as_deref());
        if unknown {
            let charset = about.charset.as_deref().unwrap_or_default();
            into.defect(format!("unknown character set {charset:?}: read as UTF-8 or windows-1252"));
        }
        into.bodies.push(Body { kind, text: text.into(), alternative: place.alternative, range });
        return;
    }
    into.attachments.push(Attachment {
        name: about.name.clone(),
        content_type: content_type.into(),
        content: Content::Bytes(content.into_owned()),
        range,
    });
}

/// A message in a message. `false`: too deep, or none.
fn message(raw: &[u8], range: &Range<usize>, about: &About, budget: &mut Budget, into: &mut Message) -> bool {
    if budget.nested >= budget.limits.nested {
        into.defect(format!(
            "more than {} messages within each other: the innermost is an attachment",
            budget.limits.nested
        ));
        return false;
    }
    let (content, _) = about.transfer.unwrap_or(Transfer::Identity).decode(&raw[range.clone()]);
    budget.nested += 1;
    let nested = Message::read(&content, budget);
    budget.nested -= 1;
    let Some(nested) = nested else { return false };
    into.attachments.push(Attachment {
        name: about.name.clone(),
        content_type: "message/rfc822".into(),
        content: Content::Message(Box::new(nested)),
        range: range.clone(),
    });
    true
}

/// Reads the parts between the boundary's lines. `false`: there is no such line.
fn multipart(
    raw: &[u8],
    range: Range<usize>,
    boundary: &str,
    place: Place,
    budget: &mut Budget,
    into: &mut Message,
) -> bool {
    let mut delimiters = Delimiters::new(&raw[range.clone()], boundary);
    let Some(mut open) = delimiters.next() else { return false };
    while !open.last {
        if budget.parts == 0 {
            into.defect(format!("more than {} parts: the rest is not read", budget.limits.parts));
            return true;
        }
        budget.parts -= 1;
        let close = delimiters.next();
        if close.is_none() {
            into.defect("a multipart does not end: the message may be cut off".to_owned());
        }
        // Between two boundaries in a row there is not even the line break that is theirs.
        let end = close.as_ref().map_or(range.len(), |close| close.end.max(open.next));
        let part = range.start + open.next..range.start + end;
        let head = section(&budget.parser, &raw[part.clone()], budget.limits.header_bytes);
        if head.cut {
            into.defect(format!("byte {}: headers of a part are cut at the limit", part.start));
        }
        let about = About::new(&head.fields);
        let body = part.start + head.body..part.end;
        read(raw, body, about, place, budget, into);
        match close {
            Some(close) => open = close,
            None => return true,
        }
    }
    true
}

/// A line that starts with `--` and the boundary.
struct Delimiter {
    /// Where the part before it ends: the line break before it is its own.
    end: usize,
    /// Where the part behind it starts.
    next: usize,
    /// `--boundary--`.
    last: bool,
}

struct Delimiters<'a> {
    bytes: &'a [u8],
    needle: memmem::Finder<'static>,
    length: usize,
    from: usize,
}

impl<'a> Delimiters<'a> {
    fn new(bytes: &'a [u8], boundary: &str) -> Self {
        let needle = format!("--{boundary}");
        let length = needle.len();
        Self { bytes, needle: memmem::Finder::new(needle.as_bytes()).into_owned(), length, from: 0 }
    }
}

impl Iterator for Delimiters<'_> {
    type Item = Delimiter;

    fn next(&mut self) -> Option<Delimiter> {
        loop {
            let at = self.from + self.needle.find(self.bytes.get(self.from..)?)?;
            let after = at + self.length;
            self.from = after;
            if at > 0 && self.bytes[at - 1] != b'\n' {
                continue;
            }
            let line =
                memchr::memchr(b'\n', &self.bytes[after..]).map_or(self.bytes.len(), |n| after + n + 1);
            let tail = &self.bytes[after..line];
            let last = tail.starts_with(b"--");
            // `--outer` also starts the lines of a boundary `outer2`.
            if !last && !tail.trim_ascii().is_empty() {
                continue;
            }
            let before = &self.bytes[..at];
            let before = before.strip_suffix(b"\n").unwrap_or(before);
            let before = before.strip_suffix(b"\r").unwrap_or(before);
            return Some(Delimiter { end: before.len(), next: line, last });
        }
    }
}
