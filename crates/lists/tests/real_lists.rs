//! The authorities' own files, where they are at hand (`../shared`, outside the repository): counts, clauses, and an
//! independent conversion as the oracle.

// Helpers of tests are tests; the figures, and which files are not here, go to stderr.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use lists::{LoadedList, SourceFile, read};
use model::{Entity, Locator, Property, Schema};

fn data(path: &str) -> Option<Vec<u8>> {
    testkit::shared_bytes(format!("data/{path}"))
}

/// Main file and the siblings that are there.
fn load(main: &str, siblings: &[&str]) -> Option<LoadedList> {
    let bytes = data(main)?;
    let siblings: Vec<(&str, Vec<u8>)> =
        siblings.iter().filter_map(|name| Some((*name, data(name)?))).collect();
    let siblings: Vec<SourceFile> = siblings.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    let start = Instant::now();
    let list = read(&SourceFile { name: main, bytes: &bytes }, &siblings).unwrap();
    eprintln!(
        "{main}: {:?}, {} entities, {} relations",
        start.elapsed(),
        list.entities.len(),
        list.relations.len()
    );
    Some(list)
}

fn sdn() -> Option<LoadedList> {
    load("lists/ofac/2023-12-28/sdn.csv", &["lists/ofac/2023-12-28/alt.csv", "lists/ofac/2023-12-28/add.csv"])
}

fn values(entity: &Entity, property: Property) -> Vec<&str> {
    entity.statements.iter().filter(|s| s.property == property).map(|s| &*s.value).collect()
}

#[test]
fn counts() {
    let Some(counts) = data("eval/counts.json") else { return };
    let counts: BTreeMap<String, usize> = serde_json::from_slice(&counts).unwrap();
    let rows: [(&str, &[&str], &str); 4] = [
        ("ofac/2023-12-28/sdn.csv", &["alt.csv", "add.csv"], "ofac_sdn"),
        ("ofac/2022-01-21/sdn.csv", &["alt.csv", "add.csv"], "ofac_sdn"),
        ("ofac/cons/cons_prim.csv", &["cons_alt.csv", "cons_add.csv", "cons_comments.csv"], "ofac_cons"),
        ("ofac/cons/cons_prim.csv", &[], "ofac_cons"),
    ];
    for (main, siblings, dataset) in rows {
        let folder = main.rsplit_once('/').unwrap().0;
        let siblings: Vec<String> = siblings.iter().map(|s| format!("lists/{folder}/{s}")).collect();
        let siblings: Vec<&str> = siblings.iter().map(String::as_str).collect();
        let Some(list) = load(&format!("lists/{main}"), &siblings) else { continue };
        assert_eq!(list.report.total(), counts[main], "{main}");
        assert_eq!(list.report.names, counts[main], "{main}");
        assert_eq!(list.dataset, dataset, "{main}");
        let unexpected: Vec<_> = list.report.skipped.iter().take(5).collect();
        eprintln!("{main}: {:?} {} skipped {unexpected:?}", list.report.warnings, list.report.skipped.len());
    }
}

#[test]
fn the_whole_of_the_remarks() {
    let Some(list) = sdn() else { return };
    let report = &list.report;
    let people = [("Airplane", 378), ("Organization", 6033), ("Person", 6646), ("Vessel", 764)];
    assert_eq!(report.entities, people.map(|(schema, n)| (schema.to_owned(), n)).into());
    assert!(report.skipped.is_empty(), "{:?}", report.skipped);
    let from_file = |file: u16| move |s: &&model::Statement| matches!(s.locator, Locator::Line { file: f, .. } if f == file);
    let statements = || list.entities.iter().flat_map(|e| &e.statements);
    assert_eq!(
        statements().filter(from_file(1)).count(),
        17_091,
        "every row of the alias file is a statement"
    );
    let unmapped: usize = report.unmapped.values().sum();
    let share = unmapped as f64 / report.clauses as f64;
    eprintln!("{} of {} clauses unmapped ({:.2} %)", unmapped, report.clauses, 100.0 * share);
    let mut most: Vec<_> = report.unmapped.iter().collect();
    most.sort_by_key(|(label, n)| (std::cmp::Reverse(**n), *label));
    for (label, n) in most.iter().take(12) {
        eprintln!("  {n} {label}");
    }
    assert!(share < 0.01, "at least 99 % of the clauses have a property of their own");
}

