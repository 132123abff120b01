//! What a word of a text can be in listed names: worked out once for each word that is met.

use super::in_text::NamesOf;

/// What a word of a text can be in listed names.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// By number of the listed word.
    pub(super) bids: Box<[(u32, Part)]>,
    /// Names of which some words are this one, written together, and what is no longer missing.
    pub(super) runs: Box<[(u32, Part, i32)]>,
    /// The names that it may be an anchor of.
    pub(super) opens: Box<[Open]>,
    /// The words of these names that count, name by name.
    pub(super) words: Box<[u32]>,
}

/// How far from a listed word a word may be that stands for it. A text is full of words that name nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likely {
    /// As the list has it, letter for letter.
    Listed,
    /// In another spelling or script: Yusuf for Youssef.
    Spelt,
    /// Misspelt, too.
    Misspelt,
}

impl Likely {
    /// How much of a listed word it is at least, in hundredths. Habits of spelling cost less than a wrong letter does.
    pub(super) fn least(self) -> i32 {
        match self {
            Self::Listed => 100,
            Self::Spelt => 85,
            Self::Misspelt => 0,
        }
    }
}

/// A name that a word may be an anchor of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    name: u32,
    /// Where its words end among those of the reading.
    end: u32,
    /// Whether the word alone reaches the line.
    alone: bool,
}

/// What words do for a name, in millibits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// What agrees.
    pub(super) gain: i32,
    /// What is at stake.
    pub(super) stake: i32,
    /// The most that it is evidence of.
    pub(super) bits: i32,
}

impl Part {
    /// How much of what is at stake agrees, in hundredths.
    pub(super) fn likeness(self) -> i32 {
        self.gain * 100 / self.stake.max(1)
    }
}

/// What the words around a place of a text can do for each listed word, in millibits: nothing but while a place is looked
/// at. One is good for as long as words keep their numbers.
#[derive(Default)]
pub struct Sight {
    pub(super) gains: Vec<u16>,
    pub(super) pairs: Pairs,
}

/// Pairs of words met, and whether they have anything to do with each other: "And God" nothing, over and over.
pub(super) struct Pairs {
    /// By a hash of both numbers: these, and the answer in the last bit.
    known: Vec<u64>,
}

/// Pairs that are remembered: a mebibyte of them.
const PAIRS: usize = 1 << 17;

impl Default for Pairs {
    fn default() -> Self {
        Self { known: vec![u64::MAX; PAIRS] }
    }
}

impl Pairs {
    /// Numbers are below 2³¹.
    pub(super) fn meet(&mut self, (a, b): (u32, u32), work_out: impl FnOnce() -> bool) -> bool {
        let pair = u64::from(a) << 31 | u64::from(b);
        // Fibonacci hashing: the high bits of a product with 2⁶⁴ over the golden ratio are well mixed.
        let known = &mut self.known[(pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % PAIRS];
        if *known >> 1 != pair {
            *known = pair << 1 | u64::from(work_out());
        }
        *known & 1 == 1
    }
}

impl Sight {
    pub(super) fn lay<'r>(&mut self, words: impl Iterator<Item = &'r Reading>) {
        for (to, part) in words.flat_map(|word| &word.bids) {
            let gain = &mut self.gains[*to as usize];
            *gain = (*gain).max(u16::try_from(part.gain).unwrap_or(u16::MAX));
        }
    }

    pub(super) fn clear<'r>(&mut self, words: impl Iterator<Item = &'r Reading>) {
        words.flat_map(|word| &word.bids).for_each(|(to, _)| self.gains[*to as usize] = 0);
    }

    pub(super) fn gain(&self, word: u32) -> i32 {
        self.gains[word as usize].into()
    }
}

impl Reading {
    /// Whether the word may be what a listed name is told by.
    #[must_use]
    pub fn opens(&self) -> bool {
        !self.opens.is_empty()
    }

    /// Whether it is like any word of a listed name.
    #[must_use]
    pub fn is_anything(&self) -> bool {
        !self.bids.is_empty() || !self.runs.is_empty()
    }

    /// How much it is any listed word at best, in hundredths: 100 is that word itself.
    #[must_use]
    pub fn likeness(&self) -> i32 {
        self.bids.iter().map(|(_, part)| part.likeness()).max().unwrap_or(0)
    }

    /// Whether it may be a word of some names, or several of them written together.
    #[must_use]
    pub fn is_of(&self, names: &NamesOf) -> bool {
        let of = |(word, _): &(u32, Part)| names.words.get(*word as usize).is_some_and(|is| *is);
        self.bids.iter().any(of) || self.runs.iter().any(|(name, ..)| names.names.contains(name))
    }

    /// Takes up what another form of the same word can be.
    pub fn merge(&mut self, other: &Self) {
        let mut bids = std::mem::take(&mut self.bids).into_vec();
        bids.extend(&*other.bids);
        self.bids = best(bids).into();
        let mut runs = std::mem::take(&mut self.runs).into_vec();
        runs.extend(&*other.runs);
        self.runs = best_runs(runs).into();
        let mut opens: Vec<_> = self.names().chain(other.names()).collect();
        opens.sort_unstable_by_key(|(name, alone, _)| (*name, !alone));
        opens.dedup_by_key(|open| open.0);
        (self.opens, self.words) =
            laid_out(opens.into_iter().map(|(n, alone, of)| (n, alone, of.iter().copied())));
    }

    /// How much room it takes, in numbers.
    #[must_use]
    pub fn weight(&self) -> usize {
        4 * self.bids.len() + 5 * self.runs.len() + 3 * self.opens.len() + self.words.len()
    }

    /// The names that it may be an anchor of, whether it reaches the line alone, and their words.
    pub(super) fn names(&self) -> impl Iterator<Item = (u32, bool, &[u32])> {
        let mut start = 0;
        self.opens.iter().map(move |open| {
            let words = &self.words[start..open.end as usize];
            start = open.end as usize;
            (open.name, open.alone, words)
        })
    }

    /// What it does for a name as some of its words, and what is no longer missing.
    pub(super) fn run(&self, name: u32) -> Option<(Part, i32)> {
        let place = self.runs.binary_search_by_key(&name, |run| run.0).ok()?;
        Some((self.runs[place].1, self.runs[place].2))
    }

    pub(super) fn bid(&self, word: u32) -> Option<Part> {
        let place = self.bids.binary_search_by_key(&word, |bid| bid.0).ok()?;
        Some(self.bids[place].1)
    }
}

/// Names with their words, one behind the other.
pub(super) fn laid_out<W: Iterator<Item = u32>>(
    names: impl Iterator<Item = (u32, bool, W)>,
) -> (Box<[Open]>, Box<[u32]>) {
    let (mut opens, mut words) = (Vec::new(), Vec::new());
    for (name, alone, of) in names {
        words.extend(of);
        opens.push(Open { name, end: words.len() as u32, alone });
    }
    (opens.into(), words.into())
}

/// The best bid on each word.
pub(super) fn best(mut bids: Vec<(u32, Part)>) -> Vec<(u32, Part)> {
    bids.sort_unstable_by_key(|(word, part)| (*word, -part.gain));
    bids.dedup_by_key(|bid| bid.0);
    bids
}

/// The best run of each name.
pub(super) fn best_runs(mut runs: Vec<(u32, Part, i32)>) -> Vec<(u32, Part, i32)> {
    runs.sort_unstable_by_key(|(name, part, _)| (*name, -part.gain));
    runs.dedup_by_key(|run| run.0);
    runs
}
