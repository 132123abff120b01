//! How far a name goes in a text: the words as they are compared, and those beside them that belong to it.

use std::sync::LazyLock;

use names::{NameKind, Role};
use rustc_hash::FxHashSet;
use screen::{Candidates, Window};

use super::lexicon::{Lexicon, roles_in_organization};
use super::listed::Met;
use super::scan::{Case, Gap};
use crate::tables::rows;

/// Words around that may be part of a longer name.
const LONGER: usize = 3;

/// Whether a word may belong to the name beside it; `right` is the one of the two that stands behind the gap.
pub(super) fn may_grow(met: &Met, right: &Met) -> bool {
    right.word.gap <= Gap::Comma && met.word.case != Case::Small
}

/// Whether words of a name are written in small letters where the script has large ones.
pub(super) fn is_small<C: Candidates + ?Sized>(words: &[Met], lexicon: &Lexicon<'_, C>) -> bool {
    words.iter().any(|met| met.word.case == Case::Small && !lexicon.get(met.number).particle)
}

/// The words as they are compared: as they stand, with those in the nominative that are like the name's in no other case.
pub(super) fn spelled<C: Candidates + ?Sized>(
    block: &str,
    words: &[Met],
    window: &Window,
    lexicon: &Lexicon<'_, C>,
) -> String {
    let mut text = String::new();
    for (n, met) in words.iter().enumerate() {
        if n > 0 {
            text.push_str(if met.word.gap == Gap::Comma { ", " } else { " " });
        }
        match lexicon.get(met.number).form(lexicon.in_text(), window.name) {
            Some(form) => text.push_str(form),
            None => text.push_str(&met.word.surface(block)),
        }
    }
    text
}

const PLACES: &str = include_str!("../../data/place_names.tsv");

static PLACE_NAMES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| rows(PLACES).collect());

/// Whether some words are the name of a city or a province.
pub(super) fn is_place(text: &str) -> bool {
    PLACE_NAMES.contains(&*text.to_lowercase())
}

/// Whether some words are nothing but places and generic words of organisations: Nizhny Novgorod, Hong Kong Electronics.
pub(super) fn says_little(text: &str) -> bool {
    let little = |role: &Role| matches!(role, Role::Generic | Role::LegalForm | Role::Place);
    roles_in_organization(text).iter().all(little)
}

/// The window with the words beside it that can only belong to the same name: proper names for a person, whatever has a
/// capital letter for an organisation, "of" and a place too. A sentence may begin with a capital letter for its own sake.
pub(super) fn longer<C: Candidates + ?Sized>(
    block: &str,
    stretch: &[Met],
    window: &Window,
    lexicon: &Lexicon<'_, C>,
) -> (usize, usize) {
    let of_person = window.kind == NameKind::Person;
    let belongs = |at: usize| {
        let met = &stretch[at];
        let entry = lexicon.get(met.number);
        met.word.case.is_large()
            && if of_person { entry.is_proper() } else { !entry.function && !entry.title }
    };
    // "Fleurette Africa Resources I. Pieter Deboutte": behind a firm's number a stop ends the sentence.
    let numbered = |at: usize| {
        let word = stretch[at - 1].word;
        let several = window.last > window.first + 1;
        !of_person && several && word.end - word.start == 1 && block[word.end as usize..].starts_with(". ")
    };
    let apart = |at: usize| stretch[at].word.gap != Gap::Space || at > window.last && numbered(at);
    // "Wiktarowi Łukaszence Narodowy Komitet": what stands before a generic word begins an organisation's name.
    let of_another = |at: usize| {
        let next = stretch.get(at + 1).filter(|next| of_person && next.word.gap == Gap::Space);
        next.is_some_and(|next| next.word.case.is_large() && lexicon.get(next.number).organizational)
    };
    let (mut first, mut last) = (window.first, window.last);
    // "Глава Чечни Рамзан Кадыров": neither a place nor what only begins a sentence is a part of the name behind it.
    let foreign = |at: usize| {
        let entry = lexicon.get(stretch[at].number);
        // "In Yerevan Blue Airways rented out jets": where a sentence begins with a place, the name stands behind it.
        let begins = |before: &Met| {
            before.word.gap >= Gap::Sentence
                && lexicon.get(before.number).function
                && stretch[at].word.gap == Gap::Space
        };
        let adverbial = || entry.place && at.checked_sub(1).is_some_and(|before| begins(&stretch[before]));
        (of_person && (entry.place || stretch[at].word.gap >= Gap::Sentence && !entry.known_name))
            || adverbial()
    };
    while first > 0
        && window.first - first < LONGER
        && !apart(first)
        && belongs(first - 1)
        && !foreign(first - 1)
    {
        first -= 1;
    }
    while last + 1 < stretch.len()
        && last - window.last < LONGER
        && !apart(last + 1)
        && belongs(last + 1)
        && !of_another(last + 1)
    {
        last += 1;
    }
    let links = |at: usize| matches!(&block[stretch[at].word.range()], "of" | "de" | "del" | "du");
    if !of_person && last == window.last && last + 2 < stretch.len() {
        // The Security Service of Ukraine is not Russia's; the Mehdi Group of Ali Mehdi is his.
        let seat = || {
            let entry = lexicon.get(stretch[last + 2].number);
            entry.says_little() || !entry.known_name
        };
        let linked = links(last + 1) && !apart(last + 1) && !apart(last + 2) && belongs(last + 2) && seat();
        last += if linked { 2 } else { 0 };
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_order() {
        assert!(rows(PLACES).collect::<Vec<_>>().is_sorted_by(|a, b| a < b));
        assert!(is_place("Buenos Aires") && !is_place("Buenos Aires Servicios"));
    }
}
