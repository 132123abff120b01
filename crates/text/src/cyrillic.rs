//! Cyrillic: one word by the standards that passports, lists and the press follow.
//!
//! Which one a clerk followed cannot be seen in the word, so each gives a key: the English convention (BGN/PCGN 1947),
//! the travel documents' (ICAO Doc 9303, section 6, since 2013 in Russia), the scholars' without their marks (ISO 9),
//! and those of the other languages where letters tell the language (Ukraine's resolution 55 of 2010, Belarus's
//! instruction of 2000, Bulgaria's law of 2009, Serbian Latin), or where a letter is read differently in them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const NAME_ROWS: &str = include_str!("../data/cyrillic_names.tsv");

/// Latin keys of given names by their form in any of the three East Slavic languages.
static NAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows = NAME_ROWS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(forms, keys)| forms.split(' ').map(move |form| (form, keys))).collect()
});

#[derive(Clone, Copy, PartialEq)]
enum System {
    English,
    Passport,
    Scholars,
    Ukrainian,
    /// A Russian form respelt as the Belarusian passport would have it.
    Belarusian,
    Bulgarian,
}

use System::{Belarusian, Bulgarian, English, Passport, Scholars, Ukrainian};

/// Keys of a word, the commonest in English lists first.
pub(crate) fn keys(native: &str) -> Vec<String> {
    let letters: Vec<char> = fold_cyrillic(native).collect();
    let has = |wanted: &[char]| letters.iter().any(|c| wanted.contains(c));
    let systems: &[System] = if has(&['ђ', 'ј', 'љ', 'њ', 'ћ', 'џ', 'ѓ', 'ќ', 'ѕ']) {
        &[Scholars, English]
    } else if has(&['ў']) || has(&['і']) && has(&['ы', 'э', 'ё']) {
        &[Belarusian, Ukrainian, English, Scholars]
    } else if has(&['і', 'ї', 'є', 'ґ']) {
        &[Ukrainian, English, Passport, Scholars]
    } else if has(&['щ', 'ъ']) {
        &[English, Passport, Scholars, Bulgarian, Belarusian]
    } else {
        &[English, Passport, Scholars, Ukrainian, Belarusian]
    };
    let mut keys: Vec<String> = systems.iter().map(|system| spell(&letters, *system)).collect();
    let folded: String = letters.iter().collect();
    if let Some(row) = NAMES.get(&*folded) {
        keys.extend(row.split(' ').map(str::to_owned));
    }
    keys.extend(patronymics(&folded));
    keys
}

/// The letters of a word, small, typing habits taken out.
pub(crate) fn fold_cyrillic(native: &str) -> impl Iterator<Item = char> {
    native.chars().flat_map(char::to_lowercase).map(plain)
}

/// Latin look-alikes inside a Cyrillic word: Ukrainian and Belarusian are typed with the Latin i, and lists are typed
/// with the letter kra.
fn plain(c: char) -> char {
    match c {
        'i' => 'і',
        'ĸ' => 'к',
        'a' => 'а',
        'e' => 'е',
        'o' => 'о',
        'p' => 'р',
        'c' => 'с',
        'x' => 'х',
        'y' => 'у',
        c => c,
    }
}

/// A patronymic of a father whose name the languages write differently: Сергеевич, Siarheevich, Serhiiovych.
fn patronymics(folded: &str) -> Vec<String> {
    const ENDINGS: [(&str, &[&str], &str); 6] = [
        ("еевич", &["ей"], "evich"),
        ("ович", &["", "й"], "avich"),
        ("евич", &["й", "ий", "ь"], "evich"),
        ("еевна", &["ей"], "euna"),
        ("овна", &["", "й"], "auna"),
        ("евна", &["й", "ий", "ь"], "euna"),
    ];
    let father = |ending: &str, father: &[&str]| {
        let stem = folded.strip_suffix(ending)?;
        father.iter().find_map(|end| NAMES.get(&*format!("{stem}{end}")))
    };
    for (ending, fathers, latin) in ENDINGS {
        let Some(row) = father(ending, fathers) else { continue };
        // The Belarusian form is the one that rules do not give; it stands last in the row.
        let Some(name) = row.split(' ').next_back() else { continue };
        return vec![format!("{}{latin}", name.trim_end_matches(['i', 'y']))];
    }
    Vec::new()
}

fn spell(letters: &[char], system: System) -> String {
    let mut word = String::with_capacity(letters.len() * 2);
    let mut at = 0;
    while at < letters.len() {
        let before = at.checked_sub(1).map(|b| letters[b]);
        let next = letters.get(at + 1).copied();
        // The ending of adjectives, which most family names in -ский are.
        if at > 0 && at + 2 == letters.len() && next == Some('й') && matches!(letters[at], 'и' | 'і' | 'ы')
        {
            word.push_str(match system {
                English if letters[at] == 'і' => "iy",
                English => "y",
                Passport | Bulgarian => "ii",
                Ukrainian if letters[at] == 'и' => "yi",
                Ukrainian => "ii",
                Scholars => "ij",
                Belarusian => "i",
            });
            return word;
        }
        word.push_str(letter(letters[at], before, next, system));
        at += 1;
    }
    word
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'ё' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'і')
}

