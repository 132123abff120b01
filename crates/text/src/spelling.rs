//! Orthography-neutral keys: one name as the Latin alphabets of different languages spell it.
//!
//! Чайковский is Tchaikovsky, Tschaikowski, Tchaïkovski, Czajkowski. Such spellings are no slips: each is read letter by
//! letter by the rules of its language, and read so they are one. The language cannot be seen in the word, so a word is
//! read by several; two words are spellings of one another if any reading of the one is a reading of the other. Unlike
//! [`crate::sound_key`] a reading keeps the vowels.

/// How many readings of one word are kept.
const READINGS: usize = 4;

/// Longest reading, in symbols; a longer word has no keys. Bounds the work of a hostile input.
const LONGEST: usize = 40;

/// Fewest symbols of a reading: shorter words of different languages coincide.
const SHORTEST: usize = 4;

/// The bit of a key that says it is not of the word but of its masculine.
const HUSBAND: u64 = 1;

/// What a word sounds like in a few orthographies: a hash for each different reading, 0 where there are fewer. None at
/// all for short words and words of one syllable, where too many names of different languages would meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpellingKeys([u64; READINGS]);

impl SpellingKeys {
    /// Adds the key of a reading, if it is another one and there is room.
    fn add(&mut self, word: &[u8], reader: Reader, mark: u64) {
        let Some(reading) = Reading::of(word, reader) else { return };
        let key = reading.key() | mark;
        if let Some(place) = self.0.iter().position(|&known| known == 0 || known == key) {
            self.0[place] = key;
        }
    }

    /// Adds what the husband of a Czech or Slovak woman in -ová is called: Novák, Svoboda, Hájek. The feminine endings
    /// of other languages lie within an edit.
    fn add_husband(&mut self, stem: &[u8]) {
        self.add(&[stem, b"a"].concat(), English, HUSBAND);
        match stem {
            [before @ .., last, b'k'] if !is_vowel(*last) => {
                self.add(&[before, &[*last], b"ek"].concat(), English, HUSBAND);
            }
            _ => self.add(stem, English, HUSBAND),
        }
    }

    /// What an index has of the keys, none of them 0: words that meet, or are a couple's, have one in common.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.all().map(|key| key & !HUSBAND)
    }

    fn all(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().copied().take_while(|&key| key != 0)
    }

    /// Whether two words have a reading in common.
    #[must_use]
    pub fn meet(&self, other: &Self) -> bool {
        self.all().any(|key| key & HUSBAND == 0 && other.all().any(|k| k == key))
    }

    /// Whether one word is the Czech or Slovak feminine of the other: Nováková, Novák.
    #[must_use]
    pub fn are_a_couples(&self, other: &Self) -> bool {
        self.all().any(|key| other.all().any(|k| k ^ HUSBAND == key))
    }
}

