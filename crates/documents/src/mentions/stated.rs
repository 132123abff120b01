//! What a text states of whoever it names, right beside the name: the number of a ship, a birth year, an age, a father's name.
//!
//! It is compared as what a record says of itself is, by the same score. Where a listed party's own record says otherwise,
//! the text names somebody else of that name.

use std::ops::Range;
use std::sync::LazyLock;

use model::Property;
use names::NameKind;
use rustc_hash::FxHashMap;
use screen::{Candidates, Scored};

use super::listed::Hit;
use super::{Context, Finder};
use crate::tables::rows;

const TABLE: &str = include_str!("../../data/stated.tsv");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Imo,
    Born,
    Age,
    Old,
    Patronymic,
}

static CUES: LazyLock<FxHashMap<&'static str, Says>> = LazyLock::new(|| {
    let of = |row: &'static str| {
        let (says, word) = row.split_once('\t')?;
        let says = match says {
            "imo" => Says::Imo,
            "born" => Says::Born,
            "age" => Says::Age,
            "old" => Says::Old,
            "patronymic" => Says::Patronymic,
            _ => return None,
        };
        Some((word, says))
    };
    rows(TABLE).filter_map(of).collect()
});

/// Something that a text states of whoever it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// `imoNumber`, `birthDate`; `name` for a further part of the name.
    pub(super) property: Property,
    pub(super) value: String,
}

impl Stated {
    fn new(property: Property, value: impl Into<String>) -> Self {
        Self { property, value: value.into() }
    }

    fn born(year: i32) -> Self {
        Self::new(Property::BirthDate, year.to_string())
    }
}

/// A place that has the name of a listed party and means somebody else: the text states beside it what the party's record
/// contradicts, a birth year or the number of a ship.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// The words, as bytes of the document's text.
    pub range: Range<usize>,
    /// Place of the listed party among the candidates.
    pub entity: usize,
    /// The comparison, with the contradiction among its rows.
    pub scored: Scored,
}

/// Places of one document that are remembered with why they were set aside.
const MOST_SET_ASIDE: usize = 100;

impl<C: Candidates + ?Sized> Finder<'_, C> {
    /// A hit with what the text states beside the name. `None`: it is somebody else.
    pub(super) fn with_stated(
        &self,
        context: &mut Context,
        block: &str,
        mut hit: Hit,
        words: &Range<usize>,
    ) -> Option<Hit> {
        let Some(stated) = beside(block, words, hit.kind) else { return Some(hit) };
        match self.listed.with_stated(&hit, &stated) {
            Ok(scored) => hit.scored = scored,
            Err(scored) => {
                if context.set_aside.len() < MOST_SET_ASIDE {
                    let range = words.start + context.offset..words.end + context.offset;
                    context.set_aside.push(SetAside { range, entity: hit.entity, scored });
                }
                return None;
            }
        }
        Some(hit)
    }
}

/// Bytes behind a name in which it is looked for: an apposition.
const REACH: usize = 120;

/// Words behind a name among which a cue stands.
const CUE_WITHIN: usize = 3;

/// Words behind "born" among which the year stands: the day, the month, the place.
const YEAR_WITHIN: usize = 7;

/// Digits of an IMO number.
const IMO: usize = 7;

/// Years of age that a text gives of whoever it names.
const AGES: std::ops::RangeInclusive<i32> = 10..=110;

