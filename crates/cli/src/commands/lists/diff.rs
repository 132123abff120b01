//! `interdict lists diff`.

use std::io::Write;
use std::path::Path;

use engine::{
    EngineError, ListDiff, PartyChange, ScreenList, delta_to_json, diff_lists, doubts_of_diff,
    list_diff_to_json, write_file,
};
use report::changes_page;

use super::changes;
use crate::args::{Format, ListsDiff};
use crate::commands::open::{open_list, say_doubts, unless_rows_failed};
use crate::commands::{format_or, note};
use crate::error::{CommandError, Status};
use crate::table::csv_line;
use crate::view;

/// The head of the CSV form.
const COLUMNS: [&str; 8] = ["party", "id", "caption", "schema", "programme", "property", "change", "value"];

pub(super) fn run(args: &ListsDiff) -> Result<Status, CommandError> {
    let page = args.output.as_deref().is_some_and(is_page);
    let format = match (&args.output, args.format) {
        (Some(_), format) => format.unwrap_or(Format::Json),
        (None, format) => format_or(format, Format::Json),
    };
    if page && args.format.is_some() {
        return Err(EngineError::usage("--output FILE.html is a page, and no other form")
            .hint("leave out --format, or give the file another ending")
            .into());
    }
    let (old, new) = (open_one(&args.old)?, open_one(&args.new)?);
    let diff = diff_lists(&old, &new);
    let doubts = doubts_of_diff(&old, &new);
    let text = if page {
        changes_page(&view::changes(&diff, &old, &new, &doubts))
    } else {
        match format {
            Format::Table => changes::as_text(&diff, &old, &new),
            Format::Json => format!("{:#}\n", list_diff_to_json(&diff, &old, &new)),
            Format::Jsonl => delta_to_json(&old, &new).map(|op| format!("{op}\n")).collect(),
            Format::Csv => records(&diff),
        }
    };
    match &args.output {
        Some(path) => write_file(path, text.as_bytes(), &[Path::new(&old.source), Path::new(&new.source)])?,
        None => std::io::stdout().lock().write_all(text.as_bytes())?,
    }
    for list in [&old, &new] {
        say_doubts(list);
    }
    doubts.iter().for_each(|doubt| note(&format!("warning: {doubt}")));
    note(&changes::summary(&diff));
    Ok(unless_rows_failed(&[old, new], Status::Ran))
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"))
}

fn open_one(name: &str) -> Result<ScreenList, EngineError> {
    let mut lists = open_list(name)?;
    match (lists.pop(), lists.is_empty()) {
        (Some(list), true) => Ok(list),
        _ => Err(EngineError::usage(format!("{name} holds several lists"))
            .hint("compare one list with one: name the list files that it was compiled of")),
    }
}

/// A record for each value that came or went.
fn records(diff: &ListDiff<'_>) -> String {
    let mut text = csv_line(&COLUMNS.map(str::to_owned)) + "\n";
    let parties = [("added", &diff.added), ("removed", &diff.removed), ("changed", &diff.changed)];
    for (what, party) in parties.iter().flat_map(|(what, parties)| parties.iter().map(move |p| (*what, p))) {
        for (property, change, value) in values(party) {
            let entity = party.party();
            let cells = [
                what.to_owned(),
                entity.id.to_string(),
                entity.caption().to_owned(),
                entity.schema.to_string(),
                party.programme.unwrap_or_default().to_owned(),
                property.to_owned(),
                change.to_owned(),
                value.to_owned(),
            ];
            text += &csv_line(&cells);
            text += "\n";
        }
    }
    text
}

/// Property, what became of a value, the value.
fn values<'a>(party: &'a PartyChange<'_>) -> impl Iterator<Item = (&'a str, &'static str, &'a str)> {
    party.changes.iter().flat_map(|c| {
        let each = |what, values: &'a [String]| values.iter().map(move |v| (&*c.property, what, &**v));
        each("removed", &c.removed).chain(each("added", &c.added))
    })
}
