//! The files of a list in any order: which of them is the main one.

use crate::{Format, ListError, ListErrorKind, LoadedList, SourceFile, read, recognise};

/// The place of the main file: the first that a list begins with. In an archive it may stand anywhere.
#[must_use]
pub fn main_file(files: &[SourceFile<'_>]) -> usize {
    let formats: Vec<Format> = files.iter().map(|file| recognise(file.bytes)).collect();
    let primary = |format: &Format| *format == Format::OfacPrimary;
    let readable = |format: &Format| {
        use Format::{
            AuthorityTable, CslJson, EuCsv, FtmJsonLines, PlainTable, SenzingJsonLines, Spreadsheet, Xml,
        };
        let published = matches!(format, AuthorityTable { .. } | CslJson | EuCsv | Spreadsheet | Xml);
        published || matches!(format, FtmJsonLines | SenzingJsonLines | PlainTable { .. })
    };
    formats.iter().position(primary).or_else(|| formats.iter().position(readable)).unwrap_or(0)
}

/// Reads a list from its files in any order.
///
/// # Errors
/// As [`read`]; or there is no file.
pub fn read_files(files: &[SourceFile<'_>]) -> Result<LoadedList, ListError> {
    let main = main_file(files);
    let siblings: Vec<SourceFile<'_>> =
        files.iter().enumerate().filter(|(n, _)| *n != main).map(|(_, file)| *file).collect();
    let main = files.get(main).ok_or_else(|| ListError::new("no file", ListErrorKind::Empty))?;
    read(main, &siblings)
}
