//! How much a word says: the surprise of meeting it in the name of somebody else.
//!
//! `data/population.tsv` has the words that are common in the names of people, in every script's key, with
//! −1000·log₂ of the share of a name's words that they are. It was made by `cargo xtask population` from the US
//! Census of 1990 (public domain), the name lists of Faker (MIT), the Wikidata rows (CC0) of arabic-name-romanizer and
//! short lists of our own; how they are mixed stands in `crates/xtask/src/population.rs`. The table never depends on
//! the loaded lists: a score must not change when somebody else is listed.
//!
//! A word that is not in the table is rarer than all of it. How much rarer, its letters say: `data/letters.tsv` has
//! their trigrams over the distinct words of the same sources. That is a weak witness (held out, the words of one
//! country were hardly more or less common for their letters), so the letters move an unlisted word only within the
//! few bits between the end of the table and [`CAP`].

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::weights::log2_millibits;

const WORDS: &str = include_str!("../data/population.tsv");
const LETTERS: &str = include_str!("../data/letters.tsv");

/// The most that one word can say, in millibits. A name of two words that nobody else has is one person in 2^48, which
/// is more than there are; beyond that, rarity is not evidence but noise of the model.
const CAP: i32 = 24_000;

/// An unlisted word whose letters are this surprising, in millibits, is as common as the last one in the table: short
/// words of ordinary letters.
const EASY: i32 = 12_000;

/// What each further bit of its letters' surprise adds to an unlisted word's, in thousandths. The words of a source
/// held out from the others gave 0 to 40, within lists that end where our interest begins; misspellings and invented
/// strings, which no list has, lie at the far end and are truly rarer, hence somewhat more. A usual surname of eight
/// letters (28 bits) is 1.6 bits above the table's end, and 62 bits reach the cap.
const SLOPE: i32 = 100;

/// Letters of a word that are looked at. Two bits a letter reach the cap by then; a word of any length costs no more.
const LETTERS_READ: usize = 32;

/// A word of one digit. Numbers are in the names of ships, units, aircraft and numbered companies, about one word in
/// fifteen there (4 bits), and small ones are more common than evenly spread digits would be (3 bits rather than 3.3).
const FIRST_DIGIT: i32 = 7_000;

/// Each further digit: log₂ 10, rounded down since numbers cluster (years, round ones).
const FURTHER_DIGIT: i32 = 3_000;

/// The millibits of surprise of meeting this word in the name of somebody else.
///
/// The key is a word's key as [`text::words`] gives it; anything else in it is ignored.
///
/// - A word of the table has its value there, a single letter the share of names' words that begin with it: an
///   initial agrees by chance as often as that.
/// - Digits alone have 7 bits and 3 for each digit after the first; in a word with letters they add that to the letters'.
/// - All others lie between the table's rarest and 24 bits, by their letters.
/// - Nothing says nothing: the empty key has 0.
#[must_use]
pub(crate) fn information(key: &str) -> i32 {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let letters = key.bytes().filter(u8::is_ascii_lowercase).count();
    let digits = i32::try_from(digits.min(16)).unwrap_or_default();
    let number = if digits == 0 { 0 } else { FIRST_DIGIT + FURTHER_DIGIT * (digits - 1) };
    if letters == 0 {
        return number.min(CAP);
    }
    let tables = &*TABLES;
    if let Some(bits) = tables.words.get(key) {
        return i32::from(*bits);
    }
    let bits = if letters == 1 {
        let letter = key.bytes().find(u8::is_ascii_lowercase).unwrap_or(b'a');
        i32::from(tables.initials[usize::from(letter - b'a')])
    } else {
        tables.rarest + (tables.surprise(key) - EASY).max(0).saturating_mul(SLOPE) / 1000
    };
    (bits + number).min(CAP)
}

