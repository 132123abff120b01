//! What a change of lists changes for the customers of a file: new, gone and changed results, found by screening against
//! the parties alone that the change can concern.

mod reach;

pub use reach::Reach;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use screen::{Answer, Hit, Policy};
use serde::Serialize;
use serde_json::{Value, json};

use crate::batch::{NAMED_FAILURES, cut_short};
use crate::chunks::{Piece, in_order, pool};
use crate::contract::{result_to_json, write_line};
use crate::doubts::Doubts;
use crate::input::{Row, Rows};
use crate::lines::Lines;
use crate::receipt::{configuration, engine, epoch, failures, versions};
use crate::scope::{Scope, out_of_scope};
use crate::{EngineError, InputOptions, Progress, Query, Request, Score, Search, number, table_hash};
use reach::Side;

/// Which customers to screen again, and how.
pub struct RescreenRequest<'a> {
    /// The customer file.
    pub input: &'a Path,
    /// Where the JSON lines go; `None` for the writer that the caller passes. The receipt lies beside it.
    pub output: Option<&'a Path>,
    /// How to read the file.
    pub options: InputOptions,
    /// Lowest score of a result; `None`: each party's own match threshold.
    pub threshold: Option<Score>,
    /// Threads; `None` for one a core.
    pub threads: Option<usize>,
    /// The time, which libraries do not look up themselves.
    pub now: SystemTime,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct RescreenReport {
    /// Rows read.
    pub rows: u64,
    /// Rows screened.
    pub screened: u64,
    /// Rows that could not be screened.
    pub failed: u64,
    /// The first failed rows: id, line, reason. No personal data.
    pub failures: Vec<(String, u64, String)>,
    /// Rows with any difference.
    pub different: u64,
    /// Results that are new.
    pub new: u64,
    /// Results that are gone.
    pub gone: u64,
    /// Results that are others now.
    pub changed: u64,
    /// Things to tell the user.
    pub warnings: Vec<String>,
    /// Where the receipt lies.
    pub receipt: Option<PathBuf>,
    doubts: Doubts,
}

/// Screens a file against what changed. Each customer with a difference has a line, in the order of the file, and so has
/// each row that failed.
///
/// # Errors
/// The policy leaves nobody of the newer lists in scope; the input cannot be opened or ends in damage; the output cannot
/// be written.
pub fn rescreen_file(
    reach: &Reach,
    policy: &Policy,
    request: &RescreenRequest<'_>,
    fallback: &mut dyn Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<RescreenReport, EngineError> {
    let _span = tracing::info_span!("rescreen_file").entered();
    let scope = Scope::of(policy, reach.new_lists())?;
    let sides = reach.under(policy)?;
    let pool = pool(request.threads)?;
    let Rows { reader, form, mut warnings, .. } = Rows::open(request.input, request.options.clone())?;
    let lists = reach.old_lists().iter().chain(reach.new_lists()).map(|list| Path::new(&list.source));
    let read: Vec<&Path> = std::iter::once(request.input).chain(lists).collect();
    let mut output = Lines::begin(request.output, &read, fallback)?;
    let of_bytes = reader.position.of;
    let mut report = RescreenReport::default();
    let work = |piece: &Piece<'_>| {
        let mut done = (Vec::new(), RescreenReport::default());
        piece.rows().for_each(|row| done.1.row(row, &sides, request.threshold, &mut done.0));
        done
    };
    let damage = in_order(&pool, reader, &form, work, false, |(lines, more), behind| {
        output.write(&lines)?;
        report.add(more);
        progress(Progress { rows: report.rows, bytes: behind.bytes, of_bytes, ..Progress::default() });
        Ok(())
    })?;
    if let Some(e) = damage {
        return Err(cut_short(request.input, report.rows, &e));
    }
    report.warnings = [reach.warnings(), &scope.warnings].concat();
    report.warnings.append(&mut warnings);
    report.warnings.extend(report.doubts.warnings(request.input));
    report.receipt = output.finish(|hash| receipt(reach, policy, &scope, request, &report, hash))?;
    Ok(report)
}

