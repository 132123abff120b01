//! Whole ways through the API: jobs, streams, documents, lists that change while they serve.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use common::{Demo, ask, demo, folder, get, post, with};
use engine::{DEMO_CUSTOMERS, DEMO_REPORT, EngineError, Installed, Library, ScreenList};
use serde_json::{Value, json};
use server::{Keys, ListSource, Options, Scope};

async fn send(app: &Router, path: &str, body: &str, key: Option<&str>) -> (StatusCode, Value) {
    let mut request = Request::post(path).header("host", "localhost");
    if let Some(key) = key {
        request = request.header("authorization", format!("ApiKey {key}"));
    }
    let (status, value, _) = ask(app, request.body(Body::from(body.to_owned())).unwrap()).await;
    (status, value)
}

/// The lines of the embedded customers, as a file of them is screened.
fn expected() -> String {
    let library = Library::new(vec![engine::demo_list().unwrap()]).unwrap();
    let policy = engine::Policy::default();
    let screening = library.under(&policy).unwrap();
    engine::demo_customers()
        .unwrap()
        .iter()
        .map(|query| {
            let answer = screening.screen(query, engine::Request::default(), engine::Search::Indexed);
            format!("{}\n", engine::answer_to_json(query, &answer, &screening, false))
        })
        .collect()
}

