//! The outcome as JSON. Two runs of one engine with one seed on one list differ in `timings` alone.

use serde_json::{Value, json};

use crate::outcome::{Alarm, Found, Hashed, Outcome, SPECIAL, Trial};
use crate::share::thousandths;
use crate::{TREATMENTS, requirements};

/// Version of this form.
const FORM: u32 = 1;

fn score(n: u16) -> f64 {
    f64::from(n) / 10_000.0
}

fn hashes(files: &[Hashed]) -> Value {
    files.iter().map(|f| json!({ "name": f.name, "sha256": f.sha256 })).collect()
}

fn setting(outcome: &Outcome) -> Value {
    let s = &outcome.setting;
    let lists: Value = s
        .lists
        .iter()
        .map(|l| {
            json!({ "source": l.source, "dataset": l.dataset, "version": l.version, "sha256": l.sha256,
                    "parties": l.parties, "skipped": l.skipped, "files": hashes(&l.files) })
        })
        .collect();
    json!({
        "engine": s.engine,
        "configuration": { "sha256": s.configuration, "settings": s.settings },
        "tables": { "sha256": s.tables },
        "validation_tables": hashes(&s.own_tables),
        "lists": lists,
        "placebo": { "source": s.placebo, "sha256": s.placebo_sha256, "listed_left_out": s.placebo_listed,
                     "failed": s.placebo_failed },
        "seed": s.seed,
        "records": s.records,
        "line": score(s.line),
        "variants_that_are_listed_names_left_out": s.collisions,
    })
}

fn treatments(outcome: &Outcome) -> Value {
    outcome
        .rows
        .iter()
        .map(|row| {
            let treatment = &TREATMENTS[row.treatment];
            let cells: serde_json::Map<String, Value> =
                row.cells.iter().map(|(column, share)| (column.clone(), share.to_json())).collect();
            json!({ "code": treatment.code, "title": treatment.title, "severity": treatment.severity.name(),
                    "what": treatment.what, "applicable": row.applicable, "found": row.share.to_json(), "by": cells })
        })
        .collect()
}

fn miss(trial: &Trial) -> Value {
    let why = trial.why.as_ref().map(|w| json!({ "kind": w.kind, "query": w.query, "listed": w.listed }));
    json!({ "treatment": trial.treatment.map(|t| TREATMENTS[t].code), "entity": trial.entity,
            "schema": trial.group.name(), "script": trial.script, "weak": trial.weak, "listed": trial.listed,
            "query": trial.query, "score": score(trial.score), "why": why, "reason": trial.excused,
            "lost_by_search": trial.lost })
}

fn alarm(a: &Alarm) -> Value {
    json!({ "origin": a.origin, "name": a.query, "met": a.met, "entity": a.entity, "score": score(a.score) })
}

fn found(f: &Found) -> Value {
    json!({ "query": f.query, "met": f.met, "entity": f.entity, "score": score(f.score), "right": f.right,
            "unlisted": f.placebo })
}

impl Outcome {
    /// The whole, in a fixed order of keys.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let requirements: Value = requirements(self)
            .iter()
            .map(|r| json!({ "id": r.id, "asks": r.asks, "verdict": r.verdict.name(), "evidence": r.evidence }))
            .collect();
        let special: Value = SPECIAL
            .iter()
            .zip(&self.special)
            .map(|((name, what), row)| {
                json!({ "name": name, "what": what, "exact": row.exact.to_json(), "altered": row.altered.to_json() })
            })
            .collect();
        let curve: Value = self
            .curve
            .iter()
            .map(|p| {
                json!({ "threshold": score(p.threshold), "exact": p.exact.to_json(), "altered": p.altered.to_json(),
                        "stress": p.stress.to_json(), "false_alarms": p.alarms.to_json() })
            })
            .collect();
        let bands: Value = self
            .bands
            .iter()
            .map(|b| json!({ "from": score(b.from), "to": score(b.to), "right": b.right.to_json() }))
            .collect();
        let origins: Value = self
            .origins
            .iter()
            .map(|(origin, share)| json!({ "origin": origin, "false_alarms": share.to_json() }))
            .collect();
        let slowest: Value = self
            .timings
            .slowest
            .iter()
            .map(|(us, query)| json!({ "microseconds": us, "query": query }))
            .collect();
        json!({
            "validation": FORM,
            "setting": setting(self),
            "summary": {
                "exact": self.exact.to_json(),
                "exact_excused": self.excused,
                "altered": self.altered.to_json(),
                "stress": self.stress.to_json(),
                "false_alarms": self.alarms.to_json(),
                "false_alarms_per_1000": thousandths(self.alarms_per_thousand()),
                "lost_by_search": self.lost,
                "ranks": { "1": self.ranks[0], "2-5": self.ranks[1], "6-10": self.ranks[2], "11-": self.ranks[3] },
            },
            "requirements": requirements,
            "treatments": treatments(self),
            "special": special,
            "curve": curve,
            "calibration": { "listed_queries": self.banded.0, "unlisted_queries": self.banded.1, "bands": bands },
            "origins": origins,
            "false_alarms": self.false_alarms.iter().map(alarm).collect::<Vec<_>>(),
            "above_the_line": self.at_the_line[0].iter().map(found).collect::<Vec<_>>(),
            "below_the_line": self.at_the_line[1].iter().map(found).collect::<Vec<_>>(),
            "misses": self.misses.iter().map(miss).collect::<Vec<_>>(),
            "timings": {
                "run_milliseconds": self.timings.run,
                "threads": self.timings.threads,
                "queries": self.timings.sorted.len(),
                "median_microseconds": self.timings.quantile(500),
                "p95_microseconds": self.timings.quantile(950),
                "p99_microseconds": self.timings.quantile(990),
                "slowest": slowest,
            },
        })
    }
}
