//! OpenRefine's reconciliation (Reconciliation Service API 0.2): names in a table, matched to listed parties.

mod extend;
mod manifest;
mod query;
mod route;
mod suggest;
mod types;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::guard::scope;
use crate::keys::Scope;
use crate::native::{MANY_QUERIES, in_time};
use crate::state::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(route::manifest, route::answer))
        .routes(routes!(suggest::entity))
        .routes(routes!(suggest::property))
        .routes(routes!(suggest::kind))
        .routes(routes!(suggest::to_extend))
        .route_layer(DefaultBodyLimit::max(MANY_QUERIES))
        .route_layer(from_fn(in_time))
        .route_layer(scope!(Scope::Screen))
}

/// Lets pages of one origin that the operator names read what is suggested: OpenRefine's boxes ask from the browser. Reading only,
/// and below `/reconcile/` only; nothing anywhere where no origin is named.
pub(crate) async fn cors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let allowed = state.options().reconcile_origin.as_deref().and_then(|origin| {
        let sent = request.headers().get(header::ORIGIN)?.to_str().ok()?;
        let asked = *request.method() == Method::GET && request.uri().path().starts_with("/reconcile/");
        (asked && sent == origin).then(|| HeaderValue::from_str(origin).ok())?
    });
    let mut response = next.run(request).await;
    if let Some(origin) = allowed {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    }
    response
}
