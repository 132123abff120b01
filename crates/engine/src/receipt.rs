//! The receipt of a batch: what was screened against what, under which tables.

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::contract::{files, skipped};
use crate::{BatchReport, BatchRequest, Policy, Score, ScreenList, Screening, number, policy_hash};

pub use vault::sha256 as sha256_hex;

/// Rows of a list that could not be read and that the receipt names; beyond, only their number is kept.
const NAMED_ROWS: usize = 1000;

/// The hash of every table that a score depends on.
#[must_use]
pub fn table_hash() -> String {
    let mut texts = names::table_hash_input();
    texts.extend(screen::table_texts());
    sha256_hex(&texts.iter().map(|t| t.as_bytes()).collect::<Vec<_>>())
}

/// The receipt of a batch.
pub(crate) fn receipt(
    screening: &Screening<'_>,
    batch: &BatchRequest<'_>,
    report: &BatchReport,
    output_hash: &str,
) -> Value {
    let (policy, lists) = (screening.policy(), screening.library().lists());
    json!({
        "engine": engine(),
        "started": epoch(batch.now),
        "configuration": configuration(policy),
        "tables": { "sha256": table_hash() },
        "request": {
            "threshold": threshold(screening, batch.request.threshold),
            "limit": batch.request.limit,
        },
        "lists": versions(lists, screening.out_of_scope(), batch.now),
        "input": batch.input.display().to_string(),
        "output": { "path": batch.output.map(|p| p.display().to_string()), "sha256": output_hash },
        "rows": {
            "in": report.rows,
            "screened": report.screened,
            "failed": report.failed,
            "truncated": report.truncated,
            "with_results": report.with_results,
            "with_match": report.with_match,
        },
        "failures": failures(&report.failures),
        "warnings": report.warnings,
    })
}

/// What ran.
pub(crate) fn engine() -> Value {
    json!({ "name": "interdict", "version": env!("CARGO_PKG_VERSION") })
}

/// Under which policy.
pub(crate) fn configuration(policy: &Policy) -> Value {
    json!({ "sha256": policy_hash(policy), "policy": policy.name, "settings": policy.canonical() })
}

/// The failed rows that a receipt names.
pub(crate) fn failures(failures: &[(String, u64, String)]) -> Vec<Value> {
    let failure =
        |(id, line, error): &(String, u64, String)| json!({ "id": id, "line": line, "error": error });
    failures.iter().map(failure).collect()
}

/// Seconds since 1970.
pub(crate) fn epoch(time: SystemTime) -> Option<u64> {
    time.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.as_secs()).ok()
}

/// Which versions of which lists, with how many of their parties are out of scope.
pub(crate) fn versions(lists: &[ScreenList], out_of_scope: &[usize], now: SystemTime) -> Vec<Value> {
    let seconds = |from: SystemTime| now.duration_since(from).map(|d| d.as_secs()).ok();
    let version = |(list, out_of_scope): (&ScreenList, &usize)| {
        json!({
            "source": list.source,
            "dataset": list.dataset,
            "version": list.version,
            "sha256": list.sha256,
            "modified": list.modified.and_then(epoch),
            "age_seconds": list.modified.and_then(seconds),
            "parties": list.entities.len(),
            "out_of_scope": out_of_scope,
            "skipped": skipped(list, NAMED_ROWS),
            "skipped_count": list.report.skipped.len(),
            "warnings": list.report.warnings,
            "files": files(list),
        })
    };
    lists.iter().zip(out_of_scope).map(version).collect()
}

/// The lowest score that was returned; null where a policy gives parties thresholds of their own.
fn threshold(screening: &Screening<'_>, asked: Option<Score>) -> Option<Value> {
    let (lowest, highest) = screening.thresholds();
    let all = asked.or_else(|| (lowest == highest).then_some(lowest));
    all.map(|score| number(i32::from(score.ten_thousandths()), 10_000))
}
