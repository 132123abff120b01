//! The column `ids`: `IR, 2023-10-13, 2018-10-13, Z3079423, Passport`, `Male, Gender`. The kinds are the labels of
//! OFAC's remarks, and mean what `data/ofac_remarks.tsv` says of these.

use model::{Country, Locator, PartialDate, Precision, Property, Schema};

use crate::ofac::{Rule, Shape, rule};
use crate::party::{Paper, Party};
use crate::report::LoadReport;

/// What one of the ids says.
#[derive(Default)]
pub(super) struct Id<'a> {
    pub(super) kind: &'a str,
    pub(super) number: &'a str,
    pub(super) country: Option<&'a str>,
    pub(super) issued: Option<&'a str>,
    pub(super) expires: Option<&'a str>,
    /// A date alone: which of the two is not said.
    pub(super) date: Option<&'a str>,
}

/// States an id that stands in one text: country, dates of expiry and issue, number, kind.
pub(super) fn in_one(party: &mut Party, text: &str, locator: Locator, report: &mut LoadReport) {
    let Some((mut rest, kind)) = text.rsplit_once(", ") else {
        party.note("ids", text, locator, report);
        return;
    };
    let mut id = Id { kind, ..Id::default() };
    if let Some((country, after)) = rest.split_once(", ")
        && country.len() == 2
        && Country::find(country).is_some()
    {
        (id.country, rest) = (Some(country), after);
    }
    let mut dates = Vec::new();
    while let Some((date, after)) = rest.split_once(", ")
        && date.len() == 10
        && PartialDate::parse(date).is_some_and(|date| date.precision() == Precision::Day)
    {
        dates.push(date);
        rest = after;
    }
    // Expiry comes first where there are both.
    match dates[..] {
        [expires, issued] => (id.expires, id.issued) = (Some(expires), Some(issued)),
        [date] => id.date = Some(date),
        _ => {}
    }
    id.number = rest;
    state(party, &id, locator, report);
}

/// States an id by its kind; one whose kind says nothing to us is a note.
pub(super) fn state(party: &mut Party, id: &Id<'_>, locator: Locator, report: &mut LoadReport) {
    report.clauses += 1;
    let kind = id.kind.trim_end_matches([':', '-', ' ']);
    let rule = rule(id.kind, &party.entity.schema).or_else(|| rule(kind, &party.entity.schema));
    match rule {
        Some(Rule { property, shape: Shape::Text, .. }) if *property != Property::Notes => {
            party.add(property, id.number, locator);
        }
        Some(Rule { property, shape: Shape::Whole, .. }) if *property != Property::Notes => {
            party.add(property, &format!("{} {}", id.kind, id.number), locator);
        }
        Some(Rule { property, shape: Shape::Code | Shape::Paper, .. }) if *property != Property::Notes => {
            // "IMO 8898831"
            let number = match property {
                Property::ImoNumber => id.number.trim_start_matches("IMO").trim(),
                _ => id.number,
            };
            let Id { kind, country, issued, expires, date, .. } = *id;
            party.paper(
                property,
                Paper { number, kind, country, issued, expires, date, whole: None },
                locator,
            );
        }
        Some(Rule { property, shape: Shape::Wallet, .. }) => {
            let currency = id.kind.rsplit(' ').next().unwrap_or_default();
            party.add(property, id.number, locator);
            party.add(&Property::Currency, currency, locator);
            let holder = party.entity.id.clone();
            let wallet = party.beside("wallet", Schema::CryptoWallet);
            wallet.add(Property::Holder, holder, locator);
            wallet.add(Property::PublicKey, id.number, locator);
            wallet.add(Property::Currency, currency, locator);
        }
        _ => {
            report.clauses -= 1;
            let dates = [id.country, id.expires, id.issued, id.date];
            let value: Vec<&str> = dates.into_iter().flatten().chain([id.number]).collect();
            party.note(kind, &value.join(", "), locator, report);
        }
    }
}
