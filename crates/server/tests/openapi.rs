//! docs/openapi.json is what the server says of itself.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use axum::http::StatusCode;
use common::{demo, get};
use serde_json::Value;

/// `INSTA_UPDATE=always cargo test -p interdict-server --test openapi` writes it.
#[tokio::test]
async fn the_committed_document_is_the_servers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let document = serde_json::to_value(server::description()).unwrap();
    let text = format!("{document:#}\n");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(&path, &text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "docs/openapi.json is not what the routes say: INSTA_UPDATE=always writes it");
    let (status, served) = get(&demo(), "/openapi.json").await;
    assert_eq!((status, served), (StatusCode::OK, document));
}

/// Whatever is described says what it takes and what may come of it.
#[test]
fn every_route_is_described_whole() {
    let document = serde_json::to_value(server::description()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let of = format!("{method} {path}");
            assert!(operation["summary"].as_str().is_some_and(|s| !s.is_empty()), "{of}: no summary");
            assert!(operation["tags"][0].is_string(), "{of}: no tag");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{of}: nothing comes of it");
            let named: Vec<&Value> = operation["parameters"].as_array().into_iter().flatten().collect();
            for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                assert!(
                    named.iter().any(|p| p["name"] == part && p["in"] == "path"),
                    "{of}: {part} is not described"
                );
            }
        }
    }
}

#[tokio::test]
async fn the_reference_names_every_route() {
    let app = demo();
    let (status, page) = get(&app, "/docs").await;
    let page = page.as_str().unwrap();
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("<script"), "it has no script");
    let document = serde_json::to_value(server::description()).unwrap();
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(page.contains(path.as_str()), "{path}");
    }
}
