//! Runs of rows on disk, and how they become one that is in order.

use std::cmp::Ordering;
use std::io::{self, BufRead, BufReader, BufWriter, Read, SeekFrom};
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use itertools::Itertools;

use super::{Room, Row, Spill, SpillFile};

/// Bytes that are written or read at once. When many runs are merged they share [`MERGING`].
const BUFFER: usize = 1 << 18;
const MERGING: usize = 1 << 24;
const LEAST_BUFFER: usize = 1 << 12;

/// Runs in one file, one behind the other, each in order. One file, since a process may open but few.
#[derive(Debug)]
pub(crate) struct Runs<T> {
    file: Mutex<Box<dyn SpillFile>>,
    spans: Vec<Range<u64>>,
    rows: PhantomData<T>,
}

impl<T: Row> Runs<T> {
    pub(crate) fn new(place: &dyn Spill) -> io::Result<Self> {
        Ok(Self { file: Mutex::new(place.file()?), spans: Vec::new(), rows: PhantomData })
    }

    /// Adds a run.
    pub(crate) fn write(&mut self, rows: impl IntoIterator<Item = io::Result<T>>) -> io::Result<()> {
        let span = self.append(rows)?;
        self.spans.push(span);
        Ok(())
    }

    /// Writes rows behind all others, and says where. They must not come from the same file.
    pub(crate) fn append(&self, rows: impl IntoIterator<Item = io::Result<T>>) -> io::Result<Range<u64>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let from = file.seek(SeekFrom::End(0))?;
        let mut out = BufWriter::with_capacity(BUFFER, &mut **file);
        for row in rows {
            row?.write(&mut out)?;
        }
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(from..file.stream_position()?)
    }

    /// All rows as they lie.
    pub(crate) fn iter(&self) -> impl Iterator<Item = io::Result<T>> {
        self.read(0..self.end())
    }

    /// Where the last run ends.
    pub(crate) fn end(&self) -> u64 {
        self.spans.last().map_or(0, |span| span.end)
    }

    /// The rows from one byte to another.
    pub(crate) fn read(&self, span: Range<u64>) -> impl Iterator<Item = io::Result<T>> {
        self.buffered(span, BUFFER)
    }

    fn buffered(&self, span: Range<u64>, buffer: usize) -> Reading<'_, T> {
        let span = Span { file: &self.file, span };
        Reading { input: BufReader::with_capacity(buffer, span), failed: false, rows: PhantomData }
    }

    /// All rows in order, each run being so.
    pub(crate) fn merged(
        &self,
        order: impl Fn(&T, &T) -> Ordering + Copy,
    ) -> impl Iterator<Item = io::Result<T>> {
        let buffer = (MERGING / self.spans.len().max(1)).clamp(LEAST_BUFFER, BUFFER);
        self.spans.iter().map(move |span| self.buffered(span.clone(), buffer)).kmerge_by(move |a, b| {
            match (a, b) {
                (Ok(a), Ok(b)) => order(a, b) == Ordering::Less,
                // What cannot be read is said at once.
                (a, _) => a.is_err(),
            }
        })
    }

    /// The same as one run.
    pub(crate) fn into_one(
        self,
        place: &dyn Spill,
        order: impl Fn(&T, &T) -> Ordering + Copy,
    ) -> io::Result<Self> {
        if self.spans.len() < 2 {
            return Ok(self);
        }
        let mut one = Self::new(place)?;
        one.write(self.merged(order))?;
        Ok(one)
    }
}

/// Rows in order on disk, with no more than the room's bound in memory.
pub(crate) fn sorted<T: Row>(
    rows: impl IntoIterator<Item = io::Result<T>>,
    room: &Room,
    order: impl Fn(&T, &T) -> Ordering + Copy,
) -> io::Result<Runs<T>> {
    let mut runs = Runs::new(&*room.place)?;
    let (mut held, mut bytes) = (Vec::new(), 0);
    for row in rows {
        let row = row?;
        bytes += row.bytes();
        held.push(row);
        if bytes >= room.bound {
            held.sort_unstable_by(order);
            runs.write(held.drain(..).map(Ok))?;
            bytes = 0;
        }
    }
    held.sort_unstable_by(order);
    runs.write(held.into_iter().map(Ok))?;
    runs.into_one(&*room.place, order)
}

/// A part of a file. Many read the same file by turns, each from where it is.
struct Span<'f> {
    file: &'f Mutex<Box<dyn SpillFile>>,
    span: Range<u64>,
}

impl Read for Span<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.span.end - self.span.start).unwrap_or(usize::MAX);
        let wanted = left.min(to.len());
        if wanted == 0 {
            return Ok(0);
        }
        // Each reading says first where it reads: whoever left it elsewhere does not matter.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.span.start))?;
        let read = file.read(&mut to[..wanted])?;
        self.span.start += read as u64;
        // A file that somebody else made shorter.
        if read == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(read) }
    }
}

/// Rows of a span. Nothing comes after an error.
struct Reading<'f, T> {
    input: BufReader<Span<'f>>,
    failed: bool,
    rows: PhantomData<T>,
}

impl<T: Row> Iterator for Reading<'_, T> {
    type Item = io::Result<T>;

    fn next(&mut self) -> Option<io::Result<T>> {
        if self.failed {
            return None;
        }
        let row = match self.input.fill_buf() {
            Ok([]) => return None,
            Ok(_) => T::read(&mut self.input),
            Err(error) => Err(error),
        };
        self.failed = row.is_err();
        Some(row)
    }
}
