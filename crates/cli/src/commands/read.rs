//! `interdict read`.

use std::io::Write;

use engine::{EngineError, Texts};

use super::open::{open_lists, policy};
use super::{format_or, note};
use crate::args::{Format, Read};
use crate::error::{CommandError, Status};

pub(crate) fn run(args: &Read) -> Result<Status, CommandError> {
    let library = open_lists(&args.lists, args.max_list_age.as_deref())?;
    let screening = library.under(&policy(args.policy.as_deref())?)?;
    let texts = Texts::new(&screening);
    let mut reader = texts.reader();
    let several = if args.files.len() > 1 { Format::Jsonl } else { Format::Json };
    let _format = format_or(args.format, several);
    let mut out = std::io::stdout().lock();
    for file in &args.files {
        let bytes =
            std::fs::read(file).map_err(|e| EngineError::input(format!("{}: {e}", file.display())))?;
        let text = String::from_utf8_lossy(&bytes);
        let read = reader.read(&text);
        writeln!(out, "{}", reader.to_json(&file.display().to_string(), &text, &read))?;
    }
    note("");
    Ok(Status::Ran)
}
