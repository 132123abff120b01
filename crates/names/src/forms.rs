//! Legal forms as people type them: with a slip ("COMPANR", "JOINT STOKC COMPANY") or run into the name
//! ("GHANALIMITED", "JSCARGUMENT").
//!
//! A legal form says little, but a word that is not recognised as one would count as a rare part of the name. So a
//! word that no table knows is read as the word of a legal form that lies one edit away, and a known form at the end
//! of an unknown word is cut off it.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use text::{Script, Word, distance_within};

use crate::population::is_common;
use crate::tables::tables;

/// Letters that a word needs to be a misspelt one: a slip may have lost one of five. Shorter words lie near everything.
const SHORTEST_MENDED: usize = 4;

/// The words of legal forms that are long and common enough to be told with a slip in them. The table has many more;
/// near most of them lie the names of companies.
const MENDED: [&str; 25] = [
    "aktiengesellschaft",
    "aktsionernoye",
    "aktsionernoe",
    "anonima",
    "company",
    "corporation",
    "gesellschaft",
    "group",
    "holding",
    "holdings",
    "incorporated",
    "joint",
    "liability",
    "limitada",
    "limited",
    "obshchestvo",
    "ogranichennoy",
    "otvetstvennostyu",
    "partnership",
    "private",
    "public",
    "sirketi",
    "sociedad",
    "stock",
    "ticaret",
];

/// Letters of a name's word before a form that was run into it.
const SHORTEST_STEM: usize = 3;

/// Forms that are written before the name, which nothing natural begins with.
const RUN_ON: [&str; 5] = ["jsc", "pjsc", "ojsc", "cjsc", "ooo"];

/// Letters of a name's word behind a form that was run into it: three letters may begin a word by chance.
const SHORTEST_REST: usize = 6;

/// Forms that stand alone and are long enough to be told at the end of a word. Words such as "trading" may end a
/// name's word for good; these hardly do.
const RUN_IN: [&str; 8] =
    ["limited", "company", "corporation", "group", "holding", "holdings", "incorporated", "joint"];

/// All words of legal forms.
static FORM_WORDS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| tables().legal_forms.keys().flat_map(|phrase| phrase.split(' ')).collect());

/// The word of a legal form that a word was meant to be, or its own key.
pub(crate) fn intended(word: &Word) -> &str {
    let key = &*word.key;
    if key.len() < SHORTEST_MENDED || word.script != Script::Latin || is_known(key) {
        return key;
    }
    MENDED.into_iter().find(|form| distance_within(key, form, 1).is_some()).unwrap_or(key)
}

fn is_known(key: &str) -> bool {
    let tables = tables();
    is_common(key)
        || tables.org_words.contains_key(key)
        || tables.numbers.contains_key(key)
        || FORM_WORDS.contains(key)
}

/// Cuts forms off the words they were run into.
pub(crate) fn split_off_forms(words: Vec<Word>) -> Vec<Word> {
    if !words.iter().any(|word| run_in(word).is_some()) {
        return words;
    }
    words
        .into_iter()
        .flat_map(|word| match run_in(&word) {
            Some(at) => {
                let part = |range: std::ops::Range<usize>, after_comma| Word {
                    native: word.native[range.clone()].to_owned(),
                    key: word.key[range].to_owned(),
                    after_comma,
                    ..word.clone()
                };
                vec![part(0..at, word.after_comma), part(at..word.key.len(), false)]
            }
            None => vec![word],
        })
        .collect()
}

/// Where a form begins that was run into a word.
fn run_in(word: &Word) -> Option<usize> {
    let key = &*word.key;
    // Letter for letter as typed: only then can the typed word be cut where its key is.
    if word.native.len() != key.len() || !word.native.is_ascii() {
        return None;
    }
    if key == "jointstock" {
        return Some("joint".len());
    }
    if is_known(key) {
        return None;
    }
    if let Some(form) = RUN_ON.iter().find(|form| key.starts_with(**form))
        && key.len() >= form.len() + SHORTEST_REST
    {
        return Some(form.len());
    }
    let ends = RUN_IN.iter().filter_map(|form| key.strip_suffix(form).map(str::len));
    ends.filter(|&at| at >= SHORTEST_STEM).min()
}

#[cfg(test)]
mod tests {
    use crate::parse::{NameKind, Role, parse};

    fn check(rows: &[(&str, &str)]) {
        for (text, expected) in rows {
            let name = parse(text, NameKind::Organization);
            let words: Vec<String> = name
                .tokens
                .iter()
                .map(|t| if t.role == Role::LegalForm { format!("[{}]", t.text) } else { t.text.to_string() })
                .collect();
            assert_eq!(words.join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn forms_with_a_slip() {
        check(&[
            ("Bakhtar Commercial Companr", "Bakhtar Commercial [Companr]"),
            ("JOINT STOCZK COMPANY ARSENAL", "[JOINT STOCZK COMPANY] ARSENAL"),
            ("ROMASHKA LIMITED LIABBLITY COMPANY", "ROMASHKA [LIMITED LIABBLITY COMPANY]"),
            ("RAIN DIS TICARET LIMITDE SRIKETI", "RAIN [DIS TICARET LIMITDE SRIKETI]"),
            ("VITYAZ JOIN STOCK COMPANY", "VITYAZ [JOIN STOCK COMPANY]"),
            ("Compass Marine Limited", "Compass Marine [Limited]"),
            ("Hara LLC", "Hara [LLC]"),
            ("Lmited Trading", "Lmited Trading"),
            ("Vektor PJSC", "Vektor [PJSC]"),
        ]);
    }

    #[test]
    fn forms_run_into_the_name() {
        check(&[
            ("STAR TRADE GHANALIMITED", "STAR TRADE GHANA [LIMITED]"),
            ("FAKHAR MOGHADDAMGROUP", "FAKHAR MOGHADDAM [GROUP]"),
            ("JSCARGUMENT", "[JSC] ARGUMENT"),
            ("RUSATOM OVERSEASJOINT STOCK COMPANY", "RUSATOM OVERSEAS [JOINT STOCK COMPANY]"),
            ("PUBLIC JOINTSTOCK COMPANY SEVERSTAL", "[PUBLIC JOINT STOCK COMPANY] SEVERSTAL"),
            ("UNLIMITED", "UNLIMITED"),
        ]);
    }
}
