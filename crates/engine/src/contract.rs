//! The JSON that scripts rely on. Frozen: `ARCHITECTURE.md` describes it, snapshots hold it.
//!
//! What a batch writes goes straight to its bytes; the same shapes become values for whoever wants to look into them.

use std::borrow::Cow;

use model::{Entity, NameStrength, Schema};
use screen::{Answer, Counterfactual, Hit, NameHit, NameOutcome, NameTried, Row, Score, Scored};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::joined::{datasets, referents};
use crate::properties::Properties;
use crate::{Explained, Outcome, Query, ScreenList, Screening};

/// Millibits or ten-thousandths as a JSON number.
#[must_use]
pub fn number(n: i32, per_unit: i32) -> Value {
    json!(decimal(n, per_unit))
}

fn decimal(n: i32, per_unit: i32) -> f64 {
    f64::from(n) / f64::from(per_unit)
}

fn fraction(score: Score) -> f64 {
    decimal(i32::from(score.ten_thousandths()), 10_000)
}

/// Why writing JSON cannot fail: texts and numbers, under keys that are texts, to memory.
const SOUND: &str = "texts and numbers are JSON";

fn to_json(shape: &impl Serialize) -> Value {
    serde_json::to_value(shape).expect(SOUND)
}

pub(crate) fn write_line(shape: &impl Serialize, to: &mut Vec<u8>) {
    serde_json::to_writer(&mut *to, shape).expect(SOUND);
    to.push(b'\n');
}

/// One line of the output: a query and its results. `detail` adds what one query by hand wants of each result and a
/// batch leaves to `--explain`: its `properties`, the sentence, what would have changed the score.
#[must_use]
pub fn answer_to_json(query: &Query, answer: &Answer, screening: &Screening<'_>, detail: bool) -> Value {
    to_json(&answer_line(query, answer, screening, detail))
}

/// The same as bytes, without a value in between.
#[must_use]
pub fn answer_to_bytes(query: &Query, answer: &Answer, screening: &Screening<'_>, detail: bool) -> Vec<u8> {
    let mut line = Vec::with_capacity(1024);
    write_line(&answer_line(query, answer, screening, detail), &mut line);
    line.pop();
    line
}

/// Adds the line of a query and its results to others.
pub(crate) fn write_answer(query: &Query, answer: &Answer, screening: &Screening<'_>, to: &mut Vec<u8>) {
    write_line(&answer_line(query, answer, screening, false), to);
}

/// The place of a row that could not be screened.
#[must_use]
pub fn failed_row(id: &str, error: &str) -> Value {
    to_json(&FailedLine { id, error, results: [] })
}

/// Adds the line of a row that could not be screened to others.
pub(crate) fn write_failed_row(id: &str, error: &str, to: &mut Vec<u8>) {
    write_line(&FailedLine { id, error, results: [] }, to);
}

/// One result, as a line of the output has it.
pub(crate) fn result_to_json(hit: &Hit, screening: &Screening<'_>) -> Value {
    to_json(&ResultObject::of(hit.entity, Some(&hit.scored), screening))
}

/// Listed parties explained: `interdict screen --explain ID`. A party where anything agrees has all that a result has;
/// `names` says how each of its names fared.
#[must_use]
pub fn explained_to_json(query: &Query, explained: &[Explained], screening: &Screening<'_>) -> Value {
    let party = |party: &Explained| -> Value { to_json(&explained_party(party, screening)) };
    json!({
        "id": &*query.entity().id,
        "query": to_json(&Asked::of(query.entity())),
        "explained": explained.iter().map(party).collect::<Vec<_>>(),
    })
}

/// A listed party as a FollowTheMoney entity, with the version of the list that says it.
#[must_use]
pub fn party_to_json(list: &ScreenList, entity: &Entity) -> Value {
    json!({
        "id": &*entity.id,
        "caption": entity.caption(),
        "schema": entity.schema.name(),
        "referents": referents(entity).collect::<Vec<_>>(),
        "datasets": datasets(list, entity),
        "list_version": list.version,
        "properties": to_json(&Properties(entity)),
    })
}

/// A scored pair of names: `interdict compare`.
#[must_use]
pub fn scored_to_json(scored: &Scored) -> Value {
    to_json(&PairLine {
        score: fraction(scored.score),
        bits: decimal(scored.bits, 1000),
        matched: scored.matched,
        explanation: ExplanationObject::of(scored),
    })
}

#[derive(Serialize)]
struct AnswerLine<'a> {
    id: &'a str,
    query: Asked<'a>,
    total: usize,
    truncated: bool,
    results: Vec<ResultObject<'a>>,
}

