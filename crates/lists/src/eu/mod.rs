//! The European Union's consolidated list of financial sanctions: the XML file 1.1 (`export`), and the CSV files, which
//! are the same records flattened (see [`csv`]).
//!
//! Each name, birth and paper cites the act that published it; the acts become Sanctions of the party.

mod acts;
mod csv;

use compact_str::CompactString;
use model::{Property, Schema};

use crate::error::ListError;
use crate::listing::{Party, Roll, paper_property, place};
use crate::report::LoadReport;
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};
use acts::Acts;

pub(crate) use csv::read as read_csv;

const DATASET: &str = "eu_fsf";

/// Numbers of the EU's database, and the language of the act that is cited.
const ROW_NUMBERS: [&str; 2] = ["@logicalId", "@regulationLanguage"];

pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut roll = Roll::new(main);
    let is_record = |path: &[CompactString]| path.last().is_some_and(|name| name == "sanctionEntity");
    let walked = walk(main.bytes, is_record, |_, piece| match piece {
        Piece::Record(node) => party(node, &mut roll),
        Piece::Head(node) | Piece::Leaf(node) => roll.outside(node),
    });
    walked.map_err(|malformed| malformed.of(main))?;
    roll.finish(DATASET)
}

/// Enters the party of a `<sanctionEntity>`.
fn party(mut node: Node, roll: &mut Roll<'_>) {
    let (at, line) = (node.locator(), node.line);
    let (reference, logical) = (node.take_attribute("euReferenceNumber"), node.take_attribute("logicalId"));
    let Some(id) = reference.or(logical) else {
        return roll.skip(line, "the party has neither a reference number nor a logical id");
    };
    let mut subject = node.take("subjectType").unwrap_or_else(|| Node::new("subjectType", line));
    let codes = ["code", "classificationCode"].map(|code| subject.take_attribute(code));
    let schema = codes.iter().flatten().find_map(|code| match &**code {
        "person" | "P" => Some(Schema::Person),
        "enterprise" | "E" => Some(Schema::Organization),
        _ => None,
    });
    let mut party =
        Party::new(roll.id(format!("eu-{id}"), line), schema.clone().unwrap_or(Schema::LegalEntity));
    let report = &mut roll.report;
    if schema.is_none() {
        let odd: Vec<&str> = codes.iter().flatten().map(|code| &**code).collect();
        party.note("subjectType", &odd.join(" "), at, report);
    }
    party.keep(subject, report);
    let mut acts = Acts::new(&mut node);
    names(node.take_all("nameAlias"), &mut party, &mut acts, report);
    let mut each = |element: &str, read: fn(Node, &mut Party, &mut LoadReport)| {
        for mut part in node.take_all(element) {
            acts.cite(&mut part);
            read(part, &mut party, report);
        }
    };
    each("citizenship", citizenship);
    each("birthdate", birth);
    each("address", address);
    each("identification", identification);
    for remark in node.take_all("remark") {
        party.state(Property::Summary, &remark.text, remark.locator());
    }
    acts.state(&mut party, report);
    party.keep(node, report);
    roll.enter(party, line);
}

