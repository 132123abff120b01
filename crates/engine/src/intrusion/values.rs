//! A file of values, each judged.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use ::intrusion::{Verdict, judge};

use crate::EngineError;
use crate::columns::{add_columns, column as place_of};
use crate::records::Record;

/// What came of a file of values.
#[derive(Debug, Default)]
pub struct ValuesReport {
    /// Values by verdict, in the order of [`Verdict::ALL`].
    pub counts: Vec<(&'static str, u64)>,
    /// Rows that could not be read: line and reason.
    pub failures: Vec<(u64, String)>,
}

/// Judges the values in one column of a CSV file and writes all columns back with `verdict` and the `rule` that gave it.
/// A row that cannot be read keeps its place, with neither.
///
/// # Errors
/// The file cannot be read, has no such column, or the output cannot be written.
pub fn judge_values(
    input: &Path,
    column: &str,
    output: Option<&Path>,
    fallback: &mut dyn Write,
) -> Result<ValuesReport, EngineError> {
    let mut counts = vec![0_u64; Verdict::ALL.len()];
    let mut report = ValuesReport::default();
    add_columns(input, output, fallback, ["verdict", "rule"], |header| {
        let place = place_of(header, column).ok_or_else(|| {
            EngineError::input(format!("{} line 1: no column {column}", input.display()))
                .hint(format!("name one of its columns with --column: {}", header.join(", ")))
        })?;
        let (counts, failures) = (&mut counts, &mut report.failures);
        Ok(move |record: &Record<'_>| match &record.wrong {
            Some(wrong) => {
                failures.push((record.line, wrong.to_string()));
                ["", ""].map(Cow::from)
            }
            None => {
                let judged = judge(record.cells[place].as_bytes());
                if let Some(n) = Verdict::ALL.iter().position(|v| *v == judged.verdict) {
                    counts[n] += 1;
                }
                [judged.verdict.name(), judged.rule].map(Cow::from)
            }
        })
    })?;
    report.counts = Verdict::ALL.iter().map(|v| v.name()).zip(counts).collect();
    Ok(report)
}
