//! All routes together.

use axum::Router;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;
use crate::state::AppState;
use crate::{mcp, native, pages, reconcile, watchman, yente};

/// Every route under what all of them have in common.
pub(crate) fn router(state: AppState) -> Router {
    let api = OpenApiRouter::new()
        .merge(native::routes())
        .merge(yente::routes())
        .merge(watchman::routes())
        .merge(reconcile::routes())
        .merge(mcp::routes());
    let (api, _description) = api.split_for_parts();
    api.merge(pages::routes())
        .fallback(async || Problem::not_found("there is no such route; GET /docs has those that there are"))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "the route has no such method; see GET /docs")
        })
        .with_state(state)
}
