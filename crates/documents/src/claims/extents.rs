//! Where the words of an offence or a deed begin and end.

use std::ops::Range;

use super::chunks::{Noun, Part, same};
use super::grammar::{REACH, Sentence};
use super::lexicon::{Class, Form, SourceKind, Tag};
use super::tokens::Mark;

impl Sentence<'_> {
    /// The parts of what somebody is charged with, from the chunk `at` on: "conspiracy, fraud and bribery".
    pub(crate) fn offences(&self, at: usize) -> Vec<Range<usize>> {
        let limit = self.chunks.len().min(at + REACH);
        let mut parts = Vec::new();
        let mut first = at;
        let mut here = at;
        while here <= limit {
            let ends = here == limit || self.ends_offence(here, first == at && here == at);
            let cuts = !ends && (self.mark(here, Mark::Comma) || self.class(here) == Some(Class::And));
            if ends || cuts {
                if here > first {
                    parts.extend(self.offence(first..here));
                }
                first = here + 1;
            }
            if ends {
                break;
            }
            here += 1;
        }
        parts
    }

    fn ends_offence(&self, at: usize, is_first: bool) -> bool {
        let chunk = &self.chunks[at];
        if chunk.spoken || chunk.part == Part::Date {
            return true;
        }
        let words = self.words(at);
        match (&chunk.part, chunk.class()) {
            (Part::Mark(Mark::Semicolon | Mark::OpenParenthesis | Mark::CloseQuote), _) => true,
            (
                _,
                Some(
                    Class::That
                    | Class::Relative
                    | Class::Subordinate
                    | Class::Be
                    | Class::Have
                    | Class::Modal
                    | Class::Do
                    | Class::Finite,
                ),
            ) => true,
            (_, Some(Class::Preposition)) => {
                // "attacks on the agency", but "on Monday".
                let kept =
                    ["of", "with", "to", "on behalf of", "against"].iter().any(|kept| same(words, kept));
                let onto = same(words, "on")
                    && self.class(at + 1) == Some(Class::Definite)
                    && !self.chunks.get(at + 2).is_some_and(|next| next.part == Part::Date);
                !(kept || onto)
            }
            (Part::Noun(Noun::Pronoun(pronoun)), _) => !pronoun.owns(),
            (Part::Noun(Noun::Source(SourceKind::Court)), _) => true,
            _ if chunk
                .has(|tag| matches!(tag, Tag::Verb(_, form) | Tag::Deed(form) if *form == Form::Past)) =>
            {
                true
            }
            _ => !is_first && chunk.has(|tag| matches!(tag, Tag::Say(_, Form::Past))),
        }
    }

    /// One offence without "two counts of", "the alleged".
    fn offence(&self, range: Range<usize>) -> Option<Range<usize>> {
        let mut first = range.start;
        let counted = (range.start..range.end).take(4).find(|&at| same(self.words(at), "of"));
        let counts = |at: usize| {
            ["count", "counts", "charges", "charge", "offences", "offenses"]
                .iter()
                .any(|w| same(self.words(at), w))
        };
        if let Some(of) = counted.filter(|&of| (range.start..of).any(counts)) {
            first = of + 1;
        }
        let idle = |at: usize| {
            matches!(self.class(at), Some(Class::Determiner | Class::Definite | Class::Adverb))
                || self.chunks[at].has(|tag| matches!(tag, Tag::Hedge(_)))
                || matches!(self.chunks[at].part, Part::Mark(_))
        };
        while first < range.end && idle(first) {
            first += 1;
        }
        let tells = |at: usize| self.chunks[at].noun().is_some() || self.class(at).is_none();
        let told = (first..range.end).any(|at| tells(at) && !matches!(self.chunks[at].part, Part::Mark(_)));
        (first < range.end && told).then_some(first..range.end)
    }

    /// Where the words of a deed end that begin with its verb at `at`.
    pub(crate) fn deed_end(&self, at: usize) -> usize {
        const LONGEST: usize = 60;
        let limit = self.chunks.len().min(at + LONGEST);
        let ends = |&here: &usize| {
            let chunk = &self.chunks[here];
            let verb = |here: usize| {
                let mut here = here;
                while self.class(here) == Some(Class::Adverb) {
                    here += 1;
                }
                self.chunks.get(here).is_some_and(|chunk| {
                    self.class(here) == Some(Class::Be)
                        || self.class(here) == Some(Class::Have)
                        || chunk.has(|tag| {
                            matches!(
                                tag,
                                Tag::Verb(_, Form::Past | Form::Third) | Tag::Deed(Form::Past | Form::Third)
                            )
                        })
                })
            };
            let and = chunk.class() == Some(Class::And);
            let comma = chunk.is_mark(Mark::Comma);
            chunk.spoken
                || chunk.has(|tag| *tag == Tag::Doubt)
                || chunk.is_mark(Mark::Semicolon)
                || chunk.is_mark(Mark::Colon)
                || chunk.class() == Some(Class::Subordinate)
                // "that A bribed officials, that B forged papers and that both": one thing said after the other.
                || (and || comma) && self.class(here + 1) == Some(Class::That) && !same(self.words(here + 2), "of")
                || matches!(self.words(here), "before" | "after") && matches!(self.noun(here + 1), Some(Noun::Pronoun(pronoun)) if !pronoun.owns())
                || and && verb(here + 1)
                || comma && (self.class(here + 1) == Some(Class::Relative) || verb(here + 1))
                || comma && self.class(here + 1) == Some(Class::And) && (verb(here + 2) || verb(here + 3))
        };
        let mut end = (at + 1..limit).find(ends).unwrap_or(limit);
        let opens = |end: usize| (at..end).any(|here| self.mark(here, Mark::OpenQuote));
        while end > at + 1 && self.class(end - 1) == Some(Class::And) {
            end -= 1;
        }
        while end > at + 1
            && matches!(self.chunks[end - 1].part, Part::Mark(mark) if mark != Mark::CloseQuote || !opens(end))
        {
            end -= 1;
        }
        end
    }

    /// Bytes from the first chunk of a range to its last.
    pub(crate) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.chunks.get(range.start).map_or(0, |chunk| chunk.start);
        start..self.chunks.get(range.end.saturating_sub(1)).map_or(start, |chunk| chunk.end).max(start)
    }
}