/// The languages, or schools of romanisation, that a word is read by, in the order in which readings are kept.
#[derive(Clone, Copy, PartialEq)]
enum Reader {
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

use Reader::{Caron, Continental, English, French, German};

/// The keys of a Latin word, its marks on or off.
///
/// ```
/// use text::spelling_keys;
/// let one = |a, b| spelling_keys(a).meet(&spelling_keys(b));
/// assert!(one("Tchaïkovski", "Czajkowski"));
/// assert!(one("Soeharto", "Suharto"));
/// assert!(!one("Kazemi", "Karimi"));
/// ```
#[must_use]
pub fn spelling_keys(word: &str) -> SpellingKeys {
    let mut keys = SpellingKeys::default();
    let Some(letters) = Letters::of(word) else { return keys };
    let letters = letters.as_bytes();
    let mut add = |reader: Reader| {
        if reader.is_meant(letters) {
            keys.add(letters, reader, 0);
        }
    };
    add(English);
    add(Continental);
    match letters.strip_suffix(b"ova") {
        Some(husband)
            if word.ends_with(['á', 'Á']) || husband.len() >= LEAST_UNMARKED && husband.ends_with(b"k") =>
        {
            keys.add_husband(husband);
        }
        _ => [French, German, Caron].into_iter().for_each(add),
    }
    keys
}

/// Letters of a Czech surname in -k that its feminine is told by without its mark. Shorter ones are Russian: Volkova.
const LEAST_UNMARKED: usize = 5;

/// A word in small letters; what a mark says of a consonant's sound is a capital: `S` sh, `C` tch, `Z` zh, `J` dzh.
struct Letters {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Letters {
    fn of(word: &str) -> Option<Self> {
        let mut letters = Self { bytes: [0; LONGEST], length: 0 };
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

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    fn as_bytes(&self) -> &[u8] {
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

    /// Whether a word may be of this reader's language at all: one that reads plain letters in a way of its own asks for
    /// a sign of it.
    fn is_meant(self, word: &[u8]) -> bool {
        let any = |signs: &[&[u8]]| signs.iter().any(|sign| word.windows(sign.len()).any(|w| w == *sign));
        match self {
            English => true,
            French => {
                let english = any(&[b"sh", b"kh", b"gh", b"zh", b"w"]);
                !english && (!any(&[b"ch", b"j"]) || !is_of_syllables(word))
            }
            Continental => {
                any(&[b"j", b"w", b"sz", b"cz", b"oe", b"tsch", b"sk", b"ov", b"ev"])
                    && !any(&[b"sh", b"kh", b"gh", b"zh", b"ng", b"ji", b"jj", b"jy"])
            }
            German => any(&[b"sch", b"w", b"tz", b"yj", b"ae", b"oe", b"ue"]),
            // A c that no other letter explains.
            Caron => word.len() >= 7 && word.contains(&b'c') && !any(&[b"ch", b"ck", b"cz"]),
        }
    }
}

/// Whether a word is syllables as Chinese and Japanese have them, which are romanised for English readers and where
/// another consonant is another name: Chiba is not Shiba.
fn is_of_syllables(word: &[u8]) -> bool {
    const INITIALS: [&[u8]; 26] = [
        b"", b"ch", b"sh", b"zh", b"ts", b"b", b"c", b"d", b"f", b"g", b"h", b"j", b"k", b"l", b"m", b"n",
        b"p", b"q", b"r", b"s", b"t", b"w", b"x", b"y", b"z", b"ky",
    ];
    const FINALS: [&[u8]; 20] = [
        b"a", b"e", b"i", b"o", b"u", b"ai", b"ei", b"ui", b"ao", b"ou", b"iu", b"ie", b"ue", b"ia", b"iao",
        b"io", b"ua", b"uo", b"uai", b"uu",
    ];
    // The places that whole syllables lead to, one bit each.
    let mut reached = 1u64;
    for at in 0..word.len() {
        if reached & 1 << at == 0 {
            continue;
        }
        for initial in INITIALS.iter().filter(|i| (at == 0 || !i.is_empty()) && word[at..].starts_with(i)) {
            let after = at + initial.len();
            for end in FINALS.iter().filter(|f| word[after..].starts_with(f)).map(|f| after + f.len()) {
                reached |= 1 << end;
                for nasal in [&b"n"[..], b"ng"].iter().filter(|n| word[end..].starts_with(n)) {
                    reached |= 1 << (end + nasal.len());
                }
            }
        }
    }
    reached & 1 << word.len() != 0
}

fn is_vowel(symbol: u8) -> bool {
    matches!(symbol, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// A word as one reader pronounces it.
struct Reading {
    symbols: [u8; 2 * LONGEST],
    length: usize,
}

impl Reading {
    fn of(word: &[u8], reader: Reader) -> Option<Self> {
        let mut reading = Self { symbols: [0; 2 * LONGEST], length: 0 };
        let mut at = 0;
        while at < word.len() {
            at += reading.read(word, at, reader);
        }
        if word.ends_with(b"ie") {
            reading.length -= 1;
        }
        // Poutine, Noureddine: French writes an e that is silent; in its own names it makes a woman of Martin.
        let signs = [&b"ou"[..], b"oj", b"ij", b"gu", b"dd"];
        let foreign = reader == French && word.windows(2).any(|w| signs.contains(&w));
        reading.settle(foreign);
        let symbols = &reading.symbols[..reading.length];
        let syllables = symbols.chunk_by(|a, b| is_vowel(*a) == is_vowel(*b)).filter(|c| is_vowel(c[0]));
        (symbols.len() >= SHORTEST && syllables.count() >= 2).then_some(reading)
    }

    /// Reads what stands at a place; returns how many letters it took.
    fn read(&mut self, word: &[u8], at: usize, reader: Reader) -> usize {
        let rest = &word[at..];
        let next = rest.get(1).copied().unwrap_or(0);
        if matches!(
            rest[0],
            b'b' | b'f' | b'h' | b'i' | b'l' | b'm' | b'n' | b'r' | b'v' | b'S' | b'C' | b'Z' | b'J'
        ) {
            self.push(rest[0]);
            return 1;
        }
        let soft = |c: u8| matches!(c, b'e' | b'i' | b'y');
        if reader == Continental && (at == 0 || word.windows(2).any(|w| w == b"oe")) {
            // Indonesian before 1972, Swedish. Inside other words it is t and y: Tatjana.
            for (letters, symbol) in [(b"tj", b'C'), (b"sj", b'S')] {
                if rest.starts_with(letters) {
                    self.push(symbol);
                    return 2;
                }
            }
        }
        // The signs of several letters that all share come before one's own: tch, sch hold ch.
        let several = COMMON.iter().filter(|(letters, _)| letters.len() > 2);
        let own = reader.own().iter();
        for (letters, symbols) in several.chain(own).chain(&COMMON) {
            if rest.starts_with(letters) {
                symbols.iter().for_each(|&s| self.push(s));
                return letters.len();
            }
        }
        match rest[0] {
            b'c' if soft(next) && reader == Continental => {
                self.push(b't');
                self.push(b's');
            }
            b'c' if soft(next) => self.push(b's'),
            b'c' if next == 0 && reader == Continental => {
                self.push(b't');
                self.push(b's');
            }
            b'c' => self.push(b'k'),
            b'q' | b'g' if next == b'u' && rest.get(2).is_some_and(|&c| soft(c)) && reader == French => {
                self.push(if rest[0] == b'q' { b'k' } else { b'g' });
                return 2;
            }
            b'q' => self.push(b'k'),
            b's' if reader == German && is_vowel(next) => {
                let voiced = at == 0 || is_vowel(word[at - 1]);
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
    fn key(&self) -> u64 {
        let hash = |hash: u64, symbol: &u8| (hash ^ u64::from(*symbol)).wrapping_mul(0x0100_0000_01b3);
        (self.symbols[..self.length].iter().fold(0xcbf2_9ce4_8422_2325, hash) & !HUSBAND).max(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(a: &str, b: &str) -> bool {
        spelling_keys(a).meet(&spelling_keys(b))
    }

    #[test]
    fn one_name_in_several_orthographies() {
        let sets = [
            "Tchaikovsky Tschaikowski Tchaïkovski Czajkowski Chaykovskiy Chaikovskii Tjajkovskij",
            "Yanukovych Janukowitsch Janukowycz Ianoukovitch Yanukovich",
            "Shoygu Shoigu Choïgou Choigou Szojgu Schoigu Šojgu",
            "Medvedev Miedwiediew Medwedew Medvedeff Medvédev",
            "Khrushchev Chruszczow Chruschtschow Khrouchtchev Khrushchyov Khrushchov",
            "Yevgeny Jewgienij Evgenii Yevgeniy Jewgeni",
            "Kovalchuk Kovaltchouk Kowaltschuk Kowalczuk Kovalčuk",
            "Prigozhin Prigożyn Prigojine Prigožin",
            "Sergey Sergej Sergueï Siergiej Sergei",
            "Zelensky Zelenskyi Zelenskyy Selenskyj",
            "Suharto Soeharto",
            "Yudhoyono Joedhojono",
            "Cokroaminoto Tjokroaminoto",
            "Budiono Boediono",
            "Aliev Əliyev Aliyev Alijew",
            "Djordjevic Đorđević",
            "Poutine Putin",
            "Dmitry Dmitrij Dmitri Dmitriy",
            "Müller Mueller Muller",
        ];
        for set in sets {
            let words: Vec<&str> = set.split(' ').collect();
            for word in &words[1..] {
                assert!(one(words[0], word), "{} {word}", words[0]);
            }
        }
    }

    #[test]
    fn feminine_names_of_the_czechs() {
        let couple = |a, b| spelling_keys(a).are_a_couples(&spelling_keys(b));
        for (wife, husband) in [
            ("Nováková", "Novák"),
            ("Novakova", "Novak"),
            ("Sedláčková", "Sedláček"),
            ("Svobodová", "Svoboda"),
            ("Procházková", "Procházka"),
        ] {
            assert!(couple(wife, husband) && couple(husband, wife), "{wife} {husband}");
            assert!(!one(wife, husband), "{wife} {husband}");
        }
        for (a, b) in [("Bogdanova", "Bogdan"), ("Volkova", "Volka"), ("Nováková", "Nováková")] {
            assert!(!couple(a, b), "{a} {b}");
        }
    }

    #[test]
    fn other_names() {
        for (a, b) in [
            ("Kazemi", "Karimi"),
            ("Chang", "Shang"),
            ("Hossein", "Hassan"),
            ("Jon", "Yon"),
            ("Ivanov", "Ivan"),
            ("Zamir", "Samir"),
            ("Martin", "Martine"),
            ("Justin", "Justine"),
            ("Chiba", "Shiba"),
            ("Chaoyang", "Shaoyang"),
            ("Khattab", "Hatab"),
            ("Camila", "Jamila"),
            ("Chada", "Hada"),
            ("Renee", "Renjie"),
            ("Connie", "Kone"),
            ("Saleh", "Sally"),
            ("", ""),
            ("7x8", "7x8"),
        ] {
            assert!(!one(a, b), "{a} {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_keys_or_none(word in "\\PC{0,60}") {
            let keys: Vec<u64> = spelling_keys(&word).all().collect();
            let mut once = keys.clone();
            once.sort_unstable();
            once.dedup();
            proptest::prop_assert_eq!(once.len(), keys.len());
        }
    }
}
