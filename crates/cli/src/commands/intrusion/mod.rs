//! `interdict intrusion`.

mod operation;
mod text;

pub(crate) use text::manner;

use std::io::{BufWriter, Write};
use std::path::Path;

use engine::{
    EngineError, Incident, LogReport, Output, SpillTo, WithOperation, judge_values, read_logs, time_to_string,
};

use self::operation::Sources;
use super::open::unless_rows_failed;
use super::progress::FileProgress;
use super::traces::Lists;
use super::{format_of_file, format_or, note};
use crate::args::{Format, Intrusion};
use crate::error::{CommandError, Status};
use crate::table::csv_line;

/// Malformed lines that are named on standard error; JSON names more.
const SHOWN_LINES: usize = 10;

/// The head of the CSV form: a line for each incident.
const COLUMNS: [&str; 8] =
    ["kind", "first", "last", "requests", "addresses", "agents", "records", "evidence"];

pub(crate) fn run(args: &Intrusion) -> Result<Status, CommandError> {
    if let (Some(values), Some(column)) = (&args.values, &args.column) {
        return judge(args, values, column);
    }
    let format = match &args.output {
        Some(output) => format_of_file(args.format, output)?,
        None => format_or(args.format, Format::Json),
    };
    if !args.traces.lists.is_empty() && args.messages.is_empty() {
        return Err(EngineError::usage("--list screens what messages show of their senders")
            .hint("give --messages and --records too; addresses of a log are no names")
            .into());
    }
    if !args.messages.is_empty() && matches!(format, Format::Jsonl | Format::Csv) {
        return Err(EngineError::usage("an operation is a table or one JSON value")
            .hint("use --format json")
            .into());
    }
    let tables = args.records.iter().chain(&args.public);
    let read: Vec<&Path> = args.logs.iter().chain(&args.messages).chain(tables).map(AsRef::as_ref).collect();
    let mut file = args.output.as_deref().map(|output| Output::create(output, &read)).transpose()?;
    let lists = Lists::open(&args.traces)?;
    let sources = Sources::read(args)?;
    let progress = FileProgress::start();
    let above = args.spill_above as usize * (1 << 20);
    let spill = args.spill.clone().map(|folder| SpillTo { folder, above });
    let report = read_logs(&args.logs, spill, &mut |at| progress.show(at));
    progress.finish();
    let report = report?;
    if report.files.is_empty() && report.failures.len() == args.logs.len() {
        // Nothing was read: that is bad input, and not a run with failures.
        if let Some((_, error)) = report.failures.into_iter().next() {
            return Err(error.into());
        }
        return Err(EngineError::usage("no log is named").hint("interdict intrusion access.log").into());
    }
    unless_no_log(&report)?;
    let incidents = &report.findings.incidents;
    let operation = sources.as_ref().map(|sources| sources.operation(&report.findings)).transpose()?;
    let screened = match (&lists, &operation) {
        (Some(lists), Some(operation)) => Some(lists.screen(&operation.traces)?),
        _ => None,
    };
    {
        let mut stdout = BufWriter::new(std::io::stdout().lock());
        let out: &mut dyn Write = match &mut file {
            Some(file) => file,
            None => &mut stdout,
        };
        match format {
            Format::Table => {
                out.write_all(text::findings(&report, args.reveal)?.as_bytes())?;
                if let Some(operation) = &operation {
                    let shown = operation::as_text(operation, args.reveal, screened.is_none());
                    out.write_all(shown.as_bytes())?;
                }
                out.write_all(screened.as_ref().map_or("", |screened| &screened.text).as_bytes())?;
            }
            Format::Json => {
                // A data output carries the data.
                let operation = operation.as_ref().map(|operation| {
                    let mut value = operation.to_json(true);
                    if let Some(screened) = &screened {
                        value["traces"] = screened.json.clone();
                    }
                    value
                });
                let whole = WithOperation { report: &report, operation: operation.as_ref() };
                serde_json::to_writer_pretty(&mut *out, &whole).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Format::Jsonl => {
                for incident in incidents {
                    serde_json::to_writer(&mut *out, incident).map_err(std::io::Error::from)?;
                    writeln!(out)?;
                }
            }
            Format::Csv => write_records(incidents, out)?,
        }
        out.flush()?;
    }
    file.map(Output::commit).transpose()?;
    say(&report);
    let whole = report.failures.is_empty() && sources.as_ref().is_none_or(|sources| sources.failed == 0);
    let hit = !incidents.is_empty() || screened.is_some_and(|screened| screened.hit);
    let status = match (whole, args.fail_on_hit && hit) {
        (false, _) => Status::Partial,
        (true, true) => Status::Hit,
        (true, false) => Status::Ran,
    };
    Ok(lists.map_or(status, |lists| unless_rows_failed(lists.library().lists(), status)))
}

/// A file of which no line is a request is no log: to find nothing in it would clear it.
fn unless_no_log(report: &LogReport) -> Result<(), CommandError> {
    let findings = &report.findings;
    if findings.requests > 0 {
        return Ok(());
    }
    let files: Vec<String> = report.files.iter().map(|f| f.path.display().to_string()).collect();
    let first = findings.malformed_lines.first();
    let why = first.map(|(line, reason)| format!("line {line}: {reason}")).unwrap_or_default();
    let message = format!(
        "{} is no access log: none of {} lines is a request; {why}",
        files.join(", "),
        findings.lines
    );
    let hint = "give a log in the common or combined form, IIS W3C with its #Fields line, or JSON lines";
    Err(EngineError::input(message).hint(hint).into())
}

/// What standard error says: failed files, malformed lines, the sum.
fn say(report: &LogReport) {
    let findings = &report.findings;
    for (_, error) in &report.failures {
        note(&format!("failed: {error}"));
        if let Some(remedy) = error.remedy() {
            note(&format!("  remedy: {remedy}"));
        }
    }
    for (line, reason) in findings.malformed_lines.iter().take(SHOWN_LINES) {
        note(&format!("warning: {}: {reason}; not read", place(report, *line)));
    }
    let more = findings.malformed.saturating_sub(SHOWN_LINES as u64);
    if more > 0 {
        note(&format!("warning: {more} more lines are malformed"));
    }
    if let Some(spilled) = report.spilled {
        note(&format!("spilled: {} MiB at most", spilled.div_ceil(1 << 20)));
    }
    note(&format!(
        "{} lines, {} requests, {} malformed, incidents: {}",
        findings.lines,
        findings.requests,
        findings.malformed,
        findings.incidents.len()
    ));
}

/// A line by file and number in it.
fn place(report: &LogReport, line: u64) -> String {
    let file = report.files.iter().rev().find(|file| file.first_line <= line);
    file.map_or_else(
        || format!("line {line}"),
        |file| format!("{} line {}", file.path.display(), line - file.first_line + 1),
    )
}

fn write_records(incidents: &[Incident], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", csv_line(&COLUMNS.map(str::to_owned)))?;
    for incident in incidents {
        let lines: Vec<String> = incident.evidence.iter().map(ToString::to_string).collect();
        let records: Vec<_> = incident.records.iter().collect::<std::io::Result<_>>()?;
        let cells = [
            incident.kind.to_owned(),
            time_to_string(incident.first),
            time_to_string(incident.last),
            incident.requests.to_string(),
            incident.addresses.join(";"),
            incident.agents.join(";"),
            records.join(";"),
            lines.join(";"),
        ];
        writeln!(out, "{}", csv_line(&cells))?;
    }
    Ok(())
}

fn judge(args: &Intrusion, values: &Path, column: &str) -> Result<Status, CommandError> {
    if args.format.is_some_and(|format| format != Format::Csv) {
        return Err(EngineError::usage("values come back as CSV").hint("leave out --format").into());
    }
    let mut out = std::io::stdout().lock();
    let report = judge_values(values, column, args.output.as_deref(), &mut out)?;
    let failures = report.failures.len() as u64;
    let named: Vec<(String, u64, String)> =
        report.failures.iter().map(|(line, reason)| (line.to_string(), *line, reason.clone())).collect();
    super::say_failures(values, &named, failures);
    let counts: Vec<String> = report.counts.iter().map(|(verdict, n)| format!("{n} {verdict}")).collect();
    note(&counts.join(", "));
    let hits = report.counts.iter().any(|(verdict, n)| *verdict != "norm" && *n > 0);
    Ok(match (failures, args.fail_on_hit && hits) {
        (1.., _) => Status::Partial,
        (0, true) => Status::Hit,
        (0, false) => Status::Ran,
    })
}
