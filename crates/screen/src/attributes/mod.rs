//! What the rest of the record says: birth date, places, gender, numbers that a register gives only once.
//!
//! Each attribute that both sides state is one row of evidence; what is missing says nothing. The prices stand in
//! `data/attributes.tsv`. Three rules hold them together:
//!
//! - **Correlated evidence of place counts once**: of country, birthplace and address, the row that says most.
//! - **A place alone contradicts nobody away**: people move, and lists are old. Country and birthplace put something at
//!   stake only where something else contradicts too.
//! - Agreement lifts only a name that stands above the policy's floor (`score.rs`); a contradiction always counts.

mod address;
mod birth_date;
mod places;
mod prices;
mod registers;
mod towns;

use crate::Configuration;
use crate::profile::{Gender, Profile};

pub(crate) use prices::{Price, prices};

/// The texts of the tables that attribute evidence depends on: what a receipt hashes.
pub(crate) fn table_texts() -> [&'static str; 5] {
    [
        prices::table_text(),
        address::table_text(),
        towns::table_text(),
        crate::profile::GENDER_TABLE,
        crate::profile::FILLER_TABLE,
    ]
}

/// One row of attribute evidence, in millibits.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) feature: String,
    pub(crate) kind: &'static str,
    pub(crate) query: String,
    pub(crate) candidate: String,
    /// What a reader must know beside it: a calendar that was converted, why it counts for nothing.
    pub(crate) note: Option<String>,
    pub(crate) bits: i32,
    pub(crate) gain: i32,
    pub(crate) stake: i32,
}

fn attribute(feature: &str, kind: &'static str, price: Price, query: String, candidate: String) -> Attribute {
    let Price { bits, gain, stake } = price;
    Attribute { feature: feature.to_owned(), kind, query, candidate, note: None, bits, gain, stake }
}

/// The evidence of all attributes that both sides state.
pub(crate) fn attributes(query: &Profile, entity: &Profile, configuration: &Configuration) -> Vec<Attribute> {
    let mut rows: Vec<Attribute> = Vec::new();
    rows.extend(birth_date::birth_date(query, entity, configuration.birth_date_tolerance));
    rows.extend(gender(query, entity));
    rows.extend(registers::conflicts(query, entity));
    let contradicted = rows.iter().any(|row| row.stake > row.gain);
    rows.extend(places::places(query, entity, contradicted));
    rows
}

/// The most that attributes can add to the agreement of any candidate, for an index's bound.
pub(crate) fn most_gain(query: &Profile) -> i32 {
    let p = prices();
    let if_stated = |stated: bool, price: Price| if stated { price.gain } else { 0 };
    let place = if_stated(!query.countries.is_empty(), p.country_agree)
        .max(if_stated(!query.birth_places.is_empty(), p.birth_place_agree))
        .max(if_stated(!query.addresses.is_empty(), p.address_agree));
    if_stated(!query.birth_dates.is_empty(), p.birth_date_agree)
        + if_stated(!query.genders.is_empty(), p.gender_agree)
        + place
}

fn gender(query: &Profile, entity: &Profile) -> Option<Attribute> {
    let (q, e) = (*query.genders.first()?, *entity.genders.first()?);
    let name = |g| if g == Gender::Male { "male" } else { "female" };
    // Whoever is given both ways contradicts nobody.
    let (kind, price) = if query.genders.iter().any(|g| entity.genders.contains(g)) {
        ("agree", prices().gender_agree)
    } else {
        ("conflict", prices().gender_conflict)
    };
    Some(attribute("gender", kind, price, name(q).to_owned(), name(e).to_owned()))
}
