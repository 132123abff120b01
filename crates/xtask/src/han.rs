//! `cargo xtask han`: Chinese characters: which are one character in several forms, and how Hong Kong reads them.
//!
//! Both tables are derived from packages: `han_variants.tsv` from the character tables of OpenCC, `cantonese.tsv` from a
//! dictionary of the Hong Kong government's romanisation, reduced to the spellings that people use in their names.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use crate::python::read_packages;

const PACKAGES: [&str; 2] = ["opencc-python-reimplemented==0.1.7", "cantonese-romanisation==1.0.5"];

/// Prints what kind a row is, a character, and what the package says of it, tab-separated. Cantonese is wanted for the
/// characters in general use, which are those of GB 2312.
const SCRIPT: &str = "
import json, sys
folder = sys.argv[1]
for kind in ['TSCharacters', 'JPVariants', 'HKVariants', 'TWVariants']:
    for row in open(f'{folder}/opencc/dictionary/{kind}.txt', encoding='utf-8'):
        print(kind, *row.rstrip('\\n').split('\\t'), sep='\\t')
for character, spellings in sorted(json.load(open(f'{folder}/cantoroman/data/charToRoman.json', encoding='utf-8')).items()):
    print('Cantonese', character, ' '.join(spellings), sep='\\t')
for high in range(0xB0, 0xF8):
    for low in range(0xA1, 0xFF):
        try:
            print('Used', bytes([high, low]).decode('gb2312'), '', sep='\\t')
        except UnicodeDecodeError:
            pass
";

/// Forms of Japanese surnames that OpenCC leaves out.
const JAPANESE: [(char, char); 9] = [
    ('髙', '高'),
    ('﨑', '崎'),
    ('邉', '边'),
    ('邊', '边'),
    ('斎', '斋'),
    ('嶋', '岛'),
    ('峯', '峰'),
    ('廣', '广'),
    ('德', '德'),
];

const VARIANTS_HEADER: &str = "\
# Chinese characters in several forms: the simplified one, then the traditional, Japanese, Taiwanese and Hong Kong ones.
# Why: names that are read alike (张, 章) are two names, and those of two forms (张, 張) are one.
# source: the tables TSCharacters, JPVariants, HKVariants and TWVariants of OpenCC, as in PyPI
# opencc-python-reimplemented==0.1.7, and a few forms of our own. licence: Apache-2.0. command: cargo xtask han
# simplified	other forms, without blanks
";

const CANTONESE_HEADER: &str = "\
# How Hong Kong spells the characters of names: the characters of GB 2312, simplified, then one or two spellings.
# Why: people of Hong Kong are listed as 陳國強 and as Chan Kwok-keung; surnames stand in chinese_surnames.tsv.
# source: PyPI cantonese-romanisation==1.0.5. licence: MIT, copyright Chun Law. command: cargo xtask han
# simplified	spellings, the usual one first
";

/// Installs the packages, or takes those in `installed`, and writes the two tables into `data`.
pub(crate) fn run(data: &Path, installed: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let rows = read_packages(&PACKAGES, installed, SCRIPT, &[])?;
    let simplified = simplified(&rows);
    for (file, table) in
        [("han_variants.tsv", variants(&simplified)), ("cantonese.tsv", cantonese(&rows, &simplified))]
    {
        println!("{file}: {} lines, {} bytes", table.lines().count(), table.len());
        std::fs::write(data.join(file), table)?;
    }
    Ok(())
}

fn rows_of<'a>(rows: &'a str, wanted: &'a str) -> impl Iterator<Item = (char, &'a str)> {
    rows.lines().filter_map(move |row| {
        let (kind, row) = row.split_once('\t')?;
        let (character, rest) = row.split_once('\t')?;
        (kind == wanted).then_some((character.chars().next()?, rest))
    })
}

/// The simplified form of every character that has another one.
fn simplified(rows: &str) -> BTreeMap<char, char> {
    let first = |forms: &str| forms.chars().next();
    let mut simplified: BTreeMap<char, char> =
        rows_of(rows, "TSCharacters").filter_map(|(c, forms)| Some((c, first(forms)?))).collect();
    for kind in ["JPVariants", "HKVariants", "TWVariants"] {
        for (traditional, forms) in rows_of(rows, kind) {
            let to = simplified.get(&traditional).copied().unwrap_or(traditional);
            for form in forms.chars().filter(|c| !c.is_whitespace()) {
                // A form that is a character of its own stays what it is: 弁 is no other 辯.
                simplified.entry(form).or_insert(to);
            }
        }
    }
    for (form, to) in JAPANESE {
        simplified.entry(form).or_insert(to);
    }
    simplified.retain(|c, to| c != to);
    // A form of a form: 乗 is 乘, and what 乘 is.
    let known = simplified.clone();
    for to in simplified.values_mut() {
        while let Some(next) = known.get(to).filter(|next| *next != to) {
            if known.get(next) == Some(to) {
                break;
            }
            *to = *next;
        }
    }
    simplified.retain(|c, to| c != to);
    simplified
}

