//! The thread that runs jobs.

use std::sync::PoisonError;
use std::time::SystemTime;

use engine::{BatchRequest, EngineError, Progress, Search, screen_file};

use super::{Job, JobState};
use crate::state::AppState;
use crate::updates::give_way;

/// Warnings of a job that are told.
const WARNINGS: usize = 20;

/// Starts the thread.
///
/// # Errors
/// It cannot be started.
pub(crate) fn start(state: AppState) -> Result<(), EngineError> {
    let Some(queued) = state.jobs().queued.lock().unwrap_or_else(PoisonError::into_inner).take() else {
        return Ok(());
    };
    let run = move || {
        // The threads of a batch are as this one is.
        give_way();
        while let Ok(job) = queued.recv() {
            run(&state, &job);
        }
    };
    let started = std::thread::Builder::new().name("jobs".to_owned()).spawn(run);
    started.map(drop).map_err(|e| EngineError::input(format!("no thread for jobs: {e}")))
}

fn run(state: &AppState, job: &Job) {
    if job.stopped() {
        return;
    }
    job.at.send_modify(|at| at.state = JobState::Running);
    let screened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| screened(state, job)));
    match screened {
        Ok(Ok(detail)) => job.end(JobState::Done, detail),
        Ok(Err(reason)) => job.end(JobState::Failed, Some(reason)),
        Err(_panic) => job.end(JobState::Failed, Some("the job failed in the server".to_owned())),
    }
}

/// Screens the file. `Ok`: what to know of its results.
fn screened(state: &AppState, job: &Job) -> Result<Option<String>, String> {
    let name = job.now().name;
    // The client knows its file by the name that it gave.
    let told = |text: &str| text.replace(&job.input.display().to_string(), &name);
    let serving = state.serving().map_err(|_| "no list serves".to_owned())?;
    let screening = serving.screening();
    let results = job.folder.path().join("results.jsonl");
    let batch = BatchRequest {
        input: &job.input,
        output: Some(&results),
        options: job.options.clone(),
        request: job.request,
        search: Search::Indexed,
        threads: state.options().threads,
        now: SystemTime::now(),
        timings: false,
    };
    let mut progress = |at: Progress| {
        if job.stopped() {
            return Err(EngineError::input("the job was cancelled"));
        }
        job.at.send_modify(|now| {
            (now.rows, now.bytes) = (at.rows, at.bytes);
            (now.with_results, now.with_match, now.failed) = (at.with_results, at.with_match, at.failed);
        });
        Ok(())
    };
    let report = screen_file(&screening, batch, &mut std::io::sink(), &mut progress).map_err(|e| {
        let remedy = e.remedy().map(|remedy| format!(": {remedy}")).unwrap_or_default();
        told(&format!("{e}{remedy}"))
    })?;
    state.metrics().screened(report.screened, report.with_match);
    job.at.send_modify(|now| {
        (now.rows, now.bytes) = (report.rows, now.of_bytes);
        (now.with_results, now.with_match) = (report.with_results, report.with_match);
        now.failed = report.failed;
    });
    let warnings: Vec<String> = report.warnings.iter().take(WARNINGS).map(|warning| told(warning)).collect();
    Ok((!warnings.is_empty()).then(|| warnings.join("; ")))
}
