//! Hebrew script: a small table of names, and for the rest the consonants with the vowels that syllables need.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::readings::Readings;
use crate::syllables::{Sound, spell};

const NAME_ROWS: &str = include_str!("../data/hebrew.tsv");

static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    NAME_ROWS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect()
});

/// Letters without points and accents, final forms as the others.
pub(crate) fn fold_hebrew(word: &str) -> String {
    let letter = |c| match c {
        'ך' => Some('כ'),
        'ם' => Some('מ'),
        'ן' => Some('נ'),
        'ף' => Some('פ'),
        'ץ' => Some('צ'),
        'א'..='ת' => Some(c),
        _ => None,
    };
    word.chars().filter_map(letter).collect()
}

/// Readings of a word.
pub(crate) fn readings(native: &str, generic: String) -> Readings {
    let folded = fold_hebrew(native);
    if let Some(row) = NAMES.get(&*folded) {
        return Readings::of(row.split(' ').map(str::to_owned), generic);
    }
    let letters: Vec<char> = folded.chars().collect();
    let school = |ch, hard, vav| {
        let sounds: Vec<Sound> =
            (0..letters.len()).filter_map(|at| sound(&letters, at, ch, hard, vav)).collect();
        spell(&sounds)
    };
    let schools = [
        school(false, false, false),
        school(true, false, false),
        school(false, true, false),
        school(true, true, true),
    ];
    Readings { consonants_only: true, ..Readings::of(schools, generic) }
}

/// A letter as spelt: with `ch` or `h` for the throat's sounds, with b, k and p hard or soft inside a word, and with ו
/// as a vowel or a consonant.
fn sound(letters: &[char], at: usize, ch: bool, hard: bool, vav: bool) -> Option<Sound> {
    use Sound::{Consonant, Vowel};
    let last = at + 1 == letters.len();
    let next = letters.get(at + 1);
    let either = |yes, plain, other| if yes { other } else { plain };
    Some(match letters[at] {
        'א' | 'ע' if matches!(next, Some('ו' | 'י')) => return None,
        'א' | 'ע' => Vowel("a"),
        'ב' => Consonant(either(at > 0 && !hard, "b", "v")),
        'ג' => Consonant("g"),
        'ד' => Consonant("d"),
        'ה' if last => Vowel("a"),
        'ה' => Consonant("h"),
        // A doubled vav is the consonant.
        'ו' if at > 0 && letters[at - 1] == 'ו' => return None,
        'ו' if at == 0 || next == Some(&'ו') || vav => Consonant("v"),
        'ו' => Vowel(either(ch, "o", "u")),
        'ז' => Consonant("z"),
        'ח' => Consonant(either(ch, "h", "ch")),
        'ט' | 'ת' => Consonant("t"),
        'י' if at > 0 && letters[at - 1] == 'י' => return None,
        'י' if at == 0 => Consonant("y"),
        'י' => Vowel("i"),
        'כ' => Consonant(match (at == 0 || hard, ch) {
            (true, _) => "k",
            (false, true) => "ch",
            (false, false) => "kh",
        }),
        'ל' => Consonant("l"),
        'מ' => Consonant("m"),
        'נ' => Consonant("n"),
        'ס' => Consonant("s"),
        'פ' => Consonant(either(at > 0 && !hard, "p", "f")),
        'צ' => Consonant(either(ch, "ts", "tz")),
        'ק' => Consonant("k"),
        'ר' => Consonant("r"),
        'ש' => Consonant(either(hard, "sh", "s")),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::words;

    #[test]
    fn names() {
        let rows = [
            ("בנימין נתניהו", "binyamin netanyahu"),
            ("מאיר אטינגר", "meir ettinger"),
            ("הגלילי", "haglili"),
            ("בנצ״י", "bentzi"),
        ];
        for (name, expected) in rows {
            let keys: Vec<String> = words(name).into_iter().map(|w| w.key).collect();
            assert_eq!(keys.join(" "), expected, "{name}");
        }
        assert!(words("הגלילי")[0].consonants_only);
    }

    #[test]
    fn the_table_is_folded() {
        assert!(super::NAMES.len() > 140);
        assert!(super::NAMES.keys().all(|native| super::fold_hebrew(native) == **native));
    }
}
