//! Results of a query in yente's shape: cut-offs, the `match` flag, and explanations by feature.

use std::fmt::Write as _;

use engine::{Answer, Basis, Hit, Query, Request, Row, Score, Screening, Search, one_decimal};
use serde::Serialize;

use super::entity::EntityResponse;
use super::filters::Filters;
use super::params::Params;

/// Results of a query where the client does not say how many.
const LIMIT: usize = 5;

/// Most results of a query, yente's own bound.
pub(crate) const MOST_RESULTS: usize = 500;

/// yente's cut-off and threshold where the client gives only one of them.
const DEFAULT: f64 = 0.7;

/// Which results are returned, and which are matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Lowest score that is returned; `None`: each party's own match threshold.
    cutoff: Option<Score>,
    /// Lowest score that is a match; `None`: as the policy has it.
    threshold: Option<Score>,
    /// Most results.
    pub(crate) limit: usize,
}

impl Cut {
    /// Results from a score on, or from each party's own match threshold, as many at most; matches as the policy has them.
    pub(crate) fn from(cutoff: Option<Score>, limit: usize) -> Self {
        Self { cutoff, threshold: None, limit }
    }

    /// Reads `threshold`, `cutoff` and `limit`. As in yente a cut-off above the threshold is the threshold; unlike in yente a
    /// score that equals the cut-off is returned.
    ///
    /// # Errors
    /// One of them is no number, in words for the client.
    pub(crate) fn read(params: &Params<'_>) -> Result<Self, String> {
        let (threshold, cutoff) = (share(params, "threshold")?, share(params, "cutoff")?);
        let least = match (threshold, cutoff) {
            (None, None) => None,
            (None, Some(cutoff)) => Some(cutoff),
            (Some(threshold), cutoff) => Some(threshold.min(cutoff.unwrap_or(DEFAULT))),
        };
        let limit: usize = params.number("limit")?.unwrap_or(LIMIT);
        if limit > MOST_RESULTS {
            return Err(format!("limit must be at most {MOST_RESULTS}"));
        }
        Ok(Self { cutoff: least.map(score), threshold: threshold.map(score), limit })
    }

    /// Whether a result is a match: the request's threshold in place of the policy's, the least evidence that the policy asks for
    /// besides.
    pub(crate) fn matched(&self, hit: &Hit, screening: &Screening<'_>) -> bool {
        let Some(threshold) = self.threshold else { return hit.scored.matched };
        let least = screening.ruling(hit.entity).map_or(0, |ruling| ruling.minimum_bits);
        let enough = least == 0 || hit.scored.basis == Basis::Identifier || hit.scored.bits >= least;
        hit.scored.score >= threshold && enough
    }
}

/// A score between 0 and 1, as a client sends it.
fn share(params: &Params<'_>, name: &str) -> Result<Option<f64>, String> {
    match params.number::<f64>(name)? {
        Some(share) if !share.is_finite() => Err(format!("{name} must be a number between 0 and 1")),
        share => Ok(share.map(|share| share.clamp(0.0, 1.0))),
    }
}

/// The lowest score of four decimals that is not below a number.
pub(crate) fn score(share: f64) -> Score {
    // Binary fractions lie a little beside what was typed: 0.07 is 700.0000000000001 ten-thousandths.
    Score::from_ten_thousandths((share.clamp(0.0, 1.0) * 10_000.0 - 1e-6).ceil().max(0.0) as u16)
}

/// Searches, and leaves out who may not be a result. The total is before the limit.
pub(crate) fn search(screening: &Screening<'_>, query: &Query, cut: &Cut, filters: &Filters) -> Answer {
    let all = filters.pass_all();
    // Without a filter the search itself keeps the best; it never splits a tie, clients expect no more than they asked for.
    let request = Request { threshold: cut.cutoff, limit: all.then_some(cut.limit) };
    let mut answer = screening.screen(query, request, Search::Indexed);
    if !all {
        answer.hits.retain(|hit| {
            let (list, entity) = screening.library().entity(hit.entity);
            filters.keep(list, entity)
        });
        answer.total = answer.hits.len();
    }
    answer.hits.truncate(cut.limit);
    answer.truncated = answer.hits.len() < answer.total;
    answer
}

