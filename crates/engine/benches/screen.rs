//! What the parts of a query cost, for whoever changes them: `cargo bench -p interdict-engine`.
//!
//! On the embedded case among two thousand invented parties, and on the SDN list where `../shared` is. The times are those of
//! a machine and an hour; what must not grow is counted by `benches/instructions.py`.
//!
//! `screen` asks for the same name over and over: its words are remembered, and what is left is the parties, the bound and
//! the scores. `screen at first` is what the first query of an opened list pays beside that.

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use engine::{
    Library, Policy, Property, Query, Request, ScreenList, Screening, Search, answer_to_json, compare_names,
    demo_list,
};
use serde_json::json;
use validation::placebo;

/// Invented parties beside the embedded ones, and the seed of their names.
const INVENTED: (usize, u64) = (2_000, 1);

/// A party that neither list has, one that both have, misspelt, and her birth date.
const UNLISTED: &str = "Annika Lindqvist Moreau";
const MISSPELT: &str = "Mohammad Baqer Shinrakar";
const BORN: &str = "1979-09-21";

/// The ten best, as for one name by hand.
const REQUEST: Request = Request { threshold: None, limit: Some(10) };

fn query(name: &str, born: Option<&str>) -> Query {
    let born = born.map(|date| (Property::BirthDate, date));
    let fields = std::iter::once((Property::Name, name)).chain(born);
    Query::from_fields("q", Some("Person"), fields).expect("a name is a query")
}

/// Preparing, screening and explaining against one list.
fn queries(criterion: &mut Criterion, of: &str, screening: &Screening<'_>) {
    let mut group = criterion.benchmark_group(of);
    let cases = [
        ("unlisted", UNLISTED, None),
        ("misspelt", MISSPELT, None),
        ("with birth date", MISSPELT, Some(BORN)),
    ];
    for (title, name, born) in cases {
        let asked = query(name, born);
        group.bench_function(format!("screen {title}"), |b| {
            b.iter(|| screening.screen(black_box(&asked), REQUEST, Search::Indexed));
        });
    }
    let asked = query(MISSPELT, Some(BORN));
    let answer = screening.screen(&asked, REQUEST, Search::Indexed);
    assert!(!answer.hits.is_empty(), "nothing to explain");
    group.bench_function("explain to JSON", |b| {
        b.iter(|| answer_to_json(&asked, black_box(&answer), screening, true).to_string());
    });
    group.finish();
}

/// Loading a list file, opening it compiled, and the queries against it.
fn list(criterion: &mut Criterion, of: &str, path: &Path) {
    let load = || Library::new(vec![ScreenList::open(path).expect("a list")]).expect("parties");
    let library = load();
    let scratch = testkit::Scratch::new();
    let compiled = scratch.path("list.idx");
    library.compile(&compiled).expect("room for a compiled list");
    let mut group = criterion.benchmark_group(of);
    group.sample_size(10);
    // A batch, so that giving the memory back is not counted.
    group.bench_function("load", |b| b.iter_batched(|| (), |()| load(), BatchSize::PerIteration));
    let open = || Library::open_compiled(&compiled).expect("what was just written");
    group.bench_function("open compiled", |b| b.iter_batched(|| (), |()| open(), BatchSize::PerIteration));
    let (asked, policy) = (query(UNLISTED, None), Policy::default());
    group.bench_function("screen at first", |b| {
        let ask = |library: &mut Library| {
            let screening = library.under(&policy).expect("a policy that leaves all in scope");
            screening.screen(&asked, REQUEST, Search::Indexed).total
        };
        b.iter_batched_ref(open, ask, BatchSize::PerIteration);
    });
    group.finish();
    queries(criterion, of, &library.under(&Policy::default()).expect("a policy that leaves all in scope"));
}

/// The embedded case among invented parties, as FtM JSON lines.
fn invented() -> String {
    let demo = demo_list().expect("the embedded list");
    let mut lines = String::new();
    for entity in &demo.entities {
        lines += &format!("{}\n", model::entity_to_json(entity, &[&demo.dataset]));
    }
    for (n, party) in placebo(INVENTED.0, INVENTED.1).iter().enumerate() {
        let properties = json!({"name": [party.name]});
        let line = json!({"id": format!("x-{n}"), "schema": party.schema.name(), "properties": properties});
        lines += &format!("{line}\n");
    }
    lines
}

fn all(criterion: &mut Criterion) {
    criterion.bench_function("prepare", |b| b.iter(|| query(black_box(MISSPELT), Some(BORN))));
    let policy = Policy::default();
    criterion.bench_function("compare two names", |b| {
        let listed = "SHIRINKAR, Mohammad Bagher";
        b.iter(|| compare_names(black_box(MISSPELT), listed, Some("Person"), &policy).expect("two names"));
    });
    let scratch = testkit::Scratch::new();
    list(criterion, "invented", &scratch.file("list.jsonl", invented()));
    if let Some(sdn) = testkit::shared("data/eval/sdn.ftm.jsonl") {
        list(criterion, "SDN", &sdn);
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
