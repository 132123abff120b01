//! Records of delimited text, with physical line numbers, that find their way back after a broken row.
//!
//! A quoted field may hold line breaks. If a quote is never closed, or the record that it makes has not the expected
//! number of columns, only its *first line* is taken as the (broken) record and reading goes on at the next line: one
//! truncated row never swallows its neighbours.

use std::borrow::Cow;
use std::ops::Range;

use crate::encoding;

/// A quoted field of several lines that has not ended after so many bytes never will.
const LONGEST_FIELD: usize = 1 << 20;

/// One record.
#[derive(Debug, Default)]
pub struct Row<'a> {
    /// Physical line on which it begins, from 1.
    pub line: u32,
    /// Its fields, unquoted, blanks kept.
    pub fields: Vec<Cow<'a, str>>,
    /// A quote was opened and never closed.
    pub unclosed: bool,
}

/// The records of a file, or of a piece of one that begins with a record.
pub struct Records<'a> {
    data: &'a [u8],
    at: usize,
    line: u32,
    delimiter: u8,
    newline: u8,
    columns: Option<usize>,
    spans: Vec<Span>,
    /// Records that were no UTF-8.
    pub legacy: usize,
}

#[derive(Debug)]
struct Span {
    range: Range<usize>,
    doubled: bool,
}

struct Shape {
    /// After the record and its line break.
    next: usize,
    line_breaks: u32,
    unclosed: bool,
    /// A quote stands inside a quoted field.
    stray: bool,
}

impl<'a> Records<'a> {
    /// `data` in an encoding that holds ASCII, without a byte order mark; `columns`, where the number of columns is
    /// known.
    #[must_use]
    pub fn new(data: &'a [u8], delimiter: u8, columns: Option<usize>) -> Self {
        // Files of old Macintosh programs end their lines with CR alone.
        let newline = if data.contains(&b'\n') { b'\n' } else { b'\r' };
        Self { data, at: 0, line: 1, delimiter, newline, columns, spans: Vec::new(), legacy: 0 }
    }

    /// Says what ends a line, where `data` is too small a piece of a file to tell.
    #[must_use]
    pub fn with_newline(mut self, newline: u8) -> Self {
        self.newline = newline;
        self
    }

    /// The bytes and the lines that the records read so far took.
    #[must_use]
    pub fn consumed(&self) -> (usize, u32) {
        (self.at, self.line - 1)
    }

    /// Sets the number of columns, once the header is read.
    pub(crate) fn expect_columns(&mut self, columns: usize) {
        self.columns = Some(columns);
    }

    /// The next record that is not blank; `false` at the end.
    pub fn read(&mut self, row: &mut Row<'a>) -> bool {
        row.fields.clear();
        while self.at < self.data.len() {
            let line = self.line;
            let mut shape = self.scan(self.data.len());
            let many = shape.line_breaks > 1;
            let odd = self.columns.is_some_and(|columns| columns != self.spans.len());
            if shape.unclosed || (many && (shape.stray || odd)) {
                let end = self.line_end();
                shape = self.scan(end);
                shape.line_breaks = 1;
            }
            self.at = shape.next;
            self.line = self.line.saturating_add(shape.line_breaks);
            if let [only] = self.spans.as_slice() {
                let blank = |b: &u8| b.is_ascii_whitespace() || *b == 0x1A;
                if self.data[only.range.clone()].iter().all(blank) {
                    continue;
                }
            }
            row.line = line;
            row.unclosed = shape.unclosed;
            self.fields(row);
            return true;
        }
        false
    }

    fn line_end(&self) -> usize {
        let rest = &self.data[self.at..];
        rest.iter().position(|b| *b == self.newline).map_or(self.data.len(), |n| self.at + n + 1)
    }

    /// Marks the fields of the record at `self.at`, looking no further than `end`.
    fn scan(&mut self, end: usize) -> Shape {
        self.spans.clear();
        let (delimiter, newline) = (self.delimiter, self.newline);
        let data = &self.data[..end];
        let mut shape = Shape { next: end, line_breaks: 1, unclosed: false, stray: false };
        let mut at = self.at;
        loop {
            let mut open = at;
            while data.get(open) == Some(&b' ') && delimiter != b' ' {
                open += 1;
            }
            let stop = if data.get(open) == Some(&b'"') {
                let (span, stop) = quoted(data, open + 1, delimiter, newline, &mut shape);
                self.spans.push(span);
                stop
            } else {
                let length = data[at..].iter().position(|b| *b == delimiter || *b == newline);
                let stop = length.map_or(end, |length| at + length);
                let carriage = usize::from(stop > at && data[stop - 1] == b'\r' && newline == b'\n');
                self.spans.push(Span { range: at..stop - carriage, doubled: false });
                stop
            };
            match data.get(stop) {
                Some(b) if *b == delimiter => at = stop + 1,
                Some(_) => {
                    shape.next = stop + 1;
                    return shape;
                }
                None => return shape,
            }
        }
    }

