//! Letters by which the language of a Latin word is told.

use crate::readers::Reader::{self, Caron, Continental, English, French, German};

/// The groups of letters that are signs of a language, one after the other; a machine word has a bit for each letter.
const GROUPS: [&[u8]; 32] = [
    b"c", b"j", b"w", b"ae", b"ch", b"ck", b"cz", b"dd", b"ee", b"ev", b"gh", b"gu", b"ij", b"ji", b"jj",
    b"jy", b"kh", b"ng", b"oe", b"oj", b"oo", b"ou", b"ov", b"qu", b"sh", b"sk", b"sz", b"tz", b"ue", b"yj",
    b"zh", b"sch",
];

/// Which of [`GROUPS`] a word has: the bits of their last letters.
#[derive(Clone, Copy)]
pub(crate) struct Signs(u64);

/// What is romanised for English readers.
const ENGLISH_WAYS: Signs = Signs::named(&[b"sh", b"kh", b"gh", b"zh"]);
const W: Signs = Signs::named(&[b"w"]);
const CH_OR_J: Signs = Signs::named(&[b"ch", b"j"]);
const CONTINENTAL: Signs = Signs::named(&[b"j", b"w", b"sz", b"cz", b"oe", b"sk", b"ov", b"ev"]);
const NOT_CONTINENTAL: Signs = Signs::named(&[b"sh", b"kh", b"gh", b"zh", b"ng", b"ji", b"jj", b"jy"]);
const GERMAN: Signs = Signs::named(&[b"sch", b"w", b"tz", b"yj", b"ae", b"oe", b"ue"]);
const C: Signs = Signs::named(&[b"c"]);
const C_EXPLAINED: Signs = Signs::named(&[b"ch", b"ck", b"cz"]);
/// What French and the continent take for other sounds than English; without it they add nothing.
const FRENCH_APART: Signs = Signs::named(&[b"ch", b"j", b"ee", b"oo", b"gu", b"qu", b"ou", b"dd"]);
const CONTINENTAL_APART: Signs = Signs::named(&[b"c", b"j", b"ee", b"oo", b"oe", b"sz"]);

/// The u of Dutch and of Indonesian before 1972.
pub(crate) const DUTCH_U: Signs = Signs::named(&[b"oe"]);
/// What French writes for the sounds of other languages.
pub(crate) const FOREIGN_TO_FRENCH: Signs = Signs::named(&[b"ou", b"oj", b"ij", b"gu", b"dd"]);

/// For each byte the letters of [`GROUPS`] that it is.
static PLACES: [u64; 256] = {
    let mut places = [0; 256];
    let (mut group, mut bit) = (0, 0);
    while group < GROUPS.len() {
        let mut at = 0;
        while at < GROUPS[group].len() {
            places[GROUPS[group][at] as usize] |= 1 << bit;
            (at, bit) = (at + 1, bit + 1);
        }
        group += 1;
    }
    places
};

/// The bits of the groups' first letters.
const BEGINNINGS: u64 = {
    let (mut bits, mut group, mut bit) = (0, 0, 0);
    while group < GROUPS.len() {
        bits |= 1 << bit;
        bit += GROUPS[group].len();
        group += 1;
    }
    bits
};

impl Signs {
    /// All groups at once, a letter at a time, after Baeza-Yates and Gonnet, "A new approach to text searching" (1992).
    pub(crate) fn of(word: &[u8]) -> Self {
        let (mut state, mut found) = (0, 0);
        for &letter in word {
            state = (state << 1 | BEGINNINGS) & PLACES[usize::from(letter)];
            found |= state;
        }
        Self(found)
    }

    const fn named(groups: &[&[u8]]) -> Self {
        let (mut bits, mut wanted) = (0, 0);
        while wanted < groups.len() {
            let (mut group, mut bit) = (0, 0);
            while !is_same(GROUPS[group], groups[wanted]) {
                bit += GROUPS[group].len();
                group += 1;
            }
            bits |= 1 << (bit + GROUPS[group].len() - 1);
            wanted += 1;
        }
        Self(bits)
    }

