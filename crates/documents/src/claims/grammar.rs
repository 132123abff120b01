//! Who does what to whom, as far as the order of the words tells: subjects, voices, lists, what follows a preposition.

use std::ops::Range;

use super::chunks::{Chunk, Noun, Part, same};
use super::lexicon::{Class, Form, Object, Slot, Tag};
use super::tokens::Mark;

/// How many chunks a search looks through: bounds the time of one that a hostile text makes long.
pub(crate) const REACH: usize = 120;

/// A sentence made ready: its chunks in their block.
pub(crate) struct Sentence<'a> {
    pub(crate) text: &'a str,
    pub(crate) chunks: Vec<Chunk>,
}

impl<'a> Sentence<'a> {
    #[inline]
    pub(crate) fn words(&self, at: usize) -> &'a str {
        self.chunks.get(at).map_or("", |chunk| &self.text[chunk.start..chunk.end])
    }

    #[inline]
    pub(crate) fn class(&self, at: usize) -> Option<Class> {
        self.chunks.get(at).and_then(Chunk::class)
    }

    #[inline]
    pub(crate) fn noun(&self, at: usize) -> Option<&Noun> {
        self.chunks.get(at).and_then(Chunk::noun)
    }

    #[inline]
    pub(crate) fn mark(&self, at: usize, mark: Mark) -> bool {
        self.chunks.get(at).is_some_and(|chunk| chunk.is_mark(mark))
    }

    #[inline]
    pub(crate) fn spoken(&self, at: usize) -> bool {
        self.chunks.get(at).is_some_and(|chunk| chunk.spoken)
    }

    #[inline]
    pub(crate) fn form(&self, at: usize) -> Option<Form> {
        self.chunks.get(at).and_then(Chunk::verb_form)
    }

    /// It stands for its owner: "his", or a noun with `'s`.
    #[inline]
    pub(crate) fn owns(&self, at: usize) -> bool {
        matches!(self.noun(at), Some(Noun::Pronoun(pronoun)) if pronoun.owns())
            || self.noun(at).is_some() && self.mark(at + 1, Mark::Possessive)
    }

    /// Somebody who can be the subject or object of a verb here.
    #[inline]
    pub(crate) fn is_party(&self, at: usize) -> bool {
        self.noun(at).is_some() && !self.owns(at)
    }

    #[inline]
    pub(crate) fn is_preposition(&self, at: usize) -> bool {
        matches!(self.class(at), Some(Class::Preposition | Class::To))
    }

    /// What may stand between a subject and its verb, or between parts of a verb.
    #[inline]
    pub(crate) fn is_auxiliary(&self, at: usize) -> bool {
        matches!(self.class(at), Some(Class::Be | Class::Have | Class::Modal | Class::Do | Class::Adverb))
            || self.chunks.get(at).is_some_and(|chunk| chunk.has(|tag| matches!(tag, Tag::Hedge(_))))
            || self.chunks.get(at).is_some_and(|chunk| chunk.part == Part::Date)
    }

    /// The index of the noun that stands before a verb as its helper words end: `Some(i)` is the last chunk before them.
    pub(crate) fn before_auxiliaries(&self, at: usize) -> Option<usize> {
        let mut left = at.checked_sub(1)?;
        while self.is_auxiliary(left) {
            left = left.checked_sub(1)?;
        }
        Some(left)
    }

    /// Whether the verb at `at` is in the passive voice. `prepositions` are those that the verb takes.
    pub(crate) fn is_passive(&self, at: usize, prepositions: &[Slot]) -> bool {
        // "run" is the base and the participle.
        let participle = |tag: &Tag| matches!(tag, Tag::Verb(_, form) | Tag::Say(_, form) | Tag::Deed(form) if matches!(form, Form::Past | Form::Participle));
        if !self.chunks.get(at).is_some_and(|chunk| chunk.has(participle)) {
            return false;
        }
        let mut left = at;
        while let Some(before) = left.checked_sub(1) {
            left = before;
            match self.class(before) {
                Some(Class::Be) => return true,
                Some(Class::Have) => return false,
                Some(Class::And) => {
                    // "was blacklisted and sanctioned": as the verb before.
                    let earlier = before.checked_sub(1).filter(|_| !self.object_follows(at));
                    // "was investigated for fraud, they said, and accused of threats": over what stands between.
                    let earlier = earlier.and_then(|earlier| self.verb_joined(earlier));
                    return earlier.is_some_and(|earlier| self.is_passive(earlier, prepositions));
                }
                _ if self.is_auxiliary(before) => {}
                _ => break,
            }
        }
        // "X, sanctioned by Y"; "X, sanctioned in 2019"; "X, charged with fraud".
        let takes = |slot: &Slot| matches!(slot, Slot::After(list) if self.is_one_of(at + 1, list));
        match self.form(at) {
            Some(Form::Participle) => return true,
            Some(Form::Base) => return false,
            _ => {}
        }
        same(self.words(at + 1), "by") || prepositions.iter().any(takes) || {
            let idle = self.chunks.get(at + 1).is_none_or(|next| {
                matches!(next.part, Part::Date | Part::Mark(_)) || next.class() == Some(Class::Preposition)
            });
            // "an official in Donetsk listed in 2022"
            let dated = self.chunks.get(at + 1).is_some_and(|next| next.part == Part::Date)
                || self.is_preposition(at + 1)
                    && self.chunks.get(at + 2).is_some_and(|next| next.part == Part::Date);
            let acts = matches!(self.noun(left), Some(Noun::Source(_) | Noun::Country(_) | Noun::Pronoun(_)));
            let stands = matches!(self.chunks[left].part, Part::Noun(_))
                || self.words(left).starts_with(char::is_uppercase);
            idle && self.mark(left, Mark::Comma) && left > 0 && self.is_party(left - 1)
                || dated && left + 1 == at && stands && !acts
        }
    }

    /// The participle before an "and", in the same clause.
    fn verb_joined(&self, at: usize) -> Option<usize> {
        const BETWEEN: usize = 16;
        let ends = |here: &usize| {
            self.mark(*here, Mark::Semicolon)
                || matches!(self.class(*here), Some(Class::That | Class::Relative | Class::Subordinate))
                    && !self.spoken(*here)
        };
        (at.saturating_sub(BETWEEN)..=at)
            .rev()
            .take_while(|here| !ends(here))
            .find(|here| !self.spoken(*here) && self.form(*here).is_some())
    }

    fn is_one_of(&self, at: usize, list: &str) -> bool {
        list.split(',').any(|preposition| same(self.words(at), preposition))
    }

    fn object_follows(&self, at: usize) -> bool {
        !self.object_of(at).is_empty()
    }

    /// A group, and directly behind it the one who is meant.
    pub(crate) fn is_apposed(&self, at: usize) -> bool {
        matches!(self.noun(at), Some(Noun::Group(_))) && matches!(self.noun(at + 1), Some(Noun::Party(_)))
    }

    /// The noun stands where an object stands: behind a verb or a preposition.
    pub(crate) fn is_object(&self, at: usize) -> bool {
        if ["he", "she", "they", "i", "we"].iter().any(|pronoun| same(self.words(at), pronoun)) {
            return false;
        }
        let mut left = at;
        while let Some(before) = left.checked_sub(1) {
            left = before;
            let chunk = &self.chunks[before];
            // "with his firm X", "of Y's firm X"
            if matches!(
                chunk.class(),
                Some(Class::Determiner | Class::Definite | Class::Number(_) | Class::Adverb)
            ) || self.owns(before)
                || chunk.is_mark(Mark::Possessive)
            {
                continue;
            }
            // "X is a car dealer and has": not the dealer.
            if chunk.class() == Some(Class::Be) {
                return true;
            }
            let says = chunk.has(|tag| matches!(tag, Tag::Say(..)));
            let verb = chunk.verb_form().is_some() && !says;
            let unknown = chunk.part == Part::Word && chunk.tags.is_empty() && {
                let word = self.words(before);
                (word.ends_with("ed") || word.ends_with("ing")) && !word.contains('-')
            };
            if chunk.class() == Some(Class::To) || chunk.class() == Some(Class::Preposition) {
                // "40 percent of X is owned": X is meant.
                return !before.checked_sub(1).is_some_and(|p| self.class(p) == Some(Class::Portion));
            }
            if chunk.part == Part::Word && chunk.tags.is_empty() && !unknown {
                continue;
            }
            return verb || unknown;
        }
        false
    }

    /// Where one of some prepositions stands in the clause behind `at`.
    pub(crate) fn preposition_after(&self, at: usize, list: &str) -> Option<usize> {
        let end = self.clause_end(at);
        (at + 1..end).find(|&here| self.is_one_of(here, list))
    }

    /// Where the clause ends that the verb or noun at `at` is in: at the next finite verb with a subject of its own.
    pub(crate) fn clause_end(&self, at: usize) -> usize {
        let limit = self.chunks.len().min(at + REACH);
        // "owned or controlled by": both take what follows.
        let mut at = at;
        while self.class(at + 1) == Some(Class::And)
            && self.form(at).is_some()
            && self.form(at + 2) == self.form(at)
        {
            at += 2;
        }
        let ends = |&here: &usize| {
            let chunk = &self.chunks[here];
            chunk.spoken
                || chunk.is_mark(Mark::Semicolon)
                || chunk.class() == Some(Class::That)
                || chunk.class() == Some(Class::Relative)
                || chunk.class() == Some(Class::Subordinate)
                || chunk.class() == Some(Class::Be) && !self.class(here - 1).is_some_and(|c| c == Class::To)
                || chunk.has(|tag| matches!(tag, Tag::Verb(_, form) | Tag::Deed(form) if *form != Form::Base && *form != Form::Ing))
        };
        (at + 1..limit).find(ends).unwrap_or(limit)
    }

    /// Where the clause begins that `at` is in.
    pub(crate) fn clause_start(&self, at: usize) -> usize {
        let begins = |&here: &usize| {
            let chunk = &self.chunks[here];
            chunk.spoken && crossed_speech(chunk)
                || chunk.is_mark(Mark::Semicolon)
                || matches!(chunk.class(), Some(Class::That | Class::Relative | Class::Subordinate))
                || chunk.has(|tag| matches!(tag, Tag::Verb(..) | Tag::Deed(_)))
        };
        let first = at.saturating_sub(REACH);
        (first..at).rev().find(begins).map_or(first, |here| here + 1)
    }

    /// Whether a run of words of a table stands between two chunks.
    pub(crate) fn stands_between(&self, range: Range<usize>, wanted: &str) -> bool {
        let wanted = wanted.as_bytes();
        let Some(first) = wanted.first() else { return false };
        let text = self.text.as_bytes();
        range.clone().any(|at| {
            let Some(chunk) = self.chunks.get(at) else { return false };
            // Within the words of a chunk one word may stand, at its beginning a run that goes on behind it.
            let last =
                if chunk.end - chunk.start > wanted.len() { chunk.end - wanted.len() } else { chunk.start };
            (chunk.start..=last).any(|here| {
                text[here].eq_ignore_ascii_case(first)
                    && (here == chunk.start || matches!(text[here - 1], b' ' | b'-'))
                    && text
                        .get(here..here + wanted.len())
                        .is_some_and(|words| words.eq_ignore_ascii_case(wanted))
                    && !text.get(here + wanted.len()).is_some_and(u8::is_ascii_alphanumeric)
            })
        })
    }
}

/// A verb of saying, or the "that" behind it: what stands before is not the clause's.
pub(crate) fn crossed_speech(chunk: &Chunk) -> bool {
    chunk.has(|tag| matches!(tag, Tag::Say(..) | Tag::Class(Class::That)))
}

/// Which kind of object a frame asks for, by its slots.
pub(crate) fn prepositions(slots: &[Slot]) -> Option<String> {
    let list: Vec<&str> = slots
        .iter()
        .filter_map(|slot| if let Slot::After(list) = slot { Some(*list) } else { None })
        .collect();
    (!list.is_empty()).then(|| list.join(","))
}

/// Whether an object is words, not a party.
pub(crate) fn is_words(kind: Object) -> bool {
    kind != Object::Party
}
