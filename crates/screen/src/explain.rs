//! Why a party is a result or none, and what would have changed it.
//!
//! Everything here asks [`score`] again with something left out, so that no second account of a score can drift away from
//! the first.

use model::{NameStrength, Property};

use crate::profile::{Profile, ProfileName};
use crate::score::{NameOutcome, name_outcome};
use crate::{Configuration, Score, Scored, score};

/// What a query would have scored without one of the things it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterfactual {
    /// The feature that is left out: `birthDate`, `country`, `gender`, `passportNumber` ...
    pub without: String,
    /// The score without it; 0 where nothing else agrees.
    pub score: Score,
    /// The evidence without it, in millibits.
    pub bits: i32,
    /// Whether it would be a match.
    pub matched: bool,
}

/// How one listed name fared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameTried {
    /// The name as published.
    pub candidate: Box<str>,
    /// The property under which the party has it.
    pub property: Property,
    /// How strong the publisher calls it.
    pub strength: NameStrength,
    /// What came of it against the query's best name.
    pub outcome: NameOutcome,
}

/// A score for each thing that the query says beside its names and that the explanation speaks of, with it left out, in
/// the order of the rows.
#[must_use]
pub fn counterfactuals(
    query: &Profile,
    entity: &Profile,
    configuration: &Configuration,
    scored: &Scored,
) -> Vec<Counterfactual> {
    let mut features: Vec<&str> = Vec::new();
    for row in scored.rows.iter().filter(|row| row.feature != "name") {
        if !features.contains(&&*row.feature) {
            features.push(&row.feature);
        }
    }
    let without = |feature: &str| {
        let rest = score(&without(query, entity, feature, scored), entity, configuration);
        let (score, bits, matched) =
            rest.map_or((Score::default(), 0, false), |s| (s.score, s.bits, s.matched));
        Counterfactual { without: feature.to_owned(), score, bits, matched }
    };
    features.into_iter().map(without).collect()
}

/// A query without what one feature speaks of.
fn without(query: &Profile, entity: &Profile, feature: &str, scored: &Scored) -> Profile {
    let mut rest = query.clone();
    match feature {
        "birthDate" => rest.birth_dates.clear(),
        "gender" => rest.genders.clear(),
        "country" => rest.countries.clear(),
        "birthPlace" => rest.birth_places.clear(),
        "address" => rest.addresses.clear(),
        number => {
            let listed =
                |key: &str| entity.identifiers.iter().any(|id| id.key == key && id.property.name() == number);
            rest.identifiers.retain(|id| !listed(&id.key));
            if feature_is_conflict(scored, number) {
                rest.identifiers.retain(|id| id.property.name() != number);
            }
        }
    }
    rest
}

fn feature_is_conflict(scored: &Scored, feature: &str) -> bool {
    scored.rows.iter().any(|row| row.feature == feature && row.kind == "conflict")
}

/// How each name of a party fared against the query, in the publisher's order: what `--explain` shows of a party that is
/// no result. Names of a party whose schema can never be the query's are not compared: there are none.
#[must_use]
pub fn names_tried(query: &Profile, entity: &Profile, configuration: &Configuration) -> Vec<NameTried> {
    let may_be = match (&query.schema, &entity.schema) {
        (Some(q), Some(e)) => e.may_be(Some(q)),
        _ => true,
    };
    let mut tried: Vec<NameTried> = Vec::new();
    for listed in entity.names.iter().filter(|_| may_be) {
        let outcome = best_outcome(query, listed, configuration);
        let Some(known) =
            tried.iter_mut().find(|t| t.candidate == listed.name.text && t.property == listed.property)
        else {
            tried.push(NameTried {
                candidate: listed.name.text.clone(),
                property: listed.property.clone(),
                strength: listed.strength,
                outcome,
            });
            continue;
        };
        known.outcome = known.outcome.max(outcome);
    }
    tried
}

fn best_outcome(query: &Profile, listed: &ProfileName, configuration: &Configuration) -> NameOutcome {
    let same_kind = query.names.iter().filter(|q| q.kind == listed.kind);
    let outcomes = same_kind.map(|q| name_outcome(q, listed, configuration));
    outcomes.max().unwrap_or(NameOutcome::NothingAgrees)
}
