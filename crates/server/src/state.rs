//! What every route has at hand.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use engine::EngineError;

use crate::options::Options;
use crate::pool::Pool;
use crate::problem::Problem;
use crate::serving::{Serving, Shared};

/// What every route has at hand: a cheap clone.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Inner>);

struct Inner {
    options: Options,
    serving: ArcSwapOption<Serving>,
    pool: Pool,
}

/// How soon to come again while lists are read for the first time.
const LOADING: Duration = Duration::from_secs(2);

impl AppState {
    /// # Errors
    /// Threads cannot be started.
    pub(crate) fn new(options: Options) -> Result<Self, EngineError> {
        let pool = Pool::new(options.threads, options.queue, options.deadline)?;
        Ok(Self(Arc::new(Inner { options, serving: ArcSwapOption::empty(), pool })))
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
}
