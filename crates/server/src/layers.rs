//! What all routes have in common: a request's id, its line in the log, its figures, headers that keep browsers safe, a
//! panic that is an answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tower_http::catch_panic::CatchPanicLayer;

use crate::guard::{Caller, guard};
use crate::native::moment;
use crate::problem::Problem;
use crate::state::AppState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const STALE: HeaderName = HeaderName::from_static("x-lists-stale");

/// The route of whatever no route answers: never the path itself, which may be anything.
const NO_ROUTE: &str = "none";

/// Puts what all routes have in common around them. The first here is the innermost.
pub(crate) fn around(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    routes
        .layer(CatchPanicLayer::custom(|_panic| Problem::internal().into_response()))
        .layer(from_fn_with_state(state.clone(), guard))
        .layer(from_fn(safe))
        .layer(from_fn_with_state(state.clone(), account))
}

/// Headers that keep browsers safe. A page may say its own policy and how long it keeps.
async fn safe(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let set = |headers: &mut HeaderMap, name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    set(headers, header::CACHE_CONTROL, "no-store");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    let policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    set(headers, header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Names the request, times it, and says in one line what became of it: route, status, time, key; nothing of what was
/// asked.
async fn account(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request_id(request.headers());
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| NO_ROUTE.to_owned());
    let method = request.method().clone();
    let mut response = next.run(request).await;
    let took = began.elapsed();
    if let Some(stale) = state.serving().ok().map(|s| s.stale().join(",")).filter(|stale| !stale.is_empty()) {
        response.headers_mut().extend(HeaderValue::from_str(&stale).ok().map(|stale| (STALE, stale)));
    }
    let status = response.status();
    state.metrics().answered(&route, status.as_u16(), took);
    if let Some(log) = &state.options().log
        && (state.options().log_all || status.is_server_error())
    {
        let key = response.extensions().get::<Caller>().and_then(Caller::name);
        let line = json!({
            "at": moment(SystemTime::now()),
            "request": id.to_str().unwrap_or_default(),
            "method": method.as_str(),
            "route": route,
            "status": status.as_u16(),
            "ms": (took.as_micros() as f64) / 1000.0,
            "key": key,
        });
        log(&line.to_string());
    }
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

/// The id that a client gives, where it is a short word; else one of our own.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let sound = |id: &&HeaderValue| {
        let bytes = id.as_bytes();
        (1..=64).contains(&bytes.len())
            && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    if let Some(id) = headers.get(REQUEST_ID).filter(sound) {
        return id.clone();
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_millis() as u64);
    let own = format!("{now:x}-{:x}", NEXT.fetch_add(1, Ordering::Relaxed));
    HeaderValue::from_str(&own).unwrap_or(HeaderValue::from_static("0"))
}
