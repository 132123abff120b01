//! Names of organisations that a document has named, written with small letters: tornado cash, the Dridex gang.
//!
//! What a list writes in capitals, mails write in small letters, and generic words in the press are small anyway. Words of
//! the language name nobody so, until the document names the party: then its listed names count in any case, word for word.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use model::NameStrength;
use names::NameKind;
use screen::Candidates;

use super::cues::{self, Cue};
use super::who::meets;
use super::{Context, Evidence, Finder, Found, Place};

/// Names that are looked for in one part of a document.
const MOST: usize = 4_000;

impl<C: Candidates + ?Sized> Finder<'_, C> {
    /// Where the organisations that the document has named stand once more under a listed name, with small letters.
    pub(super) fn spelt(&self, context: &mut Context, part: &str, found: &[Found]) -> Vec<Place> {
        let start = context.offset - part.len();
        let place = |(words, entity, compared): (Range<usize>, usize, &str)| {
            let range = words.start + start..words.end + start;
            if meets(found, &range) {
                return None;
            }
            let kind = NameKind::Organization;
            let scored = Arc::new(self.listed.score_as(compared, entity, kind)?);
            let evidence = Evidence { entity, compared: compared.into(), scored, short: false };
            let text = part[words].into();
            let described = Vec::new();
            // Dridex is a program, and no short name of its gang.
            let (another, kin, quoted, opens, teaches) = (false, false, false, false, false);
            Some(Place {
                range,
                another,
                text,
                kind,
                described,
                kin,
                quoted,
                opens,
                teaches,
                acronym: None,
                evidence,
            })
        };
        let named: Vec<usize> = context.of_entity.keys().copied().collect();
        self.in_small_letters(context, named, part).into_iter().filter_map(place).collect()
    }

    /// Where a part has names of some organisations with small letters: the bytes, the party, its name.
    pub(super) fn in_small_letters(
        &self,
        context: &mut Context,
        parties: impl IntoIterator<Item = usize>,
        part: &str,
    ) -> Vec<(Range<usize>, usize, &str)> {
        let mut parties: Vec<usize> = parties.into_iter().collect();
        parties.sort_unstable();
        let names: Vec<(usize, &str)> = parties
            .iter()
            .flat_map(|party| {
                let names = self.listed.entities.get(*party).names.iter();
                let several = names.filter(|name| {
                    name.kind == NameKind::Organization
                        && name.strength != NameStrength::Weak
                        && name.name.tokens.len() > 1
                });
                several.map(|name| (*party, &*name.name.text))
            })
            .collect();
        let of = (context.offset, parties);
        if context.small.of != of {
            let texts: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
            context.small = InSmallLetters { of, found: in_any_case(part, &texts) };
        }
        let found = context.small.found.iter();
        found.map(|(range, name)| (range.clone(), names[*name].0, names[*name].1)).collect()
    }
}

/// Where a part has names with small letters.
#[derive(Default)]
pub(super) struct InSmallLetters {
    /// Where the part ends, and whose names were looked for.
    of: (usize, Vec<usize>),
    /// The bytes, and which of the names.
    found: Vec<(Range<usize>, usize)>,
}

/// Where some names stand with small letters among theirs, and which of them; letters beyond ASCII must be as listed.
fn in_any_case(text: &str, names: &[&str]) -> Vec<(Range<usize>, usize)> {
    if names.is_empty() {
        return Vec::new();
    }
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(&names[..names.len().min(MOST)]);
    // Only patterns beyond any memory are refused.
    let Ok(finder) = finder else { return Vec::new() };
    let letter = |c: char| c.is_alphanumeric();
    let stands = |range: &Range<usize>| {
        let words = &text[range.clone()];
        let small = words.split(' ').any(|word| word.starts_with(char::is_lowercase));
        // "A basic element of the deal" is none of Basic Element.
        let article = || matches!(cues::before(text, range.start), Some(Cue::Article(_) | Cue::Another));
        small
            && !text[..range.start].ends_with(letter)
            && !text[range.end..].starts_with(letter)
            && !article()
    };
    let found = finder.find_iter(text).map(|hit| (hit.range(), hit.pattern().as_usize()));
    found.filter(|(range, _)| stands(range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_small_letters() {
        let names = ["TORNADO CASH", "BASIC ELEMENT", "DRIDEX GANG"];
        let text = "Tornado Cash, tornado cash, tornado cashier, a basic element, the Dridex gang";
        let found: Vec<&str> = in_any_case(text, &names).into_iter().map(|(range, _)| &text[range]).collect();
        assert_eq!(found, ["tornado cash", "Dridex gang"]);
    }
}
