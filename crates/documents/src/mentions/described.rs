//! What the words beside a name call its bearer: the lieutenant colonel, the courier. A surname that is given again with one
//! of them means whoever it was said of.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::language::is_function_word;
use crate::tables::rows;

const KIN: &str = include_str!("../../data/kin_words.tsv");

static KIN_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| rows(KIN).filter_map(|row| row.split_once('\t')).map(|(_, word)| word).collect());

/// Letters that a word needs to describe somebody, and that two must share to be one word in two cases: подполковник,
/// подполковника.
const STEM: usize = 5;

/// Letters in which two cases of one word may differ in length.
const ENDING: usize = 3;

/// Words that are looked at on each side.
const WITHIN: usize = 4;

/// Bytes that are looked at on each side.
const REACH: usize = 120;

/// The words that describe the bearer of a name, in small letters as they stand: before it, and behind it after a comma.
pub(super) fn words(block: &str, name: &Range<usize>) -> Vec<Box<str>> {
    let head = &block[block.ceil_char_boundary(name.start.saturating_sub(REACH))..name.start];
    // "A programmer, met Anna Kashian": what stands before a comma was said of another.
    let head = head.rsplit(ENDS).next().and_then(|head| head.rsplit(',').next()).unwrap_or_default();
    let before = head.split_whitespace().rev().take(WITHIN);
    let tail = &block[name.end..block.floor_char_boundary(name.end + REACH)];
    let apposition = tail.trim_start_matches(['»', '”', '"']).strip_prefix(", ").unwrap_or_default();
    let apposition = apposition.split(ENDS).next().unwrap_or_default();
    let after = apposition.split_whitespace().take(WITHIN);
    before
        .chain(after)
        .map(|word| word.trim_matches(','))
        .filter(|word| describes(word))
        .map(Into::into)
        .collect()
}

/// Words before a name among which one for kin is looked for: "and a son, Said Kerimov".
const KIN_WITHIN: usize = 8;

/// Whether whoever a name means is introduced as kin of another: within a sentence, before the name.
pub(super) fn is_kin(block: &str, start: usize) -> bool {
    let head = &block[block.ceil_char_boundary(start.saturating_sub(REACH))..start];
    let head = head.rsplit(['.', ';', '!', '?']).next().unwrap_or_default();
    let words = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.rev().take(KIN_WITHIN).any(|word| KIN_WORDS.contains(&*word.to_lowercase()))
}

/// What ends what is said of a name.
const ENDS: [char; 6] = ['.', ';', ':', '!', '?', '('];

/// The word right before a name, where it describes the bearer.
pub(super) fn before(block: &str, start: usize) -> Option<Box<str>> {
    let head = block[..start].strip_suffix(' ')?;
    // A sentence may begin with it.
    let word = head.rsplit(char::is_whitespace).next()?.to_lowercase();
    describes(&word).then(|| word.into())
}

fn describes(word: &str) -> bool {
    let letters = word.chars().all(char::is_lowercase) && word.chars().count() >= STEM;
    letters && !is_function_word(word)
}

/// Whether two words are one in two cases.
pub(super) fn same(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longer = a.chars().count().max(b.chars().count());
    shared >= STEM && longer - shared <= ENDING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_a_name() {
        let rows = [
            ("погиб NAME, отставной подполковник и первый командир", "погиб отставной подполковник первый"),
            ("He left. The courier NAME came, later", "courier"),
            ("said NAME. Lawyers", ""),
            ("Kashian, a programmer, sued NAME", ""),
        ];
        for (text, expected) in rows {
            let at = text.find("NAME").unwrap_or_default();
            assert_eq!(words(text, &(at..at + 4)).join(" "), expected, "{text}");
        }
        assert_eq!(
            before("для подполковника NAME", "для подполковника ".len()).as_deref(),
            Some("подполковника")
        );
        assert!(
            is_kin("Kerimov's daughter, Gulnara, and his son NAME", 45) && !is_kin("His son came. NAME", 14)
        );
        assert!(same("подполковник", "подполковника") && !same("singer", "singapore"));
    }
}
