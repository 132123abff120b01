//! Latin spellings of one Chinese, Korean or Japanese word by different systems: Hsiao-p'ing and Xiaoping, Chong-un and
//! Jeong-eun, Keniti and Kenichi.
//!
//! By letters these words are far apart, and other words (Zhang, Zhao) lie as near; so they are compared by syllables.
//! A word takes part only if it is, from its first letter to its last, one to three syllables of a language in some
//! system. Chinese: pinyin against Wade-Giles without its marks. Korean: the Revised Romanisation, McCune-Reischauer
//! without its marks, the North's and the habits of the South (jeong, jong, chong, jung), for syllables that names of
//! Chinese origin are made of. Japanese: Hepburn against kunrei (si, ti, tu, hu, zi), and long vowels in every spelling.

use crate::hepburn::hepburn;
use crate::syllable_cuts::{Cuts, Spelt, System};
use crate::syllable_systems::{Reading, SYSTEMS, Systems};

/// A key that two spellings of one word share, though other words may have it: what an index looks up before
/// [`romanised_alike`] decides. Its highest bit is set, so that no [`crate::SoundKey`] equals it.
pub type SyllableKey = u64;

/// How two words are spellings of one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Romanised {
    /// How many syllables they have: one syllable is easily met by chance.
    pub syllables: u8,
    /// Whether both are words of one system, which tells them apart: Chang is a syllable of pinyin too, and not Zhang.
    pub ambiguous: bool,
}

const TAG: SyllableKey = 1 << 63;
const CHINESE: SyllableKey = TAG | 1 << 60;
const KOREAN: SyllableKey = TAG | 2 << 60;
const JAPANESE: SyllableKey = TAG | 3 << 60;

fn packed<'a>(language: SyllableKey, cut: impl Iterator<Item = &'a Reading>) -> SyllableKey {
    cut.fold(language, |key, syllable| {
        let high = key & (0xF << 60);
        high | (key & !(0xF << 60)) << 12 | SyllableKey::from(syllable.coarse + 1)
    })
}

/// Whether a word is one to three syllables of pinyin, from its first letter to its last.
///
/// ```
/// assert!(text::is_pinyin_syllables("xiaohong") && text::is_pinyin_syllables("guang"));
/// assert!(!text::is_pinyin_syllables("hsiao") && !text::is_pinyin_syllables("smith"));
/// ```
#[must_use]
pub fn is_pinyin_syllables(key: &str) -> bool {
    SYSTEMS.pinyin.reads(Spelt::of(key))
}

/// Whether a word is one syllable of a Korean name, in any of its systems.
///
/// ```
/// assert!(text::is_korean_syllable("jong") && text::is_korean_syllable("chol"));
/// assert!(!text::is_korean_syllable("smith"));
/// ```
#[must_use]
pub fn is_korean_syllable(key: &str) -> bool {
    SYSTEMS.korean.has(key)
}

/// The keys under which other spellings of a word may be found: none for most words of other languages, seldom more
/// than two.
///
/// ```
/// assert_eq!(text::syllable_keys("smith"), []);
/// assert!(text::syllable_keys("hsiaoping").iter().any(|key| text::syllable_keys("xiaoping").contains(key)));
/// ```
#[must_use]
pub fn syllable_keys(key: &str) -> Vec<SyllableKey> {
    let (systems, word) = (&*SYSTEMS, Spelt::of(key));
    let mut keys: Vec<SyllableKey> = Vec::new();
    for (language, system) in
        [(CHINESE, &systems.pinyin), (CHINESE, &systems.wade_giles), (KOREAN, &systems.korean)]
    {
        keys.extend(system.cuts(word).iter().map(|cut| packed(language, cut)));
    }
    keys.extend(hepburn(key).map(|word| JAPANESE | word.hash() >> 4));
    if keys.len() > 1 {
        keys.sort_unstable();
        keys.dedup();
    }
    keys
}

/// Whether a word has any of the keys of another one: what comparing [`syllable_keys`] says, without those of other
/// languages.
///
/// ```
/// assert!(text::has_syllable_key("hsiaoping", &text::syllable_keys("xiaoping")));
/// assert!(!text::has_syllable_key("hsiaoping", &text::syllable_keys("tanaka")));
/// ```
#[must_use]
pub fn has_syllable_key(key: &str, keys: &[SyllableKey]) -> bool {
    let of = |language| keys.iter().any(|key| key & (0xF << 60) == language);
    let (systems, word) = (&*SYSTEMS, Spelt::of(key));
    let has = |language, system: &System| {
        of(language) && system.cuts(word).iter().any(|cut| keys.contains(&packed(language, cut)))
    };
    has(CHINESE, &systems.pinyin)
        || has(CHINESE, &systems.wade_giles)
        || has(KOREAN, &systems.korean)
        || (of(JAPANESE) && hepburn(key).is_some_and(|word| keys.contains(&(JAPANESE | word.hash() >> 4))))
}