/// The surprise of meeting any of several readings, in millibits: their shares of all words added up. 0 for none.
#[must_use]
pub(crate) fn any_of(readings: impl Iterator<Item = i32>) -> i32 {
    let share = |bits: i32| {
        let missing = (CAP - bits).clamp(0, CAP);
        let (whole, part) = (missing / 1000, missing % 1000);
        // As `log2_millibits`: straight between the powers of two, the same on every machine.
        (1_u64 << whole) * (1000 + part as u64) / 1000
    };
    let all: u64 = readings.map(share).sum();
    if all == 0 { 0 } else { (CAP - log2_millibits(u32::try_from(all).unwrap_or(u32::MAX))).max(0) }
}

/// Whether the word is in the table: common among the names of people.
#[must_use]
pub(crate) fn is_common(key: &str) -> bool {
    TABLES.words.contains_key(key)
}

/// The texts of the tables, to be named by their hash in receipts.
#[must_use]
pub(crate) fn table_text() -> [&'static str; 2] {
    [WORDS, LETTERS]
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::read(WORDS, LETTERS));

/// `^` or `a` to `z` before, `$` or `a` to `z` after: 27 each.
const SYMBOLS: usize = 27;

struct Tables {
    words: FxHashMap<&'static str, u16>,
    /// Of the least common word of the table.
    rarest: i32,
    initials: [u16; 26],
    /// Millibits of the third letter after the first two.
    letters: Vec<u16>,
}

impl Tables {
    fn read(words: &'static str, letters: &str) -> Tables {
        let mut tables = Tables {
            words: FxHashMap::with_capacity_and_hasher(words.len() / 12, rustc_hash::FxBuildHasher),
            rarest: 0,
            initials: [u16::MAX; 26],
            letters: Vec::new(),
        };
        for line in words.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, bits)) = line.split_once('\t') {
                let bits = number(bits);
                tables.words.insert(key, bits);
                tables.rarest = tables.rarest.max(i32::from(bits));
            }
        }
        tables.read_letters(letters);
        tables
    }

    /// Rows are sorted so that `*`, what any other letter has, comes before the letters of its two.
    fn read_letters(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(context), Some(next), Some(bits)) = (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let bits = number(bits);
            match (context.as_bytes(), next.as_bytes()) {
                ([b'*', b'*'], _) => self.letters = vec![bits; SYMBOLS * SYMBOLS * SYMBOLS],
                ([b'^'], [letter @ b'a'..=b'z']) => self.initials[usize::from(letter - b'a')] = bits,
                ([a, b], [next]) => {
                    let start = (symbol(*a) * SYMBOLS + symbol(*b)) * SYMBOLS;
                    let Some(row) = self.letters.get_mut(start..start + SYMBOLS) else { continue };
                    match next {
                        b'*' => row.fill(bits),
                        next => row[symbol(*next)] = bits,
                    }
                }
                _ => {}
            }
        }
    }

    fn surprise(&self, key: &str) -> i32 {
        let (mut a, mut b, mut sum) = (0, 0, 0_i32);
        let letters = key.bytes().filter(u8::is_ascii_lowercase).take(LETTERS_READ);
        for next in letters.chain([b'$']).map(symbol) {
            let bits = self.letters.get((a * SYMBOLS + b) * SYMBOLS + next).copied().unwrap_or_default();
            sum += i32::from(bits);
            (a, b) = (b, next);
        }
        sum
    }
}

/// `^` and `$` are 0, the letters 1 to 26.
fn symbol(byte: u8) -> usize {
    if byte.is_ascii_lowercase() { usize::from(byte - b'a') + 1 } else { 0 }
}

