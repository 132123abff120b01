//! Jobs: files of customers, screened one after the other by a thread that gives way to those that answer.

mod run;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::http::StatusCode;
use engine::{InputOptions, Request};
use serde::Serialize;
use tokio::sync::watch;
use utoipa::ToSchema;

use crate::folder::{Folder, token};
use crate::native::moment;
use crate::problem::Problem;

pub(crate) use run::start;

/// How jobs are limited.
#[derive(Clone, Debug)]
pub struct JobLimits {
    /// Bytes of a file.
    pub file: u64,
    /// Jobs that are kept, whatever their state.
    pub jobs: usize,
    /// How long a job is kept once it ended.
    pub keep: Duration,
}

impl Default for JobLimits {
    /// A gigabyte; 32 jobs; a day.
    fn default() -> Self {
        Self { file: 1 << 30, jobs: 32, keep: Duration::from_secs(24 * 3600) }
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum JobState {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

impl JobState {
    pub(crate) fn ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// A job as it stands.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct JobObject {
    pub(crate) id: String,
    /// The file's name, as the client called it.
    pub(crate) name: String,
    pub(crate) state: JobState,
    /// Rows that are done.
    pub(crate) rows: u64,
    /// Bytes of the file that are behind.
    pub(crate) bytes: u64,
    pub(crate) of_bytes: u64,
    pub(crate) with_results: u64,
    pub(crate) with_match: u64,
    /// Rows that could not be screened: they stand in the results with the reason.
    pub(crate) failed: u64,
    pub(crate) created_at: String,
    pub(crate) finished_at: Option<String>,
    /// Why it failed, or what to know of its results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
}

/// A job.
pub(crate) struct Job {
    /// The name of the key that asked for it: nobody else sees it.
    owner: Option<String>,
    pub(crate) folder: Folder,
    pub(crate) input: PathBuf,
    pub(crate) options: InputOptions,
    pub(crate) request: Request,
    stop: AtomicBool,
    at: watch::Sender<JobObject>,
    ended: Mutex<Option<SystemTime>>,
}

/// What a client says of a job.
pub(crate) struct NewJob {
    pub(crate) owner: Option<String>,
    pub(crate) name: String,
    pub(crate) folder: Folder,
    pub(crate) input: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) options: InputOptions,
    pub(crate) request: Request,
}

/// All jobs.
pub(crate) struct Jobs {
    pub(crate) limits: JobLimits,
    all: Mutex<BTreeMap<String, Arc<Job>>>,
    queue: Sender<Arc<Job>>,
    queued: Mutex<Option<Receiver<Arc<Job>>>>,
}

impl Jobs {
    pub(crate) fn new(limits: JobLimits) -> Self {
        let (queue, queued) = channel();
        Self { limits, all: Mutex::default(), queue, queued: Mutex::new(Some(queued)) }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<Job>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether another job can be taken; what was kept long enough goes first.
    ///
    /// # Errors
    /// There are as many as are kept.
    pub(crate) fn room(&self) -> Result<(), Problem> {
        let mut all = self.all();
        all.retain(|_, job| job.age().is_none_or(|age| age < self.limits.keep));
        if all.len() < self.limits.jobs {
            return Ok(());
        }
        let detail = "there are as many jobs as are kept: remove one that is done";
        Err(Problem::too_many(detail, Duration::from_secs(60)))
    }

    /// Takes a job.
    ///
    /// # Errors
    /// There are as many as are kept.
    pub(crate) fn add(&self, new: NewJob) -> Result<Arc<Job>, Problem> {
        self.room()?;
        let NewJob { owner, name, folder, input, bytes, options, request } = new;
        let at = JobObject {
            id: token()?,
            name,
            state: JobState::Queued,
            rows: 0,
            bytes: 0,
            of_bytes: bytes,
            with_results: 0,
            with_match: 0,
            failed: 0,
            created_at: moment(SystemTime::now()),
            finished_at: None,
            detail: None,
        };
        let id = at.id.clone();
        let (stop, at) = (AtomicBool::new(false), watch::Sender::new(at));
        let job = Arc::new(Job { owner, folder, input, options, request, stop, at, ended: Mutex::default() });
        self.all().insert(id, job.clone());
        self.queue.send(job.clone()).map_err(|_| Problem::internal())?;
        Ok(job)
    }

    /// The job of an id, for who asked for it.
    ///
    /// # Errors
    /// There is none, or it is another's: nobody is told which.
    pub(crate) fn find(&self, id: &str, owner: Option<&str>) -> Result<Arc<Job>, Problem> {
        let job = self.all().get(id).cloned();
        job.filter(|job| job.owner.as_deref() == owner)
            .ok_or_else(|| Problem::not_found("there is no such job"))
    }

    /// Cancels a job and removes it.
    ///
    /// # Errors
    /// As [`Jobs::find`].
    pub(crate) fn remove(&self, id: &str, owner: Option<&str>) -> Result<(), Problem> {
        let job = self.find(id, owner)?;
        job.cancel("it was removed");
        self.all().remove(id);
        Ok(())
    }

    /// How many wait or run.
    pub(crate) fn under_way(&self) -> usize {
        self.all().values().filter(|job| !job.now().state.ended()).count()
    }

    /// Marks what waits or runs as cancelled: the server ends.
    pub(crate) fn end(&self) {
        self.all().values().for_each(|job| job.cancel("the server ended"));
    }
}

impl Job {
    /// As it stands now.
    pub(crate) fn now(&self) -> JobObject {
        self.at.borrow().clone()
    }

    /// As it stands, again and again.
    pub(crate) fn watch(&self) -> watch::Receiver<JobObject> {
        self.at.subscribe()
    }

    /// Where its results are, once it is done.
    ///
    /// # Errors
    /// It is not done.
    pub(crate) fn results(&self) -> Result<PathBuf, Problem> {
        match self.now().state {
            JobState::Done => Ok(self.folder.path().join("results.jsonl")),
            state => {
                let detail = format!("the job has no results: it is {state:?}").to_lowercase();
                Err(Problem::new(StatusCode::CONFLICT, detail))
            }
        }
    }

    fn age(&self) -> Option<Duration> {
        let ended = *self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.map(|at| at.elapsed().unwrap_or_default())
    }

    fn cancel(&self, why: &str) {
        self.stop.store(true, Ordering::Relaxed);
        self.end(JobState::Cancelled, Some(why.to_owned()));
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Ends it, unless it ended before.
    fn end(&self, state: JobState, detail: Option<String>) {
        self.at.send_if_modified(|at| {
            if at.state.ended() {
                return false;
            }
            let finished_at = Some(moment(SystemTime::now()));
            *at = JobObject { state, detail, finished_at, ..at.clone() };
            *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(SystemTime::now());
            true
        });
    }
}
