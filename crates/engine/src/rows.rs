//! Customer rows out of memory, for callers that have no file: a server's request body, a fuzz target.

use crate::input::Rows;
use crate::source::Stream;
use crate::{EngineError, InputOptions, Query};

/// One row of a customer file: a query, or why there is none.
#[derive(Debug)]
pub struct CustomerRow {
    /// Its id; the row's number where the file gives none.
    pub id: String,
    /// Line in the file where the row begins, from 1.
    pub line: u64,
    /// The query, or why there is none.
    pub query: Result<Query, String>,
}

/// Reads a whole customer file, unpacked, from memory: the rows that [`crate::screen_file`] would screen, in order.
///
/// # Errors
/// The bytes are empty, no text, or no column of theirs holds a name or an identifier. A row that is wrong is no
/// error: it stands in its place with its reason.
pub fn read_rows(bytes: &[u8], options: InputOptions) -> Result<Vec<CustomerRow>, EngineError> {
    let stream = Stream::of_bytes(bytes.to_vec()).text("input")?;
    let mut rows = Rows::new("input", stream, options)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next_row().map_err(|e| EngineError::input(format!("input: {e}")))? {
        read.push(CustomerRow { id: row.id, line: row.line, query: row.query });
    }
    Ok(read)
}
