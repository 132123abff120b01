//! Names in parts, each with its spelling variants: `Lukashenka` is also `Lukashenko`, and `Лукашенко` in Cyrillic.

use model::{Property, Schema};

use crate::listing::Party;
use crate::report::LoadReport;
use crate::xml::Node;

/// A part of a name, with what else it is written as.
struct Part {
    order: u32,
    kind: Box<str>,
    value: String,
    variants: Vec<Variant>,
}

struct Variant {
    /// Variants of one language and script belong to one spelling of the whole name.
    key: (Box<str>, Box<str>),
    text: String,
}

/// FollowTheMoney's property for the part of a person's name.
fn part_property(kind: &str) -> Option<Property> {
    Some(match kind {
        "title" => Property::Title,
        "given-name" => Property::FirstName,
        "further-given-name" => Property::SecondName,
        "father-name" => Property::FatherName,
        "family-name" => Property::LastName,
        _ => return None,
    })
}

/// States a name of the party's first identity, or of another.
pub(super) fn name(mut node: Node, main: bool, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let kind = node.take_attribute("name-type");
    let low = node.take_attribute("quality").is_some_and(|quality| &*quality == "low");
    let (property, spelt) = match kind.as_deref() {
        Some("primary-name") if main => (Property::Name, Property::Alias),
        _ if low => (Property::WeakAlias, Property::WeakAlias),
        Some("formerly-known-as") => (Property::PreviousName, Property::PreviousName),
        _ => (Property::Alias, Property::Alias),
    };
    let mut parts: Vec<Part> =
        node.take_all("name-part").into_iter().map(|node| part(node, party, report)).collect();
    parts.sort_by_key(|part| part.order);
    for part in parts.iter().filter(|_| party.entity.schema == Schema::Person).collect::<Vec<_>>() {
        if let Some(property) = part_property(&part.kind) {
            party.state(property, &part.value, at);
        }
    }
    // A title is no part of the name, unless there is nothing else.
    if parts.iter().any(|part| &*part.kind != "title") {
        parts.retain(|part| &*part.kind != "title");
    }
    let whole = |word: &dyn Fn(&Part) -> String| {
        let words = parts.iter().map(word).filter(|word| !word.is_empty() && word != "-");
        words.collect::<Vec<_>>().join(" ")
    };
    party.name(property, &whole(&|part| part.value.clone()), at, report);
    for (key, number) in spellings(&parts) {
        let spelling = whole(&|part| {
            let own: Vec<&Variant> = part.variants.iter().filter(|variant| variant.key == key).collect();
            own.get(number).or(own.last()).map_or_else(|| part.value.clone(), |variant| variant.text.clone())
        });
        party.name(spelt.clone(), &spelling, at, report);
        if !key.0.is_empty() {
            party.note("spelling-variant/@lang", &format!("{}: {spelling}", key.0), at, report);
        }
    }
    node.row_numbers(&["@ssid"], report);
    party.keep(node, report);
}

/// How the whole name is also written: for each language and script, as often as its parts have variants. Variants are
/// not crossed with each other: three parts with ten variants each are ten spellings, not a thousand.
fn spellings(parts: &[Part]) -> Vec<((Box<str>, Box<str>), usize)> {
    let mut all: Vec<((Box<str>, Box<str>), usize)> = Vec::new();
    for part in parts {
        let mut counts: Vec<(&(Box<str>, Box<str>), usize)> = Vec::new();
        for variant in &part.variants {
            let number = match counts.iter_mut().find(|(key, _)| **key == variant.key) {
                Some((_, count)) => {
                    *count += 1;
                    *count - 1
                }
                None => {
                    counts.push((&variant.key, 1));
                    0
                }
            };
            let spelling = (variant.key.clone(), number);
            if !all.contains(&spelling) {
                all.push(spelling);
            }
        }
    }
    all
}

fn part(mut node: Node, party: &mut Party, report: &mut LoadReport) -> Part {
    let order = node.take_attribute("order").and_then(|order| order.parse().ok()).unwrap_or(u32::MAX);
    let kind = node.take_attribute("name-part-type").unwrap_or_default();
    let value = node.take_text("value").or_else(|| node.take_own_text()).unwrap_or_default();
    let mut variants = Vec::new();
    for mut variant in node.take_all("spelling-variant") {
        let key = ["lang", "script"].map(|name| variant.take_attribute(name).unwrap_or_default());
        let text = variant.take_own_text().unwrap_or_default();
        let [lang, script] = key;
        variants.push(Variant { key: (lang, script), text });
        variant.row_numbers(&["@ssid"], report);
        party.keep(variant, report);
    }
    node.row_numbers(&["@ssid"], report);
    party.keep(node, report);
    Part { order, kind, value, variants }
}