/// What a block states beside the name at a place.
pub(super) fn beside(block: &str, name: &Range<usize>, kind: NameKind) -> Option<Stated> {
    let tail = &block[name.end..block.floor_char_boundary(name.end + REACH)];
    // A sentence or a paragraph ends what is said of the name; so does another of a list.
    let end = tail.find([';', '!', '?', '。', '；']).unwrap_or(tail.len());
    let end = tail.find("\n\n").map_or(end, |blank| end.min(blank));
    let end = tail.find(". ").map_or(end, |stop| end.min(stop));
    let tail = &tail[..end];
    match kind {
        NameKind::Vehicle => number(tail),
        NameKind::Person => born(tail).or_else(|| age(block, tail)).or_else(|| patronymic(tail)),
        NameKind::Organization => None,
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn cue(word: &str) -> Option<Says> {
    CUES.get(word.to_lowercase().as_str()).copied()
}

/// The first words behind a name up to one that says so; a capital letter before it is another's name.
fn after_cue(tail: &str, says: Says) -> Option<impl Iterator<Item = &str>> {
    let mut words = words(tail);
    for word in words.by_ref().take(CUE_WITHIN) {
        if cue(word) == Some(says) {
            return Some(words);
        }
        if word.starts_with(char::is_uppercase) {
            return None;
        }
    }
    None
}

fn number(tail: &str) -> Option<Stated> {
    let mut after = after_cue(tail, Says::Imo)?.take(2);
    let number = after.find(|word| word.len() == IMO && word.bytes().all(|b| b.is_ascii_digit()))?;
    Some(Stated::new(Property::ImoNumber, number))
}

fn born(tail: &str) -> Option<Stated> {
    let mut after = after_cue(tail, Says::Born)?.take(YEAR_WITHIN);
    after.find_map(year).map(Stated::born)
}

/// A year in which somebody may be born, or of which a text may be.
fn year(word: &str) -> Option<i32> {
    let year = (word.len() == 4).then(|| word.parse::<i32>().ok()).flatten()?;
    (1900..2100).contains(&year).then_some(year)
}

/// The birth year of somebody whose age is given, by the latest year that the block speaks of.
fn age(block: &str, tail: &str) -> Option<Stated> {
    let age = age_of(tail).filter(|age| AGES.contains(age))?;
    let now = block.split(|c: char| !c.is_ascii_digit()).filter_map(year).max()?;
    Some(Stated::born(now - age))
}

fn age_of(tail: &str) -> Option<i32> {
    // "Kashian, 27, was": the news' way.
    let apposed = tail.strip_prefix([',', '，']).or_else(|| tail.strip_prefix(" ("));
    let alone = apposed.and_then(|rest| rest.split_once([',', '，', ')'])).map(|(age, _)| age.trim());
    if let Some(age) = alone.filter(|age| age.len() == 2).and_then(|age| age.parse().ok()) {
        return Some(age);
    }
    let mut after = tail.trim_start_matches([' ', ',', '(']);
    let with = |says: Says| CUES.iter().filter(move |(_, is)| **is == says).map(|(word, _)| *word);
    let named = with(Says::Age).find_map(|word| after.strip_prefix(word));
    if let Some(rest) = named {
        after = rest.trim_start();
    }
    let (age, rest) = count(after)?;
    let rest = rest.trim_start_matches([' ', '-']);
    let old = with(Says::Old).any(|word| rest.starts_with(word));
    (named.is_some() || old).then_some(age)
}

/// The number that a text begins with, in digits or in Chinese characters, and what follows.
fn count(text: &str) -> Option<(i32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end > 0 {
        return Some((text[..end].parse().ok()?, &text[end..]));
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).map(|n| n as i32);
    let (mut sum, mut last, mut end) = (0, None, 0);
    for c in text.chars() {
        match (c, digit(c)) {
            ('十', _) => sum = 10 * last.take().unwrap_or(1),
            (_, Some(n)) if last.is_none() => last = Some(n),
            _ => break,
        }
        end += c.len_utf8();
    }
    (end > 0).then(|| (sum + last.unwrap_or(0), &text[end..]))
}

/// A father's name in brackets: Denis Gusev (patronymic Andreyevich).
fn patronymic(tail: &str) -> Option<Stated> {
    let mut words = words(tail.strip_prefix(" (")?);
    words.next().filter(|word| cue(word) == Some(Says::Patronymic))?;
    words.next().filter(|word| word.starts_with(char::is_uppercase)).map(|w| Stated::new(Property::Name, w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert_eq!(CUES.len(), rows(TABLE).count());
    }

    #[test]
    fn what_is_stated_beside_a_name() {
        use NameKind::{Person, Vehicle};
        let rows = [
            ("NAME (IMO 9105085) sailed", Vehicle, Some("9105085")),
            ("NAME, IMO number 9105085", Vehicle, Some("9105085")),
            ("NAME and Grace (IMO 9105085)", Vehicle, None),
            ("NAME, lebanese, born in Sierra Leone in 1965", Person, Some("1965")),
            ("NAME, born on 2 January 1968 in Minsk", Person, Some("1968")),
            ("NAME, nacido en Barranquilla en 1971, entró", Person, Some("1971")),
            ("NAME and Alex Saab, born in 1971", Person, None),
            ("NAME left. He was born in 1971", Person, None),
            ("In 2020 NAME, 27, left", Person, Some("1993")),
            ("In 2020 NAME (27) left", Person, Some("1993")),
            ("In 2020 NAME, aged 27, left", Person, Some("1993")),
            ("In 2020 NAME, 27 years old, left", Person, Some("1993")),
            ("In 2020 NAME got 27 years", Person, None),
            ("NAME, 27, left", Person, None),
            ("2020年NAME今年四十三岁", Person, Some("1977")),
            ("2020年NAME今年十三岁", Person, Some("2007")),
            ("NAME (patronymic Andreyevich) is", Person, Some("Andreyevich")),
            ("NAME (Moscow)", Person, None),
        ];
        for (text, kind, expected) in rows {
            let at = text.find("NAME").unwrap_or_default();
            let stated = beside(text, &(at..at + 4), kind);
            assert_eq!(stated.as_ref().map(|stated| &*stated.value), expected, "{text}");
        }
    }
}
