//! OFAC's XML forms: the authorities' own files, where they are at hand (`../shared`, outside the repository), against
//! counts, against facts looked up in them, and against the CSV form of the same list; and small files of our own.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // helpers of tests are tests; the figures go to stderr

mod fields;
mod real;

use lists::{LoadedList, SourceFile, read};
use model::Entity;

const LEGACY: &str = "ofac/cons_legacy_2025-03-28.xml";
const ENHANCED: &str = "ofac/CONS_ENHANCED_2025-01-10.xml";
const EXTRACT: &str = "ofac/SDN_ENHANCED_IRGC-subset_2024-08-28.xml";
const ADVANCED: &str = include_str!("../fixtures/ofac_advanced.xml");

fn data(path: &str) -> Option<Vec<u8>> {
    testkit::shared_bytes(format!("data/{path}"))
}

fn load(path: &str) -> Option<LoadedList> {
    let bytes = data(&format!("lists/{path}"))?;
    Some(read(&SourceFile { name: path, bytes: &bytes }, &[]).unwrap())
}

fn load_text(text: &str) -> Result<LoadedList, String> {
    read(&SourceFile { name: "list.xml", bytes: text.as_bytes() }, &[]).map_err(|error| error.to_string())
}

fn read_text(text: &str) -> LoadedList {
    load_text(text).unwrap()
}

/// A legacy list of one party.
fn legacy(fields: &str) -> String {
    format!("<x:sdnList xmlns:x=\"urn:any\"><x:sdnEntry><x:uid>7</x:uid>{fields}</x:sdnEntry></x:sdnList>")
}

/// `property=value` of an entity, in order.
fn stated(entity: &Entity) -> Vec<String> {
    entity.statements.iter().map(|s| format!("{}={}", s.property, s.value)).collect()
}

fn party<'a>(list: &'a LoadedList, id: &str) -> &'a Entity {
    list.entities.iter().find(|entity| &*entity.id == id).unwrap()
}

/// The entities that belong to a party, each in one line.
fn beside(list: &LoadedList, id: &str) -> Vec<String> {
    let belongs = |e: &&Entity| e.id.strip_prefix(id).is_some_and(|rest| rest.starts_with('-'));
    let line = |e: &Entity| format!("{} {} {}", &e.id[id.len()..], e.schema, stated(e).join(" "));
    list.relations.iter().filter(belongs).map(line).collect()
}
