//! Screening without end: lines in, lines out, in their order, no more of them held than a handful.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::{BatchReport, Request, screen_line};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use super::query::score;
use crate::body::Params;
use crate::openapi::Line;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::Shared;
use crate::state::AppState;

/// The longest line, in bytes.
const LONGEST_LINE: usize = 1 << 20;

/// Lines that are screened at a time.
const AT_A_TIME: usize = 32;

/// The longest pause of a client that sends, and of one that takes.
const PAUSE: Duration = Duration::from_secs(60);

/// What to return of each line.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct StreamParams {
    /// The lowest score that is returned.
    #[param(minimum = 0.0, maximum = 1.0)]
    threshold: Option<f64>,
    /// The most results of each line. No limit, where it is left out.
    #[param(minimum = 1)]
    limit: Option<usize>,
}

/// Screens FollowTheMoney entities, one a line, as they come: a line for each, in their order. All lines are screened
/// against the lists that served when the first came. A stream that breaks off is not whole: whoever reads it must see it end.
#[utoipa::path(post, path = "/v1/screen/stream", tag = "screen", params(StreamParams),
    request_body(content = String, content_type = "application/x-ndjson", description = "An entity a line: `{\"id\",\"schema\",\"properties\"}`."),
    responses((status = 200, description = "A line for each.", body = Line, content_type = "application/x-ndjson")))]
pub(crate) async fn stream(
    State(state): State<AppState>,
    Params(params): Params<StreamParams>,
    body: Body,
) -> Result<Response, Problem> {
    if params.limit == Some(0) {
        return Err(Problem::bad_request("limit: 1 or more"));
    }
    let request = Request { threshold: params.threshold.map(score).transpose()?, limit: params.limit };
    let serving = state.serving()?;
    let (to, from) = mpsc::channel(2);
    tokio::spawn(async move {
        let lines = Lines { state, serving, request, waiting: Vec::new(), number: 0, to };
        lines.run(body).await;
    });
    let body = Body::from_stream(ReceiverStream::new(from));
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], body).into_response())
}

struct Lines {
    state: AppState,
    serving: Shared,
    request: Request,
    /// What came and is no whole line yet, or not yet screened.
    waiting: Vec<u8>,
    /// Lines so far.
    number: u64,
    to: mpsc::Sender<Result<Bytes, std::io::Error>>,
}

/// Why a stream breaks off. The client sees that it does; nobody is left to read why.
struct Broken;

impl Lines {
    async fn run(mut self, body: Body) {
        let ended = self.all(body).await;
        if ended.is_err() {
            let broken = std::io::Error::other("the stream broke off");
            let _gone = self.to.send(Err(broken)).await;
        }
    }

    async fn all(&mut self, body: Body) -> Result<(), Broken> {
        let mut pieces = body.into_data_stream();
        while let Some(piece) = tokio::time::timeout(PAUSE, pieces.next()).await.map_err(|_| Broken)? {
            self.waiting.extend_from_slice(&piece.map_err(|_| Broken)?);
            if let Some(end) = self.waiting.iter().rposition(|b| *b == b'\n') {
                let rest = self.waiting.split_off(end + 1);
                let whole = std::mem::replace(&mut self.waiting, rest);
                self.screen(whole).await?;
            }
            if self.waiting.len() > LONGEST_LINE {
                return Err(Broken);
            }
        }
        let last = std::mem::take(&mut self.waiting);
        self.screen(last).await
    }

    /// Screens whole lines, a few at a time, and waits until the client takes what came of them.
    async fn screen(&mut self, whole: Vec<u8>) -> Result<(), Broken> {
        let whole = Bytes::from(whole);
        let mut ends: Vec<usize> =
            whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
        if ends.last().copied().unwrap_or(0) < whole.len() {
            ends.push(whole.len());
        }
        let mut begin = 0;
        for some in ends.chunks(AT_A_TIME) {
            let end = some.last().copied().unwrap_or(begin);
            let lines = whole.slice(begin..end);
            begin = end;
            let (serving, request, first) = (self.serving.clone(), self.request, self.number);
            let screened = self.state.pool().run_in_turn(Cost::Queries(some.len()), move || {
                let (mut out, mut report, mut number) = (Vec::new(), BatchReport::default(), first);
                let screening = serving.screening();
                for line in lines.split(|b| *b == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
                    number += 1;
                    screen_line(&screening, line, number, request, &mut out, &mut report);
                }
                (out, report, number)
            });
            let (out, report, number) = screened.await.map_err(|_| Broken)?;
            self.number = number;
            self.state.metrics().screened(report.screened, report.with_match);
            if !out.is_empty() {
                let taken = tokio::time::timeout(PAUSE, self.to.send(Ok(Bytes::from(out)))).await;
                taken.map_err(|_| Broken)?.map_err(|_| Broken)?;
            }
        }
        Ok(())
    }
}
