//! `cargo xtask population`: the table of how common each word is in the names of people, and the letters of words.
//!
//! The table stands for **the customers of banks**, not for the people of the world: the population of a country counts
//! with its square root. A bank in Vilnius has mostly Lithuanians and one in Delhi mostly Indians, so a name that is
//! common anywhere must not look rare; and a word that is common in a large country must look common to everybody.
//! (Weights in proportion to population would make Kazlauskas as telling as a misspelling; equal weights for every
//! country would make Icelandic patronymics as common as Chinese surnames.)
//!
//! Where most listed people come from, a country counts double: there, customers meet listed names of their own
//! people, and it is those who are hurt when a name is taken for rare that is not. For the same reason a fifth of the
//! weight are the countries of Arabic and Persian script, through the romaniser's dictionary. Another fifth is the US
//! Census, the one large count there is; it counts immigrants' names too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::python::read_packages;

const SCRIPT: &str = include_str!("extract_names.py");
const COMMON: &str = include_str!("../data/common_names.tsv");

/// What is installed, with the licence of what is taken from it.
const PACKAGES: [(&str, &str); 3] = [
    ("faker==40.54.0", "MIT, copyright 2012 Daniele Faraglia; the name lists of its locales"),
    ("names==0.3.0", "US Census 1990 counts, public domain; only the dist.* files are taken"),
    ("arabic-name-romanizer==0.2.0", "Wikidata, CC0; only the rows with source 'wikidata' are taken"),
];

/// Faker's locales and our own lists: millions of people whose names they show (rounded; speakers of the language where
/// a language has one list for several countries), and the part of each among those that show the same people.
#[rustfmt::skip]
const REGIONS: &[(u32, &[(&str, u32)])] = &[
    (1420, &[("faker/zh_CN", 60), ("faker/zh_TW", 16), ("faker/zh_CN+hong", 14), ("faker/zh_CN+singapore", 10)]),
    (1430, &[("faker/en_IN", 80), ("faker/hi_IN", 10), ("faker/ta_IN", 3), ("faker/mr_IN", 2), ("faker/gu_IN", 2), ("faker/or_IN", 3)]),
    (400, &[("faker/en_US", 45), ("faker/en_GB", 30), ("faker/en", 12), ("faker/en_IE", 6), ("faker/en_NZ", 7)]),
    (500, &[("faker/es_MX", 25), ("faker/es_CO", 20), ("faker/es_AR", 20), ("faker/es_ES", 15), ("faker/es_CL", 18), ("faker/es_CA", 2)]),
    (300, &[("own/ar", 80), ("faker/ar_AA", 12), ("faker/ar_SA", 5), ("faker/ar_PS", 3)]),
    (90, &[("faker/fr_DZ", 80), ("faker/ar_DZ", 20)]),
    (225, &[("faker/en_NG", 50), ("faker/ha_NG", 20), ("faker/ig_NG", 15), ("faker/yo_NG", 15)]),
    (240, &[("faker/pt_BR", 70), ("faker/pt_PT", 30)]),
    (110, &[("faker/fr_FR", 55), ("faker/fr_BE", 20), ("faker/fr_CA", 8), ("faker/fr_QC", 7), ("faker/fr_CH", 10)]),
    (98, &[("faker/de_DE", 65), ("faker/de_AT", 15), ("faker/de_CH", 15), ("faker/de_LI", 1), ("faker/de_LU", 4)]),
    (30, &[("faker/nl_NL", 50), ("faker/nl_BE", 50)]),
    (70, &[("faker/en_TH", 60), ("faker/th_TH", 40)]),
    (280, &[("faker/id_ID", 100)]), (240, &[("faker/en_PK", 100)]), (200, &[("faker/ru_RU", 100)]),
    (200, &[("own/cd", 100)]), (170, &[("faker/bn_BD", 100)]), (130, &[("own/et", 100)]), (130, &[("faker/fa_IR", 100)]),
    (124, &[("faker/ja_JP", 100)]), (115, &[("own/ph", 100)]), (100, &[("faker/vi_VN", 100)]), (100, &[("faker/sw", 100)]),
    (86, &[("faker/tr_TR", 100)]), (65, &[("own/en_AU", 100)]), (60, &[("own/zw", 100)]), (59, &[("faker/it_IT", 100)]),
    (55, &[("faker/en_KE", 100)]), (55, &[("own/mm", 100)]), (52, &[("faker/ko_KR", 100)]), (45, &[("own/kz", 100)]),
    (41, &[("own/af", 100)]), (40, &[("faker/uk_UA", 100)]), (37, &[("faker/pl_PL", 100)]), (36, &[("faker/uz_UZ", 100)]),
    (34, &[("faker/tw_GH", 100)]), (33, &[("own/my", 100)]), (30, &[("faker/ne_NP", 100)]), (28, &[("faker/zu_ZA", 100)]),
    (26, &[("own/kp", 100)]), (25, &[("own/kh", 100)]), (22, &[("faker/si_LK", 100)]), (21, &[("faker/ro_RO", 100)]),
    (12, &[("own/rs", 100)]), (10, &[("faker/cs_CZ", 100)]), (10, &[("faker/sv_SE", 100)]), (10, &[("faker/el_GR", 100)]),
    (10, &[("faker/az_AZ", 100)]), (10, &[("faker/hu_HU", 100)]), (9, &[("faker/he_IL", 100)]), (9, &[("own/by", 100)]),
    (7, &[("faker/bg_BG", 100)]), (6, &[("faker/da_DK", 100)]), (6, &[("faker/fi_FI", 100)]), (6, &[("faker/no_NO", 100)]),
    (5, &[("faker/sk_SK", 100)]), (5, &[("own/al", 100)]), (4, &[("faker/hr_HR", 100)]), (4, &[("faker/ka_GE", 100)]),
    (3, &[("faker/hy_AM", 100)]), (3, &[("faker/lt_LT", 100)]), (3, &[("own/mn", 100)]), (2, &[("faker/lv_LV", 100)]),
    (2, &[("faker/mk_MK", 100)]), (2, &[("faker/sl_SI", 100)]), (2, &[("faker/ga_IE", 100)]), (1, &[("faker/et_EE", 100)]),
    (1, &[("faker/is_IS", 40)]),
];

