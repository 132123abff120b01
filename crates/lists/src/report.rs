//! What was read, what was not understood, what was left out.

use std::collections::BTreeMap;

use model::{Entity, NameStrength, Schema};
use serde::{Deserialize, Serialize};

/// A row that was left out, and why. Nothing is left out without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// File name as given.
    pub file: String,
    /// Physical line, from 1.
    pub line: u32,
    /// Why.
    pub reason: String,
}

/// The account of one load.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LoadReport {
    /// Listed parties by schema.
    pub entities: BTreeMap<String, usize>,
    /// Primary names of listed parties.
    pub names: usize,
    /// Their strong aliases and former names.
    pub aliases: usize,
    /// Their weak aliases.
    pub weak_aliases: usize,
    /// Relations between parties (ownership, unknown links ...).
    pub relations: usize,
    /// Identity papers, registrations and wallets that are kept as records of their own.
    pub papers: usize,
    /// Free-text clauses that were read, understood or not.
    pub clauses: usize,
    /// Clauses that went to `notes`, by label with the digits folded to `0`.
    pub unmapped: BTreeMap<String, usize>,
    /// Rows that were left out.
    pub skipped: Vec<Skipped>,
    /// What the user should know: missing siblings, unknown columns, doubtful encodings.
    pub warnings: Vec<String>,
}

/// Longest label in [`LoadReport::unmapped`], in characters.
const LABEL: usize = 60;

impl LoadReport {
    /// All listed parties.
    #[must_use]
    pub fn total(&self) -> usize {
        self.entities.values().sum()
    }

    pub(crate) fn skip(&mut self, file: &str, line: u32, reason: impl Into<String>) {
        self.skipped.push(Skipped { file: file.to_owned(), line, reason: reason.into() });
    }

    pub(crate) fn unmapped(&mut self, clause: &str) {
        *self.unmapped.entry(label(clause)).or_default() += 1;
    }

    /// Counts what the reader made.
    pub(crate) fn count(&mut self, entities: &[Entity], relations: &[Entity]) {
        for entity in entities {
            match self.entities.get_mut(entity.schema.name()) {
                Some(count) => *count += 1,
                None => drop(self.entities.insert(entity.schema.name().to_owned(), 1)),
            }
            for (strength, _) in entity.names() {
                match strength {
                    NameStrength::Primary => self.names += 1,
                    NameStrength::Strong => self.aliases += 1,
                    NameStrength::Weak => self.weak_aliases += 1,
                }
            }
        }
        for entity in relations {
            match &entity.schema {
                schema if schema.is_relation() => self.relations += 1,
                Schema::Identification | Schema::Passport | Schema::CryptoWallet => self.papers += 1,
                _ => {}
            }
        }
    }
}

/// Digits folded, so that clauses which differ in a number count as one; long texts cut.
fn label(clause: &str) -> String {
    let mut label = String::new();
    let mut in_digits = false;
    for c in clause.chars() {
        let digit = c.is_ascii_digit();
        if !(digit && in_digits) {
            label.push(if digit { '0' } else { c });
        }
        in_digits = digit;
    }
    match label.char_indices().nth(LABEL) {
        Some((at, _)) => format!("{}...", &label[..at]),
        None => label,
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels() {
        let long = "a".repeat(61);
        let rows =
            [("arrested 23 Apr 2002", "arrested 0 Apr 0"), ("", ""), (&long, &format!("{}...", &long[..60]))];
        for (clause, expected) in rows {
            assert_eq!(label(clause), expected);
        }
    }
}
