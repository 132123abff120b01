//! Legal forms as people type them: with a slip ("COMPANR", "JOINT STOKC COMPANY", "L7D"), run into the name
//! ("GHANALIMITED", "JSCARGUMENT") or cut in two ("COM PANY").
//!
//! A legal form says little, but a word that is not recognised as one would count as a rare part of the name. So a
//! word that no table knows is read as the word of a legal form that lies one edit away, and a known form at the end
//! of an unknown word is cut off it.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use text::{Script, Word, distance_within};

use crate::parse::{NameKind, digits_as_letters};
use crate::population::is_common;
use crate::tables::tables;

/// Letters that a word needs to be a misspelt one: a slip may have lost one of five. Shorter words lie near everything.
const SHORTEST_MENDED: usize = 4;

/// Words of legal forms that are common enough to be told with a slip in them, though they are short: near most short
/// ones lie the names of companies.
const MENDED: [&str; 5] = ["anonim", "group", "joint", "public", "stock"];

/// Letters from which any word of a legal form is told with a slip in it: hardly a name lies so near so long a word.
const LONG: usize = 7;

/// The words that are told with a slip in them, in an order that no hash decides.
static TOLD: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = FORM_WORDS.iter().copied().filter(|word| word.len() >= LONG).collect();
    words.extend(MENDED.iter().filter(|word| word.len() < LONG));
    words.sort_unstable_by_key(|word| (word.len(), *word));
    words
});

/// The same under the hash of their letters, and of their letters but one: two words that are a slip apart share one of
/// these. Every word of every organisation asks.
static BY_LETTERS: LazyLock<FxHashMap<u64, Vec<usize>>> = LazyLock::new(|| {
    let mut by_letters: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (place, word) in TOLD.iter().enumerate() {
        hashes(word).for_each(|hash| by_letters.entry(hash).or_default().push(place));
    }
    by_letters
});

