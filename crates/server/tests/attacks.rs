//! The table of attacks of docs/api.md: each is tried, and is no success.

#![allow(clippy::unwrap_used)]

mod common;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use common::{Demo, ask, demo, folder, post, with};
use engine::{EngineError, Installed, Library, ScreenList};
use serde_json::{Value, json};
use server::{JobLimits, Keys, ListSource, Options, Scope, description};

const KEY: &str = "ik-screen";

/// A server with keys.
fn guarded() -> Router {
    let rows = [
        Keys::row("onboarding", KEY, &[Scope::Screen], None, None),
        Keys::row("late", "ik-late", &[Scope::Screen], None, Some("2001-01-01")),
    ];
    let keys = Keys::from_toml("keys.toml", &rows.concat()).unwrap();
    with(|options| Options { keys: Some(keys), ..options })
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    let mut request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
        .body(Body::from(json!({ "query": { "properties": { "name": "Hosein Zamani" } } }).to_string()))
        .unwrap()
}

/// Every route that is described, with its method; `open`: with those that say nothing of anybody.
fn routes(open: bool) -> Vec<(String, String)> {
    let api = serde_json::to_value(description()).unwrap();
    let mut routes = Vec::new();
    for (path, methods) in api["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if open || operation["security"] != json!([{}]) {
                routes.push((method.clone(), path.replace("{id}", "x").replace("{name}", "x")));
            }
        }
    }
    assert!(routes.len() > 15, "{routes:?}");
    routes
}

/// No key, a wrong one, one that expired: no route is forgotten, since the description names all.
#[tokio::test]
async fn no_key() {
    let app = guarded();
    for (method, path) in routes(false) {
        for key in [
            None,
            Some("ApiKey ik-wrong"),
            Some("ApiKey ik-late"),
            Some("Basic ik-screen"),
            Some("ik-screen"),
        ] {
            let headers: Vec<_> = [("host", "screening.example")]
                .into_iter()
                .chain(key.map(|key| ("authorization", key)))
                .collect();
            let (status, answer, parts) = ask(&app, request(&method, &path, &headers)).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path} {key:?}: {answer}");
            assert!(parts.headers().contains_key("www-authenticate"));
        }
    }
}

#[tokio::test]
async fn wrong_scope() {
    let app = guarded();
    let key = format!("ApiKey {KEY}");
    let headers = [("host", "screening.example"), ("authorization", key.as_str())];
    let (status, answer, _) = ask(&app, request("post", "/v1/screen", &headers)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    for (method, path) in routes(false) {
        let screens = path.starts_with("/v1/screen") || path == "/v1/explain" || path == "/v1/compare";
        if (path.starts_with("/v1/") || path == "/metrics") && !screens {
            let (status, answer, _) = ask(&app, request(&method, &path, &headers)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path}: {answer}");
        }
    }
}

#[tokio::test]
async fn an_oversized_body() {
    let jobs = JobLimits { file: 1 << 20, ..JobLimits::default() };
    let app = with(|options| Options { jobs, ..options });
    for (path, bytes) in [
        ("/v1/screen", 65 << 10),
        ("/v1/screen/many", (2 << 20) + 9),
        ("/v1/jobs", (1 << 20) + 9),
        ("/v1/documents", (32 << 20) + 9),
    ] {
        let body = Body::from(vec![b' '; bytes]);
        let request =
            Request::post(path).header("host", "localhost").header("content-type", "application/json");
        let (status, answer, _) = ask(&app, request.body(body).unwrap()).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE, "{path}: {answer}");
    }
}

#[tokio::test]
async fn a_million_queries_in_one_request() {
    let app = demo();
    let query = json!({ "properties": { "name": "a" } });
    for (count, expected) in [(101, StatusCode::BAD_REQUEST), (1_000_000, StatusCode::PAYLOAD_TOO_LARGE)] {
        let queries: serde_json::Map<String, Value> =
            (0..count).map(|n| (n.to_string(), query.clone())).collect();
        let began = Instant::now();
        let body = json!({ "queries": queries });
        let (status, answer) = post(&app, "/v1/screen/many", &body).await;
        assert_eq!(status, expected, "{answer}");
        assert!(began.elapsed() < Duration::from_secs(20));
    }
}

/// What a request that is not answered yet is asked for.
fn loopback(change: impl FnOnce(Options) -> Options) -> SocketAddr {
    let options =
        Options { listen: SocketAddr::from(([127, 0, 0, 1], 0)), ..Options::new(Box::new(Demo), folder()) };
    let options = change(options);
    let (to, from) = channel();
    std::thread::spawn(move || {
        server::serve(options, move |address| to.send(address).unwrap()).map_err(|e| e.to_string())
    });
    from.recv_timeout(Duration::from_secs(20)).unwrap()
}

