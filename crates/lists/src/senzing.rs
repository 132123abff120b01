//! Records of Senzing's entity specification, one JSON object a line. Attributes stand in `FEATURES`, in lists of any
//! other name (`NAMES`, `ADDRESSES`, as OpenSanctions writes them), or in the record itself, with a usage type in front
//! where there is one (`PRIMARY_NAME_ORG`). The table `data/senzing.tsv` says what each is.

use std::sync::LazyLock;

use model::{Entity, Locator, Property, Schema};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use crate::encoding;
use crate::error::ListError;
use crate::party::{Paper, Parties, Party};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile, stem};

const TABLE: &str = include_str!("../data/senzing.tsv");

/// Property of each attribute.
static ATTRIBUTES: LazyLock<FxHashMap<&'static str, Property>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).map(|(name, p)| (name, Property::from_name(p))).collect()
});

/// The longest attributes of Senzing have four words; usage types stand before them.
fn property_of(attribute: &str) -> Option<(&'static str, &'static Property)> {
    let mut rest = attribute;
    loop {
        if let Some((name, property)) = ATTRIBUTES.get_key_value(rest) {
            return Some((name, property));
        }
        rest = rest.split_once('_')?.1;
    }
}

/// One feature: attributes that belong together.
type Feature<'a> = Vec<(&'a str, String)>;

/// A relation that a record points to.
struct Pointer {
    from: Box<str>,
    to: (String, String),
    role: Option<String>,
    locator: Locator,
}

/// Reads the file.
pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let (mut parties, mut report) = (Parties::of_any_kind(), LoadReport::default());
    let (mut pointers, mut anchors) = (Vec::new(), FxHashMap::default());
    let mut sources: FxHashSet<String> = FxHashSet::default();
    let mut legacy = 0;
    let data = encoding::plain(main.bytes);
    for (line, number) in data.split(|b| *b == b'\n').zip(1_u32..) {
        let (text, no_utf8) = encoding::text(line);
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        legacy += usize::from(no_utf8);
        let record: Map<String, Value> = match serde_json::from_str(text) {
            Ok(record) => record,
            Err(error) => {
                report.skip(main.name, number, format!("not JSON: {error}"));
                continue;
            }
        };
        let locator = Locator::Line { file: 0, line: number };
        let source = record.get("DATA_SOURCE").and_then(scalar).unwrap_or_default();
        let Some(key) = record.get("RECORD_ID").and_then(scalar) else {
            report.skip(main.name, number, "the record has no RECORD_ID");
            continue;
        };
        // A number is unique in its source only.
        let id = format!("{}-{key}", source.to_lowercase());
        if parties.get_mut(&id).is_some() {
            report.skip(main.name, number, format!("the record {key} of {source} was given before"));
            continue;
        }
        sources.insert(source);
        let features = features(&record);
        let kind =
            features.iter().flatten().find(|(name, _)| *name == "RECORD_TYPE").map(|(_, kind)| kind.as_str());
        let party = parties.of(&id, || schema_of(kind, &features));
        for feature in &features {
            state(party, feature, locator, &mut report);
            let value =
                |name: &str| feature.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
            let at = |domain, key| Some((value(domain).unwrap_or_default(), value(key)?));
            if let Some(anchor) = at("REL_ANCHOR_DOMAIN", "REL_ANCHOR_KEY") {
                anchors.insert(anchor, party.entity.id.clone());
            }
            if let Some(to) = at("REL_POINTER_DOMAIN", "REL_POINTER_KEY") {
                let from = party.entity.id.clone();
                pointers.push(Pointer { from, to, role: value("REL_POINTER_ROLE"), locator });
            }
        }
    }
    report.warnings.extend(encoding::legacy_warning(main.name, legacy));
    link(pointers, &anchors, &mut parties, &mut report);
    let dataset = match sources.into_iter().collect::<Vec<_>>().as_slice() {
        [only] if !only.is_empty() => only.to_lowercase(),
        _ => stem(main.name),
    };
    parties.finish(&dataset, main, report)
}

