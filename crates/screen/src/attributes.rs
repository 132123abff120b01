//! What the rest of the record says: birth date, country, gender.
//!
//! First values, after what they separate among people of one name: a birthday picks one of about 365 * 60, a year one
//! of 60, a country one of a handful of likely ones. Issue 5 deepens them (swapped days, calendars, addresses).

use model::{PartialDate, Precision};

use crate::profile::{Gender, Profile};

/// One row of attribute evidence, in millibits.
pub(crate) struct Attribute {
    pub(crate) feature: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) query: String,
    pub(crate) candidate: String,
    pub(crate) bits: i32,
    pub(crate) gain: i32,
    pub(crate) stake: i32,
}

const DAY_AGREES: i32 = 12_000;
const YEAR_AGREES: i32 = 5_000;
const DATE_CONFLICTS: i32 = -8_000;
const COUNTRY_AGREES: i32 = 3_000;
const COUNTRY_CONFLICTS: i32 = -2_500;
const GENDER_AGREES: i32 = 900;
const GENDER_CONFLICTS: i32 = -5_000;

/// The evidence of all attributes that both sides state. A missing attribute is no evidence.
pub(crate) fn attributes(query: &Profile, entity: &Profile) -> Vec<Attribute> {
    [birth_date(query, entity), country(query, entity), gender(query, entity)].into_iter().flatten().collect()
}

/// The most that attributes can add to the agreement of any candidate, for an index's bound.
pub(crate) fn most_gain(query: &Profile) -> i32 {
    let if_stated = |stated: bool, gain: i32| if stated { gain } else { 0 };
    if_stated(!query.birth_dates.is_empty(), DAY_AGREES)
        + if_stated(!query.countries.is_empty(), COUNTRY_AGREES)
        + if_stated(!query.genders.is_empty(), GENDER_AGREES)
}

fn row(feature: &'static str, agrees: bool, bits: i32, query: String, candidate: String) -> Attribute {
    let kind = if agrees { "agree" } else { "conflict" };
    // What contradicts puts at stake what it would have gained: a contradiction clears as a common name would.
    let (gain, stake) = if agrees { (bits, bits) } else { (0, -bits) };
    Attribute { feature, kind, query, candidate, bits, gain, stake }
}

/// A birth date contradicts only if all listed ones do, within their precision.
fn birth_date(query: &Profile, entity: &Profile) -> Option<Attribute> {
    let pairs = || query.birth_dates.iter().flat_map(|q| entity.birth_dates.iter().map(move |e| (q, e)));
    let exact = |(q, e): &(&PartialDate, &PartialDate)| {
        q.overlaps(e) && q.precision() == Precision::Day && e.precision() == Precision::Day
    };
    let (bits, (q, e)) = if let Some(pair) = pairs().find(exact) {
        (DAY_AGREES, pair)
    } else if let Some(pair) =
        pairs().find(|(q, e)| q.overlaps(e) || (near(q, e) && (q.is_circa() || e.is_circa())))
    {
        (YEAR_AGREES, pair)
    } else {
        (DATE_CONFLICTS, pairs().next()?)
    };
    Some(row("birthDate", bits > 0, bits, q.to_string(), e.to_string()))
}

/// "Circa" is read as two years either way.
fn near(a: &PartialDate, b: &PartialDate) -> bool {
    a.first().year() <= b.last().year() + 2 && b.first().year() <= a.last().year() + 2
}

fn country(query: &Profile, entity: &Profile) -> Option<Attribute> {
    let (q, e) = (query.countries.first()?, entity.countries.first()?);
    let codes = |p: &Profile| p.countries.iter().map(|c| c.code()).collect::<Vec<_>>().join(" ");
    match query.countries.iter().find(|c| entity.countries.contains(c)) {
        Some(shared) => {
            Some(row("country", true, COUNTRY_AGREES, shared.code().to_owned(), shared.code().to_owned()))
        }
        None => {
            debug_assert_ne!(q, e);
            Some(row("country", false, COUNTRY_CONFLICTS, codes(query), codes(entity)))
        }
    }
}

fn gender(query: &Profile, entity: &Profile) -> Option<Attribute> {
    let (q, e) = (*query.genders.first()?, *entity.genders.first()?);
    let agrees = entity.genders.contains(&q);
    let name = |g| if g == Gender::Male { "male" } else { "female" };
    let bits = if agrees { GENDER_AGREES } else { GENDER_CONFLICTS };
    Some(row("gender", agrees, bits, name(q).to_owned(), name(e).to_owned()))
}
