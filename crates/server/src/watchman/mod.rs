//! Watchman's routes, for clients that speak to it. `docs/drop-in.md` says what differs.

mod entity;
mod listinfo;
mod request;
mod search;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::guard::scope;
use crate::keys::Scope;
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let screen = OpenApiRouter::new().routes(routes!(search::search)).route_layer(scope!(Scope::Screen));
    let read = OpenApiRouter::new().routes(routes!(listinfo::listinfo)).route_layer(scope!(Scope::Read));
    screen.merge(read)
}

/// A request that makes no sense: Watchman's clients look for `error`, all others for `detail`.
fn refused(reason: &str) -> Response {
    (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": reason, "detail": reason }))).into_response()
}
