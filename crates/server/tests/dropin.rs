//! The routes that others' clients speak to, over the embedded case: their shapes word for word, and what they refuse.
//! `tests/clients/run.py` drives the real clients.

mod common;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use common::{ask, demo, get, post};
use serde_json::{Value, json};

fn person(name: &str) -> Value {
    json!({ "schema": "Person", "properties": { "name": [name] } })
}

/// A form, as OpenRefine sends it.
async fn form(app: &Router, path: &str, body: &str) -> (StatusCode, Value) {
    let request = Request::post(path)
        .header("host", "localhost")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let (status, value, _) = ask(app, request).await;
    (status, value)
}

#[tokio::test]
async fn match_word_for_word() {
    let app = demo();
    let query = json!({ "id": "c-3", "schema": "Person",
        "properties": { "name": "Mohammad Baqer Shinrakar", "birthDate": "21 Sep 1979", "nationality": ["Iran"] } });
    let (status, answer) = post(&app, "/match/default", &json!({ "queries": { "q": query } })).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    insta::assert_json_snapshot!(answer);
}

#[tokio::test]
async fn search_catalog_and_algorithms_word_for_word() {
    let app = demo();
    let (_, found) = get(&app, "/search/default?q=emennet&facets=countries&facets=schema").await;
    insta::assert_json_snapshot!("search", found);
    let (_, mut catalog) = get(&app, "/catalog").await;
    for now in ["version", "index_version", "updated_at"] {
        catalog["datasets"][0][now] = json!("[when it was loaded]");
    }
    insta::assert_json_snapshot!("catalog", catalog);
    let (_, algorithms) = get(&app, "/algorithms").await;
    insta::assert_json_snapshot!("algorithms", algorithms["algorithms"][0]);
}

#[tokio::test]
async fn reconcile_and_watchman_word_for_word() {
    let app = demo();
    let (_, candidates) =
        form(&app, "/reconcile/default", "queries=%7B%22q0%22%3A%7B%22query%22%3A%22Sajad+Kashian%22%7D%7D")
            .await;
    insta::assert_json_snapshot!("reconcile", candidates);
    let (_, suggested) = get(&app, "/reconcile/default/suggest/entity?prefix=sajj").await;
    insta::assert_json_snapshot!("suggest", suggested);
    let (_, found) = get(&app, "/v2/search?name=Sajad+Kashian&type=person&debug=true").await;
    insta::assert_json_snapshot!("watchman", found);
}

#[tokio::test]
async fn a_batch_says_its_size_and_keeps_its_order() {
    let app = demo();
    let body = json!({ "queries": { "z": person("Sajad Kashian"), "a": person("Anna Lindqvist") } });
    let request = Request::post("/match/us_ofac_sdn?fuzzy=true&api_key=k")
        .header("host", "localhost")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let (status, answer, parts) = ask(&app, request).await;
    assert_eq!((status, &parts.headers()["x-batch-size"]), (StatusCode::OK, &"2".parse().unwrap()));
    let names: Vec<&String> = answer["responses"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["z", "a"]);
    assert_eq!(answer["responses"]["a"]["total"], json!({ "value": 0, "relation": "eq" }));
}

