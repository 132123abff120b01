//! `interdict lists update`: once, or again and again.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

use engine::EngineError;

use super::updating::{say, time, with_updater};
use crate::args::{Format, Update};
use crate::commands::{format_or, note};
use crate::error::{CommandError, Status};

pub(super) fn run(args: &Update) -> Result<Status, CommandError> {
    if args.watch {
        return watch(args);
    }
    let sleep = |pause| {
        std::thread::sleep(pause);
        true
    };
    let updated = with_updater(&args.taking, &sleep, &|| true, |updater| updater.update(&args.lists))?;
    say(&updated, format_or(args.format, Format::Json))
}

/// Updates until the program is told to end, which it does between two steps.
fn watch(args: &Update) -> Result<Status, CommandError> {
    let every = time("--every", &args.every)?;
    let format =
        args.format.unwrap_or(if std::io::stdout().is_terminal() { Format::Table } else { Format::Jsonl });
    let end = End::on_signal()?;
    let mut first = true;
    loop {
        let sleep = |pause| end.wait(pause);
        let updated =
            with_updater(&args.taking, &sleep, &|| !end.is_near(), |updater| updater.update(&args.lists));
        match updated {
            // A fault of the first round is one of the request; later ones may pass.
            Err(error) if first => return Err(error.into()),
            Err(error) => {
                note(&format!("failed: {error}"));
                note(&format!("  remedy: {}", error.remedy().unwrap_or("it is tried again")));
            }
            // What was cut short by the end is no failure.
            Ok(updated) if !end.is_near() => drop(say(&updated, format)?),
            Ok(_) => {}
        }
        first = false;
        if end.is_near() || !end.wait(jittered(every, SystemTime::now())) {
            note("ended");
            return Ok(Status::Ran);
        }
    }
}

/// A tenth more or less, so that many machines do not ask an authority in the same second.
fn jittered(every: Duration, now: SystemTime) -> Duration {
    let nanos = now.duration_since(SystemTime::UNIX_EPOCH).map(|d| d.subsec_nanos()).unwrap_or_default();
    let share = f64::from(nanos % 1_000_000) / 1_000_000.0;
    every.mul_f64(0.9 + 0.2 * share)
}

/// The end, when it is told: SIGINT, SIGTERM, SIGHUP.
struct End {
    near: Arc<AtomicBool>,
    told: Receiver<()>,
}

impl End {
    fn on_signal() -> Result<Self, EngineError> {
        let (tell, told) = channel();
        let near = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&near);
        let handler = move || {
            flag.store(true, Ordering::Relaxed);
            // Nobody listens any more where the program ends already.
            let _gone = tell.send(());
        };
        ctrlc::set_handler(handler).map_err(|e| {
            EngineError::input(format!("signals cannot be heeded: {e}"))
                .hint("run `interdict lists update` from a timer instead")
        })?;
        Ok(Self { near, told })
    }

    fn is_near(&self) -> bool {
        self.near.load(Ordering::Relaxed)
    }

    /// Waits; whether to go on.
    fn wait(&self, pause: Duration) -> bool {
        !self.is_near() && self.told.recv_timeout(pause) == Err(RecvTimeoutError::Timeout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_more_or_less() {
        let hour = Duration::from_secs(3600);
        for nanos in [0, 1, 499_999, 999_999, 123_456_789] {
            let now = SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos);
            assert!((3240..=3960).contains(&jittered(hour, now).as_secs()), "{nanos}");
        }
    }
}