/// Whether two different words are spellings of one word by different systems, and how surely. Symmetric; whatever is
/// alike shares a [`SyllableKey`].
///
/// ```
/// use text::romanised_alike;
/// assert!(romanised_alike("hsiao", "xiao").is_some_and(|r| !r.ambiguous));
/// assert!(romanised_alike("chang", "zhang").is_some_and(|r| r.ambiguous));
/// assert!(romanised_alike("jin", "qin").is_none());
/// assert!(romanised_alike("jeongeun", "chongun").is_some_and(|r| r.syllables == 2));
/// assert!(romanised_alike("keniti", "kenichi").is_some());
/// ```
#[must_use]
pub fn romanised_alike(a: &str, b: &str) -> Option<Romanised> {
    if a == b {
        return None;
    }
    let Systems { pinyin, wade_giles, korean, revised } = &*SYSTEMS;
    let (one, other) = (Spelt::of(a), Spelt::of(b));
    let (x, y) = (pinyin.cuts(one), pinyin.cuts(other));
    // lv and lu are one syllable of pinyin, szu and ssu of Wade-Giles; chang and zhang are two.
    if let Some(syllables) = meet(&x, &y) {
        return Some(Romanised { syllables, ambiguous: false });
    }
    let chinese = meet(&x, &wade_giles.cuts(other)).or_else(|| meet(&wade_giles.cuts(one), &y));
    if let Some(syllables) = chinese {
        return Some(Romanised { syllables, ambiguous: !x.is_empty() && !y.is_empty() });
    }
    if let Some(syllables) = meet(&korean.cuts(one), &korean.cuts(other)) {
        return Some(Romanised { syllables, ambiguous: revised.reads(one) && revised.reads(other) });
    }
    let (a, b) = (hepburn(a)?, hepburn(b)?);
    let alike = a.word() == b.word();
    alike.then_some(Romanised { syllables: a.morae, ambiguous: a.plain && b.plain })
}

/// How many syllables two words have that one system and the other read alike.
fn meet(one: &Cuts, other: &Cuts) -> Option<u8> {
    let alike = |(x, y): (&Reading, &Reading)| x.stands_for.iter().any(|s| y.stands_for.contains(s));
    let mut cuts = one.iter();
    let met = cuts.find(|x| other.iter().any(|y| x.len() == y.len() && x.clone().zip(y).all(alike)));
    met.map(|cut| cut.len() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> Option<(u8, bool)> {
        let found = romanised_alike(a, b).map(|r| (r.syllables, r.ambiguous));
        assert_eq!(romanised_alike(b, a).map(|r| (r.syllables, r.ambiguous)), found, "symmetric: {a} {b}");
        if found.is_some() {
            let keys = syllable_keys(b);
            assert!(syllable_keys(a).iter().any(|key| keys.contains(key)), "no key in common: {a} {b}");
            assert!(has_syllable_key(a, &keys), "{a} {b}");
        }
        found
    }

    #[test]
    fn spellings_of_one_word() {
        let rows = [
            ("hsi", "xi", 1, false),
            ("chinping", "jinping", 2, false),
            ("hsiaoping", "xiaoping", 2, false),
            ("teng", "deng", 1, true),
            // No pair for a list of friends, but Tai-na may be Wade-Giles: that is what `ambiguous` is for.
            ("dina", "tina", 2, true),
            ("chang", "zhang", 1, true),
            ("chihchun", "zhijun", 2, false),
            ("tsai", "cai", 1, false),
            ("ingwen", "yingwen", 2, false),
            ("tsetung", "zedong", 2, false),
            ("lv", "lu", 1, false),
            ("chongun", "jongun", 2, true),
            ("jeongeun", "jongun", 2, true),
            ("muhyon", "moohyun", 2, false),
            ("yeojeong", "yojong", 2, true),
            ("bongju", "pongju", 2, false),
            ("sungtaek", "songthaek", 2, false),
            ("seokyeol", "sukyeol", 2, true),
            ("solju", "seolju", 2, true),
            ("keniti", "kenichi", 3, false),
            ("huzita", "fujita", 3, false),
            ("sinzo", "shinzou", 3, false),
            ("hattori", "hatori", 0, false),
        ];
        for (a, b, syllables, ambiguous) in rows {
            let expected = (syllables > 0).then_some((syllables, ambiguous));
            assert_eq!(alike(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn other_words() {
        let rows = [
            ("jin", "qin"),
            ("zhang", "zhao"),
            ("gang", "guang"),
            ("jian", "juan"),
            ("xiaoming", "xiaohong"),
            ("jongun", "jongil"),
            ("jaeyong", "jaemyung"),
            ("tina", "china"),
            ("talal", "dalal"),
            ("smith", "smyth"),
            ("kenji", "kenta"),
            ("sato", "saito"),
            ("", "xi"),
        ];
        for (a, b) in rows {
            assert_eq!(alike(a, b), None, "{a} {b}");
        }
    }

    #[test]
    fn the_list_of_pinyin_is_whole() {
        assert!((380..=420).contains(&SYSTEMS.pinyin.len()), "{}", SYSTEMS.pinyin.len());
        for word in ["zhuang", "lve", "xian", "jinping", "er", "a"] {
            assert!(is_pinyin_syllables(word), "{word}");
        }
        for word in ["", "hsi", "kim", "chih", "x", "zhangsanfengli", "müller"] {
            assert!(!is_pinyin_syllables(word), "{word}");
        }
    }
}
