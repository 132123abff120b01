//! Australia's consolidated list (DFAT), a spreadsheet: the party `34` has its primary name in row `34`, its other names
//! in rows `34a`, `34b`, `34c1`.

use model::{Country, Locator, PartialDate, Property, Schema};

use crate::error::ListError;
use crate::layout::{Context, Layout};
use crate::numbered;
use crate::party::{Parties, Party};
use crate::report::LoadReport;
use crate::sheet::Sheet;
use crate::{LoadedList, SourceFile};

/// Who keeps the list.
const AUTHORITY: &str = "Department of Foreign Affairs and Trade";

/// Reads the table.
pub(crate) fn read(main: &SourceFile<'_>, sheet: &Sheet<'_>) -> Result<LoadedList, ListError> {
    let (mut parties, mut report) = (Parties::default(), LoadReport::default());
    let layout = Layout::of("au_dfat");
    layout.warn_of_unknown(sheet, main, &mut report);
    for row in sheet.rows(main, &mut report) {
        let locator = Locator::Line { file: 0, line: row.line() };
        let reference = row.get("Reference").unwrap_or_default();
        let digits = reference.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(reference.len());
        if digits == 0 {
            report.skip(main.name, row.line(), "the reference is no number: whose row it is cannot be told");
            continue;
        }
        let kind = row.get("Type").unwrap_or_default().to_ascii_lowercase();
        let party = parties.of(&format!("au-{}", &reference[..digits]), || match &*kind {
            "individual" => Schema::Person,
            "entity" => Schema::Organization,
            "vessel" | "ship" => Schema::Vessel,
            _ => Schema::LegalEntity,
        });
        if let Some(name) = row.get("Name of Individual or Entity") {
            self::name(party, name, row.get("Name Type"), row.get("Alias Strength"), locator, &mut report);
        }
        for date in row.get("Date of Birth").map(births).unwrap_or_default() {
            party.add(&Property::BirthDate, date, locator);
        }
        for address in row.get("Address").map(addresses).unwrap_or_default() {
            party.add(&Property::Address, address, locator);
            // The country stands last where it stands at all.
            if let Some(country) = country_of(address) {
                party.add(&Property::Country, country, locator);
            }
        }
        let committee = row.get("Committees").unwrap_or_default();
        party.add(&Property::Program, committee, locator);
        let sanction = party.sanction(committee, locator);
        sanction.add(&Property::Program, committee, locator);
        sanction.add(&Property::AuthorityName, AUTHORITY, Locator::Direct);
        sanction.add(&Property::from_name("authorityId"), &reference[..digits], locator);
        if let Some(listing) = row.get("Listing Information") {
            // A cell may hold the date alone; mostly it is a sentence with the instrument.
            let date = PartialDate::parse(listing).is_some();
            sanction.add(if date { &Property::ListingDate } else { &Property::Reason }, listing, locator);
        }
        layout.state(row, &mut Context { party, sanction: committee, locator, report: &mut report });
    }
    parties.finish("au_dfat", main, report)
}

fn name(
    party: &mut Party,
    name: &str,
    kind: Option<&str>,
    strength: Option<&str>,
    locator: Locator,
    report: &mut LoadReport,
) {
    let weak = strength.is_some_and(|strength| strength.to_ascii_lowercase().starts_with("weak"));
    let (property, known) = match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
        "primary name" => (Property::Name, true),
        _ if weak => (Property::WeakAlias, true),
        "aka" | "original script" => (Property::Alias, true),
        "fka" | "formerly known as" | "previously listed as" => (Property::PreviousName, true),
        _ => (Property::Alias, false),
    };
    party.add(&property, name, locator);
    if let Some(kind) = kind.filter(|_| !known) {
        party.note("Name Type", kind, locator, report);
    }
}

/// `a) 1960 b) 1962`, `21/09/1964; alt DOB: 1962`, `1965 or 1966`. What is no date that way stays as it is.
fn births(field: &str) -> Vec<&str> {
    let values = numbered::values(field);
    let pieces = values.into_iter().flat_map(|value| value.split([';', '\n']));
    let pieces = pieces.map(|piece| piece.trim().trim_start_matches("alt DOB:").trim().trim_end_matches(','));
    let mut births = Vec::new();
    for piece in pieces.filter(|piece| !nothing(piece)) {
        let is_date = |text: &&str| PartialDate::parse(text).is_some();
        let several = [" or ", ">>", ",", "  "].iter().find_map(|separator| {
            let dates: Vec<&str> = piece.split(separator).map(str::trim).filter(|d| !d.is_empty()).collect();
            (dates.len() > 1 && dates.iter().all(is_date)).then_some(dates)
        });
        match several.filter(|_| !is_date(&piece)) {
            Some(dates) => births.extend(dates),
            None => births.push(piece),
        }
    }
    births
}

/// Addresses by their marks, or on lines of their own.
fn addresses(field: &str) -> Vec<&str> {
    let values = numbered::values(field);
    let lines = values.into_iter().flat_map(|value| value.split(";\n"));
    lines.map(str::trim).filter(|line| !nothing(line)).collect()
}

fn nothing(value: &str) -> bool {
    value.is_empty() || ["na", "n/a", "-"].iter().any(|no| value.eq_ignore_ascii_case(no))
}

fn country_of(address: &str) -> Option<&str> {
    let last = address.rsplit(',').next()?.trim().trim_end_matches('.');
    Country::find(last).map(|_| last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_addresses() {
        let rows: [(&str, &[&str]); 8] = [
            ("a) 1960 b) 5 Feb. 1974 ", &["1960", "5 Feb. 1974"]),
            ("21/09/1964; alt DOB: 1962", &["21/09/1964", "1962"]),
            ("1949;\n1/07/1949", &["1949", "1/07/1949"]),
            ("na", &[]),
            ("1965 or 1966", &["1965", "1966"]),
            ("1944,", &["1944"]),
            ("1980 (or so) or 1983", &["1980 (or so) or 1983"]),
            ("00/00/1957", &["00/00/1957"]),
        ];
        for (field, expected) in rows {
            assert_eq!(births(field), expected, "{field}");
        }
        assert_eq!(addresses("Syria;\nArsal, Lebanon"), ["Syria", "Arsal, Lebanon"]);
        assert_eq!(addresses("a) Gao, Mali; b) Tabankort, Mali"), ["Gao, Mali", "Tabankort, Mali"]);
        assert_eq!(country_of("Arsal, Bekaa, Lebanon"), Some("Lebanon"));
        assert_eq!(country_of("Prison in Iraq"), None);
    }
}
