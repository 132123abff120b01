//! `cargo xtask population`: the table of how common each word is in the names of people, and the letters of words.
//!
//! The table stands for **the customers of banks**, not for the people of the world: the population of a country counts
//! with its square root. A bank in Vilnius has mostly Lithuanians and one in Delhi mostly Indians, so a name that is
//! common anywhere must not look rare; and a word that is common in a large country must look common to everybody.
//! (Weights in proportion to population would make Kazlauskas as telling as a misspelling; equal weights for every
//! country would make Icelandic patronymics as common as Chinese surnames.)
//!
//! A quarter of the weight is the US Census, the one large count there is; it is a count of immigrants' names too. A
//! quarter are the countries of Arabic and Persian script, through the romaniser's dictionary: few other people have a
//! name of their own on so many lists, and few are hurt as much by a name that is taken for rare when it is not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

const SCRIPT: &str = include_str!("extract_names.py");

/// What is installed, with the licence of what is taken from it.
const PACKAGES: [(&str, &str); 3] = [
    ("faker==40.54.0", "MIT; the name lists of its locales"),
    ("names==0.3.0", "US Census 1990 counts, public domain; only the dist.* files are taken"),
    ("arabic-name-romanizer==0.2.0", "Wikidata, CC0; only the rows with source 'wikidata' are taken"),
];

/// Faker's locales: millions of people whose names they show (rounded; speakers of the language where a language has
/// one list for several countries), and each locale's part among those that show the same people.
#[rustfmt::skip]
const REGIONS: &[(u32, &[(&str, u32)])] = &[
    (1420, &[("zh_CN", 60), ("zh_TW", 20), ("zh_CN+hong", 12), ("zh_CN+singapore", 8)]),
    (1430, &[("en_IN", 70), ("hi_IN", 14), ("ta_IN", 5), ("mr_IN", 4), ("gu_IN", 4), ("or_IN", 3)]),
    (450, &[("en_US", 45), ("en_GB", 30), ("en", 12), ("en_IE", 6), ("en_NZ", 7)]),
    (500, &[("es_MX", 30), ("es_CO", 20), ("es_AR", 15), ("es_ES", 15), ("es_CL", 15), ("es_CA", 5)]),
    (300, &[("ar_AA", 60), ("ar_SA", 25), ("ar_PS", 15)]),
    (90, &[("fr_DZ", 70), ("ar_DZ", 30)]),
    (225, &[("en_NG", 25), ("ha_NG", 25), ("ig_NG", 25), ("yo_NG", 25)]),
    (240, &[("pt_BR", 70), ("pt_PT", 30)]),
    (110, &[("fr_FR", 55), ("fr_BE", 20), ("fr_CA", 8), ("fr_QC", 7), ("fr_CH", 10)]),
    (98, &[("de_DE", 65), ("de_AT", 15), ("de_CH", 15), ("de_LI", 1), ("de_LU", 4)]),
    (30, &[("nl_NL", 50), ("nl_BE", 50)]),
    (70, &[("en_TH", 60), ("th_TH", 40)]),
    (280, &[("id_ID", 100)]), (240, &[("en_PK", 100)]), (180, &[("ru_RU", 100)]), (170, &[("bn_BD", 100)]),
    (124, &[("ja_JP", 100)]), (100, &[("vi_VN", 100)]), (130, &[("fa_IR", 100)]), (100, &[("sw", 100)]),
    (86, &[("tr_TR", 100)]), (78, &[("ko_KR", 100)]), (59, &[("it_IT", 100)]), (55, &[("en_KE", 100)]),
    (40, &[("uk_UA", 100)]), (37, &[("pl_PL", 100)]), (36, &[("uz_UZ", 100)]), (34, &[("tw_GH", 100)]),
    (30, &[("ne_NP", 100)]), (28, &[("zu_ZA", 100)]), (22, &[("si_LK", 100)]), (21, &[("ro_RO", 100)]),
    (15, &[("hr_HR", 100)]), (10, &[("cs_CZ", 100)]), (10, &[("sv_SE", 100)]), (10, &[("el_GR", 100)]),
    (10, &[("az_AZ", 100)]), (10, &[("hu_HU", 100)]), (9, &[("he_IL", 100)]), (7, &[("bg_BG", 100)]),
    (6, &[("da_DK", 100)]), (6, &[("fi_FI", 100)]), (6, &[("no_NO", 100)]), (5, &[("sk_SK", 100)]),
    (4, &[("ka_GE", 100)]), (3, &[("hy_AM", 100)]), (3, &[("lt_LT", 100)]), (2, &[("lv_LV", 100)]),
    (2, &[("mk_MK", 100)]), (2, &[("sl_SI", 100)]), (2, &[("ga_IE", 100)]), (1, &[("et_EE", 100)]),
    (1, &[("is_IS", 40)]),
];

