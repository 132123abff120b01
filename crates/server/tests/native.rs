//! The routes of our own, over the embedded case.

#![allow(clippy::unwrap_used)]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use common::{ask, demo, get, post};
use serde_json::{Value, json};

#[tokio::test]
async fn one_party_is_screened_as_the_command_does() {
    let app = demo();
    let query =
        json!({ "schema": "Person", "properties": { "name": ["Hosein Zamani"], "birthDate": "1997-06-18" } });
    let (status, answer) = post(&app, "/v1/screen", &json!({ "query": query })).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let by_hand = engine_answer(&query);
    assert_eq!(answer, by_hand);
    assert_eq!(answer["results"][0]["match"], Value::Bool(true));
}

/// What the engine itself says.
fn engine_answer(query: &Value) -> Value {
    let library = engine::Library::new(vec![engine::demo_list().unwrap()]).unwrap();
    let policy = engine::Policy::default();
    let screening = library.under(&policy).unwrap();
    let fields = [
        (engine::Property::Name, query["properties"]["name"][0].as_str().unwrap()),
        (engine::Property::BirthDate, query["properties"]["birthDate"].as_str().unwrap()),
    ];
    let query = engine::Query::from_fields("query", query["schema"].as_str(), fields).unwrap();
    let request = engine::Request { threshold: None, limit: Some(10) };
    let answer = screening.screen(&query, request, engine::Search::Indexed);
    engine::answer_to_json(&query, &answer, &screening, true)
}

#[tokio::test]
async fn what_makes_no_sense_is_a_problem_with_a_remedy() {
    let app = demo();
    let name = json!({ "properties": { "name": ["Hosein Zamani"] } });
    for (body, says) in [
        (json!({}), "query"),
        (json!({ "query": name, "limits": 3 }), "limits"),
        (json!({ "query": { "name": "x", "properties": {} } }), "name"),
        (json!({ "query": { "properties": {} } }), "neither a name nor an identifier"),
        (json!({ "query": { "schema": "Article", "properties": { "name": "x" } } }), "Article"),
        (json!({ "query": { "properties": { "name": "x", "birthdate": "1997" } } }), "birthdate"),
        (json!({ "query": { "properties": { "name": "x", "birthDate": "soon" } } }), "birthDate"),
        (json!({ "query": { "properties": { "name": "x", "nationality": ["Narnia"] } } }), "nationality"),
        (json!({ "query": name, "limit": 0 }), "limit"),
        (json!({ "query": name, "threshold": 1.5 }), "threshold"),
        (json!({ "query": name, "lists": ["nobody"] }), "there is"),
    ] {
        let (status, answer) = post(&app, "/v1/screen", &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}: {answer}");
        assert!(answer["detail"].as_str().is_some_and(|d| d.contains(says)), "{body}: {answer}");
    }
    let twice = r#"{"queries":{"a":{"properties":{"name":"x"}},"a":{"properties":{"name":"y"}}}}"#;
    for path in ["/v1/screen/many", "/match/default"] {
        let request =
            Request::post(path).header("host", "localhost").header("content-type", "application/json");
        let (status, answer, _) = ask(&app, request.body(Body::from(twice)).unwrap()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}: {answer}");
    }
    let (status, answer) = get(&app, "/v1/nothing").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{answer}");
    assert!(answer["detail"].is_string());
    assert_eq!(get(&app, "/v1/screen").await.0, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_selection_of_all_lists_is_all_lists() {
    let app = demo();
    let query = json!({ "properties": { "name": ["Mohammad Bagher Shirinkar"] } });
    let all = post(&app, "/v1/screen", &json!({ "query": query })).await;
    let dataset = all.1["results"][0]["datasets"][0].clone();
    assert_eq!(post(&app, "/v1/screen", &json!({ "query": query, "lists": [dataset] })).await, all);
}

#[tokio::test]
async fn it_lives_and_lists_serve() {
    let app = demo();
    assert_eq!(get(&app, "/healthz").await.0, StatusCode::OK);
    assert_eq!(get(&app, "/readyz").await.0, StatusCode::OK);
    let (_, lists) = get(&app, "/v1/lists").await;
    assert_eq!(lists["lists"][0]["name"], "demo");
    assert_eq!(lists["lists"][0]["stale"], false);
    assert!(lists["lists"][0]["parties"].as_u64().is_some_and(|n| n > 6));
}