#[derive(Serialize)]
struct FailedLine<'a> {
    id: &'a str,
    error: &'a str,
    results: [(); 0],
}

#[derive(Serialize)]
struct PairLine<'a> {
    score: f64,
    bits: f64,
    #[serde(rename = "match")]
    matched: bool,
    explanation: ExplanationObject<'a>,
}

/// What is asked for, as it was stated.
#[derive(Serialize)]
struct Asked<'a> {
    schema: Option<&'a str>,
    properties: Properties<'a>,
}

/// A listed party and how it was met. What stands there only sometimes is left out at other times.
#[derive(Serialize)]
struct ResultObject<'a> {
    id: &'a str,
    caption: &'a str,
    schema: &'a str,
    datasets: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    referents: Vec<&'a str>,
    list_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'static str>,
    score: f64,
    bits: f64,
    #[serde(rename = "match")]
    matched: bool,
    policy: PolicyObject<'a>,
    explanation: ExplanationObject<'a>,
    /// Of a company that listed parties own: the verdict with its proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    ownership: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<Vec<NameTriedObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties<'a>>,
}

/// The policy, with what of it decided whether the result is a match. Bits only where they are asked for.
#[derive(Serialize)]
struct PolicyObject<'a> {
    name: &'a str,
    match_threshold: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_bits: Option<f64>,
}

#[derive(Default, Serialize)]
struct ExplanationObject<'a> {
    /// Left out where nothing agrees; null where no name does.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Option<NameObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<RowObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counterfactuals: Option<Vec<CounterfactualObject>>,
}

#[derive(Serialize)]
struct NameObject<'a> {
    query: &'a str,
    candidate: &'a str,
    property: &'a str,
    strength: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    cut: bool,
}

#[derive(Serialize)]
struct RowObject<'a> {
    feature: &'a str,
    kind: &'a str,
    query: &'a str,
    candidate: &'a str,
    bits: f64,
    share: f64,
    gain: f64,
    stake: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    disguised: bool,
}

#[derive(Serialize)]
struct CounterfactualObject {
    without: String,
    score: f64,
    bits: f64,
    #[serde(rename = "match")]
    matched: bool,
}

#[derive(Serialize)]
struct NameTriedObject<'a> {
    candidate: &'a str,
    property: &'a str,
    strength: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_compared: Option<&'static str>,
}

/// What holds seldom is said only where it holds.
fn is_false(truth: &bool) -> bool {
    !truth
}

fn answer_line<'a>(
    query: &'a Query,
    answer: &'a Answer,
    screening: &'a Screening<'_>,
    detail: bool,
) -> AnswerLine<'a> {
    let result = |hit: &'a Hit| {
        let mut result = ResultObject::of(hit.entity, Some(&hit.scored), screening);
        if detail {
            let counterfactuals = screening.counterfactuals(query, hit).into_iter();
            result.explanation.sentence = Some(screening.sentence(query, hit).into());
            result.explanation.counterfactuals = Some(counterfactuals.map(Into::into).collect());
            result.properties = Some(Properties(screening.library().entity(hit.entity).1));
        }
        result
    };
    AnswerLine {
        id: &query.entity().id,
        query: Asked::of(query.entity()),
        total: answer.total,
        truncated: answer.truncated,
        results: answer.hits.iter().map(result).collect(),
    }
}

fn explained_party<'a>(party: &'a Explained, screening: &'a Screening<'_>) -> ResultObject<'a> {
    let mut result = ResultObject::of(party.entity, party.scored.as_ref(), screening);
    result.matched = party.verdict == Outcome::Match;
    result.verdict = Some(party.verdict.name());
    result.explanation.sentence = Some(Cow::Borrowed(&party.sentence));
    result.explanation.counterfactuals =
        Some(party.counterfactuals.iter().cloned().map(Into::into).collect());
    result.names = Some(party.names.iter().map(NameTriedObject::of).collect());
    result.properties = Some(Properties(screening.library().entity(party.entity).1));
    result
}

impl<'a> Asked<'a> {
    fn of(query: &'a Entity) -> Self {
        let schema = (query.schema != Schema::Thing).then(|| query.schema.name());
        Self { schema, properties: Properties(query) }
    }
}

