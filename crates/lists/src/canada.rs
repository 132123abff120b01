//! Canada's consolidated list of autonomous sanctions (`data-set`), under the Special Economic Measures Act and the Justice
//! for Victims of Corrupt Foreign Officials Act.
//!
//! A record has no number of its own. What names it is its place in the law: regulation, schedule, item; an item that is
//! repealed leaves a gap, so that the others keep theirs. That is the id: `ca-belarus-1-part-1-8`.

use compact_str::CompactString;
use model::{Property, Schema};

use crate::error::ListError;
use crate::listing::{Party, Roll, one_line, slug};
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};

const AUTHORITY: &str = "Global Affairs Canada";

/// Languages that the field of aliases names before a name: "Belarusian: Руслан МАШАДЗЕЎ".
const LANGUAGES: [&str; 8] =
    ["Arabic", "Belarusian", "Belarussian", "English", "Farsi", "Persian", "Russian", "Ukrainian"];

pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let mut roll = Roll::new(main);
    let is_record = |path: &[CompactString]| path.last().is_some_and(|name| name == "record");
    let walked = walk(main.bytes, is_record, |_, piece| match piece {
        Piece::Record(node) => party(node, &mut roll),
        Piece::Head(node) | Piece::Leaf(node) => roll.outside(node),
    });
    walked.map_err(|malformed| malformed.of(main))?;
    roll.finish("ca_sema")
}

fn party(mut node: Node, roll: &mut Roll<'_>) {
    let (at, line) = (node.locator(), node.line);
    let [regulation, schedule, item, last, given, whole, title, ship] = [
        "Country",
        "Schedule",
        "Item",
        "LastName",
        "GivenName",
        "EntityOrShip",
        "TitleOrShip",
        "ShipIMONumber",
    ]
    .map(|field| node.take_text(field));
    let schema = match (&whole, &ship) {
        (_, Some(_)) => Schema::Vessel,
        (Some(_), None) => Schema::Organization,
        (None, None) => Schema::Person,
    };
    // Both languages name the regulation; its English name is the one that stays.
    let english = regulation.as_deref().map(|name| name.split(" / ").next().unwrap_or(name));
    let parts = [english, schedule.as_deref(), item.as_deref()].map(|part| part.map(slug));
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return roll.skip(line, "the record has neither a country nor a schedule nor an item");
    }
    let mut party = Party::new(roll.id(format!("ca-{}", parts.join("-")), line), schema);
    let person = party.is_person();
    let name = match &whole {
        Some(whole) => whole.clone(),
        None => [&given, &last].into_iter().flatten().map(|part| &**part).collect::<Vec<_>>().join(" "),
    };
    party.name(Property::Name, &name, at, &mut roll.report);
    for (property, part) in [(Property::FirstName, given), (Property::LastName, last)] {
        match part {
            Some(part) if person => party.state(property, &part, at),
            Some(part) => party.note(&format!("record/{property}"), &part, at, &mut roll.report),
            None => {}
        }
    }
    let title_property = if ship.is_some() { Property::Type } else { Property::Title };
    for (property, value) in [(title_property, title), (Property::ImoNumber, ship)] {
        party.state(property, value.as_deref().unwrap_or_default(), at);
    }
    for (language, alias) in aliases(&one_line(&node.take_text("Aliases").unwrap_or_default()), person) {
        party.name(Property::Alias, alias, at, &mut roll.report);
        if let Some(language) = language {
            party.note("record/Aliases (language)", &format!("{language}: {alias}"), at, &mut roll.report);
        }
    }
    let date = match party.entity.schema {
        Schema::Person => Property::BirthDate,
        Schema::Vessel => Property::BuildDate,
        _ => Property::IncorporationDate,
    };
    party.take(&mut node, "DateOfBirthOrShipBuildDate", date);
    let place =
        [schedule.map(|schedule| format!("Schedule {schedule}")), item.map(|item| format!("Item {item}"))];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let values = [
        (Property::AuthorityName, Some(AUTHORITY.to_owned())),
        (Property::Program, regulation),
        (Property::from_name("authorityId"), Some(place.join(", "))),
        (Property::ListingDate, node.take_text("DateOfListing")),
    ];
    party.sanction(None, values, at);
    party.keep(node, &mut roll.report);
    roll.enter(party, line);
}

/// A name, after its language where the field says so.
type Named<'a> = (Option<&'a str>, &'a str);

/// The names in the field of aliases. A semicolon is always between two, and so is the name of a language. A comma, a
/// slash and "or" are so between the names of people, where each side is a whole name; in the names of organisations
/// they are parts of them (`Завод "Сокол", ООО`).
fn aliases(field: &str, person: bool) -> Vec<Named<'_>> {
    let mut names: Vec<Named<'_>> = field.split(';').flat_map(by_language).collect();
    if person {
        for separator in [" / ", ", ", " or "] {
            let cut =
                |(language, name)| whole_names(name, separator).into_iter().map(move |name| (language, name));
            names = names.into_iter().flat_map(cut).collect();
        }
    }
    names.retain(|(_, name)| !name.is_empty());
    names
}

/// Cuts a text at the languages that it names.
fn by_language(text: &str) -> Vec<Named<'_>> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for language in LANGUAGES {
        for (at, _) in text.match_indices(language) {
            let end = at + language.len();
            let begins = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            if begins && text[end..].starts_with(':') {
                cuts.push((at, end));
            }
        }
    }
    cuts.sort_unstable();
    let mut names = Vec::new();
    let (mut from, mut language) = (0, None);
    for (at, end) in cuts {
        names.push((language, &text[from..at]));
        (from, language) = (end + 1, Some(&text[at..end]));
    }
    names.push((language, &text[from..]));
    names.into_iter().map(|(language, name)| (language, name.trim().trim_end_matches(','))).collect()
}

/// The pieces between separators, if each of them is a name of two words or more.
fn whole_names<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let pieces: Vec<&str> = text.split(separator).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let whole = |piece: &&str| piece.split_whitespace().count() > 1 && !piece.contains('/');
    if pieces.iter().all(whole) { pieces } else { vec![text] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_names_in_one_field() {
        let rows: [(&str, bool, &[&str]); 10] = [
            ("Jane Doe", true, &["Jane Doe"]),
            ("Jane Doe; J. Doe;", true, &["Jane Doe", "J. Doe"]),
            ("Jane Doe, Jane Dough", true, &["Jane Doe", "Jane Dough"]),
            ("DOE, Jane", true, &["DOE, Jane"]),
            ("Jane DOE / Jana DOEVA", true, &["Jane DOE", "Jana DOEVA"]),
            ("Jan or Jana Doe", true, &["Jan or Jana Doe"]),
            ("A B,  Belarusian: В Г, Russian: Д Е", true, &["A B", "В Г", "Д Е"]),
            ("Завод \"Сокол\", ООО; Sokol", false, &["Завод \"Сокол\", ООО", "Sokol"]),
            ("PreRussian: A B", true, &["PreRussian: A B"]),
            ("", true, &[]),
        ];
        for (field, person, expected) in rows {
            let names: Vec<&str> = aliases(field, person).into_iter().map(|(_, name)| name).collect();
            assert_eq!(names, expected, "{field}");
        }
    }
    #[test]
    fn languages() {
        let expected =
            [(None, "A B"), (Some("Belarusian"), "В Г"), (Some("Russian"), "Д Е"), (Some("Russian"), "Ж З")];
        assert_eq!(aliases("A B,  Belarusian: В Г, Russian: Д Е or Ж З", true), expected);
    }
}
