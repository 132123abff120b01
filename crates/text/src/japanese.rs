//! Japanese names in Chinese characters, which are read by name, not by character.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::han::simplified;

const ROWS: &str = include_str!("../data/japanese_names.tsv");

#[derive(Default)]
struct Names {
    family: FxHashMap<String, &'static str>,
    given: FxHashMap<String, &'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    for row in ROWS.lines().filter(|l| !l.starts_with('#')) {
        let mut columns = row.split('\t');
        let (Some(native), Some(kind), Some(readings)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let table = if kind == "family" { &mut names.family } else { &mut names.given };
        table.entry(plain(native)).or_insert(readings);
    }
    names
});

fn plain(native: &str) -> String {
    native.chars().map(simplified).collect()
}

/// Where the surname ends in a name without blanks that is Japanese, in bytes: the surname of the
/// table that stands before a given name of it, or that tells by itself: of two characters, where the first is no Chinese
/// surname (`chinese`) or the name is longer than Chinese ones are.
pub(crate) fn surname_end(name: &str, chinese: bool) -> Option<usize> {
    let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    if !(2..=6).contains(&ends.len()) {
        return None;
    }
    let told = |&(n, end): &(usize, usize)| {
        let given = || NAMES.given.contains_key(&plain(&name[end..]));
        let long = n > 1 && (!chinese || ends.len() > 3);
        NAMES.family.contains_key(&plain(&name[..end])) && (long || given())
    };
    [3, 2, 1].into_iter().filter_map(|n| Some((n, *ends.get(n)?))).find(told).map(|(_, end)| end)
}

/// Readings of a family name, and of a given name.
pub(crate) fn family(native: &str) -> impl Iterator<Item = String> {
    NAMES.family.get(&plain(native)).into_iter().flat_map(|row| row.split(' ')).map(str::to_owned)
}

pub(crate) fn given(native: &str) -> impl Iterator<Item = String> {
    NAMES.given.get(&plain(native)).into_iter().flat_map(|row| row.split(' ')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::NAMES;
    use crate::person_words;

    #[test]
    fn names() {
        let rows = [
            ("安倍晋三", "abe shinzo"),
            ("小泉純一郎", "koizumi junichiro"),
            ("黒澤 明", "kurosawa akira"),
            ("菅義偉", "suga yoshihide"),
            ("習近平", "xi jinping"),
        ];
        for (name, expected) in rows {
            let words = person_words(name);
            assert_eq!(words.len(), 2, "{name}: {words:?}");
            for (word, key) in words.iter().zip(expected.split(' ')) {
                assert!(word.key == key || word.readings.contains(&key.to_owned()), "{name}: {word:?}");
            }
        }
    }

    #[test]
    fn the_table_is_well_formed() {
        assert!(NAMES.family.len() > 200 && NAMES.given.len() > 150);
        for row in NAMES.family.values().chain(NAMES.given.values()) {
            assert!(row.bytes().all(|b| b.is_ascii_lowercase() || b == b' '), "{row}");
        }
    }
}
