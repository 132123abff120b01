//! What `add` and `update` share: the updater, its progress, what came of it.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant, SystemTime};

use engine::{EngineError, Limits, Patience, Step, Updated, UpdatedTo, Updater, Version, updated_to_json};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::{Format, Taking};
use crate::commands::note;
use crate::error::{CommandError, Status};
use crate::fetch::Http;
use crate::plain::plain;
use crate::{duration, home};

/// The largest list that is published has 130 MB.
const MOST_BYTES: u64 = 1 << 30;

/// Before the first time that a server is asked again; it doubles.
const PAUSE: Duration = Duration::from_millis(500);

/// A server that asks for more is tried again at the next update.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Gives the updater to `work`. `sleep` waits, and says whether to go on; `go_on` says it at any time.
pub(super) fn with_updater<T>(
    taking: &Taking,
    sleep: &dyn Fn(Duration) -> bool,
    go_on: &dyn Fn() -> bool,
    work: impl FnOnce(&Updater<'_>) -> Result<T, EngineError>,
) -> Result<T, EngineError> {
    let percent = |flag: &str, value: f64| {
        let sound = (0.0..=100.0).contains(&value);
        sound.then_some(value).ok_or_else(|| {
            EngineError::usage(format!("{flag} {value}: no percentage"))
                .hint("a number from 0 to 100, such as 10")
        })
    };
    let limits = Limits {
        shrink: percent("--allow-shrink", taking.allow_shrink)?,
        skipped: percent("--allow-skipped", taking.allow_skipped)?,
    };
    let silence = time("--timeout", &taking.timeout)?;
    let fetch = Http::new(taking.ca_file.as_deref(), silence)?;
    let started = Instant::now();
    let bar = Bar::default();
    let updater = Updater {
        home: home::folder()?,
        fetch: &fetch,
        patience: Patience {
            retries: taking.retries,
            pause: PAUSE,
            longest_pause: LONGEST_PAUSE,
            most_bytes: MOST_BYTES,
            slow_after: silence,
            sleep,
            clock: &|| started.elapsed(),
            progress: &|_, _| true,
        },
        now: &SystemTime::now,
        by: home::user(),
        limits,
        say: &|step| {
            bar.show(step);
            go_on()
        },
    };
    let done = work(&updater);
    bar.finish();
    done
}

/// A time that was typed.
pub(super) fn time(flag: &str, text: &str) -> Result<Duration, EngineError> {
    duration::parse(text).ok_or_else(|| {
        EngineError::usage(format!("{flag} {text}: no time")).hint("a number and a unit: 30s, 5m, 1h, 1d")
    })
}

/// Says what came of it: the lists on standard output, what failed on standard error.
pub(super) fn say(updated: &[Updated], format: Format) -> Result<Status, CommandError> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Table => updated.iter().try_for_each(|list| writeln!(out, "{}", plain(&line(list))))?,
        Format::Json => {
            let all: Vec<_> = updated.iter().map(updated_to_json).collect();
            writeln!(out, "{:#}", serde_json::Value::from(all))?;
        }
        Format::Jsonl => updated.iter().try_for_each(|list| writeln!(out, "{}", updated_to_json(list)))?,
        Format::Csv => {
            return Err(EngineError::usage("updates have no CSV form").hint("use --format json").into());
        }
    }
    out.flush()?;
    updated.iter().for_each(say_failure);
    Ok(if updated.iter().all(Updated::is_current) { Status::Ran } else { Status::Partial })
}

fn say_failure(updated: &Updated) {
    let list = &updated.list;
    let (from, reason, remedy) = match &updated.to {
        UpdatedTo::Failed { from, reason, remedy } => (from.clone(), reason, remedy.clone()),
        UpdatedTo::Quarantined { version, reason } => (
            version.files.first().map(|file| file.from.clone()).unwrap_or_default(),
            reason,
            format!(
                "look at what its authority publishes; where it is right, allow it with the flag that is named, else \
                 update {list} again later"
            ),
        ),
        UpdatedTo::Activated { .. } | UpdatedTo::Confirmed(_) => return,
    };
    let what = if matches!(updated.to, UpdatedTo::Failed { .. }) { "failed" } else { "quarantined" };
    note(&format!("{what}: {list}: {from}: {reason}"));
    match &updated.serving {
        Some(serving) => note(&format!("  {} serves on", serving.short())),
        None => note(&format!("  {list} is not installed: no version of it was good so far")),
    }
    note(&format!("  remedy: {remedy}"));
}

/// A list on one line.
fn line(updated: &Updated) -> String {
    let of = |version: &Version| format!("{}  {} parties", version.short(), version.parties);
    let (what, which) = match &updated.to {
        UpdatedTo::Activated { version, before: Some(before) } => {
            ("activated", format!("{}  (before: {})", of(version), of(before)))
        }
        UpdatedTo::Activated { version, before: None } => ("activated", of(version)),
        UpdatedTo::Confirmed(version) => ("confirmed", of(version)),
        UpdatedTo::Quarantined { .. } => {
            ("quarantined", updated.serving.as_ref().map(of).unwrap_or_default())
        }
        UpdatedTo::Failed { .. } => ("failed", updated.serving.as_ref().map(of).unwrap_or_default()),
    };
    format!("{:<16} {what:<12} {which}", updated.list).trim_end().to_owned()
}

/// Bytes of what is fetched now, where standard error is a terminal.
#[derive(Default)]
struct Bar(RefCell<Option<(String, ProgressBar)>>);

impl Bar {
    fn show(&self, step: Step<'_>) {
        if let Step::Waiting = step {
            note("waiting: another process updates lists now");
        }
        if !std::io::stderr().is_terminal() {
            return;
        }
        match step {
            Step::Fetching { list, address, bytes, of } => {
                let mut bar = self.0.borrow_mut();
                if bar.as_ref().is_none_or(|(shown, _)| shown != address) {
                    let style =
                        ProgressStyle::with_template("{spinner} {msg}  {bytes}  {bytes_per_sec}  {eta} left");
                    let style = style.unwrap_or_else(|_| ProgressStyle::default_spinner());
                    let name = address.split(['?', '#']).next().unwrap_or(address);
                    let new = ProgressBar::no_length()
                        .with_style(style)
                        .with_message(plain(&format!("{list}  {name}")));
                    if let Some((_, old)) = bar.replace((address.to_owned(), new)) {
                        old.finish_and_clear();
                    }
                }
                if let Some((_, bar)) = bar.as_ref() {
                    of.into_iter().for_each(|of| bar.set_length(of));
                    bar.set_position(bytes);
                }
            }
            Step::Waiting | Step::Reading { .. } | Step::Compiling => self.finish(),
        }
    }

    fn finish(&self) {
        if let Some((_, bar)) = self.0.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}
