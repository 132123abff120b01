//! Mailings in messages and posts: `interdict campaign FILE...`.

use std::io::{BufWriter, Write};
use std::path::Path;

use engine::{
    Flag, Mailing, Mailings, MessagesRead, Mining, Output, Piece, Place, Slot, SlotKind, doubts_of_messages,
    find_mailings, mailing_to_json, mailings_to_json, read_messages,
};

use crate::args::{Campaign, Format};
use crate::commands::{SHOWN_FAILURES, format_or, note};
use crate::error::{CommandError, Status};
use crate::plain::plain;
use crate::table::csv_line;

/// Values, senders and flagged messages that a terminal shows of each list.
const SHOWN: usize = 5;

/// The head of the CSV form.
const COLUMNS: [&str; 8] = ["copies", "senders", "first", "last", "platforms", "slots", "flags", "text"];

pub(super) fn run(args: &Campaign) -> Result<Status, CommandError> {
    let format = match &args.output {
        Some(_) => args.format.unwrap_or(Format::Json),
        None => format_or(args.format, Format::Json),
    };
    let inputs: Vec<&Path> = args.files.iter().map(AsRef::as_ref).collect();
    let mut file = args.output.as_deref().map(|output| Output::create(output, &inputs)).transpose()?;
    let read = read_messages(&args.files)?;
    let found = find_mailings(&read.messages, &Mining { min_copies: args.min_copies });
    {
        let mut stdout = BufWriter::new(std::io::stdout().lock());
        let out: &mut dyn Write = match &mut file {
            Some(file) => file,
            None => &mut stdout,
        };
        write(out, format, &found, &read, args.reveal)?;
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
    Ok(if read.failed == 0 { Status::Ran } else { Status::Partial })
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
) -> Result<(), CommandError> {
    match format {
        Format::Json => writeln!(out, "{}", mailings_to_json(found, read))?,
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
            out.write_all(flagged(found, read).as_bytes())?;
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
    // A subject that differs from copy to copy may have the recipient's name in it.
    if subjects.len() > 1 && !reveal {
        text += &format!("   subject: {} different ones (--reveal)\n", subjects.len());
    } else if !subjects.is_empty() {
        text += &format!("   subject: {}\n", listed(subjects));
    }
    for line in body(&template.pieces, &template.slots).lines() {
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
        text += &shown_flag(flag, read, reveal);
    }
    text + "\n"
}

fn body(pieces: &[Piece], slots: &[Slot]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Slot(slot) => format!("{{{}}}", slots.get(*slot).map_or("", |slot| slot.kind.name())),
    };
    pieces.iter().map(piece).collect()
}

/// What a recipient is told of himself, letter by letter unseen: its shape shows that it is there.
fn shown_value(kind: SlotKind, value: &str, reveal: bool) -> String {
    if reveal || !kind.is_personal() {
        return plain(value);
    }
    // Whose site it is says nothing of the recipient; what follows may be made for him.
    let host = value.find("://").filter(|_| kind == SlotKind::Link).map_or(0, |scheme| {
        value[scheme + 3..].find(['/', '?', '#']).map_or(value.len(), |end| scheme + 3 + end)
    });
    let hidden =
        plain(&value[host..]).chars().map(|c| if c.is_alphanumeric() { '*' } else { c }).collect::<String>();
    plain(&value[..host]) + &hidden
}

fn shown_flag(flag: &Flag, read: &MessagesRead, reveal: bool) -> String {
    let words = read.messages.get(flag.message).and_then(|message| message.text.get(flag.range.clone()));
    let personal = if flag.kind.name() == "personal_data" { SlotKind::Address } else { SlotKind::Number };
    let words = shown_value(personal, words.unwrap_or_default(), reveal);
    let (kind, rule, reason, copies) = (flag.kind.name(), flag.rule, flag.reason, flag.copies);
    format!("   {kind} ({rule}, {copies} copies): \"{words}\": {reason}\n")
}

fn flagged(found: &Mailings, read: &MessagesRead) -> String {
    let mut text = String::new();
    if !found.flagged.is_empty() {
        text += "messages that are no copy of any:\n";
    }
    for (place, flags) in found.flagged.iter().take(SHOWN) {
        let message = &read.messages[*place];
        let source = format!("{}{}", message.source.file, at(message.source.place));
        text += &format!("   {} from {} ({})\n", plain(&message.id), plain(&message.sender), plain(&source));
        for flag in flags {
            text += &format!("   {}", shown_flag(flag, read, true));
        }
    }
    if found.flagged.len() > SHOWN {
        text += &format!("   {} more; --format json has all\n", found.flagged.len() - SHOWN);
    }
    text
}
