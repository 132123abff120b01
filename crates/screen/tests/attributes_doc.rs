//! The examples of `docs/attributes.md`: each is scored, and the page must say what comes out.
//!
//! `UPDATE_DOCS=1` writes the figures anew; verdicts are never rewritten.

use std::fmt::Write;

use model::{Entity, Locator, Property, Schema};
use screen::{Configuration, Profile, score};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/attributes.md");

/// `property=value; property=value`.
fn party(schema: &str, fields: &str) -> Profile {
    let mut entity = Entity::new("x", Schema::from_name(schema));
    for field in fields.split("; ") {
        let (property, value) = field.split_once('=').unwrap_or_else(|| panic!("property=value: {field:?}"));
        let property = Property::from_name(property.trim());
        assert!(!matches!(property, Property::Other(_)), "no property of ours: {field:?}");
        entity.add(property, value, Locator::Direct);
    }
    Profile::new(&entity)
}

/// The line with the score that the engine gives; `Err` where its verdict is another.
fn line(schema: &str, example: &str) -> Result<String, String> {
    let parts: Vec<&str> = example.split(" | ").collect();
    let [parties, said, why] = parts[..] else { panic!("parties, score and verdict, why: {example:?}") };
    let (query, listed) = parties.split_once(" -> ").expect("query -> listed");
    let (_, verdict) = said.split_once(' ').expect("score and verdict");
    let scored = score(&party(schema, query), &party(schema, listed), &Configuration::default());
    let (matched, score) = scored.map_or_else(Default::default, |s| (s.matched, s.score));
    let hundredths = score.ten_thousandths() / 100;
    let new = format!("{parties} | {}.{:02} {verdict} | {why}", hundredths / 100, hundredths % 100);
    if matched == (verdict == "match") { Ok(new) } else { Err(format!("{score}: {example}")) }
}

#[test]
fn the_page_says_what_the_engine_does() {
    let page = std::fs::read_to_string(PAGE).expect("the page");
    let (mut schema, mut new, mut wrong, mut examples) = (None, String::new(), Vec::new(), 0);
    for text in page.lines() {
        let mut text = text.to_owned();
        match (&schema, text.strip_prefix("```")) {
            (_, Some(fence)) => schema = fence.strip_prefix("attributes ").map(str::to_owned),
            (Some(schema), None) => {
                examples += 1;
                match line(schema, &text) {
                    Ok(line) => text = line,
                    Err(fault) => wrong.push(fault),
                }
            }
            _ => {}
        }
        writeln!(new, "{text}").expect("a string");
    }
    assert!(wrong.is_empty(), "another verdict:\n{}", wrong.join("\n"));
    assert!(examples > 15, "{examples} examples: the page has lost some");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, new).expect("the page can be written");
    } else {
        assert_eq!(page, new, "another score: UPDATE_DOCS=1 writes the figures anew");
    }
}
