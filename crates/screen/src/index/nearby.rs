//! Words of a text that stand together as those of a name.

use smallvec::SmallVec;

use super::in_text::{GAP, InText, Sums};
use super::reading::{Part, Reading};
use crate::Candidates;

/// The words around a place of a text, each with what it can do for those of a name.
pub(super) struct Near<'n, 'a, C: ?Sized> {
    in_text: &'n InText<'a, C>,
    name: u32,
    words: &'n [Option<(u32, &'n Reading)>],
    /// The words of the name that count.
    of: SmallVec<[u32; 8]>,
    /// The first place that is looked at.
    from: usize,
    /// The place in the middle.
    at: usize,
    /// Place by place for each word of the name.
    parts: SmallVec<[Option<Part>; 64]>,
}

impl<'n, 'a, C: Candidates + ?Sized> Near<'n, 'a, C> {
    pub(super) fn new(
        in_text: &'n InText<'a, C>,
        name: u32,
        words: &'n [Option<(u32, &'n Reading)>],
        at: usize,
    ) -> Self {
        let of: SmallVec<[u32; 8]> = in_text.counting(name).collect();
        let reach = of.len() + 2 * GAP;
        let from = at.saturating_sub(reach);
        let near = &words[from..words.len().min(at + reach + 1)];
        let part = |word: &Option<(u32, &Reading)>, of: u32| word.and_then(|word| word.1.bid(of));
        let parts = near.iter().flat_map(|word| of.iter().map(move |of| part(word, *of))).collect();
        Self { in_text, name, words, of, from, at, parts }
    }

    fn part(&self, place: usize, of: usize) -> Option<Part> {
        self.parts.get((place - self.from) * self.of.len() + of).copied().flatten()
    }

    /// Whether a place holds a word of the name.
    pub(super) fn holds(&self, place: usize) -> bool {
        (0..self.of.len()).any(|of| self.part(place, of).is_some())
    }

    /// The farthest place, step by step, that holds one, where so many others may stand between two. A title parts nothing.
    fn farthest(&self, most: usize, steps: impl Iterator<Item = usize>) -> usize {
        let (mut end, mut gap) = (self.at, 0);
        for place in steps {
            if self.holds(place) {
                (end, gap) = (place, 0);
                continue;
            }
            let goes_with = |(_, word): (u32, &Reading)| self.in_text.goes_with(word, self.name);
            gap += usize::from(!self.words[place].is_some_and(goes_with));
            if gap > most {
                break;
            }
        }
        end
    }

    fn sums(&self, first: usize, last: usize) -> Sums {
        let best = |of: usize| (first..=last).filter_map(|place| self.part(place, of)).max();
        self.in_text.sums(self.of.iter().enumerate().map(|(n, of)| (*of, best(n))))
    }

    fn reaches(&self, first: usize, last: usize) -> bool {
        let words = self.words[first..=last].iter().flatten().map(|word| word.1);
        first < last && self.in_text.reach(self.name, words, self.sums(first, last))
    }

    /// The first and the last word of the name that stand together with the one in the middle; `None`: they do not reach
    /// the line.
    pub(super) fn widest(&self, gap: usize) -> Option<(usize, usize)> {
        let behind = self.words.len().min(self.from + self.parts.len() / self.of.len().max(1));
        let first = self.farthest(gap, (self.from..self.at).rev());
        let last = self.farthest(gap, self.at + 1..behind);
        self.reaches(first, last).then_some((first, last))
    }

    /// The same without what adds nothing: the Saabs of "Luis Alberto Saab and Alex Saab" are two.
    pub(super) fn tightest(&self, gap: usize) -> Option<(usize, usize)> {
        let (mut first, mut last) = self.widest(gap)?;
        let gain = self.sums(first, last).agrees.gain;
        let adds = |first: usize, last: usize| self.sums(first, last).agrees.gain < gain;
        while first < self.at && !adds(first + 1, last) {
            first += 1;
        }
        while last > self.at && !adds(first, last - 1) {
            last -= 1;
        }
        self.reaches(first, last).then_some((first, last))
    }
}
