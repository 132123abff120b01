//! Lists that are read again while others serve: off to the side, by a thread that gives way to those that answer.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use engine::{EngineError, Installed, ScreenList};
use tokio::sync::oneshot;

use crate::native::moment;
use crate::serving::{Serving, Shared};
use crate::state::AppState;

/// Asks for lists to be read again, and knows why they could not be.
pub(crate) struct Updates {
    asks: Sender<Ask>,
    /// Taken by the thread that reads.
    asked: Mutex<Option<Receiver<Ask>>>,
    trouble: Mutex<Option<Trouble>>,
}

/// Who asked is told what came of it.
type Ask = oneshot::Sender<Result<(), String>>;

/// Why the lists that serve are not the newest.
#[derive(Clone)]
pub(crate) struct Trouble {
    pub(crate) at: String,
    pub(crate) reason: String,
}

/// How often lists that no longer serve are looked after: the last request that holds them may have ended.
const SWEEP: Duration = Duration::from_millis(200);

impl Default for Updates {
    fn default() -> Self {
        let (asks, asked) = channel();
        Self { asks, asked: Mutex::new(Some(asked)), trouble: Mutex::default() }
    }
}

impl Updates {
    /// Has the lists read again, and waits for what comes of it.
    pub(crate) async fn ask(&self) -> Result<(), String> {
        let (done, told) = oneshot::channel();
        let gone = || "lists are not read again: the server is ending".to_owned();
        self.asks.send(done).map_err(|_| gone())?;
        told.await.map_err(|_| gone())?
    }

    /// The same without waiting.
    pub(crate) fn ask_quietly(&self) {
        // Where the thread is gone, the server is ending.
        let _gone = self.asks.send(oneshot::channel().0);
    }

    /// Why the lists that serve are not the newest, where that is so.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_trouble(&self, reason: Option<String>) {
        let trouble = reason.map(|reason| Trouble { at: moment(SystemTime::now()), reason });
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

/// Reads lists and lets them serve; returns those that served before.
///
/// # Errors
/// A list cannot be read, or is less than the one that serves: a file that is cut short, or that is being written, would
/// clear whoever is missing in it. The first time there is nothing better: rows that failed are told as trouble.
pub(crate) fn load(state: &AppState) -> Result<Option<Shared>, EngineError> {
    let options = state.options();
    let library = options.lists.load()?;
    let installed = options.lists.installed().unwrap_or_default();
    if let Ok(serving) = state.serving()
        && let Some(reason) = lost(serving.library().lists(), library.lists(), &installed)
    {
        return Err(EngineError::input(reason).hint("the list before goes on serving; fetch the file again"));
    }
    let trouble = unread(library.lists());
    let serving = Serving::new(library, &options.policy, SystemTime::now(), options.max_list_age)?;
    let before = state.swap(serving);
    state.updates().set_trouble(trouble);
    Ok(before)
}

/// What a list that is read from where it lies has lost against the one that serves: rows that failed only now, or half of its
/// parties. An installed list was judged when it was taken, by tighter limits that whoever took it could lift.
fn lost(serving: &[ScreenList], new: &[ScreenList], installed: &Installed) -> Option<String> {
    new.iter().filter(|new| !installed.knows(&new.source)).find_map(|new| {
        let before = serving.iter().find(|before| before.source == new.source)?;
        let (failed, parties) = (new.report.skipped.len(), new.entities.len());
        if failed > before.report.skipped.len() {
            return Some(format!("{}: {failed} rows could not be read", new.dataset));
        }
        let half = parties < before.entities.len() / 2;
        half.then(|| format!("{}: {parties} parties instead of {}", new.dataset, before.entities.len()))
    })
}

/// Who is listed in a row that could not be read cannot be found.
fn unread(lists: &[ScreenList]) -> Option<String> {
    let of = |list: &ScreenList| {
        let failed = list.report.skipped.len();
        (failed > 0).then(|| {
            format!("{}: {failed} rows could not be read: who is listed in them is not found", list.dataset)
        })
    };
    let all: Vec<String> = lists.iter().filter_map(of).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// Starts the thread that reads lists again: when asked, and when they are others than those that were read.
///
/// # Errors
/// No thread can be started.
pub(crate) fn start(state: AppState, known: Option<String>) -> Result<(), EngineError> {
    let failed = |e: &dyn std::fmt::Display| EngineError::input(format!("no thread to read lists with: {e}"));
    let Some(asked) = state.updates().asked.lock().unwrap_or_else(PoisonError::into_inner).take() else {
        return Ok(());
    };
    // What reads lists in parallel does so here, on one thread, and not beside those that answer.
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).start_handler(|_| give_way()).build();
    let threads = threads.map_err(|e| failed(&e))?;
    let run = move || watch(&state, &asked, &threads, known);
    std::thread::Builder::new().name("lists".to_owned()).spawn(run).map_err(|e| failed(&e))?;
    Ok(())
}

fn watch(state: &AppState, asked: &Receiver<Ask>, threads: &rayon::ThreadPool, mut known: Option<String>) {
    let mut looked = Instant::now();
    let mut retired: Vec<Arc<Serving>> = Vec::new();
    loop {
        let ask = match asked.recv_timeout(SWEEP) {
            Ok(ask) => Some(ask),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        // Lists are dropped here, by whoever has time, and not by the request that held them last.
        retired.retain(|lists| Arc::strong_count(lists) > 1);
        let due = state.options().refresh.is_some_and(|every| looked.elapsed() >= every);
        if ask.is_none() && !due {
            continue;
        }
        looked = Instant::now();
        let now = state.options().lists.state();
        let changed = match (&now, &known) {
            (Ok(now), Some(known)) => now != known,
            _ => true,
        };
        if ask.is_none() && !changed {
            continue;
        }
        let loaded = now.and_then(|now| threads.install(|| load(state)).map(|old| (now, old)));
        state.metrics().reloaded(loaded.is_ok());
        let result = match loaded {
            Ok((now, old)) => {
                known = Some(now);
                retired.extend(old);
                Ok(())
            }
            Err(error) => Err(match error.remedy() {
                Some(remedy) => format!("{error}: {remedy}"),
                None => error.to_string(),
            }),
        };
        if let Err(reason) = &result {
            state.updates().set_trouble(Some(reason.clone()));
            state.say("lists could not be read again", reason);
        }
        // Whoever asked may have gone.
        let _gone = ask.map(|ask| ask.send(result));
    }
}

/// Lets threads that answer go first.
pub(crate) fn give_way() {
    // Of this thread alone, on Linux; elsewhere it would be the whole process. Where it is not allowed nothing is lost.
    #[cfg(target_os = "linux")]
    let _kept = rustix::process::nice(10);
}