/// How many there are.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteTotal)]
pub(crate) struct Total {
    /// The number, before the limit.
    value: usize,
    /// Always `eq`: it is exact.
    relation: &'static str,
}

impl Total {
    /// An exact number.
    pub(crate) fn exactly(value: usize) -> Self {
        Self { value, relation: "eq" }
    }
}

/// A listed party with its score.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = YenteScoredEntity)]
pub(crate) struct ScoredEntity<'a> {
    #[serde(flatten)]
    entity: EntityResponse<'a>,
    /// 0 to 1, of four decimals.
    score: f64,
    /// Whether it is a match.
    #[serde(rename = "match")]
    matched: bool,
    /// Weight of evidence in bits; no field of yente's.
    bits: f64,
    /// `listed` or `identifier`; no field of yente's.
    basis: &'static str,
    /// What spoke for the score and against it, by property. The scores add up to the whole.
    #[schema(value_type = std::collections::HashMap<String, Feature>)]
    explanations: Features,
}

impl<'a> ScoredEntity<'a> {
    /// A result.
    pub(crate) fn new(hit: &Hit, cut: &Cut, screening: &Screening<'a>) -> Self {
        let (list, entity) = screening.library().entity(hit.entity);
        let owned = screening.library().owned(hit.entity).is_some();
        Self {
            entity: EntityResponse::new(list, entity, Vec::new()),
            score: f64::from(hit.scored.score.ten_thousandths()) / 10_000.0,
            matched: cut.matched(hit, screening),
            bits: f64::from(hit.scored.bits) / 1000.0,
            basis: if owned { "owned" } else { hit.scored.basis.name() },
            explanations: Features::of(hit),
        }
    }
}

/// What one property contributed.
#[derive(Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = YenteFeature)]
pub(crate) struct Feature {
    /// Its part of the score; what counts against the party is below 0.
    score: f64,
    /// How the values compare, in words, with the evidence in bits.
    detail: String,
    /// The query's value.
    query: Option<String>,
    /// The listed value.
    candidate: Option<String>,
}

/// Features by property, in the order of the explanation.
struct Features(Vec<(String, Feature)>);

impl Features {
    /// The explanation's rows by property.
    fn of(hit: &Hit) -> Self {
        let mut features: Vec<(String, Feature, i32)> = Vec::new();
        for row in &hit.scored.rows {
            let place = features.iter().position(|(name, ..)| *name == row.feature).unwrap_or_else(|| {
                let value = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
                let (query, candidate) = match &hit.scored.name {
                    Some(name) if row.feature == "name" => (value(&name.query), value(&name.candidate)),
                    _ => (value(&row.query), value(&row.candidate)),
                };
                let feature = Feature { score: 0.0, detail: String::new(), query, candidate };
                features.push((row.feature.clone(), feature, 0));
                features.len() - 1
            });
            let (_, feature, share) = &mut features[place];
            *share += row.share;
            describe(row, &mut feature.detail);
        }
        let settled = |(name, mut feature, share): (String, Feature, i32)| {
            feature.score = f64::from(share) / 10_000.0;
            (name, feature)
        };
        Self(features.into_iter().map(settled).collect())
    }
}

impl Serialize for Features {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, feature)| (name, feature)))
    }
}

/// A row in a few words: `Baqer, Bagher: spelling, 16.3 bits`.
fn describe(row: &Row, to: &mut String) {
    if !to.is_empty() {
        to.push_str("; ");
    }
    let values = match (row.query.as_str(), row.candidate.as_str()) {
        ("", "") => String::new(),
        (one, "") | ("", one) => format!("{one}: "),
        (one, other) if one == other => format!("{one}: "),
        (query, candidate) => format!("{query}, {candidate}: "),
    };
    // Writing to a text cannot fail.
    let _ = write!(to, "{values}{}, {} bits", row.kind.replace('_', " "), one_decimal(row.bits));
    if let Some(note) = &row.note {
        let _ = write!(to, " ({note})");
    }
}

