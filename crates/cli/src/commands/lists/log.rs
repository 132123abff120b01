//! `interdict lists log`.

use std::io::Write;

use engine::{EngineError, Entry, Event, Version, log_to_json};
use serde_json::Value;

use crate::args::{Format, Log};
use crate::commands::format_or;
use crate::error::{CommandError, Status};
use crate::home;
use crate::plain::plain;

pub(super) fn run(args: &Log) -> Result<Status, CommandError> {
    let installed = home::installed()?;
    let of_list = |entry: &&Entry| args.list.as_ref().is_none_or(|list| *list == entry.list);
    let entries: Vec<&Entry> = installed.log().iter().filter(of_list).collect();
    if entries.is_empty() {
        let what = args.list.as_deref().unwrap_or("lists");
        return Err(EngineError::input(format!(
            "the log says nothing of {what}: nothing was ever installed"
        ))
        .hint("install a list: interdict lists add ofac_sdn")
        .into());
    }
    let mut out = std::io::stdout().lock();
    match format_or(args.format, Format::Jsonl) {
        Format::Table => entries.iter().try_for_each(|entry| out.write_all(as_text(entry).as_bytes()))?,
        Format::Json => {
            writeln!(out, "{:#}", Value::from(entries.into_iter().map(log_to_json).collect::<Vec<_>>()))?;
        }
        Format::Jsonl => entries.iter().try_for_each(|entry| writeln!(out, "{}", log_to_json(entry)))?,
        Format::Csv => {
            return Err(EngineError::usage("lists log has no CSV form").hint("use --format jsonl").into());
        }
    }
    Ok(Status::Ran)
}

fn as_text(entry: &Entry) -> String {
    let what = match &entry.event {
        Event::Activated { version, .. } => of_version(version),
        Event::Confirmed { version, .. } => format!("sha256:{}", version.get(..12).unwrap_or(version)),
        Event::Quarantined { version, reason } => format!("{}\n    {reason}", of_version(version)),
        Event::Failed { from, reason } => format!("from {from}\n    {reason}"),
        Event::Removed => String::new(),
    };
    let head = format!("{}  {:<16} {:<11} by {}  {what}", entry.at, entry.list, entry.event.name(), entry.by);
    head.lines().map(|line| plain(line).trim_end().to_owned() + "\n").collect()
}

fn of_version(version: &Version) -> String {
    let mut text = format!("{}  {} parties", version.short(), version.parties);
    for file in &version.files {
        text +=
            &format!("\n    {}  {} bytes  sha256 {}  from {}", file.name, file.bytes, file.sha256, file.from);
    }
    text
}
