//! Documents: who is named in them, and what is claimed.

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use engine::{DocumentRead, Extract, ExtractOutcome, Library, Texts, write_read};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;

use crate::body::{JsonBytes, Params};
use crate::folder::Folder;
use crate::pool::Cost;
use crate::problem::Problem;
use crate::state::AppState;

/// Bytes of a document.
const MOST_BYTES: u64 = 32 << 20;

/// Bytes of a document's text that the answer repeats.
const MOST_TEXT: usize = 4 << 20;

/// The longest name of a file.
const LONGEST_NAME: usize = 200;

/// What the body is.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentParams {
    /// What the file is called: its ending helps to tell what it is.
    name: Option<String>,
    /// Who published it: the second link of every attribution.
    outlet: Option<String>,
}

/// Reads a document: who is named in it, of the lists or not, and what it claims of whom on whose word.
///
/// The answer is what `interdict read --format json` prints, and `text`, the text that the offsets of mentions and claims are
/// in (UTF-8 bytes). A file that holds several documents, such as a mailbox, gives a list of these; what could not be read
/// stands there as `{"document","error"}`.
#[utoipa::path(post, path = "/v1/documents", tag = "documents", params(DocumentParams),
    request_body(content = String, content_type = "application/octet-stream", description = "The file's bytes, at most 32 MiB."),
    responses(
        (status = 200, description = "Who is named, and what is claimed.", body = Value),
        (status = 422, description = "The file could not be read.", body = crate::openapi::ProblemObject),
    ))]
pub(crate) async fn read(
    State(state): State<AppState>,
    Params(params): Params<DocumentParams>,
    body: Body,
) -> Result<JsonBytes, Problem> {
    let name = file_name(params.name.as_deref().unwrap_or("document"))?;
    let serving = state.serving()?;
    let folder = Folder::new(&state.options().folder)?;
    let (path, _) = folder.receive(body, &name, MOST_BYTES, state.options().patience).await?;
    let of = state.clone();
    let read = move || -> Result<JsonBytes, Problem> {
        let screening = serving.screening();
        let texts = Texts::new(&screening);
        let mut reader = texts.reader();
        reader.outlet.clone_from(&params.outlet);
        let (mut documents, mut failed) = (Vec::new(), Vec::new());
        let others: &dyn Extract = match &of.options().extract {
            Some(extract) => extract.as_ref(),
            None => &Nobody,
        };
        let ours = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        reader.read_file(&path, &name, others, &mut |outcome| match outcome {
            Ok((read, text)) => {
                let text = (text.len() <= MOST_TEXT).then_some(&*text);
                documents.push(with_text(&read, text, serving.library()));
            }
            Err(error) => failed.push(error.replace(&ours, &name)),
        });
        drop(folder);
        answer(&name, documents, failed)
    };
    state.pool().run(Cost::Long, read).await?
}

/// A document as `interdict read` prints it, and its text.
pub(super) fn with_text(read: &DocumentRead, text: Option<&str>, library: &Library) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Memory takes all that is written to it.
    let _sound = write_read(&mut bytes, read, library);
    if let Some(text) = text
        && bytes.pop().is_some()
    {
        bytes.extend_from_slice(format!(",\"text\":{}}}", Value::from(text)).as_bytes());
    }
    bytes
}

fn answer(name: &str, mut documents: Vec<Vec<u8>>, failed: Vec<String>) -> Result<JsonBytes, Problem> {
    if documents.is_empty() {
        let why = failed.first().map_or("there is no document in it", String::as_str);
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why));
    }
    if let ([_], true) = (&documents[..], failed.is_empty()) {
        return Ok(JsonBytes(documents.remove(0)));
    }
    let failed = failed.into_iter().map(|error| json!({ "document": name, "error": error }).to_string());
    documents.extend(failed.map(String::into_bytes));
    Ok(JsonBytes([b"[", &*documents.join(&b","[..]), b"]"].concat()))
}

/// A name for answers. It is never a path: files are kept under names of our own.
pub(super) fn file_name(name: &str) -> Result<String, Problem> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if name.is_empty() || name.len() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Problem::bad_request("name: the name of a file, such as report.pdf"));
    }
    Ok(name.to_owned())
}

/// Where nothing reads files of others.
struct Nobody;

impl Extract for Nobody {
    fn extract(&self, file: &std::path::Path, each: &mut dyn FnMut(ExtractOutcome)) {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        each(Err(engine::ExtractError::new(
            &*name,
            engine::ExtractErrorKind::Stopped,
            "this server reads plain text alone",
        )));
    }
}
