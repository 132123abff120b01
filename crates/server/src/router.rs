//! All routes together.

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;

use crate::problem::Problem;
use crate::state::AppState;
use crate::{layers, openapi, pages, reconcile, reference};

/// Every route under what all of them have in common.
pub(crate) fn router(state: AppState) -> Router {
    let (api, _described) = openapi::routes().split_for_parts();
    let routes = api
        .merge(reference::routes())
        .merge(pages::routes())
        .fallback(async || Problem::not_found("there is no such route; GET /docs has those that there are"))
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "the route has no such method; see GET /docs")
        });
    let routes = routes.layer(from_fn_with_state(state.clone(), reconcile::cors));
    layers::around(routes, &state).with_state(state)
}
