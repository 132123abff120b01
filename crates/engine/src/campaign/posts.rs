//! Posts: CSV and JSON lines, with the columns of `data/post_columns.tsv`.

use std::io::{BufRead, Read};

use ::campaign::{LONGEST_TEXT, Message, Place, Source};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::messages::MessagesRead;
use crate::EngineError;
use crate::input::LONGEST_ROW;
use crate::records::Records;
use crate::source::damaged;

const COLUMNS: &str = include_str!("../../data/post_columns.tsv");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Account,
    Time,
    Text,
    Url,
    Platform,
    Recipient,
}

/// Columns with their fields, in the order of the table.
fn columns() -> impl Iterator<Item = (&'static str, Field)> {
    COLUMNS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (column, field) = line.split_once('\t')?;
        let field = match field {
            "id" => Field::Id,
            "account" => Field::Account,
            "time" => Field::Time,
            "text" => Field::Text,
            "url" => Field::Url,
            "platform" => Field::Platform,
            "recipient" => Field::Recipient,
            _ => return None,
        };
        Some((column, field))
    })
}

/// For each column of a file what it tells: each field once, by the column that stands first in the table.
fn fields(header: &[&str]) -> Vec<Option<Field>> {
    let squeezed: Vec<String> = header
        .iter()
        .map(|name| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .collect();
    let mut fields: Vec<Option<Field>> = vec![None; header.len()];
    for (column, field) in columns() {
        if let Some(place) = squeezed.iter().position(|name| name == column)
            && !fields.contains(&Some(field))
            && fields[place].is_none()
        {
            fields[place] = Some(field);
        }
    }
    fields
}

/// Reads a table of posts.
pub(super) fn read_table(
    file: &str,
    input: Box<dyn BufRead + Send>,
    read: &mut MessagesRead,
) -> Result<(), EngineError> {
    let failed = |e: std::io::Error| damaged(file, &e);
    let mut records = Records::new(input).map_err(failed)?;
    let header = records.next_record().map_err(failed)?.map(|record| record.cells).unwrap_or_default();
    let header: Vec<&str> = header.iter().map(AsRef::as_ref).collect();
    let fields = fields(&header);
    if !fields.contains(&Some(Field::Text)) {
        return Err(EngineError::input(format!("{file} line 1: no column text"))
            .hint("a table of posts has a header such as id,account,timestamp,text,url; mail is mbox, .eml or a Maildir"));
    }
    while let Some(record) = records.next_record().map_err(failed)? {
        read.read += 1;
        let (line, cells) = (record.line, &record.cells);
        if cells.iter().map(|cell| cell.len()).sum::<usize>() + 1024 > LONGEST_ROW {
            read.fail(file, Place::Line(line), &too_long());
        } else if let Some(wrong) = &record.wrong {
            read.fail(file, Place::Line(line), &wrong.to_string());
        } else {
            let values = fields.iter().zip(cells).filter_map(|(field, cell)| Some(((*field)?, &**cell)));
            take(file, line, values, read);
        }
    }
    Ok(())
}

fn too_long() -> String {
    format!("the row is longer than {} MiB: no post's is", LONGEST_ROW >> 20)
}

/// Reads JSON lines of posts.
pub(super) fn read_lines(
    file: &str,
    mut input: Box<dyn BufRead + Send>,
    read: &mut MessagesRead,
) -> Result<(), EngineError> {
    let failed = |e: std::io::Error| damaged(file, &e);
    let (mut bytes, mut line) = (Vec::new(), 0);
    loop {
        bytes.clear();
        let count =
            input.by_ref().take(LONGEST_ROW as u64 + 1).read_until(b'\n', &mut bytes).map_err(failed)?;
        if count == 0 {
            return Ok(());
        }
        line += 1;
        if bytes.len() > LONGEST_ROW {
            input.skip_until(b'\n').map_err(failed)?;
            read.read += 1;
            read.fail(file, Place::Line(line), &too_long());
            continue;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        read.read += 1;
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Object(object)) => {
                let keys: Vec<&str> = object.keys().map(String::as_str).collect();
                let values: Vec<Option<String>> = object.values().map(plain_value).collect();
                let fields = fields(&keys);
                let values = fields
                    .iter()
                    .zip(&values)
                    .filter_map(|(field, value)| Some(((*field)?, value.as_deref()?)));
                take(file, line, values, read);
            }
            Ok(_) => read.fail(file, Place::Line(line), "no JSON object"),
            Err(error) => read.fail(file, Place::Line(line), &format!("no JSON: {error}")),
        }
    }
}

/// A value that is a text or a number; of several the first.
fn plain_value(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.first().and_then(plain_value),
        _ => None,
    }
}

fn take<'a>(file: &str, line: u64, values: impl Iterator<Item = (Field, &'a str)>, read: &mut MessagesRead) {
    let source = Source { file: file.to_owned(), place: Place::Line(line) };
    let mut message =
        Message { id: format!("{file}:{line}"), platform: "post".to_owned(), source, ..Message::default() };
    let mut time = None;
    for (field, value) in values.filter(|(_, value)| !value.trim().is_empty()) {
        let owned = || value.trim().to_owned();
        match field {
            Field::Id => message.id = owned(),
            Field::Account => message.sender = owned(),
            Field::Time => time = Some(value),
            Field::Text => {
                read.cut += u64::from(value.len() > LONGEST_TEXT);
                message.text = value[..value.floor_char_boundary(LONGEST_TEXT)].to_owned();
            }
            Field::Url => message.url = Some(owned()),
            Field::Platform => message.platform = owned(),
            Field::Recipient => message.recipients.push(owned()),
        }
    }
    message.time = time.and_then(moment);
    read.undated += u64::from(time.is_some() && message.time.is_none());
    read.messages.push(message);
}

/// A moment as files of posts write it. Where no zone is named it is UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        // Milliseconds since 1970 are larger than any second of the next three thousand years.
        let seconds = if number.abs() >= 1e11 { number / 1000.0 } else { number };
        return (seconds.abs() < 1e11).then(|| Timestamp::from_second(seconds as i64).ok()).flatten();
    }
    let utc = |time: DateTime| time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    let written = |form: &str| DateTime::strptime(form, text).ok();
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| text.parse::<DateTime>().ok().and_then(utc))
        .or_else(|| {
            ["%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M"]
                .into_iter()
                .find_map(written)
                .and_then(utc)
        })
        .or_else(|| text.parse::<Date>().ok().and_then(|date| utc(date.at(0, 0, 0, 0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_column() {
        let lines = COLUMNS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
        assert_eq!(columns().count(), lines);
    }

    #[test]
    fn moments() {
        for (text, expected) in [
            ("1603199640", Some("2020-10-20T13:14:00Z")),
            ("1603199640.0", Some("2020-10-20T13:14:00Z")),
            ("1603199640000", Some("2020-10-20T13:14:00Z")),
            ("2020-10-20T09:14:00-04:00", Some("2020-10-20T13:14:00Z")),
            ("2020-10-20 13:14", Some("2020-10-20T13:14:00Z")),
            ("10/20/2020 13:14", Some("2020-10-20T13:14:00Z")),
            ("2020-10-20", Some("2020-10-20T00:00:00Z")),
            ("yesterday", None),
            ("1e300", None),
            ("NaN", None),
        ] {
            assert_eq!(moment(text).map(|m| m.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn each_field_has_one_column() {
        let id = Some(Field::Id);
        assert_eq!(fields(&["tweet_id", "ID"]), [None, id]);
        assert_eq!(fields(&["Tweet-Text", "x"]), [Some(Field::Text), None]);
    }
}
