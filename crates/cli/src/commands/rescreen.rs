//! `interdict rescreen`.

use std::io::Write;
use std::time::SystemTime;

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, Table};
use engine::{EngineError, Reach, RescreenReport, RescreenRequest, rescreen_file};
use serde_json::Value;

use super::open::{
    open_since, opened_lists, or_standard_input, policy, row_options, say_doubts, unless_rows_failed,
};
use super::progress::FileProgress;
use super::screen::parse_score;
use super::{format_or, note, say_failures};
use crate::args::{Format, Rescreen};
use crate::error::{CommandError, Status};
use crate::plain::plain;

pub(crate) fn run(args: &Rescreen) -> Result<Status, CommandError> {
    let to_table = args.output.is_none() && format_or(args.format, Format::Jsonl) == Format::Table;
    if matches!(args.format, Some(Format::Csv | Format::Json))
        || (args.format == Some(Format::Table) && args.output.is_some())
    {
        return Err(EngineError::usage("the differences are JSON lines, or a table on the terminal")
            .hint("leave out --format, or say --format jsonl or --format table without --output")
            .into());
    }
    let policy = policy(args.policy.as_deref())?;
    let threshold = args.threshold.as_deref().map(parse_score).transpose()?;
    let input = or_standard_input(&args.input);
    let request = RescreenRequest {
        input,
        output: args.output.as_deref(),
        options: row_options(&args.rows)?,
        threshold,
        threads: args.threads,
        now: SystemTime::now(),
    };
    let new = opened_lists(&args.lists, args.max_list_age.as_deref())?;
    let old = open_since(&args.since, &args.lists)?;
    old.iter().for_each(say_doubts);
    let reach = Reach::new(old, new)?;
    let bar = FileProgress::start();
    let tick = &mut |at: engine::Progress| bar.show(at);
    let report = if to_table {
        let mut lines = Vec::new();
        let report = rescreen_file(&reach, &policy, &request, &mut lines, tick)?;
        bar.finish();
        std::io::stdout().lock().write_all(as_table(&lines).as_bytes())?;
        report
    } else {
        rescreen_file(&reach, &policy, &request, &mut std::io::stdout(), tick)?
    };
    bar.finish();
    report.warnings.iter().for_each(|warning| note(&format!("warning: {warning}")));
    say_failures(input, &report.failures, report.failed);
    note(&summary(&reach, &report));
    let status = if report.failed > 0 {
        Status::Partial
    } else if args.fail_on_hit && report.new > 0 {
        Status::Hit
    } else {
        Status::Ran
    };
    Ok(unless_rows_failed(reach.old_lists(), unless_rows_failed(reach.new_lists(), status)))
}

fn summary(reach: &Reach, report: &RescreenReport) -> String {
    let [added, removed, changed] = reach.counts();
    let receipt = report.receipt.as_ref().map(|p| format!("; receipt {}", p.display())).unwrap_or_default();
    format!(
        "parties: {added} added, {removed} removed, {changed} changed; {} rows: {} screened, {} failed, {} with a \
         difference: results {} new, {} gone, {} changed{receipt}",
        report.rows,
        report.screened,
        report.failed,
        report.different,
        report.new,
        report.gone,
        report.changed
    )
}

/// A line for each difference.
fn as_table(lines: &[u8]) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(["id", "result", "listed party", "list id", "before", "after"]);
    let text = |value: &Value| Cell::new(plain(value.as_str().unwrap_or_default()));
    for line in lines.split(|b| *b == b'\n').filter(|l| !l.is_empty()) {
        let line: Value = serde_json::from_slice(line).unwrap_or_default();
        if !line["error"].is_null() {
            table.add_row([text(&line["id"]), Cell::new("FAILED"), text(&line["error"])]);
        }
        let each = |key: &str| line[key].as_array().cloned().unwrap_or_default().into_iter();
        let new = each("new").map(|after| ("new", Value::Null, after));
        let gone = each("gone").map(|before| ("gone", before, Value::Null));
        let changed = each("changed").map(|both| ("changed", both["before"].clone(), both["after"].clone()));
        for (what, before, after) in new.chain(gone).chain(changed) {
            let party = if after.is_null() { &before } else { &after };
            let row = [text(&line["id"]), Cell::new(what), text(&party["caption"]), text(&party["id"])];
            table.add_row(row.into_iter().chain([&before, &after].map(|r| Cell::new(verdict(r)))));
        }
    }
    if table.is_empty() { "no result differs\n".to_owned() } else { format!("{table}\n") }
}

fn verdict(result: &Value) -> String {
    match &result["score"] {
        Value::Null => "none".to_owned(),
        score => {
            let verdict = if result["match"] == true { " MATCH" } else { "" };
            format!("{score}{verdict}, {} bits", result["bits"])
        }
    }
}
