//! `interdict screen`.

mod batch;
mod by_hand;

use std::time::{Duration, Instant, SystemTime};

use engine::{Configuration, EngineError, Library, Property, Request, Schema, Score, Search, number};

use super::{note, open_list, say_doubts};
use crate::args::{QueryArgs, Screen};
use crate::error::{CommandError, Status};

/// Results for one name, where no limit is given.
const DEFAULT_LIMIT: usize = 10;

pub(crate) fn run(args: Screen) -> Result<Status, CommandError> {
    let policy = Configuration::default();
    let threshold = match &args.threshold {
        Some(text) => parse_score(text)?,
        None => policy.match_threshold,
    };
    check_query(&args)?;
    let started = Instant::now();
    let library = open_lists(&args.lists, args.max_list_age.as_deref())?;
    let loaded = started.elapsed();
    let status = match &args.input {
        Some(input) => batch::run(&args, input, &library, &policy, Request { threshold, limit: args.limit }),
        None => {
            let request = Request { threshold, limit: Some(args.limit.unwrap_or(DEFAULT_LIMIT)) };
            by_hand::run(&args, &library, &policy, request)
        }
    }?;
    if args.timings {
        let screened = started.elapsed().saturating_sub(loaded);
        note(&format!("timings: load and prepare lists {loaded:.3?}, screen {screened:.3?}"));
    }
    // Who is listed in a row that could not be read cannot be found.
    let whole = library.lists().iter().all(|list| list.report.skipped.is_empty());
    Ok(if whole { status } else { Status::Partial })
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
    if let Some(gender) = &query.gender
        && !engine::is_gender(gender)
    {
        return Err(EngineError::usage(format!("--gender {gender}: not a gender that lists know"))
            .hint("male or female"));
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
    // clap does not hold `requires` where the name is given, with which the required flag conflicts.
    let of_files =
        [("--output", args.output.is_some()), ("--map", !args.map.is_empty()), ("--multi", args.multi)];
    if let Some((flag, _)) = of_files.iter().find(|(_, given)| *given && args.input.is_none()) {
        return Err(EngineError::usage(format!("{flag} is for a file of customers"))
            .hint("give the file with --input instead of a name, or leave the flag out"));
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

/// The lists that are named, ready to be screened against.
pub(crate) fn open_lists(named: &[String], max_age: Option<&str>) -> Result<Library, EngineError> {
    if named.is_empty() {
        return Err(EngineError::input("no list is installed and none is named").hint(
            "name a list file: --list path/to/sdn.csv (OFAC publishes it at https://sanctionslist.ofac.treas.gov), \
             or --list demo for the embedded case",
        ));
    }
    let mut lists: Vec<engine::ScreenList> = Vec::new();
    for name in named {
        let list = open_list(name)?;
        if lists.iter().any(|other| other.sha256 == list.sha256) {
            note(&format!("warning: {name} is named twice: it is screened against once"));
            continue;
        }
        if let Some(limit) = max_age {
            check_age(&list, limit)?;
        }
        say_doubts(&list);
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

fn search(args: &Screen) -> Search {
    if args.exhaustive { Search::Exhaustive } else { Search::Indexed }
}

/// Millibits as the table and CSV show them.
pub(crate) fn bits(millibits: i32) -> String {
    number(millibits, 1000).to_string()
}
