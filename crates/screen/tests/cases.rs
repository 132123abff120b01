//! The case tables in `cases/`: pairs of names of which competent analysts would say the same. `match`: a compliance
//! officer must see it at the default policy. `clear`: noise.
//!
//! Rows that the engine fails today stand in `cases/known_failures.txt`, by file, query, listed party and the score when
//! they were written down. A row that starts to fail breaks the test; so does one there that passes: delete its line.

mod common;

use model::{Entity, Locator, Property, Schema};
use screen::{Configuration, Index, Profile, Request, Score, exhaustive, score};
use testkit::unescaped;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cases");

/// Others on the list: nobody is ever alone.
const DECOYS: [(Schema, &str); 5] = [
    (Schema::Person, "SHIRINKAR, Mohammad Bagher"),
    (Schema::Person, "Elisabeth Vandenbroucke"),
    (Schema::Organization, "Ministry of Silly Walks"),
    (Schema::Company, "Emennet Pasargad Trading Co., Ltd."),
    (Schema::Vessel, "OCEAN STAR 7"),
];

/// A party with these names, separated by ` | `: the primary first, then aliases. `\u{200B}` is the character itself.
fn party(id: &str, schema: &Schema, names: &str) -> Profile {
    let mut entity = Entity::new(id, schema.clone());
    for (n, name) in names.split(" | ").enumerate() {
        let property = if n == 0 { Property::Name } else { Property::Alias };
        entity.add(property, unescaped(name), Locator::Direct);
    }
    Profile::new(&entity)
}

/// The score of the listed party: found alone, by scoring everybody and by the index, all three the same.
fn check(schema: &Schema, query: &str, listed: &str, decoys: &[Profile]) -> (bool, Score) {
    let configuration = Configuration::default();
    let query = party("q", schema, query);
    let list = [&[party("x", schema, listed)], decoys].concat();
    let scored = score(&query, &list[0], &configuration);
    let index = Index::new(&list);
    for threshold in [Score::default(), configuration.match_threshold] {
        let request = Request { threshold: Some(threshold), limit: None };
        let answer = exhaustive(&query, &list, &configuration, request);
        assert_eq!(index.search(&query, &list, &configuration, request), answer, "index of {listed:?}");
        let found = answer.hits.into_iter().find(|hit| hit.entity == 0).map(|hit| hit.scored);
        assert_eq!(found, scored.clone().filter(|s| s.score >= threshold), "search for {listed:?}");
    }
    scored.map_or_else(Default::default, |scored| (scored.matched, scored.score))
}

#[test]
fn cases() {
    let decoys = DECOYS.map(|(schema, name)| party(name, &schema, name));
    common::run(FOLDER, |file, columns| {
        let [
            kind @ ("Person" | "Organization" | "Company" | "Vessel" | "Airplane"),
            query,
            listed,
            verdict @ ("match" | "clear"),
            why,
        ] = *columns
        else {
            panic!("{file}: not schema, query, listed, verdict, why: {columns:?}");
        };
        let (matched, score) = check(&Schema::from_name(kind), query, listed, &decoys);
        let wrong = matched != (verdict == "match");
        ([query, listed], wrong.then(|| (format!("should be {verdict} ({why})"), format!("\t{score}"))))
    });
}
