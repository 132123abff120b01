//! Names that one word is by itself: nearly all that its letters leave open a comparison closes, and it is made once.

use screen::{Candidates, Reading, Window};

use super::lexicon::{Entry, Lexicon};
use super::listed::{Listed, Met};

/// A listed name that a word may be by itself.
#[derive(Debug)]
pub(super) struct Alone {
    window: Window,
    /// Whether the word alone is a match. Otherwise a title or a legal form beside it may make it one.
    matches: bool,
}

/// Room that such a name takes, in numbers.
const ALONE: usize = size_of::<Alone>() / size_of::<u32>();

impl<'a, C: Candidates + ?Sized> Listed<'a, C> {
    /// The names that one word may be by itself, or with a title or a legal form beside it.
    pub(super) fn by_itself(
        &self,
        stretch: &[Met],
        at: usize,
        reading: Option<&Reading>,
        lexicon: &Lexicon<'a, C>,
        windows: &mut Vec<Window>,
    ) {
        let Some(reading) = reading.filter(|reading| reading.opens()) else { return };
        let here = |window: Window| Window { first: at, last: at, ..window };
        let entry = lexicon.get(stretch[at].number);
        if !entry.reading().is_some_and(|own| std::ptr::eq(own, reading)) {
            // The word and its neighbour as one: who is meant is told by both.
            windows.extend(lexicon.in_text().alone(reading).map(here));
            return;
        }
        let beside = |at: Option<usize>| stretch.get(at?).and_then(|met| lexicon.get(met.number).reading());
        let around = [beside(at.checked_sub(1)), beside(Some(at + 1))];
        let completed = |alone: &&Alone| {
            let goes_with = |word: &&Reading| lexicon.in_text().goes_with(word, alone.window.name);
            alone.matches || around.iter().flatten().any(goes_with)
        };
        windows.extend(self.alone(entry, lexicon).iter().filter(completed).map(|alone| here(alone.window)));
    }

    /// The names that a word may be by itself, worked out once: most that its letters leave open a comparison closes.
    fn alone<'e>(&self, entry: &'e Entry, lexicon: &Lexicon<'a, C>) -> &'e [Alone] {
        entry.alone.get_or_init(|| {
            let mut windows: Vec<Window> =
                entry.reading().into_iter().flat_map(|reading| lexicon.in_text().alone(reading)).collect();
            windows.sort_unstable();
            let mut alone: Vec<Alone> = Vec::new();
            for window in windows {
                let same = |of: &Alone| (of.window.entity, of.window.kind) == (window.entity, window.kind);
                let compared = alone.iter().rev().find(|of| same(of)).map(|of| of.matches);
                let as_it_stands = || entry.forms.first().map_or("", |form| &*form.text);
                let text = entry.form(lexicon.in_text(), window.name).unwrap_or_else(as_it_stands);
                let matches = compared.unwrap_or_else(|| self.score(text, &window).is_some());
                if !(matches && compared.is_some()) {
                    alone.push(Alone { window, matches });
                }
            }
            alone.retain(|alone| alone.matches || lexicon.in_text().has_beside(alone.window.name));
            lexicon.grew(ALONE * alone.len());
            alone.into()
        })
    }
}
