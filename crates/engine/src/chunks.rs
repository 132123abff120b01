//! Files of any length in pieces: enough rows at a time to keep all cores busy, few enough to stay flat.

use std::io;

use crate::EngineError;
use crate::input::{Row, Rows};

/// Rows that are held in memory at a time.
const CHUNK: usize = 512;

/// Threads that may be asked for on any machine. More than four a core never help, and thousands never start.
const MOST_THREADS: usize = 256;

/// Threads to work on rows; `None`: one a core.
pub(crate) fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool, EngineError> {
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

/// The next rows of a file.
pub(crate) struct Chunk {
    pub(crate) rows: Vec<Row>,
    /// The error that ends the file, after these rows.
    pub(crate) damage: Option<io::Error>,
    /// Whether the file ends with them.
    pub(crate) last: bool,
}

impl Chunk {
    pub(crate) fn next(rows: &mut Rows) -> Self {
        let mut chunk = Self { rows: Vec::with_capacity(CHUNK), damage: None, last: true };
        while chunk.rows.len() < CHUNK {
            match rows.next_row() {
                Ok(Some(row)) => chunk.rows.push(row),
                Ok(None) => return chunk,
                Err(e) => return Self { damage: Some(e), ..chunk },
            }
        }
        Self { last: false, ..chunk }
    }
}