/// The names of a party. None is marked as the primary one: it is the first strong name that is in no language of its
/// own, or else the first strong one, or else the first.
fn names(mut nodes: Vec<Node>, party: &mut Party, acts: &mut Acts, report: &mut LoadReport) {
    let strong: Vec<bool> = nodes.iter_mut().map(is_strong).collect();
    let foreign =
        |node: &Node| node.attributes.iter().any(|(name, code)| name == "nameLanguage" && &**code != "EN");
    let mut nodes: Vec<(Node, bool)> = nodes.into_iter().zip(strong).collect();
    let primary = (nodes.iter().position(|(node, strong)| *strong && !foreign(node)))
        .or_else(|| nodes.iter().position(|(_, strong)| *strong))
        .unwrap_or(0);
    if let Some(before) = nodes.get_mut(..=primary) {
        before.rotate_right(1);
    }
    for (number, (mut node, strong)) in nodes.into_iter().enumerate() {
        let at = node.locator();
        let parts = [
            ("firstName", Property::FirstName),
            ("middleName", Property::MiddleName),
            ("lastName", Property::LastName),
        ];
        let parts = parts.map(|(attribute, property)| (attribute, property, node.take_attribute(attribute)));
        let whole = node.take_attribute("wholeName").map(String::from).unwrap_or_else(|| {
            let parts = parts.iter().filter_map(|(_, _, part)| part.as_deref());
            parts.collect::<Vec<_>>().join(" ")
        });
        let property = match (number == 0, strong) {
            (true, _) => Property::Name,
            (false, true) => Property::Alias,
            (false, false) => Property::WeakAlias,
        };
        party.name(property, &whole, at, report);
        for (attribute, property, part) in parts {
            let Some(part) = part else { continue };
            if party.is_person() {
                party.state(property, &part, at);
            } else if *part != *whole {
                party.note(&format!("nameAlias/@{attribute}"), &part, at, report);
            }
        }
        if let Some(language) = node.take_attribute("nameLanguage") {
            party.note("nameAlias/@nameLanguage", &format!("{language}: {whole}"), at, report);
        }
        for (attribute, property) in
            [("function", Property::Position), ("title", Property::Title), ("gender", Property::Gender)]
        {
            if let Some(value) = node.take_attribute(attribute) {
                // Organisations have none of these; what stands there describes them.
                let property = if party.is_person() { property } else { Property::Description };
                party.state(property, &value, at);
            }
        }
        acts.cite(&mut node);
        node.row_numbers(&ROW_NUMBERS, report);
        party.keep(node, report);
    }
}

/// Whether the EU calls a name strong. Some names are `strong` and yet "low quality" by their remark, as the UN says.
fn is_strong(node: &mut Node) -> bool {
    let strong = node.take_attribute("strong").is_none_or(|strong| !strong.eq_ignore_ascii_case("false"));
    let low = |remark: &Node| remark.name == "remark" && remark.text.to_lowercase().contains("low quality");
    strong && !node.children.iter().any(low)
}

/// The country that a part names, by its name and its code.
fn country(node: &mut Node, property: &Property, party: &mut Party) -> Option<String> {
    let name = node.take_attribute("countryDescription").map(String::from);
    let code = node.take_attribute("countryIso2Code");
    party.country(property, name.as_deref(), code.as_deref(), node.locator());
    name.filter(|name| !name.eq_ignore_ascii_case("unknown"))
        .or(code.filter(|code| &**code != "00").map(String::from))
}

/// The lines of a place, with its country where there are any.
fn lines(node: &mut Node, country: Option<String>) -> String {
    let parts = ["street", "poBox", "zipCode", "city", "place", "region"];
    let text = place(&parts.map(|part| node.take_attribute(part)));
    if text.is_empty() { text } else { place(&[Some(text), country]) }
}

fn citizenship(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let property = if party.is_person() { Property::Citizenship } else { Property::Country };
    country(&mut node, &property, party);
    node.row_numbers(&ROW_NUMBERS, report);
    party.keep(node, report);
}

fn birth(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let mut take = |name| node.take_attribute(name).map(String::from);
    let circa = take("circa").is_some_and(|circa| circa.eq_ignore_ascii_case("true"));
    let (day, month, year) = (take("dayOfMonth"), take("monthOfYear"), take("year"));
    let composed = match (&year, &month, &day) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        (Some(year), Some(month), None) => Some(format!("{year}-{month:0>2}")),
        (Some(year), None, None) => Some(year.clone()),
        _ => {
            // A day without its year is no date.
            for (part, value) in [("dayOfMonth", &day), ("monthOfYear", &month), ("year", &year)] {
                if let Some(value) = value {
                    party.note(&format!("birthdate/@{part}"), value, at, report);
                }
            }
            None
        }
    };
    // "N/A" is how the table of old says that there is none.
    let written = take("birthdate").filter(|date| date != "N/A");
    let range = match (take("yearRangeFrom"), take("yearRangeTo")) {
        (Some(from), Some(to)) if from != to => Some(format!("{from} to {to}")),
        (from, to) => from.or(to),
    };
    for date in [written, composed, range].into_iter().flatten() {
        let circa = if circa { "circa " } else { "" };
        party.state(Property::BirthDate, &format!("{circa}{date}"), at);
    }
    if let Some(calendar) = take("calendarType").filter(|calendar| calendar != "GREGORIAN") {
        party.note("birthdate/@calendarType", &calendar, at, report);
    }
    let country = country(&mut node, &Property::BirthCountry, party);
    let text = lines(&mut node, country);
    party.state(Property::BirthPlace, &text, at);
    node.row_numbers(&ROW_NUMBERS, report);
    party.keep(node, report);
}

