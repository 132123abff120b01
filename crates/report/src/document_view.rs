//! What a page of documents shows, as strings and integers.

use crate::view::{Fact, ListSource, Nearest, Provenance};

/// Documents that were read.
#[derive(Clone, Debug, Default)]
pub struct DocumentsReport {
    /// The documents, in the order in which they were named.
    pub documents: Vec<DocumentView>,
    /// What concerns all of them, such as a file that could not be read.
    pub notices: Vec<String>,
    /// The lists that they were read against.
    pub lists: Vec<ListSource>,
    /// Under which engine, configuration and tables.
    pub provenance: Provenance,
}

/// A document: its text, whom it names, and what it claims.
#[derive(Clone, Debug, Default)]
pub struct DocumentView {
    /// Its name: the file's, or that of the part of a file.
    pub name: String,
    /// Who published it, where that is known.
    pub outlet: Option<String>,
    /// Its language as a BCP 47 tag, such as `en`; empty where it is not known. A screen reader speaks the text in it.
    pub language: String,
    /// What else is known of it: format, bytes, pages.
    pub facts: Vec<Fact>,
    /// What the reader must not overlook, such as pages that were not read.
    pub notices: Vec<String>,
    /// The text, as [`lay_out`](crate::lay_out) gives it.
    pub text: Vec<Paragraph>,
    /// Everybody whom it names.
    pub parties: Vec<NamedParty>,
    /// What it claims, in the order of the text.
    pub claims: Vec<ClaimView>,
}

/// A paragraph of a document's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Its page, from 1, where the document has pages.
    pub page: Option<u32>,
    /// Its parts. Those of all paragraphs add up to the text.
    pub segments: Vec<Segment>,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text that names nobody.
    Plain(String),
    /// The name of a party.
    Mention {
        /// Which of the document's parties.
        party: usize,
        /// The words.
        text: String,
        /// Whether a part of the name stands for a whole one elsewhere.
        short: bool,
    },
    /// Here ends the quote of a claim, by its place among the document's claims. It has no text.
    Claim(usize),
}

impl Segment {
    /// Its part of the document's text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Mention { text, .. } => text,
            Self::Claim(_) => "",
        }
    }
}

/// A party that a document names.
#[derive(Clone, Debug, Default)]
pub struct NamedParty {
    /// Its fullest name in the document.
    pub name: String,
    /// FollowTheMoney schema.
    pub schema: String,
    /// The listed parties that it may be, the likeliest first; empty where none is. Of a comparison, the query is the
    /// document's name.
    pub listed: Vec<Nearest>,
}

/// One thing that a document says of somebody.
#[derive(Clone, Debug, Default)]
pub struct ClaimView {
    /// Of whom.
    pub subject: Said,
    /// What, by its code: `sanctioned_by`.
    pub predicate: String,
    /// Of whom else, or the offence, the court, the deed.
    pub object: Said,
    /// With what standing, by its code: `designated`, `denied` ...
    pub status: String,
    /// On whose word, outermost first.
    pub attribution: Vec<SourceView>,
    /// The date that the document gives for it, as written.
    pub date: Option<String>,
    /// The document's words.
    pub quote: String,
    /// The page of the quote, from 1, where the document has pages.
    pub page: Option<u32>,
    /// The claims of the document that say the contrary, by their places.
    pub contradicts: Vec<usize>,
}

/// A side of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// As the document has it.
    pub name: String,
    /// Which of the document's parties, if it is one.
    pub party: Option<usize>,
}

/// One link of an attribution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceView {
    /// As the document names it.
    pub name: String,
    /// What it is, by its code: `document`, `outlet`, `authority`, `speaker`, `statement`.
    pub role: String,
}
