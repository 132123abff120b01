//! Files of customers, screened while the client does something else.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use engine::{InputOptions, Request};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};

use super::documents::file_name;
use super::query::score;
use crate::body::{Name, Params};
use crate::folder::Folder;
use crate::guard::Caller;
use crate::jobs::{JobObject, NewJob};
use crate::problem::Problem;
use crate::state::AppState;

/// How to read the file, and what to return of each row.
#[derive(IntoParams)]
#[expect(dead_code, reason = "it describes what is read by hand, since `map` may stand several times")]
pub(crate) struct JobParams {
    /// What the file is called.
    name: Option<String>,
    /// A column by another name: `name=Full_Name`. May be repeated.
    map: Option<String>,
    /// Whether `;` separates several values within a cell.
    multi: Option<bool>,
    /// The schema of rows that name none.
    schema: Option<String>,
    /// The lowest score that is returned.
    #[param(minimum = 0.0, maximum = 1.0)]
    threshold: Option<f64>,
    /// The most results of each row. No limit, where it is left out.
    #[param(minimum = 1)]
    limit: Option<usize>,
}

/// Takes a file of customers (CSV, TSV or FollowTheMoney JSON lines, also gzip) and screens it row by row.
#[utoipa::path(post, path = "/v1/jobs", tag = "jobs", params(JobParams),
    request_body(content = String, content_type = "application/octet-stream", description = "The file's bytes."),
    responses((status = 202, description = "It waits for its turn.", body = JobObject,
        headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn start(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Params(params): Params<Vec<(String, String)>>,
    body: Body,
) -> Result<Response, Problem> {
    let Asked { name, options, request } = asked(params)?;
    state.jobs().room()?;
    let folder = Folder::new(&state.options().folder)?;
    let (input, bytes) =
        folder.receive(body, &name, state.jobs().limits.file, state.options().patience).await?;
    let owner = caller.name().map(str::to_owned);
    let job = state.jobs().add(NewJob { owner, name, folder, input, bytes, options, request })?.now();
    let location = format!("/v1/jobs/{}", job.id);
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], Json(job)).into_response())
}

struct Asked {
    name: String,
    options: InputOptions,
    request: Request,
}

fn asked(params: Vec<(String, String)>) -> Result<Asked, Problem> {
    let mut asked =
        Asked { name: "customers".to_owned(), options: InputOptions::default(), request: Request::default() };
    for (key, value) in params {
        let wrong = |what: &str| Problem::bad_request(format!("{key}: {what}"));
        match key.as_str() {
            "name" => asked.name = file_name(&value)?,
            "map" => {
                let (property, column) =
                    value.split_once('=').ok_or_else(|| wrong("such as name=Full_Name"))?;
                asked.options.map.push((property.to_owned(), column.to_owned()));
            }
            "multi" => asked.options.multi = value.parse().map_err(|_| wrong("true or false"))?,
            "schema" => asked.options.schema = Some(value),
            "threshold" => {
                let value = value.parse().map_err(|_| wrong("a score, such as 0.7"))?;
                asked.request.threshold = Some(score(value)?);
            }
            "limit" => {
                let limit = value.parse().ok().filter(|limit| *limit > 0);
                asked.request.limit = Some(limit.ok_or_else(|| wrong("1 or more"))?);
            }
            _ => return Err(wrong("there is no such parameter")),
        }
    }
    Ok(asked)
}

/// How far a job is.
#[utoipa::path(get, path = "/v1/jobs/{id}", tag = "jobs", params(("id" = String, Path)),
    responses((status = 200, description = "The job as it stands.", body = JobObject)))]
pub(crate) async fn job(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Name(id): Name,
) -> Result<Json<JobObject>, Problem> {
    Ok(Json(state.jobs().find(&id, caller.name())?.now()))
}

/// Cancels a job, and removes it with its file and results.
#[utoipa::path(delete, path = "/v1/jobs/{id}", tag = "jobs", params(("id" = String, Path)),
    responses((status = 204, description = "It is gone.")))]
pub(crate) async fn remove(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Name(id): Name,
) -> Result<StatusCode, Problem> {
    state.jobs().remove(&id, caller.name())?;
    Ok(StatusCode::NO_CONTENT)
}

/// An event.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what the stream holds")]
pub(crate) struct JobEvent {
    /// `progress` or `end`.
    event: String,
    /// The job as it stands, as JSON.
    data: String,
}

/// How often a job's progress is told at most.
const PULSE: Duration = Duration::from_millis(250);

/// A job's progress as server-sent events: `progress`, and at last `end`, each with the job as it stands.
#[utoipa::path(get, path = "/v1/jobs/{id}/events", tag = "jobs", params(("id" = String, Path)),
    responses((status = 200, description = "Events.", body = JobEvent, content_type = "text/event-stream")))]
pub(crate) async fn events(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Name(id): Name,
) -> Result<Response, Problem> {
    let mut watch = state.jobs().find(&id, caller.name())?.watch();
    let (to, from) = mpsc::channel::<Result<Event, Infallible>>(2);
    tokio::spawn(async move {
        loop {
            let at = watch.borrow_and_update().clone();
            let ended = at.state.ended();
            let event = Event::default().event(if ended { "end" } else { "progress" });
            let Ok(event) = event.json_data(&at) else { return };
            if to.send(Ok(event)).await.is_err() || ended {
                return;
            }
            tokio::time::sleep(PULSE).await;
            // A job that is removed ends first: its last word is still there to be read.
            if !watch.has_changed().unwrap_or(true) && watch.changed().await.is_err() {
                return;
            }
        }
    });
    let events = Sse::new(ReceiverStream::new(from)).keep_alive(KeepAlive::default());
    Ok(events.into_response())
}
