//! Two names compared, and a file of pairs.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use model::{Entity, Property};
use screen::{Configuration, Profile, Scored, score};

use crate::input::reader;
use crate::records::{Records, delimiter_of};
use crate::{EngineError, query_from_fields};

/// What came of a file of pairs.
#[derive(Debug, Default)]
pub struct PairReport {
    /// Pairs read.
    pub pairs: u64,
    /// Pairs that match.
    pub matches: u64,
    /// Pairs that could not be compared: line and reason.
    pub failures: Vec<(u64, String)>,
}

/// Compares name `a` as a query with name `b` as a candidate. `None` where nothing agrees.
///
/// # Errors
/// A name without a letter or digit cannot be compared.
pub fn compare_names(
    a: &str,
    b: &str,
    schema: Option<&str>,
    policy: &Configuration,
) -> Result<Option<Scored>, EngineError> {
    let party = |id: &str, name: &str| -> Result<Entity, EngineError> {
        let named = [(Property::Name, name.to_owned())];
        query_from_fields(id, schema, named).map_err(|e| EngineError::input(format!("name {id}: {e}")))
    };
    let (a, b) = (party("A", a)?, party("B", b)?);
    Ok(score(&Profile::new(&a), &Profile::new(&b), policy))
}

/// Compares the pairs of a CSV file (`name1`, `name2`, and `schema` if there is one) and writes all its columns back
/// with `score`, `bits` and `match`.
///
/// # Errors
/// The file cannot be read, has no such columns, or the output cannot be written.
pub fn compare_file(
    input: &Path,
    output: Option<&Path>,
    policy: &Configuration,
    fallback: &mut dyn Write,
) -> Result<PairReport, EngineError> {
    let shown = input.display();
    let failed = |e: std::io::Error| EngineError::input(format!("{shown}: {e}"));
    let mut source = reader(input)?;
    if source.fill_buf().map_err(failed)?.starts_with(b"\xEF\xBB\xBF") {
        source.consume(3);
    }
    let delimiter = delimiter_of(source.fill_buf().map_err(failed)?);
    let mut records = Records::new(source, delimiter);
    let header = records.next_record().map_err(failed)?.and_then(|r| r.fields.ok()).unwrap_or_default();
    let column = |name: &str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let (Some(first), Some(second)) = (column("name1"), column("name2")) else {
        return Err(EngineError::input(format!("{shown} line 1: no columns name1 and name2"))
            .hint("the header must name them: name1,name2,schema"));
    };
    let schema = column("schema");
    let sink: Box<dyn Write + '_> = match output {
        Some(path) => {
            Box::new(File::create(path).map_err(|e| EngineError::input(format!("{}: {e}", path.display())))?)
        }
        None => Box::new(fallback),
    };
    let mut writer = csv::Writer::from_writer(sink);
    let unwritable = |e: csv::Error| EngineError::input(format!("the output cannot be written: {e}"));
    let added = ["score", "bits", "match"];
    writer.write_record(header.iter().map(String::as_str).chain(added)).map_err(unwritable)?;
    let mut report = PairReport::default();
    while let Some(record) = records.next_record().map_err(failed)? {
        report.pairs += 1;
        let cells = record.fields.and_then(|cells| {
            let fits = cells.len() == header.len();
            if fits {
                Ok(cells)
            } else {
                Err(format!("{} columns where the header has {}", cells.len(), header.len()))
            }
        });
        let cells = match cells {
            Ok(cells) => cells,
            Err(reason) => {
                report.failures.push((record.line, reason));
                continue;
            }
        };
        let schema = schema.map(|i| cells[i].as_str());
        let scored = compare_names(&cells[first], &cells[second], schema, policy).unwrap_or_else(|e| {
            report.failures.push((record.line, e.to_string()));
            None
        });
        let (score, bits, matched) =
            scored.map_or((crate::Score::default(), 0, false), |s| (s.score, s.bits, s.matched));
        report.matches += u64::from(matched);
        let added = [score.to_string(), format!("{:.3}", f64::from(bits) / 1000.0), matched.to_string()];
        let row = cells.iter().map(String::as_str).chain(added.iter().map(String::as_str));
        writer.write_record(row).map_err(unwritable)?;
    }
    writer.flush().map_err(|e| EngineError::input(format!("the output cannot be written: {e}")))?;
    Ok(report)
}
