//! Mailings in messages and posts: `interdict campaign FILE...`.

use std::io::{BufWriter, Write};
use std::path::Path;

use engine::{
    EngineError, Flag, Mailing, Mailings, MessagesRead, Mining, Output, Place, Redaction, SlotKind,
    doubts_of_messages, find_mailings, hidden_fill, mailing_to_json, mailings_to_json, read_messages, traces,
};

use crate::args::{Campaign, Format};
use crate::commands::open::unless_rows_failed;
use crate::commands::traces::{Lists, Screened};
use crate::commands::{SHOWN_FAILURES, format_of_file, format_or, note};
use crate::error::{CommandError, Status};
use crate::plain::plain;
use crate::table::csv_line;

/// Values, senders and flagged messages that a terminal shows of each list.
const SHOWN: usize = 5;

/// The head of the CSV form.
const COLUMNS: [&str; 8] = ["copies", "senders", "first", "last", "platforms", "slots", "flags", "text"];

pub(super) fn run(args: &Campaign) -> Result<Status, CommandError> {
    let format = match &args.output {
        Some(output) => format_of_file(args.format, output)?,
        None => format_or(args.format, Format::Json),
    };
    if !args.traces.lists.is_empty() && matches!(format, Format::Jsonl | Format::Csv) {
        return Err(EngineError::usage("what is screened is told in a table or one JSON value")
            .hint("use --format json, or leave out --list")
            .into());
    }
    let lists = Lists::open(&args.traces)?;
    let inputs: Vec<&Path> = args.files.iter().map(AsRef::as_ref).collect();
    let mut file = args.output.as_deref().map(|output| Output::create(output, &inputs)).transpose()?;
    let read = read_messages(&args.files)?;
    let found = find_mailings(&read.messages, &Mining { min_copies: args.min_copies });
    let screened = match &lists {
        Some(lists) => {
            let templates = found.mailings.iter().map(|mailing| &mailing.template);
            Some(lists.screen(&traces(templates, &read.messages))?)
        }
        None => None,
    };
    {
        let mut stdout = BufWriter::new(std::io::stdout().lock());
        let out: &mut dyn Write = match &mut file {
            Some(file) => file,
            None => &mut stdout,
        };
        write(out, format, &found, &read, args.reveal, screened.as_ref())?;
        out.flush()?;
    }
    file.map(Output::commit).transpose()?;
    say(&read);
    note(&format!(
        "{} messages read, {} failed; {} mailings, {} other messages flagged",
        read.read,
        read.failed,
        found.mailings.len(),
        found.flagged.len()
    ));
    let hit = args.fail_on_hit && screened.is_some_and(|screened| screened.hit);
    let status = match (read.failed, hit) {
        (1.., _) => Status::Partial,
        (0, true) => Status::Hit,
        (0, false) => Status::Ran,
    };
    Ok(lists.map_or(status, |lists| unless_rows_failed(lists.library().lists(), status)))
}

fn say(read: &MessagesRead) {
    for (file, place, reason) in read.failures.iter().take(SHOWN_FAILURES) {
        note(&format!("failed: {file}{}: {reason}", at(*place)));
    }
    if read.failed > SHOWN_FAILURES as u64 {
        note(&format!("failed: {} more", read.failed - SHOWN_FAILURES as u64));
    }
    if read.failed > 0 {
        note("  remedy: mend these and read them again; all others are read");
    }
    doubts_of_messages(read).iter().for_each(|doubt| note(&format!("warning: {doubt}")));
}

fn at(place: Place) -> String {
    match place {
        Place::File => String::new(),
        Place::Byte(byte) => format!(" byte {byte}"),
        Place::Line(line) => format!(" line {line}"),
    }
}

fn write(
    out: &mut dyn Write,
    format: Format,
    found: &Mailings,
    read: &MessagesRead,
    reveal: bool,
    screened: Option<&Screened>,
) -> Result<(), CommandError> {
    match format {
        Format::Json => {
            let mut value = mailings_to_json(found, read);
            if let Some(screened) = screened {
                value["traces"] = screened.json.clone();
            }
            writeln!(out, "{value}")?;
        }
        Format::Jsonl => {
            for mailing in &found.mailings {
                writeln!(out, "{}", mailing_to_json(mailing, &read.messages))?;
            }
        }
        Format::Csv => {
            writeln!(out, "{}", COLUMNS.join(","))?;
            for mailing in &found.mailings {
                writeln!(out, "{}", csv_line(&cells(mailing)))?;
            }
        }
        Format::Table => {
            for (number, mailing) in found.mailings.iter().enumerate() {
                out.write_all(shown(number + 1, mailing, read, reveal).as_bytes())?;
            }
            out.write_all(flagged(found, read, reveal).as_bytes())?;
            out.write_all(screened.map_or("", |screened| &screened.text).as_bytes())?;
        }
    }
    Ok(())
}

