//! The index loses nothing on the real list: for development queries of every kind the indexed search returns what
//! scoring all 13,821 parties returns, byte for byte as the JSON that scripts get, at four thresholds.
//!
//! Reads `../shared`; without it there is nothing to test and that is said. `make soak` runs all queries.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data must fail")]

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use engine::{
    Answer, Hit, InputOptions, Library, Policy, Query, Request, Score, ScreenList, Screening, Search,
    answer_to_json, read_rows,
};
use rayon::prelude::*;
use screen::{Index, Profile};
use testkit::shared;

const THRESHOLDS: [u16; 4] = [3000, 5000, 7000, 9000];

/// Files of queries, the column that holds the names, and how many of them every test run asks: altered names of
/// listed parties, aliases that are listed or were removed, and people who are not listed, with birth date and country.
const FIXED: [(&str, &str, usize); 3] =
    [("q_pos.csv", "name", 200), ("q_aka.csv", "name", 200), ("q_neg.csv", "name", 100)];

/// The same files whole, and the others: names alone, names for speed, pairs of names in two scripts.
const ALL: [(&str, &str, usize); 9] = [
    ("q_pos.csv", "name", usize::MAX),
    ("q_aka.csv", "name", usize::MAX),
    ("q_neg.csv", "name", usize::MAX),
    ("q_neg_names.csv", "name", usize::MAX),
    ("q_speed.csv", "name", usize::MAX),
    ("cross_script.csv", "name1", usize::MAX),
    ("cross_script.csv", "name2", usize::MAX),
    ("pairs.csv", "name1", usize::MAX),
    ("pairs.csv", "name2", usize::MAX),
];

/// Differences that a message names.
const SHOWN: usize = 10;

fn queries(folder: &Path, files: &[(&str, &str, usize)]) -> Vec<Query> {
    let mut queries = Vec::new();
    for (file, column, count) in files {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let map = if *column == "name" { Vec::new() } else { vec![("name".into(), (*column).into())] };
        let rows = read_rows(&bytes, InputOptions { map, ..InputOptions::default() }).unwrap();
        // A row without a letter or digit in it is no query.
        queries.extend(rows.into_iter().take(*count).filter_map(|row| row.query.ok()));
    }
    queries
}

fn at(threshold: u16) -> Request {
    Request { threshold: Some(Score::from_ten_thousandths(threshold)), limit: None }
}

/// The answer at a threshold, out of the answer at a lower one without a limit. It is what another exhaustive search
/// would return: a score does not depend on the threshold, so the same hits reach it; results are in one total order
/// (score, bits, id), which leaving some out does not change; without a limit nothing is truncated and the total is
/// the number of hits.
fn above(lower: &Answer, threshold: Option<Score>) -> Answer {
    let hits: Vec<Hit> =
        lower.hits.iter().filter(|hit| Some(hit.scored.score) >= threshold).cloned().collect();
    Answer { total: hits.len(), truncated: false, hits }
}

/// What was compared.
#[derive(Default)]
struct Tally {
    /// Results over all queries at the lowest threshold, and queries that had one there.
    results: AtomicUsize,
    with_results: AtomicUsize,
}

/// The queries for which the two searches differ, with the threshold.
fn differences(
    queries: &[Query],
    screening: &Screening<'_>,
    tally: &Tally,
    indexed: &(dyn Fn(&Query, Request) -> Answer + Sync),
) -> Vec<String> {
    let json = |query: &Query, answer: &Answer| answer_to_json(query, answer, screening, false).to_string();
    let differs = |query: &Query| {
        let all = screening.screen(query, at(THRESHOLDS[0]), Search::Exhaustive);
        tally.results.fetch_add(all.total, Ordering::Relaxed);
        tally.with_results.fetch_add(usize::from(all.total > 0), Ordering::Relaxed);
        let found: Vec<String> = THRESHOLDS
            .iter()
            .filter(|&&threshold| {
                let request = at(threshold);
                json(query, &indexed(query, request)) != json(query, &above(&all, request.threshold))
            })
            .map(|threshold| format!("{} {:?} at 0.{threshold}", query.entity().id, query.entity().caption()))
            .collect();
        found
    };
    queries.par_iter().flat_map_iter(differs).collect()
}

#[allow(clippy::print_stderr)] // The figures that the bar asks for; `--nocapture` shows them.
fn check(files: &[(&str, &str, usize)], least: usize) {
    let (Some(list), Some(eval)) = (shared("data/eval/sdn.ftm.jsonl"), shared("data/eval")) else { return };
    let start = Instant::now();
    let library = Library::new(vec![ScreenList::open(&list).unwrap()]).unwrap();
    let queries = queries(&eval, files);
    assert!(queries.len() >= least, "only {} queries: this would prove nothing", queries.len());
    let (tally, screening) = (Tally::default(), library.under(&Policy::default()).unwrap());
    let indexed = |query: &Query, request| screening.screen(query, request, Search::Indexed);
    let different = differences(&queries, &screening, &tally, &indexed);
    let shown = different.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n  ");
    assert!(different.is_empty(), "{} differ, the first:\n  {shown}", different.len());
    let [results, with] = [tally.results, tally.with_results].map(AtomicUsize::into_inner);
    assert!(with > queries.len() / 2, "{with} queries have a result: this would prove nothing");
    eprintln!(
        "{} queries at {THRESHOLDS:?}: indexed = exhaustive; {results} results for {with} of them at the lowest; {:.1?}",
        queries.len(),
        start.elapsed()
    );
}

