//! Rows of a file of any length through all cores, and out again in their order: while some are worked on, the next are
//! read and those before are written. Never more than a few handfuls are held.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, channel, sync_channel};
use std::time::Duration;

use rayon::{Scope, ThreadPool};

use crate::EngineError;
use crate::input::{Form, Reader, Row};
use crate::timings::Stopwatch;

/// Most rows of a chunk, and the bytes after which it takes no more: rows may be of any length.
const CHUNK_ROWS: usize = 1024;
const CHUNK_BYTES: usize = 4 << 20;

/// Rows that one thread works on before it looks for more: long enough for a search that takes microseconds, short
/// enough for one that takes milliseconds.
const PIECE_ROWS: usize = 32;

/// Chunks in work at a time: while one ends on its last thread, the others have the next.
const IN_WORK: usize = 3;

/// One more for as many threads: each finds pieces enough.
const THREADS_A_CHUNK: usize = 8;

/// Threads that may be asked for on any machine. More than four a core never help, and thousands never start.
const MOST_THREADS: usize = 256;

/// Threads to work on rows; `None`: one a core.
pub(crate) fn pool(threads: Option<usize>) -> Result<ThreadPool, EngineError> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let most = MOST_THREADS.max(4 * cores);
    let threads = threads.unwrap_or(0);
    let hint = "leave it out for one thread a core";
    if threads > most {
        return Err(EngineError::usage(format!("--threads {threads}: more than {most}")).hint(hint));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|e| EngineError::usage(format!("--threads: {e}")).hint(hint))
}

/// What of a file is behind, and at what cost.
#[derive(Clone, Copy, Default)]
pub(crate) struct Behind {
    /// Bytes that were read of it.
    pub(crate) bytes: u64,
    /// Time that it took to read them, where that is asked for.
    pub(crate) took: Duration,
}

/// The next rows of a file, as they stand there.
struct Chunk {
    /// The number of the first, from 1.
    first: u64,
    bytes: Vec<u8>,
    /// For each row: the lines of the file before it, and where it ends in `bytes`.
    rows: Vec<(u64, usize)>,
    behind: Behind,
    /// The error that ends the file, after these rows.
    damage: Option<io::Error>,
    /// Whether the file ends with them.
    last: bool,
}

impl Chunk {
    fn next(reader: &mut Reader, first: u64) -> Self {
        let (mut bytes, mut rows) = (Vec::new(), Vec::with_capacity(CHUNK_ROWS));
        let (mut damage, mut last) = (None, false);
        while !last && rows.len() < CHUNK_ROWS && bytes.len() < CHUNK_BYTES {
            match reader.next_row(&mut bytes) {
                Ok(Some(before)) => rows.push((before, bytes.len())),
                ended => (damage, last) = (ended.err(), true),
            }
        }
        Self { first, bytes, rows, behind: Behind::default(), damage, last }
    }
}

/// Rows for one thread.
pub(crate) struct Piece<'a> {
    form: &'a Form,
    chunk: Arc<Chunk>,
    range: Range<usize>,
}

impl Piece<'_> {
    /// The rows, each made as it is asked for.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> {
        let Chunk { first, bytes, rows, .. } = &*self.chunk;
        self.range.clone().map(move |n| {
            let (before, end) = rows[n];
            let begin = n.checked_sub(1).map_or(0, |n| rows[n].1);
            self.form.row(&bytes[begin..end], before, first + n as u64)
        })
    }
}

/// What becomes of the pieces of a chunk, by their place in it, as they are done.
type Pieces<T> = Receiver<(usize, T)>;

/// A chunk in work.
struct InWork<T> {
    pieces: Pieces<T>,
    /// How many pieces it has.
    count: usize,
    /// What is behind when they are done.
    behind: Behind,
}

