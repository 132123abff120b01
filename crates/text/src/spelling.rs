//! Orthography-neutral keys: one name as the Latin alphabets of different languages spell it.
//!
//! Чайковский is Tchaikovsky, Tschaikowski, Tchaïkovski, Czajkowski. Such spellings are no slips: each is read letter by
//! letter by the rules of its language, and read so they are one. The language cannot be seen in the word, so a word is
//! read by several; two words are spellings of one another if any reading of the one is a reading of the other. Unlike
//! [`crate::sound_key`] a reading keeps the vowels.

use crate::readers::{Letters, Reader, Reading, is_vowel};
use crate::signs::Signs;
use Reader::{Caron, Continental, English, French, German};

/// How many readings of one word are kept.
const READINGS: usize = 4;

/// The bit of a key that says it is not of the word but of its masculine.
const HUSBAND: u64 = 1;

/// What a word sounds like in a few orthographies: a hash for each different reading, 0 where there are fewer. None at
/// all for short words and words of one syllable, where too many names of different languages would meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpellingKeys([u64; READINGS]);

impl SpellingKeys {
    /// Adds the key of a reading, if it is another one and there is room.
    fn add(&mut self, word: &Letters, reader: Reader, signs: Signs, mark: u64) {
        let Some(reading) = Reading::of(word, reader, signs) else { return };
        let key = (reading.hash() & !HUSBAND).max(2) | mark;
        if let Some(place) = self.0.iter().position(|&known| known == 0 || known == key) {
            self.0[place] = key;
        }
    }

    /// Adds what the husband of a Czech or Slovak woman in -ová is called: Novák, Svoboda, Hájek. The feminine endings
    /// of other languages lie within an edit.
    fn add_husband(&mut self, stem: &[u8]) {
        let mut add = |stem: &[u8], end: &[u8]| {
            let Some(word) = Letters::joined(stem, end) else { return };
            self.add(&word, English, Signs::of(word.as_bytes()), HUSBAND);
        };
        add(stem, b"a");
        match stem {
            [before @ .., b'k'] if before.last().is_some_and(|&last| !is_vowel(last)) => add(before, b"ek"),
            _ => add(stem, b""),
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
    let signs = Signs::of(letters.as_bytes());
    let mut add = |reader: Reader| {
        if reader.is_meant(letters.as_bytes(), signs) {
            keys.add(&letters, reader, signs, 0);
        }
    };
    add(English);
    add(Continental);
    match letters.as_bytes().strip_suffix(b"ova") {
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
