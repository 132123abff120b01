//! Which list a table is, by columns that no other table has. One line a source.

use std::borrow::Cow;

use crate::error::{ListError, ListErrorKind};
use crate::recognise::Format;
use crate::records::{Records, Row};
use crate::sheet::{self, PREAMBLE, Sheet, TableReader};
use crate::{LoadedList, SourceFile, au, bis, csl, encoding, uk};

/// The columns that give a list away, and its reader.
const KNOWN: [(&[&str], TableReader); 5] = [
    (&["Name 6", "Group Type", "Regime", "Group ID"], uk::conlist),
    (&["Name 6", "Unique ID", "OFSI Group ID", "Regime Name"], uk::sanctions_list),
    (&["Reference", "Name of Individual or Entity", "Name Type", "Control Date"], au::read),
    (&["source", "entity_number", "source_list_url", "federal_register_notice"], csl::table),
    (&["Name", "Street_Address", "Effective_Date", "FR_Citation"], bis::read),
];

/// The reader of a table with that header.
pub(crate) fn reader_of(header: &[Cow<'_, str>]) -> Option<TableReader> {
    let keys: Vec<String> = header.iter().map(|column| sheet::key(column)).collect();
    let has = |column: &&str| keys.contains(&sheet::key(column));
    KNOWN.iter().find(|(columns, _)| columns.iter().all(has)).map(|(_, read)| *read)
}

/// What separates the columns, where the text is the table of an authority.
pub(crate) fn recognise(text: &[u8]) -> Option<u8> {
    [b',', b'\t', b';'].into_iter().find(|delimiter| {
        let mut records = Records::new(text, *delimiter, None);
        let mut row = Row::default();
        (0..=PREAMBLE).any(|_| records.read(&mut row) && reader_of(&row.fields).is_some())
    })
}

/// Reads delimited text that [`recognise`] knows.
pub(crate) fn read(main: &SourceFile<'_>, delimiter: u8) -> Result<LoadedList, ListError> {
    let text = encoding::plain(main.bytes);
    let read = std::cell::Cell::new(None);
    let sheet = Sheet::of_text(&text, delimiter, |header| {
        read.set(reader_of(header));
        read.get().is_some()
    });
    match (sheet, read.get()) {
        (Some(sheet), Some(read)) => read(main, &sheet),
        _ => Err(ListError::new(main.name, ListErrorKind::Unreadable(Format::Text))),
    }
}

/// Reads a spreadsheet: the first sheet of it that has the header of a known list.
pub(crate) fn read_workbook(main: &SourceFile<'_>) -> Result<LoadedList, ListError> {
    let fail = |kind| ListError::new(main.name, kind);
    let sheets = sheet::sheets(main.bytes).map_err(|reason| fail(ListErrorKind::Damaged { reason }))?;
    for mut rows in sheets {
        for at in 0..rows.len().min(PREAMBLE + 1) {
            let Some(read) = reader_of(&rows[at].fields) else { continue };
            let mut under = rows.split_off(at);
            let header = under.remove(0);
            return read(main, &Sheet::new(&header.fields, under));
        }
    }
    Err(fail(ListErrorKind::Unreadable(Format::Spreadsheet)))
}
