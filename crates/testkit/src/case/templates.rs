//! The texts of the case: pieces that stand, ways to say it, slots.

/// What fills a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlotKind {
    /// A person's name.
    Name,
    /// House number, street, apartment.
    Address,
    /// A town.
    Town,
    /// A party.
    Party,
    /// A web address.
    Link,
    /// A day.
    Date,
    /// A sum of money.
    Amount,
}

impl SlotKind {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Name, "name"),
        (Self::Address, "address"),
        (Self::Town, "town"),
        (Self::Party, "party"),
        (Self::Link, "link"),
        (Self::Date, "date"),
        (Self::Amount, "amount"),
    ];

    /// Its name in the gold: `address`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    fn from_name(name: &str) -> Self {
        let found = Self::ALL.iter().find(|(_, known)| *known == name);
        found.unwrap_or_else(|| panic!("no slot is called {name}")).0
    }
}

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(&'static str),
    /// Ways to say it; the first is the usual.
    Ways(Vec<&'static str>),
    Slot(SlotKind),
}

/// A text with slots.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name.
    pub name: &'static str,
    /// Its `From`.
    pub from: &'static str,
    /// The address of the server that hands it on.
    pub relay: &'static str,
    /// Its subject.
    pub subject: &'static str,
    /// As the table has it, with `{slot}` and `[one|other]`.
    pub text: &'static str,
    pub(super) pieces: Vec<Piece>,
}

impl Template {
    /// All of them.
    ///
    /// # Panics
    /// Where the table is wrong.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let table = include_str!("../../data/case/templates.txt");
        table.split("\n== ").skip(1).map(Self::read).collect()
    }

    fn read(section: &'static str) -> Self {
        let (head, text) = section.split_once("\n\n").unwrap_or((section, ""));
        let mut lines = head.lines();
        let name = lines.next().unwrap_or_default();
        let mut field = |label: &str| {
            let line = lines.next().and_then(|line| line.strip_prefix(label));
            line.unwrap_or_else(|| panic!("{name} lacks {label}")).trim()
        };
        let (from, relay, subject) = (field("from:"), field("relay:"), field("subject:"));
        let text = text.trim_end();
        Self { name, from, relay, subject, text, pieces: pieces(text) }
    }

    /// What fills it, in order; each slot as often as it stands there.
    #[must_use]
    pub fn slots(&self) -> Vec<SlotKind> {
        let slot = |piece: &Piece| match piece {
            Piece::Slot(kind) => Some(*kind),
            _ => None,
        };
        self.pieces.iter().filter_map(slot).collect()
    }
}

fn pieces(mut text: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    while let Some(at) = text.find(['{', '[']) {
        if at > 0 {
            pieces.push(Piece::Text(&text[..at]));
        }
        let slot = text[at..].starts_with('{');
        let Some(end) = text[at..].find(if slot { '}' } else { ']' }) else {
            panic!("does not close: {text}")
        };
        let inside = &text[at + 1..at + end];
        pieces.push(if slot {
            Piece::Slot(SlotKind::from_name(inside))
        } else {
            Piece::Ways(inside.split('|').collect())
        });
        text = &text[at + end + 1..];
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}
