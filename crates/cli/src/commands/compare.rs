//! `interdict compare`.

use std::io::Write;

use engine::{EngineError, Schema, Score, compare_file, compare_names, number, scored_to_json};
use serde_json::json;

use super::open::policy;
use super::{format_or, note};
use crate::args::{Compare, Format};
use crate::error::{CommandError, Status};
use crate::table;

pub(crate) fn run(args: Compare) -> Result<Status, CommandError> {
    let policy = policy(args.policy.as_deref())?;
    // Rules for lists cannot speak here: no list is known.
    policy.warnings().iter().for_each(|warning| note(&format!("warning: {warning}")));
    let mut out = std::io::stdout().lock();
    if let Some(pairs) = &args.pairs {
        let report = compare_file(pairs, args.output.as_deref(), &policy, &mut out)?;
        for (line, reason) in &report.failures {
            note(&format!("failed: {} line {line}: {reason}", pairs.display()));
        }
        if !report.failures.is_empty() {
            note("  remedy: mend these rows and compare them again; all others are compared");
        }
        note(&format!("{} pairs, {} match, {} failed", report.pairs, report.matches, report.failures.len()));
        return Ok(if report.failures.is_empty() { Status::Ran } else { Status::Partial });
    }
    // clap does not hold `requires` where the names are given, with which the required flag conflicts.
    if args.output.is_some() {
        return Err(EngineError::usage("--output is for a file of pairs")
            .hint("give the file with --pairs instead of two names, or leave the flag out")
            .into());
    }
    let (Some(a), Some(b)) = (&args.a, &args.b) else {
        return Err(EngineError::usage("two names are needed").hint("interdict compare A B").into());
    };
    let scored = compare_names(a, b, args.schema.as_deref(), &policy)?;
    let schema = args.schema.as_deref().map_or(Schema::Thing, Schema::from_name);
    let ruling = policy.settle(None, &schema);
    match format_or(args.format, Format::Json) {
        Format::Table => match &scored {
            Some(scored) => out.write_all(table::scored(scored, &ruling).as_bytes())?,
            None => writeln!(out, "score 0.0000: nothing in the two names agrees")?,
        },
        Format::Json | Format::Jsonl => {
            let value = scored.as_ref().map_or_else(
                || json!({ "score": 0.0, "bits": 0.0, "match": false, "explanation": null }),
                scored_to_json,
            );
            writeln!(out, "{value}")?;
        }
        Format::Csv => {
            let (score, bits, matched) =
                scored.map_or((Score::default(), 0, false), |s| (s.score, s.bits, s.matched));
            writeln!(out, "score,bits,match\n{score},{},{matched}", number(bits, 1000))?;
        }
    }
    Ok(Status::Ran)
}
