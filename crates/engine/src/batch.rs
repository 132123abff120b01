//! A file of customers, screened row by row over all cores, with the output in the order of the rows.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::chunks::{Piece, in_order, pool};
use crate::contract::{write_answer, write_failed_row};
use crate::doubts::Doubts;
use crate::input::{Row, Rows, json_row};
use crate::lines::Lines;
use crate::receipt::receipt;
use crate::timings::Stopwatch;
use crate::{EngineError, InputOptions, Request, Screening, Search, Timings};

/// Failed rows that the receipt and the report name; beyond, only their number is kept.
pub(crate) const NAMED_FAILURES: usize = 1000;

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
    /// Whether to take the time of each stage.
    pub timings: bool,
}

/// How far a batch has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Rows done.
    pub rows: u64,
    /// Bytes of the file that are behind with them, packed where it is packed.
    pub bytes: u64,
    /// Of how many bytes; `None`: standard input and pipes do not tell.
    pub of_bytes: Option<u64>,
    /// Rows with a result so far.
    pub with_results: u64,
    /// Rows with a match so far.
    pub with_match: u64,
    /// Rows that could not be screened so far.
    pub failed: u64,
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
    /// Where the time went, if that was asked for.
    pub timings: Timings,
    /// What rows were screened without, or only in part.
    doubts: Doubts,
}

/// Screens a file. The output appears under its name only when it is whole: until then it is `OUTPUT.part`.
///
/// # Errors
/// The input cannot be opened or ends in damage, or the output cannot be written; or `progress` says that it is enough. Rows that fail are no error here:
/// they are counted, named, and stand in the output in their place.
pub fn screen_file(
    screening: &Screening<'_>,
    batch: BatchRequest<'_>,
    fallback: &mut dyn Write,
    progress: &mut dyn FnMut(Progress) -> Result<(), EngineError>,
) -> Result<BatchReport, EngineError> {
    let _span = tracing::info_span!("screen_file").entered();
    let pool = pool(batch.threads)?;
    let Rows { reader, form, warnings, .. } = Rows::open(batch.input, batch.options.clone())?;
    let lists = screening.library().lists().iter().map(|list| Path::new(&list.source));
    let read: Vec<&Path> = std::iter::once(batch.input).chain(lists).collect();
    let mut output = Lines::begin(batch.output, &read, fallback)?;
    let of_bytes = reader.position.of;
    let mut report = BatchReport::default();
    let how = How { request: batch.request, search: batch.search, timings: batch.timings };
    let work = |piece: &Piece<'_>| Screened::of(piece, screening, how);
    let damage =
        in_order(&pool, reader, &form, work, how.timings, |Screened { lines, report: more }, behind| {
            let mut watch = Stopwatch::start(how.timings);
            output.write(&lines)?;
            report.add(more);
            watch.lap(&mut report.timings.write);
            report.timings.read = behind.took;
            progress(Progress {
                rows: report.rows,
                bytes: behind.bytes,
                of_bytes,
                with_results: report.with_results,
                with_match: report.with_match,
                failed: report.failed,
            })
        })?;
    if let Some(e) = damage {
        return Err(cut_short(batch.input, report.rows, &e));
    }
    report.warnings.extend_from_slice(screening.warnings());
    report.warn(batch.input, warnings);
    report.receipt = output.finish(|hash| receipt(screening, &batch, &report, hash))?;
    Ok(report)
}

/// A file that cannot be read to its end.
pub(crate) fn cut_short(input: &Path, rows: u64, error: &std::io::Error) -> EngineError {
    EngineError::input(format!("{} ends in damage after row {rows}: {error}", input.display()))
        .hint("fetch the file again; no output was put in place")
}

/// Screens one line of JSON, a FollowTheMoney entity, as a file of such lines is screened: adds its line of the output to
/// others and counts it in the report. `number` is its place among the rows, from 1.
pub fn screen_line(
    screening: &Screening<'_>,
    line: &[u8],
    number: u64,
    request: Request,
    to: &mut Vec<u8>,
    report: &mut BatchReport,
) {
    let row = json_row(line, number, number, &InputOptions::default());
    let how = How { request, search: Search::Indexed, timings: false };
    let mut screened = Screened { lines: std::mem::take(to), report: BatchReport::default() };
    screened.row(row, screening, how, &mut Stopwatch::start(false));
    *to = screened.lines;
    report.add(screened.report);
}

/// What to do with each row.
#[derive(Clone, Copy)]
struct How {
    request: Request,
    search: Search,
    timings: bool,
}

/// Some rows, screened: their lines of the output, and what came of them.
struct Screened {
    lines: Vec<u8>,
    report: BatchReport,
}

impl Screened {
    fn of(piece: &Piece<'_>, screening: &Screening<'_>, how: How) -> Self {
        let mut screened = Self { lines: Vec::new(), report: BatchReport::default() };
        let mut watch = Stopwatch::start(how.timings);
        for row in piece.rows() {
            watch.lap(&mut screened.report.timings.prepare);
            screened.row(row, screening, how, &mut watch);
        }
        screened
    }

    fn row(&mut self, row: Row, screening: &Screening<'_>, how: How, watch: &mut Stopwatch) {
        let Self { lines, report } = self;
        report.rows += 1;
        report.doubts.recoded(row.recoded);
        match row.query {
            Err(error) => {
                write_failed_row(&row.id, &error, lines);
                report.failed += 1;
                report.failures.push((row.id, row.line, error));
            }
            Ok(query) => {
                let answer = screening.screen(&query, how.request, how.search);
                watch.lap(&mut report.timings.screen);
                report.screened += 1;
                report.truncated += u64::from(answer.truncated);
                report.with_results += u64::from(answer.total > 0);
                report.with_match += u64::from(answer.hits.iter().any(|hit| hit.scored.matched));
                report.doubts.note(&query, row.line);
                write_answer(&query, &answer, screening, lines);
            }
        }
        watch.lap(&mut report.timings.serialise);
    }
}

impl BatchReport {
    /// Adds what came of the rows that follow.
    fn add(&mut self, more: Self) {
        self.rows += more.rows;
        self.screened += more.screened;
        self.failed += more.failed;
        self.truncated += more.truncated;
        self.with_results += more.with_results;
        self.with_match += more.with_match;
        self.timings.add(&more.timings);
        let room = NAMED_FAILURES.saturating_sub(self.failures.len());
        self.failures.extend(more.failures.into_iter().take(room));
        self.doubts.add(more.doubts);
    }

    fn warn(&mut self, input: &Path, mut of_columns: Vec<String>) {
        self.warnings.append(&mut of_columns);
        self.warnings.extend(self.doubts.warnings(input));
    }
}
