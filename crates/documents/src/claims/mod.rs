//! What a document claims of the parties it names: sentence by sentence, by tables of verbs, nouns and roles.
//!
//! Rules and no model: each claim can be traced to the words of a table and a range of the text. What the rules do not
//! understand is left out; nothing is guessed into a claim, and nothing is put right. A text that says "two" where it means
//! six is quoted with its "two". `docs/claims.md` tells what is read and what is missed.

mod cases;
mod chunks;
mod clauses;
mod context;
mod dates;
mod deeds;
mod extents;
mod frames;
mod grammar;
mod groups;
mod holders;
mod lexicon;
mod lists;
mod making;
mod origin;
mod regions;
mod replies;
mod roles;
mod rows;
mod sentences;
mod settle;
mod sources;
mod speakers;
mod standing;
mod subjects;
mod tokens;

use std::ops::Range;

use model::{Claim, Source, SourceRole};

use crate::{Mention, Party};
use context::Context;
use origin::Origin;
use tokens::Token;

/// What is known of a document before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its name: the first source of every claim in it.
    pub name: Box<str>,
    /// Who published it, where the caller knows; the second source of every claim.
    pub publisher: Option<Source>,
}

/// A mention in a block.
pub(crate) struct Place {
    pub(crate) range: Range<usize>,
    pub(crate) party: usize,
}

/// Reads a document block by block. What one sentence may ask of earlier ones ("the company", "he") is carried along; it has
/// a fixed size.
///
/// Time is linear in the text, memory in the longest sentence.
#[derive(Debug)]
pub struct Reader {
    frame: Vec<Source>,
    context: Context,
    origin: Origin,
    tokens: Vec<Token>,
}

impl Reader {
    /// At the beginning of a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let own = Source { name: document.name.clone(), role: SourceRole::Document };
        let frame = [own].into_iter().chain(document.publisher.clone()).collect();
        Self { frame, context: Context::default(), origin: Origin::default(), tokens: Vec::new() }
    }

    /// The claims of the next block, in the order of their quotes.
    ///
    /// `block` should end where a paragraph does: a sentence is not put together over blocks. `base` is where it begins in
    /// the document's text (bytes). `mentions` are those within the block, sorted by their start, with ranges in the document's
    /// text; `parties` are the document's so far: a claim has the name that its party has there.
    pub fn read(&mut self, block: &str, base: usize, parties: &[Party], mentions: &[Mention]) -> Vec<Claim> {
        let mut claims = Vec::new();
        let mails = block.contains("From:") || block.contains(" wrote:");
        self.context.claims_before = 0..0;
        let mut last_end = 0;
        let mut mentions = mentions;
        for range in sentences::sentences(block) {
            let in_block = |at: usize| at.saturating_sub(base);
            let before = mentions.iter().take_while(|m| in_block(m.range.end) <= range.start).count();
            mentions = &mentions[before..];
            let within = mentions.iter().take_while(|m| in_block(m.range.start) < range.end).count();
            let places: Vec<Place> = mentions[..within]
                .iter()
                .filter(|m| m.party < parties.len() && m.range.start >= base)
                .map(|m| Place { range: in_block(m.range.start)..in_block(m.range.end), party: m.party })
                .collect();
            if mails && self.origin.is_head_of_mail(&block[range.clone()], signs_before(block, range.start)) {
                continue;
            }
            tokens::tokens(block, range.start, range.end, &mut self.tokens);
            let chunks = chunks::chunks(block, &self.tokens, &places, parties);
            self.origin.take(block, &chunks);
            let first = claims.len();
            if block[last_end.min(range.start)..range.start].contains("\n\n") {
                self.context.claims_before = 0..0;
            }
            last_end = range.end;
            frames::read(block, chunks, parties, &mut self.context, &mut claims);
            for claim in &mut claims[first..] {
                claim.attribution.splice(0..0, self.frame.iter().cloned());
                let outer = self.frame.len();
                let signs = if self.origin.is_mail() { signs_before(block, claim.quote.start) } else { 0 };
                self.origin.complete(claim, outer, signs);
                claim.quote.start += base;
                claim.quote.end += base;
            }
            self.context.claims_before = first..claims.len();
            claims[first..].sort_by_key(|claim| (claim.quote.start, claim.quote.end));
        }
        claims
    }
}

/// How many `>` stand before the line of a place.
fn signs_before(block: &str, at: usize) -> usize {
    // No line of a mail is longer, and the time is bounded.
    const LINE: usize = 512;
    let bytes = &block.as_bytes()[at.saturating_sub(LINE)..at];
    let line = bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes, |end| &bytes[end + 1..]);
    let marks = line.iter().take_while(|byte| matches!(byte, b'>' | b' '));
    marks.filter(|byte| **byte == b'>').count()
}

/// The claims of a document's whole text, in the order of their quotes. `mentions` are sorted by their start.
#[must_use]
pub fn claims(document: &Document, text: &str, parties: &[Party], mentions: &[Mention]) -> Vec<Claim> {
    Reader::new(document).read(text, 0, parties, mentions)
}
