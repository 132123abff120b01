//! `cargo xtask places`: the table of places in the names of organisations.
//!
//! Countries' names come from CLDR through the package Babel; adjectives, provinces and cities from `data/places.tsv`.
//! Words become keys by the crate that cuts names when they are compared, so a word of any script meets its own row.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use text::{Script, Word, words};

use crate::python::read_packages;

const OWN: &str = include_str!("../data/places.tsv");
const PACKAGE: &str = "Babel==2.18.0";

/// Languages whose names of countries are taken. Those that write a country's name as syllables apart (Vietnamese),
/// and those written without blanks and read by syllables (Khmer, Lao), have no word of their own here.
const LANGUAGES: &str = "en fr es de it pt ru uk be bg sr mk nl da nb sv fi is et lv lt pl cs sk sl hr bs hu ro el sq \
                         ca tr az uz kk ky tg tk ku ar fa ps ur he hi bn id ms sw ja ko zh th ka hy mn";

/// Prints code, language and name of each country, tab-separated.
const SCRIPT: &str = "
import sys
sys.path.insert(0, sys.argv[1])
from babel import Locale
for language in sys.argv[2].split():
    for code, name in sorted(Locale.parse(language).territories.items()):
        if len(code) == 2 and code.isalpha():
            print(code, language, name, sep='\\t')
";

/// What is no country in CLDR's list, and islands without companies.
const NO_COUNTRIES: &str =
    "AC AQ BV CC CP CQ CX DG EA EU EZ GS HM IC IM IO JE NF PN QO SJ TA TF TK UM UN XA XB ZZ";

/// Keys of CLDR's names that are everyday words elsewhere, or say something else in names of organisations.
const ORDINARY: &str = "reunion soria";

/// Keys of CLDR's names are shorter than this only where our own list has them.
const SHORTEST: usize = 5;
/// The same for keys whose vowels were guessed.
const SHORTEST_GUESSED: usize = 6;

const HEAD: &str = "\
# Places in the names of organisations: countries, peoples, provinces, big cities, ports. They hold for organisations only:
# in a person's name Jordan and Paris are names.
# Columns, tab-separated: folded key (text::words), bits, group: the forms of one place share it.
# bits: -log2 of the share of tokens of organisations' names worldwide that the place takes in its commoner spellings; our
# own estimate, by rank: 9 the dozen places that most companies and listed bodies carry (China, India, Russia, Iran,
# Dubai, Shanghai), 10 the other large countries and the best known cities, 11 middling countries, large cities and ports,
# 12 small countries, provinces and other cities. Words of other languages and oblique cases one bit more.
# source: CLDR's names of countries in 57 languages, as in PyPI Babel==2.18.0
# licence: Unicode-3.0 (copyright 2004-2025 Unicode, Inc.; Babel itself is BSD-3-Clause)
# source: crates/xtask/data/places.tsv (our own)
# made by: cargo xtask places
";

/// A place word: its bits and its group.
type Places = BTreeMap<String, (u32, String)>;

/// Installs the package, or takes the one in `installed`, and writes `places.tsv` into `data`.
pub(crate) fn run(data: &Path, installed: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let names = read_packages(&[PACKAGE], installed, SCRIPT, &[LANGUAGES])?;
    let taken = taken(data)?;
    let (mut places, countries) = own(&taken)?;
    let ours = places.len();
    from_cldr(&mut places, &countries, &names, &taken)?;
    let mut table = HEAD.to_owned();
    let mut rows: Vec<(&String, &(u32, String))> = places.iter().collect();
    rows.sort_by(|a, b| (&a.1.1, a.1.0, a.0).cmp(&(&b.1.1, b.1.0, b.0)));
    for (key, (bits, group)) in rows {
        let _ = writeln!(table, "{key}\t{bits}\t{group}");
    }
    println!("{} words, {ours} of them our own", places.len());
    std::fs::write(data.join("places.tsv"), table)?;
    Ok(())
}

/// What other tables give another meaning to: the words, and their tables. Of words that are romanised by syllables or
/// with guessed vowels, a key that is a name of people (Soraya for Syria, Hamdan for Hamadan) is no place either.
fn taken(data: &Path) -> Result<BTreeMap<String, &'static str>, Box<dyn Error>> {
    let mut taken = BTreeMap::new();
    for table in ["org_words.tsv", "particles.tsv", "number_words.tsv", "legal_forms.tsv"] {
        for row in std::fs::read_to_string(data.join(table))?.lines().filter(|row| !row.starts_with('#')) {
            taken.insert(row.split('\t').next().unwrap_or_default().to_owned(), table);
        }
    }
    for row in
        std::fs::read_to_string(data.join("population.tsv"))?.lines().filter(|row| !row.starts_with('#'))
    {
        taken.entry(row.split('\t').next().unwrap_or_default().to_owned()).or_insert(PEOPLE);
    }
    Ok(taken)
}

const PEOPLE: &str = "population.tsv";

