//! A text that was sent many times, with what was filled in.

use std::fmt;
use std::ops::Range;

use crate::Message;

/// A mail merge: the words that all copies share, and the slots that were filled for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// What its copies share, in order, with the slots between. Words that some copies say otherwise stand as most say them.
    pub pieces: Vec<Piece>,
    /// The slots, in order.
    pub slots: Vec<Slot>,
    /// Its copies: places in the messages that were mined, ascending.
    pub copies: Vec<usize>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that stand in every copy, as most write them.
    Text(String),
    /// A slot, by its place in [`Template::slots`].
    Slot(usize),
}

/// A gap that was filled for each copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What it holds.
    pub kind: SlotKind,
    /// What each copy has there, in the order of [`Template::copies`]. A copy that has nothing there has no fill.
    pub fills: Vec<Fill>,
}

/// What one copy has in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Place of the message in the messages that were mined.
    pub message: usize,
    /// Bytes of [`Message::text`].
    pub range: Range<usize>,
}

impl Fill {
    /// The words. Empty where `messages` are not those that were mined.
    #[must_use]
    pub fn value<'a>(&self, messages: &'a [Message]) -> &'a str {
        messages
            .get(self.message)
            .and_then(|message| message.text.get(self.range.clone()))
            .unwrap_or_default()
    }
}

/// What a slot holds, by what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SlotKind {
    /// A person's name.
    Name,
    /// House number, street, apartment.
    Address,
    /// Town, county, state or postcode beside an address.
    Place,
    /// Party affiliation.
    Party,
    /// A web address.
    Link,
    /// An e-mail address.
    Email,
    /// A day or a time.
    Date,
    /// A number or a sum.
    Number,
    /// Anything else.
    Other,
}

impl SlotKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Address,
        Self::Place,
        Self::Party,
        Self::Link,
        Self::Email,
        Self::Date,
        Self::Number,
        Self::Other,
    ];

    /// Its name in the output: `address`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Place => "place",
            Self::Party => "party",
            Self::Link => "link",
            Self::Email => "email",
            Self::Date => "date",
            Self::Number => "number",
            Self::Other => "other",
        }
    }

    /// Whether it may say who a recipient is: redacted wherever personal data is.
    #[must_use]
    pub fn is_personal(self) -> bool {
        !matches!(self, Self::Date | Self::Number)
    }
}

impl fmt::Display for SlotKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Template {
    /// The text with the kind of each slot in braces: `Dear {name}, we know ...`.
    #[must_use]
    pub fn text(&self) -> String {
        self.written(&self.pieces)
    }

    pub(crate) fn written(&self, pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Slot(slot) => {
                format!("{{{}}}", self.slots.get(*slot).map_or("other", |slot| slot.kind.name()))
            }
        };
        pieces.iter().map(piece).collect()
    }
}
