//! Proper names that stand alone in a text: a surname, the first word of a company.

use std::ops::Range;

use names::NameKind;
use screen::Candidates;

use super::cues::{self, Cue};
use super::described;
use super::lexicon::Lexicon;
use super::listed::Met;
use super::scan::{Case, Gap};
use super::verdict::{has_epithet, shouted};

/// A proper name of one word that stands alone.
#[derive(Clone, Debug)]
pub(super) struct Lone {
    pub(super) range: Range<usize>,
    /// For each of its words its forms, the word as it stands first: López Bello has two words.
    pub(super) words: Vec<Vec<Box<str>>>,
    /// The initials before it: M. V. Yakubets.
    pub(super) initials: Vec<Box<str>>,
    /// What the word before it says of it.
    pub(super) cue: Option<Cue>,
    /// Whether it stands in quotation marks by itself.
    pub(super) quoted: bool,
    /// What the word before it calls its bearer.
    pub(super) called: Option<Box<str>>,
    /// Whether it begins a sentence, which gives any word its capital letter.
    pub(super) opens: bool,
    /// Whether people bear it, in a script without capitals: تسنیم is a news agency and a girl.
    pub(super) borne: bool,
}

impl Lone {
    /// A short name at a place of a block.
    pub(super) fn at(
        block: &str,
        range: Range<usize>,
        words: Vec<Vec<Box<str>>>,
        initials: Vec<Box<str>>,
    ) -> Self {
        let apart = || cues::is_told_apart(block, &range).then_some(Cue::Another);
        let (cue, quoted) = (cues::before(block, range.start).or_else(apart), cues::is_quoted(block, &range));
        let called = described::before(block, range.start);
        Self { range, words, initials, cue, quoted, called, opens: false, borne: false }
    }

    pub(super) fn moved(self, by: usize) -> Self {
        Self { range: self.range.start + by..self.range.end + by, ..self }
    }

    /// Whether its last word, as it stands, has one of some endings of surnames.
    pub(super) fn is(&self, endings: &[&str]) -> bool {
        let Some(word) = self.words.last().and_then(|forms| forms.first()) else { return false };
        let parsed = names::parse(word, NameKind::Person);
        parsed.tokens.last().is_some_and(|token| endings.iter().any(|end| token.key().ends_with(end)))
    }

    /// Whether it may mean a party of a kind: the battleship is no person, a quoted surname a word.
    pub(super) fn may_mean(&self, kind: NameKind) -> bool {
        let person = kind == NameKind::Person;
        if self.borne && !person {
            return false;
        }
        match self.cue {
            Some(Cue::Another | Cue::Word) => false,
            Some(Cue::Place | Cue::Ship) => kind == NameKind::Vehicle,
            Some(Cue::Thing) => !person,
            Some(Cue::Article(_) | Cue::Title) | None => !(person && self.quoted),
        }
    }
}

/// Particles of names that also join two people.
const CONJUNCTIONS: [&str; 6] = ["and", "e", "et", "i", "und", "y"];

/// Words of a surname that stands alone, at most.
const SURNAMES: usize = 2;