/// The regions that count double, by their first source.
const OFTEN_LISTED: [&str; 10] = [
    "faker/zh_CN",
    "faker/es_MX",
    "own/ar",
    "faker/en_PK",
    "faker/ru_RU",
    "faker/fa_IR",
    "own/mm",
    "own/af",
    "faker/uk_UA",
    "own/kp",
];

/// The romaniser's countries, with millions of people.
#[rustfmt::skip]
const ROMANISED: &[(&str, u32)] = &[
    ("PK", 240), ("EG", 112), ("IR", 89), ("SD", 48), ("DZ", 45), ("IQ", 45), ("AF", 41), ("MA", 37), ("SA", 36),
    ("YE", 34), ("SY", 23), ("SO", 18), ("TN", 12), ("JO", 11), ("AE", 10), ("LY", 7), ("LB", 6), ("PS", 5),
    ("KW", 5), ("OM", 5), ("MR", 5), ("QA", 3), ("BH", 2), ("DJ", 1), ("KM", 1),
];

/// Parts of the mixture.
const LOCALES: f64 = 0.6;
const CENSUS: f64 = 0.2;
const ROMANIZER: f64 = 0.2;

/// Rows of the table at most; what comes after is rarer than the model of letters can be wrong about.
const MOST_ROWS: usize = 45_000;
/// The table ends here, in millibits, even if there is room.
const RAREST: i32 = 19_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Counted,
    Ranked,
    Flat,
}

