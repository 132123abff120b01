//! `interdict lists export`.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;

use engine::{Exported, Output, export_list};

use crate::args::Export;
use crate::commands::note;
use crate::commands::open::{open_list, say_doubts, unless_rows_failed};
use crate::error::{CommandError, Status};

pub(super) fn run(args: &Export) -> Result<Status, CommandError> {
    let mut lists = Vec::new();
    for name in &args.lists {
        lists.extend(open_list(name)?);
    }
    let read: Vec<&Path> = args.lists.iter().map(Path::new).collect();
    let mut output = args.output.as_deref().map(|path| Output::create(path, &read)).transpose()?;
    let mut stdout = BufWriter::new(std::io::stdout().lock());
    for list in &lists {
        say_doubts(list);
        let out: &mut dyn Write = match &mut output {
            Some(file) => file,
            None => &mut stdout,
        };
        say(&list.source, &export_list(list, out)?);
    }
    stdout.flush()?;
    if let Some(output) = output {
        note(&format!("{} written", output.commit()?.display()));
    }
    Ok(unless_rows_failed(&lists, Status::Ran))
}

/// What was written, and what FollowTheMoney had no place for.
fn say(source: &str, exported: &Exported) {
    note(&format!("{source}: {} entities", exported.entities));
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    for ((_, property), count) in &exported.notes {
        *kept.entry(property).or_default() += count;
    }
    if !kept.is_empty() {
        let total: usize = kept.values().sum();
        let each: Vec<String> = kept.iter().map(|(property, count)| format!("{property} {count}")).collect();
        note(&format!(
            "{source}: {total} values without a place in FollowTheMoney are in notes: {}",
            each.join(", ")
        ));
    }
}
