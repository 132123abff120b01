//! The words that a claim is made of, from the tables `data/claim_*.tsv`: one dictionary of words and runs of words, looked
//! up once for each place of a text, the longest run first.

use std::sync::LazyLock;

use super::rows::{forms, frame, group_kind, source_kind, word_class};
use crate::tables;
use model::{ClaimStatus, Predicate};
use rustc_hash::FxHashMap;

const VERBS: &str = include_str!("../../data/claim_verbs.tsv");
const NOUNS: &str = include_str!("../../data/claim_nouns.tsv");
const ROLES: &str = include_str!("../../data/claim_roles.tsv");
const SOURCES: &str = include_str!("../../data/claim_sources.tsv");
const SAYS: &str = include_str!("../../data/claim_says.tsv");
const HEDGES: &str = include_str!("../../data/claim_hedges.tsv");
const GROUPS: &str = include_str!("../../data/claim_groups.tsv");
const DEEDS: &str = include_str!("../../data/claim_deeds.tsv");
const WORDS: &str = include_str!("../../data/claim_words.tsv");

/// The form in which a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Base,
    Third,
    /// The past, which for most verbs is the participle too.
    Past,
    Participle,
    Ing,
}

/// Classes of words that hold sentences together (`claim_words.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Be,
    Have,
    Modal,
    Do,
    To,
    And,
    That,
    Relative,
    Preposition,
    /// "according to"
    According,
    Subordinate,
    Adverb,
    Determiner,
    Definite,
    Number(u32),
    Portion,
    Month,
    Weekday,
    /// He, she; his, her; it; its; they; their; I; our.
    Pronoun(Pronoun),
    Title,
    Corporate,
    /// A verb that claims nothing: it ends the words of another one.
    Finite,
}

/// Whom a pronoun may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    He,
    His,
    It,
    Its,
    They,
    Their,
    I,
    Our,
}

impl Pronoun {
    /// It stands for "of him", "of it" ...
    pub(crate) fn owns(self) -> bool {
        matches!(self, Self::His | Self::Its | Self::Their | Self::Our)
    }
}

/// What a group of somebodies is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Person,
    Organization,
    Thing,
}

/// Who is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceKind {
    Authority,
    Prosecutor,
    Outlet,
    Court,
    Statement,
    Accusation,
    Country,
    Speaker,
}

/// What a word or a run of words can be. Numbers are rows of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Verb(u16, Form),
    Noun(u16),
    Role(u16),
    Source(SourceKind),
    Say(Option<ClaimStatus>, Form),
    Hedge(ClaimStatus),
    /// It says that what was claimed has no ground.
    Doubt,
    Group {
        kind: Kind,
        plural: bool,
    },
    Deed(Form),
    Class(Class),
}

/// What a claim is about, seen from its verb or noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Agent,
    Patient,
    /// The subject of the clause, whatever the voice.
    Clause,
    /// Whose the object is: "froze his accounts".
    Owner,
    /// What follows one of these prepositions.
    After(&'static str),
}

/// What follows a preposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    Party,
    Offence,
    Deed,
}

/// A row of the tables of verbs and nouns.
#[derive(Debug)]
pub(crate) struct Frame {
    /// One of these runs of words must stand in the clause; empty: none.
    pub(crate) needs: Vec<&'static str>,
    pub(crate) subject: Vec<Slot>,
    pub(crate) object: Vec<Slot>,
    pub(crate) kind: Object,
    /// The claim stands without its object.
    pub(crate) optional: bool,
    pub(crate) predicate: Predicate,
    pub(crate) status: ClaimStatus,
}

/// A row of the table of roles.
#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) predicate: Predicate,
    /// The claim's subject is the one of whom the holder is it.
    pub(crate) reversed: bool,
    /// `-`: the other follows at once.
    pub(crate) links: &'static str,
}

/// A phrase: its words behind the first, and what it can be.
#[derive(Debug)]
pub(crate) struct Phrase {
    rest: Vec<Box<str>>,
    pub(crate) tags: Vec<Tag>,
}

/// The dictionary.
#[derive(Default)]
pub(crate) struct Lexicon {
    phrases: FxHashMap<Box<str>, Vec<Phrase>>,
    pub(crate) verbs: Vec<Frame>,
    pub(crate) nouns: Vec<Frame>,
    pub(crate) roles: Vec<Role>,
}

pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    // A test holds that every row is read.
    lexicon.fill();
    lexicon
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    tables::rows(table).map(|line| line.split('\t').map(str::trim).collect())
}

