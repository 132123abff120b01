//! A listed party at a place of the document.

use std::ops::Range;

use names::NameKind;

use super::Evidence;
use super::cues::{self, Cue};
use super::described;
use super::listed::Hit;

/// A listed party at a place of the document.
pub(super) struct Place {
    pub(super) range: Range<usize>,
    /// Whether the words before say that it is somebody else of that name, if the party was named before.
    pub(super) another: bool,
    pub(super) text: Box<str>,
    pub(super) kind: NameKind,
    /// What the words beside it call its bearer.
    pub(super) described: Vec<Box<str>>,
    /// Whether it is introduced as kin of another.
    pub(super) kin: bool,
    /// Whether it stands in quotation marks by itself.
    pub(super) quoted: bool,
    /// Whether it is one word that begins a sentence, which gives any word its capital letter.
    pub(super) opens: bool,
    /// Whether its words may stand for the party from here on.
    pub(super) teaches: bool,
    /// The acronym that the brackets behind it give it.
    pub(super) acronym: Option<Box<str>>,
    pub(super) evidence: Evidence,
}

impl Place {
    /// Where a hit stands: its words in their block, which begins at `offset`.
    pub(super) fn of(hit: Hit, block: &str, words: Range<usize>, offset: usize) -> Self {
        // Where two listed parties bear the name it may be the other of them.
        let another = hit.kind == NameKind::Person
            && !hit.shared
            && match cues::before(block, words.start) {
                Some(Cue::Another) => true,
                Some(Cue::Article(of)) => hit.agreeing > 1 && cues::ends_there(block, words.end, of),
                _ => false,
            };
        Self {
            another,
            text: block[words.clone()].into(),
            described: described::words(block, &words),
            kin: described::is_kin(block, words.start),
            quoted: cues::is_quoted(block, &words),
            opens: false,
            teaches: true,
            acronym: (hit.kind == NameKind::Organization)
                .then(|| cues::acronym_behind(block, words.end))
                .flatten(),
            range: words.start + offset..words.end + offset,
            kind: hit.kind,
            evidence: Evidence {
                entity: hit.entity,
                compared: hit.compared.into(),
                scored: hit.scored,
                short: false,
            },
        }
    }
}
