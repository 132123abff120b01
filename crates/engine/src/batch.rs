//! A file of customers, screened row by row over all cores, with the output in the order of the rows.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::contract::{answer_to_json, failed_row};
use crate::input::{Row, Rows};
use crate::{
    Configuration, EngineError, InputOptions, Library, Request, Search, configuration_hash, number,
    table_hash,
};

/// Rows that are held in memory at a time: enough to keep all cores busy, little enough to stay flat on any file.
const CHUNK: usize = 512;

/// Failed rows that the receipt and the report name; beyond, only their number is kept.
const NAMED_FAILURES: usize = 1000;

/// What to screen, and how.
pub struct BatchRequest<'a> {
    /// The customer file.
    pub input: &'a Path,
    /// Where the JSON lines go; `None` for the writer that the caller passes. The receipt lies beside it.
    pub output: Option<&'a Path>,
    /// How to read the file.
    pub options: InputOptions,
    /// What to return for each row.
    pub request: Request,
    /// How candidates are found.
    pub search: Search,
    /// Threads; `None` for one a core.
    pub threads: Option<usize>,
    /// The time, which libraries do not look up themselves.
    pub now: SystemTime,
}

/// How far a batch has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Rows done.
    pub rows: u64,
}

/// What came of a batch.
#[derive(Debug, Default)]
pub struct BatchReport {
    /// Rows read.
    pub rows: u64,
    /// Rows screened.
    pub screened: u64,
    /// Rows that could not be screened.
    pub failed: u64,
    /// Rows whose results a limit cut.
    pub truncated: u64,
    /// Rows with a result.
    pub with_results: u64,
    /// Rows with a match under the policy.
    pub with_match: u64,
    /// The first failed rows: id, line, reason. No personal data.
    pub failures: Vec<(String, u64, String)>,
    /// Things to tell the user.
    pub warnings: Vec<String>,
    /// Where the receipt lies.
    pub receipt: Option<PathBuf>,
}