/// The cuts of a cell; none of an empty one.
pub(crate) fn cut(cell: &'static str, by: char) -> impl Iterator<Item = &'static str> {
    cell.split(by).map(str::trim).filter(|part| !part.is_empty())
}

impl Lexicon {
    /// Reads all tables, and says which rows could not be read.
    fn fill(&mut self) -> Vec<String> {
        let mut bad = Vec::new();
        let mut read = |table, row: &dyn Fn(&mut Self, &[&'static str]) -> Option<()>| {
            for cells in rows(table) {
                if row(self, &cells).is_none() {
                    bad.push(cells.join(" | "));
                }
            }
        };
        read(VERBS, &|lexicon, cells| {
            let [verb, rest @ ..] = cells else { return None };
            lexicon.verbs.push(frame(rest)?);
            let row = u16::try_from(lexicon.verbs.len() - 1).ok()?;
            forms(verb)?.into_iter().for_each(|(word, form)| lexicon.add(&word, Tag::Verb(row, form)));
            Some(())
        });
        read(NOUNS, &|lexicon, cells| {
            let [nouns, rest @ ..] = cells else { return None };
            lexicon.nouns.push(frame(rest)?);
            let row = u16::try_from(lexicon.nouns.len() - 1).ok()?;
            cut(nouns, ';').for_each(|noun| lexicon.add(noun, Tag::Noun(row)));
            Some(())
        });
        read(ROLES, &|lexicon, cells| {
            let [words, predicate, holder, links] = *cells else { return None };
            let predicate = Predicate::from_name(predicate)?;
            lexicon.roles.push(Role { predicate, reversed: holder == "other", links });
            let row = u16::try_from(lexicon.roles.len() - 1).ok()?;
            cut(words, ';').for_each(|word| lexicon.add(word, Tag::Role(row)));
            Some(())
        });
        read(SOURCES, &|lexicon, cells| {
            let [names, role] = *cells else { return None };
            let kind = source_kind(role)?;
            cut(names, ';').for_each(|name| lexicon.add(name, Tag::Source(kind)));
            Some(())
        });
        read(SAYS, &|lexicon, cells| {
            let [verb, rest @ ..] = cells else { return None };
            let status = rest.first().filter(|status| !status.is_empty());
            let status = status.map(|name| ClaimStatus::from_name(name).ok_or(())).transpose().ok()?;
            forms(verb)?.into_iter().for_each(|(word, form)| lexicon.add(&word, Tag::Say(status, form)));
            Some(())
        });
        read(HEDGES, &|lexicon, cells| {
            let [words, status] = *cells else { return None };
            let tag = match status {
                "doubt" => Tag::Doubt,
                status => Tag::Hedge(ClaimStatus::from_name(status)?),
            };
            cut(words, ';').for_each(|word| lexicon.add(word, tag));
            Some(())
        });
        read(GROUPS, &|lexicon, cells| {
            let [words, kind] = *cells else { return None };
            let (kind, plural) = group_kind(kind)?;
            cut(words, ';').for_each(|word| lexicon.add(word, Tag::Group { kind, plural }));
            Some(())
        });
        read(DEEDS, &|lexicon, cells| {
            let [verb] = *cells else { return None };
            forms(verb)?.into_iter().for_each(|(word, form)| lexicon.add(&word, Tag::Deed(form)));
            Some(())
        });
        read(WORDS, &|lexicon, cells| {
            let [class, words] = *cells else { return None };
            for word in cut(words, ' ') {
                let (word, number) = word.split_once('=').unwrap_or((word, "0"));
                let class = word_class(class, number.parse().ok()?)?;
                lexicon.add(&word.replace('_', " "), Tag::Class(class));
            }
            Some(())
        });
        for phrases in self.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        bad
    }

    fn add(&mut self, phrase: &str, tag: Tag) {
        let mut words = phrase.split(' ').filter(|word| !word.is_empty()).map(Box::from);
        let Some(first) = words.next() else { return };
        let rest: Vec<Box<str>> = words.collect();
        let phrases = self.phrases.entry(first).or_default();
        match phrases.iter_mut().find(|phrase| phrase.rest == rest) {
            Some(phrase) if phrase.tags.contains(&tag) => {}
            Some(phrase) => phrase.tags.push(tag),
            None => phrases.push(Phrase { rest, tags: vec![tag] }),
        }
    }

    /// The longest phrase that begins with a word in small letters, and how many words it has. `next(n)` writes the word
    /// that is `n` places on.
    pub(crate) fn longest(
        &self,
        word: &str,
        mut next: impl FnMut(usize, &str) -> bool,
    ) -> Option<(&[Tag], usize)> {
        let phrases = self.phrases.get(word)?;
        let fits = |phrase: &&Phrase| phrase.rest.iter().enumerate().all(|(n, word)| next(n + 1, word));
        phrases.iter().find(fits).map(|phrase| (&*phrase.tags, phrase.rest.len() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        assert_eq!(Lexicon::default().fill(), Vec::<String>::new());
    }

    #[test]
    fn the_longest_phrase_speaks() {
        let text = ["department", "of", "the", "treasury", "said"];
        let found = LEXICON.longest(text[0], |n, word| text.get(n) == Some(&word));
        assert_eq!(found, Some((&[Tag::Source(SourceKind::Authority)][..], 4)));
    }
}
