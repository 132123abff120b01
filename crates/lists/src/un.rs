//! The consolidated list of the United Nations Security Council (`CONSOLIDATED_LIST`), after the Council's own schema
//! (`sc-sanctions.xsd`).
//!
//! The four parts of a person's name are in the order in which the name is said, not given and family names: Korean and
//! Arabic names stand as they are spoken. They are one name here, joined by blanks.

use compact_str::CompactString;
use model::{Property, Schema};

use crate::error::ListError;
use crate::listing::{Party, Roll, paper_property, place};
use crate::report::LoadReport;
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};

const AUTHORITY: &str = "United Nations Security Council";

/// Numbers of the Council's database.
const ROW_NUMBERS: [&str; 4] = ["DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD"];

pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut roll = Roll::new(main);
    let is_record =
        |path: &[CompactString]| path.last().is_some_and(|name| name == "INDIVIDUAL" || name == "ENTITY");
    let walked = walk(main.bytes, is_record, |_, piece| match piece {
        Piece::Record(node) => party(node, &mut roll),
        Piece::Head(node) | Piece::Leaf(node) => roll.outside(node),
    });
    walked.map_err(|malformed| malformed.of(main))?;
    roll.finish("un_sc")
}

fn party(mut node: Node, roll: &mut Roll<'_>) {
    let (at, line) = (node.locator(), node.line);
    let schema = if node.name == "INDIVIDUAL" { Schema::Person } else { Schema::Organization };
    let reference = node.take_text("REFERENCE_NUMBER");
    let Some(id) = reference.clone().or_else(|| node.take_text("DATAID")) else {
        return roll.skip(line, "the party has neither a reference number nor a data id");
    };
    let mut party = Party::new(roll.id(format!("un-{}", id.trim()), line), schema);
    let report = &mut roll.report;
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"].map(|part| node.take_text(part));
    let name = parts.iter().flatten().map(|part| part.trim()).collect::<Vec<_>>().join(" ");
    party.name(Property::Name, &name, at, report);
    // A company under two names has both in one field: "COMPAGNIE ... (CAGL) ; GREAT LAKES BUSINESS COMPANY (GLBC)".
    for one in Some(names(&name)).filter(|names| names.len() > 1).into_iter().flatten() {
        party.name(Property::Alias, one, at, report);
    }
    if let Some(name) = node.take_text("NAME_ORIGINAL_SCRIPT") {
        party.name(Property::Alias, &name, at, report);
    }
    for kind in ["INDIVIDUAL", "ENTITY"] {
        node.take_all(&format!("{kind}_ALIAS")).into_iter().for_each(|n| alias(n, &mut party, report));
        node.take_all(&format!("{kind}_ADDRESS")).into_iter().for_each(|n| address(n, &mut party, report));
    }
    node.take_all("INDIVIDUAL_DATE_OF_BIRTH").into_iter().for_each(|n| birth(n, &mut party, report));
    node.take_all("INDIVIDUAL_PLACE_OF_BIRTH").into_iter().for_each(|n| birth_place(n, &mut party, report));
    node.take_all("INDIVIDUAL_DOCUMENT").into_iter().for_each(|n| document(n, &mut party, report));
    let lists = [
        ("NATIONALITY", Property::Nationality),
        ("DESIGNATION", Property::Position),
        ("TITLE", Property::Title),
        ("LAST_DAY_UPDATED", Property::ModifiedAt),
    ];
    for (field, property) in lists {
        for mut values in node.take_all(field) {
            for mut value in values.take_all("VALUE") {
                let text = value.take_own_text().unwrap_or_default();
                party.state(property.clone(), &text, value.locator());
                party.keep(value, report);
            }
            party.keep(values, report);
        }
    }
    party.take(&mut node, "GENDER", Property::Gender);
    party.take(&mut node, "COMMENTS1", Property::Summary);
    let delisted = node.take_text("DELISTED_ON");
    let values = [
        (Property::AuthorityName, Some(AUTHORITY.to_owned())),
        (Property::from_name("unscId"), reference),
        (Property::Program, node.take_text("UN_LIST_TYPE").map(|list| format!("UN-{list}"))),
        (Property::ListingDate, node.take_text("LISTED_ON")),
        (Property::EndDate, delisted.clone()),
    ];
    party.sanction(None, values, at);
    node.row_numbers(&ROW_NUMBERS, report);
    // Every record says "UN List" here.
    node.take_all("LIST_TYPE").into_iter().for_each(|mut n| {
        let known = n.children.iter().all(|value| value.text == "UN List");
        if known {
            n.take("VALUE");
        }
        party.keep(n, report);
    });
    party.keep(node, report);
    if delisted.is_some() { roll.delisted(party, line) } else { roll.enter(party, line) }
}

/// The names that a field holds: mostly one; sometimes several between semicolons, or one in its own script with the
/// romanised ones in parentheses: `حسن غول (Hassan Ghul; Hassan Gul)`.
fn names(text: &str) -> Vec<&str> {
    let listed = text.strip_suffix(')').and_then(|body| {
        let open = innermost(&body[..body.find(';')?])?;
        Some((&body[..open], &body[open + 1..]))
    });
    let (outside, inside) = listed.unwrap_or((text, ""));
    let names = outside.split(';').chain(inside.split(';')).map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

/// Where the parenthesis opens that is still open at the end of a text.
fn innermost(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' => open.push(at),
            ')' => drop(open.pop()),
            _ => {}
        }
    }
    open.pop()
}

