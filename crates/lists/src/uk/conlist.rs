//! OFSI's consolidated list of targets, the CSV that was published until January 2026: the layout of 2018, and that of
//! 2022 with non-Latin names, alias quality and numbers in columns of their own.

use model::{Locator, Property};

use super::{Name, details};
use crate::error::ListError;
use crate::layout::{Context, Layout};
use crate::numbered;
use crate::party::{Parties, Party};
use crate::report::LoadReport;
use crate::sheet::{Cells, Sheet};
use crate::{LoadedList, SourceFile};

/// Who keeps the list.
const AUTHORITY: &str = "Office of Financial Sanctions Implementation";

/// Reads the table.
pub(crate) fn read(main: &SourceFile<'_>, sheet: &Sheet<'_>) -> Result<LoadedList, ListError> {
    let (mut parties, mut report) = (Parties::default(), LoadReport::default());
    let layout = Layout::of("uk_conlist");
    layout.warn_of_unknown(sheet, main, &mut report);
    let rows = sheet.rows(main, &mut report);
    // The primary name of a party may stand in any of its rows: where there is none, its first name is.
    for row in rows {
        let locator = Locator::Line { file: 0, line: row.line() };
        let Some(group) = row.get("Group ID") else {
            report.skip(main.name, row.line(), "there is no Group ID: whose row it is cannot be told");
            continue;
        };
        let party = super::party(&mut parties, &super::ofsi_id(group), row.get("Group Type"));
        let regime = row.get("Regime").unwrap_or_default();
        super::regime(party, regime, AUTHORITY, locator);
        party.sanction(regime, locator).add(&Property::from_name("authorityId"), group, locator);
        state(party, regime, row, locator, &mut report);
        layout.state(row, &mut Context { party, sanction: regime, locator, report: &mut report });
    }
    parties.finish("uk_ofsi", main, report)
}

fn state(party: &mut Party, regime: &str, row: Cells<'_>, locator: Locator, report: &mut LoadReport) {
    if let Some(information) = row.get("Other Information") {
        from_information(party, regime, information, locator);
    }
    let name = Name {
        family: row.get("Name 6"),
        given: ["Name 1", "Name 2", "Name 3", "Name 4", "Name 5"].iter().filter_map(|c| row.get(c)).collect(),
        kind: row.get("Alias Type"),
        strength: row.get("Alias Quality"),
    };
    name.state(party, locator, report);
    if let Some(native) = row.get("Name Non-Latin Script") {
        party.add(&Property::Alias, native, locator);
    }
    births(party, row.get("Town of Birth"), row.get("Country of Birth"), locator);
    let passports = ("Passport Details", row.get("Passport Number"));
    details::papers(
        party,
        &Property::PassportNumber,
        passports,
        row.get("Passport Details"),
        locator,
        report,
    );
    let numbers = row.get("National Identification Number").or(row.get("NI Number"));
    let about = row.get("National Identification Details").or(row.get("NI Number"));
    details::papers(
        party,
        &Property::IdNumber,
        ("NI Number", numbers.filter(|n| about != Some(*n))),
        about,
        locator,
        report,
    );
    let lines =
        ["Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code"];
    let parts: Vec<&str> = lines.iter().filter_map(|column| row.get(column)).collect();
    super::address(party, &parts, row.get("Country"), locator);
    if let Some(reference) = row.get("UK Sanctions List Ref") {
        super::known_as(party, &super::unique_id(reference), locator);
    }
}

/// Towns and countries of birth, paired by their marks: `(1) Tiaret (2) Oran`, `(1)-(2) Algeria`.
pub(super) fn births(party: &mut Party, towns: Option<&str>, countries: Option<&str>, locator: Locator) {
    let towns = towns.map(numbered::numbered).unwrap_or_default();
    let lands = countries.map(numbered::numbered).unwrap_or_default();
    let known = |value: &str| value != "-";
    let only = lands.len() == 1 && towns.len() == 1;
    for (first, _, town) in towns.iter().filter(|(_, _, town)| known(town)) {
        let land = lands
            .iter()
            .find(|(from, to, _)| only || (lands.len() > 1 || *to > 1) && (from..=to).contains(&first));
        match land.filter(|(_, _, land)| known(land)) {
            Some((_, _, land)) => party.add(&Property::BirthPlace, &format!("{town}, {land}"), locator),
            None => party.add(&Property::BirthPlace, town, locator),
        };
    }
    for (_, _, land) in lands.iter().filter(|(_, _, land)| known(land)) {
        for land in numbered::countries(land) {
            party.add(&Property::BirthCountry, land, locator);
        }
    }
}

/// What the list has no columns for: the UN's reference and ships' numbers. Until 2018 ships are listed as entities.
fn from_information(party: &mut Party, regime: &str, information: &str, locator: Locator) {
    party.add(&Property::Notes, information, locator);
    if let Some(reference) = details::un_reference(information) {
        super::un_reference(party, regime, reference, locator);
    }
    if let Some(reference) = details::uk_reference(information) {
        super::known_as(party, &super::unique_id(reference), locator);
    }
    if let Some(imo) = details::labelled_number(information, "IMO", 7) {
        if details::is_ship(imo) && party.entity.schema == model::Schema::Organization {
            party.entity.schema = model::Schema::Vessel;
        }
        party.add(&Property::ImoNumber, imo, locator);
    }
    if let Some(mmsi) = details::labelled_number(information, "MMSI", 9) {
        party.add(&Property::Mmsi, mmsi, locator);
    }
}