    /// Whether there is any of some groups.
    pub(crate) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

impl Reader {
    /// Whether a word may be of this reader's language at all, and be read otherwise than in English: one that reads
    /// plain letters in a way of its own asks for a sign of it.
    pub(crate) fn is_meant(self, word: &[u8], signs: Signs) -> bool {
        match self {
            English => true,
            French => {
                signs.has(FRENCH_APART)
                    && !signs.has(ENGLISH_WAYS)
                    && !signs.has(W)
                    && (!signs.has(CH_OR_J) || !is_of_syllables(word))
            }
            Continental => {
                signs.has(CONTINENTAL_APART)
                    && !signs.has(NOT_CONTINENTAL)
                    && (signs.has(CONTINENTAL) || word.windows(4).any(|w| w == b"tsch"))
            }
            German => signs.has(GERMAN),
            // A c that no other letter explains.
            Caron => word.len() >= 7 && signs.has(C) && !signs.has(C_EXPLAINED),
        }
    }
}

/// Whether a word is syllables as Chinese and Japanese have them, which are romanised for English readers and where
/// another consonant is another name: Chiba is not Shiba.
fn is_of_syllables(word: &[u8]) -> bool {
    let letter = |at: usize| word.get(at).copied().unwrap_or(0);
    // The places that whole syllables lead to, one bit each.
    let mut reached = 1u64;
    for at in 0..word.len() {
        if reached & 1 << at == 0 {
            continue;
        }
        let initials = [
            (at == 0).then_some(0),
            is_consonant(letter(at)).then_some(1),
            matches!(&word[at..], [b'c' | b's' | b'z', b'h', ..] | [b't', b's', ..] | [b'k', b'y', ..])
                .then_some(2),
        ];
        for after in initials.into_iter().flatten().map(|length| at + length) {
            for end in
                finals(letter(after), letter(after + 1), letter(after + 2)).map(|length| after + length)
            {
                reached |= 1 << end;
                if letter(end) == b'n' {
                    reached |= 1 << (end + 1);
                    reached |= u64::from(letter(end + 1) == b'g') << (end + 2);
                }
            }
        }
    }
    reached & 1 << word.len() != 0
}

/// Consonants that begin a syllable by themselves.
fn is_consonant(letter: u8) -> bool {
    matches!(letter, b'b'..=b'd' | b'f'..=b'h' | b'j'..=b'n' | b'p'..=b't' | b'w'..=b'z')
}

/// Lengths of the vowels that end a syllable here.
fn finals(first: u8, second: u8, third: u8) -> impl Iterator<Item = usize> {
    let one = matches!(first, b'a' | b'e' | b'i' | b'o' | b'u');
    let two = match first {
        b'a' => matches!(second, b'i' | b'o'),
        b'e' => second == b'i',
        b'i' => matches!(second, b'a' | b'e' | b'o' | b'u'),
        b'o' => second == b'u',
        b'u' => matches!(second, b'a' | b'e' | b'i' | b'o' | b'u'),
        _ => false,
    };
    let three = matches!((first, second, third), (b'i', b'a', b'o') | (b'u', b'a', b'i'));
    [(one, 1), (two, 2), (three, 3)].into_iter().filter(|(is, _)| *is).map(|(_, length)| length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::{Letters, Reading};

    proptest::proptest! {
        #[test]
        fn signs_are_what_the_word_has(word in "[acdeghijkmnoqstuvwyz]{0,14}") {
            let signs = Signs::of(word.as_bytes());
            for group in GROUPS {
                let has = word.as_bytes().windows(group.len()).any(|w| w == group);
                proptest::prop_assert_eq!(signs.has(Signs::named(&[group])), has, "{:?}", group);
            }
        }

        #[test]
        fn a_reader_left_out_reads_as_english_does(word in "([bcdfghjklmnpqrstvwxyz]|[sckz]h|[aeiouy]{1,2}){4,9}") {
            let letters = Letters::of(&word).unwrap();
            let signs = Signs::of(letters.as_bytes());
            let read = |reader| Reading::of(&letters, reader, signs).map(|reading| reading.hash());
            for (reader, apart) in [(French, FRENCH_APART), (Continental, CONTINENTAL_APART)] {
                proptest::prop_assert!(signs.has(apart) || read(reader) == read(English));
            }
        }
    }

    #[test]
    fn syllables_of_chinese_and_japanese() {
        for word in ["chiba", "zhang", "xiaoping", "tsukuba", "kyoto", "jianguo", "aichi"] {
            assert!(is_of_syllables(word.as_bytes()), "{word}");
        }
        for word in ["smith", "chopin2", "charles", "jon1", "vachi", "kaaichi", "zhangg"] {
            assert!(!is_of_syllables(word.as_bytes()), "{word}");
        }
    }
}
