//! The tables that the case is put together of.

/// The rows of a table: cells between tabs, without comments and empty lines.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

/// The second cells of the rows whose first is `kind`.
pub(super) fn of_kind(text: &'static str, kind: &str) -> Vec<&'static str> {
    rows(text).filter(|row| row[0] == kind).filter_map(|row| row.get(1).copied()).collect()
}

/// A cell that is a number.
///
/// # Panics
/// Where it is none: the table is wrong.
pub(super) fn number<T: std::str::FromStr>(cell: &str) -> T {
    cell.parse().unwrap_or_else(|_| panic!("{cell} is no number"))
}

/// One of some things, of which there is one at least.
///
/// # Panics
/// Where it is empty: the table lacks a kind.
pub(super) fn one<'a, T>(random: &mut validation::Random, of: &'a [T]) -> &'a T {
    random.pick(of).unwrap_or_else(|| panic!("a table has no row of a kind that is needed"))
}

/// One word of a list that is not empty.
pub(super) fn word(random: &mut validation::Random, of: &[&'static str]) -> &'static str {
    one::<&'static str>(random, of)
}

/// Yes, so many times in a hundred.
pub(super) fn chance(random: &mut validation::Random, in_hundred: usize) -> bool {
    random.below(100) < in_hundred
}

/// In another order (Fisher and Yates).
pub(super) fn shuffle<T>(random: &mut validation::Random, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, random.below(last + 1));
    }
}
