//! Listed parties by their ids.

use axum::Json;
use axum::extract::State;
use engine::party_to_json;
use serde_json::Value;

use crate::body::Name;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::state::AppState;

/// A listed party, as FollowTheMoney has it.
#[utoipa::path(get, path = "/v1/entities/{id}", tag = "entities",
    params(("id" = String, Path, description = "Such as ofac-26391.")),
    responses((status = 200, description = "The party, with its datasets, referents and the version of its list.", body = Value)))]
pub(crate) async fn entity(State(state): State<AppState>, Name(id): Name) -> Result<Json<Value>, Problem> {
    let serving = state.serving()?;
    let find = move || -> Result<Value, Problem> {
        let (list, entity) = serving.party(&id).ok_or_else(nobody)?;
        Ok(party_to_json(list, entity))
    };
    state.pool().run(Cost::Queries(1), find).await?.map(Json)
}

pub(super) fn nobody() -> Problem {
    Problem::not_found("no list that serves has a party with that id")
}
