//! Screening: one party, and many at once.

use std::collections::BTreeMap;

use axum::extract::State;
use engine::{Query, Ready, Request, Search, answer_to_bytes, failed_row};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::ToSchema;

use super::query::{QueryBody, score};
use crate::body::{Body, JsonBytes};
use crate::openapi::Line;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::{Serving, Shared};
use crate::state::AppState;
use crate::yente::Ordered;

/// Results of one query where no limit is given, as for `interdict screen NAME`.
const DEFAULT_LIMIT: usize = 10;

/// The most results that can be asked for.
const MOST_RESULTS: usize = 500;

/// The most queries of one request. More than these go through `/v1/screen/stream`.
const MOST_QUERIES: usize = 100;

/// Who to screen, and what to return.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScreenBody {
    query: QueryBody,
    /// The lowest score that is returned. Left out: of each listed party the match threshold that rules it.
    #[serde(default)]
    #[schema(minimum = 0.0, maximum = 1.0)]
    threshold: Option<f64>,
    /// The most results; those that tie with the last are returned with it.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500)]
    limit: Option<usize>,
    /// Datasets of the lists to search; all, where it is left out.
    #[serde(default)]
    lists: Vec<String>,
}

/// Screens one party: the listed parties that it may be, each with its evidence.
#[utoipa::path(post, path = "/v1/screen", tag = "screen", request_body = ScreenBody,
    responses((status = 200, description = "The results, best first.", body = Line)))]
pub(crate) async fn screen(
    State(state): State<AppState>,
    Body(body): Body<ScreenBody>,
) -> Result<JsonBytes, Problem> {
    let asked = Asked::new(&state, body.threshold, body.limit, body.lists)?;
    let metrics = state.clone();
    let answer = move || -> Result<JsonBytes, Problem> {
        let query = body.query.query("query")?;
        let ready = asked.serving.selected(&asked.lists)?;
        let (mut line, matched) = line(&ready, &query, asked.request);
        metrics.metrics().screened(1, u64::from(matched));
        say_stale(&mut line, &asked.serving);
        Ok(JsonBytes(line))
    };
    state.pool().run(Cost::Queries(1), answer).await?
}

/// Who to screen, by the ids that the answers carry, and what to return of each.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManyBody {
    /// At most 100.
    #[serde(deserialize_with = "each_once")]
    queries: BTreeMap<String, QueryBody>,
    /// As for one query.
    #[serde(default)]
    #[schema(minimum = 0.0, maximum = 1.0)]
    threshold: Option<f64>,
    /// As for one query.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 500)]
    limit: Option<usize>,
    /// As for one query.
    #[serde(default)]
    lists: Vec<String>,
}

/// Two queries of one name would be one answer.
fn each_once<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, QueryBody>, D::Error> {
    Ok(Ordered::deserialize(from)?.0.into_iter().collect())
}

/// Answers by the ids of their queries.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes bytes that the engine writes")]
pub(crate) struct ManyAnswers {
    /// A line as of one query; of a query that means nobody `{"id","error","results":[]}`.
    answers: BTreeMap<String, Line>,
    /// Datasets of lists that are older than is allowed; left out, where none is.
    #[schema(required = false)]
    stale: Option<Vec<String>>,
}

/// Screens up to 100 parties, all against the same lists.
#[utoipa::path(post, path = "/v1/screen/many", tag = "screen", request_body = ManyBody,
    responses((status = 200, description = "An answer for each query.", body = ManyAnswers)))]
pub(crate) async fn many(
    State(state): State<AppState>,
    Body(body): Body<ManyBody>,
) -> Result<JsonBytes, Problem> {
    let count = body.queries.len();
    if count > MOST_QUERIES {
        let detail =
            format!("queries: {count}, more than {MOST_QUERIES}; POST /v1/screen/stream takes any number");
        return Err(Problem::bad_request(detail));
    }
    let asked = Asked::new(&state, body.threshold, body.limit, body.lists)?;
    let metrics = state.clone();
    let answer = move || -> Result<JsonBytes, Problem> {
        let ready = asked.serving.selected(&asked.lists)?;
        let (mut out, mut hits) = (b"{\"answers\":{".to_vec(), 0);
        for (n, (id, query)) in body.queries.iter().enumerate() {
            if n > 0 {
                out.push(b',');
            }
            out.extend_from_slice(Value::from(id.as_str()).to_string().as_bytes());
            out.push(b':');
            match query.query(id) {
                Ok(query) => {
                    let (line, matched) = line(&ready, &query, asked.request);
                    hits += u64::from(matched);
                    out.extend_from_slice(&line);
                }
                Err(problem) => {
                    let failed = failed_row(id, problem.detail());
                    out.extend_from_slice(failed.to_string().as_bytes());
                }
            }
        }
        out.extend_from_slice(b"}}");
        say_stale(&mut out, &asked.serving);
        metrics.metrics().screened(body.queries.len() as u64, hits);
        Ok(JsonBytes(out))
    };
    state.pool().run(Cost::Queries(count), answer).await?
}

/// What a request asks of every query.
struct Asked {
    serving: Shared,
    request: Request,
    lists: Vec<String>,
}

impl Asked {
    fn new(
        state: &AppState,
        threshold: Option<f64>,
        limit: Option<usize>,
        lists: Vec<String>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            serving: state.serving()?,
            request: request(threshold, limit.unwrap_or(DEFAULT_LIMIT))?,
            lists,
        })
    }
}

/// The line of a query, and whether it has a match.
fn line(ready: &Ready, query: &Query, request: Request) -> (Vec<u8>, bool) {
    let screening = ready.screening();
    let answer = screening.screen(query, request, Search::Indexed);
    let matched = answer.hits.iter().any(|hit| hit.scored.matched);
    (answer_to_bytes(query, &answer, &screening, true), matched)
}

/// Adds the lists that are stale, where any is, to an answer that is an object.
fn say_stale(answer: &mut Vec<u8>, serving: &Serving) {
    let stale = serving.stale();
    if !stale.is_empty() && answer.pop().is_some() {
        answer.extend_from_slice(format!(",\"stale\":{}}}", Value::from(stale)).as_bytes());
    }
}

/// What to return, as clients write it.
///
/// # Errors
/// It is out of bounds.
pub(super) fn request(threshold: Option<f64>, limit: usize) -> Result<Request, Problem> {
    if !(1..=MOST_RESULTS).contains(&limit) {
        return Err(Problem::bad_request(format!("limit: between 1 and {MOST_RESULTS}")));
    }
    Ok(Request { threshold: threshold.map(score).transpose()?, limit: Some(limit) })
}
