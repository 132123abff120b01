//! Countries and territories, as lists and customers name them.
//!
//! `data/countries.tsv` is our own table: FtM code (ISO 3166-1 alpha-2 in small letters, with the historical states
//! under the codes that FollowTheMoney gives them), ISO 3166-1 alpha-3, names in many languages, demonyms.

use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../data/countries.tsv");

/// A country or territory of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(u16);

struct Row {
    code: &'static str,
    name: &'static str,
}

struct Table {
    rows: Vec<Row>,
    by_name: HashMap<String, u16>,
}

static COUNTRIES: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { rows: Vec::new(), by_name: HashMap::new() };
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
}

#[cfg(test)]
mod tests {
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
}
