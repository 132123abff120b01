//! `interdict extract`: the text that documents are read as, to look at.

use std::io::Write;
use std::time::Duration;

use documents::extract::{ErrorKind, Extract, Outcome};
use serde_json::json;

use super::note;
use crate::args::ExtractText;
use crate::error::{CommandError, Status};
use crate::extracting::{Allowance, InChild};

pub(crate) fn run(args: &ExtractText) -> Result<Status, CommandError> {
    let allowance = Allowance {
        memory: args.memory.saturating_mul(1 << 20),
        processor: Duration::from_secs(args.processor),
        patience: Duration::try_from_secs_f64(args.patience).unwrap_or_default(),
    };
    let reader = InChild(allowance);
    let mut out = std::io::stdout().lock();
    let (mut written, mut failed) = (Ok(()), false);
    for file in &args.files {
        reader.extract(file, &mut |outcome| {
            if let Err(error) = &outcome {
                note(&format!("failed: {error}"));
                note(&format!("  remedy: {}", error.remedy()));
                // A picture in a mail is nothing wrong.
                failed |= !(error.kind == ErrorKind::Unsupported && error.path.contains("!/"));
            }
            if written.is_ok() {
                written = writeln!(out, "{}", line(&outcome));
            }
        });
    }
    written?;
    Ok(if failed { Status::Partial } else { Status::Ran })
}

fn line(outcome: &Outcome) -> serde_json::Value {
    match outcome {
        Ok(document) => {
            let pages: Vec<usize> = document.pages.iter().map(|page| page.start).collect();
            let headers: serde_json::Map<_, _> =
                document.headers.iter().map(|(name, value)| (name.to_string(), json!(&**value))).collect();
            let warnings: Vec<&str> = document.warnings.iter().map(|warning| &**warning).collect();
            json!({"path": &*document.path, "format": document.format.name(), "headers": headers, "pages": pages,
                "warnings": warnings, "text": document.text})
        }
        Err(error) => json!({"path": &*error.path, "error": error.kind.name(), "message": &*error.message}),
    }
}
