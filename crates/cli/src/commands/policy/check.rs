//! `interdict policy check`.

use std::io::Write;

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};
use engine::{
    Configuration, EngineError, Policy, Programmes, Schema, Settled, check_to_json, policy_hash, settled,
};

use super::super::open::{open_lists, unless_rows_failed};
use super::super::{format_or, note};
use crate::args::{Check, Format};
use crate::error::{CommandError, Status};
use crate::plain::plain;

pub(super) fn run(args: &Check) -> Result<Status, CommandError> {
    let policy = engine::open_policy(&args.policy)?;
    if args.lists.is_empty() {
        let warnings = policy.warnings();
        print(args, &policy, &settled(&policy), &warnings)?;
        return Ok(Status::Ran);
    }
    let library = open_lists(&args.lists, None)?;
    let screening = library.under(&policy)?;
    print(args, &policy, &screening.settled(), screening.warnings())?;
    Ok(unless_rows_failed(library.lists(), Status::Ran))
}

fn print(args: &Check, policy: &Policy, rows: &[Settled], warnings: &[String]) -> Result<(), CommandError> {
    let mut out = std::io::stdout().lock();
    match format_or(args.format, Format::Json) {
        Format::Table => out.write_all(as_text(policy, rows).as_bytes())?,
        Format::Json => writeln!(out, "{:#}", check_to_json(policy, rows, warnings))?,
        Format::Jsonl => writeln!(out, "{}", check_to_json(policy, rows, warnings))?,
        Format::Csv => {
            return Err(EngineError::usage("policy check has no CSV form").hint("use --format json").into());
        }
    }
    warnings.iter().for_each(|warning| note(&format!("warning: {warning}")));
    Ok(())
}

fn as_text(policy: &Policy, rows: &[Settled]) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    let keys = Configuration::default().settings().map(|setting| setting.key());
    let head = ["list", "schema", "parties", "out of scope"].into_iter().chain(keys);
    table.set_header(head.chain(["by rules"]));
    for row in rows {
        let any = |text: Option<&str>| Cell::new(text.map_or_else(|| "any".to_owned(), plain));
        let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
        let mut cells = vec![any(row.list.as_deref()), any(row.schema.as_ref().map(Schema::name))];
        let count = |n: usize| if row.parties.is_some() { n.to_string() } else { String::new() };
        cells.extend([count(row.parties.unwrap_or_default()), count(row.out_of_scope)].map(right));
        cells.extend(row.configuration.settings().map(|setting| right(setting.value())));
        let rules: Vec<String> = row.rules.iter().map(ToString::to_string).collect();
        cells.push(Cell::new(rules.join(" ")));
        table.add_row(cells);
    }
    let table: String = table.lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    let programmes = match &policy.programmes {
        Programmes::All => "all programmes".to_owned(),
        Programmes::Exclude(tags) => format!("all programmes but {}", tags.join(", ")),
        Programmes::Only(tags) => format!("only the programmes {}", tags.join(", ")),
    };
    format!(
        "policy {}  sha256 {}\n{}\n\n{table}",
        plain(&policy.name),
        policy_hash(policy),
        plain(&programmes)
    )
}
