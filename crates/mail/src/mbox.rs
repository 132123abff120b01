//! mbox: messages one behind the other, each behind a line that starts with `From `.

use std::io::{BufRead, Read};

/// Longest stretch of a line that is looked at as one: a file without line breaks must not become one line in memory.
const STRETCH: u64 = 64 * 1024;

/// How lines of a message that start with `From ` were told from the separators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quoting {
    /// `>` before `From `, `>From `, `>>From ` ...; one `>` is taken off each. What of mboxo is quoted once reads right too.
    #[default]
    Mboxrd,
    /// `>` before `From ` alone: taken off `>From ` only.
    Mboxo,
    /// Nothing is quoted, nothing taken off.
    None,
}

/// One message of an mbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where its separator starts in the file, in bytes.
    pub offset: u64,
    /// The separator without its line break: envelope sender and time of delivery.
    pub from_line: Vec<u8>,
    /// The message, unquoted, without the empty line that ends it.
    pub raw: Vec<u8>,
    /// Where `raw` starts in the file.
    start: u64,
    /// Where in `raw` a `>` was taken off, ascending.
    unquoted: Vec<usize>,
}

impl Entry {
    /// Where in the file the byte at `position` of [`Entry::raw`] stands.
    #[must_use]
    pub fn offset_of(&self, position: usize) -> u64 {
        let taken = self.unquoted.partition_point(|at| *at <= position);
        self.start + (position + taken) as u64
    }
}

/// Why there is no message at some place of an mbox. The iterator goes on behind it, but for an error of reading.
#[derive(Debug, thiserror::Error)]
pub enum MboxError {
    /// The message is larger than the caller takes.
    #[error("byte {offset}: a message of {bytes} bytes is over the limit of {limit} and was skipped")]
    TooLarge {
        /// Where its separator starts.
        offset: u64,
        /// How large it is.
        bytes: u64,
        /// The limit.
        limit: usize,
    },
    /// The file does not start with a separator.
    #[error("not an mbox: {bytes} bytes stand before the first line that starts with \"From \"")]
    NoSeparator {
        /// Bytes before the first separator, or of the whole file.
        bytes: u64,
    },
    /// The file cannot be read any further.
    #[error("byte {offset}: {error}")]
    Read {
        /// How far it was read.
        offset: u64,
        /// Why.
        error: std::io::Error,
    },
}

/// The messages of an mbox, one by one. Memory: one message, up to the limit.
#[derive(Debug)]
pub struct Mbox<R> {
    reader: R,
    limit: usize,
    quoting: Quoting,
    /// Bytes read so far.
    offset: u64,
    /// The separator of the next message, with its offset.
    next: Option<(u64, Vec<u8>)>,
    started: bool,
    done: bool,
}

impl<R: BufRead> Mbox<R> {
    /// Messages of more than `limit` bytes are skipped with an error.
    pub fn new(reader: R, limit: usize, quoting: Quoting) -> Self {
        Self { reader, limit, quoting, offset: 0, next: None, started: false, done: false }
    }

    /// Reads up to the next separator or the end of the file.
    fn message(&mut self, offset: u64, from_line: Vec<u8>) -> Result<Entry, MboxError> {
        let start = self.offset;
        let mut entry = Entry { offset, from_line, raw: Vec::new(), start, unquoted: Vec::new() };
        let (mut line, mut at_start, mut after_blank) = (Vec::new(), true, false);
        let mut end = start;
        let mut too_large = false;
        loop {
            line.clear();
            let at = self.offset;
            let read = self.reader.by_ref().take(STRETCH).read_until(b'\n', &mut line);
            let read = read.map_err(|error| MboxError::Read { offset: at, error })?;
            self.offset += read as u64;
            if read == 0 {
                self.done = true;
                break;
            }
            if at_start && is_separator(&line, after_blank) {
                self.next = Some((at, without_break(&line).to_vec()));
                break;
            }
            end = self.offset;
            after_blank = at_start && without_break(&line).is_empty();
            let quoted = at_start && self.is_quoted(&line);
            at_start = line.ends_with(b"\n");
            too_large |= entry.raw.len() + line.len() > self.limit.saturating_add(2);
            if too_large {
                entry.raw = Vec::new();
                entry.unquoted = Vec::new();
                continue;
            }
            if quoted {
                entry.unquoted.push(entry.raw.len());
            }
            entry.raw.extend_from_slice(&line[usize::from(quoted)..]);
        }
        if after_blank && !too_large {
            let message = without_break(&entry.raw).len();
            entry.raw.truncate(message);
        }
        if too_large || entry.raw.len() > self.limit {
            return Err(MboxError::TooLarge { offset, bytes: end - start, limit: self.limit });
        }
        Ok(entry)
    }

    fn is_quoted(&self, line: &[u8]) -> bool {
        let marks = line.iter().take_while(|b| **b == b'>').count();
        let fits = match self.quoting {
            Quoting::Mboxrd => marks > 0,
            Quoting::Mboxo => marks == 1,
            Quoting::None => false,
        };
        fits && line[marks..].starts_with(b"From ")
    }

    /// Reads the first line, which must be a separator; what stands before the first one is counted.
    fn start(&mut self) -> Option<MboxError> {
        self.started = true;
        let (mut line, mut at_start) = (Vec::new(), true);
        loop {
            line.clear();
            let at = self.offset;
            match self.reader.by_ref().take(STRETCH).read_until(b'\n', &mut line) {
                Ok(0) => self.done = true,
                Ok(read) => self.offset += read as u64,
                Err(error) => {
                    self.done = true;
                    return Some(MboxError::Read { offset: at, error });
                }
            }
            // The first line of a file needs no date to be one.
            let first = at == 0 && line.starts_with(b"From ");
            if !self.done && !(at_start && (first || is_separator(&line, true))) {
                at_start = line.ends_with(b"\n");
                continue;
            }
            if !self.done {
                self.next = Some((at, without_break(&line).to_vec()));
            }
            return (at > 0).then_some(MboxError::NoSeparator { bytes: at });
        }
    }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = Result<Entry, MboxError>;

    fn next(&mut self) -> Option<Self::Item> {
        if !self.started
            && let Some(error) = self.start()
        {
            return Some(Err(error));
        }
        let (offset, from_line) = self.next.take()?;
        let message = self.message(offset, from_line);
        if let Err(MboxError::Read { .. }) = message {
            self.next = None;
        }
        Some(message)
    }
}

fn without_break(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// `From sender Tue Oct 20 09:14:00 2020`. Programs that do not quote leave sentences that start with "From " in their mbox;
/// so a separator has a time and a year, and stands behind an empty line or names the day of the week too.
fn is_separator(line: &[u8], after_blank: bool) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let time = |word: &[u8]| matches!(word, [h, m, b':', rest @ ..] if digits(&[*h, *m]) && rest.len() >= 2 && digits(&rest[..2]));
    let year = |word: &[u8]| word.len() == 4 && digits(word);
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    words().any(time) && words().any(year) && (after_blank || words().any(|word| DAYS.contains(&word)))
}