/// The features of a record: `FEATURES`, any other list of objects, and what stands in the record itself.
fn features(record: &Map<String, Value>) -> Vec<Feature<'_>> {
    let mut features = Vec::new();
    let mut flat = Vec::new();
    for (name, value) in
        record.iter().filter(|(name, _)| !["DATA_SOURCE", "RECORD_ID"].contains(&name.as_str()))
    {
        match value {
            Value::Array(items) => {
                for item in items {
                    match item {
                        Value::Object(item) => features.push(pairs(item)),
                        other => flat.extend(scalar(other).map(|value| (name.as_str(), value))),
                    }
                }
            }
            Value::Object(item) => features.push(pairs(item)),
            other => flat.extend(scalar(other).map(|value| (name.as_str(), value))),
        }
    }
    features.push(flat);
    features
}

fn pairs(object: &Map<String, Value>) -> Feature<'_> {
    let mut pairs = Vec::with_capacity(object.len());
    for (name, value) in object {
        let value = match value {
            // No feature holds more than texts; what does is kept as it is written.
            Value::Object(_) | Value::Array(_) => Some(value.to_string()),
            other => scalar(other),
        };
        pairs.extend(value.map(|value| (name.as_str(), value)));
    }
    pairs
}

fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

fn schema_of(kind: Option<&str>, features: &[Feature<'_>]) -> Schema {
    let has = |suffix: &str| features.iter().flatten().any(|(name, _)| name.ends_with(suffix));
    match kind.unwrap_or_default().to_ascii_uppercase().as_str() {
        "PERSON" => Schema::Person,
        "ORGANIZATION" | "ORGANISATION" => Schema::Organization,
        "COMPANY" => Schema::Company,
        "VESSEL" => Schema::Vessel,
        "AIRCRAFT" => Schema::Airplane,
        "VEHICLE" => Schema::Vehicle,
        _ if has("NAME_ORG") => Schema::Organization,
        _ if has("DATE_OF_BIRTH") || has("NAME_LAST") => Schema::Person,
        _ => Schema::LegalEntity,
    }
}

/// Parts of a name, in the order in which they are written.
const NAME_PARTS: [&str; 5] = ["NAME_PREFIX", "NAME_FIRST", "NAME_MIDDLE", "NAME_LAST", "NAME_SUFFIX"];

/// Parts of an address.
const ADDRESS_PARTS: [&str; 10] = [
    "ADDR_LINE1",
    "ADDR_LINE2",
    "ADDR_LINE3",
    "ADDR_LINE4",
    "ADDR_LINE5",
    "ADDR_LINE6",
    "ADDR_CITY",
    "ADDR_STATE",
    "ADDR_POSTAL_CODE",
    "ADDR_COUNTRY",
];

/// Attributes that say something of others in the same feature, or of relations.
const WITH_OTHERS: [&str; 6] =
    ["RECORD_TYPE", "NAME_TYPE", "ADDR_TYPE", "PHONE_TYPE", "REL_ANCHOR_", "REL_POINTER_"];

/// An attribute without the usage type in front: `PRIMARY_NAME_FIRST` is `NAME_FIRST` of the usage `PRIMARY`.
fn part_of<'a>(attribute: &'a str, parts: &[&'static str]) -> Option<(&'a str, &'static str)> {
    let part = parts.iter().find(|part| attribute.ends_with(**part))?;
    let usage = attribute[..attribute.len() - part.len()].trim_end_matches('_');
    Some((usage, part))
}

fn state(party: &mut Party, feature: &Feature<'_>, locator: Locator, report: &mut LoadReport) {
    let value = |name: &str| feature.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
    let alias = |usage: &str| {
        let kind = value("NAME_TYPE").unwrap_or(usage).to_ascii_uppercase();
        match kind.as_str() {
            "" | "PRIMARY" | "LEGAL" => Property::Name,
            "FORMER" | "PREVIOUS" | "MAIDEN" => Property::PreviousName,
            _ => Property::Alias,
        }
    };
    let whole = |parts: &[&'static str], separator: &str| {
        // One name or address for each usage that stands in the feature.
        let mut usages: Vec<(&str, Vec<(usize, &str)>)> = Vec::new();
        for (name, value) in feature {
            let Some((usage, part)) = part_of(name, parts) else { continue };
            let place = parts.iter().position(|p| *p == part).unwrap_or_default();
            match usages.iter_mut().find(|(known, _)| *known == usage) {
                Some((_, values)) => values.push((place, value)),
                None => usages.push((usage, vec![(place, value)])),
            }
        }
        let join = |(usage, mut values): (_, Vec<(usize, _)>)| {
            values.sort_by_key(|(place, _)| *place);
            (
                usage,
                values.into_iter().map(|(_, value): (usize, &str)| value).collect::<Vec<_>>().join(separator),
            )
        };
        usages.into_iter().map(join).collect::<Vec<(&str, String)>>()
    };
    for (usage, name) in whole(&NAME_PARTS, " ") {
        party.add(&alias(usage), &name, locator);
    }
    for (_, address) in whole(&ADDRESS_PARTS, ", ") {
        party.add(&Property::Address, &address, locator);
    }
    for (name, text) in feature {
        let taken = |parts: &[&'static str]| part_of(name, parts).is_some();
        if name.ends_with("ADDR_COUNTRY") {
            party.add(&Property::Country, text, locator);
        }
        if taken(&NAME_PARTS)
            || taken(&ADDRESS_PARTS)
            || WITH_OTHERS.iter().any(|other| name.starts_with(other))
        {
            continue;
        }
        match property_of(name) {
            Some((attribute, property)) if property.name_strength().is_some() => {
                let usage = name[..name.len() - attribute.len()].trim_end_matches('_');
                party.add(&alias(usage), text, locator);
            }
            Some((
                attribute,
                property @ (Property::PassportNumber | Property::IdNumber | Property::TaxNumber),
            )) => {
                // PASSPORT_NUMBER has PASSPORT_COUNTRY beside it, NATIONAL_ID_NUMBER has NATIONAL_ID_TYPE.
                let stem = attribute.trim_end_matches("_NUMBER");
                let beside = |what: &str| value(&format!("{stem}_{what}"));
                let kind = beside("TYPE").unwrap_or(stem);
                let paper = Paper { number: text, kind, country: beside("COUNTRY"), ..Paper::default() };
                party.paper(property, paper, locator);
            }
            Some((_, property)) => drop(party.add(property, text, locator)),
            None if says_of_a_number(name, feature) => {}
            None => party.note(name, text, locator, report),
        }
    }
}

/// Whether an attribute is the type or the country of a paper in the same feature.
fn says_of_a_number(name: &str, feature: &Feature<'_>) -> bool {
    let stem = name.strip_suffix("_COUNTRY").or_else(|| name.strip_suffix("_TYPE"));
    let papers = ["PASSPORT", "NATIONAL_ID", "TAX_ID"];
    stem.is_some_and(|stem| {
        papers.contains(&stem) && feature.iter().any(|(key, _)| key.strip_suffix("_NUMBER") == Some(stem))
    })
}

/// Relations between records. One that points to nobody in the file is a note of the record that points.
fn link(
    pointers: Vec<Pointer>,
    anchors: &FxHashMap<(String, String), Box<str>>,
    parties: &mut Parties,
    report: &mut LoadReport,
) {
    for Pointer { from, to, role, locator } in pointers {
        let Some(party) = parties.get_mut(&from) else { continue };
        let Some(object) = anchors.get(&to) else {
            let role = role.unwrap_or_default();
            party.note("REL_POINTER_KEY", format!("{} {} {role}", to.0, to.1).trim(), locator, report);
            continue;
        };
        let relation: &mut Entity = party.beside("link", Schema::UnknownLink);
        relation.add(Property::Subject, &from, locator);
        relation.add(Property::Object, object, locator);
        if let Some(role) = role {
            relation.add(Property::Role, role, locator);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_with_a_usage_in_front() {
        let rows = [
            ("NAME_ORG", Some(("NAME_ORG", Property::Name))),
            ("PRIMARY_NAME_ORG", Some(("NAME_ORG", Property::Name))),
            ("PASSPORT_NUMBER", Some(("PASSPORT_NUMBER", Property::PassportNumber))),
            ("SHOE_SIZE", None),
        ];
        for (attribute, expected) in rows {
            assert_eq!(property_of(attribute).map(|(name, p)| (name, p.clone())), expected, "{attribute}");
        }
        for (name, property) in ATTRIBUTES.iter() {
            assert!(!matches!(property, Property::Other(_)), "{name}: {property}");
        }
    }
}