/// The digits of a table we wrote ourselves; a test reads it all strictly.
fn number(digits: &str) -> u16 {
    digits
        .bytes()
        .fold(0_u16, |n, digit| n.wrapping_mul(10).wrapping_add(u16::from(digit.wrapping_sub(b'0'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let rows = WORDS.lines().filter(|line| !line.starts_with('#'));
        let keys: Vec<&str> = rows
            .map(|row| {
                let (key, bits) = row.split_once('\t').expect(row);
                assert!(bits.parse::<u16>().is_ok_and(|bits| i32::from(bits) <= CAP), "{row}");
                key
            })
            .collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "sorted, each once");
        assert!(keys.iter().all(|key| key.len() > 1 && key.bytes().all(|b| b.is_ascii_lowercase())));
        assert_eq!(TABLES.words.len(), keys.len());
        for row in LETTERS.lines().filter(|line| !line.starts_with('#')) {
            assert!(row.rsplit('\t').next().is_some_and(|bits| bits.parse::<u16>().is_ok()), "{row}");
        }
        assert!(TABLES.initials.iter().all(|bits| (2_000..12_000).contains(bits)));
        assert_eq!(TABLES.letters.len(), SYMBOLS * SYMBOLS * SYMBOLS);
    }

    #[test]
    fn every_unlisted_word_is_rarer_than_the_table() {
        for word in ["shirinkar", "toghroljerdi", "qx", "aeo", "zzzzzz"] {
            let bits = information(word);
            assert!((TABLES.rarest..=CAP).contains(&bits), "{word} {bits}");
        }
    }

    /// Whoever changes the table changes these on purpose.
    #[test]
    fn ten_values() {
        let rows = [
            ("mohammad", 8472),
            ("smith", 9635),
            ("wang", 9087),
            ("ivanov", 11767),
            ("mhmd", 6443),
            ("kazemi", 12722),
            ("shirinkar", 21026),
            ("toghroljerdi", 23859),
            ("q", 7341),
            ("a320", 16286),
        ];
        for (key, bits) in rows {
            assert_eq!(information(key), bits, "{key}");
        }
    }

    /// The names that are common among the customers of banks look common, wherever they come from.
    #[test]
    fn common_names_of_all_peoples_are_common() {
        let common = "wang li zhang chen lee kim nguyen mohammad mohamed muhammad mohammed ahmed ali hassan hussein \
                      khan abdul abdullah ibrahim maria jose juan garcia rodriguez martinez smith jones brown john \
                      james michael mary robert david kumar singh rahman islam silva wong chan aung al bin de el";
        for word in common.split(' ') {
            assert!((5_000..11_200).contains(&information(word)), "{word} {}", information(word));
        }
        let usual = "ivanov ivanova vladimir sergey aleksandr ivanovich vladimirovich petrov park choi tran hosseini \
                     hossein kazemi rahimi mohammadi yilmaz sato tanaka rossi muller schmidt cohen okafor mwangi \
                     tesfaye patel sharma kowalski popescu chol jong khamenei mousavi";
        for word in usual.split(' ') {
            assert!((10_000..15_000).contains(&information(word)), "{word} {}", information(word));
        }
        for word in ["shirinkar", "prigozhin", "toghroljerdi", "kashian", "shinrakar", "deripaska"] {
            assert!(information(word) > 19_000, "{word} {}", information(word));
        }
        assert!(information("mhmd") < 8_000, "Arabic script: {}", information("mhmd"));
        for (common, rare) in
            [("smith", "smythe"), ("mohammad", "mohamad"), ("ivanov", "ivankov"), ("xu", "xue")]
        {
            assert!(information(common) < information(rare), "{common} {rare}");
        }
    }

    #[test]
    fn readings_add_up() {
        let rows: [(&[i32], i32); 6] = [
            (&[], 0),
            (&[24_000], 24_000),
            (&[8_472], 8_472),
            (&[12_000, 12_000], 11_000),
            (&[12_000, 12_000, 12_000, 12_000], 10_000),
            (&[8_000, 20_000], 8_000),
        ];
        for (readings, expected) in rows {
            let got = any_of(readings.iter().copied());
            assert!(got.abs_diff(expected) <= 2, "{readings:?}: {got}");
        }
    }

    #[test]
    fn letters_numbers_and_nothing() {
        let rows = [
            ("", 0),
            ("-", 0),
            ("7", 7_000),
            ("28", 10_000),
            ("123456789", CAP),
            ("qzxwvkjqzxwvkjqzxwvkj", CAP),
        ];
        for (key, bits) in rows {
            assert_eq!(information(key), bits, "{key}");
        }
        for length in [LETTERS_READ, 4_000, 100_000] {
            assert_eq!(information(&"x".repeat(length)), CAP, "{length} letters");
        }
        assert!(information("x") > information("m"));
        assert!(information("a1") > information("a"));
    }
}
