//! A part of a document in blocks, and the words of a block in stretches.

use std::ops::Range;

use super::listed::Met;
use super::scan::Gap;
use super::{Place, han};

/// Bytes that are cut into words at a time: their words take some ten times as much room.
const BLOCK: usize = 1 << 18;

/// A block of a part that was looked through for listed parties.
pub(super) struct Looked<'t> {
    pub(super) text: &'t str,
    /// Where it begins in the document.
    pub(super) offset: usize,
    pub(super) words: Vec<Met>,
    /// The lexicon's volume that the words' numbers are of.
    pub(super) volume: u32,
}

/// A text in blocks.
pub(super) fn in_blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (block, after) =
            rest.split_at_checked(end_of_block(rest)).filter(|(block, _)| !block.is_empty())?;
        rest = after;
        Some(block)
    })
}

/// The runs of Han characters among the words of a block.
pub(super) fn han_runs(block: &str, met: &[Met]) -> impl Iterator<Item = Range<usize>> {
    let runs = met.iter().map(|met| met.word.range());
    runs.filter(|run| han::is_han(&block[run.clone()]))
}

/// Where the next block of a text ends: behind a paragraph, else a line, else anywhere.
fn end_of_block(text: &str) -> usize {
    if text.len() <= BLOCK {
        return text.len();
    }
    let end = text.floor_char_boundary(BLOCK);
    let head = &text[..end];
    let at = head.rfind("\n\n").map(|at| at + 2).or_else(|| head.rfind(['\n', ' ']).map(|at| at + 1));
    at.unwrap_or(end)
}

/// The words between breaks that are more than `most`, each with its first place.
pub(super) fn stretches(met: &[Met], most: Gap) -> impl Iterator<Item = (usize, &[Met])> {
    let mut start = 0;
    let parts = met.chunk_by(move |_, next| next.word.gap <= most);
    parts.map(move |part| {
        start += part.len();
        (start - part.len(), part)
    })
}

/// For each word of a block, which begins at `offset`, whether a listed party has it. Places are in the order of the text.
pub(super) fn taken_by(places: &[Place], met: &[Met], offset: usize) -> Vec<bool> {
    let is_taken = |met: &Met| {
        let (start, end) = (met.word.start as usize + offset, met.word.end as usize + offset);
        let before = places.partition_point(|place| place.range.end <= start);
        places.get(before).is_some_and(|place| place.range.start < end)
    };
    met.iter().map(is_taken).collect()
}