fn address(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let country = country(&mut node, &Property::Country, party);
    let text = lines(&mut node, country);
    party.state(Property::Address, &text, at);
    if node.take_attribute("asAtListingTime").is_some_and(|then| then.eq_ignore_ascii_case("true")) {
        party.note("address/@asAtListingTime", &text, at, report);
    }
    for mut contact in node.take_all("contactInfo") {
        let (key, value) = (contact.take_attribute("key"), contact.take_attribute("value"));
        let value = value.unwrap_or_default();
        match key.as_deref() {
            Some("PHONE" | "FAX") => party.state(Property::Phone, &value, at),
            Some("EMAIL") => party.state(Property::Email, &value, at),
            Some("WEB") => party.state(Property::Website, &value, at),
            other => {
                party.note("address/contactInfo", &format!("{} {value}", other.unwrap_or("")), at, report);
            }
        }
        party.keep(contact, report);
    }
    node.row_numbers(&ROW_NUMBERS, report);
    party.keep(node, report);
}

fn identification(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let mut take = |name| node.take_attribute(name).map(String::from);
    let (mut number, latin, key) = (take("number"), take("latinNumber"), take("logicalId"));
    let (mut code, mut kind) = (take("identificationTypeCode"), take("identificationTypeDescription"));
    let mut summary = Vec::new();
    if code.is_none()
        && let Some((bare, its_code, its_kind, rest)) = number.as_deref().and_then(flattened)
    {
        (code, kind) = (Some(its_code.to_owned()), Some(its_kind.to_owned()));
        summary.push(rest.to_owned());
        number = Some(bare.to_owned());
    }
    for flag in ["diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer"] {
        if take(flag).is_some_and(|set| set.eq_ignore_ascii_case("true")) {
            summary.push(flag.to_owned());
        }
    }
    if let Some(name) = take("nameOnDocument") {
        summary.push(format!("nameOnDocument: {name}"));
    }
    let issuer = take("issuedBy");
    let dates = [
        (Property::StartDate, take("issueDate")),
        (Property::StartDate, take("validFrom")),
        (Property::EndDate, take("validTo")),
    ];
    let remarks = node.take_all("remark").into_iter().map(|remark| remark.text);
    summary.extend(remarks);
    let property = code.as_deref().and_then(paper_property).unwrap_or(Property::IdNumber);
    if let Some(latin) = &latin {
        party.state(property.clone(), latin, at);
    }
    let name = node.take_attribute("countryDescription").filter(|name| !name.eq_ignore_ascii_case("unknown"));
    let iso = node.take_attribute("countryIso2Code").filter(|code| &**code != "00");
    let values = [
        (Property::Number, latin),
        (Property::Type, kind.or(code)),
        (Property::Country, name.or(iso).map(String::from)),
        (Property::AuthorityName, issuer),
    ];
    let summary = summary.into_iter().map(|text| (Property::Summary, Some(text)));
    party.paper(
        key.as_deref(),
        property,
        number.as_deref(),
        values.into_iter().chain(dates).chain(summary),
        at,
    );
    node.row_numbers(&["@regulationLanguage"], report);
    party.keep(node, report);
}

/// The tables put a paper into one field: `AD001095 (passport-National passport) ((remark))`: number, code and words of
/// its type, the rest.
fn flattened(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (number, rest) = text.split_once(" (")?;
    let (kind, rest) = rest.split_once(')')?;
    let (code, words) = kind.split_once('-')?;
    let code = Some(code).filter(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphabetic()))?;
    Some((number.trim(), code, words.trim(), rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::flattened;

    #[test]
    fn papers_in_one_field() {
        let rows = [
            ("A1 (passport-National passport) ((x))", Some(("A1", "passport", "National passport", "((x))"))),
            ("3/1 (other-Other number) ", Some(("3/1", "other", "Other number", ""))),
            ("D489 (9)", None),
            ("12 (on-going", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(flattened(text), expected, "{text}");
        }
    }
}
