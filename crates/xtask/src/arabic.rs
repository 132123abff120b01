//! `cargo xtask arabic`: the dictionary of spellings of Arabic and Persian names.
//!
//! Wikidata's labels of people in Arabic script and in Latin, aligned and counted by the authors of the package
//! arabic-name-romanizer, are reduced to the spellings that our distance between words does not reach by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use text::{fold_arabic, sound_distance, sound_key, words};

use crate::python::read_packages;

/// The package; its rows of another source than Wikidata (CC0) are left out.
const PACKAGE: &str = "arabic-name-romanizer==0.2.0";

/// Prints native, Latin and count of each row, tab-separated.
const SCRIPT: &str = "
import sqlite3, sys
base = sqlite3.connect(f'file:{sys.argv[1]}/arabic_name_romanizer/resources/names.sqlite3?mode=ro', uri=True)
query = \"select arabic_key, latin, sum(count) from units where source = 'wikidata' group by 1, 2 order by 1, 2\"
for row in base.execute(query):
    print(*row, sep='\\t')
";

/// Spellings kept of one name.
const MOST: usize = 4;
/// Spellings of one sound that lie within this need no row: the comparison of words reaches them for little.
const NEAR: u32 = 60;

const HEADER: &str = "\
# Spellings of Arabic and Persian names: folded letters (text::fold_arabic), then Latin keys by falling count.
# source: Wikidata labels, as aligned and counted in PyPI arabic-name-romanizer==0.2.0 (rows with source 'wikidata').
# licence: CC0 1.0. command: cargo xtask arabic
";

type Counts = BTreeMap<String, BTreeMap<String, u32>>;

/// Installs the package, or takes the one in `installed`, and writes `arabic.tsv` into `data`.
pub(crate) fn run(data: &Path, installed: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let rows = read_packages(&[PACKAGE], installed, SCRIPT, &[])?;
    let table = render(&count(&rows)?);
    println!("{} rows, {} bytes", table.lines().count() - 3, table.len());
    std::fs::write(data.join("arabic.tsv"), table)?;
    Ok(())
}

/// The article in Latin spellings, with its assimilations.
const ARTICLES: [&str; 12] = ["al", "el", "ul", "il", "as", "ash", "ar", "er", "an", "ad", "at", "az"];

fn count(rows: &str) -> Result<Counts, Box<dyn Error>> {
    let mut counts = Counts::new();
    // Words that begin like the article, by whether the Latin spelling shows it as one: (apart or left out, joined).
    let mut article: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for row in rows.lines() {
        let [native, latin, number] = row.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not a row: {row}").into());
        };
        let number: u32 = number.parse()?;
        let Some(native) = one_name(native) else { continue };
        let parts: Vec<String> = words(latin).into_iter().map(|w| w.key).collect();
        let whole = parts.concat();
        if whole.len() < 2 || !whole.bytes().all(|b| b.is_ascii_lowercase()) {
            continue;
        }
        if native.strip_prefix("ال").is_some_and(|rest| rest.chars().count() >= 3) {
            let apart = parts.len() > 1 && ARTICLES.contains(&&*parts[0]);
            let left_out = parts.len() == 1 && !whole[1..].starts_with('l');
            let seen = article.entry(native.clone()).or_default();
            if apart || left_out { seen.0 += number } else { seen.1 += number }
        }
        *counts.entry(native).or_default().entry(parts.join(" ")).or_default() += number;
    }
    for (native, (apart, joined)) in article {
        let rest: String = native.chars().skip(2).collect();
        // The article it is where spellings show it, where the rest is a name of its own, or where few know the word.
        let of_its_own: u32 = counts.get(&rest).map_or(0, |spellings| spellings.values().sum());
        if apart >= joined || of_its_own >= joined || joined <= 2 {
            for (latin, number) in counts.remove(&native).unwrap_or_default() {
                let bare = without_article(&latin).to_owned();
                *counts.entry(rest.clone()).or_default().entry(bare).or_default() += number;
            }
        }
    }
    Ok(counts)
}