impl<'a> ResultObject<'a> {
    /// A listed party; `scored` where anything agrees.
    fn of(place: usize, scored: Option<&'a Scored>, screening: &'a Screening<'_>) -> Self {
        let (list, entity) = screening.library().entity(place);
        let owned = screening.library().owned(place);
        Self {
            id: &entity.id,
            caption: entity.caption(),
            schema: entity.schema.name(),
            datasets: datasets(list, entity),
            referents: referents(entity).collect(),
            list_version: &list.version,
            basis: scored.map(|scored| owned.map_or(scored.basis.name(), |_| "owned")),
            score: scored.map_or(0.0, |scored| fraction(scored.score)),
            bits: scored.map_or(0.0, |scored| decimal(scored.bits, 1000)),
            matched: scored.is_some_and(|scored| scored.matched),
            policy: PolicyObject::of(place, screening),
            explanation: scored.map(ExplanationObject::of).unwrap_or_default(),
            ownership: owned.map(|owned| &owned.json),
            verdict: None,
            names: None,
            properties: None,
        }
    }
}

impl<'a> PolicyObject<'a> {
    fn of(place: usize, screening: &'a Screening<'_>) -> Self {
        let policy = screening.policy();
        let ruling = screening.ruling(place).unwrap_or(&policy.default);
        Self {
            name: &policy.name,
            match_threshold: fraction(ruling.match_threshold),
            minimum_bits: (ruling.minimum_bits > 0).then(|| decimal(ruling.minimum_bits, 1000)),
        }
    }
}

impl<'a> ExplanationObject<'a> {
    fn of(scored: &'a Scored) -> Self {
        let name = |name: &'a NameHit| NameObject {
            query: &name.query,
            candidate: &name.candidate,
            property: name.property.name(),
            strength: strength(name.strength),
            cut: name.cut,
        };
        let row = |row: &'a Row| RowObject {
            feature: &row.feature,
            kind: row.kind,
            query: &row.query,
            candidate: &row.candidate,
            bits: decimal(row.bits, 1000),
            share: decimal(row.share, 10_000),
            gain: decimal(row.gain, 1000),
            stake: decimal(row.stake, 1000),
            note: row.note.as_deref(),
            disguised: row.disguised,
        };
        Self {
            name: Some(scored.name.as_ref().map(name)),
            rows: Some(scored.rows.iter().map(row).collect()),
            ..Self::default()
        }
    }
}

impl From<Counterfactual> for CounterfactualObject {
    fn from(Counterfactual { without, score, bits, matched }: Counterfactual) -> Self {
        Self { without, score: fraction(score), bits: decimal(bits, 1000), matched }
    }
}

impl<'a> NameTriedObject<'a> {
    fn of(name: &'a NameTried) -> Self {
        let (score, not_compared) = match name.outcome {
            NameOutcome::Compared(score) => (Some(fraction(score)), None),
            NameOutcome::NothingAgrees => (Some(0.0), None),
            NameOutcome::WeakByPolicy => (None, Some("weak_aliases_off")),
            NameOutcome::WeakOneWord => (None, Some("weak_alias_of_one_word")),
        };
        Self {
            candidate: &name.candidate,
            property: name.property.name(),
            strength: strength(name.strength),
            score,
            not_compared,
        }
    }
}

fn strength(strength: NameStrength) -> &'static str {
    match strength {
        NameStrength::Primary => "primary",
        NameStrength::Strong => "strong",
        NameStrength::Weak => "weak",
    }
}

/// What a list holds: `interdict lists show`.
#[must_use]
pub fn list_to_json(list: &ScreenList) -> Value {
    let report = &list.report;
    let counts = |map: &std::collections::BTreeMap<String, usize>| -> Value {
        map.iter().map(|(k, v)| (k.clone(), Value::from(*v))).collect::<Map<_, _>>().into()
    };
    json!({
        "source": list.source,
        "dataset": list.dataset,
        "version": list.version,
        "sha256": list.sha256,
        "files": files(list),
        "entities": counts(&report.entities),
        "names": report.names,
        "aliases": report.aliases,
        "relations": report.relations,
        "unmapped": counts(&report.unmapped),
        "skipped": skipped(list, usize::MAX),
        "warnings": report.warnings,
    })
}

/// The files of a list, as they were read.
pub(crate) fn files(list: &ScreenList) -> Vec<Value> {
    list.files.iter().map(|f| json!({ "name": f.name, "sha256": f.sha256, "bytes": f.bytes })).collect()
}

/// The first rows of a list that could not be read.
pub(crate) fn skipped(list: &ScreenList, most: usize) -> Vec<Value> {
    let skipped = list.report.skipped.iter().take(most);
    skipped.map(|s| json!({ "file": s.file, "line": s.line, "reason": s.reason })).collect()
}
