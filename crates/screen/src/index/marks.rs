//! What the words of a query can do, laid down on the words of the list.

use super::folded::{Folded, Sum};

/// What one word of the query can do for the names that hold a word.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    /// Which word of the query.
    pub(super) place: u32,
    /// What is gained over leaving it out, times [`super::UNIT`].
    pub(super) better: i64,
    /// The most that it is evidence of, in millibits.
    pub(super) bits: i32,
    /// Whether it is a part of what a run of the query can do.
    pub(super) of_run: bool,
}

impl Mark {
    /// What it comes to alone; `None` for a part of a run.
    fn alone(&self) -> Option<Sum> {
        (!self.of_run).then(|| Sum::of(self.better, self.bits))
    }
}

/// Marks by word of the list; empty between searches, but for its room.
#[derive(Default)]
pub(super) struct Marks {
    /// For each word of the list the last of its marks, from 1; 0 for none.
    last: Vec<u32>,
    laid: Vec<Laid>,
    /// What they come to on each word, of those that are on it alone or beside others.
    pub(super) folded: Folded,
}

struct Laid {
    mark: Mark,
    word: u32,
    /// The mark before it on the same word, from 1; 0 for none.
    before: u32,
}

impl Marks {
    /// Makes room for a list of so many words.
    pub(super) fn begin(&mut self, words: usize) {
        self.last.resize(words, 0);
    }

    pub(super) fn lay(&mut self, word: u32, mark: Mark) {
        let last = &mut self.last[word as usize];
        self.laid.push(Laid { mark, word, before: *last });
        *last = self.laid.len() as u32;
        self.folded.raise(word, mark.alone());
    }

    /// Whether anything can be done for the names that hold a word.
    pub(super) fn any(&self, word: u32) -> bool {
        self.last[word as usize] > 0
    }

    /// The marks on a word.
    pub(super) fn on(&self, word: u32) -> impl Iterator<Item = &Mark> {
        let at = |place: u32| self.laid.get(place.checked_sub(1)? as usize);
        std::iter::successors(at(self.last[word as usize]), move |laid| at(laid.before))
            .map(|laid| &laid.mark)
    }

    /// The most that one word of the query can do for the names that hold a word; `None` where runs of them can, which take
    /// it together.
    pub(super) fn most(&self, word: u32) -> Option<Sum> {
        let both = |a: Sum, b: Sum| Sum::of(a.better.max(b.better), a.bits.max(b.bits));
        self.on(word).try_fold(Sum::of(0, 0), |most, mark| Some(both(most, mark.alone()?)))
    }

    /// Takes all marks up again.
    pub(super) fn clear(&mut self) {
        for laid in self.laid.drain(..) {
            self.last[laid.word as usize] = 0;
            self.folded.remove(laid.word);
        }
    }
}
