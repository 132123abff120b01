//! Evidence of place: country, birthplace, address. They hang together, so it counts once.

use model::Country;

use super::address::address;
use super::prices::prices;
use super::towns::Town;
use super::{Attribute, attribute};
use crate::profile::Profile;

/// The rows of place. `contradicted` says whether something else contradicts: only beside it does a place that differs
/// put anything at stake.
pub(super) fn places(query: &Profile, entity: &Profile, contradicted: bool) -> Vec<Attribute> {
    let rows = [address(query, entity), birth_place(query, entity), country(query, entity)];
    let mut rows: Vec<Attribute> = rows.into_iter().flatten().collect();
    let counted = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.gain > 0)
        .max_by_key(|(i, row)| (row.gain, usize::MAX - i));
    let counted = counted.map(|(i, row)| (i, row.feature.clone()));
    for (i, row) in rows.iter_mut().enumerate() {
        match &counted {
            // Who lives at the listed address has not the wrong country.
            Some((best, feature)) if *best != i => {
                (row.bits, row.gain, row.stake) = (0, 0, 0);
                row.note = Some(format!("evidence of place counts once: see {feature}"));
            }
            None if !contradicted => {
                row.stake = 0;
                row.note = Some("a place alone clears nobody: nothing at stake".to_owned());
            }
            _ => {}
        }
    }
    rows
}

fn country(query: &Profile, entity: &Profile) -> Option<Attribute> {
    let codes = |countries: &[Country]| countries.iter().map(|c| c.code()).collect::<Vec<_>>().join(" ");
    if query.countries.is_empty() || entity.countries.is_empty() {
        return None;
    }
    let p = prices();
    if let Some(shared) = query.countries.iter().find(|c| entity.countries.contains(c)) {
        let code = || shared.code().to_owned();
        return Some(attribute("country", "agree", p.country_agree, code(), code()));
    }
    let mut pairs = query.countries.iter().flat_map(|q| entity.countries.iter().map(move |e| (q, e)));
    if let Some((q, e)) = pairs.find(|(q, e)| q.related(**e)) {
        return Some(attribute(
            "country",
            "related",
            p.country_related,
            q.code().to_owned(),
            e.code().to_owned(),
        ));
    }
    Some(attribute(
        "country",
        "conflict",
        p.country_conflict,
        codes(&query.countries),
        codes(&entity.countries),
    ))
}

/// Towns of birth. Where one side names only a country, the countries speak.
fn birth_place(query: &Profile, entity: &Profile) -> Option<Attribute> {
    let places = |profile: &Profile| -> Vec<(Town, String)> {
        let places = profile.birth_places.iter();
        places.filter_map(|place| Some((Town::of_birth_place(place)?, place.to_string()))).collect()
    };
    if query.birth_places.is_empty() || entity.birth_places.is_empty() {
        return None;
    }
    let (ours, theirs) = (places(query), places(entity));
    let pairs = || ours.iter().flat_map(|q| theirs.iter().map(move |e| (q, e)));
    let (kind, price, (q, e)) = match pairs().find(|(q, e)| q.0.is(&e.0)) {
        Some(pair) => ("agree", prices().birth_place_agree, pair),
        None => ("conflict", prices().birth_place_conflict, pairs().next()?),
    };
    Some(attribute("birthPlace", kind, price, q.1.clone(), e.1.clone()))
}
