//! Who may ask: the checks before every route, and the scope that each route needs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use engine::Timestamp;

use crate::keys::{Key, Keys, Scope};
use crate::problem::Problem;
use crate::state::AppState;

/// Who asks.
#[derive(Clone)]
pub(crate) enum Caller {
    /// The server runs without keys, on loopback: whoever reaches it may do everything.
    Local,
    /// The holder of a key.
    Key(Arc<Key>),
    /// Nobody whom we know.
    Nobody,
}

impl Caller {
    /// The name of its key, for logs and for who owns a job.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Key(key) => Some(key.name()),
            Self::Local | Self::Nobody => None,
        }
    }
}

/// How long a request may take.
#[derive(Clone, Copy)]
pub(crate) struct Patience(pub(crate) Duration);

/// The checks before every route: methods, where the request was made, who asks, how often.
pub(crate) async fn guard(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let keys = state.options().keys.as_ref();
    let caller = match admit(keys, &request) {
        Ok(caller) => caller,
        Err(problem) => {
            // What it still has to say is not read.
            let mut refused = problem.into_response();
            refused.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            return refused;
        }
    };
    let in_pieces = request.headers().contains_key(header::TRANSFER_ENCODING);
    request.extensions_mut().insert(caller.clone());
    // A query that is computed is under the pool's own deadline.
    let patience = state.options().patience + state.options().deadline;
    request.extensions_mut().insert(Patience(patience));
    let mut response = next.run(request).await;
    if in_pieces {
        // Whoever stands between may have seen another end of this request: what follows it is nobody's.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    // The log names who asked.
    response.extensions_mut().insert(caller);
    response
}

fn admit(keys: Option<&Keys>, request: &Request) -> Result<Caller, Problem> {
    if matches!(*request.method(), Method::TRACE | Method::CONNECT) {
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this method is not answered"));
    }
    let headers = request.headers();
    if headers.contains_key(header::TRANSFER_ENCODING) && headers.contains_key(header::CONTENT_LENGTH) {
        return Err(Problem::bad_request("a body has one length: Content-Length or Transfer-Encoding"));
    }
    let host = host(request)?;
    if keys.is_none() && !is_loopback(host.host()) {
        // A page of another site whose name was made to point here (DNS rebinding) comes with that name.
        let detail =
            "a server without keys answers only to localhost; start it with --keys FILE to serve others";
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        same_site(headers, &host)?;
    }
    let Some(keys) = keys else { return Ok(Caller::Local) };
    let Some(shown) = shown_key(headers) else { return Ok(Caller::Nobody) };
    let Some(key) = keys.find(shown, Timestamp::now()) else { return Ok(Caller::Nobody) };
    match key.take(Instant::now()) {
        Ok(()) => Ok(Caller::Key(key)),
        Err(until) => Err(Problem::too_many("the key asks more often than it may", until)),
    }
}

/// Where the client thinks that it is: one `Host`, as HTTP/1.1 asks for.
fn host(request: &Request) -> Result<Authority, Problem> {
    let wrong = || Problem::bad_request("a request has one Host header that is a host");
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(wrong()) };
    let host: Authority = host.to_str().ok().and_then(|host| host.parse().ok()).ok_or_else(wrong)?;
    // In its absolute form a request says it twice: it must not contradict itself.
    match request.uri().authority() {
        Some(authority) if *authority != host => Err(wrong()),
        _ => Ok(host),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Refuses what a page of another site makes a browser send. Who is no browser sends neither header.
fn same_site(headers: &HeaderMap, host: &Authority) -> Result<(), Problem> {
    let refused = || Problem::new(StatusCode::FORBIDDEN, "a page of another site may not ask this");
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("cross-site"));
    if text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(refused());
    }
    match text("origin") {
        Some(origin)
            if origin.split_once("://").is_none_or(|(_, of)| !of.eq_ignore_ascii_case(host.as_str())) =>
        {
            Err(refused())
        }
        _ => Ok(()),
    }
}

/// The key that a client shows: `Authorization: ApiKey X` or `Bearer X`.
fn shown_key(headers: &HeaderMap) -> Option<&str> {
    let mut shown = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (shown.next(), shown.next()) else { return None };
    let (scheme, key) = value.to_str().ok()?.split_once(' ')?;
    let known = ["ApiKey", "Bearer"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    known.then(|| key.trim())
}

/// What a route needs: every route but those that say nothing of anybody has one of these around it.
pub(crate) async fn needs(State(scope): State<Scope>, request: Request, next: Next) -> Response {
    let problem = match request.extensions().get::<Caller>() {
        Some(Caller::Local) => return next.run(request).await,
        Some(Caller::Key(key)) if key.may(scope) => return next.run(request).await,
        Some(Caller::Key(_)) => {
            let detail = format!("the key has no scope {}", scope.name());
            Problem::new(StatusCode::FORBIDDEN, detail)
        }
        Some(Caller::Nobody) | None => Problem::unauthorized(),
    };
    problem.into_response()
}

/// Puts the scope around routes: `.route_layer(scope!(Scope::Screen))`.
macro_rules! scope {
    ($scope:expr) => {
        axum::middleware::from_fn_with_state($scope, crate::guard::needs)
    };
}
pub(crate) use scope;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_are_this_machine() {
        for (host, is) in [
            ("localhost", true),
            ("LOCALHOST", true),
            ("127.0.0.1", true),
            ("127.9.9.9", true),
            ("[::1]", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("10.0.0.1", false),
            ("0.0.0.0", false),
        ] {
            assert_eq!(is_loopback(host), is, "{host}");
        }
    }
}
