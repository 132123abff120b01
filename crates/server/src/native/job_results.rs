//! The results of a job, as lines or as a table.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::{IntoParams, ToSchema};

use crate::body::{Name, Params};
use crate::guard::Caller;
use crate::openapi::Line;
use crate::problem::Problem;
use crate::state::AppState;

/// Bytes that are read at a time.
const PIECE: usize = 64 << 10;

/// The form of results.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Form {
    #[default]
    Jsonl,
    Csv,
}

/// The form of results.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResultsParams {
    /// `jsonl`, as `interdict screen --output` writes it, or `csv`, a row for each result.
    #[param(inline)]
    format: Option<Form>,
}

/// The results of a job that is done.
#[utoipa::path(get, path = "/v1/jobs/{id}/results", tag = "jobs", params(("id" = String, Path), ResultsParams),
    responses(
        (status = 200, description = "The results.", content(
            (Line = "application/x-ndjson"),
            (String = "text/csv"),
        )),
        (status = 409, description = "The job is not done.", body = crate::openapi::ProblemObject),
    ))]
pub(crate) async fn results(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Name(id): Name,
    Params(params): Params<ResultsParams>,
) -> Result<Response, Problem> {
    let job = state.jobs().find(&id, caller.name())?;
    let path = job.results()?;
    let form = params.format.unwrap_or_default();
    let (to, from) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        // The job holds the folder that the file is in.
        let _job = Arc::clone(&job);
        let read = match form {
            Form::Jsonl => lines(&path, &to),
            Form::Csv => table(&path, &to),
        };
        // The client sees that it breaks off; where the client went, nobody does.
        let _gone = read.map_err(|e| to.blocking_send(Err(e)));
    });
    let (kind, ending) = match form {
        Form::Jsonl => ("application/x-ndjson", "jsonl"),
        Form::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let download = format!("attachment; filename=\"results.{ending}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, download)];
    Ok((headers, Body::from_stream(ReceiverStream::new(from))).into_response())
}

type To = mpsc::Sender<io::Result<Bytes>>;

fn send(to: &To, piece: Vec<u8>) -> io::Result<()> {
    to.blocking_send(Ok(piece.into())).map_err(|_| io::Error::other("the client went away"))
}

fn lines(path: &Path, to: &To) -> io::Result<()> {
    let mut file = File::open(path)?;
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        if (&mut file).take(PIECE as u64).read_to_end(&mut piece)? == 0 {
            return Ok(());
        }
        send(to, piece)?;
    }
}

/// A row for each result; a row that failed has one that says why, a row without results none.
fn table(path: &Path, to: &To) -> io::Result<()> {
    let mut out =
        b"customer,query,id,caption,schema,datasets,list_version,basis,score,bits,match,error\r\n".to_vec();
    for line in BufReader::new(File::open(path)?).lines() {
        let line: Value = serde_json::from_str(&line?).map_err(io::Error::other)?;
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"),
            other => other.to_string(),
        };
        if !line["error"].is_null() {
            let mut cells = vec![String::new(); 12];
            (cells[0], cells[11]) = (text(&line["id"]), text(&line["error"]));
            row(&mut out, &cells);
        }
        for result in line["results"].as_array().into_iter().flatten() {
            let of =
                ["id", "caption", "schema", "datasets", "list_version", "basis", "score", "bits", "match"];
            let mut cells = vec![text(&line["id"]), text(&result["explanation"]["name"]["query"])];
            cells.extend(of.map(|key| text(&result[key])));
            cells.push(String::new());
            row(&mut out, &cells);
        }
        if out.len() >= PIECE {
            send(to, std::mem::take(&mut out))?;
        }
    }
    send(to, out)
}

/// Cells as RFC 4180 has them. A text that a spreadsheet would take for a formula is kept from being one.
fn row(out: &mut Vec<u8>, cells: &[String]) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(b',');
        }
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
        let cell = if formula { format!("'{cell}") } else { cell.clone() };
        if cell.contains([',', '"', '\r', '\n']) {
            out.extend_from_slice(format!("\"{}\"", cell.replace('"', "\"\"")).as_bytes());
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn a_cell_is_never_a_formula() {
        let mut out = Vec::new();
        let cells = ["=HYPERLINK(\"x\")", "-1.5", "a,b", "@x", ""].map(str::to_owned);
        row(&mut out, &cells);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "\"'=HYPERLINK(\"\"x\"\")\",-1.5,\"a,b\",'@x,\r\n");
    }
}