fn alias(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let quality = node.take_text("QUALITY");
    let text = node.take_text("ALIAS_NAME").unwrap_or_default();
    let property = match quality.as_deref() {
        Some("Low") => Property::WeakAlias,
        Some("f.k.a.") => Property::PreviousName,
        _ => Property::Alias,
    };
    if let Some(odd) = quality.filter(|q| !["Good", "Low", "a.k.a.", "f.k.a."].contains(&&**q)) {
        party.note(&format!("{}/QUALITY", node.name), &format!("{odd}: {text}"), at, report);
    }
    for name in names(&text) {
        party.name(property.clone(), name, at, report);
    }
    // Under this name the party gave another birth.
    party.take(&mut node, "DATE_OF_BIRTH", Property::BirthDate);
    let country = node.take_text("COUNTRY_OF_BIRTH");
    if let Some(city) = node.take_text("CITY_OF_BIRTH") {
        party.state(Property::BirthPlace, &place(&[Some(city), country.clone()]), at);
    }
    party.country(&Property::BirthCountry, country.as_deref(), None, at);
    if let Some(note) = node.take_text("NOTE") {
        party.note(&format!("{}/NOTE", node.name), &format!("{note}: {text}"), at, report);
    }
    party.keep(node, report);
}

/// The lines of a place, and its country.
fn lines(node: &mut Node) -> (String, Option<String>) {
    let country = node.take_text("COUNTRY");
    let parts = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE"].map(|part| node.take_text(part));
    let named = parts.iter().any(Option::is_some);
    let text = if named {
        place(&[place(&parts), country.clone().unwrap_or_default()].map(Some))
    } else {
        String::new()
    };
    (text, country)
}

fn address(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let (text, country) = lines(&mut node);
    party.state(Property::Address, &text, at);
    party.country(&Property::Country, country.as_deref(), None, at);
    if let Some(note) = node.take_text("NOTE") {
        let of = if text.is_empty() { country.unwrap_or_default() } else { text };
        party.note(
            &format!("{}/NOTE", node.name),
            format!("{note}: {of}").trim_end_matches(": "),
            at,
            report,
        );
    }
    party.keep(node, report);
}

fn birth_place(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let (text, country) = lines(&mut node);
    party.state(Property::BirthPlace, &text, at);
    party.country(&Property::BirthCountry, country.as_deref(), None, at);
    party.keep(node, report);
}

/// `EXACT` also stands over a year alone; what is near is called circa, as the rest of the field does.
fn birth(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let kind = node.take_text("TYPE_OF_DATE");
    let exact = node.take_text("DATE").or_else(|| node.take_text("YEAR"));
    let years = (node.take_text("FROM_YEAR"), node.take_text("TO_YEAR"));
    let mut near = kind.as_deref() == Some("APPROXIMATELY");
    if node.children.iter().any(|n| n.name == "NOTE" && n.text == "Approximately") {
        node.take("NOTE");
        near = true;
    }
    let values = match (exact, years) {
        (None, (Some(from), Some(to))) => vec![format!("{from} to {to}")],
        // The schema gives one of these; what is more is stated by itself.
        (exact, (from, to)) => [exact, from, to].into_iter().flatten().collect(),
    };
    for value in &values {
        let circa = if near { "circa " } else { "" };
        party.state(Property::BirthDate, &format!("{circa}{value}"), at);
    }
    if let Some(odd) = kind.filter(|kind| !["EXACT", "APPROXIMATELY", "BETWEEN"].contains(&&**kind)) {
        party.note(&format!("{}/TYPE_OF_DATE", node.name), &odd, at, report);
    }
    // A note beside no date is the date, as far as it is known: "Nov. 1973", "Between Aug. and Sep. 1977".
    if values.is_empty() {
        party.take(&mut node, "NOTE", Property::BirthDate);
    }
    party.keep(node, report);
}

fn document(mut node: Node, party: &mut Party, report: &mut LoadReport) {
    let at = node.locator();
    let kinds = [node.take_text("TYPE_OF_DOCUMENT"), node.take_text("TYPE_OF_DOCUMENT2")];
    let property = kinds.iter().flatten().find_map(|kind| paper_property(kind)).unwrap_or(Property::IdNumber);
    let [kind, other] = kinds;
    let number = node.take_text("NUMBER");
    let values = [
        (Property::Type, kind),
        (Property::Type, other),
        (Property::Country, node.take_text("ISSUING_COUNTRY")),
        (Property::Country, node.take_text("COUNTRY_OF_ISSUE")),
        (Property::AuthorityName, node.take_text("CITY_OF_ISSUE")),
        (Property::StartDate, node.take_text("DATE_OF_ISSUE")),
        (Property::Summary, node.take_text("NOTE")),
    ];
    if number.is_some() || values.iter().any(|(_, value)| value.is_some()) {
        party.paper(None, property, number.as_deref(), values, at);
    }
    party.keep(node, report);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_names_in_one_field() {
        let rows: [(&str, &[&str]); 7] = [
            ("John Doe", &["John Doe"]),
            ("Azim A; Azim B ", &["Azim A", "Azim B"]),
            ("حسن (Hasan; Hassan)", &["حسن", "Hasan", "Hassan"]),
            (
                "Front (F) (جبهة (original script); The Front)",
                &["Front (F)", "جبهة (original script)", "The Front"],
            ),
            ("Trust (Pakistan)", &["Trust (Pakistan)"]),
            ("A (B); C (D)", &["A (B)", "C (D)"]),
            (";)", &[")"]),
        ];
        for (text, expected) in rows {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
