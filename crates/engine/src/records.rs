//! Records of a delimited file, one after another, so that one bad row never takes the others with it.
//!
//! A quotation mark that is opened and never closed makes an ordinary CSV reader swallow the rest of the file. Here
//! such a row is reported with its line, and reading goes on with the next line.

use std::io::BufRead;

use encoding_rs::WINDOWS_1252;

/// Most lines and bytes that one quoted record may span before its quotation mark counts as never closed.
const MAX_LINES: usize = 100;
const MAX_BYTES: usize = 1 << 20;

/// One record: its fields, and where it began.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// Line number in the file, from 1.
    pub(crate) line: u64,
    /// The fields, or what is wrong with the record.
    pub(crate) fields: Result<Vec<String>, String>,
    /// Whether the bytes were no UTF-8 and were read as windows-1252.
    pub(crate) recoded: bool,
}

/// Reads records from any source of bytes.
pub(crate) struct Records<R> {
    input: R,
    delimiter: u8,
    line: u64,
    /// Lines read ahead and given back.
    pending: std::collections::VecDeque<Vec<u8>>,
}

impl<R: BufRead> Records<R> {
    pub(crate) fn new(input: R, delimiter: u8) -> Self {
        Self { input, delimiter, line: 0, pending: std::collections::VecDeque::new() }
    }

    fn next_line(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        if let Some(line) = self.pending.pop_front() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        // A line of any length is read: what it holds decides, not how long it is.
        Ok((self.input.read_until(b'\n', &mut line)? > 0).then_some(line))
    }

    /// The next record that is not blank.
    pub(crate) fn next_record(&mut self) -> std::io::Result<Option<Record>> {
        loop {
            let Some(first) = self.next_line()? else { return Ok(None) };
            self.line += 1;
            let line = self.line;
            if first.iter().all(|b| b.is_ascii_whitespace() && *b != self.delimiter) || first == [0x1A] {
                continue;
            }
            let mut record = first;
            let mut ahead: Vec<Vec<u8>> = Vec::new();
            let mut open = self.quote_is_open(&record, false);
            while open {
                let more = if ahead.len() < MAX_LINES && record.len() < MAX_BYTES {
                    self.next_line()?
                } else {
                    None
                };
                let Some(more) = more else {
                    for line in ahead.into_iter().rev() {
                        self.pending.push_front(line);
                    }
                    let wrong =
                        "a quotation mark opens and never closes; close it, or write it twice".to_owned();
                    return Ok(Some(Record { line, fields: Err(wrong), recoded: false }));
                };
                open = self.quote_is_open(&more, true);
                record.extend_from_slice(&more);
                ahead.push(more);
            }
            self.line += ahead.len() as u64;
            let (fields, recoded) = self.fields(&record);
            return Ok(Some(Record { line, fields, recoded }));
        }
    }

    /// Whether a quoted field is open at the end of the bytes. A quotation mark opens a field only at its start.
    fn quote_is_open(&self, bytes: &[u8], mut quoted: bool) -> bool {
        let mut at_start = !quoted;
        let mut after_quote = false;
        for &b in bytes {
            if quoted {
                if after_quote {
                    after_quote = false;
                    if b != b'"' {
                        quoted = false;
                        at_start = b == self.delimiter;
                    }
                } else {
                    after_quote = b == b'"';
                }
            } else {
                quoted = at_start && b == b'"';
                at_start = b == self.delimiter;
            }
        }
        quoted && !after_quote
    }

    fn fields(&self, record: &[u8]) -> (Result<Vec<String>, String>, bool) {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(record.len().clamp(64, 1 << 16))
            .from_reader(record);
        let mut fields = csv::ByteRecord::new();
        match reader.read_byte_record(&mut fields) {
            Ok(true) => {}
            Ok(false) => return (Ok(Vec::new()), false),
            Err(e) => return (Err(e.to_string()), false),
        }
        let recoded = std::str::from_utf8(record).is_err();
        let text = |field: &[u8]| {
            if recoded {
                WINDOWS_1252.decode(field).0.into_owned()
            } else {
                String::from_utf8_lossy(field).into_owned()
            }
        };
        (Ok(fields.iter().map(text).collect()), recoded)
    }
}

/// The delimiter of a header line: the one of comma, semicolon, tab and bar that occurs most outside quotation marks.
pub(crate) fn delimiter_of(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut quoted = false;
    for &b in header.iter().take_while(|&&b| b != b'\n') {
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

    fn check(text: &[u8], expected: &[(u64, Result<&[&str], &str>)]) {
        let mut records = Records::new(text, b',');
        for (line, fields) in expected {
            let record = records.next_record().unwrap().unwrap();
            assert_eq!(record.line, *line);
            match (&record.fields, fields) {
                (Ok(there), Ok(wanted)) => assert_eq!(there, wanted),
                (Err(there), Err(wanted)) => assert!(there.contains(wanted), "{there}"),
                other => panic!("line {line}: {other:?}"),
            }
        }
        assert_eq!(records.next_record().unwrap(), None);
    }

    #[test]
    fn one_bad_row_takes_no_other_with_it() {
        check(
            b"a,b\n\nc,\"d\ne\"\nf,g\n",
            &[(1, Ok(&["a", "b"])), (3, Ok(&["c", "d\ne"])), (5, Ok(&["f", "g"]))],
        );
        check(
            b"a,b\nc,\"open\ne,f\ng,h\n",
            &[(1, Ok(&["a", "b"])), (2, Err("never closes")), (3, Ok(&["e", "f"])), (4, Ok(&["g", "h"]))],
        );
        check(
            b"x,O\"Brien\ny,\"a \"\"b\"\"\"\r\n",
            &[(1, Ok(&["x", "O\"Brien"])), (2, Ok(&["y", "a \"b\""]))],
        );
        check(b"M\xFCller,1\n", &[(1, Ok(&["Müller", "1"]))]);
        check(b"a,b\n\x1A", &[(1, Ok(&["a", "b"]))]);
        check(b"", &[]);
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