/// One list of names of one source.
#[derive(Debug)]
struct List {
    source: String,
    role: String,
    shape: Shape,
    /// Its part of the role's weight, in percent; without one, the lists of a role share what is left.
    part: Option<f64>,
    /// The words of each name, and its weight.
    names: Vec<(Vec<String>, f64)>,
}

type Table = BTreeMap<String, f64>;

/// Installs the packages, reads them and writes the two tables into `data`; with `check`, prints what the back-off's
/// constants were chosen by.
pub(crate) fn run(
    data: &Path,
    installed: Option<&Path>,
    check: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let text = read_packages(&PACKAGES.map(|(package, _)| package), installed, SCRIPT, &[])?;
    let mut lists = read(&text)?;
    common_names(&mut lists)?;
    shape(&mut lists);
    let words = mix(&lists, |_| true);
    let kept = keep(&words.all);
    fs::write(data.join("population.tsv"), population_file(&kept))?;
    let letters = Letters::count(&types(&lists));
    let first = first_letters(&words.all);
    fs::write(data.join("letters.tsv"), letters_file(&letters, &first))?;
    println!("{} words of {}; {} contexts", kept.len(), words.all.len(), letters.followers.len());
    if check {
        calibrate(&lists, &words, &letters);
    }
    Ok(())
}

/// The lists, cut into words by the crate that cuts names when they are compared.
fn read(text: &str) -> io::Result<Vec<List>> {
    let mut lists: Vec<List> = Vec::new();
    let mut last = String::new();
    for line in text.lines() {
        let wrong = || io::Error::other(format!("not a row: {line}"));
        let fields: Vec<&str> = line.split('\t').collect();
        let [source, role, list, shape, weight, name] = fields[..] else { return Err(wrong()) };
        let shape = match shape {
            "counted" => Shape::Counted,
            "ranked" => Shape::Ranked,
            "flat" => Shape::Flat,
            _ => return Err(wrong()),
        };
        let id = format!("{source}\t{role}\t{list}");
        if id != last {
            last = id;
            lists.push(List {
                source: source.to_owned(),
                role: role.to_owned(),
                shape,
                part: None,
                names: Vec::new(),
            });
        }
        let keys: Vec<String> = text::words(name).into_iter().map(|word| word.key).collect();
        if let Some(list) = lists.last_mut().filter(|_| !keys.is_empty()) {
            list.names.push((keys, weight.parse().map_err(|_| wrong())?));
        }
    }
    Ok(lists)
}

/// Our own lists of the most common names.
fn common_names(lists: &mut Vec<List>) -> io::Result<()> {
    for line in COMMON.lines().filter(|line| !line.starts_with('#')) {
        let wrong = || io::Error::other(format!("not a row: {line}"));
        let fields: Vec<&str> = line.split('\t').collect();
        let [source, role, part, names] = fields[..] else { return Err(wrong()) };
        let part = Some(part.parse().map_err(|_| wrong())?);
        let mut list = List {
            source: source.to_owned(),
            role: role.to_owned(),
            shape: Shape::Ranked,
            part,
            names: Vec::new(),
        };
        let curve = curve(lists, &list.role);
        for (name, weight) in names.split(' ').zip(curve) {
            let spellings: Vec<&str> = name.split('/').collect();
            for spelling in &spellings {
                let keys: Vec<String> = text::words(spelling).into_iter().map(|word| word.key).collect();
                if !keys.is_empty() {
                    #[expect(clippy::cast_precision_loss, reason = "a few spellings")]
                    list.names.push((keys, weight / spellings.len() as f64));
                }
            }
        }
        lists.push(list);
    }
    Ok(())
}

/// What the n-th most common name weighs: the curve of the US Census.
fn curve(lists: &[List], role: &str) -> Vec<f64> {
    let role = if role == "given" { "given" } else { "family" };
    let counted = lists.iter().filter(|list| list.source == "census" && list.role == role);
    let mut weights: Vec<f64> = counted.flat_map(|list| list.names.iter().map(|name| name.1)).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    weights
}

