//! Sound keys: what is left of a romanised word when spelling habits are taken out of it.
//!
//! One name is spelt Bagher, Baqer, Bager, Bakir by clerks of different schools; the vowels vary freely and the
//! consonants vary within a class. The key keeps the classes of the consonants and drops the vowels.

/// A sound key: up to twelve consonant classes of five bits, the first in the lowest bits. Words with more
/// consonants share the key of their first twelve. 0 is the key of a word without consonants.
pub type SoundKey = u64;

/// Classes that one key can hold.
const MAX_CLASSES: u32 = 12;

/// The sound key of a word's key (small Latin letters and digits).
///
/// ```
/// use text::sound_key;
/// assert_eq!(sound_key("bagher"), sound_key("baqer"));
/// assert_eq!(sound_key("hosein"), sound_key("hussain"));
/// assert_eq!(sound_key("yevgeny"), sound_key("evgenii"));
/// assert_ne!(sound_key("kazemi"), sound_key("karimi"));
/// ```
#[must_use]
pub fn sound_key(key: &str) -> SoundKey {
    let bytes = key.as_bytes();
    let (mut sound, mut count, mut last, mut at) = (0, 0, 0, 0);
    while at < bytes.len() && count < MAX_CLASSES {
        let (class, width) = class_at(bytes, at);
        // A doubled consonant is one sound. Reckoned, not branched on: no one can guess the next letter of a name.
        let new = class != last && class != 0;
        sound |= (SoundKey::from(class) * SoundKey::from(new)) << (5 * count);
        count += u32::from(new);
        last = class;
        at += width;
    }
    sound
}

/// How many consonants a sound key holds.
#[must_use]
pub fn sound_length(sound: SoundKey) -> u32 {
    (SoundKey::BITS - sound.leading_zeros()).div_ceil(5)
}

/// The class of the sound at a place and how many letters it takes; class 0 is dropped.
#[inline]
fn class_at(bytes: &[u8], at: usize) -> (u8, usize) {
    let letter = |after: usize| bytes.get(at + after).copied().unwrap_or(0);
    let (first, next) = (bytes[at], letter(1));
    let (alone, follows) = (LETTERS[usize::from(first)], LETTERS[usize::from(next)]);
    if alone & follows & JOINS != 0
        && let Some(found) = joined(first, next, letter(2))
    {
        return found;
    }
    match first {
        // A final h only lengthens the vowel (Fatemeh, Abdullah).
        b'h' if at + 1 == bytes.len() => (0, 1),
        b'c' if matches!(next, b'e' | b'i' | b'y') => (13, 1),
        _ => (alone & !JOINS, 1),
    }
}

/// Sounds that take several letters: their class and how many.
fn joined(first: u8, next: u8, after: u8) -> Option<(u8, usize)> {
    Some(match (first, next, after) {
        (b'd', b'z', b'h') => (10, 3),
        (b't', b'c', b'h') => (9, 3),
        (b's', b'c', b'h') => (8, 3),
        (b's', b'h', _) => (8, 2),
        (b'c', b'h', _) => (9, 2),
        (b'z', b'h', _) | (b'd', b'j', _) => (10, 2),
        (b'p', b'h', _) => (5, 2),
        (b'k', b'h', _) => (7, 2),
        (b'g', b'h', _) | (b'c', b'k', _) => (6, 2),
        (b't', b'h', _) => (14, 2),
        (b'd', b'h', _) => (3, 2),
        (b't', b's' | b'z', _) => (13, 2),
        (b'k', b's', _) => (15, 2),
        _ => return None,
    })
}

/// Set beside the class of the letters that sounds of several letters are made of.
const JOINS: u8 = 1 << 7;

/// The class of each letter by itself, and whether it joins others.
static LETTERS: [u8; 256] = {
    const CLASSES: [(u8, &[u8]); 15] = [
        (2, b"b"),
        (3, b"d"),
        (4, b"vw"),
        (5, b"f"),
        (6, b"cgkq"),
        (7, b"h"),
        (10, b"j"),
        (11, b"l"),
        (12, b"m"),
        (13, b"sz"),
        (14, b"t"),
        (15, b"x"),
        (16, b"n"),
        (17, b"p"),
        (18, b"r"),
    ];
    let mut letters = [0; 256];
    let mut row = 0;
    while row < CLASSES.len() {
        let (class, mut left) = CLASSES[row];
        while let [letter, rest @ ..] = left {
            letters[*letter as usize] = class;
            left = rest;
        }
        row += 1;
    }
    let mut joins: &[u8] = b"cdghjkpstz";
    while let [letter, rest @ ..] = joins {
        letters[*letter as usize] |= JOINS;
        joins = rest;
    }
    let mut digit = 0;
    while digit < 10 {
        letters[(b'0' + digit) as usize] = 20 + digit;
        digit += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use super::sound_key;

    #[test]
    fn same_and_other() {
        let same = [
            ("shirinkar", "sherinkaar"),
            ("seyyed", "sayed"),
            ("qadhafi", "gaddafi"),
            ("mikhail", "mihail"),
            ("davarah", "dawara"),
            ("fatemeh", "fatima"),
            ("alexander", "aleksandr"),
        ];
        for (a, b) in same {
            assert_eq!(sound_key(a), sound_key(b), "{a} {b}");
        }
        for (a, b) in [("goran", "dorian"), ("ali", "ani"), ("44", "45"), ("ivan", "iban")] {
            assert_ne!(sound_key(a), sound_key(b), "{a} {b}");
        }
        assert_eq!(super::sound_length(sound_key("kazemi")), 3);
        assert_eq!(sound_key("aeiou"), 0);
        assert_eq!(sound_key(""), 0);
    }
}
