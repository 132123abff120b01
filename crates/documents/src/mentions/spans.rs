//! Where in a stretch of text listed names may stand at all: most of it is words that are like none of a list's.

use std::ops::Range;

use screen::GAP;

use super::lexicon::Means;
use super::listed::Met;

/// The spans of a stretch in which a listed name may stand, from left to right: each holds a word that a name is told by, and
/// begins and ends with words like those of names. Between two spans stand more others than a name has between its words.
pub(super) fn spans(stretch: &[Met]) -> impl Iterator<Item = Range<usize>> {
    // The last of some words up to which none stand too far apart, from the one before them on.
    let reach = move |from: usize, words: &mut dyn Iterator<Item = usize>| {
        let (mut last, mut others) = (from, 0);
        for at in words {
            (last, others) = if stretch[at].means > Means::Nothing { (at, 0) } else { (last, others + 1) };
            if others > GAP {
                break;
            }
        }
        last
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        let opener = at + stretch[at..].iter().position(|met| met.means == Means::Opener)?;
        let first = reach(opener, &mut (at..opener).rev());
        let last = reach(opener, &mut (opener + 1..stretch.len()));
        at = last + 1;
        Some(first..at)
    })
}
