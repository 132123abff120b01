//! Words by which the kind of a slot is told.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::tokens::{Kind, Token, hash_of};

const TABLE: &str = include_str!("../../data/slot_words.tsv");

/// What a word is in an address, a date, the name of a party, a greeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Street,
    Unit,
    Direction,
    Month,
    Weekday,
    Party,
    PartyTail,
    Greeting,
}

static CLASSES: LazyLock<FxHashMap<u32, Class>> =
    LazyLock::new(|| rows().map(|(word, class)| (hash_of(word), class)).collect());

/// The rows of the table; one that is wrong is left out, which a test would see.
fn rows() -> impl Iterator<Item = (&'static str, Class)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with("# ") && !line.is_empty());
    lines.filter_map(|line| {
        let (word, kind) = line.split_once('\t')?;
        let class = match kind {
            "street" => Class::Street,
            "unit" => Class::Unit,
            "direction" => Class::Direction,
            "month" => Class::Month,
            "weekday" => Class::Weekday,
            "party" => Class::Party,
            "party_tail" => Class::PartyTail,
            "greeting" => Class::Greeting,
            _ => return None,
        };
        Some((word, class))
    })
}

/// What a token is, where the table has it.
pub(crate) fn class_of(token: &Token) -> Option<Class> {
    CLASSES.get(&token.hash).copied().filter(|_| matches!(token.kind, Kind::Word | Kind::Mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_no_two_words_are_one() {
        let lines = TABLE.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()).count();
        assert_eq!(rows().count(), lines);
        assert_eq!(CLASSES.len(), lines);
    }
}
