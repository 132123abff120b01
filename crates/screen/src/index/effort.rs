//! What searches took, in numbers that no other load on the machine can move.

use std::iter::Sum;

/// How much was looked at. Where several threads search, two may work out one new word at a time: `new_words` may then
/// differ by a few from run to run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Searches.
    pub queries: u64,
    /// Words of their names.
    pub words: u64,
    /// Of these, words whose similar words were not known from before.
    pub new_words: u64,
    /// Listed names that hold words enough of the query, and were bounded.
    pub names: u64,
    /// Listed parties that could reach the threshold, and were scored.
    pub scored: u64,
}

impl Sum for Effort {
    fn sum<I: Iterator<Item = Self>>(efforts: I) -> Self {
        efforts.fold(Self::default(), |sum, one| Self {
            queries: sum.queries + one.queries,
            words: sum.words + one.words,
            new_words: sum.new_words + one.new_words,
            names: sum.names + one.names,
            scored: sum.scored + one.scored,
        })
    }
}