/// The romaniser's countries, with millions of people.
#[rustfmt::skip]
const ROMANISED: &[(&str, u32)] = &[
    ("PK", 240), ("EG", 112), ("IR", 89), ("SD", 48), ("DZ", 45), ("IQ", 45), ("AF", 41), ("MA", 37), ("SA", 36),
    ("YE", 34), ("SY", 23), ("SO", 18), ("TN", 12), ("JO", 11), ("AE", 10), ("LY", 7), ("LB", 6), ("PS", 5),
    ("KW", 5), ("OM", 5), ("MR", 5), ("QA", 3), ("BH", 2), ("DJ", 1), ("KM", 1),
];

/// Parts of the mixture.
const FAKER: f64 = 0.5;
const CENSUS: f64 = 0.25;
const ROMANIZER: f64 = 0.25;

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
    /// The words of each name, and its weight.
    names: Vec<(Vec<String>, f64)>,
}

type Table = BTreeMap<String, f64>;

/// Installs the packages, reads them and writes the two tables into `data`.
pub(crate) fn run(data: &Path, installed: Option<&Path>) -> Result<(), Box<dyn std::error::Error>> {
    let scratch = std::env::temp_dir().join(format!("interdict-population-{}", std::process::id()));
    let folder = if let Some(folder) = installed {
        folder
    } else {
        install(&scratch)?;
        &scratch
    };
    let text = output(Command::new("python3").args(["-c", SCRIPT]).arg(folder))?;
    if installed.is_none() {
        fs::remove_dir_all(&scratch)?;
    }
    let mut lists = read(&text)?;
    shape(&mut lists);
    let words = mix(&lists, |_| true);
    let kept = keep(&words.all);
    fs::write(data.join("population.tsv"), population_file(&kept))?;
    let letters = Letters::count(&types(&lists));
    let first = first_letters(&words.all);
    fs::write(data.join("letters.tsv"), letters_file(&letters, &first))?;
    println!("{} words of {}; {} contexts", kept.len(), words.all.len(), letters.followers.len());
    if std::env::var_os("CALIBRATE").is_some() {
        calibrate(&lists, &words, &letters);
    }
    Ok(())
}

fn install(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--target"])
        .arg(folder);
    pip.args(PACKAGES.map(|(package, _)| package));
    output(&mut pip)?;
    Ok(())
}

fn output(command: &mut Command) -> Result<String, Box<dyn std::error::Error>> {
    let out = command.output()?;
    if !out.status.success() {
        return Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&out.stderr)).into());
    }
    Ok(String::from_utf8(out.stdout)?)
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
            lists.push(List { source: source.to_owned(), role: role.to_owned(), shape, names: Vec::new() });
        }
        let keys: Vec<String> = text::words(name).into_iter().map(|word| word.key).collect();
        if let Some(list) = lists.last_mut().filter(|_| !keys.is_empty()) {
            list.names.push((keys, weight.parse().map_err(|_| wrong())?));
        }
    }
    Ok(lists)
}

/// Gives weights to the lists that have none.
fn shape(lists: &mut [List]) {
    // A list in order of frequency gets the curve of the US Census: the weight of its n-th name is that of the n-th.
    let curve = |role: &str| -> Vec<f64> {
        let counted = lists.iter().filter(|list| list.source == "census" && list.role == role);
        let mut weights: Vec<f64> = counted.flat_map(|list| list.names.iter().map(|name| name.1)).collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        weights
    };
    let (given, family) = (curve("given"), curve("family"));
    for list in lists.iter_mut().filter(|list| list.shape == Shape::Ranked) {
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
        let siblings = of_source.filter(|other| other.role == list.role).count();
        let total: f64 = list.names.iter().map(|name| name.1).sum();
        #[expect(clippy::cast_precision_loss, reason = "a count of lists")]
        let scale = share * role / siblings as f64 / total;
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

/// The part of each source in the mixture.
///
/// Words in Arabic script are met only by words in Arabic script, and their keys (`mhmd`) are not those of the Latin
/// spellings. So they are a space of their own, on top: the key has the probability of the name, all spellings of it
/// together, and the parts add up to more than 1.
fn shares() -> BTreeMap<String, f64> {
    let mut shares = BTreeMap::new();
    let root = |people: u32| f64::from(people).sqrt();
    let total: f64 = REGIONS.iter().map(|region| root(region.0)).sum();
    for (people, locales) in REGIONS {
        for (locale, part) in *locales {
            shares
                .insert(format!("faker/{locale}"), FAKER * root(*people) / total * f64::from(*part) / 100.0);
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
    out.push_str("# made by: cargo xtask population\n");
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