/// The hashes of a word and of what is left of it without each of its letters (FNV-1a).
fn hashes(word: &str) -> impl Iterator<Item = u64> {
    let without = |left_out: usize| {
        let letters = word.bytes().enumerate().filter(move |(n, _)| *n != left_out);
        letters.fold(0xcbf2_9ce4_8422_2325, |hash, (_, letter)| {
            (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    (0..=word.len()).map(without)
}

/// The first word, the shortest first, that a key is a slip away from.
fn a_slip_away(key: &str) -> Option<&'static str> {
    // A word without end is none of them, and its letters are not to be gone through once for each.
    if TOLD.last().is_none_or(|longest| key.len() > longest.len() + 1) {
        return None;
    }
    let shared = hashes(key).filter_map(|hash| BY_LETTERS.get(&hash)).flatten().copied();
    shared.filter(|place| distance_within(key, TOLD[*place], 1).is_some()).min().map(|place| TOLD[place])
}

/// Letters of a name's word before a form that was run into it.
const SHORTEST_STEM: usize = 3;

/// Forms that are written before the name, which nothing natural begins with, and how many letters of the name's word
/// must follow: "ooo" may begin a word by chance, "jsc" hardly.
const RUN_ON: [(&str, usize); 9] = [
    ("jsc", 3),
    ("pjsc", 3),
    ("ojsc", 3),
    ("cjsc", 3),
    ("llc", 3),
    ("ooo", 6),
    ("company", 5),
    ("limited", 5),
    ("otvetstvennostyu", 3),
];

/// Forms that stand alone and are long enough to be told at the end of a word. Words such as "trading" may end a
/// name's word for good; these hardly do.
const RUN_IN: [&str; 10] = [
    "limited",
    "company",
    "corporation",
    "group",
    "holding",
    "holdings",
    "incorporated",
    "joint",
    "limitada",
    "sirketi",
];

/// Short forms that no natural word ends with, behind four letters of a name's word.
const RUN_IN_SHORT: [&str; 8] = ["llc", "pjsc", "ojsc", "jsc", "ltda", "ltd", "gmbh", "fzco"];
const SHORTEST_STEM_OF_SHORT: usize = 4;

/// Letters that each word of a legal form has where two are written as one ("LIMITEDLIABILITY").
const SHORTEST_OF_TWO: usize = 5;

/// Letters of the longest word that is taken apart or put together: two of the longest words of legal forms.
const LONGEST: usize = 64;

/// Letters of a word that was cut in two ("COM PANY").
const SHORTEST_CUT: usize = 6;

/// All words of legal forms.
static FORM_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| tables().legal_forms.keys().flat_map(|phrase| phrase.split(' ')).collect());

/// The word of a legal form that a word was meant to be, or its own key.
pub(crate) fn intended(word: &Word) -> &str {
    let key = &*word.key;
    if word.script == Script::Latin && key.len() > 2 && key.bytes().any(|b| b.is_ascii_digit()) {
        let readings = digits_as_letters(key, NameKind::Person);
        return readings.iter().find_map(|read| FORM_WORDS.get(read.as_str()).copied()).unwrap_or(key);
    }
    if key.len() < SHORTEST_MENDED || word.script != Script::Latin || is_known(key) {
        return key;
    }
    a_slip_away(key).unwrap_or(key)
}

fn is_known(key: &str) -> bool {
    let tables = tables();
    is_common(key)
        || tables.org_words.contains_key(key)
        || tables.numbers.contains_key(key)
        || FORM_WORDS.contains(key)
}

/// Puts words together that were cut in two: both parts are no words, or one of them is none, and the whole is a word of
/// legal forms or a generic one.
pub(crate) fn rejoined(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        if let Some(before) = out.last_mut()
            && before.script == Script::Latin
            && word.script == Script::Latin
            && !word.after_comma
            && (SHORTEST_CUT..=LONGEST).contains(&(before.key.len() + word.key.len()))
            && !(is_known(&before.key) && is_known(&word.key))
            && is_generic(&format!("{}{}", before.key, word.key))
        {
            before.native += &word.native;
            before.key += &word.key;
            continue;
        }
        out.push(word);
    }
    out
}

fn is_generic(key: &str) -> bool {
    FORM_WORDS.contains(key) || tables().org_words.contains_key(key)
}

/// Cuts forms off the words they were run into.
pub(crate) fn split_off_forms(words: Vec<Word>) -> Vec<Word> {
    if !words.iter().any(|word| run_in(word).is_some()) {
        return words;
    }
    words
        .into_iter()
        .flat_map(|word| match run_in(&word) {
            Some(at) => {
                let part = |range: std::ops::Range<usize>, after_comma| Word {
                    native: word.native[range.clone()].to_owned(),
                    key: word.key[range].to_owned(),
                    after_comma,
                    ..word.clone()
                };
                vec![part(0..at, word.after_comma), part(at..word.key.len(), false)]
            }
            None => vec![word],
        })
        .collect()
}

/// Where a form begins that was run into a word.
fn run_in(word: &Word) -> Option<usize> {
    let key = &*word.key;
    // Letter for letter as typed: only then can the typed word be cut where its key is.
    if word.native.len() != key.len() || !word.native.is_ascii() {
        return None;
    }
    if key == "jointstock" {
        return Some("joint".len());
    }
    if is_known(key) {
        return None;
    }
    let two = |at: &usize| [&key[..*at], &key[*at..]].iter().all(|part| FORM_WORDS.contains(part));
    let both_long = SHORTEST_OF_TWO..(key.len() + 1).saturating_sub(SHORTEST_OF_TWO);
    if key.len() <= LONGEST
        && let Some(at) = both_long.into_iter().find(two)
    {
        return Some(at);
    }
    let run_on = |(form, rest): &&(&str, usize)| key.starts_with(form) && key.len() >= form.len() + rest;
    if let Some((form, _)) = RUN_ON.iter().find(run_on) {
        return Some(form.len());
    }
    let ends = |forms: &'static [&str], stem: usize| {
        forms.iter().filter_map(|form| key.strip_suffix(form).map(str::len)).filter(move |&at| at >= stem)
    };
    ends(&RUN_IN, SHORTEST_STEM).chain(ends(&RUN_IN_SHORT, SHORTEST_STEM_OF_SHORT)).min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::{NameKind, Role, parse};

    proptest! {
        /// It is the word that a look at all of them finds.
        #[test]
        fn no_slip_is_missed(place in 0..TOLD.len(), at in 0..12_usize, letter in "[a-z]?", drop in 0..3_usize, other in "[a-z]{4,9}") {
            let word = TOLD[place];
            let at = at.min(word.len());
            let slipped = format!("{}{letter}{}", &word[..at], &word[(at + drop).min(word.len())..]);
            let mut swapped = word.as_bytes().to_vec();
            swapped.swap(at.min(word.len() - 1), (at + 1).min(word.len() - 1));
            for key in [slipped, String::from_utf8_lossy(&swapped).into_owned(), other] {
                let found = TOLD.iter().copied().find(|told| distance_within(&key, told, 1).is_some());
                prop_assert_eq!(a_slip_away(&key), found, "{}", key);
            }
        }
    }

    fn check(rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            let name = parse(text, NameKind::Organization);
            let words: Vec<String> = name
                .tokens
                .iter()
                .map(|t| if t.role == Role::LegalForm { format!("[{}]", t.text) } else { t.text.to_string() })
                .collect();
            assert_eq!(words.join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn forms_with_a_slip() {
        check(&[
            ("Bakhtar Commercial Companr", "Bakhtar Commercial [Companr]"),
            ("JOINT STOCZK COMPANY ARSENAL", "[JOINT STOCZK COMPANY] ARSENAL"),
            ("ROMASHKA LIMITED LIABBLITY COMPANY", "ROMASHKA [LIMITED LIABBLITY COMPANY]"),
            ("RAIN DIS TICARET LIMITDE SRIKETI", "RAIN [DIS TICARET LIMITDE SRIKETI]"),
            ("VITYAZ JOIN STOCK COMPANY", "VITYAZ [JOIN STOCK COMPANY]"),
            ("Compass Marine Limited", "Compass Marine [Limited]"),
            ("Hara LLC", "Hara [LLC]"),
            ("Lmited Trading", "Lmited Trading"),
            ("ALHARAM FOR EXCHANGE L7D", "ALHARAM FOR EXCHANGE [L7D]"),
            ("FEDERAL STATE UNNITARY ENTERPRISE MORYE", "[FEDERAL STATE UNNITARY ENTERPRISE] MORYE"),
            ("NORTH DRILLING COM PANY", "NORTH DRILLING [COMPANY]"),
            ("GLENDOR FIN ANCE S.A.", "GLENDOR FINANCE [S.A]"),
            ("Vektor PJSC", "Vektor [PJSC]"),
        ]);
    }

    #[test]
    fn forms_run_into_the_name() {
        check(&[
            ("STAR TRADE GHANALIMITED", "STAR TRADE GHANA [LIMITED]"),
            ("FAKHAR MOGHADDAMGROUP", "FAKHAR MOGHADDAM [GROUP]"),
            ("JSCARGUMENT", "[JSC] ARGUMENT"),
            ("RUSATOM OVERSEASJOINT STOCK COMPANY", "RUSATOM OVERSEAS [JOINT STOCK COMPANY]"),
            ("PUBLIC JOINTSTOCK COMPANY SEVERSTAL", "[PUBLIC JOINT STOCK COMPANY] SEVERSTAL"),
            ("UNLIMITED", "UNLIMITED"),
            ("LIMITEDLIABILITY COMPANY LEX", "[LIMITED LIABILITY COMPANY] LEX"),
            ("LIMITED LIABILITY COMPANYKALININGRAD", "[LIMITED LIABILITY COMPANY] KALININGRAD"),
            ("KURGANMASHZAVODPJSC", "KURGANMASHZAVOD [PJSC]"),
            ("PARSEKLLC", "PARSEK [LLC]"),
            ("JSCVMP AVITEK", "[JSC] VMP AVITEK"),
        ]);
    }
}