/// Gives weights to the lists that have none.
fn shape(lists: &mut [List]) {
    let (given, family) = (curve(lists, "given"), curve(lists, "family"));
    for list in lists.iter_mut().filter(|list| list.shape == Shape::Ranked && list.part.is_none()) {
        let curve = if list.role == "given" { &given } else { &family };
        for (name, weight) in list.names.iter_mut().zip(curve) {
            name.1 = *weight;
        }
    }
    // A list without any order says which names are in use; how common they are, other people of the same names say.
    // The root keeps what is common elsewhere from taking over. The rarest word of a name decides.
    let mut weights = Vec::new();
    let sources: BTreeSet<String> =
        lists.iter().filter(|list| list.shape == Shape::Flat).map(|list| list.source.clone()).collect();
    for source in &sources {
        let family = language(source);
        let others = mix(lists, |list| language(&list.source) != family || list.shape != Shape::Flat);
        for (index, list) in
            lists.iter().enumerate().filter(|(_, l)| l.source == *source && l.shape == Shape::Flat)
        {
            let table = others.by_role.get(&list.role);
            let common = |key: &String| table.and_then(|table| table.get(key)).copied().unwrap_or_default();
            for (place, (keys, _)) in list.names.iter().enumerate() {
                let elsewhere = keys.iter().map(common).fold(f64::INFINITY, f64::min);
                weights.push((index, place, (elsewhere + UNSEEN).powf(CONTRAST)));
            }
        }
    }
    for (list, name, weight) in weights {
        lists[list].names[name].1 = weight;
    }
}

/// What a name that no other source has is taken for, when the names of a flat list are weighted; and the power.
const UNSEEN: f64 = 1e-6;
const CONTRAST: f64 = 0.5;

/// The lists that copy each other: the locales of one language.
fn language(source: &str) -> &str {
    source.strip_prefix("faker/").map_or(source, |locale| &locale[..2])
}

struct Words {
    all: Table,
    by_role: BTreeMap<String, Table>,
}

/// How probable a word of a name is.
fn mix(lists: &[List], wanted: impl Fn(&List) -> bool) -> Words {
    let shares = shares();
    let mut by_role: BTreeMap<String, Table> = BTreeMap::new();
    let mut words = 0.0;
    let curves = ["given", "family"].map(|role| curve(lists, role));
    let lists: Vec<&List> = lists.iter().filter(|list| wanted(list)).collect();
    for list in &lists {
        let Some(share) = shares.get(&list.source) else { continue };
        let of_source = lists.iter().filter(|other| other.source == list.source);
        let middle = of_source.clone().any(|other| other.role == "middle");
        let role = match (list.role.as_str(), middle) {
            ("middle", _) => 0.2, // a patronymic is one of three words, and often left out
            (_, true) => 0.4,
            (_, false) => 0.5,
        };
        let siblings = of_source.filter(|other| other.role == list.role);
        let parts: f64 = siblings.clone().filter_map(|other| other.part).sum();
        let partless = siblings.filter(|other| other.part.is_none()).count();
        let total: f64 = list.names.iter().map(|name| name.1).sum();
        #[expect(clippy::cast_precision_loss, reason = "a count of lists")]
        let part = list.part.map_or_else(|| (1.0 - parts / 100.0) / partless as f64, |part| part / 100.0);
        // What no list of this people has is the share of words that nobody's table has.
        let covered = if list.part.is_none() { coverage(list, &curves) } else { 1.0 };
        words += share * role * part * (1.0 - covered);
        if partless == 0 {
            words += share * role * (1.0 - parts / 100.0) / list_count(&lists, list);
        }
        let scale = share * role * part * covered / total;
        let table = by_role.entry(list.role.clone()).or_default();
        for (keys, weight) in &list.names {
            for key in keys {
                *table.entry(key.clone()).or_default() += scale * weight;
                if !list.source.starts_with("romanizer-native") {
                    words += scale * weight;
                }
            }
        }
    }
    let mut all = Table::new();
    for table in by_role.values_mut() {
        for (key, p) in table {
            *p /= words;
            *all.entry(key.clone()).or_default() += *p;
        }
    }
    Words { all, by_role }
}

