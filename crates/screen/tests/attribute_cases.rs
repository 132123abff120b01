//! The case tables in `attribute_cases/`: a customer and a listed party with more than names, of which competent analysts
//! would say the same, and what the explanation must say of them. They were written before the code that they judge.
//!
//! Rows that the engine fails today stand in `attribute_cases/known_failures.txt`, by file, query and listed party. A row
//! that starts to fail breaks the test; so does one there that passes: delete its line.

mod common;

use model::{Entity, Locator, Property, Schema};
use screen::{Configuration, Index, Profile, Request, Scored, exhaustive, score};
use testkit::unescaped;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/attribute_cases");

/// `property=value | property=value`.
fn party(id: &str, schema: &Schema, fields: &str) -> Profile {
    let mut entity = Entity::new(id, schema.clone());
    for field in fields.split(" | ") {
        let (property, value) = field.split_once('=').unwrap_or_else(|| panic!("property=value: {field:?}"));
        let property = Property::from_name(property.trim());
        assert!(!matches!(property, Property::Other(_)), "no property of ours: {field:?}");
        entity.add(property, unescaped(value), Locator::Direct);
    }
    Profile::new(&entity)
}

/// The listed party's score, which scoring everybody and the index give alike, with a namesake beside it.
fn scored(schema: &Schema, query: &str, listed: &str) -> Option<Scored> {
    let configuration = Configuration::default();
    let query = party("q", schema, query);
    let list = [party("x", schema, listed), party("y", schema, "name=Elisabeth Vandenbroucke | country=be")];
    let index = Index::new(&list);
    for threshold in [0, 4000, 7000].map(screen::Score::from_ten_thousandths) {
        let request = Request { threshold: Some(threshold), limit: None };
        let answer = exhaustive(&query, &list, &configuration, request);
        assert_eq!(index.search(&query, &list, &configuration, request), answer, "index of {listed:?}");
    }
    score(&query, &list[0], &configuration)
}

/// What is wrong with a row; `None` where it holds.
fn fault(schema: &Schema, query: &str, listed: &str, verdict: &str, evidence: &str) -> Option<String> {
    let scored = scored(schema, query, listed);
    let (matched, value) = scored.as_ref().map_or_else(Default::default, |s| (s.matched, s.score));
    let said: Vec<String> = scored
        .iter()
        .flat_map(|s| &s.rows)
        .filter(|row| row.feature != "name")
        .map(|row| format!("{}={}", row.feature, row.kind))
        .collect();
    let missing: Vec<&str> =
        evidence.split(';').filter(|e| !e.is_empty() && !said.iter().any(|s| s == e)).collect();
    let wrong_verdict = matched != (verdict == "match");
    (wrong_verdict || !missing.is_empty()).then(|| {
        format!("{value}, should be {verdict}; says {}, lacks {}", said.join(" "), missing.join(" "))
    })
}

#[test]
fn cases() {
    common::run(FOLDER, |file, columns| {
        let [schema, query, listed, verdict @ ("match" | "clear"), evidence, why] = *columns else {
            panic!("{file}: not schema, query, listed, verdict, evidence, why: {columns:?}");
        };
        let fault = fault(&Schema::from_name(schema), query, listed, verdict, evidence);
        ([query, listed], fault.map(|fault| (format!("{fault} ({why})"), String::new())))
    });
}
