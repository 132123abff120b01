//! PDFs, page by page.
//!
//! The library that reads them panics on much that is malformed. Each page is read by itself, so that a page that fails
//! takes no other with it; what it cannot be kept from (endless loops, memory) is up to the child process.

mod direction;
mod lines;
mod mend;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Dictionary, Document, Object, ObjectId, output_doc};

use super::document::Draft;
use super::error::Fault;
use super::format::Format;
use lines::Lines;

/// Failed pages that are named; more of them say nothing more.
const NAMED_PAGES: usize = 10;

/// How far up the tree of pages their settings are looked for. The library follows a circle of parents for ever.
const TREE_DEPTH: usize = 256;

/// Reads the pages up to the limit into the draft.
pub(super) fn read(bytes: &[u8], limit: u32, draft: &mut Draft) -> Result<(), Fault> {
    let damaged = |why: String| Fault::damaged(Format::Pdf, why);
    let mut document = guarded(|| Document::load_mem(bytes))
        .map_err(damaged)?
        .map_err(|error| damaged(error.to_string()))?;
    if document.is_encrypted() && guarded(|| document.decrypt("")).map_or(true, |opened| opened.is_err()) {
        return Err(Fault::encrypted());
    }
    information(&document, draft);
    mend::widths(&mut document);
    let pages: Vec<ObjectId> = document.page_iter().take(limit as usize + 1).collect();
    let declared = declared(&document).max(pages.len() as i64);
    let mut failed = Vec::new();
    for (number, page) in (1..=limit).zip(&pages) {
        draft.start_page(number);
        if !(has_root(&document, *page) && alone(&mut document, *page)) {
            failed.push(number);
            continue;
        }
        mend::size(&mut document, *page, TREE_DEPTH);
        let mut lines = Lines::new(draft.room());
        let read = guarded(|| output_doc(&document, &mut lines));
        if !matches!(read, Ok(Ok(()))) {
            failed.push(number);
        }
        // Of a page that fails, what came before is read.
        lines.finish(draft)?;
        draft.end_paragraph()?;
    }
    if declared > i64::from(limit) {
        return Err(Fault::limit(format!(
            "it declares {declared} pages: those after page {limit} are not read"
        )));
    }
    if pages.is_empty() {
        return Err(damaged("it has no pages".to_owned()));
    }
    if !failed.is_empty() {
        let named: Vec<String> = failed.iter().take(NAMED_PAGES).map(ToString::to_string).collect();
        let more = if failed.len() > NAMED_PAGES { " and more" } else { "" };
        return Err(damaged(format!(
            "{} of {} pages, {}{more}",
            failed.len(),
            pages.len(),
            named.join(", ")
        )));
    }
    if draft.text().trim().is_empty() {
        draft.warn("its pages hold no text: it may be a scan, which is not read");
    }
    Ok(())
}

/// What a panic of the library says becomes an error.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| {
        let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
        said.or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "it breaks the reader".to_owned())
    })
}

fn pages_root(document: &Document) -> Option<ObjectId> {
    document.catalog().ok()?.get(b"Pages").ok()?.as_reference().ok()
}

/// How many pages the document says it has.
fn declared(document: &Document) -> i64 {
    let root = pages_root(document).and_then(|id| document.get_dictionary(id).ok());
    root.and_then(|root| root.get(b"Count").ok()?.as_i64().ok()).unwrap_or_default()
}

/// Whether the tree above a page has an end.
fn has_root(document: &Document, page: ObjectId) -> bool {
    let mut at = page;
    for _ in 0..TREE_DEPTH {
        let parent =
            document.get_dictionary(at).and_then(|node| node.get(b"Parent")).and_then(Object::as_reference);
        match parent {
            Ok(parent) => at = parent,
            Err(_) => return true,
        }
    }
    false
}

/// Makes a page the only one: the library finds a page by going through all of them.
fn alone(document: &mut Document, page: ObjectId) -> bool {
    let root = pages_root(document).and_then(|id| document.get_dictionary_mut(id).ok());
    root.map(|root| root.set("Kids", vec![Object::Reference(page)])).is_some()
}

/// Title, author and date of the document's information dictionary.
fn information(document: &Document, draft: &mut Draft) {
    let info = document
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .and_then(|id| document.get_dictionary(id));
    let Ok(info) = info else { return };
    for (key, name) in [(&b"Title"[..], "title"), (b"Author", "author"), (b"CreationDate", "date")] {
        draft.header(name, &string(info, key).unwrap_or_default());
    }
}

fn string(info: &Dictionary, key: &[u8]) -> Option<String> {
    pdf_extract::decode_text_string(info.get(key).ok()?).ok()
}
