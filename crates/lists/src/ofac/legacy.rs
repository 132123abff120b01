//! `sdnList`, the first of OFAC's XML forms (`sdn.xml`, `consolidated.xml`), under whatever namespace.
//!
//! It has the same fields as the CSV files with their companions, in elements; dates of birth, papers and features have
//! lists of their own, and only what is left over stands in the remarks. The numbers (`uid`) of aliases, addresses and the
//! like tie nothing together in it and are passed over.

use model::Property;

use super::address::Address;
use super::labelled::Labelled;
use super::links::Link;
use super::listing::{Listing, Record};
use super::remarks::{Beside, Party};
use crate::error::ListError;
use crate::report::LoadReport;
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};

/// Reads the list.
pub(crate) fn read(file: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut listing = Listing::new(file);
    let mut records = None;
    let is_record = |path: &[_]| path.len() == 2 && path[1] == "sdnEntry";
    let walked = walk(file.bytes, is_record, |_, piece| match piece {
        Piece::Record(node) => entry(node, &mut listing),
        Piece::Leaf(leaf) if leaf.name == "Publish_Date" => listing.published = day(&leaf.text),
        Piece::Leaf(leaf) if leaf.name == "Record_Count" => records = leaf.text.parse::<usize>().ok(),
        _ => {}
    });
    walked.map_err(|malformed| malformed.of(file))?;
    if let Some(records) = records.filter(|records| *records != listing.len()) {
        let warning =
            format!("{}: it says that it has {records} parties, and has {}", file.name, listing.len());
        listing.report.warnings.push(warning);
    }
    listing.finish(file)
}

/// `2025-03-28` of `03/28/2025`.
fn day(text: &str) -> Option<String> {
    let mut numbers = text.splitn(3, '/');
    let (month, day, year) = (numbers.next()?, numbers.next()?, numbers.next()?);
    let day = super::period::Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    Some(day.iso())
}

/// The name in OFAC's order, as all its forms but this one write it: `LAST, First`.
fn name(node: &mut Node) -> Option<String> {
    match (node.take_text("lastName"), node.take_text("firstName")) {
        (Some(last), Some(first)) => Some(format!("{last}, {first}")),
        (last, first) => last.or(first),
    }
}

fn entry(mut node: Node, listing: &mut Listing<'_>) {
    let (uid, kind) = (node.take_text("uid"), node.take_text("sdnType"));
    let Some(mut draft) = listing.begin(uid.as_deref(), kind.as_deref(), node.line) else { return };
    let locator = node.locator();
    if let Some(name) = name(&mut node) {
        draft.party().add(&Property::Name, &name, locator);
    }
    let mut rest = node.take_in("akaList", "aka");
    for aka in &mut rest {
        alias(aka, &mut draft);
    }
    if !listing.is_named(&mut draft) {
        return;
    }
    let mut party = draft.party();
    for programme in node.take_in("programList", "program") {
        party.add(&Property::Program, &programme.text, programme.locator());
    }
    if let Some(title) = node.take_text("title") {
        party.add(&Property::Position, &title, locator);
    }
    for (list, item, field, property) in ORIGINS {
        let from = rest.len();
        rest.append(&mut node.take_in(list, item));
        origins(&mut rest[from..], field, &property, &mut party);
    }
    for mut item in node.take_in("addressList", "address") {
        address(&mut item, &mut party);
        rest.push(item);
    }
    if let Some(mut vessel) = node.take("vesselInfo") {
        vessel_info(&mut vessel, &mut party, &mut listing.beside);
        rest.push(vessel);
    }
    let (beside, report) = (&mut listing.beside, &mut listing.report);
    for mut id in node.take_in("idList", "id") {
        paper(&mut id, &mut party, beside, report);
        rest.push(id);
    }
    if let Some(remarks) = node.take_text("remarks") {
        party.remarks(&remarks, locator, beside, report);
    }
    for item in rest {
        item.keep(party.entity, report);
    }
    listing.end(draft, node);
}

/// Where and when a party began, and whose it is: list, item, field, property.
const ORIGINS: [(&str, &str, &str, Property); 4] = [
    ("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", Property::BirthDate),
    ("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", Property::BirthPlace),
    ("nationalityList", "nationality", "country", Property::Nationality),
    ("citizenshipList", "citizenship", "country", Property::Citizenship),
];

fn origins(items: &mut [Node], field: &str, property: &Property, party: &mut Party<'_>) {
    // The main entry first, as the CSV files have it before the alternative ones.
    items.sort_by_key(|item| item.child("mainEntry").is_none_or(|main| main.text != "true"));
    for item in items {
        item.take_text("uid");
        item.take_text("mainEntry");
        if let Some(value) = item.take_text(field) {
            party.add(property, &value, item.locator());
        }
    }
}

fn address(node: &mut Node, party: &mut Party<'_>) {
    node.take_text("uid");
    let mut address = Address::default();
    node.children.retain(|part| !(part.is_plain() && address.set(&part.name, &part.text)));
    party.add(&Property::Address, &address.line(), node.locator());
    if let Some(country) = address.country() {
        party.add(&Property::Country, country, node.locator());
    }
}

fn vessel_info(node: &mut Node, party: &mut Party<'_>, beside: &mut Beside) {
    let locator = node.locator();
    let fields = [
        ("callSign", Property::CallSign),
        ("vesselType", Property::Type),
        ("tonnage", Property::Tonnage),
        ("grossRegisteredTonnage", Property::GrossRegisteredTonnage),
        ("vesselFlag", Property::Flag),
        ("vesselOwner", Property::Owner),
    ];
    for (field, property) in fields {
        let Some(value) = node.take_text(field) else { continue };
        party.add(&property, &value, locator);
        if property == Property::Owner {
            beside.links.push(Link::owned_by(party.index, &value, locator));
        }
    }
}

fn paper(node: &mut Node, party: &mut Party<'_>, beside: &mut Beside, report: &mut LoadReport) {
    node.take_text("uid");
    let fields = ["idType", "idNumber", "idCountry", "issueDate", "expirationDate"];
    let [label, value, country, issued, expires] = fields.map(|field| node.take_text(field));
    let item = Labelled {
        label: label.as_deref().unwrap_or(""),
        value: value.as_deref().unwrap_or(""),
        country: country.as_deref(),
        issued: issued.as_deref(),
        expires: expires.as_deref(),
        ..Labelled::default()
    };
    party.labelled(&item, node.locator(), beside, report);
}

fn alias(aka: &mut Node, draft: &mut Record) {
    aka.take_text("uid");
    let (kind, category) = (aka.take_text("type"), aka.take_text("category"));
    let property = super::alias(kind.as_deref(), category.as_deref() == Some("weak"));
    if let Some(name) = name(aka) {
        draft.party().add(&property, &name, aka.locator());
    }
}
