//! People and companies who are not listed, put together by origin, in the same way for the same seed.
//!
//! Their names are the most common ones of each country, the commoner the oftener: of all names at large these are the
//! hardest for a filter, since the listed bear them too. One group, of all origins together, bears rarer names.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use model::Schema;

use crate::random::Random;
use crate::tables::{COMMON_NAMES, COMPANIES, PEOPLE, POPULATION, rows};

/// Bits of the words that the rarer names are made of: one word in 2^13 to 2^17 of those that people are called.
const RARER: std::ops::Range<u32> = 13_000..17_000;

/// The origin of the rarer names.
const MIXED: &str = "All, rarer names";

/// A name that nobody listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// Where such names come from.
    pub origin: String,
    /// Person or Company.
    pub schema: Schema,
    /// The name.
    pub name: String,
}

/// Names of one role and source, the most common first.
type Names = Vec<&'static str>;

static COMMON: LazyLock<BTreeMap<(&str, &str), Names>> = LazyLock::new(|| {
    let mut common: BTreeMap<(&str, &str), Names> = BTreeMap::new();
    for row in rows(COMMON_NAMES) {
        let [source, role, _, names] = row[..] else { continue };
        // Of several spellings of one name the first is the commonest; rows in another script come after the first.
        let names = names.split(' ').filter_map(|n| n.split('/').next()).filter(|n| n.chars().count() > 1);
        let known = common.entry((source, role)).or_default();
        let native = |n: &str| !n.is_ascii();
        let mixes = |known: &Names, n: &str| known.first().is_some_and(|first| native(first) != native(n));
        for name in names {
            if !mixes(known, name) && !name.starts_with(|c: char| c.is_lowercase() && c.is_ascii()) {
                known.push(name);
            }
        }
    }
    common
});

static RARE: LazyLock<Names> = LazyLock::new(|| {
    let rare = |line: &'static str| {
        let (word, bits) = line.split_once('\t')?;
        let bits: u32 = bits.parse().ok()?;
        (RARER.contains(&bits) && word.len() > 3).then_some(word)
    };
    POPULATION.lines().filter(|l| !l.starts_with('#')).filter_map(rare).collect()
});

struct Origin {
    name: &'static str,
    order: &'static str,
    given: Names,
    patronymic: Names,
    family: Names,
}

static ORIGINS: LazyLock<Vec<Origin>> = LazyLock::new(|| {
    let from = |source: &str, role: &str, more: &'static str| {
        let mut names = COMMON.get(&(source, role)).cloned().unwrap_or_default();
        for name in more.split(' ').filter(|n| !n.is_empty()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    let origin = |row: Vec<&'static str>| {
        let cell = |i: usize| row.get(i).copied().unwrap_or_default();
        Origin {
            name: cell(0),
            order: cell(1),
            given: from(cell(2), "given", cell(4)),
            patronymic: from(cell(2), "middle", ""),
            family: from(cell(3), "family", cell(5)),
        }
    };
    rows(PEOPLE).map(origin).collect()
});

