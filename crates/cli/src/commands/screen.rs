//! `interdict screen`.

use std::io::{BufRead, IsTerminal, Write};
use std::time::{Duration, Instant, SystemTime};

use engine::{
    Answer, BatchReport, BatchRequest, Configuration, EngineError, Entity, InputOptions, Library, Property,
    Request, Schema, Score, answer_to_json, number, query_from_fields, screen_file,
};
use indicatif::{ProgressBar, ProgressStyle};

use super::{format_or, note, open_list};
use crate::args::{Format, QueryArgs, Screen};
use crate::error::{CommandError, Status};
use crate::table;

/// Results for one name, where no limit is given.
const DEFAULT_LIMIT: usize = 10;

/// Failed rows named on standard error; the receipt names more.
const SHOWN_FAILURES: usize = 20;

pub(crate) fn run(args: Screen) -> Result<Status, CommandError> {
    let policy = Configuration::default();
    let threshold = match &args.threshold {
        Some(text) => parse_score(text)?,
        None => policy.match_threshold,
    };
    check_query(&args)?;
    let started = Instant::now();
    let library = open_lists(&args)?;
    let loaded = started.elapsed();
    let status = match &args.input {
        Some(_) => batch(&args, &library, &policy, Request { threshold, limit: args.limit }),
        None => {
            let request = Request { threshold, limit: Some(args.limit.unwrap_or(DEFAULT_LIMIT)) };
            by_hand(&args, &library, &policy, request)
        }
    }?;
    if args.timings {
        let screened = started.elapsed().saturating_sub(loaded);
        note(&format!("timings: load and prepare lists {loaded:.3?}, screen {screened:.3?}"));
    }
    Ok(status)
}

fn parse_score(text: &str) -> Result<Score, EngineError> {
    let value = text.parse::<f64>().ok().filter(|v| (0.0..=1.0).contains(v));
    let value = value.ok_or_else(|| {
        EngineError::usage(format!("--threshold {text}: not a score"))
            .hint("a score is between 0 and 1, such as 0.7")
    })?;
    Ok(Score::from_ten_thousandths((value * 10_000.0).round() as u16))
}

/// Refuses what the user typed and we cannot read: silently leaving it out would clear or hold the wrong party.
fn check_query(args: &Screen) -> Result<(), EngineError> {
    let query = &args.query;
    if let Some(schema) = &query.schema
        && !Schema::from_name(schema).is_party()
    {
        return Err(EngineError::usage(format!("--schema {schema}: no party has it"))
            .hint("Person, Company, Organization, PublicBody, LegalEntity, Vessel, Airplane, CryptoWallet"));
    }
    let readable = |property: Property, value: &Option<String>| {
        value.as_ref().is_none_or(|v| engine::is_readable(&property, v))
    };
    if !readable(Property::BirthDate, &query.birth_date) {
        return Err(
            EngineError::usage("--birth-date: no date that exists").hint("1979-09-21, 1979-09 or 1979")
        );
    }
    if !readable(Property::Country, &query.country) {
        return Err(EngineError::usage("--country: no country that we know")
            .hint("a code (ir), a name (Iran) or a demonym (Iranian)"));
    }
    let given = args.name.is_some() || args.input.is_some() || has_identifier(query);
    if !given {
        return Err(EngineError::usage("nothing to screen")
            .hint("give a name, an identifier (--id, --imo, --wallet), or a file (--input)"));
    }
    Ok(())
}

fn has_identifier(query: &QueryArgs) -> bool {
    !(query.id.is_empty() && query.wallet.is_empty() && query.imo.is_empty())
}

fn open_lists(args: &Screen) -> Result<Library, EngineError> {
    if args.lists.is_empty() {
        return Err(EngineError::input("no list is installed and none is named").hint(
            "name a list file: --list path/to/sdn.csv (OFAC publishes it at https://sanctionslist.ofac.treas.gov), \
             or --list demo for the embedded case",
        ));
    }
    let mut lists = Vec::new();
    for name in &args.lists {
        let list = open_list(name)?;
        if let Some(limit) = &args.max_list_age {
            check_age(&list, limit)?;
        }
        for skipped in list.report.skipped.iter().take(SHOWN_FAILURES) {
            note(&format!("warning: {} line {}: {}", skipped.file, skipped.line, skipped.reason));
        }
        lists.push(list);
    }
    Library::new(lists)
}

/// A stale list fails closed; so does one whose age is not known.
fn check_age(list: &engine::ScreenList, limit: &str) -> Result<(), EngineError> {
    let number = limit.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &limit[number.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => 0,
    };
    let seconds = number.parse::<u64>().ok().and_then(|n| n.checked_mul(unit)).filter(|n| *n > 0);
    let limit_seconds = seconds
        .ok_or_else(|| EngineError::usage(format!("--max-list-age {limit}: no age")).hint("12h, 7d, 90m"))?;
    let age = list.modified.and_then(|m| SystemTime::now().duration_since(m).ok());
    match age {
        Some(age) if age <= Duration::from_secs(limit_seconds) => Ok(()),
        Some(age) => Err(EngineError::input(format!(
            "{} is {} hours old, more than {limit}",
            list.source,
            age.as_secs() / 3600
        ))
        .hint("fetch the list again, or allow a greater age")),
        None => Err(EngineError::input(format!("the age of {} is not known", list.source))
            .hint("screen against a list file, or leave out --max-list-age")),
    }
}

