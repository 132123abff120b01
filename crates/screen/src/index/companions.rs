//! What is known of a name beside each of its postings: enough to see that it cannot reach the line.
//!
//! On a long list a name is a look into another place of memory. Nearly every name that holds one word of the query ends
//! there: it holds no other of them, where two are needed, or those that it holds are worth too little. What decides that
//! lies beside the posting and comes with it.

use names::Lists;

use super::IndexedName;
use super::folded::{Folded, MANY, NONE, Sum, fold};

/// How many other words of a name are told of: of names of up to seven words all of them.
const TOLD: usize = 6;

/// The other words of a name, folded to sixteen bits each, and what the name puts at stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Companions {
    told: [u16; TOLD],
    /// Omission stakes of all words of the name, in millibits; of names of more than there is room for, less.
    omitted: u16,
    /// How many words of content the name has.
    content: u16,
}

impl Companions {
    /// Of every posting, in the order of the postings. `words_of` a name are its words, each as often as it stands there.
    pub(super) fn of_all<'a>(
        names_with: &Lists,
        names: &[IndexedName],
        words_of: impl Fn(u32) -> &'a [u32],
    ) -> Vec<Self> {
        let mut all = Vec::with_capacity(names_with.parts().1.len());
        for word in 0..names_with.len() as u32 {
            let of_name = |name: &u32| Self::new(word, &names[*name as usize], words_of(*name));
            all.extend(names_with.get(word).iter().map(of_name));
        }
        all
    }

    /// Of a name, beside one of its words.
    fn new(word: u32, name: &IndexedName, words: &[u32]) -> Self {
        let this = words.iter().position(|w| *w == word);
        let mut others = words.iter().enumerate().filter(|(at, _)| Some(*at) != this).map(|(_, w)| fold(*w));
        let mut told = std::array::from_fn(|_| others.next().unwrap_or(NONE));
        if others.next().is_some() {
            told[TOLD - 1] = MANY;
        }
        let omitted = u16::try_from(name.omitted.max(0)).unwrap_or(u16::MAX);
        Self { told, omitted, content: name.content.into() }
    }

    /// Whether any of them may have been met.
    pub(super) fn met(&self, folded: &Folded) -> bool {
        self.told.iter().any(|one| folded.holds(*one))
    }

    /// The most that the words of a query can do for the name by one of its words and these: `None` where that is not known.
    pub(super) fn most(&self, word: Sum, folded: &Folded) -> Option<Sum> {
        let met = self.told.iter().filter(|one| folded.holds(**one));
        met.map(|one| folded.sum(*one)).try_fold(word, |sum, one| sum.with(one?))
    }

    pub(super) fn omitted(&self) -> i32 {
        self.omitted.into()
    }

    pub(super) fn content(&self) -> usize {
        self.content.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn companions(name: &[u32], beside: u32) -> Companions {
        let of = IndexedName { omitted: 70_000, content: 3, ..IndexedName::default() };
        Companions::new(beside, &of, name)
    }

    /// Whether the words that were met stand in a name beside one of its words.
    fn check(name: &[u32], beside: u32, met: &[u32], expected: bool) {
        let mut words = Folded::default();
        met.iter().for_each(|word| words.raise(*word, Some(Sum::of(1, 1))));
        assert_eq!(companions(name, beside).met(&words), expected, "{name:?} beside {beside}: {met:?}");
        met.iter().for_each(|word| words.remove(*word));
        assert!(words == Folded::default(), "nothing is left of {met:?}");
    }

    #[test]
    fn companions_that_were_met() {
        check(&[7], 7, &[7], false);
        check(&[7, 8], 7, &[7], false);
        check(&[7, 8], 7, &[8, 9], true);
        check(&[7, 7], 7, &[7], true);
        check(&[0, 1, 2, 3, 4, 5, 6], 2, &[6], true);
        check(&[0, 1, 2, 3, 4, 5, 6], 2, &[7], false);
        // Of more words than are told of nothing is known.
        check(&[0, 1, 2, 3, 4, 5, 6, 7], 2, &[9], true);
        // Two numbers that are folded to the same.
        let (low, high) = (3, 3 + u32::from(MANY));
        check(&[9, low], 9, &[high], true);
        check(&[9, low], 9, &[low, high], true);
        check(&[9, u32::from(MANY), u32::from(NONE)], 9, &[4], false);
    }

    #[test]
    fn the_most_that_is_known() {
        let mut words = Folded::default();
        for (word, sum) in
            [(1, Some(Sum::of(10, 3))), (2, Some(Sum::of(5, 2))), (1, Some(Sum::of(4, 9))), (3, None)]
        {
            words.raise(word, sum);
        }
        let most = |name: &[u32]| companions(name, 0).most(Sum::of(100, 50), &words);
        assert_eq!(most(&[0, 8]), Some(Sum { better: 100, bits: 50, words: 1 }));
        assert_eq!(most(&[0, 1, 2, 8]), Some(Sum { better: 115, bits: 61, words: 3 }));
        assert_eq!(most(&[0, 1, 3]), None, "what a run can do is not told here");
        assert_eq!(
            most(&[0, 11, 12, 13, 14, 15, 16, 17]),
            None,
            "nor what more words can do than are told of"
        );
        assert_eq!(companions(&[0], 0).omitted(), 65_535, "never more than it is");
    }
}
