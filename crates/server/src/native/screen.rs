//! Screening: one party.

use axum::extract::State;
use engine::{Request, Search, answer_to_bytes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::query::{QueryBody, score};
use crate::body::{Body, JsonBytes};
use crate::pool::Cost;
use crate::problem::Problem;
use crate::state::AppState;

/// Results of one query where no limit is given, as for `interdict screen NAME`.
const DEFAULT_LIMIT: usize = 10;

/// The most results that can be asked for.
const MOST_RESULTS: usize = 500;

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
    responses((status = 200, description = "The results, best first.", content_type = "application/json")))]
pub(crate) async fn screen(
    State(state): State<AppState>,
    Body(body): Body<ScreenBody>,
) -> Result<JsonBytes, Problem> {
    let serving = state.serving()?;
    let request = request(body.threshold, body.limit)?;
    let answer = move || -> Result<JsonBytes, Problem> {
        let query = body.query.query("query")?;
        let ready = serving.selected(&body.lists)?;
        let screening = ready.screening();
        let answer = screening.screen(&query, request, Search::Indexed);
        Ok(JsonBytes(answer_to_bytes(&query, &answer, &screening, true)))
    };
    state.pool().run(Cost::Queries(1), answer).await?
}

fn request(threshold: Option<f64>, limit: Option<usize>) -> Result<Request, Problem> {
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MOST_RESULTS).contains(&limit) {
        return Err(Problem::bad_request(format!("limit: between 1 and {MOST_RESULTS}")));
    }
    Ok(Request { threshold: threshold.map(score).transpose()?, limit: Some(limit) })
}
