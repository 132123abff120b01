//! `cargo xtask latency`: how long one query takes by itself, with its explanation, as one officer asks it.
//!
//! Each row of a customer file is made a query, screened (the ten best) and put into JSON with all that a query by hand
//! has. What is taken is the time on the clock of one thread, so a machine that does other things shows in the tail.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use engine::{InputOptions, Library, Policy, Query, Request, ScreenList, Search, answer_to_json, read_rows};

/// Results for one name by hand, as `interdict screen NAME` gives them.
const LIMIT: usize = 10;

/// The slowest rows that are named.
const SLOWEST: usize = 5;

/// Screens each row of `input` alone against `list`: a list file, or a compiled one.
pub(crate) fn run(list: &Path, input: &Path) -> Result<(), Box<dyn Error>> {
    let library = if engine::is_compiled(list) {
        Library::open_compiled(list)?
    } else {
        Library::new(vec![ScreenList::open(list)?])?
    };
    let screening = library.under(&Policy::default())?;
    let request = Request { threshold: None, limit: Some(LIMIT) };
    let mut took: Vec<(Duration, String)> = Vec::new();
    let (mut hits, mut bytes) = (0, 0);
    for row in read_rows(&std::fs::read(input)?, InputOptions::default())? {
        let entity = row.query?.entity().clone();
        let start = Instant::now();
        let query = Query::new(entity)?;
        let answer = screening.screen(&query, request, Search::Indexed);
        let json = answer_to_json(&query, &answer, &screening, true).to_string();
        took.push((start.elapsed(), row.id));
        hits += answer.hits.len();
        bytes += json.len();
    }
    let Some((first, _)) = took.first().cloned() else { return Err("there is no row to screen".into()) };
    let parties: usize = library.lists().iter().map(|list| list.entities.len()).sum();
    println!("{parties} parties, {} queries, {hits} results, {bytes} bytes of JSON", took.len());
    took.sort();
    let ms = |took: Duration| took.as_secs_f64() * 1e3;
    for (name, per_mille) in [("p50", 500), ("p90", 900), ("p99", 990), ("p99.9", 999), ("max", 1000)] {
        println!("{name:<6}{:>9.3} ms", ms(took[rank(took.len(), per_mille)].0));
    }
    println!("first {:>9.3} ms", ms(first));
    let slowest: Vec<String> =
        took.iter().rev().take(SLOWEST).map(|(took, id)| format!("{id} ({:.3} ms)", ms(*took))).collect();
    println!("slowest: {}", slowest.join(", "));
    Ok(())
}

/// The place of a quantile among so many in order: the least that as many per mille do not exceed.
fn rank(of: usize, per_mille: usize) -> usize {
    (of * per_mille).div_ceil(1000).clamp(1, of.max(1)) - 1
}

#[cfg(test)]
mod tests {
    use super::{rank, run};

    #[test]
    fn quantiles_by_nearest_rank() {
        let check = |of, per_mille, place| assert_eq!(rank(of, per_mille), place, "{per_mille} of {of}");
        check(1, 500, 0);
        check(2, 500, 0);
        check(3, 500, 1);
        check(100, 990, 98);
        check(1000, 999, 998);
        check(100, 999, 99);
        check(7, 1000, 6);
    }

    #[test]
    fn rows_are_screened_or_named() {
        let scratch = testkit::Scratch::new();
        let list = scratch.file("list.jsonl", crate::growth::demo_lines(1).unwrap());
        let check = |rows: &str, fails: &str| {
            let input = scratch.file("rows.csv", rows);
            match run(&list, &input) {
                Ok(()) => assert_eq!(fails, "", "{rows}"),
                Err(error) => {
                    assert!(!fails.is_empty() && error.to_string().contains(fails), "{rows}: {error}");
                }
            }
        };
        check("id,name\n1,Sajjad Kashian\n2,Anna Lindqvist\n", "");
        check("id,name\n1,---\n", "letter or digit");
        check("id,name\n", "row");
    }
}
