//! Files of shares, with CooRTweet's columns.

use std::path::Path;

use ::campaign::{Edge, ShareError, Shares, Summary};
use serde_json::{Value, json};

use crate::EngineError;
use crate::columns::column;
use crate::records::Records;
use crate::source::{damaged, stream};

const COLUMNS: [&str; 4] = ["object_id", "account_id", "content_id", "timestamp_share"];

/// Failed rows that are kept with their reason; all are counted.
const KEPT_FAILURES: usize = 1000;

/// What was read of a file of shares.
#[derive(Debug, Default)]
pub struct SharesRead {
    /// The shares.
    pub shares: Shares,
    /// Rows of the file, the failed ones too.
    pub rows: u64,
    /// Rows that could not be taken.
    pub failed: u64,
    /// The first of them: the row's content id as far as it could be told, its line, the reason.
    pub failures: Vec<(String, u64, String)>,
}

/// Reads a CSV of shares, plain or packed, with the columns `object_id`, `account_id`, `content_id` and `timestamp_share`
/// (seconds) in any order; other columns are left aside. A row that cannot be read is named and the others are read.
///
/// # Errors
/// The file cannot be read, lacks a column, or holds more shares than can be numbered.
pub fn read_shares(path: &Path) -> Result<SharesRead, EngineError> {
    let shown = path.display().to_string();
    let failed = |e: std::io::Error| damaged(&shown, &e);
    let mut records = Records::new(stream(path)?.input).map_err(failed)?;
    let header = records.next_record().map_err(failed)?.map(|record| record.cells).unwrap_or_default();
    let place = |name: &str| column(&header, name);
    let [Some(object), Some(account), Some(content), Some(time)] = COLUMNS.map(place) else {
        let missing: Vec<&str> = COLUMNS.into_iter().filter(|name| place(name).is_none()).collect();
        return Err(EngineError::input(format!("{shown} line 1: no column {}", missing.join(", ")))
            .hint(format!("the header must name {}", COLUMNS.join(","))));
    };
    let mut read = SharesRead::default();
    while let Some(record) = records.next_record().map_err(failed)? {
        read.rows += 1;
        let cells = &record.cells;
        let taken = match &record.wrong {
            Some(wrong) => Err(wrong.to_string()),
            None => match seconds(&cells[time]) {
                Some(at) => match read.shares.push(&cells[object], &cells[account], &cells[content], at) {
                    Err(full @ ShareError::Full) => {
                        return Err(EngineError::input(format!("{shown}: {full}")));
                    }
                    taken => taken.map_err(|e| e.to_string()),
                },
                None => Err("timestamp_share is no number of seconds".to_owned()),
            },
        };
        if let Err(reason) = taken {
            read.failed += 1;
            if read.failures.len() < KEPT_FAILURES {
                let id = cells.get(content).map_or("", |cell| cell);
                // An id of a megabyte is no id: a quotation mark did not close.
                read.failures.push((id.chars().take(64).collect(), record.line, reason));
            }
        }
    }
    Ok(read)
}

fn seconds(cell: &str) -> Option<f64> {
    cell.trim().parse().ok().filter(|seconds: &f64| seconds.is_finite())
}

/// The counts, as the contract has them: `{"pairs","accounts","edges","components"}`, and `weight_threshold` where a
/// quantile was asked for.
#[must_use]
pub fn summary_to_json(summary: &Summary) -> Value {
    let mut value = json!({
        "pairs": summary.pairs,
        "accounts": summary.accounts,
        "edges": summary.edges,
        "components": summary.components,
    });
    if let Some(threshold) = summary.weight_threshold {
        value["weight_threshold"] = json!(threshold);
    }
    value
}

/// An edge with the messages behind it.
#[must_use]
pub fn edge_to_json(edge: &Edge<'_>) -> Value {
    let messages = edge.shares.iter().map(|share| {
        json!({
            "object_id": share.object_id,
            "account_id": share.account_id,
            "content_id": share.content_id,
            "timestamp_share": share.timestamp_share,
        })
    });
    json!({
        "account_id": edge.account_id,
        "account_id_y": edge.account_id_y,
        "weight": edge.weight,
        "avg_time_delta": edge.avg_time_delta,
        "n_content_id": edge.n_content_id,
        "n_content_id_y": edge.n_content_id_y,
        "edge_symmetry_score": edge.edge_symmetry_score,
        "messages": messages.collect::<Vec<_>>(),
    })
}
