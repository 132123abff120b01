//! The UK Sanctions List of today as XML: `Designations`, one `Designation` a party. Its elements say what the columns
//! of the table say, and are read by them.

use model::{Locator, Property};

use super::sanctions::{self, AUTHORITY, Link};
use super::{Name, details};
use crate::error::ListError;
use crate::layout::{Context, Layout};
use crate::party::{Parties, Party};
use crate::report::LoadReport;
use crate::xml::{Node, Piece, walk};
use crate::{LoadedList, SourceFile};

/// Elements with the text of one column, by the path to them within the designation.
const FIELDS: [(&[&str], &str); 20] = [
    (&["LastUpdated"], "Last Updated"),
    (&["DateDesignated"], "Date Designated"),
    (&["DesignationSource"], "Designation source"),
    (&["SanctionsImposed"], "Sanctions Imposed"),
    (&["UKStatementofReasons"], "UK Statement of Reasons"),
    (&["Titles", "Title"], "Title"),
    (&["PhoneNumbers", "PhoneNumber"], "Phone number"),
    (&["EmailAddresses", "EmailAddress"], "Email address"),
    (&["Websites", "Website"], "Website"),
    (&["IndividualDetails", "Individual", "DOBs", "DOB"], "D.O.B"),
    (&["IndividualDetails", "Individual", "Nationalities", "Nationality"], "Nationality(/ies)"),
    (&["IndividualDetails", "Individual", "Positions", "Position"], "Position"),
    (&["IndividualDetails", "Individual", "Genders", "Gender"], "Gender"),
    (&["EntityDetails", "Entity", "TypeOfEntities", "TypeOfEntity"], "Type of entity"),
    (
        &["EntityDetails", "Entity", "BusinessRegistrationNumbers", "BusinessRegistrationNumber"],
        "Business registration number (s)",
    ),
    (
        &["ShipDetails", "Ship", "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"],
        "Current believed flag of ship",
    ),
    (&["ShipDetails", "Ship", "PreviousFlags", "PreviousFlag"], "Previous flags"),
    (&["ShipDetails", "Ship", "TypeOfShipDetails", "TypeOfShip"], "Type of ship"),
    (&["ShipDetails", "Ship", "TonnageOfShipDetails", "TonnageOfShip"], "Tonnage of ship"),
    (&["ShipDetails", "Ship", "YearsBuilt", "YearBuilt"], "Year Built"),
];

/// Elements that name other parties.
const LINKS: [(&[&str], Link); 4] = [
    (&["EntityDetails", "Entity", "Subsidiaries", "Subsidiary"], Link::Subsidiary),
    (&["EntityDetails", "Entity", "ParentCompanies", "ParentCompany"], Link::Parent),
    (&["ShipDetails", "Ship", "CurrentOwnerOperators", "CurrentOwnerOperator"], Link::Owner),
    (&["ShipDetails", "Ship", "PreviousOwnerOperators", "PreviousOwnerOperator"], Link::FormerOwner),
];

/// Reads the file.
pub(crate) fn read(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let (mut parties, mut report) = (Parties::default(), LoadReport::default());
    let is_record =
        |path: &[compact_str::CompactString]| path.last().is_some_and(|name| name == "Designation");
    let walked = walk(main.bytes, is_record, |_, piece| {
        if let Piece::Record(node) = piece {
            designation(node, main, &mut parties, &mut report);
        }
    });
    walked.map_err(|malformed| malformed.of(main))?;
    parties.finish(sanctions::DATASET, main, report)
}