/// Screens a file. The output appears under its name only when it is whole: until then it is `OUTPUT.part`.
///
/// # Errors
/// The input cannot be opened or ends in damage, or the output cannot be written. Rows that fail are no error here:
/// they are counted, named, and stand in the output in their place.
pub fn screen_file(
    library: &Library,
    policy: &Configuration,
    batch: BatchRequest<'_>,
    fallback: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<BatchReport, EngineError> {
    let mut rows = Rows::open(batch.input, batch.options.clone())?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(batch.threads.unwrap_or(0))
        .build()
        .map_err(|e| EngineError::usage(format!("--threads: {e}")))?;
    let part = batch.output.map(|path| with_suffix(path, "part"));
    let mut output: Box<dyn Write + '_> = match &part {
        Some(part) => {
            let file =
                File::create(part).map_err(|e| EngineError::input(format!("{}: {e}", part.display())))?;
            Box::new(BufWriter::with_capacity(1 << 18, file))
        }
        None => Box::new(fallback),
    };
    let mut report = BatchReport::default();
    let mut hasher = Sha256::new();
    loop {
        let mut chunk: Vec<Row> = Vec::with_capacity(CHUNK);
        let mut damage = None;
        while chunk.len() < CHUNK {
            match rows.next_row() {
                Ok(Some(row)) => chunk.push(row),
                Ok(None) => break,
                Err(e) => {
                    damage = Some(e);
                    break;
                }
            }
        }
        let done = chunk.len() < CHUNK;
        let lines: Vec<Line> = pool.install(|| {
            chunk.par_iter().map(|row| Line::of(row, library, policy, batch.request, batch.search)).collect()
        });
        for (row, line) in chunk.into_iter().zip(lines) {
            report.count(row, &line);
            hasher.update(&line.text);
            output.write_all(&line.text).map_err(|e| unwritable(batch.output, &e))?;
        }
        progress(Progress { rows: report.rows });
        if let Some(e) = damage {
            let message = format!("{} ends in damage after row {}: {e}", batch.input.display(), report.rows);
            return Err(EngineError::input(message).hint("fetch the file again; no output was put in place"));
        }
        if done {
            break;
        }
    }
    output.flush().map_err(|e| unwritable(batch.output, &e))?;
    drop(output);
    report.warnings.append(&mut rows.warnings);
    if rows.recoded > 0 {
        report.warnings.push(format!("{} rows were not UTF-8 and were read as windows-1252", rows.recoded));
    }
    if let (Some(path), Some(part)) = (batch.output, part) {
        let output_hash: String = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let receipt = receipt(library, policy, &batch, &report, &output_hash);
        let receipt_path = with_suffix(path, "run.json");
        let pretty = serde_json::to_string_pretty(&receipt).unwrap_or_default() + "\n";
        std::fs::write(&receipt_path, pretty).map_err(|e| unwritable(Some(&receipt_path), &e))?;
        std::fs::rename(&part, path).map_err(|e| unwritable(Some(path), &e))?;
        report.receipt = Some(receipt_path);
    }
    Ok(report)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn unwritable(path: Option<&Path>, error: &std::io::Error) -> EngineError {
    let place = path.map_or_else(|| "standard output".to_owned(), |p| p.display().to_string());
    EngineError::input(format!("{place} cannot be written: {error}"))
}

/// One line of the output.
struct Line {
    text: Vec<u8>,
    truncated: bool,
    results: bool,
    matched: bool,
}

impl Line {
    fn of(row: &Row, library: &Library, policy: &Configuration, request: Request, search: Search) -> Self {
        let (value, truncated, results, matched) = match &row.query {
            Err(error) => (failed_row(&row.id, error), false, false, false),
            Ok(query) => {
                let answer = library.screen(query, policy, request, search);
                let matched = answer.hits.iter().any(|hit| hit.scored.matched);
                let value = answer_to_json(query, &answer, library, policy, false);
                (value, answer.truncated, !answer.hits.is_empty(), matched)
            }
        };
        let mut text = value.to_string().into_bytes();
        text.push(b'\n');
        Self { text, truncated, results, matched }
    }
}

impl BatchReport {
    fn count(&mut self, row: Row, line: &Line) {
        self.rows += 1;
        self.truncated += u64::from(line.truncated);
        self.with_results += u64::from(line.results);
        self.with_match += u64::from(line.matched);
        match row.query {
            Ok(_) => self.screened += 1,
            Err(reason) => {
                self.failed += 1;
                if self.failures.len() < NAMED_FAILURES {
                    self.failures.push((row.id, row.line, reason));
                }
            }
        }
    }
}

fn receipt(
    library: &Library,
    policy: &Configuration,
    batch: &BatchRequest<'_>,
    report: &BatchReport,
    output_hash: &str,
) -> Value {
    let seconds = |from: SystemTime| batch.now.duration_since(from).map(|d| d.as_secs()).ok();
    let epoch = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.as_secs()).ok();
    let lists: Vec<Value> = library
        .lists()
        .iter()
        .map(|list| {
            let files: Vec<Value> = list
                .files
                .iter()
                .map(|f| json!({ "name": f.name, "sha256": f.sha256, "bytes": f.bytes }))
                .collect();
            json!({
                "source": list.source,
                "dataset": list.dataset,
                "version": list.version,
                "sha256": list.sha256,
                "modified": list.modified.and_then(epoch),
                "age_seconds": list.modified.and_then(seconds),
                "parties": list.entities.len(),
                "skipped": list.report.skipped.len(),
                "warnings": list.report.warnings,
                "files": files,
            })
        })
        .collect();
    let failures: Vec<Value> = report
        .failures
        .iter()
        .map(|(id, line, error)| json!({ "id": id, "line": line, "error": error }))
        .collect();
    json!({
        "engine": { "name": "interdict", "version": env!("CARGO_PKG_VERSION") },
        "started": epoch(batch.now),
        "configuration": { "sha256": configuration_hash(policy), "settings": policy.canonical() },
        "tables": { "sha256": table_hash() },
        "request": {
            "threshold": number(i32::from(batch.request.threshold.ten_thousandths()), 10_000),
            "limit": batch.request.limit,
        },
        "lists": lists,
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
        "failures": failures,
        "warnings": report.warnings,
    })
}
