//! A server over the embedded case, asked without a network.
#![allow(dead_code, unreachable_pub)] // each test file uses some of it

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use engine::{EngineError, Installed, Library, demo_list};
use serde_json::Value;
use server::{ListSource, Options};
use tower::ServiceExt;

/// The embedded case.
pub struct Demo;

impl ListSource for Demo {
    fn load(&self) -> Result<Library, EngineError> {
        Library::new(vec![demo_list()?])
    }

    fn state(&self) -> Result<String, EngineError> {
        Ok("demo".to_owned())
    }

    fn installed(&self) -> Result<Installed, EngineError> {
        Ok(Installed::default())
    }
}

/// A server over the embedded case.
pub fn demo() -> Router {
    with(|options| options)
}

/// The same with other options.
pub fn with(change: impl FnOnce(Options) -> Options) -> Router {
    server::app(change(Options::new(Box::new(Demo), folder()))).expect("the embedded case loads")
}

/// A folder that is nobody else's, which the server makes. It is left to whoever clears temporary files.
pub fn folder() -> std::path::PathBuf {
    let kept = tempfile::tempdir().expect("a folder").keep();
    kept.join("files")
}

/// Asks, and reads the whole answer.
pub async fn ask(app: &Router, request: Request<Body>) -> (StatusCode, Value, Response<()>) {
    let answer = app.clone().oneshot(request).await.expect("a route never fails but by its status");
    let (parts, body) = answer.into_parts();
    let bytes = to_bytes(body, 16 << 20).await.expect("a whole body");
    let value = serde_json::from_slice(&bytes).unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into());
    (parts.status, value, Response::from_parts(parts, ()))
}

pub async fn get(app: &Router, path: &str) -> (StatusCode, Value) {
    let request = Request::get(path).header("host", "localhost").body(Body::empty()).expect("a request");
    let (status, value, _) = ask(app, request).await;
    (status, value)
}

pub async fn post(app: &Router, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = Request::post(path)
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    let (status, value, _) = ask(app, request).await;
    (status, value)
}