fn cells(mailing: &Mailing) -> [String; 8] {
    let Mailing { template, senders, platforms, sent, flags, .. } = mailing;
    let time = |time: Option<String>| time.unwrap_or_default();
    let names = |values: Vec<&str>| values.join(";");
    [
        template.copies.len().to_string(),
        senders.len().to_string(),
        time(sent.map(|(first, _)| first.to_string())),
        time(sent.map(|(_, last)| last.to_string())),
        names(platforms.iter().map(|(platform, _)| platform.as_str()).collect()),
        names(template.slots.iter().map(|slot| slot.kind.name()).collect()),
        names(flags.iter().map(|flag| flag.rule).collect()),
        template.text(),
    ]
}

/// A mailing on a terminal. Slots are named in its text, and what fills them is not shown unless asked for.
fn shown(number: usize, mailing: &Mailing, read: &MessagesRead, reveal: bool) -> String {
    let Mailing { template, senders, platforms, subjects, sent, flags } = mailing;
    let copies = template.copies.len();
    let listed = |values: &[(String, usize)]| {
        let shown: Vec<String> =
            values.iter().take(SHOWN).map(|(value, n)| format!("{} ({n})", plain(value))).collect();
        let more =
            if values.len() > SHOWN { format!(" +{} more", values.len() - SHOWN) } else { String::new() };
        shown.join(", ") + &more
    };
    let when = sent.map(|(first, last)| format!(", {first} to {last}")).unwrap_or_default();
    let mut text = format!("{number}. {copies} copies by {}{when}\n", listed(platforms));
    text += &format!("   from: {}\n", listed(senders));
    let redaction = template.redaction(&read.messages);
    // A subject that differs from copy to copy may have the recipient's name in it.
    if subjects.len() > 1 && !reveal {
        text += &format!("   subject: {} different ones (--reveal)\n", subjects.len());
    } else if let ([(subject, copies)], false) = (&subjects[..], reveal) {
        text += &format!("   subject: {} ({copies})\n", plain(&redaction.text(subject)));
    } else if !subjects.is_empty() {
        text += &format!("   subject: {}\n", listed(subjects));
    }
    let body = if reveal { template.text() } else { template.shown_text(&read.messages) };
    for line in body.lines() {
        text += &format!("   | {}\n", plain(line));
    }
    for slot in &template.slots {
        let mut values: Vec<&str> = slot.fills.iter().map(|fill| fill.value(&read.messages)).collect();
        values.sort_unstable();
        values.dedup();
        let examples: Vec<String> =
            values.iter().take(SHOWN).map(|value| shown_value(slot.kind, value, reveal)).collect();
        let (filled, distinct) = (slot.fills.len(), values.len());
        text += &format!("   {}: {filled} filled, {distinct} distinct: {}\n", slot.kind, examples.join("; "));
    }
    for flag in flags {
        text += &shown_flag(flag, read, reveal, &redaction, &template.fills_of(flag.message));
    }
    text + "\n"
}

/// What fills a slot; unless it is asked for, letter by letter unseen.
fn shown_value(kind: SlotKind, value: &str, reveal: bool) -> String {
    if reveal { plain(value) } else { plain(&hidden_fill(kind, value)) }
}

/// A flag with its words: of the mailing's text, what fills a slot unseen unless it is asked for.
fn shown_flag(
    flag: &Flag,
    read: &MessagesRead,
    reveal: bool,
    redaction: &Redaction,
    slots: &[std::ops::Range<usize>],
) -> String {
    let message = read.messages.get(flag.message);
    let words = match message {
        Some(message) if reveal => message.text.get(flag.range.clone()).unwrap_or_default().to_owned(),
        Some(message) => redaction.stretch(message, flag.range.clone(), slots),
        None => String::new(),
    };
    let (kind, rule, reason, copies) = (flag.kind.name(), flag.rule, flag.reason, flag.copies);
    format!("   {kind} ({rule}, {copies} copies): \"{}\": {reason}\n", plain(&words))
}

fn flagged(found: &Mailings, read: &MessagesRead, reveal: bool) -> String {
    let mut text = String::new();
    if !found.flagged.is_empty() {
        text += "messages that are no copy of any:\n";
    }
    for (place, flags) in found.flagged.iter().take(SHOWN) {
        let message = &read.messages[*place];
        let source = format!("{}{}", message.source.file, at(message.source.place));
        text += &format!("   {} from {} ({})\n", plain(&message.id), plain(&message.sender), plain(&source));
        let redaction = Redaction::of([message]);
        for flag in flags {
            text += &format!("   {}", shown_flag(flag, read, reveal, &redaction, &[]));
        }
    }
    if found.flagged.len() > SHOWN {
        text += &format!("   {} more; --format json has all\n", found.flagged.len() - SHOWN);
    }
    text
}
