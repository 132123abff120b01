//! Lists of words by which claims are told (`claim_lists.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::chunks::same;
use crate::tables::rows;

const TABLE: &str = include_str!("../../data/claim_lists.tsv");

/// Words in small letters.
#[derive(Debug, Default)]
pub(crate) struct List(Vec<String>);

impl List {
    /// Whether some words are one of them, in any case.
    pub(crate) fn has(&self, words: &str) -> bool {
        self.0.iter().any(|one| same(words, one))
    }
}

/// All the lists.
pub(crate) struct Lists {
    /// An authority by a common noun alone: "the department".
    pub(crate) bodies: List,
    /// What is done with an indictment or a complaint that is brought.
    pub(crate) brings: List,
    /// Who is called something: "calls him an agent of Y".
    pub(crate) called: List,
    /// Accusations are called something: "dismissed the charges as".
    pub(crate) calls: List,
    /// What was said of somebody, in a word: "he denies it".
    pub(crate) charges: List,
    /// What somebody spreads that the text says has no ground.
    pub(crate) claims: List,
    /// What makes another thing of the department, the office before it.
    pub(crate) compounds: List,
    /// No ground is seen, nothing supports it.
    pub(crate) negative: List,
    /// Words in -ly that are no adverbs.
    pub(crate) no_adverbs: List,
    /// What is somebody's: "his firm".
    pub(crate) owned: List,
    /// Charges in a pronoun, which may begin a clause instead: "denied it had".
    pub(crate) pronouns: List,
    /// What accusations are called: groundless.
    pub(crate) worthless: List,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut all: FxHashMap<&str, List> = rows(TABLE).filter_map(read).collect();
    let mut list = |name: &str| all.remove(name).unwrap_or_default();
    Lists {
        bodies: list("bodies"),
        brings: list("brings"),
        called: list("called"),
        calls: list("calls"),
        charges: list("charges"),
        claims: list("claims"),
        compounds: list("compounds"),
        negative: list("negative"),
        no_adverbs: list("no_adverbs"),
        owned: list("owned"),
        pronouns: list("pronouns"),
        worthless: list("worthless"),
    }
});

fn read(row: &'static str) -> Option<(&'static str, List)> {
    let mut cells = row.split('\t');
    let (name, _, words) = (cells.next()?, cells.next()?, cells.next()?);
    Some((name, List(words.split(' ').map(|word| word.replace('_', " ")).collect())))
}

pub(crate) fn lists() -> &'static Lists {
    &LISTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_list() {
        let all: FxHashMap<&str, List> = rows(TABLE).filter_map(read).collect();
        assert_eq!(all.len(), rows(TABLE).count());
        assert_eq!(all.len(), 12, "a list without a field is read by nobody");
        assert!(
            lists().brings.has("made public")
                && lists().worthless.has("Groundless")
                && lists().owned.has("firm")
        );
    }
}