/// Sends bytes as they are, and reads until the server hangs up or a while is over.
fn raw(address: SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(8))).unwrap();
    stream.write_all(sent).unwrap();
    let mut answer = Vec::new();
    // A reset is as good an end as any.
    let _ended = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// Slowloris: a head, a body, a file that come a byte at a time.
#[test]
fn slow_bodies() {
    let wait = Duration::from_secs(1);
    let address = loopback(|options| Options { patience: wait, deadline: wait, ..options });
    let began = Instant::now();
    let head = raw(address, b"POST /v1/screen HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    assert!(!head.contains(" 200 "), "{head}");
    let body = raw(
        address,
        b"POST /v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"query\"",
    );
    assert!(body.starts_with("HTTP/1.1 408 "), "{body}");
    let file =
        raw(address, b"POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\nname\n");
    assert!(file.starts_with("HTTP/1.1 408 "), "{file}");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    // Bytes that trickle are no better.
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(b"POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n").unwrap();
    let began = Instant::now();
    while stream.write_all(b"a").is_ok() && began.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(began.elapsed() < Duration::from_secs(10), "a file that trickles is cut off");
}

/// More connections than there is room for are turned away, and the others served.
#[test]
fn too_many_connections() {
    let address = loopback(|options| Options { connections: 2, ..options });
    let _idle: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(address).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(raw(address, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), "");
    drop(_idle);
    std::thread::sleep(Duration::from_millis(300));
    let answer = raw(address, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

/// Two requests in what one party takes for one: never are there two answers.
#[test]
fn request_smuggling() {
    let address = loopback(|options| options);
    let smuggled = "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let chunked = format!("0\r\n\r\n{smuggled}");
    let head = "POST /v1/compare HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    let length = chunked.len();
    for (name, sent) in [
        (
            "CL then TE",
            format!("{head}Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}"),
        ),
        (
            "TE then CL",
            format!("{head}Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n\r\n{chunked}"),
        ),
        ("two CL", format!("{head}Content-Length: 2\r\nContent-Length: {length}\r\n\r\n{{}}{smuggled}")),
        ("CL with a list", format!("{head}Content-Length: 2, {length}\r\n\r\n{{}}{smuggled}")),
        ("CL with a sign", format!("{head}Content-Length: +2\r\n\r\n{{}}{smuggled}")),
        (
            "obs-fold",
            format!("{head}Transfer-Encoding:\r\n chunked\r\nContent-Length: {length}\r\n\r\n{chunked}"),
        ),
        ("TE of another kind", format!("{head}Transfer-Encoding: xchunked\r\n\r\n{chunked}")),
        (
            "TE twice",
            format!("{head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n{chunked}"),
        ),
        (
            "blank before the colon",
            format!("{head}Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{{}}{smuggled}"),
        ),
    ] {
        let answer = raw(address, sent.as_bytes());
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{name}: {answer}");
        assert!(!answer.contains("\"openapi\""), "{name}: {answer}");
    }
}

/// A page of another site makes a browser ask: no route that changes anything does it.
#[tokio::test]
async fn csrf_on_every_state_changing_route() {
    let app = demo();
    for (method, path) in routes(true).into_iter().filter(|(method, _)| method != "get") {
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://localhost.evil.example"),
            ("origin", "http://localhost:9999"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let (status, answer, _) =
                ask(&app, request(&method, &path, &[("host", "localhost"), (name, value)])).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path} {name}: {value}: {answer}");
        }
    }
    let own =
        [("host", "localhost:8080"), ("origin", "http://localhost:8080"), ("sec-fetch-site", "same-origin")];
    let (status, answer, parts) = ask(&app, request("post", "/v1/screen", &own)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert!(!parts.headers().contains_key("access-control-allow-origin"), "CORS is off");
}

/// A name of another site that points here: without keys only this machine's own names are answered.
#[tokio::test]
async fn dns_rebinding() {
    let app = demo();
    for (method, path) in routes(true) {
        for host in ["evil.example", "127.0.0.1.evil.example:8080", "192.168.1.5"] {
            let (status, answer, _) = ask(&app, request(&method, &path, &[("host", host)])).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path} {host}: {answer}");
        }
    }
    for hosts in [&[][..], &[("host", "localhost"), ("host", "evil.example")], &[("host", "a b")]] {
        let (status, ..) = ask(&app, request("get", "/healthz", hosts)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{hosts:?}");
    }
}

#[tokio::test]
async fn methods_that_echo() {
    let app = demo();
    for method in ["TRACE", "CONNECT"] {
        let (status, answer, _) = ask(&app, request(method, "/v1/lists", &[("host", "localhost")])).await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{answer}");
    }
}

/// A list of one's own, with a name that is a script.
struct Hostile(PathBuf);

const SCRIPT: &str = "<script>alert(1)</script>";

impl ListSource for Hostile {
    fn load(&self) -> Result<Library, EngineError> {
        Library::new(vec![ScreenList::open(&self.0)?])
    }

    fn state(&self) -> Result<String, EngineError> {
        Ok(String::new())
    }

    fn installed(&self) -> Result<Installed, EngineError> {
        Ok(Installed::default())
    }
}

/// A listed party's name is a script: every answer that has it is JSON, and no browser may take it for anything else.
#[tokio::test]
async fn stored_xss_by_a_name() {
    let scratch = tempfile::tempdir().unwrap();
    let list = scratch.path().join("list.jsonl");
    let party = json!({ "id": "x-1", "schema": "Person", "datasets": ["x"],
        "properties": { "name": [format!("Evil {SCRIPT} Name")], "country": [SCRIPT] } });
    std::fs::write(&list, format!("{party}\n")).unwrap();
    let app = server::app(Options::new(Box::new(Hostile(list)), folder())).unwrap();
    let query = json!({ "properties": { "name": format!("Evil {SCRIPT} Name") } });
    let bodies = [
        ("POST", "/v1/screen", json!({ "query": query })),
        ("POST", "/v1/screen/many", json!({ "queries": { SCRIPT: query } })),
        ("POST", "/v1/explain", json!({ "query": query, "id": "x-1" })),
        ("POST", "/v1/compare", json!({ "left": SCRIPT, "right": SCRIPT })),
        ("GET", "/v1/entities/x-1", Value::Null),
        ("GET", "/v1/entities/x-1/network", Value::Null),
        ("GET", "/v1/entities/%3Cscript%3E", Value::Null),
        ("GET", "/v1/lists", Value::Null),
        ("GET", "/%3Cscript%3Ealert(1)%3C/script%3E", Value::Null),
    ];
    let mut named = 0;
    for (method, path, body) in bodies {
        let request = Request::builder().method(method).uri(path).header("host", "localhost");
        let request =
            request.header("content-type", "application/json").body(Body::from(body.to_string())).unwrap();
        let (status, answer, parts) = ask(&app, request).await;
        let headers = parts.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert!(
            headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        let kind = headers["content-type"].to_str().unwrap();
        if answer.to_string().contains("<script>") {
            named += 1;
            assert_eq!(kind, "application/json", "{status} {path}: {answer}");
        }
    }
    assert!(named >= 5, "the name was answered {named} times");
}

/// Names of jobs, lists and files are never paths.
#[tokio::test]
async fn path_traversal() {
    let files = folder();
    let app = server::app(Options::new(Box::new(Demo), files.clone())).unwrap();
    let up =
        ["..%2f..%2f..%2fetc%2fpasswd", "%2e%2e", "..%5c..%5cboot.ini", "%2fetc%2fpasswd", "a%00b", "%ff"];
    for name in up {
        for path in [
            format!("/v1/jobs/{name}"),
            format!("/v1/jobs/{name}/results"),
            format!("/v1/lists/{name}/versions"),
            format!("/v1/lists/{name}/diff?from=2021-11-16"),
            format!("/v1/entities/{name}"),
        ] {
            let (status, answer, _) = ask(&app, request("get", &path, &[("host", "localhost")])).await;
            assert!(
                matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST),
                "{path}: {status} {answer}"
            );
            assert!(!answer.to_string().contains("root:"), "{path}");
        }
        for path in [
            format!("/v1/documents?name={name}"),
            format!("/v1/jobs?name={name}"),
            format!("/v1/network?name={name}"),
        ] {
            let body = Body::from("id,name\n1,Hosein Zamani\n");
            let request = Request::post(&path).header("host", "localhost").body(body).unwrap();
            let (_, answer, _) = ask(&app, request).await;
            let answer = answer.to_string();
            assert!(!answer.contains(&*files.to_string_lossy()), "{path}: {answer}");
        }
    }
    // All that was sent lies in folders below the one that the server was given.
    let outside: Vec<_> =
        std::fs::read_dir(files.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(outside, ["files"]);
}
