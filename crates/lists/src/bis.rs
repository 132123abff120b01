//! The Denied Persons List of the US Bureau of Industry and Security, a tab-separated text. It gives no numbers: a party
//! is whom one order names, and has a row for each of its addresses.

use model::{Locator, Property, Schema};

use crate::error::ListError;
use crate::layout::{Context, Layout};
use crate::party::{Parties, us_date};
use crate::report::LoadReport;
use crate::sheet::Sheet;
use crate::{LoadedList, SourceFile};
use rustc_hash::FxHashMap;

/// The list's own name is its programme.
const PROGRAM: &str = "Denied Persons List (DPL)";

/// Who denies.
const AUTHORITY: &str = "Bureau of Industry and Security";

/// Reads the table.
pub(crate) fn read(main: &SourceFile<'_>, sheet: &Sheet<'_>) -> Result<LoadedList, ListError> {
    let (mut parties, mut report) = (Parties::default(), LoadReport::default());
    let layout = Layout::of("us_dpl");
    layout.warn_of_unknown(sheet, main, &mut report);
    let mut ids: FxHashMap<(&str, Option<&str>), Box<str>> = FxHashMap::default();
    for row in sheet.rows(main, &mut report) {
        let locator = Locator::Line { file: 0, line: row.line() };
        let Some(name) = row.get("Name") else {
            report.skip(main.name, row.line(), "the row has no name");
            continue;
        };
        let from = row.get("Effective_Date");
        let id = ids.entry((name, from)).or_insert_with(|| parties.free_id(&id(name, from))).clone();
        // The list does not tell people from companies.
        let party = parties.of(&id, || Schema::LegalEntity);
        party.add(&Property::Name, name, locator);
        party.add(&Property::Program, PROGRAM, Locator::Direct);
        let parts =
            ["Street_Address", "City", "State", "Postal_Code", "Country"].map(|column| row.get(column));
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        party.add(&Property::Address, &parts.join(", "), locator);
        if let Some(country) = row.get("Country") {
            party.add(&Property::Country, country, locator);
        }
        let sanction = party.sanction(PROGRAM, locator);
        sanction.add(&Property::Program, PROGRAM, Locator::Direct);
        sanction.add(&Property::AuthorityName, AUTHORITY, Locator::Direct);
        let dates = [
            ("Effective_Date", Property::ListingDate),
            ("Expiration_Date", Property::EndDate),
            ("Last_Update", Property::ModifiedAt),
        ];
        for (column, property) in dates {
            if let Some(date) = row.get(column) {
                sanction.state(us_date(property, date, locator));
            }
        }
        layout.state(row, &mut Context { party, sanction: PROGRAM, locator, report: &mut report });
    }
    parties.finish("us_bis_dpl", main, report)
}

/// The same order has the same id in every version of the list.
fn id(name: &str, from: Option<&str>) -> String {
    let words = [name, from.unwrap_or_default()];
    let words = words.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    format!("bis-dpl-{}", words.join("-"))
}
