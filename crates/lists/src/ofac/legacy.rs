//! `sdnList`, the first of OFAC's XML forms (`sdn.xml`, `consolidated.xml`), under whatever namespace.
//!
//! It has the same fields as the CSV files with their companions, in elements; dates of birth, papers and features have
//! lists of their own, and only what is left over stands in the remarks. The numbers (`uid`) of aliases, addresses and the
//! like tie nothing together in it and are passed over.

use model::Property;

use super::address::Address;
use super::labelled::Labelled;
use super::links::Link;
use super::listing::{Draft, Listing};
use crate::error::ListError;
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
    let mut aliases = node.take_in("akaList", "aka");
    for aka in &mut aliases {
        alias(aka, &mut draft);
    }
    if !listing.is_named(&mut draft) {
        return;
    }
    let rest = aliases;
    let mut party = draft.party();
    for programme in node.take_in("programList", "program") {
        party.add(&Property::Program, &programme.text, programme.locator());
    }
    if let Some(title) = node.take_text("title") {
        party.add(&Property::Position, &title, locator);
    }
    let mut rest = rest;
    let lists = [
        ("dateOfBirthList", "dateOfBirthItem", "dateOfBirth", Property::BirthDate),
        ("placeOfBirthList", "placeOfBirthItem", "placeOfBirth", Property::BirthPlace),
        ("nationalityList", "nationality", "country", Property::Nationality),
        ("citizenshipList", "citizenship", "country", Property::Citizenship),
    ];
    for (list, item, field, property) in lists {
        let mut items = node.take_in(list, item);
        // The main entry first, as the CSV files have it before the alternative ones.
        let is_main = |item: &mut Node| item.take_text("mainEntry").is_some_and(|main| main == "true");
        let (main, other): (Vec<_>, Vec<_>) =
            items.drain(..).map(|mut item| (is_main(&mut item), item)).partition(|(main, _)| *main);
        for (_, mut item) in main.into_iter().chain(other) {
            item.take_text("uid");
            if let Some(value) = item.take_text(field) {
                party.add(&property, &value, item.locator());
            }
            rest.push(item);
        }
    }
    let mut addresses = node.take_in("addressList", "address");
    for item in &mut addresses {
        let locator = item.locator();
        item.take_text("uid");
        let mut address = Address::default();
        item.children.retain(|part| !(part.is_plain() && address.set(&part.name, &part.text)));
        party.add(&Property::Address, &address.line(), locator);
        if let Some(country) = address.country() {
            party.add(&Property::Country, country, locator);
        }
    }
    rest.append(&mut addresses);
    if let Some(mut vessel) = node.take("vesselInfo") {
        let locator = vessel.locator();
        let fields = [
            ("callSign", Property::CallSign),
            ("vesselType", Property::Type),
            ("tonnage", Property::Tonnage),
            ("grossRegisteredTonnage", Property::GrossRegisteredTonnage),
            ("vesselFlag", Property::Flag),
            ("vesselOwner", Property::Owner),
        ];
        for (field, property) in fields {
            let Some(value) = vessel.take_text(field) else { continue };
            party.add(&property, &value, locator);
            if property == Property::Owner {
                listing.beside.links.push(Link::owned_by(party.index, &value, locator));
            }
        }
        rest.push(vessel);
    }
    let (beside, report) = (&mut listing.beside, &mut listing.report);
    let mut ids = node.take_in("idList", "id");
    for id in &mut ids {
        let locator = id.locator();
        id.take_text("uid");
        let fields = ["idType", "idNumber", "idCountry", "issueDate", "expirationDate"];
        let [label, value, country, issued, expires] = fields.map(|field| id.take_text(field));
        let item = Labelled {
            label: label.as_deref().unwrap_or(""),
            value: value.as_deref().unwrap_or(""),
            country: country.as_deref(),
            issued: issued.as_deref(),
            expires: expires.as_deref(),
            ..Labelled::default()
        };
        party.labelled(&item, locator, beside, report);
    }
    rest.append(&mut ids);
    if let Some(remarks) = node.take_text("remarks") {
        party.remarks(&remarks, locator, beside, report);
    }
    for item in rest {
        item.keep(party.entity, party.seen, report);
    }
    listing.end(draft, node);
}

fn alias(aka: &mut Node, draft: &mut Draft) {
    aka.take_text("uid");
    let (kind, category) = (aka.take_text("type"), aka.take_text("category"));
    let property = super::alias(kind.as_deref(), category.as_deref() == Some("weak"));
    if let Some(name) = name(aka) {
        draft.party().add(&property, &name, aka.locator());
    }
}
