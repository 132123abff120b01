//! What of the rows of a file is not compared, counted.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Query, WORDS_COMPARED};

/// What rows were screened without, or only in part.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    /// Rows that were no UTF-8.
    recoded: u64,
    /// How many rows each doubt is about, and the line of the first.
    of: BTreeMap<String, (u64, u64)>,
}

impl Doubts {
    /// Counts a row that had to be read in another encoding.
    pub(crate) fn recoded(&mut self, recoded: bool) {
        self.recoded += u64::from(recoded);
    }

    /// Counts what of a query is not compared.
    pub(crate) fn note(&mut self, query: &Query, line: u64) {
        let mut doubts: Vec<String> =
            query.unreadable().map(|p| format!("{} cannot be read, screened without it", p.name())).collect();
        if query.is_cut() {
            doubts.push(format!(
                "a name has more than {WORDS_COMPARED} words, screened by the first {WORDS_COMPARED}"
            ));
        }
        doubts.sort_unstable();
        doubts.dedup();
        for doubt in doubts {
            self.of.entry(doubt).or_insert((0, line)).0 += 1;
        }
    }

    /// Adds those of the rows that follow.
    pub(crate) fn add(&mut self, more: Self) {
        self.recoded += more.recoded;
        for (doubt, (rows, first)) in more.of {
            self.of.entry(doubt).or_insert((0, first)).0 += rows;
        }
    }

    /// In words.
    pub(crate) fn warnings(&self, input: &Path) -> Vec<String> {
        let recoded = (self.recoded > 0)
            .then(|| format!("{} rows were not UTF-8 and were read as windows-1252", self.recoded));
        let of = self.of.iter().map(|(what, (rows, first))| {
            format!("{}: {what}: {rows} rows, the first in line {first}", input.display())
        });
        recoded.into_iter().chain(of).collect()
    }
}