/// Works on all rows of a file and hands out what becomes of them, piece by piece, in the order of the file, with
/// what of it is behind by then; `timed`: with the time that reading took. The error that ends the file, where one
/// does, is returned when the rows before it are done.
///
/// # Errors
/// `each` fails, or no thread can be started.
pub(crate) fn in_order<T: Send>(
    pool: &ThreadPool,
    reader: Reader,
    form: &Form,
    work: impl Fn(&Piece<'_>) -> T + Sync,
    timed: bool,
    mut each: impl FnMut(T, Behind) -> Result<(), EngineError>,
) -> Result<Option<io::Error>, EngineError> {
    let (sender, chunks) = sync_channel(1);
    // On its own and not joined where all is read: whoever writes may fail while a pipe still keeps it waiting.
    let reading =
        std::thread::Builder::new().name("read".to_owned()).spawn(move || read(reader, &sender, timed));
    let reading = reading.map_err(|e| EngineError::usage(format!("no thread can be started: {e}")))?;
    let most = IN_WORK + pool.current_num_threads() / THREADS_A_CHUNK;
    let (stop, work) = (AtomicBool::new(false), &work);
    let ended = pool.in_place_scope(|scope| {
        let (mut in_work, mut damage, mut last) = (VecDeque::new(), None, false);
        loop {
            while !last && in_work.len() < most {
                let Ok(chunk) = next(&chunks, in_work.is_empty()) else { return None };
                let Some(mut chunk) = chunk else { break };
                last = chunk.last;
                damage = chunk.damage.take();
                in_work.push_back(begin(scope, chunk, form, work, &stop));
            }
            let Some(oldest) = in_work.pop_front() else { return Some(Ok(damage)) };
            match oldest.hand_out(&mut each) {
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    return Some(Err(error));
                }
                // A piece that panicked is missing: the scope passes the panic on.
                Ok(done) if done < oldest.count => return Some(Ok(None)),
                Ok(_) => {}
            }
        }
    });
    ended.unwrap_or_else(|| match reading.join() {
        Err(panic) => std::panic::resume_unwind(panic),
        Ok(()) => Err(EngineError::input("the input was not read to its end")),
    })
}

/// Reads a file to its end, or as long as anybody wants it.
fn read(mut reader: Reader, to: &SyncSender<Chunk>, timed: bool) {
    let (mut first, mut took) = (1, Duration::ZERO);
    loop {
        let mut watch = Stopwatch::start(timed);
        let mut chunk = Chunk::next(&mut reader, first);
        watch.lap(&mut took);
        chunk.behind = Behind { bytes: reader.position.read(), took };
        first += chunk.rows.len() as u64;
        let last = chunk.last;
        if to.send(chunk).is_err() || last {
            return;
        }
    }
}

/// The next chunk; `None` where there is none yet and none is waited for. An error: whoever reads is gone.
fn next(chunks: &Receiver<Chunk>, wait: bool) -> Result<Option<Chunk>, TryRecvError> {
    if wait {
        return chunks.recv().map(Some).map_err(|_| TryRecvError::Disconnected);
    }
    match chunks.try_recv() {
        Err(TryRecvError::Empty) => Ok(None),
        chunk => chunk.map(Some),
    }
}

/// Puts the rows of a chunk to work.
fn begin<'a, T: Send + 'a>(
    scope: &Scope<'a>,
    chunk: Chunk,
    form: &'a Form,
    work: &'a (impl Fn(&Piece<'_>) -> T + Sync),
    stop: &'a AtomicBool,
) -> InWork<T> {
    let (sender, pieces) = channel();
    let (rows, behind) = (chunk.rows.len(), chunk.behind);
    let chunk = Arc::new(chunk);
    for (place, from) in (0..rows).step_by(PIECE_ROWS).enumerate() {
        let (sender, chunk) = (sender.clone(), Arc::clone(&chunk));
        scope.spawn(move |_| {
            let piece = Piece { form, chunk, range: from..rows.min(from + PIECE_ROWS) };
            if !stop.load(Ordering::Relaxed) {
                // Whoever would have it has failed and says so.
                let _gone = sender.send((place, work(&piece)));
            }
        });
    }
    InWork { pieces, count: rows.div_ceil(PIECE_ROWS), behind }
}

