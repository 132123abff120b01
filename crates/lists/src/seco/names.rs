//! Names in parts, each with its spelling variants: `Lukashenka` is also `Lukashenko`, and `Лукашенко` in Cyrillic.

use model::{Property, Schema};
use rustc_hash::FxHashMap;

use crate::listing::Party;
use crate::report::LoadReport;
use crate::xml::Node;

/// Language and script of spelling variants: those of one pair belong to one spelling of the whole name.
type Writing = (Box<str>, Box<str>);

/// A part of a name, with what else it is written as.
struct Part {
    order: u32,
    kind: Box<str>,
    value: String,
    variants: FxHashMap<Writing, Vec<String>>,
    /// The writings in the order of the file.
    writings: Vec<Writing>,
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

/// Whether it is the name that an identity goes by.
pub(super) fn is_primary(node: &Node) -> bool {
    node.attributes.iter().any(|(name, kind)| name == "name-type" && &**kind == "primary-name")
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
    for (writing, number) in spellings(&parts) {
        let spelling = whole(&|part| {
            let own = part.variants.get(writing);
            let variant = own.and_then(|own| own.get(number).or(own.last()));
            variant.unwrap_or(&part.value).clone()
        });
        party.name(spelt.clone(), &spelling, at, report);
        if !writing.0.is_empty() {
            party.note("spelling-variant/@lang", &format!("{}: {spelling}", writing.0), at, report);
        }
    }
    node.row_numbers(&["@ssid"], report);
    party.keep(node, report);
}

/// How the whole name is also written: for each language and script, as often as its parts have variants. Variants are
/// not crossed with each other: three parts with ten variants each are ten spellings, not a thousand.
fn spellings(parts: &[Part]) -> Vec<(&Writing, usize)> {
    let mut most: FxHashMap<&Writing, usize> = FxHashMap::default();
    let mut order: Vec<&Writing> = Vec::new();
    for part in parts {
        for writing in &part.writings {
            let known = most.entry(writing).or_insert_with(|| {
                order.push(writing);
                0
            });
            *known = part.variants.get(writing).map_or(0, Vec::len).max(*known);
        }
    }
    let numbered =
        |writing| (0..most.get(writing).copied().unwrap_or(0)).map(move |number| (writing, number));
    order.into_iter().flat_map(numbered).collect()
}

fn part(mut node: Node, party: &mut Party, report: &mut LoadReport) -> Part {
    let order = node.take_attribute("order").and_then(|order| order.parse().ok()).unwrap_or(u32::MAX);
    let kind = node.take_attribute("name-part-type").unwrap_or_default();
    let value = node.take_text("value").or_else(|| node.take_own_text()).unwrap_or_default();
    let (mut variants, mut writings): (FxHashMap<Writing, Vec<String>>, Vec<Writing>) = Default::default();
    for mut variant in node.take_all("spelling-variant") {
        let [lang, script] = ["lang", "script"].map(|name| variant.take_attribute(name).unwrap_or_default());
        let text = variant.take_own_text().unwrap_or_default();
        let same = variants.entry((lang.clone(), script.clone())).or_default();
        if same.is_empty() {
            writings.push((lang, script));
        }
        same.push(text);
        variant.row_numbers(&["@ssid"], report);
        party.keep(variant, report);
    }
    node.row_numbers(&["@ssid"], report);
    party.keep(node, report);
    Part { order, kind, value, variants, writings }
}
