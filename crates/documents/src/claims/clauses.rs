//! The clause of a verb: whether it is told as a fact, whose deed it is where no subject stands before it.

use super::chunks::{Noun, same};
use super::frames::Reading;
use super::lexicon::{Class, Form, Tag};
use super::tokens::Mark;

impl Reading<'_> {
    /// Whether the verb is told as a fact, not as a wish or a possibility.
    pub(crate) fn is_told(&self, at: usize, form: Form) -> bool {
        let sentence = self.sentence;
        let mut left = at;
        while let Some(before) = left.checked_sub(1) {
            left = before;
            match sentence.class(before) {
                Some(Class::To | Class::Modal) => return false,
                Some(Class::Do) => return true,
                Some(Class::Be) if form == Form::Ing => return self.is_told(before, Form::Past),
                Some(Class::Be | Class::Have | Class::Adverb) => {}
                _ if sentence.chunks[before].has(|tag| matches!(tag, Tag::Hedge(_))) => {}
                _ => break,
            }
        }
        form != Form::Ing
    }

    /// Who speaks right before the words at `at`: "X denied working for Y", "X denied any ties to Y".
    pub(crate) fn speaker_before(&self, at: usize) -> Vec<usize> {
        const BETWEEN: usize = 3;
        let speech = self
            .speeches
            .iter()
            .find(|speech| (at.saturating_sub(BETWEEN)..=at).contains(&speech.region.end));
        let region = speech.map_or(0..0, |speech| speech.region.clone());
        let last = region.clone().rev().find(|at| self.sentence.is_party(*at));
        last.map_or_else(Vec::new, |last| {
            self.sentence.list_before(last).into_iter().filter(|at| region.contains(at)).collect()
        })
    }

    /// "froze his accounts", "annulled X's listing": whose.
    pub(crate) fn owner_after(&self, at: usize) -> Vec<usize> {
        const WORDS: usize = 4;
        let end = self.sentence.chunks.len().min(at + WORDS);
        (at + 1..end).find(|here| self.sentence.owns(*here)).into_iter().collect()
    }

    /// "designated X for acting for Y", "for having acted": of X it is told.
    pub(crate) fn is_ground(&self, at: usize) -> bool {
        let having = |at: &usize| {
            matches!(self.sentence.class(*at), Some(Class::Have | Class::Adverb))
                || same(self.sentence.words(*at), "being")
        };
        let before = (0..at).rev().find(|at| !having(at));
        // "for being owned by X, or having acted for Y"
        let joined = before.is_some_and(|before| self.sentence.class(before) == Some(Class::And))
            && !self.grounds.0.is_empty()
            && before.is_some_and(|before| {
                same(self.sentence.words(before + 1), "having") || self.sentence.form(at) == Some(Form::Ing)
            });
        if joined {
            return true;
        }
        before.is_some_and(|before| {
            same(self.sentence.words(before), "for")
                && (before + 1 < at || self.sentence.form(at) == Some(Form::Ing))
        })
    }

    /// "a man working for Y", "X, acting for Y": the noun right before; "X, an officer of Z reporting to Y": X.
    pub(crate) fn reduced_before(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1).filter(|before| !self.sentence.spoken(*before))?;
        let comma = usize::from(self.sentence.mark(before, Mark::Comma));
        let noun = before.checked_sub(comma).filter(|noun| self.sentence.is_party(*noun))?;
        let role = |at: usize| self.sentence.chunks[at].has(|tag| matches!(tag, Tag::Role(_)));
        let of = (noun.saturating_sub(2)..noun).find(|at| same(self.sentence.words(*at), "of"));
        match of.filter(|of| *of > 0 && role(of - 1)) {
            Some(of) => (0..of).rev().find(|at| matches!(self.sentence.noun(*at), Some(Noun::Party(_)))),
            None => Some(noun),
        }
    }
}