/// What makes no sense, with its status and what is said of it.
#[tokio::test]
async fn refusals() {
    let app = demo();
    let many: serde_json::Map<String, Value> = (0..101).map(|n| (n.to_string(), person("x"))).collect();
    let one = json!({ "queries": { "q": person("Jane Doe") } });
    let extras = |params: Value| json!({ "queries": { "q": person("Jane Doe") }, "params": params });
    let rows = [
        ("/match/default", json!({ "queries": many }), 400, "Too many queries in one batch (limit: 100)"),
        ("/match/default", json!({ "queries": {} }), 400, "No queries provided."),
        ("/match/default", json!({ "queries": { "q": null } }), 400, "A query is null"),
        ("/match/default", json!({}), 400, "queries"),
        ("/match/default", json!({ "queries": [1] }), 400, "an object"),
        (
            "/match/default",
            json!({ "queries": { "q": { "schema": "Person", "properties": {} } } }),
            400,
            "neither a name",
        ),
        (
            "/match/default",
            json!({ "queries": { "q": { "schema": "Article", "properties": { "name": "x" } } } }),
            400,
            "Article",
        ),
        ("/match/nowhere", one.clone(), 404, "No such dataset: nowhere"),
        ("/match/default?include_dataset=eu_fsf", one.clone(), 400, "No such dataset: eu_fsf"),
        ("/match/default?algorithm=magic", one.clone(), 400, "Invalid algorithm: magic"),
        ("/match/default?limit=501", one.clone(), 400, "limit must be at most 500"),
        ("/match/default?limit=-1", one.clone(), 400, "limit must be a number"),
        ("/match/default?threshold=NaN", one.clone(), 400, "threshold"),
        ("/match/default?changed_since=soon", one, 400, "changed_since"),
        ("/match/default", extras(json!({ "include_datasets": ["un_sc"] })), 400, "No such dataset: un_sc"),
    ];
    for (path, body, status, says) in rows {
        let (found, answer) = post(&app, path, &body).await;
        assert_eq!(found.as_u16(), status, "{path} {answer}");
        assert!(answer["detail"].as_str().is_some_and(|d| d.contains(says)), "{path} {answer}");
    }
    for (path, status) in [
        ("/search/nowhere?q=x", 404),
        ("/search/default?filter=nocolon", 400),
        ("/search/default?filter_op=XOR", 400),
        ("/search/default?limit=501", 400),
        ("/search/default?offset=10000", 400),
        ("/entities/ofac-1", 404),
        ("/entities/..%2F..%2Fetc%2Fpasswd", 404),
        ("/entities/ofac-1/adjacent", 404),
        ("/entities/ofac-33634/adjacent?limit=x", 400),
        ("/entities/ofac-33634?nested=perhaps", 400),
        ("/reconcile/nowhere", 404),
        ("/reconcile/nowhere/suggest/entity?prefix=x", 404),
        ("/reconcile/default/extend/property?limit=x", 400),
        ("/v2/search", 400),
        ("/v2/search?name=x&unknown=1", 400),
    ] {
        let (found, answer) = get(&app, path).await;
        assert_eq!(found.as_u16(), status, "{path} {answer}");
        assert!(answer["detail"].is_string(), "{path} {answer}");
    }
    let (found, answer) = form(&app, "/reconcile/default", "queries=%7B").await;
    assert_eq!((found, answer["detail"].is_string()), (StatusCode::BAD_REQUEST, true), "{answer}");
}

/// A list whose party goes by another id today.
struct Joined;

impl server::ListSource for Joined {
    fn load(&self) -> Result<engine::Library, engine::EngineError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("joined.jsonl");
        let party = json!({ "id": "NK-1", "schema": "Person", "caption": "Jane Doe", "referents": ["ofac-1", "eu-2"],
            "datasets": ["us_ofac_sdn", "eu_fsf"], "properties": { "name": ["Jane Doe"], "topics": ["sanction"] } });
        let owner = json!({ "id": "own-1", "schema": "Ownership", "datasets": ["eu_fsf"],
            "properties": { "owner": ["NK-1"], "asset": ["NK-2"], "percentage": ["60"] } });
        let company = json!({ "id": "NK-2", "schema": "Company", "datasets": ["eu_fsf"],
            "properties": { "name": ["Doe Holdings"], "topics": ["sanction"] } });
        std::fs::write(&path, format!("{party}\n{owner}\n{company}\n")).expect("a file");
        engine::Library::new(vec![engine::ScreenList::open(&path)?])
    }

    fn state(&self) -> Result<String, engine::EngineError> {
        Ok("joined".to_owned())
    }

    fn installed(&self) -> Result<engine::Installed, engine::EngineError> {
        Ok(engine::Installed::default())
    }
}

