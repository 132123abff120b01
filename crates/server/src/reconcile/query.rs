//! Names of a table, matched to listed parties.

use engine::{Entity, Hit, Locator, Property, Query, Schema, Screening};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::types::{Type, of, plain};
use crate::yente::{Cut, Filters, score, search};

/// Candidates for a name where the client does not say how many, and the most.
const LIMIT: usize = 5;
const MOST: usize = 100;

/// Lowest score of a candidate that is shown to choose from. Which one is a match the policy says.
const SHOWN_FROM: f64 = 0.5;

/// A name to be matched.
#[derive(Deserialize)]
pub(super) struct ReconQuery {
    #[serde(default)]
    query: Value,
    #[serde(rename = "type", default)]
    kind: Value,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<ReconProperty>,
}

/// What else is known of it.
#[derive(Deserialize)]
struct ReconProperty {
    pid: String,
    #[serde(default)]
    v: Value,
}

/// Candidates for a name.
#[derive(Serialize)]
pub(super) struct Candidates {
    result: Vec<Candidate>,
}

/// A listed party that may be meant.
#[derive(Serialize)]
struct Candidate {
    id: String,
    name: String,
    description: String,
    #[serde(rename = "type")]
    kind: [Type; 1],
    score: f64,
    #[serde(rename = "match")]
    matched: bool,
    features: Vec<CandidateFeature>,
}

/// What a property contributed to the score.
#[derive(Serialize)]
struct CandidateFeature {
    id: String,
    value: f64,
}

/// The texts of a value: a cell, several, or something that was matched before.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(truth) => vec![truth.to_string()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(object) => ["name", "str", "date", "id"]
            .iter()
            .find_map(|key| object.get(*key))
            .map(texts)
            .unwrap_or_default(),
        Value::Null => Vec::new(),
    }
}

impl Candidates {
    /// Whether one of them is a match under the policy.
    pub(super) fn has_match(&self) -> bool {
        self.result.iter().any(|candidate| candidate.matched)
    }
}

impl ReconQuery {
    /// Makes the name ready to be compared; `None` where it means nobody, as an empty cell does.
    fn query(&self) -> Option<Query> {
        let kind = match &self.kind {
            Value::Array(all) => all.first().map(texts).unwrap_or_default(),
            one => texts(one),
        };
        let schema = kind.first().map(|kind| Schema::from_name(kind)).filter(Schema::is_party);
        let mut entity = Entity::new("query", schema.unwrap_or(Schema::Thing));
        for name in texts(&self.query) {
            entity.add(Property::Name, name, Locator::Direct);
        }
        for property in &self.properties {
            for value in texts(&property.v).into_iter().take(MOST) {
                entity.add(Property::from_name(plain(&property.pid)), value, Locator::Direct);
            }
        }
        Query::new(entity).ok()
    }

    /// The candidates, best first.
    pub(super) fn candidates(&self, screening: &Screening<'_>, filters: &Filters) -> Candidates {
        let limit = self.limit.unwrap_or(LIMIT).min(MOST);
        let cut = Cut::from(Some(score(SHOWN_FROM)), limit);
        let Some(query) = self.query() else { return Candidates { result: Vec::new() } };
        let answer = search(screening, &query, &cut, filters);
        Candidates { result: answer.hits.iter().map(|hit| Candidate::new(hit, screening)).collect() }
    }
}

impl Candidate {
    fn new(hit: &Hit, screening: &Screening<'_>) -> Self {
        let (list, entity) = screening.library().entity(hit.entity);
        let mut features: Vec<(&str, i32)> = Vec::new();
        for row in &hit.scored.rows {
            match features.iter_mut().find(|(name, _)| *name == row.feature) {
                Some((_, share)) => *share += row.share,
                None => features.push((&row.feature, row.share)),
            }
        }
        let feature = |(id, share): (&str, i32)| CandidateFeature {
            id: id.to_owned(),
            value: f64::from(share) / 10_000.0,
        };
        Self {
            id: entity.id.to_string(),
            name: entity.caption().to_owned(),
            description: described(entity, &list.dataset),
            kind: [of(&entity.schema)],
            score: f64::from(hit.scored.score.ten_thousandths()) / 10_000.0,
            matched: hit.scored.matched,
            features: features.into_iter().map(feature).collect(),
        }
    }
}

/// What tells a party from others of its name: birth dates, countries, programmes, list.
pub(super) fn described(entity: &Entity, dataset: &str) -> String {
    use Property as P;
    let told = [P::BirthDate, P::Nationality, P::Country, P::Program];
    let mut words: Vec<&str> = vec![entity.schema.name()];
    for property in &told {
        words.extend(entity.values(property).take(3));
    }
    words.push(dataset);
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use engine::{Library, Policy, demo_list};
    use serde_json::json;

    use super::*;
    use crate::yente::Params;

    /// Candidates with their flags.
    fn candidates(query: &str) -> String {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let screening = library.under(&Policy::default()).unwrap();
        let filters = Filters::read("default", &Params::default(), &library).unwrap();
        let query: ReconQuery = serde_json::from_str(query).unwrap();
        let shown = json!(query.candidates(&screening, &filters));
        let all = shown["result"].as_array().unwrap().iter();
        let word =
            |c: &Value| format!("{}{}", c["id"].as_str().unwrap(), if c["match"] == true { "!" } else { "" });
        all.map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cells_and_what_stands_beside_them() {
        let rows = [
            (r#"{"query":"Sajad Kashian"}"#, "ofac-33496!"),
            (
                r#"{"query":"Sajad Kashian","type":"Person","properties":[{"pid":"Person:birthDate","v":"1994"}]}"#,
                "ofac-33496!",
            ),
            (r#"{"query":"Sajad Kashian","type":["Vessel"]}"#, ""),
            (r#"{"query":"Sajad Kashian","type":[{"id":"Person"}],"limit":0}"#, ""),
            (r#"{"query":"Emen Net Pasargad","type":"Company"}"#, "ofac-33634!"),
            (r#"{"query":"","properties":[{"pid":"idNumber","v":{"str":"0067948431"}}]}"#, "ofac-26391!"),
            (r#"{"query":""}"#, ""),
            (r#"{"query":12}"#, ""),
        ];
        for (query, expected) in rows {
            assert_eq!(candidates(query), expected, "{query}");
        }
    }
}
