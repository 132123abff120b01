//! Who is named in a document, and where.

use std::ops::Range;

use model::{Named, Schema};

/// A party that a document names: one for each that it means, however often and in whatever spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its fullest name in the document, and the listed party that it was found to be.
    pub named: Named,
    /// What it is: a person, an organisation, a vessel; `LegalEntity` where that is not known.
    pub schema: Schema,
}

/// One place where a document names a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words, as bytes of the document's text.
    pub range: Range<usize>,
    /// Which of the document's parties.
    pub party: usize,
}