/// The surnames and short names in a stretch: proper names alone, or beside titles and initials.
pub(super) fn lone<C: Candidates + ?Sized>(
    block: &str,
    stretch: &[Met],
    taken: &[bool],
    lexicon: &Lexicon<'_, C>,
    mut each: impl FnMut(Lone),
) {
    let initial = |at: usize| block[stretch[at].word.range()].chars().count() == 1;
    let capital = |at: usize| stretch[at].word.case.is_large();
    let beside = |at: usize| {
        (stretch[at].word.gap == Gap::Space
            && capital(at - 1)
            && !lexicon.get(stretch[at - 1].number).function)
            || stretch.get(at + 1).is_some_and(|next| next.word.gap == Gap::Space && capital(at + 1))
    };
    // "С Быстровым", "A Saab": a preposition is no initial.
    let of_name = |at: usize| capital(at) && !lexicon.get(stretch[at].number).function;
    let proper = |at: usize| {
        let entry = lexicon.get(stretch[at].number);
        let named = match stretch[at].word.case {
            // Tornado, GAZ: with a capital letter within a sentence a common word may be a short name too, behind a comma
            // or a colon also. Capitals are never due to the place.
            Case::Capital | Case::Capitals => {
                let gap = stretch[at].word.gap;
                let within = at > 0
                    || matches!(gap, Gap::Comma | Gap::Mark)
                    || (stretch[at].word.case == Case::Capitals && !shouted(stretch, at));
                entry.is_proper() || (!entry.function && within && !beside(at))
            }
            Case::None => entry.is_proper(),
            _ => false,
        };
        named && !taken[at] && !initial(at) && entry.country().is_none()
    };
    let mut at = 0;
    while at < stretch.len() {
        if !proper(at) {
            at += 1;
            continue;
        }
        let cased = stretch[at].word.case != Case::None;
        let joined = |next: usize| {
            cased && next < stretch.len() && stretch[next].word.gap == Gap::Space && proper(next)
        };
        let mut end = at + 1;
        while joined(end) {
            end += 1;
        }
        // Farhad Heydari is not Kiyumars: without capitals a given name beside it is another person's.
        let given = |at: usize| {
            let entry = lexicon.get(stretch[at].number);
            entry.known_name && !entry.function && stretch[at].word.gap == Gap::Space
        };
        let titled = || cues::before(block, stretch[at].word.start as usize) == Some(Cue::Title);
        let of_another = !cased && at > 0 && stretch[at].word.gap == Gap::Space && given(at - 1) && !titled();
        // Camilla Fabri de Saab: behind a particle it belongs to the name before.
        let spaced = |at: usize| stretch[at].word.gap == Gap::Space;
        let of_longer = at > 1
            && (spaced(at) && spaced(at - 1))
            && stretch[at - 1].word.case == Case::Small
            && lexicon.get(stretch[at - 1].number).particle
            && !CONJUNCTIONS.contains(&&block[stretch[at - 1].word.range()])
            && (capital(at - 2) && lexicon.get(stretch[at - 2].number).is_proper());
        if end - at <= SURNAMES && !of_another && !of_longer && !has_epithet(block, stretch, end - 1) {
            let mut first = at;
            while first > 0 && spaced(first) && initial(first - 1) && of_name(first - 1) {
                first -= 1;
            }
            let initials: Vec<Box<str>> =
                stretch[first..at].iter().map(|met| block[met.word.range()].into()).collect();
            let range = stretch[at].word.start as usize..stretch[end - 1].word.end as usize;
            let words: Vec<_> = (at..end).map(|at| forms(block, &stretch[at], lexicon)).collect();
            // "Sam Łukaszenka": the first word of a sentence may have its capital letter from there. "In the District of
            // Nebraska Yakubets alone": a place is no given name.
            let opens = stretch[at].word.gap >= Gap::Sentence;
            if end - at > 1 && (opens || lexicon.get(stretch[at].number).place) {
                let words = words[1..].to_vec();
                each(Lone::at(block, stretch[at + 1].word.start as usize..range.end, words, Vec::new()));
            }
            let opens = opens && stretch[at].word.case == Case::Capital;
            let borne = !cased && lexicon.get(stretch[at].number).known_name;
            each(Lone { opens, borne, ..Lone::at(block, range, words, initials) });
        }
        at = end;
    }
}

/// The forms of a word: as it stands, and in the nominative where its language has one.
pub(super) fn forms<C: Candidates + ?Sized>(
    block: &str,
    met: &Met,
    lexicon: &Lexicon<'_, C>,
) -> Vec<Box<str>> {
    let surface = met.word.surface(block);
    let inflected = lexicon.inflected(&surface);
    std::iter::once(surface.into()).chain(inflected.into_iter().map(Into::into)).collect()
}
