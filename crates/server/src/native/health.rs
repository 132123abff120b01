//! Whether the server lives, whether it can answer, and what it does.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::AppState;

/// That it lives.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    #[schema(example = "ok")]
    status: &'static str,
}

/// Whether the server lives.
#[utoipa::path(get, path = "/healthz", tag = "health", security(()),
    responses((status = 200, description = "It lives.", body = Health)))]
pub(crate) async fn healthz() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Whether it can answer, and if not, why.
#[derive(Serialize, ToSchema)]
pub(crate) struct Readiness {
    /// `ok`; `loading`: no list serves yet; `stale`: a list is older than is allowed; `ending`.
    status: &'static str,
    /// Datasets of lists that are stale.
    stale: Vec<String>,
    /// Why the lists that serve could not be read again, and since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
}

/// Whether lists serve, none of them stale.
#[utoipa::path(get, path = "/readyz", tag = "health", security(()), responses(
    (status = 200, description = "Lists serve, none of them stale.", body = Readiness),
    (status = 503, description = "No list serves yet, or one is older than is allowed, or the server ends.", body = Readiness),
))]
pub(crate) async fn readyz(State(state): State<AppState>) -> Response {
    let serving = state.serving().ok();
    let stale: Vec<String> = serving.iter().flat_map(|serving| serving.stale()).map(str::to_owned).collect();
    let status = match &serving {
        _ if state.is_ending() => "ending",
        None => "loading",
        Some(_) if !stale.is_empty() => "stale",
        Some(_) => "ok",
    };
    // Without a key nobody is told a path: that lists could not be read again, and when.
    let trouble = state
        .updates()
        .trouble()
        .map(|t| format!("lists could not be read again, or not whole, at {}; GET /v1/lists says why", t.at));
    let code = if status == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(Readiness { status, stale, trouble })).into_response()
}

/// Figures for monitoring, in Prometheus' text form.
#[utoipa::path(get, path = "/metrics", tag = "health",
    responses((status = 200, description = "The figures.", body = String, content_type = "text/plain")))]
pub(crate) async fn metrics(State(state): State<AppState>) -> Response {
    let text = state.metrics().text(&state);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
