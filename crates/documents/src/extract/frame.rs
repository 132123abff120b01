//! How a child hands over what it read: one line of JSON for each document, and its text behind it.
//!
//! `{"path","format","text":BYTES,"pages":[[number,start]],"headers":[[name,value]],"warnings":[]}`, a line break, so many
//! bytes of UTF-8, a line break. `{"path","error":KIND,"message"}` for what was not read. `{"end":true}` is the last line: a
//! stream that ends without it was cut.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

use super::Outcome;
use super::document::{Extracted, Page};
use super::error::{ErrorKind, ExtractError};
use super::format::Format;

/// Longest line of a frame that is read: ten thousand pages are a quarter of a megabyte.
const LONGEST_LINE: u64 = 16 << 20;

/// Why a stream of frames is no longer one.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// It ends before its last line.
    #[error("the stream of documents was cut")]
    Cut,
    /// Something else than a frame.
    #[error("not a frame: {0}")]
    Malformed(&'static str),
}

/// Writes what came of one document.
///
/// # Errors
/// Those of the writer.
pub fn write_frame(outcome: &Outcome, to: &mut impl Write) -> io::Result<()> {
    match outcome {
        Ok(document) => {
            let pages: Vec<Value> =
                document.pages.iter().map(|page| json!([page.number, page.start])).collect();
            let headers: Vec<Value> =
                document.headers.iter().map(|(name, value)| json!([&**name, &**value])).collect();
            let warnings: Vec<&str> = document.warnings.iter().map(|warning| &**warning).collect();
            let line = json!({
                "path": &*document.path, "format": document.format.name(), "text": document.text.len(),
                "pages": pages, "headers": headers, "warnings": warnings,
            });
            writeln!(to, "{line}")?;
            to.write_all(document.text.as_bytes())?;
            writeln!(to)
        }
        Err(error) => {
            let line = json!({"path": &*error.path, "error": error.kind.name(), "message": &*error.message});
            writeln!(to, "{line}")
        }
    }
}

/// Writes that nothing follows.
///
/// # Errors
/// Those of the writer.
pub fn write_end(to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "{}", json!({"end": true}))
}

/// Reads what came of the next document; `None` at the end. Texts of more than `limit` bytes are refused before they are
/// read.
///
/// # Errors
/// [`FrameError`]: nothing behind it can be read.
pub fn read_frame(from: &mut impl BufRead, limit: u64) -> Result<Option<Outcome>, FrameError> {
    let mut line = Vec::new();
    from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
    if !line.ends_with(b"\n") {
        return Err(if line.len() as u64 == LONGEST_LINE {
            FrameError::Malformed("its line is too long")
        } else {
            FrameError::Cut
        });
    }
    let head: Value =
        serde_json::from_slice(&line).map_err(|_| FrameError::Malformed("its line is no JSON"))?;
    if head["end"] == true {
        return Ok(None);
    }
    let path = head["path"].as_str().ok_or(FrameError::Malformed("no path"))?;
    if let Some(kind) = head["error"].as_str() {
        let kind = ErrorKind::from_name(kind).ok_or(FrameError::Malformed("an error of no known kind"))?;
        return Ok(Some(Err(ExtractError::new(path, kind, head["message"].as_str().unwrap_or_default()))));
    }
    let length = head["text"].as_u64().filter(|length| *length <= limit);
    let length = length.ok_or(FrameError::Malformed("a text longer than allowed"))?;
    let mut text = Vec::new();
    from.by_ref().take(length + 1).read_to_end(&mut text)?;
    if text.len() as u64 != length + 1 {
        return Err(FrameError::Cut);
    }
    text.pop();
    let text = String::from_utf8(text).map_err(|_| FrameError::Malformed("a text that is no UTF-8"))?;
    document(&head, path, text)
        .map(|document| Some(Ok(document)))
        .ok_or(FrameError::Malformed("its line lacks a part"))
}

fn document(head: &Value, path: &str, text: String) -> Option<Extracted> {
    let pages = head["pages"].as_array()?.iter().map(|page| {
        let start = usize::try_from(page[1].as_u64()?).ok().filter(|start| text.is_char_boundary(*start))?;
        Some(Page { number: u32::try_from(page[0].as_u64()?).ok()?, start })
    });
    let pages = pages.collect::<Option<_>>()?;
    let headers = head["headers"]
        .as_array()?
        .iter()
        .map(|pair| Some((pair[0].as_str()?.into(), pair[1].as_str()?.into())));
    let headers = headers.collect::<Option<_>>()?;
    let warnings = head["warnings"].as_array()?.iter().map(|warning| Some(warning.as_str()?.into()));
    Some(Extracted {
        path: path.into(),
        format: Format::from_name(head["format"].as_str()?)?,
        pages,
        headers,
        warnings: warnings.collect::<Option<_>>()?,
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes() -> Vec<Outcome> {
        let document = Extracted {
            path: "a.zip!/\"b\n.pdf".into(),
            format: Format::Pdf,
            text: "Müller\n{\"end\":true}\n".into(),
            pages: vec![Page { number: 1, start: 0 }, Page { number: 2, start: 8 }],
            headers: vec![("title".into(), "é".into())],
            warnings: vec!["w".into()],
        };
        let error = ExtractError::new("a.zip!/c", ErrorKind::Limit, "too\nlarge");
        vec![
            Ok(document.clone()),
            Err(error),
            Ok(Extracted { text: String::new(), pages: vec![], ..document }),
        ]
    }

    fn stream() -> Vec<u8> {
        let mut stream = Vec::new();
        for outcome in outcomes() {
            write_frame(&outcome, &mut stream).unwrap();
        }
        write_end(&mut stream).unwrap();
        stream
    }

    /// All that is read, and whether the stream was whole.
    fn read(mut stream: &[u8], limit: u64) -> (Vec<Outcome>, bool) {
        let mut read = Vec::new();
        loop {
            match read_frame(&mut stream, limit) {
                Ok(Some(outcome)) => read.push(outcome),
                Ok(None) => return (read, true),
                Err(_) => return (read, false),
            }
        }
    }

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(read(&stream(), 100), (outcomes(), true));
    }

    #[test]
    fn a_stream_that_is_cut_or_too_large_is_told() {
        let stream = stream();
        for cut in 0..stream.len() {
            let (read, whole) = read(&stream[..cut], 100);
            assert!(!whole && read == outcomes()[..read.len()], "{cut}");
        }
        assert_eq!(read(&stream, 5), (vec![], false));
    }
}
