//! The case tables in `cases/`: pairs of names of which competent analysts would say the same. `match`: a compliance
//! officer must see it at the default policy. `clear`: noise.
//!
//! Rows that the engine fails today stand in `cases/known_failures.txt`, by file, query, listed party and the score when
//! they were written down. A row that starts to fail breaks the test; so does one there that passes: delete its line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

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

/// The lines of a table that are no comment.
fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a table can be read");
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
}

#[test]
#[allow(clippy::print_stderr)] // The figures by file; `--nocapture` shows them.
fn cases() {
    let known_failures = lines(&Path::new(FOLDER).join("known_failures.txt"));
    let mut known: BTreeMap<&str, &str> = known_failures
        .iter()
        .map(|line| (line.rsplit_once('\t').expect("a score ends the line").0, &**line))
        .collect();
    let decoys = DECOYS.map(|(schema, name)| party(name, &schema, name));
    let mut files: Vec<_> =
        fs::read_dir(FOLDER).expect("the folder").map(|f| f.expect("a file").path()).collect();
    files.retain(|path| !path.ends_with("known_failures.txt")); // All else is a table: none can be forgotten.
    files.sort();
    let (mut broken, mut total, mut passed) = (Vec::new(), 0, 0);
    for path in &files {
        let file = path.file_stem().expect("a name").to_string_lossy();
        let rows = lines(path);
        let mut good = 0;
        for row in &rows[1..] {
            let columns: Vec<&str> = row.split('\t').collect();
            let [
                kind @ ("Person" | "Organization" | "Company" | "Vessel" | "Airplane"),
                query,
                listed,
                verdict @ ("match" | "clear"),
                why,
            ] = columns[..]
            else {
                panic!("{file}: not schema, query, listed, verdict, why: {row:?}");
            };
            let (matched, score) = check(&Schema::from_name(kind), query, listed, &decoys);
            let passes = matched == (verdict == "match");
            let key = format!("{file}\t{query}\t{listed}");
            match (passes, known.remove(&*key)) {
                (true, None) | (false, Some(_)) => {}
                (true, Some(line)) => broken.push(format!("passes now, delete the line:\n{line}")),
                (false, None) => broken.push(format!("should be {verdict} ({why}):\n{key}\t{score}")),
            }
            good += usize::from(passes);
        }
        let count = rows.len() - 1;
        eprintln!("{file:>20} {count:>5} rows {good:>5} passed {:>4} known failures", count - good);
        (total, passed) = (total + count, passed + good);
    }
    eprintln!("{:>20} {total:>5} rows {passed:>5} passed {:>4} known failures", "all", total - passed);
    broken.extend(known.values().map(|line| format!("no such row, delete the line:\n{line}")));
    assert!(broken.is_empty(), "{} rows changed:\n{}", broken.len(), broken.join("\n"));
}