/// The table that gives another meaning to a word.
fn meaning(taken: &BTreeMap<String, &'static str>, word: &Word) -> Option<&'static str> {
    let spelled = matches!(word.script, Script::Latin | Script::Cyrillic | Script::Greek);
    taken.get(&word.key).copied().filter(|table| *table != PEOPLE || !spelled)
}

/// Our own rows, and the group and bits of each country.
type Own = (Places, BTreeMap<String, (String, u32)>);

fn own(taken: &BTreeMap<String, &'static str>) -> Result<Own, Box<dyn Error>> {
    let (mut places, mut countries) = (Places::new(), BTreeMap::new());
    for row in OWN.lines().filter(|row| !row.starts_with('#')) {
        let [code, group, bits, list] = row.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not a row: {row}").into());
        };
        let bits: u32 = bits.parse()?;
        if code != "-" {
            countries.insert(code.to_owned(), (group.to_owned(), bits));
        }
        let mut rarer = 0;
        for word in list.split(' ') {
            if word == "|" {
                rarer = 1;
                continue;
            }
            for (key, other) in braces(word).iter().flat_map(|word| keys(word, taken)) {
                let bits = bits + u32::from(rarer == 1 || other);
                let place = places.entry(key.clone()).or_insert_with(|| (bits, group.to_owned()));
                if place.1 == group {
                    place.0 = place.0.min(bits);
                } else {
                    println!("{key}: {} and {group}", place.1);
                }
            }
        }
    }
    Ok((places, countries))
}

/// `a{b,c}` is `ab` and `ac`.
fn braces(word: &str) -> Vec<String> {
    let Some((before, rest)) = word.split_once('{') else { return vec![word.to_owned()] };
    let (choices, after) = rest.split_once('}').unwrap_or((rest, ""));
    choices.split(',').map(|choice| format!("{before}{choice}{after}")).collect()
}

/// The keys of a word, and of each whether it is one of the less usual ways of romanising it.
fn keys(word: &str, taken: &BTreeMap<String, &'static str>) -> Vec<(String, bool)> {
    let Some(stem) = word.strip_suffix('+') else {
        let Some(one) = one_word(word) else { return Vec::new() };
        if let Some(table) = meaning(taken, &one) {
            println!("{word}: {} stands in {table}", one.key);
            return Vec::new();
        }
        return vec![(one.key, false)];
    };
    let (native, latin): (&[&str], &[&str]) = if stem.ends_with('ь') {
        (&["ий", "а", "е", "і", "ого", "ої"], &["y", "yy", "yi", "iy", "a", "e", "oho", "oyi", "oi"])
    } else {
        (&["ий", "ая", "ое", "ие", "ого", "ой"], &["iy", "aya", "oye", "oe", "ii", "aia", "oy"])
    };
    let mut keys: Vec<(String, bool)> = Vec::new();
    for (at, ending) in native.iter().enumerate() {
        keys.extend(one_word(&format!("{stem}{ending}")).map(|word| (word.key, at > 3)));
    }
    if let Some(word) = one_word(stem) {
        // Other readings are of other standards, or of other languages: those differ in more than i, y and j.
        let bare = |key: &str| key.replace(['i', 'y', 'j'], "");
        let other = word.readings.iter().find(|reading| bare(reading) == bare(&word.key));
        for (at, stem) in std::iter::once(&word.key).chain(other).enumerate() {
            for (place, ending) in latin.iter().enumerate() {
                keys.push((format!("{stem}{ending}"), at > 0 || place > 3));
            }
        }
    }
    keys
}

/// The only word of a text, its article left out.
fn one_word(text: &str) -> Option<Word> {
    let mut words = words(text);
    let article = words.len() == 2 && words[0].script == Script::Arabic && words[0].key == "al";
    if article {
        words.remove(0);
    }
    let latin = |key: &str| key.bytes().all(|b| b.is_ascii_lowercase());
    words.pop().filter(|word| words.is_empty() && latin(&word.key) && word.key.len() > 1)
}

fn from_cldr(
    places: &mut Places,
    countries: &BTreeMap<String, (String, u32)>,
    names: &str,
    taken: &BTreeMap<String, &'static str>,
) -> Result<(), Box<dyn Error>> {
    let mut groups = countries.clone();
    for name in names.lines() {
        let [code, language, name] = name.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not a row: {name}").into());
        };
        if NO_COUNTRIES.split(' ').any(|other| other == code) {
            continue;
        }
        // English comes first: a country without a row of ours has its group from there.
        let Some(word) = one_word(name.split('(').next().unwrap_or_default()) else { continue };
        if language == "en" {
            groups.entry(code.to_owned()).or_insert_with(|| (word.key.clone(), 12));
        }
        let Some((group, bits)) = groups.get(code) else { continue };
        let shortest = if word.consonants_only { SHORTEST_GUESSED } else { SHORTEST };
        let ordinary = ORDINARY.split(' ').any(|other| other == word.key);
        if word.key.len() < shortest || ordinary || meaning(taken, &word).is_some() {
            continue;
        }
        let bits = bits + u32::from(language != "en");
        let place = places.entry(word.key.clone()).or_insert_with(|| (bits, group.clone()));
        if place.1 != *group {
            println!("{}: {} and {group} ({language})", word.key, place.1);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{braces, keys, own};

    #[test]
    fn words_become_keys() {
        assert_eq!(braces("iran{,ian,i}"), ["iran", "iranian", "irani"]);
        let none = Default::default();
        let all: Vec<String> = keys("российск+", &none).into_iter().map(|key| key.0).collect();
        for key in ["rossiysky", "rossiyskiy", "rossiyskaya", "rossiiskaia", "rossiyskogo"] {
            assert!(all.iter().any(|other| other == key), "{key}");
        }
        assert_eq!(keys("Россия", &none)[0].0, "rossiya");
        assert!(keys("Sri Lanka", &none).is_empty());
    }

    #[test]
    fn our_own_list_can_be_read() {
        let (places, countries) = own(&Default::default()).unwrap();
        assert_eq!(places["rossii"].1, "russia");
        assert_eq!(countries["IR"].0, "iran");
        assert!(places.values().all(|(bits, _)| (9..=13).contains(bits)));
    }
}