fn variants(simplified: &BTreeMap<char, char>) -> String {
    let mut forms: BTreeMap<char, String> = BTreeMap::new();
    for (form, to) in simplified {
        forms.entry(*to).or_default().push(*form);
    }
    let mut table = VARIANTS_HEADER.to_owned();
    for (to, forms) in forms {
        let _ = writeln!(table, "{to}\t{forms}");
    }
    table
}

fn cantonese(rows: &str, simplified: &BTreeMap<char, char>) -> String {
    let mut spellings: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    for (character, row) in rows_of(rows, "Cantonese") {
        let to = simplified.get(&character).copied().unwrap_or(character);
        spellings.entry(to).or_default().extend(row.split(' '));
    }
    let mut table = CANTONESE_HEADER.to_owned();
    let mut used: Vec<char> = rows_of(rows, "Used").map(|(c, _)| c).collect();
    used.sort_unstable();
    for character in used {
        let spellings = usual(spellings.get(&character).map(Vec::as_slice).unwrap_or_default());
        if !spellings.is_empty() {
            let _ = writeln!(table, "{character}\t{}", spellings.join(" "));
        }
    }
    table
}

/// Spellings kept of one character.
const MOST: usize = 2;

/// The spellings that names have. The package gives those of several systems; the people of Hong Kong write a consonant
/// without breath as the one with it (kwok, not gwok; tak, not dak), and vowels once (man, not maan).
fn usual(spellings: &[&str]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut keep = |spelling: String| {
        if !kept.contains(&spelling) {
            kept.push(spelling);
        }
    };
    let long = spellings.iter().any(|s| s.ends_with("aan"));
    for spelling in spellings.iter().filter(|s| s.bytes().all(|b| b.is_ascii_lowercase())) {
        let hard = [("g", "k"), ("d", "t"), ("b", "p"), ("j", "ch")]
            .into_iter()
            .find_map(|(soft, hard)| Some(format!("{hard}{}", spelling.strip_prefix(soft)?)))
            .unwrap_or_else(|| (*spelling).to_owned());
        let plain = hard.replace("aa", "a").replace("oo", "u").replace("ee", "i");
        let foreign = ["ar", "arn", "ark", "art", "arm", "oh", "uck"].iter().any(|end| plain.ends_with(end));
        if foreign && spellings.len() > 1 {
            continue;
        }
        keep(plain.clone());
        // The short vowel of 振 and 新 is heard as u.
        if let Some(start) =
            plain.strip_suffix("an").filter(|start| !long && matches!(*start, "ch" | "s" | "p" | "f"))
        {
            keep(format!("{start}un"));
        }
    }
    kept.truncate(MOST);
    kept
}

#[cfg(test)]
mod tests {
    use super::{cantonese, simplified, usual, variants};

    #[test]
    fn tables() {
        let rows = "TSCharacters\t張\t张\nTSCharacters\t乾\t干 乾\nJPVariants\t澤\t沢\nTSCharacters\t澤\t泽\n\
            HKVariants\t衛\t衞\nTSCharacters\t衛\t卫\nCantonese\t張\tjeung cheung\nUsed\t张\t\nUsed\t国\t\n";
        let simplified = simplified(rows);
        let table = variants(&simplified);
        for row in ["张\t張", "干\t乾", "泽\t沢澤", "卫\t衛衞"] {
            assert!(table.lines().any(|line| line == row), "{row}");
        }
        assert!(cantonese(rows, &simplified).ends_with("\n张\tcheung\n"));
    }

    #[test]
    fn spellings_of_names() {
        for (given, expected) in [
            ("ga gar ka", "ka"),
            ("gwok kwok", "kwok"),
            ("chang jang tsang", "chang tsang"),
            ("jan", "chan chun"),
            ("dak duck", "tak"),
            ("ngo ngoh ngor", "ngo ngor"),
            ("chi ji", "chi"),
            ("wa wah", "wa wah"),
            ("yam yum", "yam yum"),
        ] {
            assert_eq!(usual(&given.split(' ').collect::<Vec<_>>()).join(" "), expected);
        }
    }
}
