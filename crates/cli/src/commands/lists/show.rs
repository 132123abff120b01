//! `interdict lists show`.

use std::io::Write;

use engine::{EngineError, ScreenList, list_to_json};

use crate::args::{Format, Show};
use crate::commands::format_or;
use crate::commands::open::{open_list, say_doubts, unless_rows_failed};
use crate::error::{CommandError, Status};
use crate::plain::plain;

pub(super) fn run(args: &Show) -> Result<Status, CommandError> {
    let lists = open_list(&args.list)?;
    let mut out = std::io::stdout().lock();
    for list in &lists {
        match format_or(args.format, Format::Json) {
            Format::Table => out.write_all(as_text(list).as_bytes())?,
            Format::Json => writeln!(out, "{:#}", list_to_json(list))?,
            Format::Jsonl => writeln!(out, "{}", list_to_json(list))?,
            Format::Csv => {
                return Err(EngineError::usage("lists show has no CSV form")
                    .hint("use --format json")
                    .into());
            }
        }
        say_doubts(list);
    }
    Ok(unless_rows_failed(&lists, Status::Ran))
}

fn as_text(list: &ScreenList) -> String {
    let report = &list.report;
    let (source, dataset) = (plain(&list.source), plain(&list.dataset));
    let mut text = format!("{source}  dataset {dataset}  version {}\n", list.version);
    for file in &list.files {
        text +=
            &format!("  file       {}  {} bytes  sha256 {}\n", plain(&file.name), file.bytes, file.sha256);
    }
    for (schema, count) in &report.entities {
        text += &format!("  {:<22} {count:>8}\n", plain(schema));
    }
    for (what, count) in
        [("names", report.names), ("aliases", report.aliases), ("relations", report.relations)]
    {
        text += &format!("  {what:<22} {count:>8}\n");
    }
    let unmapped: usize = report.unmapped.values().sum();
    text += &format!("  {:<22} {unmapped:>8}\n", "clauses kept as notes");
    if !report.skipped.is_empty() {
        text += &format!("  {:<22} {:>8}\n", "rows left out", report.skipped.len());
    }
    text
}
