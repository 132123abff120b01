//! Other spellings of the same name: by ear, by another romanisation, by another usage, with and without accents.

use crate::letters::like;
use crate::random::Random;
use crate::subject::{Group, Subject};
use crate::tables::{ACCENTS, NICKNAMES, ROMANISATIONS, SOUNDS, SPELLINGS, UK_US, rows};

/// Text in the case of what it stands for: capitals, a capital in front, or small.
pub(crate) fn cased(text: &str, as_in: &str) -> String {
    let letters: Vec<char> = as_in.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() > 1 && letters.iter().all(|c| c.is_uppercase()) {
        return text.to_uppercase();
    }
    match (letters.first(), text.chars().next()) {
        (Some(c), Some(first)) => format!("{}{}", like(first, *c), &text[first.len_utf8()..]),
        _ => text.to_owned(),
    }
}

/// The words of a name with where they stand, cut at whatever is no letter or digit.
pub(crate) fn pieces(name: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut start = None;
    for (i, c) in name.char_indices().chain([(name.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                pieces.push((from, &name[from..i]));
                start = None;
            }
            _ => {}
        }
    }
    pieces
}

/// The name with one piece of it exchanged.
pub(crate) fn exchanged(name: &str, (at, piece): (usize, &str), new: &str) -> String {
    format!("{}{new}{}", &name[..at], &name[at + piece.len()..])
}

/// Exchanges one word by a rule of letters. The first letter of the word is left as it is by rules for any place: a
/// name that is heard is at least begun right.
fn by_rule(name: &str, table: &'static str, least: usize, random: &mut Random) -> Option<String> {
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (at, piece) in pieces(name).into_iter().filter(|(_, p)| p.is_ascii() && p.len() >= least) {
        let word = piece.to_ascii_lowercase();
        for row in rows(table) {
            let [from, to, place] = row[..] else { continue };
            let end = word.len() - from.len().min(word.len());
            match place {
                "start" if word.starts_with(from) => found.push((at, from.len(), to)),
                "end" if word.ends_with(from) => found.push((at + end, from.len(), to)),
                "any" => {
                    found.extend(
                        word.match_indices(from)
                            .filter(|(i, _)| *i > 0)
                            .map(|(i, _)| (at + i, from.len(), to)),
                    );
                }
                _ => {}
            }
        }
    }
    let (at, length, to) = *random.pick(&found)?;
    // A sound of one letter in a word of capitals is capital too.
    let whole = pieces(name).into_iter().find(|(from, piece)| (*from..from + piece.len()).contains(&at));
    let shouted = whole.is_some_and(|(_, piece)| piece == piece.to_uppercase());
    let sound = &name[at..at + length];
    let new = if shouted { to.to_uppercase() } else { cased(to, sound) };
    Some(exchanged(name, (at, sound), &new))
}

/// As an English ear would write it down.
pub(crate) fn phonetic(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    by_rule(subject.name, SOUNDS, 5, random)
}

/// By another way of romanising a sound.
pub(crate) fn romanised(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    if subject.group != Group::Person {
        return None;
    }
    by_rule(subject.name, ROMANISATIONS, 4, random)
}

/// Exchanges one word that stands in a row of the table by another of the row. `from_first`: only the row's first word
/// is exchanged.
fn by_set(name: &str, table: &'static str, from_first: bool, random: &mut Random) -> Option<String> {
    let mut found = Vec::new();
    for (at, piece) in pieces(name) {
        let word = piece.to_lowercase();
        for row in rows(table) {
            let known = if from_first { row[0] == word } else { row.contains(&word.as_str()) };
            if known {
                found.extend(row.into_iter().filter(|other| *other != word).map(|other| (at, piece, other)));
            }
        }
    }
    let (at, piece, other) = *random.pick(&found)?;
    Some(exchanged(name, (at, piece), &cased(other, piece)))
}

/// Another usual spelling of a whole name: Mohammed, Muhammad.
pub(crate) fn usual(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    (subject.group == Group::Person).then(|| by_set(subject.name, SPELLINGS, false, random))?
}

/// A given name by its short form, beside at least one other name.
pub(crate) fn nickname(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    let parts = subject.parts()?;
    let first = parts.given.first()?;
    let short = by_set(first, NICKNAMES, true, random)?;
    let mut given = parts.given.clone();
    given[0] = &short;
    Some(parts.written(&given, &parts.family))
}

pub(crate) fn uk_us(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    (subject.group != Group::Person).then(|| by_set(subject.name, UK_US, false, random))?
}

pub(crate) fn accents_dropped(subject: &Subject<'_>, _: &mut Random) -> Option<String> {
    let plain = |c: char| {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let row = rows(ACCENTS).find(|row| row[1..].iter().any(|a| a.starts_with(lower)));
        row.and_then(|row| row[0].chars().next()).map_or(c, |plain| like(plain, c))
    };
    Some(subject.name.chars().map(plain).collect())
}

/// One letter with an accent that it may have in some language.
pub(crate) fn accent_added(subject: &Subject<'_>, random: &mut Random) -> Option<String> {
    if subject.script != "Latin" {
        return None;
    }
    let mut found = Vec::new();
    for (at, c) in subject.name.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()) {
        let lower = c.to_ascii_lowercase();
        let row = rows(ACCENTS).find(|row| row[0].starts_with(lower));
        found.extend(row.and_then(|row| row[1].chars().next()).map(|accented| (at, like(accented, c))));
    }
    let (at, accented) = *random.pick(&found)?;
    Some(format!("{}{accented}{}", &subject.name[..at], &subject.name[at + 1..]))
}
