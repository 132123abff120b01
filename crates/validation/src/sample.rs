//! Which variants are tested: of each kind of alteration, script and kind of party its part, by lot.

use std::collections::BTreeMap;

use crate::random::Random;
use crate::{Severity, Subject, TREATMENTS};

/// Variants of one cell of the matrix that are tested, whatever its share, where it has as many: fewer say nothing.
const LEAST: usize = 40;

/// One variant to test: which name, which treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Place of the name among the subjects.
    pub subject: usize,
    /// Place of the treatment in [`TREATMENTS`].
    pub treatment: usize,
}

/// The variants that could be tested, and those that are.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// In the order of the subjects, then of the treatments.
    pub drawn: Vec<Drawn>,
    /// For each treatment: how many names it applies to.
    pub applicable: Vec<usize>,
}

/// Treatment, script, kind of party.
type Cell<'a> = (u8, &'a str, &'a str);

/// Draws about `size` of the variants that apply. `applies` tells for each subject which treatments do, by their places.
///
/// Every cell of treatment, script and kind of party gets its share of the sample, and at least forty variants where it
/// has as many. Within a cell those with the lowest lots are taken; a variant's lot depends on the seed, the party, the
/// name and the treatment alone, so that most of the sample stays the same when the list changes.
#[must_use]
pub fn draw(subjects: &[Subject<'_>], applies: &[Vec<u8>], size: usize, seed: u64) -> Sample {
    let mut cells: BTreeMap<Cell<'_>, Vec<(u64, Drawn)>> = BTreeMap::new();
    let mut applicable = vec![0; TREATMENTS.len()];
    for (place, (subject, treatments)) in subjects.iter().zip(applies).enumerate() {
        for &treatment in treatments {
            let code = TREATMENTS[usize::from(treatment)].code;
            let lot = Random::new(seed, &["lot", subject.entity, subject.name, code]).number();
            let cell = cells.entry((treatment, subject.script, subject.group.name())).or_default();
            cell.push((lot, Drawn { subject: place, treatment: usize::from(treatment) }));
            applicable[usize::from(treatment)] += 1;
        }
    }
    let all: usize = cells.values().map(Vec::len).sum();
    let mut drawn = Vec::with_capacity(size);
    for mut cell in cells.into_values() {
        // Rounded down: the floor of small cells, not this, may take the sample a little over its size.
        let share = if all <= size { cell.len() } else { cell.len() * size / all };
        cell.sort_unstable_by_key(|(lot, d)| (*lot, d.subject));
        drawn.extend(cell.iter().take(share.max(LEAST.min(size / 20))).map(|(_, d)| *d));
    }
    drawn.sort_unstable_by_key(|d| (d.subject, d.treatment));
    Sample { drawn, applicable }
}

/// Records that are tested in all, exact and altered, as the FCA's set of 2026 counts them: every name as published,
/// and as many variants as are left, but at least half of the whole.
#[must_use]
pub fn altered_size(records: usize, exact: usize) -> usize {
    records.saturating_sub(exact).max(records / 2)
}

/// The treatments that are asked of a filter.
#[must_use]
pub fn required(treatment: usize) -> bool {
    TREATMENTS.get(treatment).is_some_and(|t| t.severity == Severity::Required)
}

#[cfg(test)]
mod tests {
    use model::{NameStrength, Schema};

    use super::*;

    #[test]
    fn every_cell_has_its_share_and_a_name_keeps_its_lot() {
        let ids: Vec<String> = (0..400).map(|n| format!("x-{n}")).collect();
        let of = |ids: &'_ [String]| {
            let subjects: Vec<Subject<'_>> = ids
                .iter()
                .enumerate()
                .map(|(n, id)| {
                    let name = if n % 40 == 0 { "Петр Иванов" } else { "Peter Smith" };
                    Subject::new(id, name, &Schema::Person, NameStrength::Primary)
                })
                .collect();
            let sample = draw(&subjects, &vec![vec![0, 1, 5]; ids.len()], 300, 7);
            let chosen: Vec<(String, usize)> =
                sample.drawn.iter().map(|d| (subjects[d.subject].entity.to_owned(), d.treatment)).collect();
            (chosen, sample.applicable)
        };
        let (all, applicable) = of(&ids);
        assert_eq!((applicable[0], applicable[2], applicable[5]), (400, 0, 400));
        let cyrillic = |of: &[(String, usize)]| {
            of.iter().filter(|(id, t)| *t == 5 && id[2..].parse::<usize>().unwrap() % 40 == 0).count()
        };
        assert_eq!(cyrillic(&all), 10, "a small cell is tested whole");
        assert!((300..330).contains(&all.len()), "{}", all.len());
        let (fewer, _) = of(&ids[..390]);
        let kept = fewer.iter().filter(|v| all.contains(v)).count();
        assert!(kept * 100 > fewer.len() * 95, "{kept} of {}", fewer.len());
        assert_eq!(
            [altered_size(100_000, 34_000), altered_size(100, 90), altered_size(0, 5)],
            [66_000, 50, 0]
        );
    }
}
