//! A CSV file that comes back whole, row by row, with columns added.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use crate::EngineError;
use crate::output::{Output, unwritable};
use crate::records::{Record, Records};
use crate::source::{damaged, stream};

/// Where a column stands in a header, whatever its capitals.
pub(crate) fn column(header: &[impl AsRef<str>], name: &str) -> Option<usize> {
    header.iter().position(|cell| cell.as_ref().trim().eq_ignore_ascii_case(name))
}

/// Reads a file and writes all its columns back, and behind them those that `judge` gives for each row. It is made of the
/// header, once; a row that is shorter than the header is filled up before. A row that cannot be read keeps its place.
///
/// # Errors
/// The file cannot be read, `judge` misses a column, or the output cannot be written.
pub(crate) fn add_columns<const N: usize, J>(
    input: &Path,
    output: Option<&Path>,
    fallback: &mut dyn Write,
    added: [&str; N],
    judge: impl FnOnce(&[String]) -> Result<J, EngineError>,
) -> Result<(), EngineError>
where
    J: FnMut(&Record<'_>) -> [Cow<'static, str>; N],
{
    let shown = input.display();
    let failed = |e: std::io::Error| damaged(&shown.to_string(), &e);
    let mut records = Records::new(stream(input)?.input).map_err(failed)?;
    let header = records.next_record().map_err(failed)?.map(|r| r.cells).unwrap_or_default();
    let header: Vec<String> = header.into_iter().map(Cow::into_owned).collect();
    let mut judge = judge(&header)?;
    let mut file = output.map(|path| Output::create(path, &[input])).transpose()?;
    let sink: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => fallback,
    };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(sink);
    let refused = |e: csv::Error| unwritable(output, &e.into());
    writer.write_record(header.iter().map(String::as_str).chain(added)).map_err(refused)?;
    while let Some(mut record) = records.next_record().map_err(failed)? {
        record.cells.resize(record.cells.len().max(header.len()), Cow::default());
        let judged = judge(&record);
        let cells = record.cells.iter().chain(&judged).map(|cell| cell.as_bytes());
        writer.write_record(cells).map_err(refused)?;
    }
    writer.flush().map_err(|e| unwritable(output, &e))?;
    drop(writer);
    file.map(Output::commit).transpose()?;
    Ok(())
}