fn by_hand(
    args: &Screen,
    library: &Library,
    policy: &Configuration,
    request: Request,
) -> Result<Status, CommandError> {
    let many = args.name.as_deref() == Some("-");
    let format = format_or(args.format, if many { Format::Jsonl } else { Format::Json });
    let mut printer = Printer { library, policy, format, header: false };
    let mut out = std::io::stdout().lock();
    let (mut hits, mut failed) = (false, false);
    if many {
        for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
            let line = String::from_utf8_lossy(&line?).trim().to_owned();
            if line.is_empty() {
                continue;
            }
            let id = (number + 1).to_string();
            match query(&id, Some(&line), &args.query) {
                Ok(query) => {
                    hits |= printer.print(&mut out, &query, &library.screen(&query, policy, request))?;
                }
                Err(error) => {
                    failed = true;
                    note(&format!("failed: standard input line {id}: {error}"));
                    printer.failed(&mut out, &id, &error)?;
                }
            }
        }
    } else {
        let query = query("query", args.name.as_deref(), &args.query)?;
        hits = printer.print(&mut out, &query, &library.screen(&query, policy, request))?;
    }
    Ok(match (failed, hits && args.fail_on_hit) {
        (true, _) => Status::Partial,
        (_, true) => Status::Hit,
        _ => Status::Ran,
    })
}

fn query(id: &str, name: Option<&str>, args: &QueryArgs) -> Result<Entity, EngineError> {
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
    query_from_fields(id, args.schema.as_deref(), fields)
}

struct Printer<'a> {
    library: &'a Library,
    policy: &'a Configuration,
    format: Format,
    header: bool,
}

impl Printer<'_> {
    /// Prints the answer to one query; returns whether there is any result.
    fn print(&mut self, out: &mut dyn Write, query: &Entity, answer: &Answer) -> Result<bool, CommandError> {
        let json = || answer_to_json(query, answer, self.library, self.policy, true);
        match self.format {
            Format::Table => {
                out.write_all(table::answer(query, answer, self.library, self.policy).as_bytes())?;
            }
            Format::Json => writeln!(out, "{:#}", json())?,
            Format::Jsonl => writeln!(out, "{}", json())?,
            Format::Csv => {
                if !std::mem::replace(&mut self.header, true) {
                    writeln!(out, "query,id,caption,schema,dataset,list_version,basis,score,bits,match")?;
                }
                for hit in &answer.hits {
                    out.write_all(table::csv_row(query, hit, self.library).as_bytes())?;
                }
            }
        }
        Ok(!answer.hits.is_empty())
    }

    fn failed(&self, out: &mut dyn Write, id: &str, error: &EngineError) -> Result<(), CommandError> {
        if matches!(self.format, Format::Json | Format::Jsonl) {
            writeln!(out, "{}", engine::failed_row(id, &error.to_string()))?;
        }
        Ok(())
    }
}

fn batch(
    args: &Screen,
    library: &Library,
    policy: &Configuration,
    request: Request,
) -> Result<Status, CommandError> {
    let Some(input) = &args.input else { return Ok(Status::Ran) };
    let input = if input.as_os_str() == "-" { std::path::Path::new("/dev/stdin") } else { input };
    let mut map = Vec::new();
    for pair in &args.map {
        let (property, column) = pair
            .split_once('=')
            .ok_or_else(|| EngineError::usage(format!("--map {pair}: no =")).hint("--map name=Full_Name"))?;
        map.push((property.to_owned(), column.to_owned()));
    }
    let options = InputOptions { map, multi: args.multi, schema: args.query.schema.clone() };
    let request = BatchRequest {
        input,
        output: args.output.as_deref(),
        options,
        request,
        threads: args.threads,
        now: SystemTime::now(),
    };
    let bar = progress_bar();
    let tick = &mut |p: engine::Progress| bar.set_position(p.rows);
    let to_table = args.output.is_none() && format_or(args.format, Format::Jsonl) == Format::Table;
    if matches!(args.format, Some(Format::Csv | Format::Json))
        || (args.format == Some(Format::Table) && args.output.is_some())
    {
        return Err(EngineError::usage("a file is screened to JSON lines, or to a table on the terminal")
            .hint("leave out --format, or say --format jsonl or --format table without --output")
            .into());
    }
    let report = if to_table {
        let mut lines = Vec::new();
        let report = screen_file(library, policy, request, &mut lines, tick)?;
        bar.finish_and_clear();
        std::io::stdout().lock().write_all(table::batch(&lines).as_bytes())?;
        report
    } else {
        screen_file(library, policy, request, &mut std::io::stdout(), tick)?
    };
    bar.finish_and_clear();
    summary(args, &report);
    Ok(if report.failed > 0 {
        Status::Partial
    } else if args.fail_on_hit && report.with_results > 0 {
        Status::Hit
    } else {
        Status::Ran
    })
}

fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {pos} rows  {per_sec}  {elapsed}");
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

fn summary(args: &Screen, report: &BatchReport) {
    for warning in &report.warnings {
        note(&format!("warning: {warning}"));
    }
    let file = args.input.as_ref().map(|p| p.display().to_string()).unwrap_or_default();
    for (id, line, reason) in report.failures.iter().take(SHOWN_FAILURES) {
        note(&format!("failed: {file} line {line} (id {id}): {reason}"));
    }
    if report.failed > SHOWN_FAILURES as u64 {
        note(&format!("failed: {} more rows", report.failed - SHOWN_FAILURES as u64));
    }
    let receipt = report.receipt.as_ref().map(|p| format!("; receipt {}", p.display())).unwrap_or_default();
    note(&format!(
        "{} rows: {} screened, {} failed, {} with results, {} with a match, {} truncated{receipt}",
        report.rows, report.screened, report.failed, report.with_results, report.with_match, report.truncated
    ));
}

/// Millibits as the table and CSV show them.
pub(crate) fn bits(millibits: i32) -> String {
    number(millibits, 1000).to_string()
}
