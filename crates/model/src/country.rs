//! Countries and territories, as lists and customers name them.
//!
//! `data/countries.tsv` is our own table: FtM code (ISO 3166-1 alpha-2 in small letters, with the historical states
//! under the codes that FollowTheMoney gives them), ISO 3166-1 alpha-3, names in many languages, demonyms.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use rustc_hash::FxHashSet;

const TABLE: &str = include_str!("../data/countries.tsv");
const RELATIONS: &str = include_str!("../data/country_relations.tsv");

/// A country or territory of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(u16);

struct Row {
    code: &'static str,
    name: &'static str,
}

struct Table {
    rows: Vec<Row>,
    by_name: FxHashMap<String, u16>,
}

static COUNTRIES: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { rows: Vec::new(), by_name: FxHashMap::default() };
    for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let index = table.rows.len() as u16;
        let mut columns = line.split('\t');
        let (code, alpha3) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
        let name = columns.next().unwrap_or("");
        let others = columns.flat_map(|column| column.split(';'));
        for key in [code, alpha3, name].into_iter().chain(others).map(key).filter(|k| !k.is_empty()) {
            // The first row that claims a name keeps it; a test holds that no two rows do.
            table.by_name.entry(key).or_insert(index);
        }
        table.rows.push(Row { code, name });
    }
    table
});

/// Pairs of related countries, each both ways.
static RELATED: LazyLock<FxHashSet<(Country, Country)>> = LazyLock::new(|| {
    relations()
        .filter_map(|(one, other)| Some((Country::find(one)?, Country::find(other)?)))
        .flat_map(|(one, other)| [(one, other), (other, one)])
        .collect()
});

/// The codes that each row of the relations names.
fn relations() -> impl Iterator<Item = (&'static str, &'static str)> {
    RELATIONS.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).flat_map(|line| {
        let mut columns = line.split('\t');
        let (one, others) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
        others.split(';').map(move |other| (one, other))
    })
}

/// Letters and digits only, small: "Korea, North" and "KOREA NORTH" are one key.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Country {
    /// The country that a code, a name or a demonym means; `None` where the table does not know it.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        COUNTRIES.by_name.get(&key(text)).copied().map(Self)
    }

    /// FtM code, such as `ir`.
    #[must_use]
    pub fn code(self) -> &'static str {
        COUNTRIES.rows[usize::from(self.0)].code
    }

    /// English name, such as `Iran`.
    #[must_use]
    pub fn name(self) -> &'static str {
        COUNTRIES.rows[usize::from(self.0)].name
    }

    /// Whether papers of one party may name now the one, now the other: a state and its successors, its territories,
    /// the lands that it disputes (`data/country_relations.tsv`). Symmetric, not transitive; a country is not related
    /// to itself.
    #[must_use]
    pub fn related(self, other: Self) -> bool {
        RELATED.contains(&(self, other))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn names_codes_and_demonyms() {
        let rows = [
            ("Iran", "ir"),
            ("ir", "ir"),
            ("IRN", "ir"),
            ("Iranian", "ir"),
            ("Korea, North", "kp"),
            ("Burma", "mm"),
            ("China, Hong Kong Special Administrative Region", "hk"),
            ("Kazakh Soviet Socialist Republic", "kz"),
        ];
        for (text, code) in rows {
            assert_eq!(Country::find(text).map(Country::code), Some(code), "{text}");
        }
        assert_eq!(Country::find("Atlantis"), None);
        assert_eq!(Country::find(""), None);
    }

    #[test]
    fn no_two_rows_claim_one_name() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for line in TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let code = line.split('\t').next().unwrap();
            assert!(line.split('\t').count() >= 3, "code, alpha-3, name: {line}");
            for name in line.split('\t').flat_map(|c| c.split(';')).map(key).filter(|k| !k.is_empty()) {
                let other = seen.insert(name.clone(), code).unwrap_or(code);
                assert_eq!(other, code, "{name} stands in two rows");
            }
        }
    }

    #[test]
    fn related_countries() {
        let rows = [
            ("Soviet Union", "Ukraine", true),
            ("Latvia", "Uzbekistan", false),
            ("Yugoslavia", "Serbia and Montenegro", true),
            ("Kosovo", "Serbia", true),
            ("Hong Kong", "China", true),
            ("Hong Kong", "Macau", false),
            ("Crimea", "Russia", true),
            ("Crimea", "Ukraine", true),
            ("Russia", "Ukraine", false),
            ("Puerto Rico", "United States", true),
            ("Jersey", "United Kingdom", true),
            ("Iran", "Iran", false),
            ("Iran", "Iraq", false),
        ];
        for (one, other, expected) in rows {
            let (one, other) = (Country::find(one).unwrap(), Country::find(other).unwrap());
            assert_eq!(one.related(other), expected, "{} {}", one.name(), other.name());
            assert_eq!(other.related(one), expected, "{} {}", other.name(), one.name());
        }
    }

    #[test]
    fn relations_name_codes_of_the_table_and_no_pair_twice() {
        let mut seen = FxHashSet::default();
        for (one, other) in relations() {
            for code in [one, other] {
                assert_eq!(Country::find(code).map(Country::code), Some(code), "{one} {other}");
            }
            assert_ne!(one, other);
            assert!(seen.insert((one.min(other), one.max(other))), "{one} {other} stand twice");
        }
    }
}
