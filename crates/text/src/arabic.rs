//! Arabic script: Arabic, Persian, Dari, Urdu, Kurdish names.
//!
//! The script writes no short vowels, so a romanisation has to be known, not computed: names are looked up in a
//! dictionary of spellings first (`data/arabic.tsv`, made by `cargo xtask arabic`). A word that is not there is spelt
//! with the vowels that its syllables need, and is compared by its consonants besides.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::readings::Readings;
use crate::syllables;

const NAMES: &str = include_str!("../data/arabic.tsv");
const WORDS: &str = include_str!("../data/arabic_words.tsv");

/// Spellings of a word by its folded letters; our own rows win over the dictionary's.
static SPELLINGS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let rows =
        |text: &'static str| text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let mut table = FxHashMap::with_capacity_and_hasher(NAMES.len() / 24, FxBuildHasher);
    table.extend(rows(NAMES));
    table.extend(rows(WORDS));
    table
});

/// A word of Arabic script with the habits of keyboards and countries taken out: marks and stretching dropped, one
/// letter for the forms of alef, yeh, kaf and heh and for letters that only Urdu, Pashto and Kurdish tell apart.
///
/// ```
/// assert_eq!(text::fold_arabic("مُوسـىٰ"), text::fold_arabic("موسی"));
/// assert_eq!(text::fold_arabic("أحمد"), "احمد");
/// ```
#[must_use]
pub fn fold_arabic(word: &str) -> String {
    word.chars().filter_map(fold_letter).collect()
}

fn fold_letter(c: char) -> Option<char> {
    Some(match c {
        'ـ' | 'ء' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' => {
            return None;
        }
        'أ' | 'إ' | 'آ' | 'ٱ' | 'ٲ' | 'ٳ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ێ' | 'ے' | 'ئ' | 'ۍ' | 'ۓ' => 'ي',
        'ک' | 'ڪ' | 'ګ' => {
            if c == 'ګ' {
                'گ'
            } else {
                'ك'
            }
        }
        'ة' | 'ۀ' | 'ہ' | 'ھ' | 'ە' | 'ۃ' | 'ۂ' => 'ه',
        'ؤ' | 'ۆ' | 'ۇ' | 'ۋ' | 'ڤ' => 'و',
        'ٹ' | 'ټ' => 'ت',
        'ڈ' | 'ډ' => 'د',
        'ڑ' | 'ړ' | 'ڕ' => 'ر',
        'ں' | 'ڼ' => 'ن',
        'ڵ' => 'ل',
        'ښ' => 'ش',
        'ږ' => 'ژ',
        'ځ' => 'ز',
        'څ' => 'س',
        c => c,
    })
}

/// Spellings that the dictionary knows, the commonest first.
fn known(folded: &str) -> Option<impl Iterator<Item = &'static str> + Clone> {
    SPELLINGS.get(folded).map(|row| row.split(' '))
}

/// The letters of the article, which is written together with its word.
const ARTICLE: &str = "ال";

/// Where a word falls into two that Latin spellings write apart: behind the article (الحسيني, Al-Husayni), and behind
/// the servant in عبدالرحيم. `None` for one word: the dictionary knows الهام and عبدالله as names of their own.
///
/// Gives the length in bytes of the first part of `native`.
pub(crate) fn article_end(native: &str) -> Option<usize> {
    let folded = fold_arabic(native);
    if SPELLINGS.contains_key(&*folded) {
        return None;
    }
    let prefix = ["عبدال", ARTICLE].into_iter().find(|p| folded.starts_with(p))?;
    let letters = prefix.chars().count();
    // Two letters behind the article are no name of their own: التى, الما.
    if folded.chars().count() < letters + 3 {
        return None;
    }
    let mut left = letters;
    for (at, c) in native.char_indices() {
        if left == 0 && fold_letter(c).is_some() {
            return Some(at);
        }
        left -= usize::from(left > 0 && fold_letter(c).is_some());
    }
    None
}

/// How many words from the first on are one name, written apart: عبد الله, سیف الدین, and عبد ال رحمن once the article
/// is cut off. The Latin spellings mostly write them together, and where they do not, a run of words is compared with
/// the one word. Of a servant whose master no dictionary knows, the article goes to the servant: Abdul.
pub(crate) fn one_name(words: &[&str]) -> usize {
    let folded: Vec<String> = words.iter().take(3).map(|w| fold_arabic(w)).collect();
    let known = |width: usize| SPELLINGS.contains_key(&*folded[..width].concat());
    match folded.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, ARTICLE, _] if known(3) => 3,
        ["عبد", ARTICLE, ..] => 2,
        // Persian writes the ending of خامنه‌ای apart, with a joiner or a blank.
        ["عبد", ..] | [_, "الله" | "الدين" | "اي", ..] if folded.len() > 1 && known(2) => 2,
        _ => 1,
    }
}