#[cfg(test)]
mod tests {
    use engine::{Library, Policy, Property, demo_list};
    use serde_json::json;

    use super::*;

    fn library() -> Library {
        Library::new(vec![demo_list().unwrap()]).unwrap()
    }

    fn query(name: &str) -> Query {
        Query::from_fields("q", Some("Person"), [(Property::Name, name)]).unwrap()
    }

    /// Ids with scores and flags.
    fn results(name: &str, params: &str, dataset: &str) -> String {
        let library = library();
        let screening = library.under(&Policy::default()).unwrap();
        let params = Params::parse(params);
        let cut = Cut::read(&params).unwrap();
        let filters = Filters::read(dataset, &params, &library).unwrap();
        let answer = search(&screening, &query(name), &cut, &filters);
        let shown = answer.hits.iter().map(|hit| {
            let (_, entity) = library.entity(hit.entity);
            let flag = if cut.matched(hit, &screening) { "!" } else { "" };
            format!("{} {}{flag}", entity.id.trim_start_matches("ofac-"), hit.scored.score)
        });
        format!("{}: {}", answer.total, shown.collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn thresholds_and_cutoffs() {
        let all = results("Sajad Kashian", "", "default");
        let score: f64 = all.split(' ').nth(2).unwrap().trim_end_matches('!').parse().unwrap();
        assert!(all.starts_with("1: 33496 0.") && all.ends_with('!') && score > 0.7, "{all}");
        let above = format!("threshold={}", score + 0.0001);
        let at = format!("threshold={score}&cutoff={score}");
        let no_match = all.trim_end_matches('!');
        let rows = [
            (at.as_str(), "default", all.as_str()),
            (&above, "us_ofac_sdn", no_match),
            ("limit=0", "default", "1: "),
            ("exclude_entity_ids=ofac-33496", "default", "0: "),
            ("threshold=0.99&cutoff=0.98", "default", "0: "),
        ];
        for (params, dataset, expected) in rows {
            assert_eq!(results("Sajad Kashian", params, dataset), expected, "{params}");
        }
        assert!(Cut::read(&Params::parse("limit=501")).unwrap_err().contains("at most 500"));
        assert!(Cut::read(&Params::parse("threshold=NaN")).is_err());
        assert!(Cut::read(&Params::parse("cutoff=high")).is_err());
    }

    #[test]
    fn numbers_become_the_next_score() {
        let rows =
            [(0.7, 7000), (0.07, 700), (0.57, 5700), (0.29, 2900), (0.70001, 7001), (0.0, 0), (2.0, 10_000)];
        for (share, expected) in rows {
            assert_eq!(score(share).ten_thousandths(), expected, "{share}");
        }
        for n in 0..=10_000_u16 {
            assert_eq!(score(f64::from(n) / 10_000.0).ten_thousandths(), n);
        }
    }

    #[test]
    fn explanations_add_up_to_the_score() {
        let library = library();
        let screening = library.under(&Policy::default()).unwrap();
        let fields = [(Property::Name, "Mohammad Baqer Shinrakar"), (Property::BirthDate, "1979")];
        let query = Query::from_fields("q", Some("Person"), fields).unwrap();
        let cut = Cut::read(&Params::default()).unwrap();
        let filters = Filters::read("default", &Params::default(), &library).unwrap();
        let answer = search(&screening, &query, &cut, &filters);
        let shown = json!(ScoredEntity::new(&answer.hits[0], &cut, &screening));
        let features = shown["explanations"].as_object().unwrap();
        let sum: f64 = features.values().map(|f| f["score"].as_f64().unwrap()).sum();
        assert!((sum - shown["score"].as_f64().unwrap()).abs() < 1e-9, "{shown}");
        insta::assert_json_snapshot!(shown["explanations"]);
    }
}
