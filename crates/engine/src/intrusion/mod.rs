//! Access logs, and files of values, read from where they lie.

mod values;

use std::path::{Path, PathBuf};

use ::intrusion::{Findings, Log, each_line};
use serde_json::{Value, json};

use crate::source::{damaged, stream};
use crate::{EngineError, Progress};

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
}

/// Reads logs as one, the oldest first or not: plain, gzip or zip.
pub fn read_logs(paths: &[PathBuf], show: &mut dyn FnMut(Progress)) -> LogReport {
    let (mut log, mut report, mut next) = (Log::default(), LogReport::default(), 1);
    for path in paths {
        let first_line = next;
        if let Err(error) = read_log(path, &mut log, &mut next, show) {
            report.failures.push((path.clone(), error));
        }
        if next > first_line {
            report.files.push(LogFile { path: path.clone(), first_line, lines: next - first_line });
        }
    }
    report.findings = log.finish();
    report
}

fn read_log(
    path: &Path,
    log: &mut Log,
    next: &mut u64,
    show: &mut dyn FnMut(Progress),
) -> Result<(), EngineError> {
    let stream = stream(path)?;
    let position = stream.position.clone();
    log.begin_file();
    let read = each_line(stream.input, *next, |number, line| {
        log.push(number, line);
        *next = number + 1;
        if number % SHOW_EVERY == 0 {
            show(Progress {
                rows: number,
                bytes: position.read(),
                of_bytes: position.of,
                ..Progress::default()
            });
        }
    });
    read.map(drop).map_err(|e| damaged(&path.display().to_string(), &e))
}

impl LogReport {
    /// The report as `interdict intrusion` writes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut value = self.findings.to_json();
        let file = |f: &LogFile| json!({"path": f.path.display().to_string(), "first_line": f.first_line, "lines": f.lines});
        value["files"] = self.files.iter().map(file).collect();
        let failed = |(path, error): &(PathBuf, EngineError)| json!({"path": path.display().to_string(), "error": error.to_string()});
        value["failed"] = self.failures.iter().map(failed).collect();
        value
    }
}
