//! A comparison of policies as JSON and CSV.

use serde_json::{Value, json};

use super::{Change, Counts, DiffReport, Verdict};
use crate::{Screening, number, policy_hash};

impl Change {
    /// The head of a table of changes.
    pub const COLUMNS: [&'static str; 15] = [
        "row",
        "line",
        "query",
        "id",
        "caption",
        "schema",
        "list",
        "change",
        "reason",
        "old_score",
        "old_bits",
        "old_match",
        "new_score",
        "new_bits",
        "new_match",
    ];

    /// One record under [`Change::COLUMNS`].
    #[must_use]
    pub fn record(&self) -> [String; 15] {
        let [[a, b, c], [d, e, f]] = [&self.old, &self.new].map(|verdict| {
            verdict.as_ref().map_or_else(Default::default, |v| {
                [v.score.to_string(), number(v.bits, 1000).to_string(), v.matched.to_string()]
            })
        });
        let Self { row, line, query, id, caption, schema, list, kind, reason, .. } = self;
        [
            row.clone(),
            line.to_string(),
            query.clone(),
            id.clone(),
            caption.clone(),
            schema.to_string(),
            list.clone(),
            kind.name().to_owned(),
            reason.clone(),
            a,
            b,
            c,
            d,
            e,
            f,
        ]
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let verdict = |verdict: &Option<Verdict>| {
            verdict.as_ref().map(|v| {
                json!({
                    "score": number(i32::from(v.score.ten_thousandths()), 10_000),
                    "bits": number(v.bits, 1000),
                    "match": v.matched,
                    "match_threshold": number(i32::from(v.threshold.ten_thousandths()), 10_000),
                })
            })
        };
        json!({
            "row": self.row,
            "line": self.line,
            "query": self.query,
            "id": self.id,
            "caption": self.caption,
            "schema": self.schema.name(),
            "list": self.list,
            "change": self.kind.name(),
            "reason": self.reason,
            "old": verdict(&self.old),
            "new": verdict(&self.new),
        })
    }
}

/// What was compared, without the changes: who, over which lists, and the sums.
#[must_use]
pub fn diff_to_json(old: &Screening<'_>, new: &Screening<'_>, report: &DiffReport) -> Value {
    let policy = |s: &Screening<'_>| json!({ "name": s.policy().name, "sha256": policy_hash(s.policy()) });
    let counts = |c: &Counts| json!({ "gained": c.gained, "lost": c.lost, "changed": c.changed });
    let with = |mut object: Value, c: &Counts| {
        for (key, value) in counts(c).as_object().into_iter().flatten() {
            object[key] = value.clone();
        }
        object
    };
    let lists = old.library().lists().iter();
    json!({
        "old": policy(old),
        "new": policy(new),
        "lists": lists.map(|l| json!({ "dataset": l.dataset, "version": l.version })).collect::<Vec<_>>(),
        "rows": {
            "in": report.rows,
            "failed": report.failed,
            "changed": report.rows_changed,
            "newly_matched": report.rows_newly_matched,
            "newly_clear": report.rows_newly_clear,
        },
        "matches": { "old": report.matches_old, "new": report.matches_new },
        "total": counts(&report.total),
        "by_party": report.by_party.iter().map(|((list, schema), c)| with(json!({ "list": list, "schema": schema }), c)).collect::<Vec<_>>(),
        "by_reason": report.by_reason.iter().map(|(reason, c)| with(json!({ "reason": reason }), c)).collect::<Vec<_>>(),
        "failures": report.failures.iter().map(|(id, line, error)| json!({ "id": id, "line": line, "error": error })).collect::<Vec<_>>(),
        "warnings": report.warnings,
    })
}