impl RescreenReport {
    fn row(&mut self, row: Row, sides: &[Side<'_>; 2], threshold: Option<Score>, lines: &mut Vec<u8>) {
        self.rows += 1;
        self.doubts.recoded(row.recoded);
        let query = match row.query {
            Ok(query) => query,
            Err(error) => {
                write_line(&Line { error: Some(&error), ..Line::of(&row.id) }, lines);
                self.failed += 1;
                self.failures.push((row.id, row.line, error));
                return;
            }
        };
        self.screened += 1;
        self.doubts.note(&query, row.line);
        let mut line = Line::of(&row.id);
        line.compare(&query, sides, threshold);
        if line.differs() {
            self.different += 1;
            self.new += line.new.len() as u64;
            self.gone += line.gone.len() as u64;
            self.changed += line.changed.len() as u64;
            write_line(&line, lines);
        }
    }

    /// Adds what came of the rows that follow.
    fn add(&mut self, more: Self) {
        self.rows += more.rows;
        self.screened += more.screened;
        self.failed += more.failed;
        self.different += more.different;
        self.new += more.new;
        self.gone += more.gone;
        self.changed += more.changed;
        let room = NAMED_FAILURES.saturating_sub(self.failures.len());
        self.failures.extend(more.failures.into_iter().take(room));
        self.doubts.add(more.doubts);
    }
}

/// A line of the output.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    new: Vec<Value>,
    gone: Vec<Value>,
    changed: Vec<Changed>,
}

/// A result that is another now.
#[derive(Serialize)]
struct Changed {
    before: Value,
    after: Value,
}

impl<'a> Line<'a> {
    fn of(id: &'a str) -> Self {
        Self { id, error: None, new: Vec::new(), gone: Vec::new(), changed: Vec::new() }
    }

    fn differs(&self) -> bool {
        !(self.new.is_empty() && self.gone.is_empty() && self.changed.is_empty())
    }

    /// What of a query's results is new, gone, or another, best first.
    fn compare(&mut self, query: &Query, sides: &[Side<'_>; 2], threshold: Option<Score>) {
        let request = Request { threshold, limit: None };
        let nobody = || Answer { total: 0, truncated: false, hits: Vec::new() };
        let answers = sides.each_ref().map(|side| {
            side.screening.as_ref().map_or_else(nobody, |s| s.screen(query, request, Search::Indexed))
        });
        let [was, is] = answers.each_ref().map(|answer| &answer.hits);
        let [old, new] = sides;
        let found = |hits: &'_ [Hit], place: Option<usize>| {
            place.and_then(|place| hits.iter().position(|hit| hit.entity == place))
        };
        for hit in is {
            let Some(after) = new.result(hit) else { continue };
            match found(was, new.partners[hit.entity]) {
                None => self.new.push(after),
                Some(place) => {
                    let before = old.result(&was[place]).filter(|before| !same(before, &after));
                    self.changed.extend(before.map(|before| Changed { before, after }));
                }
            }
        }
        let gone = was.iter().filter(|hit| found(is, old.partners[hit.entity]).is_none());
        self.gone.extend(gone.filter_map(|hit| old.result(hit)));
    }
}

impl Side<'_> {
    fn result(&self, hit: &Hit) -> Option<Value> {
        self.screening.as_ref().map(|screening| result_to_json(hit, screening))
    }
}

/// Whether two results say the same but for the version of the list.
fn same(before: &Value, after: &Value) -> bool {
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else { return false };
    before.len() == after.len()
        && before.iter().all(|(key, value)| key == "list_version" || after.get(key) == Some(value))
}

fn receipt(
    reach: &Reach,
    policy: &Policy,
    scope: &Scope,
    request: &RescreenRequest<'_>,
    report: &RescreenReport,
    output_hash: &str,
) -> Value {
    let [added, removed, changed] = reach.counts();
    let threshold = request.threshold.map(|score| number(i32::from(score.ten_thousandths()), 10_000));
    json!({
        "engine": engine(),
        "started": epoch(request.now),
        "configuration": configuration(policy),
        "tables": { "sha256": table_hash() },
        "request": { "threshold": threshold, "limit": null },
        "since": versions(reach.old_lists(), &out_of_scope(policy, reach.old_lists()), request.now),
        "lists": versions(reach.new_lists(), &scope.out_of_scope, request.now),
        "parties": { "added": added, "removed": removed, "changed": changed },
        "input": request.input.display().to_string(),
        "output": { "path": request.output.map(|p| p.display().to_string()), "sha256": output_hash },
        "rows": {
            "in": report.rows,
            "screened": report.screened,
            "failed": report.failed,
            "different": report.different,
        },
        "results": { "new": report.new, "gone": report.gone, "changed": report.changed },
        "failures": failures(&report.failures),
        "warnings": report.warnings,
    })
}
