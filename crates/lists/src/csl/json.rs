//! The Consolidated Screening List as JSON, `{"results": [{...}]}`: the table's columns, with lists where that has
//! several values in a cell, and addresses and ids in parts.

use model::{Locator, Property};
use serde_json::{Map, Value};

use super::ids::{self, Id};
use super::{DATASET, Head, LAYOUT, Links};
use crate::error::{ListError, ListErrorKind};
use crate::layout::{Context, Layout};
use crate::party::{Parties, Party};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile, encoding};

/// Fields that the reader takes together, or in another form than the table.
const TAKEN: [&str; 6] = ["addresses", "alt_names", "ids", "programs", "id", "remarks"];

/// Reads the file.
pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let data = encoding::plain(main.bytes);
    let (text, _) = encoding::text(&data);
    let file: Value = serde_json::from_str(&text).map_err(|error| {
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        ListError::new(main.name, ListErrorKind::Malformed { line, reason: error.to_string() })
    })?;
    let (mut parties, mut report) = (Parties::default(), LoadReport::default());
    let mut links = Links::default();
    let results = file.get("results").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (result, number) in results.iter().zip(1_u32..) {
        // JSON has no lines of its own: a record stands at its place in the results.
        let locator = Locator::Line { file: 0, line: number };
        let Some(record) = result.as_object() else {
            report.skip(main.name, number, "the record is no JSON object");
            continue;
        };
        one(record, main, locator, (&mut parties, &mut links), &mut report);
    }
    parties.finish_with(DATASET, main, report, |entities, relations| links.resolve(entities, relations))
}

fn one(
    record: &Map<String, Value>,
    main: &SourceFile<'_>,
    locator: Locator,
    (parties, links): (&mut Parties, &mut Links),
    report: &mut LoadReport,
) {
    let texts = |field: &str| record.get(field).map(scalars).unwrap_or_default();
    let first = |field: &str| texts(field).into_iter().next();
    let (source, number, kind) = (first("source"), first("entity_number"), first("type"));
    let (id, name) = (first("id").or_else(|| first("_id")), first("name"));
    let programs = texts("programs");
    let head = Head {
        source: source.as_deref().unwrap_or_default(),
        number: number.as_deref(),
        id: id.as_deref(),
        kind: kind.as_deref(),
        name: name.as_deref(),
        programs: programs.iter().map(|program| &**program).collect(),
    };
    let Some((party, list)) = head.party(parties, main, locator, report) else { return };
    for alias in texts("alt_names") {
        party.add(&Property::Alias, &alias, locator);
    }
    for address in objects(record, "addresses") {
        self::address(party, address, locator);
    }
    for id in objects(record, "ids") {
        self::id(party, id, locator, report);
    }
    for remarks in texts("remarks") {
        links.state(party, &remarks, locator);
    }
    let layout = Layout::of(LAYOUT);
    let mut context = Context { party, sanction: &list, locator, report };
    for (field, value) in record.iter().filter(|(field, _)| !TAKEN.contains(&field.as_str())) {
        for value in scalars(value) {
            layout.value(field, &value, &mut context);
        }
        let nested = value.as_object().map(|object| vec![object]).unwrap_or_default();
        let items =
            value.as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_object);
        for object in nested.into_iter().chain(items) {
            layout.value(field, &Value::Object(object.clone()).to_string(), &mut context);
        }
    }
}

/// A text, a number, or a list of them.
fn scalars(value: &Value) -> Vec<String> {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    };
    items.iter().filter_map(one).filter(|text| !text.is_empty()).collect()
}

fn objects<'a>(record: &'a Map<String, Value>, field: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
    let items = record.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_object)
}

fn address(party: &mut Party, address: &Map<String, Value>, locator: Locator) {
    let known = ["address", "city", "state", "postal_code", "country"];
    let rest = address.keys().map(String::as_str).filter(|key| !known.contains(key));
    let parts = known.into_iter().chain(rest).filter_map(|key| address.get(key)).flat_map(scalars);
    super::address(party, &parts.collect::<Vec<_>>().join(", "), locator);
}

fn id(party: &mut Party, id: &Map<String, Value>, locator: Locator, report: &mut LoadReport) {
    let first = |field: &str| id.get(field).map(scalars).unwrap_or_default().into_iter().next();
    let (kind, number, country) = (first("type"), first("number"), first("country"));
    let (issued, expires) = (first("issue_date"), first("expiration_date"));
    let stated = Id {
        kind: kind.as_deref().unwrap_or_default(),
        number: number.as_deref().unwrap_or_default(),
        country: country.as_deref(),
        issued: issued.as_deref(),
        expires: expires.as_deref(),
        date: None,
    };
    ids::state(party, &stated, locator, report);
}
