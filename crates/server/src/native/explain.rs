//! Why a listed party is a result or none, and what two names are to each other.

use axum::Json;
use axum::extract::State;
use engine::{compare_names, explained_to_json, scored_to_json};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::entities::nobody;
use super::query::QueryBody;
use crate::body::Body;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::state::AppState;

/// Who is asked for, and the listed party to explain.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExplainBody {
    query: QueryBody,
    /// The listed party.
    #[schema(example = "ofac-26391")]
    id: String,
}

/// Explains one listed party, whatever its score: why it is a result or none.
#[utoipa::path(post, path = "/v1/explain", tag = "screen", request_body = ExplainBody,
    responses((status = 200, description = "What `interdict screen --explain ID --format json` prints.", body = Value)))]
pub(crate) async fn explain(
    State(state): State<AppState>,
    Body(body): Body<ExplainBody>,
) -> Result<Json<Value>, Problem> {
    let serving = state.serving()?;
    let answer = move || -> Result<Value, Problem> {
        let query = body.query.query("query")?;
        if serving.party(&body.id).is_none() {
            return Err(nobody());
        }
        let screening = serving.screening();
        let explained = screening.explain(&query, &body.id)?;
        Ok(explained_to_json(&query, &explained, &screening))
    };
    // The party is looked for among all.
    state.pool().run(Cost::Queries(8), answer).await?.map(Json)
}

/// Two names.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompareBody {
    /// The query's.
    #[schema(example = "Sayed Mohammad Hussein Kazemi")]
    left: String,
    /// The candidate's.
    #[schema(example = "KAZEMI, Seyyed Mohammad Hosein Musa")]
    right: String,
    /// The schema of both.
    #[serde(default)]
    #[schema(example = "Person")]
    schema: Option<String>,
}

/// Compares two names, with the evidence.
#[utoipa::path(post, path = "/v1/compare", tag = "screen", request_body = CompareBody,
    responses((status = 200, description = "What `interdict compare --format json` prints.", body = Value)))]
pub(crate) async fn compare(
    State(state): State<AppState>,
    Body(body): Body<CompareBody>,
) -> Result<Json<Value>, Problem> {
    let of = state.clone();
    let answer = move || -> Result<Value, Problem> {
        let CompareBody { left, right, schema } = &body;
        let scored = compare_names(left, right, schema.as_deref(), &of.options().policy)?;
        let nothing = || json!({ "score": 0.0, "bits": 0.0, "match": false, "explanation": null });
        Ok(scored.as_ref().map_or_else(nothing, scored_to_json))
    };
    state.pool().run(Cost::Queries(1), answer).await?.map(Json)
}
