//! The UK Sanctions List of today as a table, CSV or spreadsheet: a line with the date of the report, then the header.

use model::{Locator, Property, Schema};

use super::{Name, details};
use crate::error::ListError;
use crate::layout::{Context, Layout};
use crate::numbered;
use crate::party::{Parties, Party};
use crate::report::LoadReport;
use crate::sheet::{Cells, Sheet};
use crate::{LoadedList, SourceFile};

/// Its dataset's name.
pub(super) const DATASET: &str = "uk_sl";

/// Its columns in `data/tables.tsv`, which the XML form goes by too.
pub(super) const LAYOUT: &str = "uk_sanctions";

/// Who keeps the list; the column `Designation source` says whether the United Kingdom or the UN designated.
pub(super) const AUTHORITY: &str = "Foreign, Commonwealth and Development Office";

/// Reads the table.
pub(crate) fn read(main: &SourceFile<'_>, sheet: &Sheet<'_>) -> Result<LoadedList, ListError> {
    let (mut parties, mut report) = (Parties::default(), LoadReport::default());
    let layout = Layout::of(LAYOUT);
    layout.warn_of_unknown(sheet, main, &mut report);
    for row in sheet.rows(main, &mut report) {
        let locator = Locator::Line { file: 0, line: row.line() };
        let Some(id) = row.get("Unique ID") else {
            report.skip(main.name, row.line(), "there is no Unique ID: whose row it is cannot be told");
            continue;
        };
        let kind = row.get("Designation Type").or(row.get("Individual, Entity, Ship"));
        let party = super::party(&mut parties, &super::unique_id(id), kind);
        let regime = row.get("Regime Name").unwrap_or_default();
        head(party, regime, id, row.get("OFSI Group ID"), row.get("UN Reference Number"), locator);
        state(party, row, locator, &mut report);
        layout.state(row, &mut Context { party, sanction: regime, locator, report: &mut report });
    }
    parties.finish(DATASET, main, report)
}

/// The numbers under which a party is listed, and its regime.
pub(super) fn head(
    party: &mut Party,
    regime: &str,
    id: &str,
    group: Option<&str>,
    reference: Option<&str>,
    locator: Locator,
) {
    super::regime(party, regime, AUTHORITY, locator);
    party.sanction(regime, locator).add(&Property::from_name("authorityId"), id, locator);
    if let Some(group) = group {
        super::known_as(party, &super::ofsi_id(group), locator);
    }
    if let Some(reference) = reference {
        super::un_reference(party, regime, reference, locator);
    }
}

fn state(party: &mut Party, row: Cells<'_>, locator: Locator, report: &mut LoadReport) {
    let name = Name {
        family: row.get("Name 6"),
        given: ["Name 1", "Name 2", "Name 3", "Name 4", "Name 5"].iter().filter_map(|c| row.get(c)).collect(),
        kind: row.get("Name type"),
        strength: row.get("Alias strength"),
    };
    name.state(party, locator, report);
    if let Some(native) = row.get("Name non-latin script") {
        party.add(&Property::Alias, native, locator);
    }
    if let Some(information) = row.get("Other Information") {
        party.add(&Property::Notes, information, locator);
    }
    super::conlist::births(party, row.get("Town of birth"), row.get("Country of birth"), locator);
    let passports = ("Passport number", row.get("Passport number"));
    let about = row.get("Passport additional information");
    details::papers(party, &Property::PassportNumber, passports, about, locator, report);
    let numbers = ("National Identifier number", row.get("National Identifier number"));
    let about = row.get("National Identifier additional information");
    details::papers(party, &Property::IdNumber, numbers, about, locator, report);
    let lines = [
        "Address Line 1",
        "Address Line 2",
        "Address Line 3",
        "Address Line 4",
        "Address Line 5",
        "Address Line 6",
        "Address Postal Code",
    ];
    let parts: Vec<&str> = lines.iter().filter_map(|column| row.get(column)).collect();
    super::address(party, &parts, row.get("Address Country"), locator);
    for imo in row.get("IMO number").map(numbered::values).unwrap_or_default() {
        ship_number(party, imo, locator);
    }
    for (column, link) in LINKS {
        for name in row.get(column).map(numbered::values).unwrap_or_default() {
            party_by_name(party, link, name, locator);
        }
    }
}

/// `9562233`, `IMO9562233`.
pub(super) fn ship_number(party: &mut Party, imo: &str, locator: Locator) {
    party.add(&Property::ImoNumber, imo.strip_prefix("IMO").unwrap_or(imo), locator);
}

/// What another party that is given by its name alone is to the listed one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Link {
    /// A company that it owns.
    Subsidiary,
    /// The company that owns it.
    Parent,
    /// Who owns or runs the ship.
    Owner,
    /// Who did before.
    FormerOwner,
}

/// The columns that name other parties.
pub(super) const LINKS: [(&str, Link); 4] = [
    ("Subsidiaries", Link::Subsidiary),
    ("Parent company", Link::Parent),
    ("Current owner/operator (s)", Link::Owner),
    ("Previous owner/operator (s)", Link::FormerOwner),
];

/// The other party becomes an entity of its own, with the relation. The list does not say which of owner and operator
/// it is, so that relation stays open.
pub(super) fn party_by_name(party: &mut Party, link: Link, name: &str, locator: Locator) {
    if name.is_empty() || name == "-" {
        return;
    }
    let listed = party.entity.id.clone();
    let known = format!("{listed}-{}", slug(name));
    let schema = if matches!(link, Link::Subsidiary) { Schema::Company } else { Schema::LegalEntity };
    let Some(other) = party.other(&known, schema) else { return };
    other.add(Property::Name, name, locator);
    let other = other.id.clone();
    let (schema, ours, theirs, role) = match link {
        Link::Subsidiary => (Schema::Ownership, Property::Owner, Property::from_name("asset"), "Subsidiary"),
        Link::Parent => (Schema::Ownership, Property::from_name("asset"), Property::Owner, "Parent company"),
        Link::Owner => (Schema::UnknownLink, Property::Object, Property::Subject, "Current owner/operator"),
        Link::FormerOwner => {
            (Schema::UnknownLink, Property::Object, Property::Subject, "Previous owner/operator")
        }
    };
    let relation = party.beside("link", schema);
    relation.add(ours, &listed, locator);
    relation.add(theirs, &other, locator);
    relation.add(Property::Role, role, locator);
}

fn slug(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
