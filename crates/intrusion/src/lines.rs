//! Lines of a stream, in bounded memory.

use std::io::{BufRead, Result};

/// Longest line that is read, in bytes. Servers refuse request lines of more than 8 to 64 KiB, so that a longer line is
/// no log entry but damage, or an attempt to exhaust whoever reads the log.
pub const LONGEST_LINE: usize = 1 << 20;

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// As it is.
    Whole(&'a [u8]),
    /// Longer than [`LONGEST_LINE`]: so many bytes, which are not kept.
    TooLong(u64),
}

/// Gives each line with its number, from `first` on, and says the number that comes next. Never holds more than
/// [`LONGEST_LINE`] bytes. A carriage return at the end goes, and a byte order mark at the beginning.
///
/// # Errors
/// Those of the stream, and of whoever takes the lines. What was read before is not lost: it was given.
pub fn each_line(
    mut input: impl BufRead,
    first: u64,
    mut give: impl FnMut(u64, Line<'_>) -> Result<()>,
) -> Result<u64> {
    let (mut kept, mut length, mut number) = (Vec::new(), 0_u64, first);
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        let end = memchr::memchr(b'\n', chunk);
        let part = &chunk[..end.unwrap_or(chunk.len())];
        if end.is_some() && length == 0 && part.len() <= LONGEST_LINE {
            // Most lines lie whole in the buffer and need no copy.
            give(number, Line::Whole(trimmed(part, number == first)))?;
            number += 1;
        } else {
            length += part.len() as u64;
            if length <= LONGEST_LINE as u64 {
                kept.extend_from_slice(part);
            }
            if end.is_some() {
                give(number, whole(&kept, length, number == first))?;
                number += 1;
                kept.clear();
                length = 0;
            }
        }
        let read = end.map_or(chunk.len(), |end| end + 1);
        input.consume(read);
    }
    if length > 0 {
        give(number, whole(&kept, length, number == first))?;
        number += 1;
    }
    Ok(number)
}

fn whole(kept: &[u8], length: u64, first: bool) -> Line<'_> {
    if length > LONGEST_LINE as u64 { Line::TooLong(length) } else { Line::Whole(trimmed(kept, first)) }
}

fn trimmed(line: &[u8], first: bool) -> &[u8] {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if first { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    fn check(text: &[u8], expected: &[&str]) {
        for buffer in [1, 3, 1 << 16] {
            let mut lines = Vec::new();
            let next = each_line(BufReader::with_capacity(buffer, Cursor::new(text)), 1, |number, line| {
                let line = match line {
                    Line::Whole(line) => String::from_utf8_lossy(line).into_owned(),
                    Line::TooLong(bytes) => format!("too long: {bytes}"),
                };
                lines.push((number, line));
                Ok(())
            });
            let expected: Vec<(u64, String)> = (1..).zip(expected.iter().map(|l| (*l).to_owned())).collect();
            assert_eq!((next.unwrap(), lines), (expected.len() as u64 + 1, expected), "buffer {buffer}");
        }
    }

    #[test]
    fn lines() {
        check(b"", &[]);
        check(b"a\nb", &["a", "b"]);
        check(b"a\r\n\r\nb\n", &["a", "", "b"]);
        check(b"\xEF\xBB\xBFa\n", &["a"]);
    }

    /// The line is bounded, its length is told, and the lines around it are there.
    #[test]
    fn a_line_without_end() {
        let mut text = b"before\n".to_vec();
        text.resize(text.len() + LONGEST_LINE + 1, b'x');
        text.extend(b"\nafter");
        check(&text, &["before", &format!("too long: {}", LONGEST_LINE + 1), "after"]);
    }
}