    fn fields(&mut self, row: &mut Row<'a>) {
        let data = self.data;
        let mut legacy = false;
        for span in &self.spans {
            let (text, no_utf8) = encoding::text(&data[span.range.clone()]);
            legacy |= no_utf8;
            row.fields.push(if span.doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { text });
        }
        self.legacy += usize::from(legacy);
    }
}

/// The span of a quoted field whose text begins at `from`, and where the scan stopped: at a delimiter, a line break
/// or the end. A quote closes the field only before one of these; any other quote is part of the text.
fn quoted(data: &[u8], from: usize, delimiter: u8, newline: u8, shape: &mut Shape) -> (Span, usize) {
    let mut doubled = false;
    let mut at = from;
    while at < data.len() {
        match data[at] {
            b'"' => {
                let mut after = at + 1;
                if data.get(after) == Some(&b'"') {
                    doubled = true;
                    at += 2;
                    continue;
                }
                while data.get(after).is_some_and(|b| *b == b' ' || *b == b'\r') && delimiter != b' ' {
                    after += 1;
                }
                let closes = data.get(after).is_none_or(|b| *b == delimiter || *b == newline);
                // With CR alone as the line break, the blanks passed over may have been one.
                let closes = closes || (newline == b'\r' && data.get(at + 1) == Some(&b'\r'));
                if closes {
                    let after =
                        if newline == b'\r' && data.get(at + 1) == Some(&b'\r') { at + 1 } else { after };
                    return (Span { range: from..at, doubled }, after);
                }
                shape.stray = true;
            }
            b if b == newline => shape.line_breaks = shape.line_breaks.saturating_add(1),
            _ => {}
        }
        // A quote that closes nothing and a line break do not go together: give up at once, or a hostile file would
        // be scanned again from each of its lines.
        if shape.line_breaks > 1 && (shape.stray || at - from > LONGEST_FIELD) {
            break;
        }
        at += 1;
    }
    shape.unclosed = true;
    let mut to = data.len();
    while to > from && matches!(data[to - 1], b'\r' | b'\n') {
        to -= 1;
    }
    (Span { range: from..to, doubled }, data.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, columns: Option<usize>, expected: &[(u32, &[&str], bool)]) {
        let mut records = Records::new(text.as_bytes(), b',', columns);
        let mut row = Row::default();
        for (line, fields, unclosed) in expected {
            assert!(records.read(&mut row), "{text:?}: a record at line {line}");
            assert_eq!((row.line, row.unclosed), (*line, *unclosed), "{text:?}");
            assert_eq!(row.fields, *fields, "{text:?}");
        }
        assert!(!records.read(&mut row), "{text:?}: no more, but {row:?}");
    }

    #[test]
    fn rows() {
        check("", None, &[]);
        check("a,b\nc,d", None, &[(1, &["a", "b"], false), (2, &["c", "d"], false)]);
        check("a,b\r\n\r\n  \r\nc,\r\n", None, &[(1, &["a", "b"], false), (4, &["c", ""], false)]);
        check("a\rb,c\r", None, &[(1, &["a"], false), (2, &["b", "c"], false)]);
        check("\"a\"\r\"b\",c\r", None, &[(1, &["a"], false), (2, &["b", "c"], false)]);
        check("\"a,b\",\"c\"\"d\",-0- \n", None, &[(1, &["a,b", "c\"d", "-0- "], false)]);
        check("1, \"x, y\" ,2", None, &[(1, &["1", "x, y", "2"], false)]);
        check("a\"b,c", None, &[(1, &["a\"b", "c"], false)]);
        check("\"a \"b\" c\",d", None, &[(1, &["a \"b\" c", "d"], false)]);
        check("\"a\nb\",c\nd,e", Some(2), &[(1, &["a\nb", "c"], false), (3, &["d", "e"], false)]);
    }

    #[test]
    fn a_broken_row_does_not_swallow_its_neighbours() {
        let text = "1,\"ab\n2,\"cd\",\"e\"\n3,f,g\n4,\"h";
        let rows: &[(u32, &[&str], bool)] = &[
            (1, &["1", "ab"], true),
            (2, &["2", "cd", "e"], false),
            (3, &["3", "f", "g"], false),
            (4, &["4", "h"], true),
        ];
        check(text, Some(3), rows);
        let apart = "1,\"ab\n2,f,g\n3,\"h\",i\n";
        let rows: &[(u32, &[&str], bool)] =
            &[(1, &["1", "ab"], true), (2, &["2", "f", "g"], false), (3, &["3", "h", "i"], false)];
        check(apart, Some(3), rows);
    }
}
