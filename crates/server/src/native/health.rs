//! Whether the server lives, and whether it can answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::state::AppState;

/// Whether the server lives.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 200, description = "It lives.")))]
pub(crate) async fn healthz() -> Response {
    Json(json!({ "status": "ok" })).into_response()
}

/// Whether lists serve, none of them stale.
#[utoipa::path(get, path = "/readyz", tag = "health", responses(
    (status = 200, description = "Lists serve, none of them stale."),
    (status = 503, description = "No list serves yet, or one is older than is allowed."),
))]
pub(crate) async fn readyz(State(state): State<AppState>) -> Response {
    match state.serving() {
        Err(problem) => problem.into_response(),
        Ok(serving) => {
            let stale = serving.stale();
            let (status, word) = match stale.is_empty() {
                true => (StatusCode::OK, "ok"),
                false => (StatusCode::SERVICE_UNAVAILABLE, "stale"),
            };
            (status, Json(json!({ "status": word, "stale": stale }))).into_response()
        }
    }
}