/// Ways of writing the article before a word with which it assimilates: ar-Rahman, ed-Din, us-Salam.
pub(crate) fn assimilated_article(following: &str) -> Vec<String> {
    const SUN: [(char, &str); 13] = [
        ('ت', "t"),
        ('ث', "th"),
        ('د', "d"),
        ('ذ', "dh"),
        ('ر', "r"),
        ('ز', "z"),
        ('س', "s"),
        ('ش', "sh"),
        ('ص', "s"),
        ('ض', "d"),
        ('ط', "t"),
        ('ظ', "z"),
        ('ن', "n"),
    ];
    let sun = SUN.iter().find(|(letter, _)| following.starts_with(*letter));
    sun.into_iter().flat_map(|(_, latin)| ["a", "e", "u"].map(|vowel| format!("{vowel}{latin}"))).collect()
}

/// Readings of a word, whose parts are already separated.
pub(crate) fn readings(native: &str, generic: String) -> Readings {
    let folded = fold_arabic(native);
    if let Some(mut spellings) = known(&folded) {
        let key = spellings.next().map_or(generic, str::to_owned);
        let mut others: Vec<String> = spellings.filter(|s| *s != key).map(str::to_owned).collect();
        // French writes ch for ش: the Maghreb, Lebanon, Syria.
        if folded.contains('ش') && !others.iter().chain([&key]).any(|s| s.contains("ch")) {
            others.push(key.replace("sh", "ch"));
        }
        return Readings { key, others, consonants_only: false };
    }
    let mut spellings = compound(&folded);
    for guess in syllables::guesses(&folded) {
        if !spellings.contains(&guess) {
            spellings.push(guess);
        }
    }
    if spellings.is_empty() {
        return Readings { key: generic, others: Vec::new(), consonants_only: true };
    }
    let key = spellings.remove(0);
    Readings { key, others: spellings, consonants_only: true }
}

/// Endings of family names that follow a given name or a place, with their spellings.
const ENDINGS: [(&str, &[&str]); 8] = [
    ("ي", &["i"]),
    ("يان", &["ian", "yan"]),
    ("نيا", &["nia"]),
    ("فر", &["far"]),
    ("وند", &["vand"]),
    ("لو", &["lou", "lu"]),
    ("چي", &["chi"]),
    ("ابادي", &["abadi"]),
];

/// Letters that a part of a compound must have, so that not every word falls into names.
const LEAST_PART: usize = 3;

/// Spellings of a word made of a known name and an ending, or of two known names written together: محمدباقر.
fn compound(folded: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (ending, latin) in ENDINGS {
        let Some(stem) = folded.strip_suffix(ending) else { continue };
        if stem.chars().count() >= LEAST_PART {
            let stems = known(stem).into_iter().flatten().take(2);
            found.extend(stems.flat_map(|stem| latin.iter().map(move |end| format!("{stem}{end}"))));
        }
    }
    let letters = folded.chars().count();
    let cuts = folded.char_indices().map(|(at, _)| at).enumerate();
    // The most even cut is the likeliest: the longer the parts, the less by chance they are names.
    let mut cuts: Vec<(usize, usize)> =
        cuts.filter(|(n, _)| (LEAST_PART..=letters.saturating_sub(LEAST_PART)).contains(n)).collect();
    cuts.sort_by_key(|(n, _)| (letters - 2 * n.min(&(letters - n)), *n));
    for (_, at) in cuts {
        let (first, second) = folded.split_at(at);
        if let (Some(first), Some(second)) = (known(first), known(second)) {
            found.extend(first.take(2).flat_map(|a| second.clone().take(2).map(move |b| format!("{a}{b}"))));
            break;
        }
    }
    found.truncate(4);
    found
}

#[cfg(test)]
mod tests {
    use crate::words;

    fn check(rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            let keys: Vec<String> = words(text).into_iter().map(|w| w.key).collect();
            assert_eq!(keys.join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn names() {
        check(&[
            ("سيد محمد حسين موسى كاظمى", "seyyed mohamed hussein moussa kazemi"),
            ("سید محمد حسین موسی کاظمی", "seyyed mohamed hussein moussa kazemi"),
            ("سجاد کاشیان", "sajjad kashian"),
            ("صدام حسين التكريتي", "saddam hussein al tikriti"),
            ("عبد الله الهام", "abdullah elham"),
            ("عبدالله", "abdullah"),
            ("عبد الرحمن", "abdulrahman"),
            ("عبد البيژن", "abdul bijan"),
            ("عبدالبيژن", "abdul bijan"),
            ("شیرین\u{200C}کار", "shirin kar"),
            ("محمدباقر", "mohammadbagher"),
        ]);
    }

    #[test]
    fn unknown_words_get_the_vowels_of_their_syllables() {
        for (word, reading) in [("خشکبارچیان", "khashkabarchian"), ("مصتفعی", "mastafai")] {
            let found = words(word);
            assert!(found[0].consonants_only, "{word}");
            assert_eq!(found[0].key, reading, "{word}");
        }
    }

    #[test]
    fn the_table_is_read() {
        assert!(super::SPELLINGS.len() > 15_000, "{}", super::SPELLINGS.len());
        let rows = || super::SPELLINGS.iter();
        assert!(rows().all(|(native, _)| super::fold_arabic(native) == **native));
        let latin = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase());
        assert!(rows().all(|(_, spellings)| spellings.split(' ').all(latin)));
    }
}
