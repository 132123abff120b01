//! `interdict screen`.

mod batch;
mod by_hand;
mod timings;

use std::time::Instant;

use engine::networks::ownership::{Regime, Remainder, Terms};
use engine::{
    AsOf, EngineError, Library, Policy, Property, Request, Score, Screening, Search, as_of_day, number,
    with_ownership,
};

use super::open::{check_schema, open_lists_as_of, policy, unless_rows_failed};
use super::{SHOWN_FAILURES, note};
use crate::args::{QueryArgs, Screen};
use crate::error::{CommandError, Status};

/// Results for one name, where no limit is given.
const DEFAULT_LIMIT: usize = 10;

pub(crate) fn run(args: Screen) -> Result<Status, CommandError> {
    let policy = policy(args.policy.as_deref())?;
    let threshold = args.threshold.as_deref().map(parse_score).transpose()?;
    let as_of = args.as_of.as_deref().map(parse_as_of).transpose()?;
    check_query(&args)?;
    let started = Instant::now();
    let library = open_lists_as_of(&args.lists, args.max_list_age.as_deref(), as_of.as_ref())?;
    let (library, whole) = match args.ownership.is_empty() {
        true => (library, true),
        false => with_owners(&args, library, &policy)?,
    };
    let screening = library.under(&policy)?;
    say_out_of_scope(&screening);
    let loaded = started.elapsed();
    let status = match &args.input {
        Some(input) => batch::run(&args, input, &screening, Request { threshold, limit: args.limit }, loaded),
        None => {
            screening.warnings().iter().for_each(|warning| note(&format!("warning: {warning}")));
            let request = Request { threshold, limit: Some(args.limit.unwrap_or(DEFAULT_LIMIT)) };
            by_hand::run(&args, &screening, request)
        }
    }?;
    if args.timings {
        let screened = started.elapsed().saturating_sub(loaded);
        note(&format!("timings: load and prepare lists {loaded:.3?}, screen {screened:.3?}"));
    }
    let status = if whole { status } else { Status::Partial };
    Ok(unless_rows_failed(library.lists(), status))
}

/// The lists, and the companies that their parties own; whether every row of the ownership data was taken.
fn with_owners(args: &Screen, library: Library, policy: &Policy) -> Result<(Library, bool), EngineError> {
    let terms = Terms {
        regime: args.rule.map_or(Regime::Ofac, Into::into),
        as_of: args.as_of.as_deref().map(as_of_day).transpose()?,
        remainder: Remainder::Others,
    };
    let (library, report) = with_ownership(library, policy, &args.ownership, terms)?;
    report.warnings.iter().for_each(|warning| note(&format!("warning: {warning}")));
    for row in report.problems.iter().take(SHOWN_FAILURES) {
        note(&format!("failed: {} line {}: {}", row.file, row.line, row.reason));
    }
    if report.problems.len() > SHOWN_FAILURES {
        note(&format!("failed: {} more rows", report.problems.len() - SHOWN_FAILURES));
    }
    note(&format!(
        "ownership (rule {}): {} owners taken for listed parties; {} unlisted companies blocked ({} of them by such owners), {} \
         possibly blocked",
        terms.regime.name(),
        report.ties,
        report.blocked,
        report.by_tie,
        report.possible
    ));
    Ok((library, report.problems.is_empty()))
}

/// Who is not searched for must be known to whoever reads that there is no result.
fn say_out_of_scope(screening: &Screening<'_>) {
    let out: usize = screening.out_of_scope().iter().sum();
    if out > 0 {
        let name = &screening.policy().name;
        note(&format!("listed parties out of scope by their programmes: {out} (policy {name})"));
    }
}

pub(super) fn parse_score(text: &str) -> Result<Score, EngineError> {
    let value = text.parse::<f64>().ok().filter(|v| (0.0..=1.0).contains(v));
    let value = value.ok_or_else(|| {
        EngineError::usage(format!("--threshold {text}: not a score"))
            .hint("a score is between 0 and 1, such as 0.7")
    })?;
    Ok(Score::from_ten_thousandths((value * 10_000.0).round() as u16))
}

fn parse_as_of(text: &str) -> Result<AsOf, EngineError> {
    text.parse().map_err(|()| {
        EngineError::usage(format!("--as-of {text}: no date and no moment"))
            .hint("2021-11-16 for the end of that day in UTC, or 2021-11-16T14:00:00Z")
    })
}

/// Refuses what the user typed and we cannot read: silently leaving it out would clear or hold the wrong party.
fn check_query(args: &Screen) -> Result<(), EngineError> {
    let query = &args.query;
    check_schema(query.schema.as_deref())?;
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
        return Err(EngineError::usage("--birth-date: no birth date that we can read")
            .hint("1979-09-21, 1979-09 or 1979; from 1900 on, or of another calendar"));
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
            .hint("give a name, an identifier (--id, --imo, --wallet, --email ...), or a file (--input)"));
    }
    Ok(())
}

fn has_identifier(query: &QueryArgs) -> bool {
    let given = [&query.id, &query.wallet, &query.imo, &query.email, &query.phone, &query.website];
    given.iter().any(|values| !values.is_empty())
}

fn search(args: &Screen) -> Search {
    if args.exhaustive { Search::Exhaustive } else { Search::Indexed }
}

/// Millibits as the table and CSV show them.
pub(crate) fn bits(millibits: i32) -> String {
    number(millibits, 1000).to_string()
}