/// How much of a people's names a list has that does not say so: a list of nine surnames is not all of a country's.
/// The n most common names of the US Census have a known share; the root of it, since few peoples are as mixed.
fn coverage(list: &List, curves: &[Vec<f64>; 2]) -> f64 {
    if list.shape == Shape::Counted {
        return 1.0;
    }
    let curve = &curves[usize::from(list.role != "given")];
    let share: f64 = curve.iter().take(list.names.len()).sum::<f64>() / curve.iter().sum::<f64>();
    share.sqrt()
}

/// How many lists the role of this one has.
#[expect(clippy::cast_precision_loss, reason = "a count of lists")]
fn list_count(lists: &[&List], list: &List) -> f64 {
    lists.iter().filter(|other| other.source == list.source && other.role == list.role).count() as f64
}

/// The part of each source in the mixture.
///
/// Words in Arabic script are met only by words in Arabic script, and their keys (`mhmd`) are not those of the Latin
/// spellings. So they are a space of their own, on top: the key has the probability of the name, all spellings of it
/// together, and the parts add up to more than 1.
fn shares() -> BTreeMap<String, f64> {
    let mut shares = BTreeMap::new();
    let root = |people: u32| f64::from(people).sqrt();
    let weight = |region: &(u32, &[(&str, u32)])| {
        let listed = OFTEN_LISTED.contains(&region.1[0].0);
        root(region.0) * if listed { 2.0 } else { 1.0 }
    };
    let total: f64 = REGIONS.iter().map(weight).sum();
    for region @ (_, locales) in REGIONS {
        for (locale, part) in *locales {
            shares.insert((*locale).to_owned(), LOCALES * weight(region) / total * f64::from(*part) / 100.0);
        }
    }
    shares.insert("census".to_owned(), CENSUS);
    let total: f64 = ROMANISED.iter().map(|country| root(country.1)).sum();
    for (country, people) in ROMANISED {
        for kind in ["romanizer", "romanizer-native"] {
            shares.insert(format!("{kind}/{country}"), ROMANIZER * root(*people) / total);
        }
    }
    shares
}

#[expect(clippy::cast_possible_truncation, reason = "a few ten thousand")]
fn millibits(p: f64) -> i32 {
    (-1000.0 * p.log2()).round() as i32
}

/// The most common words, by key.
fn keep(all: &Table) -> BTreeMap<String, i32> {
    let mut rows: Vec<(i32, &String)> = all
        .iter()
        .filter(|(key, _)| (2..=24).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_lowercase()))
        .map(|(key, p)| (millibits(*p), key))
        .filter(|row| row.0 <= RAREST)
        .collect();
    rows.sort_unstable();
    rows.truncate(MOST_ROWS);
    rows.into_iter().map(|(bits, key)| (key.clone(), bits)).collect()
}

fn head(what: &str) -> String {
    let mut out = format!("# {what}\n");
    for (package, licence) in PACKAGES {
        let _ = writeln!(out, "# source: {package} ({licence})");
    }
    out.push_str(
        "# source: crates/xtask/data/common_names.tsv (our own)\n# made by: cargo xtask population\n",
    );
    out
}

fn population_file(kept: &BTreeMap<String, i32>) -> String {
    let mut out = head("How common a word is in the names of people: key, millibits = -1000 log2 p.");
    for (key, bits) in kept {
        let _ = writeln!(out, "{key}\t{bits}");
    }
    out
}

