//! One name, or the names on standard input.

use std::io::{BufRead, Write};

use engine::{Answer, EngineError, Property, Query, Request, Screening, WORDS_COMPARED, answer_to_json};

use super::super::{format_or, note};
use super::search;
use crate::args::{Format, QueryArgs, Screen};
use crate::error::{CommandError, Status};
use crate::table;

pub(super) fn run(
    args: &Screen,
    screening: &Screening<'_>,
    request: Request,
) -> Result<Status, CommandError> {
    let many = args.name.as_deref() == Some("-");
    let format = format_or(args.format, if many { Format::Jsonl } else { Format::Json });
    let mut printer = Printer { screening, format, header: false };
    let mut out = std::io::stdout().lock();
    if let Some(id) = &args.explain {
        return explain(args, id, screening, format, &mut out);
    }
    let mut ask = |query: &Query, place: &str| {
        if query.is_cut() {
            let n = WORDS_COMPARED;
            note(&format!(
                "warning: {place}the name has more than {n} words: only the first {n} are compared"
            ));
        }
        for property in query.wrong_check_digits() {
            note(&format!("warning: {place}the check digits of {property} are wrong: a typing error?"));
        }
        let answer = screening.screen(query, request, search(args));
        if answer.truncated && format == Format::Csv {
            note(&format!("warning: {place}{}", table::truncated(&answer)));
        }
        printer.print(&mut out, query, &answer)
    };
    if !many {
        let hit = ask(&query("query", args.name.as_deref(), &args.query)?, "")?;
        return Ok(if hit && args.fail_on_hit { Status::Hit } else { Status::Ran });
    }
    let (mut hits, mut failed, mut names, mut recoded) = (false, false, 0_u64, false);
    for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let (bytes, place) = (line?, format!("standard input line {}", number + 1));
        let (line, legacy) = engine::decode(&bytes);
        let (line, id) = (line.trim(), (number + 1).to_string());
        if line.is_empty() {
            continue;
        }
        names += 1;
        if legacy && !std::mem::replace(&mut recoded, true) {
            note(&format!(
                "warning: {place} is no UTF-8: it and any other such line is read as windows-1252"
            ));
        }
        match query(&id, Some(line), &args.query) {
            Ok(query) => hits |= ask(&query, &format!("{place}: "))?,
            Err(error) => {
                failed = true;
                note(&format!("failed: {place}: {error}"));
                if let Some(remedy) = error.remedy() {
                    note(&format!("  remedy: {remedy}"));
                }
                if matches!(format, Format::Json | Format::Jsonl) {
                    let line = engine::failed_row(&id, &error.to_string());
                    writeln!(std::io::stdout(), "{line}")?;
                }
            }
        }
    }
    if names == 0 {
        return Err(EngineError::input("there is no name on standard input")
            .hint("see that what writes them ran; one name a line")
            .into());
    }
    Ok(match (failed, hits && args.fail_on_hit) {
        (true, _) => Status::Partial,
        (_, true) => Status::Hit,
        _ => Status::Ran,
    })
}

/// `--explain ID`: one listed party, whatever its score.
fn explain(
    args: &Screen,
    id: &str,
    screening: &Screening<'_>,
    format: Format,
    out: &mut dyn Write,
) -> Result<Status, CommandError> {
    if args.name.as_deref() == Some("-") || format == Format::Csv {
        return Err(EngineError::usage("--explain is for one query, as a table or as JSON")
            .hint("give the name itself; --format table or --format json")
            .into());
    }
    let query = query("query", args.name.as_deref(), &args.query)?;
    let explained = screening.explain(&query, id)?;
    let json = || engine::explained_to_json(&query, &explained, screening);
    match format {
        Format::Json => writeln!(out, "{:#}", json())?,
        Format::Jsonl => writeln!(out, "{}", json())?,
        _ => out.write_all(table::explained(&query, &explained, screening).as_bytes())?,
    }
    let hit = explained.iter().any(|party| party.verdict == engine::Outcome::Match);
    Ok(if hit && args.fail_on_hit { Status::Hit } else { Status::Ran })
}

fn query(id: &str, name: Option<&str>, args: &QueryArgs) -> Result<Query, EngineError> {
    let one = |property: Property, value: &Option<String>| value.clone().map(|v| (property, v));
    let all = |property: Property, values: &[String]| -> Vec<(Property, String)> {
        values.iter().map(|v| (property.clone(), v.clone())).collect()
    };
    let mut fields: Vec<(Property, String)> = Vec::new();
    fields.extend(name.map(|n| (Property::Name, n.to_owned())));
    fields.extend(one(Property::BirthDate, &args.birth_date));
    fields.extend(one(Property::Country, &args.country));
    fields.extend(one(Property::Gender, &args.gender));
    fields.extend(all(Property::IdNumber, &args.id));
    fields.extend(all(Property::PublicKey, &args.wallet));
    fields.extend(all(Property::ImoNumber, &args.imo));
    fields.extend(all(Property::Email, &args.email));
    fields.extend(all(Property::Phone, &args.phone));
    fields.extend(all(Property::Website, &args.website));
    fields.extend(one(Property::BirthPlace, &args.birth_place));
    fields.extend(all(Property::Address, &args.address));
    Query::from_fields(id, args.schema.as_deref(), fields)
}

struct Printer<'a> {
    screening: &'a Screening<'a>,
    format: Format,
    header: bool,
}

impl Printer<'_> {
    /// Prints the answer to one query; returns whether there is any result.
    fn print(&mut self, out: &mut dyn Write, query: &Query, answer: &Answer) -> Result<bool, CommandError> {
        let json = || answer_to_json(query, answer, self.screening, true);
        match self.format {
            Format::Table => {
                out.write_all(table::answer(query, answer, self.screening).as_bytes())?;
            }
            Format::Json => writeln!(out, "{:#}", json())?,
            Format::Jsonl => writeln!(out, "{}", json())?,
            Format::Csv => {
                if !std::mem::replace(&mut self.header, true) {
                    writeln!(out, "query,id,caption,schema,dataset,list_version,basis,score,bits,match")?;
                }
                for hit in &answer.hits {
                    out.write_all(table::csv_row(query, hit, self.screening.library()).as_bytes())?;
                }
            }
        }
        Ok(answer.total > 0)
    }
}
