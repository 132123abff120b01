//! Arguments of `interdict read`.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// Reads documents: which listed parties they name and where, and what they claim of whom, on whose word.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  interdict read report.txt --list sdn.csv
  interdict read press/*.html filing.pdf --list sdn.csv --format jsonl > read.jsonl
  interdict read report.txt --list sdn.csv --output report.html
  interdict read inbox/*.pdf --list sdn.csv --listed-only --format jsonl | jq -r 'select(.mentions != []).document'

A listed party is found as `interdict screen` finds it: misspelt, in another script, in the cases of Russian and Polish,
over the end of a line, by its surname where the full name stands elsewhere. Every mention has its place and its evidence.
A claim is what the document says, with its words and on whose word: never a fact.")]
pub(crate) struct Read {
    /// The documents
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,

    /// A list: a path, an installed list, or `demo`. May be repeated [default: all that are installed]
    #[arg(long = "list", value_name = "NAME_OR_PATH")]
    pub(crate) lists: Vec<String>,

    /// Refuse to read against a list older than this: 12h, 7d. An installed one is as old as its last confirmation
    #[arg(long, value_name = "AGE")]
    pub(crate) max_list_age: Option<String>,

    /// A policy: a TOML file, or `default`. What is a match, by list and schema, and who is out of scope
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,

    /// Who published the documents: the first link of every attribution
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Leave out who is not listed, and what is claimed of them: faster where nobody listed is named
    #[arg(long, conflicts_with = "ner")]
    pub(crate) listed_only: bool,

    /// A model that finds people and organisations who are on no list, in place of the built-in rules: token classification
    /// in ONNX form, tokenizer.json and config.json beside it. Only in a build with the feature `ner-onnx`
    #[arg(long, value_name = "MODEL.onnx")]
    pub(crate) ner: Option<PathBuf>,

    /// Where a page with the text, its mentions and claims goes
    #[arg(long, value_name = "FILE.html")]
    pub(crate) output: Option<PathBuf>,

    /// Output form [default: table on a terminal, json in a pipe (jsonl for several documents)]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
}