fn designation(mut node: Node, main: &SourceFile<'_>, parties: &mut Parties, report: &mut LoadReport) {
    let locator = node.locator();
    let Some(id) = node.take_text("UniqueID") else {
        report.skip(main.name, node.line, "the designation has no UniqueID");
        return;
    };
    if parties.get_mut(&super::unique_id(&id)).is_some() {
        report.skip(main.name, node.line, format!("the id {id} was given to a party before"));
        return;
    }
    let kind = node.take_text("IndividualEntityShip");
    let regime = node.take_text("RegimeName").unwrap_or_default();
    let party = super::party(parties, &super::unique_id(&id), kind.as_deref());
    let (group, reference) = (node.take_text("OFSIGroupID"), node.take_text("UNReferenceNumber"));
    sanctions::head(party, &regime, &id, group.as_deref(), reference.as_deref(), locator);
    names(party, &mut node, locator, report);
    for address in inside(&mut node, &["Addresses", "Address"]) {
        self::address(party, address, report);
    }
    individual(party, &mut node, report);
    for imo in texts(&mut node, &["ShipDetails", "Ship", "IMONumbers", "IMONumber"]) {
        sanctions::ship_number(party, &imo, locator);
    }
    for (path, link) in LINKS {
        for name in texts(&mut node, path) {
            sanctions::party_by_name(party, link, &name, locator);
        }
    }
    if let Some(information) = node.take_text("OtherInformation") {
        party.add(&Property::Notes, &information, locator);
    }
    // `SanctionsImposedIndicators` says in yes and no what `SanctionsImposed` says in words.
    let indicators = node.take("SanctionsImposedIndicators");
    let in_words =
        node.children.iter().any(|child| child.name == "SanctionsImposed" && !child.text.is_empty());
    for indicator in indicators.map(|node| node.children).unwrap_or_default() {
        if !matches!(indicator.text.to_ascii_lowercase().as_str(), "true" | "false" | "") {
            keep(party, indicator, report);
        } else if !in_words && indicator.text.eq_ignore_ascii_case("true") {
            party.sanction(&regime, locator).add(
                &Property::from_name("provisions"),
                &indicator.name,
                locator,
            );
        }
    }
    let layout = Layout::of(sanctions::LAYOUT);
    for (path, column) in FIELDS {
        for value in texts(&mut node, path) {
            layout.value(column, &value, &mut Context { party, sanction: &regime, locator, report });
        }
    }
    party.sanction(&regime, locator).add(&Property::AuthorityName, AUTHORITY, Locator::Direct);
    keep(party, node, report);
}

fn names(party: &mut Party, node: &mut Node, locator: Locator, report: &mut LoadReport) {
    for mut name in inside(node, &["Names", "Name"]) {
        let parts: Vec<Option<String>> =
            ["Name1", "Name2", "Name3", "Name4", "Name5"].iter().map(|part| name.take_text(part)).collect();
        let (family, kind, strength) =
            (name.take_text("Name6"), name.take_text("NameType"), name.take_text("AliasStrength"));
        let stated = Name {
            family: family.as_deref(),
            given: parts.iter().flatten().map(|part| &**part).collect(),
            kind: kind.as_deref(),
            strength: strength.as_deref(),
        };
        stated.state(party, name.locator(), report);
        keep(party, name, report);
    }
    for mut name in inside(node, &["NonLatinNames", "NonLatinName"]) {
        if let Some(native) = name.take_text("NameNonLatinScript") {
            party.add(&Property::Alias, &native, locator);
        }
        keep(party, name, report);
    }
}

fn address(party: &mut Party, mut node: Node, report: &mut LoadReport) {
    let lines =
        ["AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "AddressLine5", "AddressLine6"];
    let parts: Vec<String> =
        lines.iter().chain(&["AddressPostalCode"]).filter_map(|line| node.take_text(line)).collect();
    let parts: Vec<&str> = parts.iter().map(|part| &**part).collect();
    super::address(party, &parts, node.take_text("AddressCountry").as_deref(), node.locator());
    keep(party, node, report);
}

fn individual(party: &mut Party, node: &mut Node, report: &mut LoadReport) {
    for mut place in inside(node, &["IndividualDetails", "Individual", "BirthDetails", "Location"]) {
        let (town, country) = (place.take_text("TownOfBirth"), place.take_text("CountryOfBirth"));
        super::conlist::births(party, town.as_deref(), country.as_deref(), place.locator());
        keep(party, place, report);
    }
    // The schema names the items of these after their container, with or without "Details".
    let papers = [
        ("PassportDetails", Property::PassportNumber, "Passport"),
        ("NationalIdentifierDetails", Property::IdNumber, "NationalIdentifier"),
    ];
    for (container, property, stem) in papers {
        let path = ["IndividualDetails", "Individual", container];
        for mut paper in
            inside(node, &path).into_iter().flat_map(|mut papers| std::mem::take(&mut papers.children))
        {
            let numbers = paper.take_text(&format!("{stem}Number"));
            let about = paper.take_text(&format!("{stem}AdditionalInformation"));
            let numbers = (stem, numbers.as_deref());
            details::papers(party, &property, numbers, about.as_deref(), paper.locator(), report);
            keep(party, paper, report);
        }
    }
}

/// What was not taken, in the notes; an element that only held others is nothing.
fn keep(party: &mut Party, node: Node, report: &mut LoadReport) {
    node.keep(&mut party.entity, report);
}

/// The elements at the end of a path, taken out.
fn inside(node: &mut Node, path: &[&str]) -> Vec<Node> {
    match path {
        [] => Vec::new(),
        [last] => node.take_all(last),
        [first, rest @ ..] => {
            let matching = node.children.iter_mut().filter(|child| child.name == *first);
            matching.flat_map(|child| inside(child, rest)).collect()
        }
    }
}

/// The texts of the elements at the end of a path, taken out.
fn texts(node: &mut Node, path: &[&str]) -> Vec<String> {
    inside(node, path).into_iter().filter_map(|mut node| node.take_own_text()).collect()
}
