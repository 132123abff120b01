//! `/reconcile/{dataset}`: the manifest, and the answers.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::extend::extend;
use super::manifest::Manifest;
use super::query::{Candidates, ReconQuery};
use crate::body::JsonBytes;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::serving::Serving;
use crate::state::AppState;
use crate::yente::{Filters, Ordered, Params, Register, Selection};

/// Most names of one request.
const MOST_QUERIES: usize = 100;

/// What the service is; with `queries` or `extend` the answer to them.
#[utoipa::path(get, path = "/reconcile/{dataset}", tag = "reconcile",
    params(("dataset" = String, Path, description = "default, or a list", example = "default"),
        ("queries" = Option<String>, Query, description = "names to be matched, as JSON"),
        ("extend" = Option<String>, Query, description = "columns to be filled, as JSON")),
    responses((status = 200, description = "The manifest.", body = Manifest),
        (status = 400, description = "The queries cannot be read."),
        (status = 404, description = "No list of that name is loaded.")))]
pub(crate) async fn manifest(
    State(state): State<AppState>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let params = Params::parse(&query);
    if params.one("queries").is_some() || params.one("extend").is_some() {
        return work(&state, dataset, query).await;
    }
    let serving = state.serving()?;
    Selection::named(&dataset, serving.library()).map_err(Problem::not_found)?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if state.options().tls.is_some() { "https" } else { "http" };
    Ok(axum::Json(Manifest::new(&dataset, &format!("{scheme}://{host}"), &query)).into_response())
}

/// Names of a table matched to listed parties, or columns filled with what lists say of them.
#[utoipa::path(post, path = "/reconcile/{dataset}", tag = "reconcile",
    params(("dataset" = String, Path, description = "default, or a list", example = "default")),
    request_body(content = HashMap<String, String>, content_type = "application/x-www-form-urlencoded",
        description = "queries={\"q0\":{\"query\":\"Sajad Kashian\"}} or extend={\"ids\":[],\"properties\":[]}"),
    responses((status = 200, description = "Candidates by query, or rows by id."),
        (status = 400, description = "The form cannot be read."),
        (status = 404, description = "No list of that name is loaded.")))]
pub(crate) async fn answer(
    State(state): State<AppState>,
    Path(dataset): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    let form = String::from_utf8(body.to_vec()).map_err(|_| Problem::bad_request("the form is no UTF-8"))?;
    work(&state, dataset, form).await
}

async fn work(state: &AppState, dataset: String, form: String) -> Result<Response, Problem> {
    let serving = state.serving()?;
    // The names are counted where they are read; a batch of OpenRefine's is this large.
    let of = state.clone();
    let work = move || answered(&of, &serving, &dataset, &form);
    let (batch, bytes) = state.pool().run(Cost::Queries(10), work).await??;
    Ok(([(HeaderName::from_static("x-batch-size"), batch.to_string())], JsonBytes(bytes)).into_response())
}

/// How many names or rows were answered, and the answer.
fn answered(
    state: &AppState,
    serving: &Serving,
    dataset: &str,
    form: &str,
) -> Result<(usize, Vec<u8>), Problem> {
    let params = Params::parse(form);
    let library = serving.library();
    let selection = Selection::named(dataset, library).map_err(Problem::not_found)?;
    if let Some(asked) = params.one("extend") {
        let rows =
            extend(asked, Register::new(library, serving.directory())).map_err(Problem::bad_request)?;
        return Ok((rows["rows"].as_object().map_or(0, Map::len), rows.to_string().into_bytes()));
    }
    let asked = params
        .one("queries")
        .ok_or_else(|| Problem::bad_request("a form with queries or extend is needed"))?;
    let Ordered(queries): Ordered<Value> = serde_json::from_str(asked)
        .map_err(|error| Problem::bad_request(format!("queries cannot be read: {error}")))?;
    if queries.len() > MOST_QUERIES {
        return Err(Problem::bad_request(format!("Too many queries in one batch (limit: {MOST_QUERIES})")));
    }
    // The form's own fields are no filters.
    let filters = Filters::of(selection);
    let screening = serving.screening();
    let one = |(name, query): (String, Value)| -> Result<(String, Candidates), Problem> {
        let query: ReconQuery = serde_json::from_value(query)
            .map_err(|error| Problem::bad_request(format!("query {name} cannot be read: {error}")))?;
        Ok((name, query.candidates(&screening, &filters)))
    };
    let answers: Vec<(String, Candidates)> = queries.into_par_iter().map(one).collect::<Result<_, _>>()?;
    let matched = answers.iter().filter(|(_, candidates)| candidates.has_match()).count();
    state.metrics().screened(answers.len() as u64, matched as u64);
    let answers: Map<String, Value> = answers.into_iter().map(|(name, of)| (name, json!(of))).collect();
    Ok((answers.len(), Value::Object(answers).to_string().into_bytes()))
}
