//! `/openapi.json`, and the same as a page to read: rendered here, without a script.

use std::sync::OnceLock;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;

use crate::body::JsonBytes;
use crate::openapi::description;
use crate::state::AppState;

/// Inline style is all that the page needs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "
:root { color-scheme: light dark; --line: #8886; --quiet: #6b7280; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; text-transform: capitalize; }
h3 { font: 600 1rem/1.5 ui-monospace, monospace; margin: 2rem 0 .25rem; overflow-wrap: anywhere; }
h3 b { display: inline-block; min-width: 4.5rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-top: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
th { font-weight: 500; white-space: nowrap; }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
pre { border: 1px solid var(--line); overflow-x: auto; padding: .75rem; }
.quiet { color: var(--quiet); }
@media (prefers-color-scheme: dark) { :root { --quiet: #9ca3af; } body { background: #111418; color: #e5e7eb; } }
";

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/openapi.json", get(openapi)).route("/docs", get(docs))
}

/// The document, made once.
fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::to_value(description()).unwrap_or_default())
}

async fn openapi() -> JsonBytes {
    JsonBytes(document().to_string().into_bytes())
}

async fn docs() -> Response {
    static PAGE: OnceLock<String> = OnceLock::new();
    let page = PAGE.get_or_init(|| page(document()).into_string());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    (headers, page.as_str()).into_response()
}

fn page(api: &Value) -> Markup {
    let paths: Vec<(&String, &Value)> = api["paths"].as_object().into_iter().flatten().collect();
    let operations = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, operation)| (*path, method, operation))
    });
    let operations: Vec<_> = operations.collect();
    let mut tags: Vec<&str> = Vec::new();
    for (_, _, operation) in &operations {
        let tag = operation["tags"][0].as_str().unwrap_or("other");
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Interdict: the API" }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "The API of Interdict " span.quiet { (text(&api["info"]["version"])) } }
                    p { (text(&api["info"]["description"])) " The same as OpenAPI: " a href="/openapi.json" { "openapi.json" } "." }
                    p { "A key is shown as " code { "Authorization: ApiKey KEY" } " or " code { "Bearer KEY" }
                        ". Every answer has " code { "X-Request-Id" } "; every error is " code { "{\"detail\": \"...\"}" } "." }
                    @for tag in tags {
                        h2 { (tag) }
                        @for (path, method, of) in operations.iter().filter(|(.., o)| o["tags"][0].as_str().unwrap_or("other") == tag) {
                            (operation(path, method, of, api))
                        }
                    }
                }
            }
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn operation(path: &str, method: &str, of: &Value, api: &Value) -> Markup {
    let params: Vec<&Value> = of["parameters"].as_array().into_iter().flatten().collect();
    let body = of["requestBody"]["content"].as_object().and_then(|content| content.iter().next());
    html! {
        h3 { b { (method.to_uppercase()) } (path) }
        p { (text(&of["summary"])) }
        @if let Some(more) = of["description"].as_str() { p { (more) } }
        @if !params.is_empty() {
            table {
                @for param in params {
                    tr {
                        th { code { (text(&param["name"])) } }
                        td.quiet { (text(&param["in"])) @if param["required"] == true { ", required" } }
                        td { (text(&param["description"])) }
                    }
                }
            }
        }
        @if let Some((kind, content)) = body {
            p { "Body: " code { (kind) } " " (text(&of["requestBody"]["description"])) }
            (fields(&content["schema"], api))
        }
        table {
            @for (status, response) in of["responses"].as_object().into_iter().flatten() {
                tr { th { (status) } td { (text(&response["description"])) } }
            }
        }
    }
}

/// The fields of an object.
fn fields(schema: &Value, api: &Value) -> Markup {
    let of = resolved(schema, api);
    let required = |name: &str| of["required"].as_array().is_some_and(|all| all.iter().any(|r| r == name));
    html! {
        @if let Some(fields) = of["properties"].as_object() {
            table {
                @for (name, field) in fields {
                    tr {
                        th { code { (name) } }
                        td.quiet { (kind(field)) @if required(name) { ", required" } }
                        td { (text(&field["description"])) }
                    }
                }
            }
        }
    }
}

fn resolved<'a>(schema: &'a Value, api: &'a Value) -> &'a Value {
    match schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        Some(name) => &api["components"]["schemas"][name],
        None => schema,
    }
}

/// What a field is, in a word.
fn kind(field: &Value) -> String {
    if let Some(name) = field["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        return name.to_owned();
    }
    match &field["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}
