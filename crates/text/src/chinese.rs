//! Han characters: Chinese names by pinyin, Wade-Giles and, for surnames, the spellings of Hong Kong and overseas.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{fold, han, japanese};

const SURNAME_ROWS: &str = include_str!("../data/chinese_surnames.tsv");

static SURNAMES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    SURNAME_ROWS.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect()
});

/// Where the surname ends in a name without blanks, in bytes.
pub(crate) fn surname_end(name: &str) -> Option<usize> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    if !(2..=4).contains(&ends.len()) {
        return None;
    }
    // A double surname leaves at least one character for the given name.
    [2, 1].into_iter().filter_map(|n| ends.get(n).copied()).find(|&end| surname(&name[..end]).is_some())
}

fn surname(native: &str) -> Option<&'static str> {
    SURNAMES.get(native).or_else(|| SURNAMES.get(&*simplified(native))).copied()
}

/// Words that differ only in the forms of their characters have their keys from one form of them.
fn simplified(native: &str) -> String {
    native.chars().map(han::simplified).collect()
}

/// Keys of a surname: pinyin, Wade-Giles, and those of the table.
pub(crate) fn surname_keys(native: &str) -> Vec<String> {
    let plain = simplified(native);
    let row = surname(native).unwrap_or_default();
    let (pinyin, others): (Vec<&str>, Vec<&str>) = row.split_whitespace().partition(|s| s.starts_with('='));
    let mut keys: Vec<String> = pinyin.iter().map(|s| s.trim_start_matches('=').to_owned()).collect();
    if keys.is_empty() {
        keys.push(fold(&plain));
    }
    // A double surname is cut into syllables by its characters, not by the letters of its special reading.
    keys.push(if plain.chars().count() == 1 { wade_giles(&keys[0]) } else { wade_giles_of(&plain) });
    keys.extend(others.into_iter().map(str::to_owned));
    keys.extend(japanese::family(native));
    // The characters may be a given name on the other side.
    keys.extend([fold(&plain), fold(native)]);
    keys
}

/// Keys of any other word, character by character: pinyin, Wade-Giles, Cantonese.
pub(crate) fn keys(native: &str) -> Vec<String> {
    let plain = simplified(native);
    let mut keys = vec![fold(&plain), wade_giles_of(&plain)];
    // Taiwan writes Ing-wen.
    keys.extend(keys[1].strip_prefix('y').filter(|rest| rest.starts_with("ing")).map(str::to_owned));
    // A word that stands for itself may be a family name as well as a given one.
    keys.extend(japanese::given(native).chain(japanese::family(native)));
    keys.extend(han::cantonese(&plain));
    keys.push(fold(native));
    keys
}

fn wade_giles_of(native: &str) -> String {
    native.chars().map(|c| wade_giles(&fold(c.encode_utf8(&mut [0; 4])))).collect()
}

/// A syllable of pinyin in the system of Wade and Giles (1892), without its apostrophes, which lists leave out.
///
/// ```text
/// zhang chang   xiao hsiao   qing ching   dong tung   zi tzu   he ho   yan yen
/// ```
pub(crate) fn wade_giles(pinyin: &str) -> String {
    let whole = match pinyin {
        "zi" | "ci" => "tzu",
        "si" => "ssu",
        "zhi" | "chi" => "chih",
        "shi" => "shih",
        "ri" => "jih",
        "yi" => "i",
        "yan" => "yen",
        "ye" => "yeh",
        "you" => "yu",
        "er" => "erh",
        "he" | "e" => return pinyin.replace('e', "o"),
        "ge" | "ke" => "ko",
        _ => "",
    };
    if !whole.is_empty() {
        return whole.to_owned();
    }
    const INITIALS: [(&str, &str); 14] = [
        ("zh", "ch"),
        ("ch", "ch"),
        ("sh", "sh"),
        ("b", "p"),
        ("d", "t"),
        ("g", "k"),
        ("j", "ch"),
        ("q", "ch"),
        ("x", "hs"),
        ("r", "j"),
        ("z", "ts"),
        ("c", "ts"),
        ("y", "y"),
        ("w", "w"),
    ];
    let letters = |c: char| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let cut = pinyin.find(|c| !letters(c)).unwrap_or(pinyin.len());
    let (initial, last) = pinyin.split_at(cut);
    let first = INITIALS.iter().find(|(p, _)| *p == initial).map_or(initial, |(_, w)| w);
    let last = match last {
        "ong" => "ung",
        "ian" => "ien",
        "ie" => "ieh",
        "ue" => "ueh",
        "iong" => "iung",
        "uo" if !matches!(initial, "g" | "k" | "h" | "sh") => "o",
        "ui" if matches!(initial, "g" | "k") => "uei",
        last => last,
    };
    format!("{first}{last}")
}

#[cfg(test)]
mod tests {
    use super::{SURNAMES, wade_giles};
    use crate::person_words;

    #[test]
    fn syllables() {
        let rows = [
            ("zhang", "chang"),
            ("xiao", "hsiao"),
            ("qing", "ching"),
            ("dong", "tung"),
            ("guo", "kuo"),
            ("luo", "lo"),
            ("xie", "hsieh"),
            ("cai", "tsai"),
            ("jian", "chien"),
            ("mao", "mao"),
            ("ze", "tse"),
        ];
        for (pinyin, expected) in rows {
            assert_eq!(wade_giles(pinyin), expected, "{pinyin}");
        }
    }

    #[test]
    fn names() {
        let rows = [
            ("习近平", "xi jinping"),
            ("毛泽东", "mao zedong"),
            ("欧阳娜娜", "ouyang nana"),
            ("单雄信", "shan xiongxin"),
            ("曾国藩", "zeng guofan"),
            ("(金铁三)", "jin tiesan"),
            ("陈诚", "chen cheng"),
            ("阿不都·哈克", "abudou hake"),
        ];
        for (name, expected) in rows {
            let keys: Vec<String> = person_words(name).into_iter().map(|w| w.key).collect();
            assert_eq!(keys.join(" "), expected, "{name}");
        }
        let chan = person_words("陳德勝");
        assert!(chan[0].readings.contains(&"chan".to_owned()));
        assert!(chan[1].readings.contains(&"tesheng".to_owned()));
    }

    #[test]
    fn surnames_have_one_or_two_characters() {
        assert!(SURNAMES.len() > 400);
        assert!(SURNAMES.keys().all(|s| (1..=2).contains(&s.chars().count())));
    }
}