impl<T> InWork<T> {
    /// Hands out the pieces in their order, each as soon as it and all before it are there; returns how many were.
    fn hand_out(
        &self,
        each: &mut impl FnMut(T, Behind) -> Result<(), EngineError>,
    ) -> Result<usize, EngineError> {
        let (mut early, mut done) = (BTreeMap::new(), 0);
        for (place, piece) in &self.pieces {
            early.insert(place, piece);
            while let Some(piece) = early.remove(&done) {
                each(piece, self.behind)?;
                done += 1;
            }
        }
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;
    use crate::InputOptions;
    use crate::input::Rows;
    use crate::source::Stream;

    /// What cannot be read.
    struct Damaged;

    impl Read for Damaged {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("cut off"))
        }
    }

    fn rows(text: String) -> Rows {
        Rows::new("t", Stream::of_bytes(text.into_bytes()), InputOptions::default()).unwrap()
    }

    /// Ids of rows in the order in which they came out, and the damage after them.
    fn ids(text: String, damaged: bool, threads: usize) -> (Vec<String>, Option<String>) {
        let mut stream = Stream::of_bytes(text.into_bytes());
        if damaged {
            stream.input = Box::new(BufReader::new(stream.input.chain(Damaged)));
        }
        let Rows { reader, form, .. } = Rows::new("t", stream, InputOptions::default()).unwrap();
        let mut ids = Vec::new();
        let work = |piece: &Piece<'_>| piece.rows().map(|row| row.id).collect::<Vec<_>>();
        let each = |more: Vec<String>, _| {
            ids.extend(more);
            Ok(())
        };
        let damage = in_order(&pool(Some(threads)).unwrap(), reader, &form, work, false, each).unwrap();
        (ids, damage.map(|e| e.to_string()))
    }

    fn table(rows: usize) -> String {
        let rows = (1..=rows).map(|n| format!("c{n},Jane Doe {n}\n"));
        std::iter::once("id,name\n".to_owned()).chain(rows).collect()
    }

    #[test]
    fn every_row_in_its_order() {
        for count in [0, 1, PIECE_ROWS, CHUNK_ROWS - 1, CHUNK_ROWS, CHUNK_ROWS + 1, 6 * CHUNK_ROWS + 7] {
            let expected: Vec<String> = (1..=count).map(|n| format!("c{n}")).collect();
            for (threads, damaged) in [(1, false), (3, false), (3, true)] {
                let (ids, damage) = ids(table(count), damaged, threads);
                assert!(ids == expected, "{count} rows, {threads} threads: {} came out", ids.len());
                assert_eq!(damage, damaged.then(|| "cut off".to_owned()));
            }
        }
    }

    /// Rows of any length: a chunk takes no more when it holds enough bytes.
    #[test]
    fn long_rows_are_few() {
        let long = "x".repeat(CHUNK_BYTES / 4);
        let text: String =
            std::iter::once("id,name\n".to_owned()).chain((1..=9).map(|n| format!("{n},{long}\n"))).collect();
        let mut rows = rows(text);
        let sizes: Vec<usize> = (0..3).map(|_| Chunk::next(&mut rows.reader, 1).rows.len()).collect();
        assert_eq!(sizes, [4, 4, 1]);
    }

    /// It fails, and its neighbours do not.
    #[test]
    fn a_row_that_is_too_long() {
        let long = "x".repeat(crate::input::LONGEST_ROW + 9);
        for (head, row) in [("id,name\n", format!("c,{long}\n")), ("", format!("{{\"id\":\"{long}\"}}\n"))] {
            let short =
                if head.is_empty() { "{\"id\":\"a\",\"properties\":{\"name\":[\"J\"]}}\n" } else { "a,J\n" };
            let mut rows = rows(format!("{head}{short}{row}{short}"));
            let mut next = || rows.next_row().unwrap().map(|row| (row.line, row.query.err()));
            let line = head.lines().count() as u64;
            assert_eq!(next(), Some((line + 1, None)));
            let (at, error) = next().unwrap();
            assert!(
                at == line + 2 && error.as_ref().is_some_and(|e| e.contains("longer than 32 MiB")),
                "{error:?}"
            );
            assert_eq!(next(), Some((line + 3, None)));
        }
    }

    /// Whoever takes the rows has had enough: nothing hangs, and what went wrong is said.
    #[test]
    fn the_first_failure_ends_it() {
        let mut taken = 0;
        let Rows { reader, form, .. } = rows(table(9 * CHUNK_ROWS));
        let each = |(), _| {
            taken += 1;
            if taken == 3 { Err(EngineError::input("full")) } else { Ok(()) }
        };
        let ended = in_order(&pool(Some(2)).unwrap(), reader, &form, |_| (), false, each);
        assert_eq!((ended.unwrap_err().to_string().as_str(), taken), ("full", 3));
    }

    #[test]
    #[should_panic(expected = "row c1500")]
    fn a_panic_is_passed_on() {
        let Rows { reader, form, .. } = rows(table(9 * CHUNK_ROWS));
        let work = |piece: &Piece<'_>| {
            piece.rows().for_each(|row| assert!(row.id != "c1500", "row {}", row.id));
        };
        let _ended = in_order(&pool(Some(2)).unwrap(), reader, &form, work, false, |(), _| Ok(()));
    }
}
