//! Where in a stretch of text listed names may stand at all: most of it is words that are like none of a list's.

use std::ops::Range;

use screen::{Candidates, GAP};

use super::lexicon::{Lexicon, Means};
use super::listed::Met;

/// The spans of a stretch in which a listed name may stand, from left to right: each holds a word that a name is told by, and
/// begins and ends with words like those of names. Between two spans stand more others than a name has between its words.
pub(super) fn spans<C: Candidates + ?Sized>(
    stretch: &[Met],
    lexicon: &Lexicon<'_, C>,
) -> impl Iterator<Item = Range<usize>> {
    let joined = |at: usize| stretch[at].with_next.is_some() || at > 0 && stretch[at - 1].with_next.is_some();
    let means = move |at: usize| match lexicon.means(stretch[at].number) {
        _ if joined(at) => Means::Opener,
        means => means,
    };
    // The last of some words up to which none stand too far apart, from the one before them on.
    let reach = move |from: usize, words: &mut dyn Iterator<Item = usize>| {
        let (mut last, mut others) = (from, 0);
        for at in words {
            (last, others) = if means(at) > Means::Nothing { (at, 0) } else { (last, others + 1) };
            if others > GAP {
                break;
            }
        }
        last
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let opener = (at..stretch.len()).find(|at| means(*at) == Means::Opener)?;
        let first = reach(opener, &mut (at..opener).rev());
        let last = reach(opener, &mut (opener + 1..stretch.len()));
        at = last + 1;
        Some(first..at)
    })
}
