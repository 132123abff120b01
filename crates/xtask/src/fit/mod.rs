//! `cargo xtask fit`: the weights from the development sets.
//!
//! Two kinds of weights, two ways. What a variation costs in *evidence* is log2(m exact / m variation), counted over
//! the names that are one party's (Fellegi & Sunter 1969, method 1): the report shows it beside the committed cost.
//! What a variation costs in *agreement*, and what is at stake for words left over, has no likelihood behind it; those
//! are found by a search that raises the figures of the quality bars, one weight at a time. Both are cross-validated by
//! cluster: all names of one party are in one fold, and a fold is judged by weights that never saw it. What was compared with what
//! (alignments, the best names, the candidates of a query) stays as the committed weights found it: run it again after
//! committing new ones.

mod counts;
mod data;
mod figures;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use names::Weights;

use data::{Data, FOLDS};
use figures::Figures;

/// What the search may change. Facts about the world (people, companies, ships), caps and the evidence for and against
/// stay as they are.
const SEARCHED: &[&str] = &[
    "loss_near",
    "loss_3",
    "loss_4",
    "loss_5",
    "loss_6",
    "loss_7",
    "loss_8",
    "known_per_cent",
    "loss_initial",
    "stake_initial",
    "conflict_base",
    "conflict_per_mille",
    "conflict_legal_form",
    "conflict_place",
    "omit_number",
    "omit_query_per_mille",
    "omit_candidate_per_mille",
    "omit_family_per_mille",
    "omit_patronymic",
    "cost_spelling",
    "cost_nickname",
    "cost_translation",
    "cost_skeleton",
    "chance_per_mille",
];

/// Factors that a weight is tried with, in hundredths.
const STEPS: [i32; 6] = [80, 90, 95, 105, 110, 125];

/// Times that every weight is tried.
const ROUNDS: usize = 3;

/// The least that a change must raise the objective: less is the noise of single rows.
const LEAST: f64 = 0.001;

pub(crate) fn run(root: &Path, shared: &Path, write: Option<&str>) -> Result<(), Box<dyn Error>> {
    let data = Data::read(shared, &root.join("crates/screen/cases"))?;
    let committed = Weights::committed();
    let all = |_: usize| true;
    let mut report = String::from(
        "# Weights from the development sets\n\n`cargo xtask fit --shared ../shared`. Committed: the weights it was run with. Alignments and candidates are theirs.\n\n",
    );
    writeln!(report, "{}", Figures::HEADING)?;
    let show = |figures: Figures, name: &str| figures.row(name);
    writeln!(report, "{}", show(Figures::of(&data, &committed, &all), "committed weights"))?;
    let per_fold: Vec<Figures> =
        (0..FOLDS).map(|held| Figures::of(&data, &committed, &|fold| fold == held)).collect();
    writeln!(report, "{}", show(Figures::mean(&per_fold), "committed, mean of the folds"))?;
    let fitted = search(&data, &committed, &all);
    writeln!(report, "{}", show(Figures::of(&data, &fitted, &all), "fitted, in sample"))?;
    let in_sample: Vec<Figures> =
        (0..FOLDS).map(|held| Figures::of(&data, &fitted, &|fold| fold == held)).collect();
    writeln!(report, "{}", show(Figures::mean(&in_sample), "fitted, in sample, mean of the folds"))?;
    let mut held_out = Vec::new();
    let mut by_fold = Vec::new();
    for held in 0..FOLDS {
        eprintln!("fold {} of {FOLDS}", held + 1);
        let weights = search(&data, &committed, &|fold| fold != held);
        held_out.push(Figures::of(&data, &weights, &|fold| fold == held));
        by_fold.push(weights);
    }
    writeln!(report, "{}", show(Figures::mean(&held_out), "cross-validated, mean of the folds"))?;
    writeln!(report, "\n| weight | committed | fitted | by fold |\n|---|---|---|---|")?;
    for name in SEARCHED {
        let value = |weights: &Weights| weights.get(name).unwrap_or_default();
        let folds: Vec<String> = by_fold.iter().map(|w| value(w).to_string()).collect();
        writeln!(report, "| {name} | {} | {} | {} |", value(&committed), value(&fitted), folds.join(", "))?;
    }
    report.push_str(&counts::table(&data, &committed)?);
    println!("{report}");
    if let Some(path) = write {
        std::fs::write(root.join(path), &report)?;
        write_weights(&root.join("crates/names/data/weights.tsv"), &fitted)?;
    }
    Ok(())
}

/// Raises the objective one weight at a time.
fn search(data: &Data, from: &Weights, wanted: &dyn Fn(usize) -> bool) -> Weights {
    let mut best = from.clone();
    let mut reached = Figures::of(data, &best, wanted).objective();
    for round in 0..ROUNDS {
        let before = reached;
        for name in SEARCHED {
            let value = best.get(name).unwrap_or_default();
            for step in STEPS {
                let weights = best.clone().with(name, value * step / 100);
                if !is_sound(&weights) {
                    continue;
                }
                let objective = Figures::of(data, &weights, wanted).objective();
                if objective > reached + LEAST {
                    (best, reached) = (weights, objective);
                }
            }
        }
        eprintln!("  round {} of {ROUNDS}: {before:.4} -> {reached:.4}", round + 1);
        if reached - before < LEAST {
            break;
        }
    }
    best
}

/// A contradiction must cost what its two words left over do, for words of any weight up to 24 bits: an index counts
/// on it. The shorter a word, the dearer an edit.
fn is_sound(weights: &Weights) -> bool {
    let of = |name: &str| weights.get(name).unwrap_or_default();
    let omitted =
        of("omit_query_per_mille") + of("omit_family_per_mille").max(of("omit_candidate_per_mille"));
    let losses = ["loss_3", "loss_4", "loss_5", "loss_6", "loss_7", "loss_8"].map(of);
    of("conflict_base") + 24 * of("conflict_per_mille") >= 24 * omitted
        && of("conflict_number") * 1000 >= of("omit_number") * omitted
        && losses.is_sorted_by(|a, b| a >= b)
}

/// Puts the fitted values into the table, and leaves the rest of it as it is.
fn write_weights(path: &Path, weights: &Weights) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let row = |line: &str| match line.split('\t').collect::<Vec<_>>()[..] {
        [name, _, why] if SEARCHED.contains(&name) => {
            format!("{name}\t{}\t{why}\n", weights.get(name).unwrap_or_default())
        }
        _ => format!("{line}\n"),
    };
    std::fs::write(path, text.lines().map(row).collect::<String>())?;
    Ok(())
}
