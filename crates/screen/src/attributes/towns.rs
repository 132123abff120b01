//! Towns: one town in many spellings, languages and scripts, and under its former names.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::Country;
use names::{Name, NameKind, compare, parse};

use super::address::is_common;

const TABLE: &str = include_str!("../../data/towns.tsv");

/// A town's name agrees from here, in per cent of what is at stake between the two spellings: Teheran is Tehran.
const SAME_TOWN: i32 = 75;

pub(super) fn table_text() -> &'static str {
    TABLE
}

/// Rows of the table by the folded names that they know; a name may be two towns'.
static KNOWN: LazyLock<HashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let mut known: HashMap<String, Vec<u16>> = HashMap::new();
    for (row, line) in TABLE.lines().filter(|line| !line.starts_with('#')).enumerate() {
        for name in line.split(['\t', ';']).skip(1).map(key).filter(|key| !key.is_empty()) {
            let rows = known.entry(name).or_default();
            if !rows.contains(&(row as u16)) {
                rows.push(row as u16);
            }
        }
    }
    known
});

/// Latin letters and digits, without marks: "Saint-Pétersbourg" is one key.
fn key(name: &str) -> String {
    text::words(name).into_iter().map(|word| word.key).collect()
}

/// A town's name, with the country that stands beside it.
pub(super) struct Town {
    name: Name,
    rows: &'static [u16],
    country: Option<Country>,
}

impl Town {
    /// The town of a birthplace: what stands first and is no country. "Tehran Province, Iran" is Tehran's.
    pub(super) fn of_birth_place(place: &str) -> Option<Self> {
        let first = place.split(SEPARATORS).map(str::trim).find(|part| !part.is_empty())?;
        let country = place.rsplit(SEPARATORS).find_map(Country::find);
        if Country::find(first).is_some() && KNOWN.get(&key(first)).is_none() {
            return None;
        }
        Some(Self::new(first, country)).filter(|town| !town.name.tokens.is_empty())
    }

    /// A part of an address or a birthplace. What places in general are called is left out.
    pub(super) fn new(part: &str, country: Option<Country>) -> Self {
        let all = parse_place(part);
        let named: Vec<&str> =
            all.tokens.iter().filter(|t| !is_common(t.key())).map(|token| &*token.text).collect();
        let whole = named.is_empty() || named.len() == all.tokens.len();
        let known = KNOWN.get(&key(part)).or_else(|| KNOWN.get(&key(&named.join(" "))));
        let rows = known.map_or(&[][..], Vec::as_slice);
        Self { name: if whole { all } else { parse_place(&named.join(" ")) }, rows, country }
    }

    /// Whether two names mean one town. Tripoli in Lebanon is not Tripoli in Libya.
    pub(super) fn is(&self, other: &Self) -> bool {
        let apart = matches!((self.country, other.country), (Some(a), Some(b)) if a != b && !a.related(b));
        !apart
            && (self.rows.iter().any(|row| other.rows.contains(row))
                || compare(&self.name, &other.name).is_some_and(|c| c.gain * 100 >= c.stake * SAME_TOWN))
    }
}

/// What separates the parts of an address, in Latin, Arabic and East Asian scripts.
pub(super) const SEPARATORS: [char; 9] = [',', ';', '\n', '(', ')', '/', '،', '、', '，'];

/// A part of an address or birthplace as a name: every word counts, and any digit.
pub(super) fn parse_place(text: &str) -> Name {
    parse(text, NameKind::Vehicle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        let rows: Vec<Vec<&str>> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        for row in &rows {
            assert!(row.len() == 3 && Country::find(row[0]).is_some(), "{row:?}");
        }
        for (name, places) in KNOWN.iter() {
            let mut countries: Vec<&str> = places.iter().map(|at| rows[usize::from(*at)][0]).collect();
            countries.sort_unstable();
            countries.dedup();
            assert_eq!(countries.len(), places.len(), "{name} is two towns of one country");
        }
    }

    #[test]
    fn one_town_in_many_names() {
        let rows = [
            ("Leningrad", "St. Petersburg, Russia", true),
            ("Москва", "Moscow", true),
            ("Teheran", "Tehran, Iran", true),
            ("Tehran Province, Iran", "Tehran", true),
            ("Alep, Syrie", "Aleppo", true),
            ("Tripoli, Lebanon", "Tripoli, Libya", false),
            ("Moscow", "Kiev", false),
        ];
        for (a, b, expected) in rows {
            let (x, y) = (Town::of_birth_place(a).expect(a), Town::of_birth_place(b).expect(b));
            assert_eq!((x.is(&y), y.is(&x)), (expected, expected), "{a} / {b}");
        }
        assert!(Town::of_birth_place("Iran").is_none());
    }
}