#[test]
fn fixed_development_queries() {
    check(&FIXED, 500);
}

#[test]
#[ignore = "all development queries take many minutes: make soak"]
fn every_development_query() {
    check(&ALL, 50_000);
}

/// A policy that has several lines at once, compares weak names for some alone, and has parties out of scope.
const MIXED: &str = r#"
name = "mixed"
[match]
threshold = 0.74
[programmes]
exclude = ["CUBA", "SDNT", "IRAQ2"]
[[rule]]
schema = "LegalEntity"
weak_aliases = false
[[rule]]
schema = "Organization"
threshold = 0.6
minimum_bits = 20
[[rule]]
list = "ofac_sdn"
schema = "Company"
threshold = 0.85
name_floor = 0.9
[[rule]]
schema = "Vessel"
threshold = 0.55
"#;

/// Each party from its own line on, and all from one: the index returns what scoring everybody in scope returns.
#[test]
fn under_a_policy() {
    let (Some(list), Some(eval)) = (shared("data/eval/sdn.ftm.jsonl"), shared("data/eval")) else { return };
    let library = Library::new(vec![ScreenList::open(&list).unwrap()]).unwrap();
    let screening = library.under(&Policy::from_toml(MIXED).unwrap()).unwrap();
    assert!(screening.warnings().is_empty(), "{:?}", screening.warnings());
    assert!(
        screening.out_of_scope()[0] > 100,
        "{:?} out of scope would prove nothing",
        screening.out_of_scope()
    );
    let queries =
        queries(&eval, &[("q_pos.csv", "name", 40), ("q_aka.csv", "name", 20), ("q_neg.csv", "name", 20)]);
    let json = |query: &Query, answer: &Answer| answer_to_json(query, answer, &screening, false).to_string();
    let results = AtomicUsize::new(0);
    let different: Vec<&str> = queries
        .par_iter()
        .filter(|query| {
            let own = screening.screen(query, Request::default(), Search::Exhaustive);
            results.fetch_add(own.total, Ordering::Relaxed);
            let same = |request: Request, expected: &Answer| {
                json(query, &screening.screen(query, request, Search::Indexed)) == json(query, expected)
            };
            let all = screening.screen(query, at(5000), Search::Exhaustive);
            !(same(Request::default(), &own) && same(at(5000), &all))
        })
        .map(|query| query.entity().caption())
        .collect();
    assert!(different.is_empty(), "{} differ: {different:?}", different.len());
    let results = results.into_inner();
    assert!(results >= queries.len() / 2, "{results} results would prove nothing");
}

/// The comparison above has teeth: an index that lost one posting of the real list is noticed. The posting is that of
/// the heaviest word.
#[test]
fn a_lost_posting_is_noticed() {
    let (Some(list), Some(eval)) = (shared("data/eval/sdn.ftm.jsonl"), shared("data/eval")) else { return };
    let library = Library::new(vec![ScreenList::open(&list).unwrap()]).unwrap();
    let profiles: Vec<Profile> = library.lists()[0].entities.iter().map(Profile::new).collect();
    let index = Index::new(&profiles);
    let policy = Policy::default();
    let screening = library.under(&policy).unwrap();
    let queries = queries(&eval, &[("q_pos.csv", "name", 20)]);
    let mut tried = 0;
    for query in &queries {
        // The best result's name that met, and the heaviest of its words.
        let answer = screening.screen(query, at(9000), Search::Indexed);
        let Some(best) = answer.hits.first() else { continue };
        let (party, met) = (best.entity, best.scored.name.clone().unwrap());
        let names = &profiles[party].names;
        let name = names.iter().position(|name| name.name.text == met.candidate).unwrap();
        let words = names[name].name.tokens.iter().enumerate();
        let word = words.max_by_key(|(_, token)| token.weight).unwrap().0;
        let lossy = index.without_posting(party, name, word).unwrap();
        let indexed =
            |query: &Query, request| lossy.search(query.profile(), &profiles, &policy.default, request);
        let different = differences(std::slice::from_ref(query), &screening, &Tally::default(), &indexed);
        assert!(
            !different.is_empty(),
            "{}: a posting of {:?} was lost unnoticed",
            query.entity().id,
            met.candidate
        );
        tried += 1;
        if tried == 3 {
            return;
        }
    }
    panic!("only {tried} queries have a result");
}
