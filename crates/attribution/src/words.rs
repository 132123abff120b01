//! Names and addresses as words that are equal where people mean the same.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// What a word of an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressWord {
    Street,
    Direction,
    Unit,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Small letters and digits, without marks; `#` for itself.
    pub plain: String,
    /// With each character that is taken for others as one of them.
    pub blurred: String,
    /// The short form, blurred, where it is a word of addresses; else `blurred`.
    pub short: String,
    /// What it is in an address.
    pub kind: Option<AddressWord>,
    /// Bytes of the text.
    pub range: Range<usize>,
}

impl Word {
    /// Whether it does not name anybody by itself: an initial, or which of two of one name.
    pub(crate) fn is_qualifier(&self) -> bool {
        self.plain.chars().count() == 1 || matches!(&*self.plain, "jr" | "sr" | "ii" | "iii")
    }
}

/// The words of a text. Apostrophes belong to their word (O'Brien), all other punctuation parts words.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (start.is_some() && matches!(c, '\'' | '\u{2019}'));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                push(text, from..at, &mut words);
                start = None;
            }
            _ => {}
        }
        if c == '#' {
            push(text, at..at + 1, &mut words);
        }
    }
    words
}

fn push(text: &str, range: Range<usize>, words: &mut Vec<Word>) {
    let written = &text[range.clone()];
    let plain = if written == "#" { written.to_owned() } else { text::fold(written) };
    if plain.is_empty() {
        return;
    }
    let blurred = blur(&plain);
    let known = ADDRESS_WORDS.get(&*blurred);
    let short = known.map_or_else(|| blurred.clone(), |(short, _)| short.clone());
    words.push(Word { plain, blurred, short, kind: known.map(|(_, kind)| *kind), range });
}

fn blur(word: &str) -> String {
    let mut whole = word.to_owned();
    for (pair, one) in &SLIPS.pairs {
        if whole.contains(pair) {
            whole = whole.replace(pair, one);
        }
    }
    whole.chars().map(|c| SLIPS.single.get(&c).copied().unwrap_or(c)).collect()
}

/// What is taken for what.
struct Slips {
    single: FxHashMap<char, char>,
    pairs: Vec<(&'static str, &'static str)>,
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    // `#` alone is a word of the table; a comment has a blank after it.
    table.lines().filter(|line| !line.starts_with("# ")).map(|line| line.split('\t').collect())
}

static SLIPS: LazyLock<Slips> = LazyLock::new(|| {
    let mut slips = Slips { single: FxHashMap::default(), pairs: Vec::new() };
    for row in rows(include_str!("../data/slips.tsv")) {
        let [one, also] = row[..] else { continue };
        for other in also.split(' ') {
            let (mut letters, to) = (other.chars(), one.chars().next());
            match (letters.next(), letters.next(), to) {
                (Some(letter), None, Some(to)) => {
                    slips.single.insert(letter, to);
                }
                _ => slips.pairs.push((other, one)),
            }
        }
    }
    slips
});

/// Blurred word to blurred short form and kind.
static ADDRESS_WORDS: LazyLock<FxHashMap<String, (String, AddressWord)>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for row in rows(include_str!("../data/address_words.tsv")) {
        if let [word, short, kind] = row[..] {
            let kind = match kind {
                "street" => AddressWord::Street,
                "direction" => AddressWord::Direction,
                _ => AddressWord::Unit,
            };
            words.insert(blur(word), (blur(short), kind));
        }
    }
    words
});

/// A street address: house and street, and the flat in the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// House number, direction, street, kind of street.
    pub house: Vec<Word>,
    /// Letters and digits of the flat, run together; empty: none.
    pub unit: String,
}

impl Address {
    /// Reads one. What follows a word for flats, or the last kind of street, is the flat, but for directions.
    pub(crate) fn read(text: &str) -> Self {
        let words = words(text);
        let marker = words.iter().position(|word| word.kind == Some(AddressWord::Unit));
        let street =
            words.iter().skip(2).rposition(|word| word.kind == Some(AddressWord::Street)).map(|at| at + 2);
        let end = marker.filter(|at| *at > 0).unwrap_or_else(|| {
            let after = |street| words[street..].iter().take_while(|w| w.kind.is_some()).count() + street;
            street.map_or(words.len(), after)
        });
        let rest = words[end..].iter().filter(|word| word.kind != Some(AddressWord::Unit));
        let unit = rest.map(|word| &*word.blurred).collect();
        let mut house = words;
        house.truncate(end);
        Self { house, unit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(text: &str) -> (String, String) {
        let address = Address::read(text);
        let words: Vec<&str> = address.house.iter().map(|word| &*word.short).collect();
        (words.join(" "), address.unit)
    }

    #[test]
    fn one_address_many_spellings() {
        let check = |a, b| assert_eq!(house(a), house(b), "{a} / {b}");
        check("1672 Badger Avenue", "1672 BADGER AVE.");
        check("1672 Badger Avenue", "l672 badgcr Avenuc");
        check("12 North Mill Street Apt 3B", "12 N. Mill St., Unit 3B");
        check("12 North Mill Street Apt 3B", "12 N MILL ST #3B");
        check("12 North Mill Street Apt 3B", "12 North Mill Street, Apartment 3-B");
        check("12 North Mill Street Apt 3B", "12 North Mill Street 3b");
        check("80 O'Brien Road", "8O OBrien Rd");
        check("7 Linden Farm Way", "7 Linden Farrn VVay");
        check("5 Union Court Street", "5 Union Ct St");
        check("9 Calle Jos\u{e9}", "9 Calle Jose");
    }

    #[test]
    fn another_house_is_another_house() {
        let check = |a, b| assert_ne!(house(a), house(b), "{a} / {b}");
        check("10 Mill Street", "18 Mill Street");
        check("12 Mill Street", "12 Mill Road");
        check("12 Mill Street", "12 North Mill Street");
        check("12 Mill Street Apt 3B", "12 Mill Street Apt 3A");
        let digits: Vec<String> = ('0'..='9').map(|c| blur(&c.to_string())).collect();
        assert_eq!(digits.iter().collect::<std::collections::BTreeSet<_>>().len(), 10);
    }

    #[test]
    fn the_tables_are_read() {
        let written = rows(include_str!("../data/address_words.tsv")).count();
        assert!(
            written > 60 && ADDRESS_WORDS.len() == written,
            "rows that blur into one another, or were not read"
        );
        assert_eq!((SLIPS.single.len(), &SLIPS.pairs[..]), (7, &[("rn", "m"), ("vv", "w")][..]));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_words_within_it(text in "\\PC*") {
            for word in words(&text) {
                proptest::prop_assert!(!text[word.range].is_empty());
            }
            Address::read(&text);
        }
    }
}
