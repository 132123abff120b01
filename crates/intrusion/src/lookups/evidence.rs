//! What speaks for an enumeration and against it, in bits.

use std::sync::LazyLock;

use crate::tables::rows;

/// One reason, with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its name in `evidence.tsv`.
    pub feature: &'static str,
    /// Its weight: log2 of how much more often scripts show it than people.
    pub bits: f64,
    /// In words and numbers.
    pub why: String,
}

static BITS: LazyLock<Vec<(&'static str, f64)>> = LazyLock::new(|| {
    rows(include_str!("../../data/evidence.tsv"))
        .filter_map(|cells| Some((cells[0], cells[1].parse().ok()?)))
        .collect()
});

/// The number beside a name of the table.
pub(crate) fn bits_of(feature: &str) -> f64 {
    BITS.iter().find(|(name, _)| *name == feature).map_or(0.0, |(_, bits)| *bits)
}

impl Evidence {
    pub(crate) fn new(feature: &'static str, why: String) -> Self {
        Self { feature, bits: bits_of(feature), why }
    }
}

/// All of it together.
pub(crate) fn total(evidence: &[Evidence]) -> f64 {
    evidence.iter().map(|e| e.bits).sum()
}

/// Whether it is enough.
pub(crate) fn convicts(evidence: &[Evidence]) -> bool {
    total(evidence) >= bits_of("convicts")
}
