//! Texts of Word (DOCX) and OpenDocument (ODT): zips of XML.

mod docx;
mod odt;

use std::io::{BufReader, Read};

use zip::ZipArchive;

use super::archive::Unpack;
use super::document::Draft;
use super::error::Fault;
use super::format::Format;
use super::walk::Source;
use super::xml::{Left, Piece, walk};

pub(super) use docx::read as docx;
pub(super) use odt::read as odt;

/// An office document's archive.
pub(super) type Archive<'a> = ZipArchive<&'a mut dyn Source>;

/// Which office document an archive is: `Some(None)` is one of another kind than a text.
pub(super) fn kind(archive: &mut Archive<'_>) -> Option<Option<Format>> {
    if archive.index_for_name("word/document.xml").is_some() {
        return Some(Some(Format::Docx));
    }
    if archive.index_for_name("[Content_Types].xml").is_some() {
        return Some(None);
    }
    let mut mimetype = String::new();
    archive.by_name("mimetype").ok()?.take(200).read_to_string(&mut mimetype).ok()?;
    let of = mimetype.trim().strip_prefix("application/vnd.oasis.opendocument.")?;
    // `text-template`, `text-master` too.
    Some(of.starts_with("text").then_some(Format::Odt))
}

/// Goes through one part, where it is there. What it unpacks to is counted.
fn part(
    archive: &mut Archive<'_>,
    name: &str,
    unpack: &mut Unpack<'_>,
    draft: &mut Draft,
    mut each: impl FnMut(Piece<'_>, &mut Draft) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let Some(index) = archive.index_for_name(name) else { return Ok(()) };
    let format = draft.format();
    let entry = archive.by_index(index).map_err(|error| super::archive::fault(&error, format))?;
    let mut source = unpack.counted(entry.compressed_size(), entry);
    let left = walk(BufReader::new(&mut source), |piece| match piece {
        Piece::Unresolved => {
            draft.warn("it refers to entities of a document type, which are not resolved");
            Ok(())
        }
        piece => each(piece, draft),
    });
    match left {
        Ok(()) => Ok(()),
        Err(Left::Reader(fault)) => Err(fault),
        // A limit shows as an error of reading.
        Err(Left::Malformed(why)) => {
            Err(source.over.take().unwrap_or_else(|| Fault::damaged(format, format!("{name}: {why}"))))
        }
    }
}

/// Title, author and date of the part that holds them, by the names that they have there.
fn properties(
    archive: &mut Archive<'_>,
    name: &str,
    keys: &[(&str, &str)],
    unpack: &mut Unpack<'_>,
    draft: &mut Draft,
) -> Result<(), Fault> {
    let (mut key, mut value) = (None, String::new());
    part(archive, name, unpack, draft, |piece, draft| {
        match piece {
            Piece::Open(element, _) => {
                key = keys.iter().find(|(of, _)| *of == element).map(|(_, key)| *key);
                value.clear();
            }
            Piece::Text(text) if key.is_some() && value.len() < 1000 => value += text,
            Piece::Close(_) => {
                if let Some(key) = key.take() {
                    draft.header(key, &value);
                }
            }
            _ => {}
        }
        Ok(())
    })
}