fn letter(c: char, before: Option<char>, next: Option<char>, system: System) -> &'static str {
    // Where е, ю, я begin a syllable of their own.
    let opens = before.is_none_or(|b| is_vowel(b) || matches!(b, 'є' | 'ї' | 'ў' | 'ь' | 'ъ' | '\'' | '’'));
    let soft_next = next.is_some_and(|n| matches!(n, 'е' | 'ё' | 'и' | 'ю' | 'я' | 'ь' | 'і'));
    match (c, system) {
        ('а', _) => "a",
        ('б', _) => "b",
        // After a vowel and before a consonant the Belarusian v is a short u.
        ('в', Belarusian) if before.is_some_and(is_vowel) && !next.is_some_and(is_vowel) => "u",
        ('в', _) => "v",
        ('г', Ukrainian | Belarusian) => "h",
        ('г' | 'ґ' | 'ғ', _) => "g",
        ('ѓ', _) => "gj",
        ('д', Belarusian) if soft_next => "dz",
        ('д', _) => "d",
        ('ђ', English) => "dj",
        ('ђ', _) => "d",
        ('е', English) if opens => "ye",
        ('е', Belarusian) if opens => "ya",
        ('е', Belarusian) if before == Some('р') => "e",
        ('е', _) => "e",
        ('ё', English | Ukrainian) => "yo",
        ('ё', Scholars | Passport | Bulgarian) => "e",
        ('ё', Belarusian) => "io",
        ('є', English) => "ye",
        ('є', Ukrainian) if before.is_none() => "ye",
        ('є', _) => "ie",
        ('ж' | 'җ', Scholars) => "z",
        ('ж' | 'җ', _) => "zh",
        ('з', _) => "z",
        ('ѕ', _) => "dz",
        ('и', Ukrainian) => "y",
        ('и', Belarusian) if before == Some('р') => "y",
        ('и' | 'і', _) => "i",
        ('ї', English) => "yi",
        ('ї', Ukrainian) if before.is_none() => "yi",
        ('ї', _) => "i",
        ('й', English | Bulgarian) => "y",
        ('й', Ukrainian) if before.is_none() => "y",
        ('й' | 'ј', Scholars) => "j",
        ('ј', _) => "y",
        ('й', _) => "i",
        ('к' | 'қ', _) => "k",
        ('ќ', _) => "kj",
        ('л', _) => "l",
        ('љ', Scholars) => "lj",
        ('љ', _) => "ly",
        ('м', _) => "m",
        ('н', _) => "n",
        ('ң', _) => "ng",
        ('њ', Scholars) => "nj",
        ('њ', _) => "ny",
        ('о', Belarusian) => "a",
        ('о' | 'ө', _) => "o",
        ('п', _) => "p",
        ('р', _) => "r",
        ('с', _) => "s",
        ('т', Belarusian) if soft_next => "ts",
        ('т', _) => "t",
        ('ћ', English) => "ch",
        ('ћ', _) => "c",
        ('у' | 'ұ' | 'ү' | 'ў', _) => "u",
        ('ф', _) => "f",
        ('х', Scholars | Bulgarian) | ('һ', _) => "h",
        ('х', _) => "kh",
        ('ц', Scholars) => "c",
        ('ц', _) => "ts",
        ('ч', Scholars) => "c",
        ('ч' | 'ҷ', _) => "ch",
        ('џ', English) => "dzh",
        ('џ', _) => "dz",
        ('ш', Scholars) => "s",
        ('ш', _) => "sh",
        ('щ', Bulgarian) => "sht",
        ('щ', Scholars) => "sc",
        ('щ', _) => "shch",
        ('ъ', Bulgarian) if next.is_some() => "a",
        ('ъ', Passport) => "ie",
        ('ы', _) => "y",
        ('э', _) => "e",
        ('ә', _) => "a",
        ('ю', English | Bulgarian) => "yu",
        ('ю', Scholars) => "ju",
        ('ю', Ukrainian | Belarusian) if opens => "yu",
        ('ю', _) => "iu",
        ('я', English | Bulgarian) => "ya",
        ('я', Scholars) => "ja",
        ('я', Ukrainian | Belarusian) if opens => "ya",
        ('я', _) => "ia",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn by_standard() {
        let rows = [
            ("Пригожин", "prigozhin prigozin"),
            ("Алексей", "aleksey aleksei aleksej oleksii"),
            ("Юрий", "yury iurii jurij yurii"),
            ("Хрущёв", "khrushchyov khrushchev"),
            ("Зеленський", "zelenskyi"),
            ("Гриценко", "gritsenko hrytsenko"),
            ("Лукашэнка", "lukashenka"),
            ("Ўладзімір", "uladzimir"),
            ("Ковалёв", "kovalyov kovalev kavaliou"),
            ("Щърков", "shtarkov"),
            ("Ђорђевић", "dordevic djordjevich"),
            ("Назарбаев", "nazarbayev nazarbaev"),
            ("Лагодюк", "lagodyuk lagodiuk"),
            ("Сергеевич", "sergeyevich sergeevich siarheevich"),
        ];
        for (word, expected) in rows {
            let found = keys(word);
            for key in expected.split(' ') {
                assert!(found.iter().any(|k| k == key), "{word} has no {key}: {found:?}");
            }
        }
        assert_eq!(keys("Путин")[0], "putin");
    }
}
