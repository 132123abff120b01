//! How the readers of several languages pronounce a word, letter by letter; see [`crate::spelling_keys`].

use std::sync::LazyLock;

use crate::signs::{self, Signs};
use Reader::{Caron, Continental, English, French, German};

/// Longest reading, in symbols; a longer word has no keys. Bounds the work of a hostile input.
pub(crate) const LONGEST: usize = 40;

/// Fewest symbols of a reading: shorter words of different languages coincide.
pub(crate) const SHORTEST: usize = 4;

/// The languages, or schools of romanisation, that a word is read by, in the order in which readings are kept.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Reader {
    /// English, and the romanisations made for its readers.
    English,
    /// Where j is y and ch is kh: Polish, Dutch, Scandinavian, Czech, Indonesian before 1972.
    Continental,
    /// French, in the Maghreb too.
    French,
    /// German: z is ts, s before a vowel is z.
    German,
    /// c is ch, as letters without their marks leave it (č, ć) and Indonesian since 1972 writes it.
    Caron,
}

/// A word in small letters; what a mark says of a consonant's sound is a capital: `S` sh, `C` tch, `Z` zh, `J` dzh.
pub(crate) struct Letters {
    /// With room for a group of letters to be looked for at any place.
    bytes: [u8; LONGEST + GROUP],
    length: usize,
}

impl Letters {
    pub(crate) fn of(word: &str) -> Option<Self> {
        let mut letters = Self { bytes: [0; LONGEST + GROUP], length: 0 };
        let mut folded = String::new();
        for c in word.chars() {
            let plain = match c {
                'a'..='z' => c as u8,
                'A'..='Z' => c.to_ascii_lowercase() as u8,
                'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'Ș' | 'ś' | 'Ś' => b'S',
                'č' | 'Č' | 'ć' | 'Ć' => b'C',
                'ž' | 'Ž' | 'ż' | 'Ż' | 'ź' | 'Ź' => b'Z',
                'đ' | 'Đ' => b'J',
                'ə' | 'Ə' => b'a',
                c if c.is_ascii() => return None,
                c => {
                    folded.clear();
                    folded.push(c);
                    let key = crate::fold(&folded);
                    for byte in key.bytes() {
                        letters.push(byte.is_ascii_lowercase().then_some(byte)?)?;
                    }
                    continue;
                }
            };
            letters.push(plain)?;
        }
        (letters.length >= SHORTEST).then_some(letters)
    }