/// The folded letters of a unit that is one name for us: a single word, or a compound of God's servant or the faith.
fn one_name(unit: &str) -> Option<String> {
    let parts: Vec<String> = unit.split(' ').map(fold_arabic).collect();
    let wanted = match &parts[..] {
        [one] => one.chars().count() >= 2,
        [first, second] => first == "عبد" || second == "الله" || second == "الدين",
        _ => false,
    };
    let native = parts.concat();
    (wanted && native.chars().all(|c| ('\u{620}'..='\u{6FF}').contains(&c))).then_some(native)
}

fn without_article(latin: &str) -> &str {
    match latin.split_once(' ') {
        Some((first, rest)) if ARTICLES.contains(&first) => rest,
        _ => latin
            .strip_prefix("al")
            .or(latin.strip_prefix("el"))
            .filter(|rest| rest.len() > 2)
            .unwrap_or(latin),
    }
}

fn render(counts: &Counts) -> String {
    let mut table = HEADER.to_owned();
    for (native, spellings) in counts {
        let kept = reduce(native, spellings);
        if !kept.is_empty() {
            let _ = writeln!(table, "{native}\t{}", kept.join(" "));
        }
    }
    table
}

/// The spellings that are worth a row, the commonest first.
fn reduce(native: &str, spellings: &BTreeMap<String, u32>) -> Vec<String> {
    let mut joined: BTreeMap<String, u32> = BTreeMap::new();
    for (latin, count) in spellings {
        *joined.entry(latin.replace(' ', "")).or_default() += count;
    }
    let mut ranked: Vec<(String, u32)> =
        joined.into_iter().filter(|(latin, _)| is_spelling_of(latin, native)).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let total: u32 = ranked.iter().map(|r| r.1).sum();
    let mut kept: Vec<String> = Vec::new();
    for (latin, count) in ranked {
        let near =
            |k: &String| sound_key(k) == sound_key(&latin) && sound_distance(k, &latin, NEAR).is_some();
        // One in a hundred is a slip, or another name of the same person.
        if count * 100 >= total && !kept.iter().any(near) {
            kept.push(latin);
        }
        if kept.len() == MOST {
            break;
        }
    }
    kept
}

/// Whether a Latin word can be a spelling of the letters at all: most consonants of either stand in the other. The
/// package aligned the words of whole names, and sometimes slipped (حسيني, Banisadr).
fn is_spelling_of(latin: &str, native: &str) -> bool {
    let (a, b) = (classes(latin), classes(&text::fold(native)));
    let shared = a.intersection(&b).count();
    2 * shared >= a.len().max(b.len())
}

/// The consonants of a key by sound, leaving out v and w, which stand for a vowel as often.
fn classes(key: &str) -> BTreeSet<u64> {
    let sound = sound_key(key);
    (0..12).map(|at| sound >> (5 * at) & 31).filter(|class| ![0, 4].contains(class)).collect()
}

#[cfg(test)]
mod tests {
    use super::{count, reduce, render};

    #[test]
    fn rows() {
        let counts = count(
            "الحسيني\tAl-Husayni\t3\nالحسيني\tElhusseini\t2\nالهام\tElham\t4\nعبد الله\tAbd Allah\t1\nعبد الله\tAbdullah\t9\n\
             حسيني\tHosseini\t8\nحسيني\tBanisadr\t7\nبن علي\tBen Ali\t3",
        )
        .unwrap();
        let table = render(&counts);
        let rows: Vec<&str> = table.lines().filter(|l| !l.starts_with('#')).collect();
        assert_eq!(rows, ["الهام\telham", "حسيني\thosseini husayni", "عبدالله\tabdullah"]);
        assert_eq!(
            reduce("جمال", &[("Jamal", 2), ("gamal", 1)].map(|(s, n)| (s.to_lowercase(), n)).into()),
            ["jamal", "gamal"]
        );
    }
}
