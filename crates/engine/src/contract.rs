//! The JSON that scripts rely on. Frozen: `ARCHITECTURE.md` describes it, snapshots hold it.

use model::{Entity, NameStrength, Schema, properties_to_json};
use screen::{Answer, Counterfactual, NameHit, NameOutcome, NameTried, Row, Scored};
use serde_json::{Map, Value, json};

use crate::{Explained, Outcome, Query, ScreenList, Screening};

/// Millibits or ten-thousandths as a JSON number.
#[must_use]
pub fn number(n: i32, per_unit: i32) -> Value {
    json!(f64::from(n) / f64::from(per_unit))
}

/// One line of the output: a query and its results. `detail` adds what one query by hand wants of each result and a
/// batch leaves to `--explain`: its `properties`, the sentence, what would have changed the score.
#[must_use]
pub fn answer_to_json(query: &Query, answer: &Answer, screening: &Screening<'_>, detail: bool) -> Value {
    let results: Vec<Value> = answer
        .hits
        .iter()
        .map(|hit| {
            let mut result = result(hit.entity, &hit.scored, screening);
            if detail {
                let counterfactuals = screening.counterfactuals(query, hit);
                let explanation = &mut result["explanation"];
                explanation["sentence"] = Value::from(screening.sentence(query, hit));
                explanation["counterfactuals"] = counterfactuals.iter().map(counterfactual).collect();
                result["properties"] = properties_to_json(screening.library().entity(hit.entity).1);
            }
            result
        })
        .collect();
    json!({
        "id": &*query.entity().id,
        "query": asked(query.entity()),
        "total": answer.total,
        "truncated": answer.truncated,
        "results": results,
    })
}

/// The place of a row that could not be screened.
#[must_use]
pub fn failed_row(id: &str, error: &str) -> Value {
    json!({ "id": id, "error": error, "results": [] })
}

/// What is asked for, as it was stated.
fn asked(query: &Entity) -> Value {
    let schema = if query.schema == Schema::Thing { Value::Null } else { Value::from(query.schema.name()) };
    json!({ "schema": schema, "properties": properties_to_json(query) })
}

fn result(place: usize, scored: &Scored, screening: &Screening<'_>) -> Value {
    let (list, entity) = screening.library().entity(place);
    let Scored { score, bits, basis, matched, .. } = scored;
    json!({
        "id": &*entity.id,
        "caption": entity.caption(),
        "schema": entity.schema.name(),
        "datasets": [list.dataset],
        "list_version": list.version,
        "basis": basis.name(),
        "score": number(i32::from(score.ten_thousandths()), 10_000),
        "bits": number(*bits, 1000),
        "match": matched,
        "policy": policy(place, screening),
        "explanation": explanation(scored),
    })
}

/// Listed parties explained: `interdict screen --explain ID`. A party where anything agrees has all that a result has;
/// `names` says how each of its names fared.
#[must_use]
pub fn explained_to_json(query: &Query, explained: &[Explained], screening: &Screening<'_>) -> Value {
    let parties = explained.iter().map(|party| {
        let (list, entity) = screening.library().entity(party.entity);
        let mut object = match &party.scored {
            Some(scored) => result(party.entity, scored, screening),
            None => json!({
                "id": &*entity.id,
                "caption": entity.caption(),
                "schema": entity.schema.name(),
                "datasets": [list.dataset],
                "list_version": list.version,
                "score": 0.0,
                "bits": 0.0,
                "match": false,
                "policy": policy(party.entity, screening),
                "explanation": {},
            }),
        };
        object["match"] = Value::from(party.verdict == Outcome::Match);
        object["verdict"] = Value::from(party.verdict.name());
        let explanation = &mut object["explanation"];
        explanation["sentence"] = Value::from(&*party.sentence);
        explanation["counterfactuals"] = party.counterfactuals.iter().map(counterfactual).collect();
        object["names"] = party.names.iter().map(name_tried).collect();
        object["properties"] = properties_to_json(entity);
        object
    });
    json!({
        "id": &*query.entity().id,
        "query": asked(query.entity()),
        "explained": parties.collect::<Vec<_>>(),
    })
}

fn counterfactual(counterfactual: &Counterfactual) -> Value {
    let Counterfactual { without, score, bits, matched } = counterfactual;
    json!({
        "without": without,
        "score": number(i32::from(score.ten_thousandths()), 10_000),
        "bits": number(*bits, 1000),
        "match": matched,
    })
}

fn name_tried(name: &NameTried) -> Value {
    let mut object = json!({
        "candidate": &*name.candidate,
        "property": name.property.name(),
        "strength": strength(name.strength),
    });
    match name.outcome {
        NameOutcome::Compared(score) => object["score"] = number(i32::from(score.ten_thousandths()), 10_000),
        NameOutcome::NothingAgrees => object["score"] = json!(0.0),
        NameOutcome::WeakByPolicy => object["not_compared"] = Value::from("weak_aliases_off"),
        NameOutcome::WeakOneWord => object["not_compared"] = Value::from("weak_alias_of_one_word"),
    }
    object
}

/// The policy, with what of it decided whether the result is a match. Bits only where they are asked for.
fn policy(place: usize, screening: &Screening<'_>) -> Value {
    let policy = screening.policy();
    let ruling = screening.ruling(place).unwrap_or(&policy.default);
    let mut object = json!({
        "name": policy.name,
        "match_threshold": number(i32::from(ruling.match_threshold.ten_thousandths()), 10_000),
    });
    if ruling.minimum_bits > 0 {
        object["minimum_bits"] = number(ruling.minimum_bits, 1000);
    }
    object
}

/// A scored pair of names: `interdict compare`.
#[must_use]
pub fn scored_to_json(scored: &Scored) -> Value {
    json!({
        "score": number(i32::from(scored.score.ten_thousandths()), 10_000),
        "bits": number(scored.bits, 1000),
        "match": scored.matched,
        "explanation": explanation(scored),
    })
}

fn explanation(scored: &Scored) -> Value {
    json!({
        "name": scored.name.as_ref().map(name_hit),
        "rows": scored.rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn strength(strength: NameStrength) -> &'static str {
    match strength {
        NameStrength::Primary => "primary",
        NameStrength::Strong => "strong",
        NameStrength::Weak => "weak",
    }
}

fn name_hit(name: &NameHit) -> Value {
    let mut object = json!({
        "query": &*name.query,
        "candidate": &*name.candidate,
        "property": name.property.name(),
        "strength": strength(name.strength),
    });
    if name.cut {
        object["cut"] = Value::Bool(true);
    }
    object
}

fn row(row: &Row) -> Value {
    let mut object = json!({
        "feature": row.feature,
        "kind": row.kind,
        "query": row.query,
        "candidate": row.candidate,
        "bits": number(row.bits, 1000),
        "share": number(row.share, 10_000),
        "gain": number(row.gain, 1000),
        "stake": number(row.stake, 1000),
    });
    if let Some(note) = &row.note {
        object["note"] = Value::from(&**note);
    }
    if row.disguised {
        object["disguised"] = Value::Bool(true);
    }
    object
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