/// Each source's distinct words, each alike: how a word looks that is in nobody's table.
fn types(lists: &[List]) -> Table {
    let mut by_source: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for list in lists {
        let words = list.names.iter().flat_map(|name| &name.0).map(String::as_str);
        by_source.entry(&list.source).or_default().extend(words.filter(|key| key.len() > 1));
    }
    let distinct: BTreeSet<&str> = by_source.values().flatten().copied().collect();
    let shares = shares();
    let mut out = Table::new();
    #[expect(clippy::cast_precision_loss, reason = "a few ten thousand words")]
    for (source, words) in &by_source {
        let Some(share) = shares.get(*source) else { continue };
        let weight = share * distinct.len() as f64 / words.len() as f64;
        for word in words {
            *out.entry((*word).to_owned()).or_default() += weight;
        }
    }
    out
}

/// Counts of letters after two, one and no letters; `^` is before a word, `$` after it.
struct Letters {
    followers: BTreeMap<String, BTreeMap<char, f64>>,
}

impl Letters {
    fn count(types: &Table) -> Letters {
        let mut followers: BTreeMap<String, BTreeMap<char, f64>> = BTreeMap::new();
        for (word, weight) in types.iter().filter(|(word, _)| word.bytes().all(|b| b.is_ascii_lowercase())) {
            let padded: Vec<char> = "^^".chars().chain(word.chars()).chain(['$']).collect();
            for three in padded.windows(3) {
                for context in [&three[..2], &three[1..2], &[]] {
                    let context: String = context.iter().collect();
                    *followers.entry(context).or_default().entry(three[2]).or_default() += weight;
                }
            }
        }
        Letters { followers }
    }

    /// Witten and Bell's smoothing: a context that was followed by many different letters trusts the shorter one more.
    #[expect(clippy::cast_precision_loss, reason = "at most 27")]
    fn probability(&self, context: &str, next: char) -> f64 {
        let shorter = || if context.is_empty() { 1.0 / 27.0 } else { self.probability(&context[1..], next) };
        let Some(followers) = self.followers.get(context) else { return shorter() };
        let total: f64 = followers.values().sum();
        let distinct = followers.len() as f64;
        (followers.get(&next).copied().unwrap_or_default() + distinct * shorter()) / (total + distinct)
    }

    fn surprise(&self, word: &str) -> f64 {
        let padded: Vec<char> = "^^".chars().chain(word.chars()).chain(['$']).collect();
        padded
            .windows(3)
            .map(|three| -self.probability(&three[..2].iter().collect::<String>(), three[2]).log2())
            .sum()
    }
}

/// With which letters names begin, for the initials.
fn first_letters(all: &Table) -> BTreeMap<char, f64> {
    let mut out = BTreeMap::new();
    for (key, p) in all.iter().filter(|(key, _)| key.len() > 1) {
        if let Some(letter) = key.chars().next().filter(char::is_ascii_lowercase) {
            *out.entry(letter).or_default() += p;
        }
    }
    let total: f64 = out.values().sum();
    out.values_mut().for_each(|p| *p /= total);
    out
}

fn letters_file(letters: &Letters, first: &BTreeMap<char, f64>) -> String {
    let mut out = head(
        "Letters of the words of names: two letters, the next one, millibits; ^ before the word, $ after it, * any \
         other letter.\n# One ^ alone: the word's first letter, for initials.",
    );
    for (letter, p) in first {
        let _ = writeln!(out, "^\t{letter}\t{}", millibits(*p));
    }
    let all: Vec<char> = ('a'..='z').chain(['$']).collect();
    let mut unseen_anywhere = 0;
    let mut rows = String::new();
    for (context, followers) in letters.followers.iter().filter(|(context, _)| context.len() == 2) {
        let unseen: Vec<f64> = all
            .iter()
            .filter(|next| !followers.contains_key(next))
            .map(|next| letters.probability(context, *next))
            .collect();
        if !unseen.is_empty() {
            #[expect(clippy::cast_precision_loss, reason = "at most 27")]
            let mean = unseen.iter().sum::<f64>() / unseen.len() as f64;
            let bits = millibits(mean);
            unseen_anywhere = unseen_anywhere.max(bits);
            let _ = writeln!(rows, "{context}\t*\t{bits}");
        }
        for next in followers.keys() {
            let _ = writeln!(rows, "{context}\t{next}\t{}", millibits(letters.probability(context, *next)));
        }
    }
    let _ = writeln!(out, "**\t*\t{unseen_anywhere}");
    out + &rows
}

