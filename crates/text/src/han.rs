//! Chinese characters: which are forms of one, and how Hong Kong spells them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const VARIANT_ROWS: &str = include_str!("../data/han_variants.tsv");
const CANTONESE_ROWS: &str = include_str!("../data/cantonese.tsv");

static SIMPLIFIED: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| {
    let forms = |(to, forms): (&'static str, &'static str)| {
        let to = to.chars().next();
        forms.chars().filter_map(move |form| Some((form, to?)))
    };
    rows(VARIANT_ROWS).flat_map(forms).collect()
});

static CANTONESE: LazyLock<FxHashMap<char, &'static str>> =
    LazyLock::new(|| rows(CANTONESE_ROWS).filter_map(|(c, row)| Some((c.chars().next()?, row))).collect());

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'))
}

/// A character in its simplified form; any other as it is.
#[must_use]
pub fn simplified(c: char) -> char {
    SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

/// Whether two words of Chinese characters are the same but for the forms of the characters: simplified, traditional,
/// Japanese. Words that only sound alike (张, 章) are not.
///
/// ```
/// assert!(text::same_han("張偉", "张伟") && text::same_han("沢", "澤"));
/// assert!(!text::same_han("章伟", "张伟") && !text::same_han("张", "张伟"));
/// ```
#[must_use]
pub fn same_han(a: &str, b: &str) -> bool {
    a.chars().map(simplified).eq(b.chars().map(simplified))
}

/// Characters of the longest word that is spelt in Cantonese: given names and double surnames before them.
const LONGEST: usize = 3;
/// Spellings of one word.
const MOST: usize = 3;

/// Spellings of a given name in Cantonese, without blanks; none for a word with a character that is rare in names.
pub(crate) fn cantonese(native: &str) -> Vec<String> {
    if native.chars().count() > LONGEST {
        return Vec::new();
    }
    let mut found = vec![String::new()];
    for c in native.chars() {
        let Some(row) = CANTONESE.get(&simplified(c)) else { return Vec::new() };
        // The usual spellings of all characters come first, then one unusual one at a time.
        let longer = row.split(' ').flat_map(|s| found.iter().map(move |before| format!("{before}{s}")));
        found = longer.take(MOST).collect();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{CANTONESE, SIMPLIFIED, cantonese};

    #[test]
    fn tables() {
        assert!(SIMPLIFIED.len() > 4000 && CANTONESE.len() > 6000);
        for (from, to) in SIMPLIFIED.iter() {
            assert!(!SIMPLIFIED.contains_key(to), "{from} is {to}, which is another one");
        }
        assert!(CANTONESE.values().all(|row| row.bytes().all(|b| b.is_ascii_lowercase() || b == b' ')));
    }

    #[test]
    fn spellings() {
        for (native, expected) in [
            ("國強", "kwokkeung"),
            ("国强", "kwokkeung"),
            ("月娥", "yuetngo yuetngor"),
            ("家超", "kachiu"),
            ("振英", "chanying chunying"),
            ("荫权", "yamkuen yumkuen"),
            ("一二三四", ""),
        ] {
            assert_eq!(cantonese(native).join(" "), expected, "{native}");
        }
    }
}
