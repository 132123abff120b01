//! Records of a delimited stream of any length, one after another, so that one bad row never takes the others with it.
//!
//! What a record is, and how to find back after a broken one, `lists::records` knows. Here only as many lines are
//! read ahead as it needs.

use std::fmt;
use std::io::BufRead;

use lists::records::Row;

/// Most lines and bytes that one record may span before its quotation mark counts as never closed.
const MAX_LINES: usize = 128;
const MAX_BYTES: usize = 1 << 20;

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// Line number in the file, from 1.
    pub(crate) line: u64,
    /// Its fields, as far as they could be told apart.
    pub(crate) cells: Vec<String>,
    /// What is wrong with it.
    pub(crate) wrong: Option<Wrong>,
    /// Whether the bytes were no UTF-8 and were read as windows-1252.
    pub(crate) recoded: bool,
}

/// Why a record cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// A quotation mark opens and never closes: which cell is which is a guess.
    Unclosed,
    /// It has not the columns of the header.
    Columns {
        /// Its own.
        there: usize,
        /// The header's.
        header: usize,
    },
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclosed => {
                f.write_str("a quotation mark opens and never closes; close it, or write it twice")
            }
            Self::Columns { there, header } => write!(f, "{there} columns where the header has {header}"),
        }
    }
}

/// Reads records from any source of bytes. The first is the header, which says how many columns the others have.
pub(crate) struct Records<R> {
    input: R,
    delimiter: u8,
    newline: u8,
    columns: Option<usize>,
    line: u64,
    /// Whole lines that were read ahead; up to `at` they are done with.
    ahead: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Records<R> {
    /// Delimiter and line break are read off the header.
    pub(crate) fn new(mut input: R) -> std::io::Result<Self> {
        let (mut ahead, mut start) = (Vec::new(), 0);
        while input.read_until(b'\n', &mut ahead)? > 0 && ahead[start..].iter().all(u8::is_ascii_whitespace) {
            start = ahead.len();
        }
        let header = &ahead[start..];
        let delimiter = delimiter_of(header);
        // Files of old Macintosh programs end their lines with CR alone.
        let newline = if header.contains(&b'\n') || !header.contains(&b'\r') { b'\n' } else { b'\r' };
        Ok(Self { input, delimiter, newline, columns: None, line: 0, ahead, at: 0 })
    }

    /// Where the next lines end that were read ahead, as many as there are.
    fn look_ahead(&mut self, lines: usize) -> std::io::Result<usize> {
        let mut end = self.at;
        for _ in 0..lines {
            match self.ahead[end..].iter().position(|b| *b == self.newline) {
                Some(n) => end += n + 1,
                None => {
                    // A line of any length is read: what it holds decides, not how long it is.
                    self.input.read_until(self.newline, &mut self.ahead)?;
                    end = self.ahead.len();
                }
            }
        }
        Ok(end)
    }

    /// The next record that is not blank.
    pub(crate) fn next_record(&mut self) -> std::io::Result<Option<Record>> {
        let (mut lines, mut before) = (1, self.at);
        loop {
            let end = self.look_ahead(lines)?;
            if end == self.at {
                return Ok(None);
            }
            let mut records =
                lists::records::Records::new(&self.ahead[self.at..end], self.delimiter, self.columns)
                    .with_newline(self.newline);
            let mut row = Row::default();
            let found = records.read(&mut row);
            let more = end > before && lines < MAX_LINES && end - self.at < MAX_BYTES;
            if found && row.unclosed && more {
                (lines, before) = (lines * 2, end);
                continue;
            }
            let (bytes, passed) = records.consumed();
            let record = found.then(|| Record {
                line: self.line + u64::from(row.line),
                cells: row.fields.iter().map(ToString::to_string).collect(),
                wrong: self.wrong(&row),
                recoded: records.legacy > 0,
            });
            self.line += u64::from(passed);
            self.at += bytes;
            if self.at == self.ahead.len() || self.at > MAX_BYTES {
                self.ahead.drain(..self.at);
                self.at = 0;
            }
            if let Some(record) = record {
                self.columns.get_or_insert(record.cells.len());
                return Ok(Some(record));
            }
            (lines, before) = (1, self.at);
        }
    }

    fn wrong(&self, row: &Row<'_>) -> Option<Wrong> {
        let there = row.fields.len();
        match self.columns {
            _ if row.unclosed => Some(Wrong::Unclosed),
            Some(header) if header != there => Some(Wrong::Columns { there, header }),
            _ => None,
        }
    }
}

/// The delimiter of a header line: the one of comma, semicolon, tab and bar that occurs most outside quotation marks.
fn delimiter_of(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    for &b in header.iter().take_while(|&&b| b != b'\n' && b != b'\r') {
        quoted ^= b == b'"';
        if let Some(count) = counts.iter_mut().find(|(d, _)| *d == b && !quoted) {
            count.1 += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(d, _)| *d)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, cells, what is wrong.
    fn check(text: &[u8], expected: &[(u64, &[&str], Option<Wrong>)]) {
        let mut records = Records::new(text).unwrap();
        for (line, cells, wrong) in expected {
            let record = records.next_record().unwrap().unwrap();
            assert_eq!((record.line, &record.wrong), (*line, wrong), "{record:?}");
            assert_eq!(record.cells, *cells, "line {line}");
        }
        assert_eq!(records.next_record().unwrap(), None);
    }

    #[test]
    fn one_bad_row_takes_no_other_with_it() {
        let unclosed = || Some(Wrong::Unclosed);
        check(
            b"a,b\n\nc,\"d\ne\"\nf,g\n",
            &[(1, &["a", "b"], None), (3, &["c", "d\ne"], None), (5, &["f", "g"], None)],
        );
        check(
            b"a,b\nc,\"open\ne,f\ng,h\n",
            &[
                (1, &["a", "b"], None),
                (2, &["c", "open"], unclosed()),
                (3, &["e", "f"], None),
                (4, &["g", "h"], None),
            ],
        );
        check(
            b"a,b\nc,\"open\ne,\"f, F\"\ng,h\n",
            &[
                (1, &["a", "b"], None),
                (2, &["c", "open"], unclosed()),
                (3, &["e", "f, F"], None),
                (4, &["g", "h"], None),
            ],
        );
        check(
            b"a,b\nc\nd,e,f",
            &[
                (1, &["a", "b"], None),
                (2, &["c"], Some(Wrong::Columns { there: 1, header: 2 })),
                (3, &["d", "e", "f"], Some(Wrong::Columns { there: 3, header: 2 })),
            ],
        );
        check(
            b"x,O\"Brien\ny,\"a \"\"b\"\"\"\r\n",
            &[(1, &["x", "O\"Brien"], None), (2, &["y", "a \"b\""], None)],
        );
        check(b"M\xFCller,1\n", &[(1, &["Müller", "1"], None)]);
        check(b"a,b\rc,d\r", &[(1, &["a", "b"], None), (2, &["c", "d"], None)]);
        check(b"a,b\n\x1A", &[(1, &["a", "b"], None)]);
        check(b"", &[]);
    }

    /// As many lines as are ever read ahead, and one more.
    #[test]
    fn a_cell_of_many_lines() {
        for (breaks, whole) in [(MAX_LINES - 1, true), (MAX_LINES, false)] {
            let cell = "x\n".repeat(breaks);
            let text = format!("id,name\n1,\"{cell}\"\n2,y\n");
            let mut records = Records::new(text.as_bytes()).unwrap();
            records.next_record().unwrap();
            let record = records.next_record().unwrap().unwrap();
            assert_eq!(record.wrong.is_none(), whole, "{breaks}");
            let last = std::iter::from_fn(|| records.next_record().unwrap()).last().unwrap();
            assert_eq!((last.line, last.cells), (breaks as u64 + 3, vec!["2".to_owned(), "y".to_owned()]));
        }
    }

    #[test]
    fn delimiters() {
        for (header, expected) in
            [("id,name", b','), ("id\tname", b'\t'), ("id;name;x", b';'), ("name", b','), ("", b',')]
        {
            assert_eq!(delimiter_of(header.as_bytes()), expected, "{header}");
        }
    }
}
