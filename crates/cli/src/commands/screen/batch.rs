//! A file of customers.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, SystemTime};

use engine::{BatchReport, BatchRequest, EngineError, Request, Screening, screen_file};

use super::super::open::{input_options, or_standard_input};
use super::super::progress::FileProgress;
use super::super::{format_or, note, say_failures};
use super::search;
use super::timings::{effort, timings};
use crate::args::{Format, Screen};
use crate::error::{CommandError, Status};
use crate::table;

pub(super) fn run(
    args: &Screen,
    input: &Path,
    screening: &Screening<'_>,
    request: Request,
    loaded: Duration,
) -> Result<Status, CommandError> {
    let input = or_standard_input(input);
    let options = input_options(&args.map, args.multi, args.query.schema.clone())?;
    let request = BatchRequest {
        input,
        output: args.output.as_deref(),
        options,
        request,
        search: search(args),
        threads: args.threads,
        now: SystemTime::now(),
        timings: args.timings,
    };
    let bar = FileProgress::start();
    let tick = &mut |at: engine::Progress| {
        bar.show(at);
        Ok(())
    };
    let to_table = args.output.is_none() && format_or(args.format, Format::Jsonl) == Format::Table;
    if matches!(args.format, Some(Format::Csv | Format::Json))
        || (args.format == Some(Format::Table) && args.output.is_some())
    {
        return Err(EngineError::usage("a file is screened to JSON lines, or to a table on the terminal")
            .hint("leave out --format, or say --format jsonl or --format table without --output")
            .into());
    }
    let report = if to_table {
        let mut lines = Vec::new();
        let report = screen_file(screening, request, &mut lines, tick)?;
        bar.finish();
        std::io::stdout().lock().write_all(table::batch(&lines).as_bytes())?;
        report
    } else {
        screen_file(screening, request, &mut std::io::stdout(), tick)?
    };
    bar.finish();
    summary(input, &report);
    if args.timings {
        let parties = screening.library().lists().iter().map(|list| list.entities.len()).sum();
        timings((parties, loaded), report.rows, &report.timings).lines().for_each(note);
        note(&effort(&screening.effort()));
    }
    Ok(if report.failed > 0 {
        Status::Partial
    } else if args.fail_on_hit && report.with_results > 0 {
        Status::Hit
    } else {
        Status::Ran
    })
}

fn summary(input: &Path, report: &BatchReport) {
    for warning in &report.warnings {
        note(&format!("warning: {warning}"));
    }
    say_failures(input, &report.failures, report.failed);
    let receipt = report.receipt.as_ref().map(|p| format!("; receipt {}", p.display())).unwrap_or_default();
    note(&format!(
        "{} rows: {} screened, {} failed, {} with results, {} with a match, {} truncated{receipt}",
        report.rows, report.screened, report.failed, report.with_results, report.with_match, report.truncated
    ));
}
