//! Records of a delimited stream of any length, one after another, so that one bad row never takes the others with it.
//!
//! What a record is, and how to find back after a broken one, `lists::records` knows. Here only as many lines are
//! read ahead as it needs.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use lists::records::Row;

use crate::input::LONGEST_ROW;

/// Most lines and bytes that one record may span before its quotation mark counts as never closed.
const MAX_LINES: usize = 128;
const MAX_BYTES: usize = 1 << 20;

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    /// Line number in the file, from 1.
    pub(crate) line: u64,
    /// Its fields, as far as they could be told apart.
    pub(crate) cells: Vec<Cow<'a, str>>,
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

/// How the records of a file are written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    delimiter: u8,
    newline: u8,
    /// The columns of the header, once it is read.
    columns: Option<usize>,
}

impl Layout {
    fn records<'a>(&self, bytes: &'a [u8]) -> lists::records::Records<'a> {
        lists::records::Records::new(bytes, self.delimiter, self.columns).with_newline(self.newline)
    }

    /// Reads a record that [`Records::next_raw`] found, with as many lines before it.
    pub(crate) fn read<'a>(&self, bytes: &'a [u8], before: u64) -> Record<'a> {
        let (mut records, mut row) = (self.records(bytes), Row::default());
        records.read(&mut row);
        Record {
            line: before + u64::from(row.line),
            wrong: self.wrong(&row),
            recoded: records.legacy > 0,
            cells: row.fields,
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

    /// How many lines in the cells of a record look like records of their own: a quotation mark that was never closed took
    /// them in, and found another that closed it. None, where the file has one column alone.
    pub(crate) fn swallowed(&self, record: &Record<'_>) -> usize {
        let Some(columns) = self.columns.filter(|columns| *columns > 1) else { return 0 };
        let looks_like_one =
            |line: &&str| line.bytes().filter(|b| *b == self.delimiter).count() + 1 >= columns;
        record.cells.iter().flat_map(|cell| cell.lines().skip(1)).filter(looks_like_one).count()
    }

    /// Whether a line without a quotation mark is no record: one cell, and nothing in it.
    fn is_blank(&self, line: &[u8]) -> bool {
        line.iter().all(|b| *b != self.delimiter && (b.is_ascii_whitespace() || *b == 0x1A))
    }
}

