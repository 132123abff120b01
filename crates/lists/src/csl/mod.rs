//! The US Consolidated Screening List: thirteen lists of three departments in one table, and as JSON.
//!
//! A party's id names the list that it is on and its number there, `csl-sdn-21944`: the same number may stand on two of
//! the lists, and OFAC's own file has it as `ofac-21944`. That id is kept as a referent, so that what is the same party
//! can be joined, and is never taken for one unseen.

mod ids;
mod json;
mod remarks;

use model::{Country, Locator, Property, Schema};

use crate::error::ListError;
use crate::layout::{Context, Layout};
use crate::party::{Parties, Party, referents};
use crate::report::LoadReport;
use crate::sheet::Sheet;
use crate::{LoadedList, SourceFile};
pub(crate) use json::read as read_json;
use remarks::Links;

/// Its columns in `data/tables.tsv`.
const LAYOUT: &str = "us_csl";

/// Its dataset's name.
const DATASET: &str = "us_csl";

/// Reads the table.
pub(crate) fn table(main: &SourceFile<'_>, sheet: &Sheet<'_>) -> Result<LoadedList, ListError> {
    let (mut parties, mut report) = (Parties::default(), LoadReport::default());
    let mut links = Links::default();
    let layout = Layout::of(LAYOUT);
    layout.warn_of_unknown(sheet, main, &mut report);
    for row in sheet.rows(main, &mut report) {
        let locator = Locator::Line { file: 0, line: row.line() };
        let head = Head {
            source: row.get("source").unwrap_or_default(),
            number: row.get("entity_number"),
            id: row.get("_id"),
            kind: row.get("type"),
            name: row.get("name"),
            programs: row.get("programs").map(split).unwrap_or_default(),
        };
        let Some((party, list)) = head.party(&mut parties, main, locator, &mut report) else { continue };
        for alias in row.get("alt_names").map(split).unwrap_or_default() {
            party.add(&Property::Alias, alias, locator);
        }
        for address in row.get("addresses").map(split).unwrap_or_default() {
            self::address(party, address, locator);
        }
        for id in row.get("ids").map(split).unwrap_or_default() {
            ids::in_one(party, id, locator, &mut report);
        }
        if let Some(remarks) = row.get("remarks") {
            links.state(party, remarks, locator);
        }
        layout.state(row, &mut Context { party, sanction: &list, locator, report: &mut report });
    }
    parties.finish_with(DATASET, main, report, |entities, relations| links.resolve(entities, relations))
}

/// Several values in one cell.
fn split(cell: &str) -> Vec<&str> {
    cell.split("; ").map(str::trim).filter(|value| !value.is_empty()).collect()
}

/// Who is listed, and where.
struct Head<'a> {
    source: &'a str,
    number: Option<&'a str>,
    id: Option<&'a str>,
    kind: Option<&'a str>,
    name: Option<&'a str>,
    programs: Vec<&'a str>,
}

impl Head<'_> {
    /// The party, and the list that it is on, which is the key of its sanction.
    fn party<'p>(
        &self,
        parties: &'p mut Parties,
        main: &SourceFile<'_>,
        locator: Locator,
        report: &mut LoadReport,
    ) -> Option<(&'p mut Party, String)> {
        let Locator::Line { line, .. } = locator else { return None };
        let (Some(name), Some(id)) = (self.name, self.number.or(self.id)) else {
            let missing = if self.name.is_none() { "no name" } else { "neither entity_number nor _id" };
            report.skip(main.name, line, format!("the row has {missing}"));
            return None;
        };
        // "Capta List (CAP) - Treasury Department"
        let (list, authority) = self.source.rsplit_once(" - ").unwrap_or((self.source, ""));
        let short = list.rsplit_once('(').and_then(|(_, short)| short.split(')').next()).unwrap_or(list);
        let short: String =
            short.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let id = parties.free_id(&format!("csl-{short}-{id}"));
        let party = parties.of(&id, || match self.kind.unwrap_or_default().to_ascii_lowercase().as_str() {
            "individual" => Schema::Person,
            "entity" => Schema::Organization,
            "vessel" => Schema::Vessel,
            "aircraft" => Schema::Airplane,
            // The lists of Commerce and State do not tell people from companies.
            _ => Schema::LegalEntity,
        });
        party.add(&Property::Name, name, locator);
        // A list without programmes is one.
        let programs = if self.programs.is_empty() { vec![list] } else { self.programs.clone() };
        for program in &programs {
            party.add(&Property::Program, program, locator);
        }
        if let Some(number) = self.number {
            party.add(&referents(), &format!("ofac-{number}"), locator);
        }
        let sanction = party.sanction(list, locator);
        sanction.add(&Property::AuthorityName, authority, locator);
        for program in &programs {
            sanction.add(&Property::Program, program, locator);
        }
        sanction.add(&Property::from_name("summary"), list, locator);
        if let Some(number) = self.number {
            sanction.add(&Property::from_name("authorityId"), number, locator);
        }
        Some((party, list.to_owned()))
    }
}

/// `Basrah, IQ`: the country's code stands last.
fn address(party: &mut Party, address: &str, locator: Locator) {
    party.add(&Property::Address, address, locator);
    let last = address.rsplit(',').next().unwrap_or(address).trim();
    if last.len() == 2 && Country::find(last).is_some() {
        party.add(&Property::Country, last, locator);
    }
}