/// One of some names, those at the front more often: the lesser of two draws.
fn common(names: &[&'static str], random: &mut Random) -> &'static str {
    let at = random.below(names.len()).min(random.below(names.len()));
    names.get(at).copied().unwrap_or_default()
}

impl Origin {
    fn person(&self, random: &mut Random) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut joined = String::new();
        for part in self.order.chars() {
            match part {
                'G' => words.push(common(&self.given, random).to_owned()),
                'M' if random.coin() => words.push(common(&self.given, random).to_owned()),
                'P' if random.coin() => words.push(common(&self.patronymic, random).to_owned()),
                'F' => words.push(common(&self.family, random).to_owned()),
                'b' => words.push("bin".to_owned()),
                'C' => joined += common(if joined.is_empty() { &self.family } else { &self.given }, random),
                _ => {}
            }
        }
        if !joined.is_empty() {
            words.push(joined);
        }
        // "Ali Ali" is a name in some countries, but a rare one; and one word alone names nobody.
        words.dedup();
        let whole = words.len() > 1 || self.order.contains('C');
        if whole { words.join(" ") } else { String::new() }
    }
}

fn company(row: &[&'static str], family: &Origin, random: &mut Random) -> String {
    let cell = |i: usize| row.get(i).copied().unwrap_or_default().split('/').collect::<Vec<_>>();
    let (trades, forms) = (cell(2), cell(3));
    let names = if family.family.is_empty() { &family.given } else { &family.family };
    let name = common(names, random);
    let trade = random.pick(&trades).copied().unwrap_or_default();
    let form = random.pick(&forms).copied().unwrap_or_default();
    let middle = match random.below(4) {
        0 => format!("{name} & {} {trade}", common(names, random)),
        1 => format!("{name} {trade} {}", random.pick(&trades).copied().unwrap_or_default()),
        _ => format!("{name} {trade}"),
    };
    match form.strip_prefix('^') {
        Some(before) => format!("{before} {middle}"),
        None => format!("{middle} {form}"),
    }
}

/// About `size` names, as many of each origin; five of people for one of companies. The first names of a larger set are
/// those of a smaller one. No name comes twice within an origin, so an origin of few names may have fewer.
#[must_use]
pub fn placebo(size: usize, seed: u64) -> Vec<Unlisted> {
    let origins = &*ORIGINS;
    let people = (size * 5 / 6) / (origins.len() + 1);
    let companies = (size / 6) / rows(COMPANIES).count();
    let mut made = Vec::with_capacity(size);
    for origin in origins {
        let person = |random: &mut Random| origin.person(random);
        some(
            &mut made,
            people,
            Random::new(seed, &["person", origin.name]),
            origin.name,
            &Schema::Person,
            person,
        );
    }
    let rarer = |random: &mut Random| {
        let word = |random: &mut Random| capital(random.pick(&RARE).copied().unwrap_or_default());
        format!("{} {}", word(random), word(random))
    };
    some(&mut made, people, Random::new(seed, &["person", MIXED]), MIXED, &Schema::Person, rarer);
    for row in rows(COMPANIES) {
        let Some(family) = origins.iter().find(|o| o.name == row[1]) else { continue };
        let name = format!("{}, companies", row[0]);
        let one = |random: &mut Random| company(&row, family, random);
        some(&mut made, companies, Random::new(seed, &["company", row[0]]), &name, &Schema::Company, one);
    }
    made
}

fn some(
    made: &mut Vec<Unlisted>,
    count: usize,
    mut random: Random,
    origin: &str,
    schema: &Schema,
    one: impl Fn(&mut Random) -> String,
) {
    let first = made.len();
    for _ in 0..count * 4 {
        let name = one(&mut random);
        if made.len() - first < count
            && !name.is_empty()
            && made[first..].iter().all(|other| other.name != name)
        {
            made.push(Unlisted { origin: origin.to_owned(), schema: schema.clone(), name });
        }
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_origin_has_names() {
        for origin in ORIGINS.iter() {
            let needs = |part: char, names: &Names| !origin.order.contains(part) || names.len() >= 6;
            assert!(needs('G', &origin.given) && needs('F', &origin.family), "{}", origin.name);
            assert!(needs('P', &origin.patronymic) && needs('C', &origin.family), "{}", origin.name);
        }
        for row in rows(COMPANIES) {
            assert!(ORIGINS.iter().any(|o| o.name == row[1]), "{row:?}");
        }
        assert!(RARE.len() > 1000, "{}", RARE.len());
    }

    #[test]
    fn the_same_seed_gives_the_same_names() {
        let made = placebo(2_000, 1);
        assert_eq!(made, placebo(2_000, 1));
        assert_ne!(made, placebo(2_000, 2));
        assert!((1_700..=2_000).contains(&made.len()), "{}", made.len());
        for one in &made {
            assert!(
                !one.name.is_empty() && one.name.trim() == one.name && !one.name.contains("  "),
                "{one:?}"
            );
        }
        let shown = |origin: &str| made.iter().find(|m| m.origin == origin).map(|m| m.name.as_str());
        assert!(shown("Chinese, in Han").is_some_and(|n| (2..=4).contains(&n.chars().count())));
        assert!(shown(MIXED).is_some_and(|n| n.contains(' ')));
        assert!(shown("Russian, companies").is_some(), "companies too");
    }
}
