//! The words of a person's name: titles, particles, patronymics, which of them is the family name.

use std::sync::Arc;

use text::Word;

use crate::Lexicon;
use crate::parse::{NameKind, Role, Token, phrase};
use crate::tables::{ParticleKind, TitleKind, tables};

/// `FAMILY, Given Middle` becomes `Given Middle FAMILY`; returns how many words at the end are the family name.
/// A comma before nothing but titles (`Jane Doe, PhD`) is no such order.
fn given_names_first(words: &mut [Word]) -> usize {
    let Some(comma) = words.iter().position(|w| w.after_comma) else { return 0 };
    let titles = &tables().titles;
    if words[comma..]
        .iter()
        .all(|w| matches!(titles.get(&*w.key), Some(TitleKind::Title | TitleKind::Suffix)))
    {
        return 0;
    }
    words.rotate_left(comma);
    comma
}

/// How many words at the end are the family name by the habit of lists to print it in capitals: `Daniel PEREZ ROJAS`.
fn family_in_capitals(words: &[Word]) -> usize {
    let capitals = |w: &Word| w.native.chars().count() > 1 && w.native.chars().all(char::is_uppercase);
    let family = words.iter().rev().take_while(|w| capitals(w)).count();
    // A capitalised word before it: in a name all in capitals they say nothing.
    let given = &words[..words.len() - family];
    if given.iter().any(|w| w.native.chars().any(char::is_lowercase)) { family } else { 0 }
}

/// Endings of patronymics in Russian, Ukrainian and Belarusian, masculine and feminine, under the usual romanisations.
const PATRONYMICS: [&str; 14] = [
    "ovich", "evich", "ovitch", "evitch", "ovych", "evych", "yovych", "avich", "ovna", "evna", "ivna",
    "yivna", "auna", "ichna",
];

/// A patronymic stands between given and family name, or last where the family name came first.
fn is_patronymic(word: &Word, at: usize, words: usize) -> bool {
    let inside = at > 0 && words > 2 && at + 1 < words;
    inside && word.key.len() > 6 && PATRONYMICS.iter().any(|ending| word.key.ends_with(ending))
}

pub(crate) fn person(words: Vec<Word>, lexicon: &mut Lexicon) -> Vec<Arc<Token>> {
    let mut words = initials_apart(words);
    let family = match given_names_first(&mut words) {
        0 => family_in_capitals(&words),
        family => family,
    };
    let words = &words[..];
    let table = tables();
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let in_family = at + family >= words.len();
        let title = |p: &str| matches!(table.titles.get(p), Some(TitleKind::Title | TitleKind::Suffix));
        let keys = words[at..].iter().map(|w| &*w.key);
        if let Some(width) = phrase(keys, 3, title).filter(|width| {
            // A title stands before a name, a suffix after it: "Daniel King" and "MARQUES, Juan" have none.
            let last = at + width == words.len();
            let suffix =
                words[at..at + width].iter().all(|w| table.titles.get(&*w.key) == Some(&TitleKind::Suffix));
            // Inside a name a short one is a syllable: Tsai Ing-wen is no engineer.
            let inside = at > 0 && !last && words[at].key.len() <= 3;
            !in_family && !inside && if last { suffix && at > 0 } else { !suffix || at > 0 }
        }) {
            let titles = words[at..at + width].iter();
            tokens.extend(titles.map(|w| lexicon.token(w, Role::Title, NameKind::Person)));
            at += width;
            continue;
        }
        let word = &words[at];
        let last = at + 1 == words.len();
        let role = match table.titles.get(&*word.key) {
            Some(TitleKind::NameLike) if !last => Role::NameLike,
            Some(TitleKind::First) if at == 0 && !last && !in_family => Role::Title,
            _ if !last && is_link(words, at) => Role::Particle,
            _ if in_family && tokens.iter().any(|t: &Arc<Token>| t.role == Role::Family) => Role::Surname,
            _ if in_family => Role::Family,
            _ if is_patronymic(word, at, words.len()) => Role::Patronymic,
            _ => Role::Part,
        };
        tokens.push(lexicon.token(word, role, NameKind::Person));
        at += 1;
    }
    tokens
}

/// One capital letter is an initial ("Hans O Friedrich"), not the particle of "Garcia y Lopez".
pub(crate) fn is_particle(word: &Word) -> bool {
    let capital = word.key.len() == 1 && word.native.chars().all(char::is_uppercase);
    // Han and Hangul surnames (李 li, 이 i) are romanised to letters that are particles elsewhere.
    let capital = capital || text::is_east_asian(word.script);
    tables().particles.contains_key(&*word.key) && !capital
}

/// Whether a word links two names of a person.
fn is_link(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if !is_particle(word) {
        return false;
    }
    match tables().particles.get(&*word.key) {
        // The l of the article becomes the sound that follows: un-Nisa, ash-Sharif. Kim Un Chol has none.
        Some(ParticleKind::Article) if !word.key.ends_with('l') => {
            let assimilated = word.key.trim_start_matches(['a', 'e', 'i', 'o', 'u']);
            words.get(at + 1).is_some_and(|next| next.key.starts_with(assimilated))
        }
        // Li Wu has no Italian particle: before a single word it is a name.
        Some(ParticleKind::Family) => at > 0 || words.len() > 2,
        _ => true,
    }
}

/// Letters in a row that are a word written apart (P U T I N) rather than initials.
pub(crate) const SHORTEST_SPACED: usize = 4;

/// Puts words together that were written letter by letter, which hides them from a plain comparison.
pub(crate) fn spaced_letters_joined(words: Vec<Word>) -> Vec<Word> {
    let one = |w: &Word| w.script == text::Script::Latin && w.key.len() == 1;
    let run = |from: usize| words[from..].iter().take_while(|w| one(w)).count();
    if !(0..words.len()).any(|from| run(from) >= SHORTEST_SPACED) {
        return words;
    }
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let width = run(at);
        let mut word = words[at].clone();
        if width >= SHORTEST_SPACED {
            let letters = &words[at..at + width];
            word.native = letters.iter().map(|w| &*w.native).collect::<Vec<_>>().join(" ");
            word.key = letters.iter().map(|w| &*w.key).collect();
            word.disguised = true;
        }
        out.push(word);
        at += if width >= SHORTEST_SPACED { width } else { 1 };
    }
    out
}

/// `V.V. Putin` has two initials; the cutter of words takes letters with full stops for an acronym.
fn initials_apart(words: Vec<Word>) -> Vec<Word> {
    let titles = &tables().titles;
    let joined =
        |w: &Word| w.native.contains('.') && w.key.len() < SHORTEST_SPACED && !titles.contains_key(&*w.key);
    if !words.iter().any(joined) {
        return words;
    }
    let apart = |word: Word| -> Vec<Word> {
        if !joined(&word) {
            return vec![word];
        }
        let letters = word.native.split('.').filter_map(|letter| text::words(letter).pop());
        letters
            .map(|letter| Word { after_comma: word.after_comma, disguised: word.disguised, ..letter })
            .collect()
    };
    words.into_iter().flat_map(apart).collect()
}