#[test]
fn agrees_with_an_independent_conversion() {
    let (Some(list), Some(oracle)) = (sdn(), data("eval/sdn.ftm.jsonl")) else { return };
    let oracle = read(&SourceFile { name: "sdn.ftm.jsonl", bytes: &oracle }, &[]).unwrap();
    assert_eq!(oracle.dataset, "ofac_sdn");
    assert_eq!(oracle.entities.len(), list.entities.len());
    // It writes people's names "First LAST", with some words moved: names are compared as bags of words.
    let words = |name: &str| {
        let mut words: Vec<String> =
            name.split([' ', ',']).filter(|w| !w.is_empty()).map(str::to_owned).collect();
        words.sort();
        words
    };
    let mut extra = 0;
    for (ours, theirs) in list.entities.iter().zip(&oracle.entities) {
        assert_eq!(ours.id, theirs.id);
        let rows: [(&[Property], Property); 3] = [
            (&[Property::Name], Property::Name),
            (&[Property::Alias, Property::PreviousName], Property::Alias),
            (&[Property::WeakAlias], Property::WeakAlias),
        ];
        for (our_properties, their_property) in rows {
            let theirs: BTreeSet<_> = values(theirs, their_property).into_iter().map(words).collect();
            let mut found = BTreeSet::new();
            for ours in ours.statements.iter().filter(|s| our_properties.contains(&s.property)) {
                // What it has not are quoted names in the remarks: former names, trade names, and aliases with an
                // apostrophe before or after a blank. OFAC published them; the oracle's pattern passes them over.
                if theirs.contains(&words(&ours.value)) {
                    found.insert(words(&ours.value));
                } else {
                    extra += 1;
                    assert!(matches!(ours.locator, Locator::Line { file: 0, .. }), "{ours:?}");
                }
            }
            assert_eq!(found, theirs, "{}: only the oracle has some of these", ours.id);
        }
    }
    eprintln!("{extra} names that the oracle has not, all quoted in the remarks");
    assert!(extra < 150, "{extra}");
}

#[test]
fn the_case() {
    let Some(list) = load("lists/ofac/sdn_2021-11-18.csv", &[]) else { return };
    let person = list.entities.iter().find(|e| &*e.id == "ofac-26391").unwrap();
    assert_eq!(person.schema, Schema::Person);
    assert_eq!(values(person, Property::Program), ["HRIT-IR", "ELECTION-EO13848"]);
    assert_eq!(values(person, Property::Name), ["SHIRINKAR, Mohammad Bagher"]);
    assert_eq!(values(person, Property::BirthDate), ["21 Sep 1979"]);
    assert_eq!(values(person, Property::IdNumber), ["0067948431"]);
    let paper = list.relations.iter().find(|e| e.first(&Property::Holder) == Some("ofac-26391")).unwrap();
    assert_eq!((&paper.schema, paper.first(&Property::Country)), (&Schema::Identification, Some("Iran")));
    let pasargad = list.entities.iter().find(|e| e.caption() == "EMENNET PASARGAD").unwrap();
    let subjects: BTreeSet<&str> = (list.relations.iter())
        .filter(|e| e.first(&Property::Object) == Some(&*pasargad.id))
        .filter_map(|e| e.first(&Property::Subject))
        .collect();
    assert!(
        ["ofac-33493", "ofac-33494", "ofac-33497"].iter().all(|id| subjects.contains(id)),
        "{subjects:?}"
    );
}

#[test]
fn remarks_go_on_in_the_comments_file() {
    let siblings = ["lists/ofac/cons/cons_comments.csv", "lists/ofac/cons/cons_alt.csv"];
    let Some(list) = load("lists/ofac/cons/cons_prim.csv", &siblings) else { return };
    let bank = list.entities.iter().find(|e| &*e.id == "ofac-17014").unwrap();
    assert_eq!(values(bank, Property::RegistrationNumber), ["52750822", "1027700342890"]);
    assert_eq!(values(bank, Property::WeakAlias), ["RUSAG"]);
    assert_eq!(values(bank, Property::Notes), Vec::<&str>::new());
    assert!(list.report.warnings.iter().all(|w| !w.contains("cut at")), "{:?}", list.report.warnings);
}
