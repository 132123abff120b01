//! Who may ask: keys, scopes, rates.

#![allow(clippy::unwrap_used)]

mod common;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use common::{ask, with};
use serde_json::{Value, json};
use server::{Keys, Options, Scope};

const KEY: &str = "ik-screen";

fn guarded() -> Router {
    let row = |name: &str, key: &str, scopes: &[Scope], rate| Keys::row(name, key, scopes, rate, None);
    let rows =
        [row("onboarding", KEY, &[Scope::Screen], None), row("slow", "ik-slow", &[Scope::Screen], Some(1.0))];
    let keys = Keys::from_toml("keys.toml", &rows.concat()).unwrap();
    with(|options| Options { keys: Some(keys), ..options })
}

fn request(method: &str, path: &str, key: Option<&str>) -> Request<Body> {
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    let mut request = Request::builder().method(method).uri(path).header("host", "screening.example");
    request = request.header("content-type", "application/json");
    if let Some(key) = key {
        request = request.header("authorization", key);
    }
    request
        .body(Body::from(json!({ "query": { "properties": { "name": "Hosein Zamani" } } }).to_string()))
        .unwrap()
}

#[tokio::test]
async fn a_key_is_shown_as_clients_do() {
    let app = guarded();
    for scheme in ["ApiKey", "Bearer", "bearer"] {
        let (status, answer, _) =
            ask(&app, request("post", "/v1/screen", Some(&format!("{scheme} {KEY}")))).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    for path in ["/healthz", "/readyz", "/docs", "/openapi.json"] {
        let (status, answer, _) = ask(&app, request("get", path, None)).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_key_that_asks_too_often_waits() {
    let app = guarded();
    let once = ask(&app, request("post", "/v1/screen", Some("ApiKey ik-slow"))).await;
    assert_eq!(once.0, StatusCode::OK);
    let (status, answer, parts) = ask(&app, request("post", "/v1/screen", Some("ApiKey ik-slow"))).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{answer}");
    assert_eq!(parts.headers()["retry-after"], "1");
    let other = ask(&app, request("post", "/v1/screen", Some("ApiKey ik-screen"))).await;
    assert_eq!(other.0, StatusCode::OK, "another key is not held up");
}

/// What is monitored and what is logged says who asked what route, never whom about.
#[tokio::test]
async fn figures_and_log_hold_no_names() {
    use std::sync::{Arc, Mutex};
    let lines: Arc<Mutex<Vec<String>>> = Arc::default();
    let keep = lines.clone();
    let keys = Keys::from_toml("k", &Keys::row("onboarding", KEY, &Scope::ALL, None, None)).unwrap();
    let app = with(|options| Options {
        keys: Some(keys),
        log: Some(Box::new(move |line: &str| keep.lock().unwrap().push(line.to_owned()))),
        ..options
    });
    let key = format!("ApiKey {KEY}");
    assert_eq!(ask(&app, request("post", "/v1/screen", Some(&key))).await.0, StatusCode::OK);
    assert_eq!(ask(&app, request("get", "/v1/entities/ofac-33493", Some(&key))).await.0, StatusCode::OK);
    ask(&app, request("get", "/v1/nobody?name=Zamani", Some(&key))).await;
    let (_, figures, _) = ask(&app, request("get", "/metrics", Some(&key))).await;
    let figures = figures.as_str().unwrap().to_owned();
    for says in [
        "interdict_requests_total{route=\"/v1/screen\",status=\"200\"} 1",
        "interdict_screened_total 1",
        "interdict_matched_total 1",
        "interdict_ready 1",
        "interdict_list_parties{list=\"ofac_sdn\"}",
    ] {
        assert!(figures.contains(says), "{says}: {figures}");
    }
    let log = lines.lock().unwrap().join("\n");
    let first: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["route"], &first["status"], &first["key"]),
        (&json!("/v1/screen"), &json!(200), &json!("onboarding"))
    );
    for text in [&log, &figures] {
        for secret in ["Zamani", "Hosein", "33493", KEY] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}
