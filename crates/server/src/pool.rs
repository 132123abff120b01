//! Where requests compute: a bounded pool of threads of its own, so that no thread that waits for the network ever screens,
//! and a bounded queue before it, so that who comes too late is told so at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::EngineError;
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::problem::Problem;

/// What a piece of work is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    /// As many single queries: well under a millisecond each.
    Queries(usize),
    /// Long work: a document, a network, a diff. It has a thread of its own and never stands before queries.
    Long,
}

/// How soon to come again when the queue is full: it is emptied many times in a second.
const SOON: Duration = Duration::from_secs(1);

/// Pieces of long work that may wait.
const LONG_QUEUE: usize = 8;

/// How much longer long work may take than a query.
const LONG_DEADLINE: u32 = 6;

/// Threads that compute.
pub(crate) struct Pool {
    quick: Lane,
    long: Lane,
}

struct Lane {
    threads: ThreadPool,
    room: Arc<Semaphore>,
    size: usize,
    deadline: Duration,
}

impl Pool {
    /// `threads`: one a core, where `None`. `queue`: queries that may wait or run. `deadline`: for an answer.
    ///
    /// # Errors
    /// The threads cannot be started.
    pub(crate) fn new(threads: Option<usize>, queue: usize, deadline: Duration) -> Result<Self, EngineError> {
        let quick = Lane::new("screen", threads.unwrap_or(0), queue, deadline)?;
        Ok(Self { quick, long: Lane::new("long", 1, LONG_QUEUE, deadline * LONG_DEADLINE)? })
    }

    /// Runs work and waits for what comes of it. Whoever stops waiting, because the client went away, takes work that has
    /// not begun out of the queue.
    ///
    /// # Errors
    /// The queue is full, the deadline passed, or the work panicked.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        cost: Cost,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (lane, worth) = self.lane(cost);
        match lane.room.clone().try_acquire_many_owned(worth) {
            Ok(permit) => lane.run(permit, work).await,
            Err(_full) => Err(Problem::unavailable("the server is busy", SOON)),
        }
    }

    /// The same for work that is a piece of something longer, such as a stream: it waits for room.
    ///
    /// # Errors
    /// The deadline passed, or the work panicked.
    pub(crate) async fn run_in_turn<T: Send + 'static>(
        &self,
        cost: Cost,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (lane, worth) = self.lane(cost);
        let permit =
            lane.room.clone().acquire_many_owned(worth).await.map_err(|_closed| Problem::internal())?;
        lane.run(permit, work).await
    }

    /// Queries that wait or run.
    pub(crate) fn waiting(&self) -> usize {
        self.quick.size - self.quick.room.available_permits()
    }

    fn lane(&self, cost: Cost) -> (&Lane, u32) {
        match cost {
            // Many queries at once are never more than the queue holds, or they could never run.
            Cost::Queries(n) => (&self.quick, n.clamp(1, self.quick.size) as u32),
            Cost::Long => (&self.long, 1),
        }
    }
}

impl Lane {
    fn new(name: &'static str, threads: usize, size: usize, deadline: Duration) -> Result<Self, EngineError> {
        let threads = ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(move |n| format!("{name}-{n}"))
            .build()
            .map_err(|e| EngineError::input(format!("no threads: {e}")).hint("give fewer: --threads 2"))?;
        let size = size.clamp(1, u32::MAX as usize >> 4);
        Ok(Self { threads, room: Arc::new(Semaphore::new(size)), size, deadline })
    }

    async fn run<T: Send + 'static>(
        &self,
        permit: OwnedSemaphorePermit,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (to, from) = oneshot::channel();
        let until = Instant::now() + self.deadline;
        self.threads.spawn(move || {
            let _room = permit;
            if to.is_closed() || Instant::now() > until {
                return;
            }
            // A panic drops the sender, which tells whoever waits; the thread goes on with the next piece.
            if let Ok(done) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)) {
                let _gone = to.send(done);
            }
        });
        match tokio::time::timeout_at(until.into(), from).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_dropped)) if Instant::now() > until => Err(Problem::too_slow()),
            Ok(Err(_dropped)) => Err(Problem::internal()),
            Err(_late) => Err(Problem::too_slow()),
        }
    }
}
