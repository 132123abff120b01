//! Spreadsheets (XLSX, ODS) as rows of text.
//!
//! A date cell becomes `1979-09-21`: a spreadsheet holds a number of days, and how it is shown is not published. Numbers
//! are written as they are, so that the year 1968 is `1968`.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Ods, Reader, Xlsx};

use crate::records::Row;

/// Columns beyond this hold no list; a cell may claim to stand in column 16,384 of each of a million rows.
const COLUMNS: usize = 512;

/// The sheets of a workbook, in their order, each as its rows. A row without values is left out.
///
/// # Errors
/// What is wrong with the file.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Vec<Row<'static>>>, String> {
    // The library is careful, but a workbook made to break it may make it panic; a list file must not end the program.
    catch_unwind(AssertUnwindSafe(|| if is_ods(bytes) { ods(bytes) } else { xlsx(bytes) }))
        .unwrap_or_else(|_| Err("the workbook is damaged".to_owned()))
}

/// OpenDocument files begin with an uncompressed entry that names their type.
fn is_ods(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(256)], b"opendocument.spreadsheet").is_some()
}

fn xlsx(bytes: &[u8]) -> Result<Vec<Vec<Row<'static>>>, String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        // Cell by cell: a range would be as large as the farthest cell says.
        let mut reader = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
        let mut rows: Vec<Row<'static>> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::SharedString(text) => (*text).to_owned(),
                other => shown(&Data::from(other.clone())),
            };
            put(&mut rows, row, column as usize, text);
        }
        sheets.push(rows);
    }
    Ok(sheets)
}

fn ods(bytes: &[u8]) -> Result<Vec<Vec<Row<'static>>>, String> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for (_, range) in book.worksheets() {
        let mut rows = Vec::new();
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            put(&mut rows, top + row as u32, left as usize + column, shown(value));
        }
        sheets.push(rows);
    }
    Ok(sheets)
}

/// Puts a value into its row; the cells come row by row.
fn put(rows: &mut Vec<Row<'static>>, row: u32, column: usize, text: String) {
    if text.trim().is_empty() || column >= COLUMNS {
        return;
    }
    let line = row.saturating_add(1);
    if rows.last().is_none_or(|last| last.line != line) {
        rows.push(Row { line, ..Row::default() });
    }
    if let Some(last) = rows.last_mut() {
        if last.fields.len() <= column {
            last.fields.resize(column + 1, Cow::Borrowed(""));
        }
        last.fields[column] = Cow::Owned(text);
    }
}

fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        // OpenDocument writes the day alone where there is no time.
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(date) if date.is_datetime() && (0.0..3_000_000.0).contains(&date.as_f64()) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(date) => date.as_f64().to_string(),
        Data::Error(error) => error.to_string(),
    }
}
