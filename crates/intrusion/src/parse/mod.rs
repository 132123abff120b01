//! A line of whatever log: each line says by itself what it is, so that files in which two servers wrote are read too.

mod common;
mod iis;
mod json;
mod time;

use std::fmt;

use crate::Request;
pub(crate) use common::byte;

/// Why a line is no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// No address of a client.
    NoAddress,
    /// No time, or one that is none.
    NoTime,
    /// No request in quotation marks, or an object without one.
    NoRequest,
    /// No status.
    NoStatus,
    /// The words do not fit the columns of the last `#Fields:` line.
    Columns {
        /// Words in the line.
        found: usize,
        /// Columns that were announced.
        expected: usize,
    },
    /// It begins like JSON and is none.
    Json,
    /// Longer than a line of a log can be: so many bytes.
    TooLong(u64),
    /// No form that we know.
    Unknown,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress => f.write_str("no address of a client"),
            Self::NoTime => f.write_str("no time that can be read"),
            Self::NoRequest => f.write_str("no request"),
            Self::NoStatus => f.write_str("no status"),
            Self::Columns { found, expected } => {
                write!(f, "{found} words for {expected} columns of the last #Fields line")
            }
            Self::Json => f.write_str("no JSON object"),
            Self::TooLong(bytes) => {
                write!(
                    f,
                    "{bytes} bytes, more than the {} of the longest line that is read",
                    crate::LONGEST_LINE
                )
            }
            Self::Unknown => f.write_str("neither the common nor the combined form, nor IIS W3C, nor JSON"),
        }
    }
}

/// Reads lines. It remembers the last `#Fields:` line, and nothing else.
#[derive(Clone, Debug, Default)]
pub struct Parser {
    columns: Option<iis::Columns>,
}

impl Parser {
    /// Reads a line without its end. `Ok(None)`: blank, or a directive.
    ///
    /// # Errors
    /// [`Malformed`]: it is no entry of a log. The next line may be one.
    pub fn read<'a>(&mut self, line: &'a [u8]) -> Result<Option<Request<'a>>, Malformed> {
        let line = line.trim_ascii();
        match line.first() {
            None => return Ok(None),
            Some(b'#') => {
                if let Some(columns) = iis::Columns::of_directive(line) {
                    self.columns = Some(columns);
                }
                return Ok(None);
            }
            Some(b'{') => return json::read(line).map(Some),
            Some(_) => {}
        }
        if is_day(line) {
            return iis::read(line, self.columns.as_ref()).map(Some);
        }
        match common::read(line) {
            // A log of IIS need not begin with the day.
            Err(_) if self.columns.is_some() && memchr::memchr(b'"', line).is_none() => {
                iis::read(line, self.columns.as_ref()).map(Some)
            }
            Err(Malformed::NoTime) if memchr::memchr(b'[', line).is_none() => Err(Malformed::Unknown),
            other => other.map(Some),
        }
    }
}

/// `2020-10-17 `.
fn is_day(line: &[u8]) -> bool {
    line.len() > 11
        && line[..10].iter().enumerate().all(|(at, b)| match at {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
        && line[10] == b' '
}

#[cfg(test)]
mod tests;
