//! What a message carries: bodies that are read, and what is attached.

use std::ops::Range;

use crate::Message;

/// What a body is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// `text/plain`.
    Plain,
    /// `text/html`.
    Html,
}

/// A part that mail programs show as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Plain or HTML.
    pub kind: BodyKind,
    /// Its text, decoded.
    pub text: Box<str>,
    /// The `multipart/alternative` that it stands in, counted from 0: all with the same number say the same, or should.
    pub alternative: Option<u32>,
    /// The bytes of the encoded part in the message.
    pub range: Range<usize>,
}

/// A part that is no body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The name that the sender gave it. It may be anything: never a path to write to.
    pub name: Option<Box<str>>,
    /// The type that the sender gave it: `application/pdf`. It may be wrong.
    pub content_type: Box<str>,
    /// What it holds.
    pub content: Content,
    /// The bytes of the encoded part in the message.
    pub range: Range<usize>,
}

/// What an attachment holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Any file, decoded.
    Bytes(Vec<u8>),
    /// A message (`message/rfc822`). Its ranges are those of its own bytes.
    Message(Box<Message>),
}
