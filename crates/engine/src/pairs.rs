//! Two names compared, and a file of pairs.

use std::borrow::Cow;
use std::io::Write;
use std::path::Path;

use model::Property;
use screen::{Policy, Scored, score};

use crate::columns::{add_columns, column};
use crate::records::Record;
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
    let mut report = PairReport::default();
    add_columns(input, output, fallback, ["score", "bits", "match"], |header| {
        let (Some(first), Some(second)) = (column(header, "name1"), column(header, "name2")) else {
            let shown = input.display();
            return Err(EngineError::input(format!("{shown} line 1: no columns name1 and name2"))
                .hint("the header must name them: name1,name2,schema"));
        };
        let schema = column(header, "schema");
        let report = &mut report;
        Ok(move |record: &Record<'_>| {
            report.pairs += 1;
            let cells = &record.cells;
            let compared = match &record.wrong {
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
            [score.to_string(), format!("{:.3}", f64::from(bits) / 1000.0), matched.to_string()]
                .map(Cow::from)
        })
    })?;
    Ok(report)
}
