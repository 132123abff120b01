//! The files of a list in any order: which of them is the main one.

use crate::{ListError, ListErrorKind, LoadedList, SourceFile, read, recognise};

/// The place of the main file: the one that is most surely a list, the first of them. In an archive it may stand anywhere.
#[must_use]
pub fn main_file(files: &[SourceFile<'_>]) -> usize {
    let sureness = |file: &SourceFile<'_>| recognise(file.bytes).sureness();
    let ranked = files.iter().enumerate().filter_map(|(place, file)| Some((sureness(file)?, place)));
    ranked.min().map_or(0, |(_, place)| place)
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
