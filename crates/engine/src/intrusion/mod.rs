//! Access logs, and files of values, read from where they lie.

mod spill;
mod values;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::intrusion::{Findings, Log, each_line};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use self::spill::Folder;
use crate::source::{damaged, stream};
use crate::{EngineError, Progress};

pub use spill::SpillTo;
pub use values::{ValuesReport, judge_values};

/// Lines between two reports of progress.
const SHOW_EVERY: u64 = 1 << 16;

/// A log that was read.
#[derive(Clone, Debug)]
pub struct LogFile {
    /// Where it lies.
    pub path: PathBuf,
    /// The number of its first line: lines are counted through all logs of a run.
    pub first_line: u64,
    /// How many it has.
    pub lines: u64,
}

/// What the logs of a run show.
#[derive(Debug, Default)]
pub struct LogReport {
    /// The logs, in the order in which they were read.
    pub files: Vec<LogFile>,
    /// Those that could not be read, or not to the end: what was read of them counts.
    pub failures: Vec<(PathBuf, EngineError)>,
    /// What they show together.
    pub findings: Findings,
    /// The most bytes that were on disk at a time, where it was told to spill.
    pub spilled: Option<u64>,
}

/// Reads logs as one, the oldest first or not: plain, gzip or zip. What comes of it is the same where it spills.
///
/// # Errors
/// Nothing can be written where it is told to spill, or no more. Logs that cannot be read are no error of all.
pub fn read_logs(
    paths: &[PathBuf],
    spill: Option<SpillTo>,
    show: &mut dyn FnMut(Progress),
) -> Result<LogReport, EngineError> {
    let (mut report, mut next) = (LogReport::default(), 1);
    let (mut log, folder) = match spill {
        Some(SpillTo { folder, above }) => {
            let folder = Arc::new(Folder::open(folder)?);
            (Log::spilling(folder.clone(), above), Some(folder))
        }
        None => (Log::default(), None),
    };
    // Without a folder there is no such error.
    let full = |e: io::Error| folder.as_ref().map_or_else(|| damaged("memory", &e), |f| f.failed(&e));
    for path in paths {
        let first_line = next;
        if let Err(error) = read_log(path, &mut log, &mut next, show).map_err(full)? {
            report.failures.push((path.clone(), error));
        }
        if next > first_line {
            report.files.push(LogFile { path: path.clone(), first_line, lines: next - first_line });
        }
    }
    report.findings = log.finish().map_err(full)?;
    report.spilled = folder.map(|folder| folder.most());
    Ok(report)
}

/// A log that is in memory.
pub(crate) fn log_of(name: &str, bytes: &[u8]) -> Result<LogReport, EngineError> {
    let mut log = Log::default();
    let next = log.read(bytes, 1).map_err(|e| damaged(name, &e))?;
    let file = LogFile { path: PathBuf::from(name), first_line: 1, lines: next - 1 };
    let findings = log.finish().map_err(|e| damaged(name, &e))?;
    Ok(LogReport { files: vec![file], findings, ..LogReport::default() })
}

/// Reads one log. The outer error is that of spilling, which ends the run; the inner one is the log's own.
fn read_log(
    path: &Path,
    log: &mut Log,
    next: &mut u64,
    show: &mut dyn FnMut(Progress),
) -> io::Result<Result<(), EngineError>> {
    let stream = match stream(path) {
        Ok(stream) => stream,
        Err(error) => return Ok(Err(error)),
    };
    let position = stream.position.clone();
    log.begin_file();
    let mut pushed = Ok(());
    let read = each_line(stream.input, *next, |number, line| {
        *next = number + 1;
        if let Err(error) = log.push(number, line) {
            pushed = Err(error);
            return Err(io::ErrorKind::Other.into());
        }
        if number % SHOW_EVERY == 0 {
            show(Progress {
                rows: number,
                bytes: position.read(),
                of_bytes: position.of,
                ..Progress::default()
            });
        }
        Ok(())
    });
    pushed?;
    Ok(read.map(drop).map_err(|e| damaged(&path.display().to_string(), &e)))
}

/// Written as `interdict intrusion` writes it, without a copy of the records.
impl Serialize for LogReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WithOperation { report: self, operation: None }.serialize(serializer)
    }
}

/// A report with what it and the messages come to.
#[derive(Clone, Copy, Debug)]
pub struct WithOperation<'a> {
    /// What the logs show.
    pub report: &'a LogReport,
    /// The operation as JSON, where there is one: the last entry.
    pub operation: Option<&'a Value>,
}

impl Serialize for WithOperation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let LogReport { files, failures, findings, .. } = self.report;
        let file = |f: &LogFile| json!({"path": f.path.display().to_string(), "first_line": f.first_line, "lines": f.lines});
        let failed = |(path, error): &(PathBuf, EngineError)| json!({"path": path.display().to_string(), "error": error.to_string()});
        let mut map = serializer.serialize_map(None)?;
        findings.serialize_into(&mut map)?;
        map.serialize_entry("files", &files.iter().map(file).collect::<Vec<_>>())?;
        map.serialize_entry("failed", &failures.iter().map(failed).collect::<Vec<_>>())?;
        if let Some(operation) = self.operation {
            map.serialize_entry("operation", operation)?;
        }
        map.end()
    }
}

impl LogReport {
    /// The report as `interdict intrusion` writes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        // Texts and numbers: that cannot fail.
        serde_json::to_value(self).unwrap_or_default()
    }
}
