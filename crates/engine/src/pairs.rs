//! Two names compared, and a file of pairs.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use model::Property;
use screen::{Policy, Scored, score};

use crate::output::{Output, unwritable};
use crate::records::Records;
use crate::source::{damaged, stream};
use crate::{EngineError, Query};

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

/// Compares name `a` as a query with name `b` as a candidate, under the policy's settings for the schema and no list.
/// `None` where nothing agrees.
///
/// # Errors
/// A name without a letter or digit cannot be compared.
pub fn compare_names(
    a: &str,
    b: &str,
    schema: Option<&str>,
    policy: &Policy,
) -> Result<Option<Scored>, EngineError> {
    let party = |id: &str, name: &str| -> Result<Query, EngineError> {
        Query::from_fields(id, schema, [(Property::Name, name)]).map_err(|e| {
            let hint = e.remedy().unwrap_or("give two names").to_owned();
            EngineError::input(format!("name {id}: {e}")).hint(hint)
        })
    };
    let (a, b) = (party("A", a)?, party("B", b)?);
    Ok(score(a.profile(), b.profile(), &policy.settle(None, &b.entity().schema)))
}

/// Compares the pairs of a CSV file (`name1`, `name2`, and `schema` if there is one) and writes all its columns back
/// with `score`, `bits` and `match`. A pair that cannot be compared keeps its place, with nothing that agrees.
///
/// # Errors
/// The file cannot be read, has no such columns, or the output cannot be written.
pub fn compare_file(
    input: &Path,
    output: Option<&Path>,
    policy: &Policy,
    fallback: &mut dyn Write,
) -> Result<PairReport, EngineError> {
    let shown = input.display();
    let failed = |e: std::io::Error| damaged(&shown.to_string(), &e);
    let mut records = Records::new(stream(input)?.input).map_err(failed)?;
    let header = records.next_record().map_err(failed)?.map(|r| r.cells).unwrap_or_default();
    let header: Vec<String> = header.into_iter().map(Cow::into_owned).collect();
    let column = |name: &str| header.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let (Some(first), Some(second)) = (column("name1"), column("name2")) else {
        return Err(EngineError::input(format!("{shown} line 1: no columns name1 and name2"))
            .hint("the header must name them: name1,name2,schema"));
    };
    let schema = column("schema");
    let mut file = output.map(|path| Output::create(path, &[input])).transpose()?;
    let sink: &mut dyn Write = match &mut file {
        Some(file) => file,
        None => fallback,
    };
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(sink);
    let refused = |e: csv::Error| unwritable(output, &e.into());
    let added = ["score", "bits", "match"];
    writer.write_record(header.iter().map(String::as_str).chain(added)).map_err(refused)?;
    let mut report = PairReport::default();
    while let Some(mut record) = records.next_record().map_err(failed)? {
        report.pairs += 1;
        let cells = &mut record.cells;
        let compared = match record.wrong {
            Some(wrong) => Err(wrong.to_string()),
            None => {
                let schema = schema.map(|i| &*cells[i]);
                compare_names(&cells[first], &cells[second], schema, policy).map_err(|e| e.to_string())
            }
        };
        let scored = compared.unwrap_or_else(|reason| {
            report.failures.push((record.line, reason));
            None
        });
        let (score, bits, matched) =
            scored.map_or((crate::Score::default(), 0, false), |s| (s.score, s.bits, s.matched));
        report.matches += u64::from(matched);
        cells.resize(cells.len().max(header.len()), Cow::default());
        let compared = [score.to_string(), format!("{:.3}", f64::from(bits) / 1000.0), matched.to_string()];
        cells.extend(compared.map(Cow::from));
        writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(refused)?;
    }
    writer.flush().map_err(|e| unwritable(output, &e))?;
    drop(writer);
    file.map(Output::commit).transpose()?;
    Ok(report)
}
