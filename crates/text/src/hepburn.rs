//! Japanese words in Latin letters: Hepburn, kunrei and what keyboards make of either, read as one.

/// Morae of a Japanese word: of two, too many words of other languages consist (Tina, China).
const FEWEST_MORAE: usize = 3;

/// Letters of the longest word: as many as two names of three syllables run together.
const LONGEST: usize = 36;

/// A Japanese word in Hepburn with short vowels.
pub(crate) struct Hepburn {
    /// Hepburn has one letter more for a syllable of two letters (si, shi).
    letters: [u8; LONGEST / 2 * 3],
    length: usize,
    pub(crate) morae: u8,
    /// Whether it was written in Hepburn.
    pub(crate) plain: bool,
}

impl Hepburn {
    pub(crate) fn word(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    /// The letters' hash (FNV-1a): Japanese words are too long to be packed by syllable.
    pub(crate) fn hash(&self) -> u64 {
        self.word().iter().fold(0xCBF2_9CE4_8422_2325u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
        })
    }

    fn push(&mut self, letters: &[u8]) {
        self.letters[self.length..self.length + letters.len()].copy_from_slice(letters);
        self.length += letters.len();
    }
}

/// A consonant of kunrei or of keyboards before its vowel: how many letters it takes, and what it is in Hepburn.
fn kunrei(first: u8, next: u8, third: u8) -> Option<(usize, &'static [u8])> {
    Some(match (first, next, third) {
        (b's', b'y', b'a' | b'u' | b'o') => (2, b"sh"),
        (b't', b'y', b'a' | b'u' | b'o') => (2, b"ch"),
        (b'z' | b'j', b'y', b'a' | b'u' | b'o') => (2, b"j"),
        (b's', b'i', _) => (1, b"sh"),
        (b't', b'i', _) => (1, b"ch"),
        (b't', b'u', _) => (1, b"ts"),
        (b'h', b'u', _) => (1, b"f"),
        (b'z' | b'd', b'i', _) => (1, b"j"),
        (b'd', b'u', _) => (1, b"z"),
        (b'd', b'z', b'u') => (2, b"z"),
        _ => return None,
    })
}

/// How many letters the consonant of Hepburn takes that begins a syllable; none where it begins with its vowel.
fn consonant(first: u8, next: u8) -> usize {
    match (first, next) {
        (b'k' | b'g' | b'n' | b'h' | b'm' | b'r' | b'b' | b'p', b'y') => 2,
        (b's' | b'c', b'h') | (b't', b's') => 2,
        (b'b' | b'd' | b'f' | b'g' | b'h' | b'j' | b'k' | b'm' | b'n' | b'p' | b'r' | b's' | b't', _) => 1,
        (b'w' | b'y' | b'z', _) => 1,
        _ => 0,
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'i' | b'u' | b'e' | b'o')
}

/// A word as Japanese morae; `None` for a word that is not.
pub(crate) fn hepburn(key: &str) -> Option<Hepburn> {
    let key = key.as_bytes();
    if !matches!(key.last()?, b'a' | b'i' | b'u' | b'e' | b'o' | b'n' | b'h') || key.len() > LONGEST {
        return None;
    }
    let mut word = Hepburn { letters: [0; LONGEST / 2 * 3], length: 0, morae: 0, plain: true };
    let letter = |at: usize| key.get(at).copied().unwrap_or(0);
    let mut at = 0;
    while at < key.len() {
        let (first, next, third) = (key[at], letter(at + 1), letter(at + 2));
        let opens = is_vowel(next) || next == b'y';
        // Long vowels: ou, oo, oh, uu.
        let long = match word.word().last() {
            Some(b'o') => first == b'o' || first == b'u' || (first == b'h' && !opens),
            Some(b'u') => first == b'u',
            _ => false,
        };
        if long {
            at += 1;
            continue;
        }
        word.morae += 1;
        if (first == b'n' && !opens) || (first == b'm' && matches!(next, b'b' | b'p' | b'm')) {
            word.push(b"n");
            at += 1;
            continue;
        }
        // A doubled consonant is a mora of its own.
        let doubled = matches!(first, b'k' | b's' | b't' | b'p') && next == first;
        if doubled || (first, next, third) == (b't', b'c', b'h') {
            word.push(b"*");
            at += 1;
            continue;
        }
        let (width, standard) = match kunrei(first, next, third) {
            Some(kunrei) => kunrei,
            None => (consonant(first, next), &[][..]),
        };
        let vowel = letter(at + width);
        if !is_vowel(vowel) {
            return None;
        }
        if standard.is_empty() {
            word.push(&key[at..at + width]);
        } else {
            word.plain = false;
            word.push(standard);
        }
        word.push(&[vowel]);
        at += width + 1;
    }
    (usize::from(word.morae) >= FEWEST_MORAE).then_some(word)
}