/// Finds records in any source of bytes. The first is the header, which says how many columns the others have.
pub(crate) struct Records<R> {
    input: R,
    layout: Layout,
    line: u64,
    /// Whole lines that were read ahead; up to `at` they are done with.
    ahead: Vec<u8>,
    at: usize,
    /// The record that was read last.
    own: Vec<u8>,
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
        let layout = Layout { delimiter, newline, columns: None };
        Ok(Self { input, layout, line: 0, ahead, at: 0, own: Vec::new() })
    }

    /// How the records are written; all of it only after the header is read.
    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// Where the next lines end that were read ahead, as many as there are.
    fn look_ahead(&mut self, lines: usize) -> std::io::Result<usize> {
        let mut end = self.at;
        for _ in 0..lines {
            match self.ahead[end..].iter().position(|b| *b == self.layout.newline) {
                Some(n) => end += n + 1,
                None => {
                    // A line of any length is read: what it holds decides, not how long it is.
                    self.input.read_until(self.layout.newline, &mut self.ahead)?;
                    end = self.ahead.len();
                }
            }
        }
        Ok(end)
    }

    /// The next record that is not blank.
    pub(crate) fn next_record(&mut self) -> std::io::Result<Option<Record<'_>>> {
        let mut own = std::mem::take(&mut self.own);
        own.clear();
        let found = self.next_raw(&mut own);
        self.own = own;
        let Some(before) = found? else { return Ok(None) };
        let record = self.layout.read(&self.own, before);
        self.layout.columns.get_or_insert(record.cells.len());
        Ok(Some(record))
    }

    /// Adds the bytes of the next record that is not blank to others, and returns how many lines stand before them.
    pub(crate) fn next_raw(&mut self, to: &mut Vec<u8>) -> std::io::Result<Option<u64>> {
        let (mut lines, mut before) = (1, self.at);
        loop {
            let end = self.look_ahead(lines)?;
            if end == self.at {
                return Ok(None);
            }
            let piece = &self.ahead[self.at..end];
            // Only a quotation mark makes a record of more than its line.
            let (found, bytes, passed) = if lines == 1 && !piece.contains(&b'"') {
                (!self.layout.is_blank(piece), piece.len(), 1)
            } else {
                let (mut records, mut row) = (self.layout.records(piece), Row::default());
                let found = records.read(&mut row);
                let more = end > before && lines < MAX_LINES && end - self.at < MAX_BYTES;
                if found && row.unclosed && more {
                    (lines, before) = (lines * 2, end);
                    continue;
                }
                let (bytes, passed) = records.consumed();
                (found, bytes, passed)
            };
            let lines_before = self.line;
            if found {
                to.extend_from_slice(&piece[..bytes.min(LONGEST_ROW + 1)]);
            }
            self.line += u64::from(passed);
            self.at += bytes;
            if self.at == self.ahead.len() || self.at > MAX_BYTES {
                self.ahead.drain(..self.at);
                self.at = 0;
            }
            if found {
                return Ok(Some(lines_before));
            }
            (lines, before) = (1, self.at);
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
    use proptest::prelude::*;

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

    #[test]
    fn rows_that_a_quotation_mark_took_in() {
        let check = |text: &str, swallowed: &[usize]| {
            let mut records = Records::new(text.as_bytes()).unwrap();
            records.next_record().unwrap();
            let mut found = Vec::new();
            let layout = records.layout();
            while let Some(record) = records.next_record().unwrap() {
                found.push(layout.swallowed(&record));
            }
            assert_eq!(found, swallowed, "{text}");
        };
        // With another number of columns the reader itself finds back, row by row.
        check("a,b,c\n1,\"x,y\n2,x,y\n3,x,y\"\n4,x,y\n", &[0, 0, 0, 0]);
        check("a,b,c\n1,\"x\n2,x,y\n3,x,y\",z\n4,x,y\n", &[2, 0]);
        check("a,b,c\n1,\"x,y\n2,x,y\",z\n4,x,y\n", &[1, 0]);
        check("a,b,c\n1,\"5 Mill Street\nApt 3, rear\",y\n", &[0]);
        check("a\n\"x\ny\"\n", &[0]);
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
            let mut last = None;
            while let Some(record) = records.next_record().unwrap() {
                last = Some((record.line, record.cells.join("|")));
            }
            assert_eq!(last, Some((breaks as u64 + 3, "2|y".to_owned())));
        }
    }

    /// What makes records hard to tell apart. A quotation mark alone on its line is a blank line to one who reads line
    /// by line, so none stands there.
    const PIECES: [&str; 10] = ["\"x", "x\"", "y\"\"z", "a", ",", ",", "\n", "\r\n", " ", "\u{e9}"];

    proptest! {
        /// A record is found without its cells and read from its own bytes: it is what the whole file in one piece says,
        /// as long as that is shorter than what is read ahead.
        #[test]
        fn found_first_and_read_later(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40),
            columns in 1_usize..4,
        ) {
            let text = [&vec!["a"; columns].join(",")[..], "\n", &pieces.concat()].concat();
            let mut records = Records::new(text.as_bytes()).unwrap();
            let delimiter = records.layout.delimiter;
            let whole = lists::records::Records::new(text.as_bytes(), delimiter, Some(columns));
            let (mut whole, mut row) = (whole.with_newline(b'\n'), Row::default());
            while whole.read(&mut row) {
                let record = records.next_record().unwrap();
                let read = record.map(|r| (r.line, r.wrong == Some(Wrong::Unclosed), r.cells));
                prop_assert_eq!(read, Some((u64::from(row.line), row.unclosed, row.fields.clone())));
            }
            prop_assert_eq!(records.next_record().unwrap(), None);
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