#[tokio::test]
async fn a_job_is_what_the_command_writes() {
    let app = demo();
    let (status, job) = send(&app, "/v1/jobs?name=customers.csv", DEMO_CUSTOMERS, None).await;
    assert_eq!(status, StatusCode::ACCEPTED, "{job}");
    let path = format!("/v1/jobs/{}", job["id"].as_str().unwrap());
    let (status, events) = get(&app, &format!("{path}/events")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(events.as_str().unwrap().contains("event: end"), "{events}");
    let (_, done) = get(&app, &path).await;
    assert_eq!(
        (&done["state"], &done["rows"], &done["with_match"]),
        (&json!("done"), &json!(16), &json!(8)),
        "{done}"
    );
    assert_eq!(done["bytes"], done["of_bytes"]);
    let (_, lines) = get(&app, &format!("{path}/results")).await;
    assert_eq!(lines.as_str().unwrap(), expected());
    let (_, table) = get(&app, &format!("{path}/results?format=csv")).await;
    assert_eq!(table.as_str().unwrap().lines().count(), 1 + 8, "{table}");
    let delete = || Request::delete(&path).header("host", "localhost").body(Body::empty()).unwrap();
    assert_eq!(ask(&app, delete()).await.0, StatusCode::NO_CONTENT);
    assert_eq!(ask(&app, delete()).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_job_that_cannot_be_done_says_why() {
    let app = demo();
    for (query, file, says) in [
        ("name=c.csv", "colour,size\nred,1\n", "c.csv line 1: no column holds a name"),
        ("name=c.csv&map=name=Who", "id,name\n1,Jane\n", "c.csv has no column Who"),
    ] {
        let (_, job) = send(&app, &format!("/v1/jobs?{query}"), file, None).await;
        let path = format!("/v1/jobs/{}", job["id"].as_str().unwrap());
        let (_, events) = get(&app, &format!("{path}/events")).await;
        assert!(events.as_str().unwrap().contains("event: end"));
        let (_, failed) = get(&app, &path).await;
        assert_eq!(failed["state"], "failed");
        assert!(failed["detail"].as_str().unwrap().contains(says), "{failed}");
        assert_eq!(get(&app, &format!("{path}/results")).await.0, StatusCode::CONFLICT);
    }
    for (query, says) in [
        ("map=Who", "name=Full_Name"),
        ("limit=0", "limit"),
        ("threshold=2", "threshold"),
        ("colour=red", "colour"),
    ] {
        let (status, answer) = send(&app, &format!("/v1/jobs?{query}"), "name\nJane\n", None).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(answer["detail"].as_str().unwrap().contains(says), "{answer}");
    }
    assert_eq!(send(&app, "/v1/jobs", "", None).await.0, StatusCode::BAD_REQUEST, "a file of nothing");
}

/// A job is its owner's: to another key there is none.
#[tokio::test]
async fn a_job_is_nobody_elses() {
    let rows = [
        Keys::row("a", "ik-a", &[Scope::Batch], None, None),
        Keys::row("b", "ik-b", &[Scope::Batch], None, None),
    ];
    let keys = Keys::from_toml("k", &rows.concat()).unwrap();
    let app = with(|options| Options { keys: Some(keys), ..options });
    let (_, job) = send(&app, "/v1/jobs", "name\nJane\n", Some("ik-a")).await;
    let path = format!("/v1/jobs/{}", job["id"].as_str().unwrap());
    for (key, expected) in [("ik-b", StatusCode::NOT_FOUND), ("ik-a", StatusCode::OK)] {
        let request =
            Request::get(&path).header("host", "x").header("authorization", format!("ApiKey {key}"));
        assert_eq!(ask(&app, request.body(Body::empty()).unwrap()).await.0, expected);
    }
}

#[tokio::test]
async fn a_stream_is_screened_line_by_line_in_order() {
    let app = demo();
    let rows: Vec<String> = engine::demo_customers()
        .unwrap()
        .iter()
        .map(|query| {
            let entity = query.entity();
            let mut properties = serde_json::Map::new();
            for statement in &entity.statements {
                properties
                    .entry(statement.property.name())
                    .or_insert_with(|| json!([]))
                    .as_array_mut()
                    .unwrap()
                    .push((&*statement.value).into());
            }
            json!({ "id": &*entity.id, "schema": entity.schema.name(), "properties": properties }).to_string()
        })
        .collect();
    let (status, answer) = send(&app, "/v1/screen/stream", &rows.join("\n"), None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer.as_str().unwrap(), expected());
    // Many more than are screened at a time, with blank lines and lines that are none.
    let many = "{\"id\":\"a\",\"properties\":{\"name\":[\"Jane Doe\"]}}\n\n{broken\n".repeat(200);
    let (_, answer) = send(&app, "/v1/screen/stream?limit=1", &many, None).await;
    let lines: Vec<Value> =
        answer.as_str().unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 400);
    for (n, line) in lines.iter().enumerate() {
        assert_eq!(line["error"].is_null(), n % 2 == 0, "{line}");
    }
    assert_eq!(lines[399]["id"], "400", "a line without an id has its number");
}

#[tokio::test]
async fn many_are_screened_and_who_means_nobody_is_named() {
    let app = demo();
    let queries = json!({ "a": { "properties": { "name": "Hosein Zamani" } }, "b": { "properties": {} } });
    let (status, answer) = post(&app, "/v1/screen/many", &json!({ "queries": queries })).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["answers"]["a"]["id"], "a");
    assert!(answer["answers"]["b"]["error"].as_str().unwrap().contains("neither a name"), "{answer}");
}

#[tokio::test]
async fn a_party_its_network_and_why_it_is_no_result() {
    let app = demo();
    let (_, party) = get(&app, "/v1/entities/ofac-33634").await;
    assert_eq!((&party["id"], &party["datasets"][0]), (&json!("ofac-33634"), &json!("ofac_sdn")), "{party}");
    let (_, network) = get(&app, "/v1/entities/ofac-33634/network?hops=1&rule=ofac").await;
    assert_eq!(network["entities"][0]["id"], "ofac-33634", "{network}");
    let body = json!({ "query": { "properties": { "name": "Jane Doe" } }, "id": "ofac-33634" });
    let (_, explained) = post(&app, "/v1/explain", &body).await;
    assert_eq!(explained["explained"][0]["verdict"], "nothing_agrees", "{explained}");
    let owners = "owner,asset,percentage\nEmennet Pasargad,Front Ltd,60\n";
    let (status, owned) = send(&app, "/v1/network?name=owners.csv", owners, None).await;
    assert_eq!(status, StatusCode::OK, "{owned}");
    assert_eq!(owned["owned"][0]["caption"], "Front Ltd", "{owned}");
    assert_eq!(owned["network"]["sources"][1]["source"], "owners.csv", "{owned}");
    assert_eq!(get(&app, "/v1/entities/nobody/network").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&app, "/v1/entities/ofac-33634/network?hops=9").await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_document_is_read_with_its_text() {
    let app = demo();
    let (status, read) = send(&app, "/v1/documents?name=report.txt&outlet=Gazette", DEMO_REPORT, None).await;
    assert_eq!(status, StatusCode::OK, "{read}");
    assert_eq!((&read["document"], &read["text"]), (&json!("report.txt"), &json!(DEMO_REPORT)));
    let mention = &read["mentions"][0];
    let (start, end) =
        (mention["start"].as_u64().unwrap() as usize, mention["end"].as_u64().unwrap() as usize);
    assert_eq!(&DEMO_REPORT[start..end], mention["text"].as_str().unwrap());
    let (status, answer) = send(&app, "/v1/documents?name=a.pdf", "%PDF-1.4 nothing", None).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
}

#[tokio::test]
async fn the_embedded_case() {
    let (status, case) = get(&demo(), "/v1/case").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(case["customers"].as_array().unwrap().len(), 16);
    assert!(case["report"]["claims"].as_array().is_some_and(|claims| !claims.is_empty()));
    assert_eq!(case["network"]["entities"][0]["id"], "ofac-33634");
    assert!(case["chain"]["operation"]["mailings"].as_array().is_some_and(|mailings| !mailings.is_empty()));
}

/// The embedded list and another, or one of the two.
struct Lists(Vec<&'static str>);

impl ListSource for Lists {
    fn load(&self) -> Result<Library, EngineError> {
        let other = tempfile::tempdir().unwrap().keep().join("list.jsonl");
        write(&other, "Hosein Zamani");
        let lists = vec![engine::demo_list()?, ScreenList::open(&other)?];
        Library::new(lists.into_iter().filter(|list| self.0.contains(&list.dataset.as_str())).collect())
    }

    fn state(&self) -> Result<String, EngineError> {
        Ok(String::new())
    }

    fn installed(&self) -> Result<Installed, EngineError> {
        Ok(Installed::default())
    }
}

/// Of all lists some are asked for: the answers are those of a server that has no others.
#[tokio::test]
async fn a_selection_answers_as_its_lists_alone() {
    let of = |lists: &[&'static str]| {
        server::app(Options::new(Box::new(Lists(lists.to_vec())), folder())).unwrap()
    };
    let both = of(&["ofac_sdn", "x"]);
    for name in ["Hosein Zamani", "Mohammad Bagher Shirinkar", "Emennet Pasargad", "Jane Doe"] {
        let query = json!({ "properties": { "name": name } });
        let mut totals = Vec::new();
        for one in ["ofac_sdn", "x"] {
            let selected = json!({ "query": query, "lists": [one], "threshold": 0.3 });
            let alone = json!({ "query": query, "threshold": 0.3 });
            let (status, answer) = post(&both, "/v1/screen", &selected).await;
            assert_eq!(status, StatusCode::OK, "{answer}");
            assert_eq!(answer, post(&of(&[one]), "/v1/screen", &alone).await.1, "{name} {one}");
            totals.push(answer["total"].as_u64().unwrap());
        }
        let all = post(&both, "/v1/screen", &json!({ "query": query, "threshold": 0.3 })).await.1;
        assert_eq!(all["total"].as_u64().unwrap(), totals.iter().sum::<u64>(), "{name}");
    }
}

/// A list file that is written anew.
struct Written(PathBuf);

impl ListSource for &'static Written {
    fn load(&self) -> Result<Library, EngineError> {
        Library::new(vec![ScreenList::open(&self.0)?])
    }

    fn state(&self) -> Result<String, EngineError> {
        std::fs::read_to_string(&self.0).map_err(|e| EngineError::input(e.to_string()))
    }

    fn installed(&self) -> Result<Installed, EngineError> {
        Ok(Installed::default())
    }
}

fn write(list: &Path, name: &str) {
    let party =
        json!({ "id": "x-1", "schema": "Person", "datasets": ["x"], "properties": { "name": [name] } });
    std::fs::write(list, format!("{party}\n")).unwrap();
}

#[tokio::test]
async fn lists_are_read_again_and_the_last_good_ones_serve() {
    let list = tempfile::tempdir().unwrap().keep().join("list.jsonl");
    write(&list, "First Person");
    let source: &'static Written = Box::leak(Box::new(Written(list.clone())));
    let log: &'static Mutex<Vec<String>> = Box::leak(Box::default());
    let options = Options {
        refresh: Some(Duration::from_millis(50)),
        log: Some(Box::new(move |line: &str| log.lock().unwrap().push(line.to_owned()))),
        ..Options::new(Box::new(source), folder())
    };
    let app = server::app(options).unwrap();
    let found = async |name: &str| {
        let body = json!({ "query": { "properties": { "name": name } } });
        post(&app, "/v1/screen", &body).await.1["total"].as_u64()
    };
    assert_eq!(found("First Person").await, Some(1));
    // Somebody says so.
    write(&list, "Second Woman");
    let (status, lists) = post(&app, "/v1/lists/reload", &Value::Null).await;
    assert_eq!(status, StatusCode::OK, "{lists}");
    assert_eq!((found("First Person").await, found("Second Woman").await), (Some(0), Some(1)));
    // It is seen.
    write(&list, "Third Man");
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if found("Third Man").await == Some(1) {
            break;
        }
    }
    assert_eq!(found("Third Man").await, Some(1));
    // A file that is cut short, or is being written, would clear whoever is missing in it.
    write(&list, "Fourth Woman");
    let half = format!("{}{{\"id\":\"x-2\",\"sch", std::fs::read_to_string(&list).unwrap());
    std::fs::write(&list, half).unwrap();
    let (status, refused) = post(&app, "/v1/lists/reload", &Value::Null).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{refused}");
    assert_eq!((found("Third Man").await, found("Fourth Woman").await), (Some(1), Some(0)));
    // A list that cannot be read takes nobody's place.
    std::fs::write(&list, "nonsense").unwrap();
    let (status, refused) = post(&app, "/v1/lists/reload", &Value::Null).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{refused}");
    assert_eq!(found("Third Man").await, Some(1));
    let (_, lists) = get(&app, "/v1/lists").await;
    assert!(lists["trouble"]["reason"].is_string(), "{lists}");
    let (status, ready) = get(&app, "/readyz").await;
    assert_eq!(status, StatusCode::OK);
    assert!(ready["trouble"].as_str().unwrap().starts_with("lists could not be read again"), "{ready}");
    assert!(log.lock().unwrap().iter().any(|line| line.contains("lists could not be read again")));
}

#[tokio::test]
async fn a_stale_list_is_told_everywhere() {
    let list = tempfile::tempdir().unwrap().keep().join("list.jsonl");
    write(&list, "First Person");
    let old = SystemTime::now() - Duration::from_secs(7200);
    std::fs::File::options().write(true).open(&list).unwrap().set_modified(old).unwrap();
    let source: &'static Written = Box::leak(Box::new(Written(list)));
    let of = |age| Options {
        max_list_age: Some(Duration::from_secs(age)),
        ..Options::new(Box::new(source), folder())
    };
    for (age, stale) in [(3600, true), (10_000, false)] {
        let app = server::app(of(age)).unwrap();
        let (_, lists) = get(&app, "/v1/lists").await;
        assert_eq!(lists["lists"][0]["stale"], stale);
        assert_eq!(get(&app, "/readyz").await.0 == StatusCode::SERVICE_UNAVAILABLE, stale);
        let body = json!({ "query": { "properties": { "name": "First Person" } } }).to_string();
        let request = Request::post("/v1/screen")
            .header("host", "localhost")
            .header("content-type", "application/json");
        let (_, answer, parts) = ask(&app, request.body(Body::from(body)).unwrap()).await;
        assert_eq!(parts.headers().contains_key("x-lists-stale"), stale);
        assert_eq!(answer["stale"].is_array(), stale, "{answer}");
    }
    // The embedded case is of no age: where one is asked for, that is too old.
    let app = server::app(Options {
        max_list_age: Some(Duration::from_secs(1)),
        ..Options::new(Box::new(Demo), folder())
    });
    assert_eq!(get(&app.unwrap(), "/readyz").await.0, StatusCode::SERVICE_UNAVAILABLE);
}