#[tokio::test]
async fn an_id_of_yesterday_leads_to_the_party_of_today() {
    let app = common::with(|options| server::Options { lists: Box::new(Joined), ..options });
    let request = Request::get("/entities/ofac-1?nested=false")
        .header("host", "localhost")
        .body(Body::empty())
        .unwrap();
    let (status, _, parts) = ask(&app, request).await;
    assert_eq!(status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(parts.headers()[header::LOCATION], "/entities/NK-1?nested=false");
    let (_, party) = get(&app, "/entities/NK-1").await;
    assert_eq!(party["referents"], json!(["ofac-1", "eu-2"]));
    assert_eq!(party["datasets"], json!(["us_ofac_sdn", "eu_fsf"]));
    assert_eq!(party["properties"]["ownershipOwner"][0]["properties"]["asset"][0]["caption"], "Doe Holdings");
    assert!(party["properties"].get("referents").is_none(), "{party}");
    let matched = async |path: &str| {
        let (_, answer) = post(&app, path, &json!({ "queries": { "q": person("Jane Doe") } })).await;
        answer["responses"]["q"]["total"]["value"].as_u64()
    };
    assert_eq!(matched("/match/default").await, Some(1));
    assert_eq!(matched("/match/eu_fsf").await, Some(1), "a dataset that the entity states");
    assert_eq!(matched("/match/default?exclude_dataset=us_ofac_sdn").await, Some(0));
    assert_eq!(matched("/match/default?exclude_entity_ids=ofac-1").await, Some(0), "by an id of yesterday");
}

#[tokio::test]
async fn the_catalog_is_sent_once() {
    let app = demo();
    let request = |tag: &str| {
        Request::get("/catalog")
            .header("host", "localhost")
            .header("if-none-match", tag)
            .body(Body::empty())
            .unwrap()
    };
    let (_, _, parts) = ask(&app, request("\"other\"")).await;
    let tag = parts.headers()[header::ETAG].to_str().unwrap().to_owned();
    for (sent, status) in [(tag.clone(), 304), (format!("W/{tag}, \"x\""), 304), ("\"x\"".to_owned(), 200)] {
        assert_eq!(ask(&app, request(&sent)).await.0.as_u16(), status, "{sent}");
    }
}

/// A message of the Model Context Protocol.
async fn mcp(app: &Router, message: &Value, headers: &[(&str, &str)]) -> (StatusCode, Value) {
    let mut request = Request::post("/mcp")
        .header("host", "localhost")
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (status, value, _) =
        ask(app, request.body(Body::from(message.to_string())).expect("a request")).await;
    (status, value)
}

#[tokio::test]
async fn the_protocol_of_models() {
    let app = demo();
    let hello = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": "2025-06-18",
        "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } } });
    let (status, answer) = mcp(&app, &hello, &[]).await;
    assert_eq!(
        (status, &answer["result"]["serverInfo"]["name"]),
        (StatusCode::OK, &json!("interdict")),
        "{answer}"
    );
    assert_eq!(answer["result"]["protocolVersion"], "2025-06-18");
    let (status, _) = mcp(&app, &hello, &[("origin", "http://evil.example")]).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, _) =
        mcp(&app, &json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }), &[]).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let call = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call",
        "params": { "name": "screen", "arguments": { "name": "Sajad Kashian", "schema": "Person" } } });
    let (status, answer) = mcp(&app, &call, &[]).await;
    assert_eq!(status, StatusCode::OK);
    insta::assert_json_snapshot!("mcp", answer["result"]);
}

/// Figures count what the routes of others screen, too: two queries of yente's, one each of the other protocols.
#[tokio::test]
async fn figures_count_every_protocol() {
    let app = demo();
    let both = json!({ "queries": { "a": person("Sajad Kashian"), "b": person("Anna Lindqvist") } });
    assert_eq!(post(&app, "/match/default", &both).await.0, StatusCode::OK);
    assert_eq!(get(&app, "/v2/search?name=Sajad+Kashian").await.0, StatusCode::OK);
    let form = "queries=%7B%22q%22%3A%7B%22query%22%3A%22Sajad%20Kashian%22%7D%7D";
    assert_eq!(self::form(&app, "/reconcile/default", form).await.0, StatusCode::OK);
    let twice = "queries=%7B%22q%22%3A%7B%22query%22%3A%22x%22%7D%2C%22q%22%3A%7B%22query%22%3A%22y%22%7D%7D";
    assert_eq!(self::form(&app, "/reconcile/default", twice).await.0, StatusCode::BAD_REQUEST);
    let figures = get(&app, "/metrics").await.1;
    let figures = figures.as_str().unwrap();
    for line in ["interdict_screened_total 4\n", "interdict_matched_total 3\n"] {
        assert!(figures.contains(line), "{line}{figures}");
    }
}
