//! Tables of this crate's `data` folder.

/// The rows of a table: without comments (`#`) and empty lines.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}
