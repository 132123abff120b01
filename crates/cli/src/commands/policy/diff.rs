//! `interdict policy diff`.

use std::io::Write;
use std::path::Path;

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};
use engine::{
    Change, Counts, DiffReport, DiffRequest, EngineError, Output, Screening, Verdict, diff_policies,
    diff_to_json, policy_hash,
};

use super::super::open::{open_lists, or_standard_input, row_options, unless_rows_failed};
use super::super::progress::FileProgress;
use super::super::{format_or, note, say_failures};
use crate::args::{Diff, Format};
use crate::error::{CommandError, Status};
use crate::plain::plain;

/// Changes that the table shows; JSON and CSV have all of them.
const SHOWN_CHANGES: usize = 50;

pub(super) fn run(args: &Diff) -> Result<Status, CommandError> {
    let format = match (&args.output, args.format) {
        (Some(_), format) => format.unwrap_or(Format::Json),
        (None, format) => format_or(format, Format::Json),
    };
    if format == Format::Jsonl || (format == Format::Table && args.output.is_some()) {
        return Err(EngineError::usage("the changes are written as JSON or CSV, or shown as a table")
            .hint("--format json, --format csv, or --format table without --output")
            .into());
    }
    let input = or_standard_input(&args.input);
    let options = row_options(&args.rows)?;
    let (old, new) = (engine::open_policy(&args.old)?, engine::open_policy(&args.new)?);
    let library = open_lists(&args.lists, None)?;
    let (old, new) = (library.under(&old)?, library.under(&new)?);
    let request = DiffRequest { input, options, threads: args.threads };
    let report = match &args.output {
        None => write(&old, &new, &request, format, &mut std::io::stdout().lock())?,
        Some(path) => {
            let lists = library.lists().iter().map(|list| Path::new(&list.source));
            let read: Vec<&Path> = [input, &args.old, &args.new].into_iter().chain(lists).collect();
            let mut output = Output::create(path, &read)?;
            let report = write(&old, &new, &request, format, &mut output)?;
            output.commit()?;
            report
        }
    };
    report.warnings.iter().for_each(|warning| note(&format!("warning: {warning}")));
    say_failures(input, &report.failures, report.failed);
    note(&summary(&report));
    let status = if report.failed > 0 { Status::Partial } else { Status::Ran };
    Ok(unless_rows_failed(library.lists(), status))
}

/// Writes the changes as they come; the sums stand after them.
fn write(
    old: &Screening<'_>,
    new: &Screening<'_>,
    request: &DiffRequest<'_>,
    format: Format,
    out: &mut dyn Write,
) -> Result<DiffReport, CommandError> {
    let bar = FileProgress::start();
    let tick = &mut |at: engine::Progress| bar.show(at);
    let mut failed: Option<std::io::Error> = None;
    let mut shown: Vec<Change> = Vec::new();
    let mut first = true;
    match format {
        Format::Csv => write_record(out, &Change::COLUMNS.map(str::to_owned))?,
        Format::Json => write!(out, "{{\"changes\":[")?,
        _ => {}
    }
    let each = &mut |change: &Change| {
        let written = match format {
            Format::Csv => write_record(out, &change.record()),
            Format::Json => {
                let comma = if std::mem::take(&mut first) { "" } else { "," };
                write!(out, "{comma}\n{}", change.to_json())
            }
            _ => {
                if shown.len() < SHOWN_CHANGES {
                    shown.push(change.clone());
                }
                Ok(())
            }
        };
        written.map_err(|e| {
            let error = EngineError::input(format!("the changes cannot be written: {e}"));
            failed = Some(e);
            error.hint("see that there is room and the right to write")
        })
    };
    let report = diff_policies(old, new, request, each, tick);
    bar.finish();
    // Whoever read standard output may have gone away, which is no error of ours.
    let report = report.map_err(|e| failed.map_or_else(|| CommandError::from(e), CommandError::from))?;
    let sums = diff_to_json(old, new, &report);
    match format {
        Format::Csv => {}
        Format::Json => {
            // The object goes on after the array that its sums are the sums of.
            let sums = sums.to_string();
            writeln!(out, "\n],{}", sums.strip_prefix('{').unwrap_or(&sums))?;
        }
        _ => out.write_all(as_text(old, new, &report, &shown).as_bytes())?,
    }
    out.flush()?;
    Ok(report)
}

fn write_record(out: &mut dyn Write, cells: &[String]) -> std::io::Result<()> {
    writeln!(out, "{}", crate::table::csv_line(cells))
}

fn summary(report: &DiffReport) -> String {
    let Counts { gained, lost, changed } = report.total;
    format!(
        "{} rows, {} failed: {} change; matches {} before, {} after: {gained} gained, {lost} lost, {changed} changed \
         otherwise; {} rows newly with a match, {} newly clear",
        report.rows,
        report.failed,
        report.rows_changed,
        report.matches_old,
        report.matches_new,
        report.rows_newly_matched,
        report.rows_newly_clear
    )
}

fn as_text(old: &Screening<'_>, new: &Screening<'_>, report: &DiffReport, shown: &[Change]) -> String {
    let mut text = String::new();
    for (which, policy) in [("old", old.policy()), ("new", new.policy())] {
        text += &format!("{which}  {}  sha256 {}\n", plain(&policy.name), policy_hash(policy));
    }
    let Counts { gained, lost, changed } = report.total;
    let total = gained + lost + changed;
    if total == 0 {
        return text + "\nno result changes\n";
    }
    let counts = |c: &Counts| [c.gained, c.lost, c.changed].map(|n| right(n.to_string()));
    let mut by_party = table(&["list", "schema", "gained", "lost", "changed"]);
    for ((list, schema), c) in &report.by_party {
        by_party.add_row([Cell::new(plain(list)), Cell::new(plain(schema))].into_iter().chain(counts(c)));
    }
    let mut by_reason = table(&["reason", "gained", "lost", "changed"]);
    for (reason, c) in &report.by_reason {
        by_reason.add_row([Cell::new(reason)].into_iter().chain(counts(c)));
    }
    let mut changes = table(&["row", "query", "listed party", "id", "change", "reason", "old", "new"]);
    for change in shown {
        let texts = [&change.row, &change.query, &change.caption, &change.id].map(|t| Cell::new(plain(t)));
        let verdicts = [&change.old, &change.new].map(|v| Cell::new(verdict(v.as_ref())));
        let why = [Cell::new(change.kind.name()), Cell::new(&change.reason)];
        changes.add_row(texts.into_iter().chain(why).chain(verdicts));
    }
    for table in [by_party, by_reason, changes] {
        text += "\n";
        text += &table.lines().map(|line| line.trim_end().to_owned() + "\n").collect::<String>();
    }
    if shown.len() as u64 != total {
        text += &format!("{} of {total} changes shown; --format csv or json has all\n", shown.len());
    }
    text
}

fn table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(head);
    table
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

fn verdict(verdict: Option<&Verdict>) -> String {
    match verdict {
        None => "none".to_owned(),
        Some(v) if v.matched => format!("{} MATCH", v.score),
        Some(v) if v.returned => format!("{} too few bits", v.score),
        Some(v) => format!("{} below {}", v.score, v.threshold),
    }
}
