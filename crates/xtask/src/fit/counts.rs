//! How often each kind of variation stands in names that are one party's.

use std::collections::BTreeMap;
use std::fmt::{Error, Write as _};

use names::{Fact, Likeness, Weights};

use super::data::{Data, FOLDS, Facts, rank};

/// A table of the kinds: their share of the aligned words, what they cost by it, and the range over the folds.
pub(super) fn table(data: &Data, weights: &Weights) -> Result<String, Error> {
    let mut counts: BTreeMap<String, [usize; FOLDS]> = BTreeMap::new();
    let mut add = |names: &[Facts], fold: usize| {
        // The alignment that counts is the best one.
        let best = names.iter().max_by_key(|facts| rank(std::slice::from_ref(facts), weights));
        for fact in best.iter().flat_map(|facts| &facts.rows) {
            if let Some(kind) = kind(fact) {
                counts.entry(kind).or_default()[fold] += 1;
            }
        }
    };
    for query in data.altered.iter().chain(&data.aliases) {
        let gold = query.candidates.iter().find(|c| Some(&c.id) == query.gold.as_ref());
        gold.iter().for_each(|candidate| add(&candidate.names, query.fold));
    }
    data.pairs.iter().filter(|pair| pair.same).for_each(|pair| add(&pair.names, pair.fold));
    let exact = counts.get("exact").copied().unwrap_or_default();
    let all: usize = counts.values().flatten().sum();
    let mut table = String::from(
        "\nVariations in names of one party (altered names, aliases, matching pairs): m, and log2(m exact / m) in bits.\n\n\
         | variation | words | m | bits | bits by fold |\n|---|---|---|---|---|\n",
    );
    for (kind, by_fold) in &counts {
        let count: usize = by_fold.iter().sum();
        let bits = |n: usize, exact: usize| (exact.max(1) as f64 / n.max(1) as f64).log2();
        let folds: Vec<String> =
            by_fold.iter().zip(exact).map(|(n, e)| format!("{:.1}", bits(*n, e))).collect();
        writeln!(
            table,
            "| {kind} | {count} | {:.4} | {:.1} | {} |",
            count as f64 / all.max(1) as f64,
            bits(count, exact.iter().sum()),
            folds.join(", ")
        )?;
    }
    Ok(table)
}

/// What is counted together.
fn kind(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Pair { likeness: Likeness::Near(distance), letters, .. } => {
            let size = if *distance <= 60 {
                "half an edit"
            } else if *distance <= 130 {
                "one edit"
            } else {
                "more"
            };
            let letters = match letters {
                0..=3 => "3 letters",
                4 | 5 => "4 and 5 letters",
                6 | 7 => "6 and 7 letters",
                _ => "8 letters and more",
            };
            Some(format!("near, {letters}, {size}"))
        }
        Fact::Pair { likeness, .. } => Some(likeness.name().to_owned()),
        Fact::Contradiction { of, .. } => Some(format!("contradiction of {of:?}").to_lowercase()),
        Fact::Omission { of_query, .. } => {
            Some(if *of_query { "only in the query" } else { "only in the listed name" }.to_owned())
        }
    }
}
