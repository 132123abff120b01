//! What every route has at hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwapOption;
use engine::EngineError;
use serde_json::json;

use crate::folder;
use crate::jobs::{self, Jobs};
use crate::metrics::Metrics;
use crate::native::moment;
use crate::options::Options;
use crate::pool::Pool;
use crate::problem::Problem;
use crate::serving::{Serving, Shared};
use crate::updates::Updates;

/// What every route has at hand: a cheap clone.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Inner>);

struct Inner {
    options: Options,
    serving: ArcSwapOption<Serving>,
    pool: Pool,
    metrics: Metrics,
    jobs: Jobs,
    updates: Updates,
    ending: AtomicBool,
}

/// How soon to come again while lists are read for the first time.
const LOADING: Duration = Duration::from_secs(2);

impl AppState {
    /// # Errors
    /// Threads cannot be started, or the folder for files cannot be made.
    pub(crate) fn new(options: Options) -> Result<Self, EngineError> {
        folder::clear(&options.folder).map_err(|e| {
            EngineError::input(format!("{} cannot be used: {e}", options.folder.display()))
                .hint("name a folder of your own for files that clients send: --jobs-dir FOLDER")
        })?;
        let pool = Pool::new(options.threads, options.queue, options.deadline)?;
        let state = Self(Arc::new(Inner {
            jobs: Jobs::new(options.jobs.clone()),
            options,
            serving: ArcSwapOption::empty(),
            pool,
            metrics: Metrics::default(),
            updates: Updates::default(),
            ending: AtomicBool::new(false),
        }));
        jobs::start(state.clone())?;
        Ok(state)
    }

    /// The lists that serve now. A request takes them once and goes on with them.
    ///
    /// # Errors
    /// None serve yet: 503.
    pub(crate) fn serving(&self) -> Result<Shared, Problem> {
        self.0.serving.load_full().ok_or_else(|| Problem::unavailable("the lists are being read", LOADING))
    }

    /// Puts other lists in the place of those that serve, which are returned.
    pub(crate) fn swap(&self, serving: Serving) -> Option<Shared> {
        self.0.serving.swap(Some(Arc::new(serving)))
    }

    /// Where to compute.
    pub(crate) fn pool(&self) -> &Pool {
        &self.0.pool
    }

    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    pub(crate) fn updates(&self) -> &Updates {
        &self.0.updates
    }

    /// The server was told to end: it is not ready for more.
    pub(crate) fn end(&self) {
        self.0.ending.store(true, Ordering::Relaxed);
        self.jobs().end();
    }

    pub(crate) fn is_ending(&self) -> bool {
        self.0.ending.load(Ordering::Relaxed)
    }

    /// A line of the log that is about no request.
    pub(crate) fn say(&self, event: &str, reason: &str) {
        if let Some(log) = &self.options().log {
            log(&json!({ "at": moment(SystemTime::now()), "event": event, "reason": reason }).to_string());
        }
    }
}