    /// A stem with another ending.
    pub(crate) fn joined(stem: &[u8], end: &[u8]) -> Option<Self> {
        let mut letters = Self { bytes: [0; LONGEST + GROUP], length: 0 };
        stem.iter().chain(end).try_for_each(|&byte| letters.push(byte))?;
        Some(letters)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes[..LONGEST].get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Letters that every reader takes for the same sounds, the longest first.
const COMMON: [(&[u8], &[u8]); 24] = [
    (b"schtsch", b"SC"),
    (b"shtsh", b"SC"),
    (b"chtch", b"SC"),
    (b"shch", b"SC"),
    (b"szcz", b"SC"),
    (b"tsch", b"C"),
    (b"dsch", b"J"),
    (b"tch", b"C"),
    (b"dzh", b"J"),
    (b"sch", b"S"),
    (b"sh", b"S"),
    (b"zh", b"Z"),
    (b"kh", b"H"),
    (b"gh", b"g"),
    (b"ph", b"f"),
    (b"th", b"t"),
    (b"dh", b"d"),
    (b"cz", b"C"),
    (b"ck", b"k"),
    (b"tz", b"ts"),
    (b"dj", b"J"),
    (b"ou", b"u"),
    (b"x", b"ks"),
    (b"w", b"v"),
];

impl Reader {
    /// Letters that this reader takes for other sounds than most, before [`COMMON`].
    fn own(self) -> &'static [(&'static [u8], &'static [u8])] {
        match self {
            English => {
                &[(b"chr", b"kr"), (b"chl", b"kl"), (b"ch", b"C"), (b"j", b"J"), (b"ee", b"i"), (b"oo", b"u")]
            }
            Continental => &[(b"ch", b"H"), (b"sz", b"S"), (b"oe", b"u"), (b"j", b"i")],
            French => &[(b"chr", b"kr"), (b"chl", b"kl"), (b"ch", b"S"), (b"j", b"Z")],
            German => {
                &[(b"ch", b"H"), (b"ae", b"a"), (b"oe", b"o"), (b"ue", b"u"), (b"z", b"ts"), (b"j", b"i")]
            }
            Caron => &[(b"ch", b"H"), (b"c", b"C"), (b"j", b"i")],
        }
    }
}

/// Letters of the longest group, as many as a machine word holds.
const GROUP: usize = 8;

/// Letters that stand for other symbols, packed so that one comparison finds them in a word.
struct Group {
    letters: u64,
    mask: u64,
    length: usize,
    symbols: &'static [u8],
}

impl Group {
    fn of((letters, symbols): (&'static [u8], &'static [u8])) -> Self {
        let packed = letters.iter().rev().fold(0, |packed, &letter| packed << 8 | u64::from(letter));
        let mask = u64::MAX >> (u64::BITS as usize - 8 * letters.len());
        Self { letters: packed, mask, length: letters.len(), symbols }
    }
}

/// The groups of each reader by their first letter, in the order in which they are looked for: the signs of several
/// letters that all share come before one's own, for tch and sch hold ch.
static GROUPS: LazyLock<[[Box<[Group]>; 26]; 5]> = LazyLock::new(|| {
    [English, Continental, French, German, Caron].map(|reader| {
        let (several, few): (Vec<_>, Vec<_>) = COMMON.into_iter().partition(|(letters, _)| letters.len() > 2);
        let ordered: Vec<_> = several.into_iter().chain(reader.own().iter().copied()).chain(few).collect();
        std::array::from_fn(|letter| {
            let begins = |(letters, _): &&(&[u8], _)| letters[0] == b'a' + letter as u8;
            ordered.iter().filter(begins).map(|group| Group::of(*group)).collect()
        })
    })
});

pub(crate) fn is_vowel(symbol: u8) -> bool {
    matches!(symbol, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// A word as one reader pronounces it.
pub(crate) struct Reading {
    symbols: [u8; 2 * LONGEST],
    length: usize,
}

impl Reading {
    /// `None` for what is too short to be evidence. `signs` are the word's.
    pub(crate) fn of(word: &Letters, reader: Reader, signs: Signs) -> Option<Self> {
        let mut reading = Self { symbols: [0; 2 * LONGEST], length: 0 };
        let groups = &GROUPS[reader as usize];
        let begins_tj = reader == Continental && signs.has(signs::DUTCH_U);
        let mut at = 0;
        while at < word.length {
            let tj = begins_tj || at == 0 && reader == Continental;
            at += reading.read(word, at, reader, groups, tj);
        }
        if word.as_bytes().ends_with(b"ie") {
            reading.length -= 1;
        }
        // Poutine, Noureddine: French writes an e that is silent; in its own names it makes a woman of Martin.
        reading.settle(reader == French && signs.has(signs::FOREIGN_TO_FRENCH));
        let symbols = &reading.symbols[..reading.length];
        let (mut syllables, mut in_vowel) = (0, false);
        for &symbol in symbols {
            let vowel = is_vowel(symbol);
            syllables += u32::from(vowel && !in_vowel);
            in_vowel = vowel;
        }
        (symbols.len() >= SHORTEST && syllables >= 2).then_some(reading)
    }

    /// Reads what stands at a place; returns how many letters it took. `tj`: whether tj and sj are sounds there.
    fn read(
        &mut self,
        word: &Letters,
        at: usize,
        reader: Reader,
        groups: &[Box<[Group]>; 26],
        tj: bool,
    ) -> usize {
        let (first, next, third) = (word.bytes[at], word.bytes[at + 1], word.bytes[at + 2]);
        if matches!(
            first,
            b'b' | b'f' | b'h' | b'i' | b'l' | b'm' | b'n' | b'r' | b'v' | b'S' | b'C' | b'Z' | b'J'
        ) {
            self.push(first);
            return 1;
        }
        let soft = |c: u8| matches!(c, b'e' | b'i' | b'y');
        // Indonesian before 1972, Swedish. Inside other words it is t and y: Tatjana.
        if tj && next == b'j' && matches!(first, b't' | b's') {
            self.push(if first == b't' { b'C' } else { b'S' });
            return 2;
        }
        let rest = word.bytes[at..].first_chunk().map_or(0, |rest| u64::from_le_bytes(*rest));
        let here = groups.get(usize::from(first.wrapping_sub(b'a'))).map_or(&[][..], |groups| groups);
        if let Some(group) = here.iter().find(|group| rest & group.mask == group.letters) {
            group.symbols.iter().for_each(|&s| self.push(s));
            return group.length;
        }
        match first {
            b'c' if reader == Continental && (soft(next) || next == 0) => {
                self.push(b't');
                self.push(b's');
            }
            b'c' if soft(next) => self.push(b's'),
            b'c' => self.push(b'k'),
            b'q' | b'g' if reader == French && next == b'u' && soft(third) => {
                self.push(if first == b'q' { b'k' } else { b'g' });
                return 2;
            }
            b'q' => self.push(b'k'),
            b's' if reader == German && is_vowel(next) => {
                let voiced = at == 0 || is_vowel(word.bytes[at - 1]);
                self.push(if voiced { b'z' } else { b's' });
            }
            b'y' => self.push(b'i'),
            c => self.push(c),
        }
        1
    }

    fn push(&mut self, symbol: u8) {
        // Two symbols for a letter at most, so there is room.
        if let Some(place) = self.symbols.get_mut(self.length) {
            *place = symbol;
            self.length += 1;
        }
    }

    /// What spellings of one school do either way.
    fn settle(&mut self, foreign: bool) {
        let ends = |reading: &Self, end: &[u8]| reading.symbols[..reading.length].ends_with(end);
        if ends(self, b"off") || ends(self, b"eff") {
            self.length -= 1;
            self.symbols[self.length - 1] = b'v';
        }
        if foreign && ends(self, b"ne") && self.length > SHORTEST {
            self.length -= 1;
        }
        // ё: Khrushchyov, Khrushchev, Chruszczow.
        let end = self.length - usize::from(ends(self, b"a"));
        if end > 3 && self.symbols[..end].ends_with(b"ov") {
            let before = self.symbols[end - 3];
            if matches!(before, b'S' | b'C' | b'Z' | b'i') {
                self.symbols[end - 2] = b'e';
            }
        }
        let (mut kept, mut at) = (0, 0);
        while at < self.length {
            let symbol = self.symbols[at];
            let next = self.symbols[..self.length].get(at + 1).copied();
            // Aliev is Aliyev, Medvedev Miedwiediew: no i before an e is left.
            let glide =
                symbol == b'i' && self.symbols[at..self.length].iter().find(|&&s| s != b'i') == Some(&b'e');
            let silent = symbol == b'h' && next.is_none() && at > 0 && self.symbols[at - 1] == b'a';
            if !(glide || silent) && (kept == 0 || self.symbols[kept - 1] != symbol) {
                self.symbols[kept] = symbol;
                kept += 1;
            }
            at += 1;
        }
        self.length = kept;
    }

    /// FNV-1a: the same on every machine.
    pub(crate) fn hash(&self) -> u64 {
        let hash = |hash: u64, symbol: &u8| (hash ^ u64::from(*symbol)).wrapping_mul(0x0100_0000_01b3);
        self.symbols[..self.length].iter().fold(0xcbf2_9ce4_8422_2325, hash)
    }
}