/// How rare words are that the other sources do not have, by the surprise of their letters: what the back-off's line
/// was laid through.
fn calibrate(lists: &[List], words: &Words, letters: &Letters) {
    for held in [
        "census",
        "romanizer/IR",
        "romanizer/PK",
        "romanizer/EG",
        "faker/sv_SE",
        "faker/nl_BE",
        "faker/en_KE",
        "faker/fi_FI",
        "faker/pl_PL",
        "faker/zh_CN",
    ] {
        let others = mix(lists, |list| list.source != held);
        let mut bins: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
        let only = mix(lists, |list| list.source == held);
        for key in only.all.keys().filter(|key| key.len() > 1 && !others.all.contains_key(*key)) {
            #[expect(clippy::cast_possible_truncation, reason = "small")]
            let bin = (letters.surprise(key) / 4.0) as i32;
            let entry = bins.entry(bin).or_default();
            entry.0 += 1.0;
            entry.1 += words.all[key];
        }
        let row: Vec<String> =
            bins.iter().map(|(bin, (n, p))| format!("{}:{:.1}({n})", bin * 4, -(p / n).log2())).collect();
        println!("{held} {}", row.join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::{Letters, Shape, common_names, mix, read, shape};

    const RAW: &str = "census\tgiven\tmen\tcounted\t3.0\tJohn\n\
                       census\tgiven\tmen\tcounted\t1.0\tMary Ann\n\
                       census\tfamily\tall\tcounted\t2.0\tSmith\n\
                       faker/it_IT\tfamily\tlast_names\tflat\t1.0\tSmith\n\
                       faker/it_IT\tfamily\tlast_names\tflat\t1.0\tAbate\n";

    #[test]
    fn lists_become_probabilities() {
        let mut lists = read(RAW).unwrap();
        shape(&mut lists);
        let words = mix(&lists, |list| list.source == "census").all;
        // Of eight names' words, four given (three John, one of two words) and four family: nine words.
        assert!((words["smith"] - 4.0 / 9.0).abs() < 1e-9, "{words:?}");
        assert!((words["ann"] - 1.0 / 9.0).abs() < 1e-9, "{words:?}");
        let italian = &lists[2].names;
        assert_eq!(lists[2].shape, Shape::Flat);
        assert!(italian[0].1 > italian[1].1, "what is common elsewhere is more common here: {italian:?}");
        assert!(read("no row").is_err());
    }

    #[test]
    fn our_own_lists_can_be_read() {
        let mut lists = read(RAW).unwrap();
        common_names(&mut lists).unwrap();
        let shares = super::shares();
        for list in &lists {
            assert!(shares.contains_key(&list.source), "{} has no weight", list.source);
        }
        for (source, role) in lists.iter().map(|list| (&list.source, &list.role)) {
            let of_role = lists.iter().filter(|list| (&list.source, &list.role) == (source, role));
            assert!(of_role.filter_map(|list| list.part).sum::<f64>() <= 100.0, "{source} {role}");
        }
    }

    #[test]
    fn letters_after_two_letters_add_up() {
        let types = [("anna", 2.0), ("ann", 1.0)].map(|(word, weight)| (word.to_owned(), weight)).into();
        let letters = Letters::count(&types);
        for context in ["^^", "an", "nn", "zz"] {
            let sum: f64 = ('a'..='z').chain(['$']).map(|next| letters.probability(context, next)).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{context} {sum}");
        }
        assert!(letters.surprise("anna") < letters.surprise("nana"));
    }
}
