//! A table that an authority publishes: rows whose columns are found by their names, from CSV or a spreadsheet.
//!
//! Authorities move, rename and add columns. A reader asks for a column by name; capitals, blanks and punctuation in the
//! header do not matter (`Parent Company`, `Parent company`; `D.O.B`, `DOB`).

mod workbook;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::encoding;
use crate::records::{Records, Row};
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile};
pub(crate) use workbook::sheets;

/// How many rows may stand before the header: `Last Updated,13/04/2018`.
pub(crate) const PREAMBLE: usize = 5;

/// A table with its header found.
#[derive(Debug, Default)]
pub(crate) struct Sheet<'a> {
    /// The columns as published.
    pub(crate) columns: Vec<String>,
    /// What the reader knows the columns by.
    keys: FxHashMap<String, usize>,
    /// The rows under the header.
    pub(crate) rows: Vec<Row<'a>>,
    /// How many rows were no UTF-8.
    legacy: usize,
}

/// One row of a [`Sheet`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cells<'a> {
    sheet: &'a Sheet<'a>,
    row: &'a Row<'a>,
}

/// The letters and digits of a column's name, in small letters.
pub(crate) fn key(column: &str) -> String {
    column.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl<'a> Sheet<'a> {
    /// The table that begins with its header.
    pub(crate) fn new(header: &[Cow<'_, str>], rows: Vec<Row<'a>>) -> Self {
        let columns: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let mut keys = FxHashMap::default();
        for (at, column) in columns.iter().enumerate().filter(|(_, column)| !column.is_empty()) {
            keys.entry(key(column)).or_insert(at);
        }
        Self { columns, keys, rows, legacy: 0 }
    }

    /// Delimited text; `is_header` is asked of the first rows.
    pub(crate) fn of_text(
        text: &'a [u8],
        delimiter: u8,
        is_header: impl Fn(&[Cow<'_, str>]) -> bool,
    ) -> Option<Self> {
        let mut records = Records::new(text, delimiter, None);
        let mut row = Row::default();
        for _ in 0..=PREAMBLE {
            if !records.read(&mut row) {
                return None;
            }
            if is_header(&row.fields) {
                records.expect_columns(row.fields.len());
                let mut rows = Vec::new();
                let mut next = Row::default();
                while records.read(&mut next) {
                    rows.push(std::mem::take(&mut next));
                }
                return Some(Self { legacy: records.legacy, ..Self::new(&row.fields, rows) });
            }
        }
        None
    }

    /// The rows that are whole; the others are named in the report.
    pub(crate) fn rows(&'a self, file: &SourceFile<'_>, report: &mut LoadReport) -> Vec<Cells<'a>> {
        let mut whole = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let more = row.fields.iter().skip(self.columns.len()).any(|field| !field.trim().is_empty());
            if row.unclosed {
                report.skip(
                    file.name,
                    row.line,
                    "a quote is opened and never closed: the row may have been cut",
                );
            } else if more {
                let (found, wanted) = (row.fields.len(), self.columns.len());
                report.skip(file.name, row.line, format!("{found} columns where the header has {wanted}"));
            } else if row.fields.iter().any(|field| !field.trim().is_empty()) {
                whole.push(Cells { sheet: self, row });
            }
        }
        report.warnings.extend(encoding::legacy_warning(file.name, self.legacy));
        whole
    }
}

impl<'a> Cells<'a> {
    /// The value in a column; `None` where it is blank or there is no such column.
    pub(crate) fn get(&self, column: &str) -> Option<&'a str> {
        self.at(*self.sheet.keys.get(&key(column))?)
    }

    fn at(&self, column: usize) -> Option<&'a str> {
        self.row.fields.get(column).map(|field| field.trim()).filter(|field| !field.is_empty())
    }

    /// Every value with the name of its column.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let cells = *self;
        let columns = self.sheet.columns.iter().enumerate();
        columns.filter_map(move |(at, column)| Some((&**column, cells.at(at)?)))
    }

    /// Physical line, or row of the spreadsheet, from 1.
    pub(crate) fn line(&self) -> u32 {
        self.row.line
    }
}

/// Reads a table whose header is known.
pub(crate) type TableReader = fn(&SourceFile<'_>, &Sheet<'_>) -> Result<LoadedList, crate::ListError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name() {
        let text = b"Report Date: 1-Oct-2026\r\nUnique ID,D.O.B,\" Parent  Company\"\r\nX1,,Some Ltd\r\n";
        let sheet = Sheet::of_text(text, b',', |header| header.iter().any(|c| key(c) == "uniqueid")).unwrap();
        let mut report = LoadReport::default();
        let rows = sheet.rows(&SourceFile { name: "x", bytes: text }, &mut report);
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].get("unique-id"), rows[0].get("DOB"), rows[0].get("parent company")),
            (Some("X1"), None, Some("Some Ltd"))
        );
        assert_eq!(rows[0].line(), 3);
        assert!(Sheet::of_text(text, b',', |_| false).is_none());
    }
}
