//! Names of organisations in Chinese, Japanese and Korean, written without blanks: their generic words parted from the
//! words that are the name.

use std::sync::LazyLock;

use icu_properties::props::Script;
use rustc_hash::FxHashMap;

use crate::han::simplified;
use crate::readings::{Readings, readings};
use crate::words::{Word, words};

const ROWS: &str = include_str!("../data/native_org_words.tsv");

struct Generic {
    /// Its words, each with what the tables of names call it.
    words: FxHashMap<&'static str, &'static str>,
    /// Characters of the longest.
    longest: usize,
}

static GENERIC: LazyLock<Generic> = LazyLock::new(|| {
    let words: FxHashMap<_, _> =
        ROWS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect();
    let longest = words.keys().map(|native| native.chars().count()).max().unwrap_or_default();
    Generic { words, longest }
});

/// Cuts the name of an organisation into words. As [`words`], and where a script writes without blanks (Han, Hangul,
/// Kana) its legal form and generic words are parted from the rest, under the keys that other scripts have for them.
///
/// ```
/// let keys = |text| text::organization_words(text).into_iter().map(|w| w.key).collect::<Vec<_>>().join(" ");
/// assert_eq!(keys("华为技术有限公司"), "huawei technology ltd");
/// assert_eq!(keys("삼성전자"), "samseong electronics");
/// assert_eq!(keys("Huawei Technologies"), "huawei technologies");
/// ```
#[must_use]
pub fn organization_words(text: &str) -> Vec<Word> {
    let found = words(text);
    if text.is_ascii() || !found.iter().any(is_unparted) {
        return found;
    }
    found.into_iter().flat_map(|word| if is_unparted(&word) { parted(&word) } else { vec![word] }).collect()
}

fn is_unparted(word: &Word) -> bool {
    matches!(word.script, Script::Han | Script::Hangul | Script::Hiragana | Script::Katakana)
}

/// The words of one that is written without blanks, by the longest generic word at each place.
fn parted(whole: &Word) -> Vec<Word> {
    let characters: Vec<char> = whole.native.chars().collect();
    let plain: Vec<char> = characters.iter().copied().map(simplified).collect();
    let (mut parts, mut rest, mut at) = (Vec::new(), String::new(), 0);
    while at < plain.len() {
        let Some((width, keys)) = generic_at(&plain[at..]) else {
            rest.push(characters[at]);
            at += 1;
            continue;
        };
        parts.append(&mut words(&std::mem::take(&mut rest)));
        let (mut from, count) = (at, keys.split(' ').count());
        for (n, key) in keys.split(' ').enumerate() {
            let end = if n + 1 == count { at + width } else { from + 1 };
            parts.push(generic(whole, &characters[from..end], key));
            from = end;
        }
        at += width;
    }
    parts.append(&mut words(&rest));
    for part in &mut parts {
        (part.after_comma, part.disguised) = (false, whole.disguised);
    }
    match parts.first_mut() {
        Some(first) => first.after_comma = whole.after_comma,
        None => parts.push(whole.clone()),
    }
    parts
}

fn generic_at(rest: &[char]) -> Option<(usize, &'static str)> {
    let generic = &*GENERIC;
    (2..=rest.len().min(generic.longest)).rev().find_map(|width| {
        let native: String = rest[..width].iter().collect();
        Some((width, *generic.words.get(&*native)?))
    })
}

/// A generic word under its key in other scripts; how it is read stands behind it.
fn generic(whole: &Word, native: &[char], key: &str) -> Word {
    let native: String = native.iter().collect();
    let read = readings(&native, crate::fold(&native), whole.script);
    let keys = std::iter::once(key.to_owned()).chain([read.key]).chain(read.others);
    let Readings { key, others, .. } = Readings::of(keys, String::new());
    Word { native, key, readings: others, ..whole.clone() }
}

#[cfg(test)]
mod tests {
    use super::{GENERIC, organization_words};
    use crate::han::simplified;

    #[test]
    fn names() {
        let rows = [
            ("北京大通贸易有限公司", "beijing datong trading ltd"),
            ("華為技術有限公司", "huawei technology ltd"),
            ("中国石油天然气集团公司", "china petroleum gas group"),
            ("株式会社ハヤブサ", "kk hayabusa"),
            ("주식회사 한라산업", "ltd hanra industry"),
            ("海南进出口公司", "hainan import export company"),
            ("有限公司", "ltd"),
            ("中国ABC公司", "china abc company"),
            ("华为", "huawei"),
            ("", ""),
        ];
        for (text, expected) in rows {
            let keys: Vec<String> = organization_words(text).into_iter().map(|w| w.key).collect();
            assert_eq!(keys.join(" "), expected, "{text}");
        }
        // Every character stands in one word.
        let natives: String =
            organization_words("北京進出口有限公司").into_iter().map(|w| w.native).collect();
        assert_eq!(natives, "北京進出口有限公司");
    }

    #[test]
    fn the_table_is_well_formed() {
        assert!(GENERIC.words.len() > 400);
        for (native, keys) in &GENERIC.words {
            assert!(native.chars().all(|c| simplified(c) == c), "{native} is not simplified");
            assert!(native.chars().count() >= keys.split(' ').count().max(2), "{native}");
            assert!(keys.bytes().all(|b| b.is_ascii_lowercase() || b == b' '), "{native}: {keys}");
        }
    }
}
