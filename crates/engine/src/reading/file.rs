//! A whole file read: plain text as it stands, everything else by whoever reads files of others.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use documents::extract::{Extract, Format, HEAD, format_of};

use super::{DocumentRead, TextReader};

impl TextReader<'_> {
    /// Reads each document of a file, in its order, with its text; what cannot be read is told as text. `name` stands for
    /// the file's path in all that is said.
    pub fn read_file(
        &mut self,
        file: &Path,
        name: &str,
        others: &dyn Extract,
        each: &mut dyn FnMut(Result<(DocumentRead, String), String>),
    ) {
        match format_of_file(file) {
            Err(e) => each(Err(format!("{name}: {e}"))),
            Ok(Format::Text) => {
                let mut whole = String::new();
                let read = File::open(file)
                    .and_then(|text| self.read_stream(name, text, |part| whole.push_str(part)));
                each(read.map(|read| (read, whole)).map_err(|e| format!("{name}: {e}")));
            }
            Ok(_) => others.extract(file, &mut |outcome| match outcome {
                Ok(mut document) => {
                    // As the file was named, with what lies in it behind.
                    let inner = document.path.find("!/").map_or("", |at| &document.path[at..]);
                    document.path = format!("{name}{inner}").into();
                    each(Ok((self.read(&document), document.text)));
                }
                Err(error) => each(Err(error.to_string())),
            }),
        }
    }
}

/// What a file is, by its first bytes and its name.
///
/// # Errors
/// It cannot be read.
pub fn format_of_file(file: &Path) -> std::io::Result<Format> {
    let mut head = Vec::new();
    File::open(file)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(format_of(&head, &file.file_name().unwrap_or_default().to_string_lossy()))
}
