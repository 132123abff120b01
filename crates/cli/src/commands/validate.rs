//! `interdict validate`.

use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use engine::{EngineError, ValidationProgress, ValidationRequest, validate, write_file};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use validation::{Comparison, Outcome, SPECIAL, Severity, Share, TREATMENTS, compare, requirements};

use super::open::{input_options, open_lists, policy};
use super::{format_or, note};
use crate::args::{Format, Validate};
use crate::error::{CommandError, Status};
use crate::plain::plain;

pub(crate) fn run(args: &Validate) -> Result<Status, CommandError> {
    let format = format_or(args.format, Format::Json);
    if !matches!(format, Format::Table | Format::Json) {
        return Err(EngineError::usage("a validation is a table or JSON").hint("use --format json").into());
    }
    let policy = policy(args.policy.as_deref())?;
    // Whatever is wrong with the request is said before the work.
    let baseline = args.baseline.as_deref().map(read_baseline).transpose()?;
    if args.output.is_some() && args.output == args.json {
        return Err(EngineError::usage("--output and --json name one file")
            .hint("give the page and the figures a file each")
            .into());
    }
    for path in [&args.output, &args.json].into_iter().flatten() {
        check_folder(path)?;
    }
    let placebo = args
        .placebo
        .as_deref()
        .map(|path| Ok::<_, EngineError>((path, input_options(&args.map, false, None)?)));
    let started = Instant::now();
    let request = ValidationRequest {
        records: args.records,
        seed: args.seed,
        placebo: placebo.transpose()?,
        threads: args.threads,
        clock: &|| started.elapsed(),
    };
    let library = open_lists(&args.lists, args.max_list_age.as_deref())?;
    let screening = library.under(&policy)?;
    screening.warnings().iter().for_each(|warning| note(&format!("warning: {warning}")));
    let bar = progress_bar();
    let outcome = validate(&screening, &request, &mut |p: ValidationProgress| {
        bar.set_length(p.all as u64);
        bar.set_position(p.done as u64);
    })?;
    bar.finish_and_clear();

    let json = outcome.to_json();
    let read: Vec<&Path> = args
        .lists
        .iter()
        .map(Path::new)
        .chain([&args.baseline, &args.placebo].into_iter().flatten().map(std::path::PathBuf::as_path))
        .collect();
    let comparison = match &baseline {
        Some(old) => Some(compare(old, &json).ok_or_else(no_baseline)?),
        None => None,
    };
    if let Some(path) = &args.output {
        write_file(path, report::validation_page(&outcome).as_bytes(), &read)?;
    }
    if let Some(path) = &args.json {
        // A baseline may be replaced by what was compared with it: it has been read by then.
        let read: Vec<&Path> =
            read.iter().copied().filter(|r| Some(*r) != args.baseline.as_deref()).collect();
        write_file(path, format!("{json:#}\n").as_bytes(), &read)?;
    }
    let mut out = std::io::stdout().lock();
    match format {
        Format::Table => out.write_all(plain_lines(&as_text(&outcome)).as_bytes())?,
        _ => writeln!(out, "{json:#}")?,
    }
    if let Some(comparison) = &comparison {
        say(comparison);
    }
    let whole = outcome.setting.placebo_failed == 0 && outcome.setting.lists.iter().all(|l| l.skipped == 0);
    if outcome.setting.placebo_failed > 0 {
        note(&format!(
            "failed: {} rows of the unlisted names could not be screened",
            outcome.setting.placebo_failed
        ));
    }
    Ok(match comparison {
        Some(comparison) if !comparison.regressions.is_empty() => Status::Hit,
        _ if whole => Status::Ran,
        _ => Status::Partial,
    })
}

fn read_baseline(path: &Path) -> Result<Value, EngineError> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| {
        EngineError::input(format!("{shown}: {e}"))
            .hint("name the JSON of an earlier validation: --json wrote it")
    })?;
    let value: Value = serde_json::from_str(&text).map_err(|e| {
        EngineError::input(format!("{shown}: no JSON: {e}"))
            .hint("name the JSON of an earlier validation: --json wrote it")
    })?;
    if value.get("validation").is_none() {
        return Err(no_baseline());
    }
    Ok(value)
}

fn no_baseline() -> EngineError {
    EngineError::input("the baseline is no validation, or has no figure that this one can be compared with")
        .hint("name the JSON of an earlier validation: --json wrote it")
}

fn check_folder(path: &Path) -> Result<(), EngineError> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            Err(EngineError::input(format!("{}: there is no folder {}", path.display(), folder.display()))
                .hint("make the folder first, or give another path"))
        }
        _ => Ok(()),
    }
}

fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} names  {per_sec}  {eta} left");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn plain_lines(text: &str) -> String {
    text.lines().map(|line| plain(line) + "\n").collect()
}

/// What a person reads on the terminal: the figures; the page has the rest.
fn as_text(outcome: &Outcome) -> String {
    let mut text = String::new();
    let share = |share: &Share| {
        let (low, high) = share.interval();
        format!("{:>7} of {:<7} {:>6} %  ({low:.2} to {high:.2})", share.found, share.of, share.told())
    };
    let mut line = |name: &str, figure: String| {
        let _infallible = writeln!(text, "{name:<34}{figure}");
    };
    line("names as published, found", share(&outcome.exact));
    line("altered names, found", share(&outcome.altered));
    line("altered beyond what is asked, found", share(&outcome.stress));
    line("unlisted names that alarm", share(&outcome.alarms));
    line("false alarms per 1,000", format!("{:>7.2}", outcome.alarms_per_thousand()));
    line("", String::new());
    for requirement in requirements(outcome) {
        line(&format!("{:<4}{}", requirement.id, requirement.verdict.name()), requirement.evidence);
    }
    for severity in [Severity::Required, Severity::Stress] {
        line("", String::new());
        line(severity.name(), String::new());
        for row in outcome.by_severity(severity) {
            line(&format!("  {}", TREATMENTS[row.treatment].title), share(&row.share));
        }
    }
    line("", String::new());
    line("groups, as published", String::new());
    for ((name, _), row) in SPECIAL.iter().zip(&outcome.special).filter(|(_, row)| row.exact.of > 0) {
        line(&format!("  {name}"), share(&row.exact));
        line("    altered", share(&row.altered));
    }
    let timings = &outcome.timings;
    line("", String::new());
    line(
        "time",
        format!(
            "{:.1} s, {} threads; a query: median {} \u{b5}s, 99 % within {} \u{b5}s",
            timings.run as f64 / 1000.0,
            timings.threads,
            timings.quantile(500),
            timings.quantile(990)
        ),
    );
    text
}

fn say(comparison: &Comparison) {
    for line in &comparison.notes {
        note(&format!("baseline: {line}"));
    }
    for line in &comparison.regressions {
        note(&format!("worse than the baseline: {line}"));
    }
    let compared = comparison.compared.len();
    note(&format!("baseline: {compared} figures compared, {} worse", comparison.regressions.len()));
}
