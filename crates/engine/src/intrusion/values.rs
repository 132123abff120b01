//! A file of values, each judged.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use ::intrusion::{Verdict, judge};

use crate::EngineError;
use crate::output::{Output, unwritable};
use crate::records::Records;
use crate::source::{damaged, stream};

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
    let shown = input.display();
    let failed = |e: std::io::Error| damaged(&shown.to_string(), &e);
    let mut records = Records::new(stream(input)?.input).map_err(failed)?;
    let header = records.next_record().map_err(failed)?.map(|r| r.cells).unwrap_or_default();
    let header: Vec<String> = header.into_iter().map(Cow::into_owned).collect();
    let Some(place) = header.iter().position(|h| h.trim().eq_ignore_ascii_case(column)) else {
        return Err(EngineError::input(format!("{shown} line 1: no column {column}"))
            .hint(format!("name one of its columns with --column: {}", header.join(", "))));
    };
    let mut file = output.map(|path| Output::create(path, &[input])).transpose()?;
    let sink: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => fallback,
    };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(sink);
    let refused = |e: csv::Error| unwritable(output, &e.into());
    writer.write_record(header.iter().map(String::as_str).chain(["verdict", "rule"])).map_err(refused)?;
    let mut counts = vec![0_u64; Verdict::ALL.len()];
    let mut report = ValuesReport::default();
    while let Some(mut record) = records.next_record().map_err(failed)? {
        let cells = &mut record.cells;
        cells.resize(cells.len().max(header.len()), Cow::default());
        let (verdict, rule) = match record.wrong {
            Some(wrong) => {
                report.failures.push((record.line, wrong.to_string()));
                ("", "")
            }
            None => {
                let judged = judge(cells[place].as_bytes());
                if let Some(n) = Verdict::ALL.iter().position(|v| *v == judged.verdict) {
                    counts[n] += 1;
                }
                (judged.verdict.name(), judged.rule)
            }
        };
        let own = cells.iter().map(|cell| cell.as_bytes());
        writer.write_record(own.chain([verdict.as_bytes(), rule.as_bytes()])).map_err(refused)?;
    }
    writer.flush().map_err(|e| unwritable(output, &e))?;
    drop(writer);
    file.map(Output::commit).transpose()?;
    report.counts = Verdict::ALL.iter().map(|v| v.name()).zip(counts).collect();
    Ok(report)
}
