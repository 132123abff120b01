//! Header sections: where they end, and their fields with their places.

use std::ops::Range;

use mail_parser::parsers::MessageStream;
use mail_parser::{DateTime, HeaderValue, MessageParser};
use memchr::memchr_iter;

use crate::decode::legacy;

/// One header field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name as written: `Message-Id`.
    pub name: Box<str>,
    /// Its value, unfolded; encoded words stand as they are ([`Header::decoded`]).
    pub value: Box<str>,
    /// Its bytes in the message, from its name to the end of its last line.
    pub range: Range<usize>,
}

impl Header {
    /// Whether it is the one of that name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value with its encoded words (RFC 2047) decoded.
    #[must_use]
    pub fn decoded(&self) -> String {
        let line = format!("{}\n", self.value);
        match MessageStream::new(line.as_bytes()).parse_unstructured() {
            HeaderValue::Text(text) => text.into_owned(),
            _ => String::new(),
        }
    }
}

/// A moment as a message gives it: the sender's clock and zone, or a host's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix: i64,
    /// With the zone that was written: `2020-10-20T09:14:00-04:00`.
    pub rfc3339: Box<str>,
}

impl Date {
    /// `None` where it is no date of the calendar.
    pub(crate) fn new(date: &DateTime) -> Option<Self> {
        date.is_valid().then(|| Self { unix: date.to_timestamp(), rfc3339: date.to_rfc3339().into() })
    }
}

/// A header section, read.
pub(crate) struct Section<'a> {
    /// As the library reads the fields, with offsets from the section's start.
    pub(crate) fields: Vec<mail_parser::Header<'a>>,
    /// Where the body starts, from the section's start.
    pub(crate) body: usize,
    /// The section was longer than the limit: fields behind it were not read.
    pub(crate) cut: bool,
}

/// Reads the header section at the start of some bytes. The body starts behind the first empty line.
pub(crate) fn section<'a>(parser: &MessageParser, bytes: &'a [u8], limit: usize) -> Section<'a> {
    let body = body_start(bytes);
    let head = &bytes[..body.min(limit)];
    let mut fields = Vec::new();
    MessageStream::new(head).parse_headers(parser, &mut fields);
    // At the end of the bytes the library takes a word without its colon for a field.
    fields.retain(|field| field.offset_start > 0 && head.get(field.offset_start as usize - 1) == Some(&b':'));
    Section { fields, body, cut: body > limit }
}

fn body_start(bytes: &[u8]) -> usize {
    let mut line = 0;
    for end in memchr_iter(b'\n', bytes) {
        if matches!(&bytes[line..end], b"" | b"\r") {
            return end + 1;
        }
        line = end + 1;
    }
    bytes.len()
}

/// The field as it stands in the message.
pub(crate) fn as_written(head: &[u8], field: &mail_parser::Header<'_>) -> Header {
    let [start, value, end] =
        [field.offset_field, field.offset_start, field.offset_end].map(|at| (at as usize).min(head.len()));
    let name = head.get(start..value).unwrap_or_default();
    let name = name.strip_suffix(b":").unwrap_or(name).trim_ascii();
    let unfolded = legacy(head.get(value..end).unwrap_or_default());
    let lines: Vec<&str> = unfolded.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Header { name: legacy(name).into(), value: lines.join(" ").into(), range: start..end }
}
