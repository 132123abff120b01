//! IIS' W3C extended form: words at blanks, in the order that the last `#Fields:` line gave.

use std::borrow::Cow;

use super::common::{blank, number};
use super::{Malformed, time};
use crate::Request;

/// What a column holds, where we need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Date,
    Time,
    Method,
    Stem,
    Query,
    Address,
    Agent,
    Referrer,
    Status,
    Sent,
    Other,
}

/// The columns of the lines that follow.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    fields: Vec<Field>,
}

/// What IIS writes from version 7.5 on unless it is told otherwise. Excerpts that advisories print have lost the line
/// that says so.
const DEFAULT: &str = "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) \
                       cs(Referer) sc-status sc-substatus sc-win32-status time-taken";
/// The same before version 8, without the referrer.
const OLDER: &str = "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) \
                     sc-status sc-substatus sc-win32-status time-taken";

impl Columns {
    /// Reads `#Fields: date time ...`; any other directive gives `None`.
    pub(crate) fn of_directive(line: &[u8]) -> Option<Self> {
        let names = line.strip_prefix(b"#Fields:")?;
        Some(Self::of_names(&String::from_utf8_lossy(names)))
    }

    fn of_names(names: &str) -> Self {
        let field = |name: &str| match name.to_ascii_lowercase().as_str() {
            "date" => Field::Date,
            "time" => Field::Time,
            "cs-method" => Field::Method,
            "cs-uri-stem" | "cs-uri" => Field::Stem,
            "cs-uri-query" => Field::Query,
            "c-ip" => Field::Address,
            "cs(user-agent)" => Field::Agent,
            "cs(referer)" => Field::Referrer,
            "sc-status" => Field::Status,
            "sc-bytes" => Field::Sent,
            _ => Field::Other,
        };
        Self { fields: names.split_whitespace().map(field).collect() }
    }
}

/// Reads a line under the last directive, or as IIS writes by default where there was none.
pub(crate) fn read<'a>(line: &'a [u8], columns: Option<&Columns>) -> Result<Request<'a>, Malformed> {
    let words = || line.split(|b| *b == b' ').filter(|w| !w.is_empty());
    let count = words().count();
    let guessed;
    let columns = match columns {
        Some(columns) => columns,
        None => {
            guessed = Columns::of_names(if count == 14 { OLDER } else { DEFAULT });
            &guessed
        }
    };
    if count != columns.fields.len() {
        return Err(Malformed::Columns { found: count, expected: columns.fields.len() });
    }
    let mut request = Request::default();
    let (mut date, mut clock): (&[u8], &[u8]) = (b"", b"");
    for (field, word) in columns.fields.iter().zip(words()) {
        match field {
            Field::Date => date = word,
            Field::Time => clock = word,
            Field::Method => request.method = Cow::Borrowed(word),
            Field::Stem => {
                let (path, query) = crate::request::split_target(blank(word));
                request.path = Cow::Borrowed(path);
                if !query.is_empty() {
                    request.query = Cow::Borrowed(query);
                }
            }
            Field::Query if word != b"-" => request.query = Cow::Borrowed(word),
            Field::Address => request.address = Cow::Borrowed(word),
            Field::Agent => request.agent = spaced(blank(word)),
            Field::Referrer => request.referrer = Cow::Borrowed(blank(word)),
            Field::Status => {
                let status = number(word).and_then(|n| u16::try_from(n).ok());
                request.status = status.ok_or(Malformed::NoStatus)?;
            }
            Field::Sent => request.size = number(word),
            Field::Query | Field::Other => {}
        }
    }
    request.time = Some(time::iis(date, clock).ok_or(Malformed::NoTime)?);
    if request.address.is_empty() {
        return Err(Malformed::NoAddress);
    }
    Ok(request)
}

/// IIS writes a plus for each blank of an agent.
fn spaced(agent: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'+', agent).is_none() {
        return Cow::Borrowed(agent);
    }
    Cow::Owned(agent.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect())
}
