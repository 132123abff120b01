//! Hangul: names spelt by syllable, as the South, the North and the passports of either do.
//!
//! A Hangul syllable is an initial, a vowel and perhaps a final, and its code point is computed from the three
//! (Unicode 16, section 3.12). Three systems are written out: the Revised Romanisation of 2000, McCune-Reischauer of
//! 1939, whose plainest form is the North's, and the spellings that people choose for themselves.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const SURNAME_ROWS: &str = include_str!("../data/korean_surnames.tsv");

static SURNAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    SURNAME_ROWS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect()
});

#[derive(Clone, Copy)]
enum System {
    /// Seoul, 2000: Gim Jeong-eun.
    Revised,
    /// The North's, and McCune-Reischauer without its marks: Kim Jong Un; `true` writes every syllable by itself, as
    /// in a name whose syllables are set apart.
    North(bool),
    /// McCune-Reischauer: ㅈ is ch at the beginning of a syllable that is set apart.
    McCune,
    /// As people choose: Jung, Hyun, Woo.
    Chosen,
}

/// Keys of a word, the Revised Romanisation first.
pub(crate) fn keys(native: &str) -> impl Iterator<Item = String> {
    let systems =
        [System::Revised, System::North(false), System::North(true), System::McCune, System::Chosen];
    let keys = systems.into_iter().filter_map(move |system| spell(native, system));
    // 한라 is spoken and often spelt Halla; names of people keep their syllables.
    let spoken =
        spell(native, System::Revised).filter(|key| key.contains("nr")).map(|key| key.replace("nr", "ll"));
    keys.chain(spoken)
}

/// Spellings of a surname.
pub(crate) fn surname_keys(native: &str) -> impl Iterator<Item = String> {
    SURNAMES.get(native).into_iter().flat_map(|row| row.split(' ')).map(str::to_owned)
}

/// Where the surname ends in a name without blanks, in bytes.
pub(crate) fn surname_end(name: &str) -> Option<usize> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    if !(2..=5).contains(&ends.len()) {
        return None;
    }
    // A double surname leaves at least one syllable for the given name.
    [2, 1].into_iter().filter_map(|n| ends.get(n).copied()).find(|&end| SURNAMES.contains_key(&name[..end]))
}

const FIRST_SYLLABLE: u32 = 0xAC00;
const SYLLABLES: u32 = 11_172;

/// Initial, vowel and final of a syllable.
pub(crate) fn hangul_parts(c: char) -> Option<(usize, usize, usize)> {
    let index = u32::from(c).checked_sub(FIRST_SYLLABLE).filter(|i| *i < SYLLABLES)? as usize;
    Some((index / 588, index % 588 / 28, index % 28))
}

const INITIALS_REVISED: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const INITIALS_HARD: [&str; 19] =
    ["k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS_REVISED: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
    "yu", "eu", "ui", "i",
];
const VOWELS_MCCUNE: [&str; 21] = [
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
    "u", "ui", "i",
];
const VOWELS_CHOSEN: [&str; 21] = [
    "a", "ae", "ya", "yae", "u", "e", "you", "ye", "o", "wa", "wae", "oe", "yo", "oo", "wo", "we", "wi",
    "yoo", "eu", "ui", "i",
];
/// Finals by their sound; clusters by the consonant that is heard.
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
];
/// The index of no initial consonant, of ㄹ, and of the final ㄹ.
const SILENT: usize = 11;
const RIEUL: usize = 5;
const FINAL_RIEUL: usize = 8;

/// A syllable in the Revised Romanisation.
pub(crate) fn revised(c: char) -> Option<String> {
    spell(c.encode_utf8(&mut [0; 4]), System::Revised)
}

fn spell(native: &str, system: System) -> Option<String> {
    let mut word = String::with_capacity(native.len());
    let mut before = None;
    for c in native.chars() {
        let (initial, vowel, last) = hangul_parts(c)?;
        // Plain consonants are voiced between vowels, n, m, ng and l.
        let voiced = before.is_some_and(|last: usize| matches!(FINALS[last], "" | "n" | "m" | "ng" | "l"));
        let soft = INITIALS_REVISED[initial];
        word.push_str(match system {
            System::Revised | System::Chosen => soft,
            System::North(false) if voiced => soft,
            System::McCune if initial == 12 && !voiced => "ch",
            System::McCune if voiced => soft,
            _ if initial == RIEUL && before == Some(FINAL_RIEUL) => "l",
            _ => INITIALS_HARD[initial],
        });
        word.push_str(match system {
            System::Revised => VOWELS_REVISED[vowel],
            System::Chosen => chosen_vowel(initial, vowel, last),
            System::North(_) | System::McCune => VOWELS_MCCUNE[vowel],
        });
        word.push_str(FINALS[last]);
        before = Some(last);
    }
    (!word.is_empty()).then_some(word)
}

/// ㅕ is `you` in Young and `yu` in Hyun, Kyung; ㅜ is `oo` in Woo and Soo, `u` before most finals.
fn chosen_vowel(initial: usize, vowel: usize, last: usize) -> &'static str {
    match (VOWELS_REVISED[vowel], initial, last) {
        ("yeo", SILENT, _) => "you",
        ("yeo", ..) => "yu",
        ("u", _, 1..) => "u",
        _ => VOWELS_CHOSEN[vowel],
    }
}

#[cfg(test)]
mod tests {
    use crate::person_words;

    #[test]
    fn names() {
        let rows = [
            ("김정은", "kim gim", "jeongeun jongun chongun jungeun"),
            ("최광혁", "choi choe", "gwanghyeok kwanghyok gwanghyuk"),
            ("남궁민수", "namkung namgung namgoong", "minsu minsoo"),
        ];
        for (name, surname, given) in rows {
            let words = person_words(name);
            let all = |at: usize| {
                let word: &crate::Word = &words[at];
                std::iter::once(&word.key).chain(&word.readings).cloned().collect::<Vec<_>>().join(" ")
            };
            assert_eq!((all(0).as_str(), all(1).as_str()), (surname, given), "{name}");
        }
        assert_eq!(person_words("김 정은").len(), 2);
        assert_eq!(person_words("조선").len(), 2);
    }

    #[test]
    fn every_surname_is_hangul_with_spellings() {
        for (surname, spellings) in super::SURNAMES.iter() {
            assert!(surname.chars().all(|c| super::hangul_parts(c).is_some()), "{surname}");
            assert!(spellings.split(' ').all(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase())));
        }
        assert!(super::SURNAMES.len() > 100);
    }
}
