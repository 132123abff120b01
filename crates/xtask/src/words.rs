//! `cargo xtask words`: the common words of English, for `documents`.
//!
//! They are the words in small letters of SCOWL's small list, as Debian packs it (`apt-get install wamerican-small`).

use std::fmt::Write as _;
use std::path::Path;

/// Where Debian's package puts the list.
const INSTALLED: &str = "/usr/share/dict/american-english-small";

const HEAD: &str = "\
# Common English words, in small letters: a text that writes one with a capital letter need not name anybody.
# source: wamerican-small 2020.12.07 (Debian), SCOWL, copyright 2000-2011 by Kevin Atkinson; permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the output created from the scripts, and its documentation for any purpose is granted without fee, provided that this notice appears in all copies. No warranty.
# made by: cargo xtask words
";

/// Words shorter than that are no evidence: initials, abbreviations.
const SHORTEST: usize = 3;

/// Writes the table to `data`.
pub(crate) fn run(data: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let list = std::fs::read_to_string(INSTALLED)
        .map_err(|e| format!("{INSTALLED}: {e}; install the Debian package wamerican-small"))?;
    let common = |word: &&str| word.len() >= SHORTEST && word.bytes().all(|b| b.is_ascii_lowercase());
    let mut words: Vec<&str> = list.lines().filter(common).collect();
    words.sort_unstable();
    words.dedup();
    let mut table = HEAD.to_owned();
    words.iter().try_for_each(|word| writeln!(table, "{word}"))?;
    std::fs::write(data.join("common_words.tsv"), table)?;
    println!("{} words", words.len());
    Ok(())
}
