//! Files that tests read, made where they are read.

// Each test file is a program of its own and uses a part of this.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::{Cursor, Write};

use documents::extract::{Limits, Outcome, extract};
use pdf_extract::{Dictionary, Document, Object, Stream, dictionary};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What comes of some bytes.
pub(crate) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Vec<Outcome> {
    let mut all = Vec::new();
    extract(Cursor::new(bytes), name, limits, &mut |outcome| all.push(outcome));
    all
}

/// The same, one line each: `path [format] "text"` or `path: error`.
pub(crate) fn shown(name: &str, bytes: &[u8], limits: &Limits) -> Vec<String> {
    read(name, bytes, limits)
        .iter()
        .map(|outcome| match outcome {
            Ok(document) => format!("{} [{}] {:?}", document.path, document.format.name(), document.text),
            Err(error) => error.to_string(),
        })
        .collect()
}

/// An archive.
pub(crate) fn zip<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // The first entry of OpenDocument lies bare, so that its type can be seen.
        let method = if name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A text of Word with these parts.
pub(crate) fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let part = |body: &str| {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:part {space}>{body}</w:part>").into_bytes()
    };
    let types = ("[Content_Types].xml", b"<Types/>".to_vec());
    zip(std::iter::once(types).chain(parts.iter().map(|(name, body)| (*name, part(body)))))
}

/// A text of OpenDocument with these parts.
pub(crate) fn odt(parts: &[(&str, &str)]) -> Vec<u8> {
    let part = |body: &str| {
        format!("<?xml version=\"1.0\"?><office:document xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\">{body}</office:document>")
            .into_bytes()
    };
    let mimetype = ("mimetype", b"application/vnd.oasis.opendocument.text".to_vec());
    zip(std::iter::once(mimetype).chain(parts.iter().map(|(name, body)| (*name, part(body)))))
}

/// A PDF with a page for each content stream.
pub(crate) fn pdf(pages: &[&str]) -> Vec<u8> {
    pdf_of(pages.iter().map(|page| page.as_bytes().to_vec()).collect(), |_, _| {})
}

/// The same, with a last change of the document and its tree of pages.
pub(crate) fn pdf_of(pages: Vec<Vec<u8>>, change: impl FnOnce(&mut Document, &mut Dictionary)) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let font = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let kids: Vec<Object> = pages
        .into_iter()
        .map(|content| {
            let content = document.add_object(Stream::new(Dictionary::new(), content));
            let page = dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content };
            document.add_object(page).into()
        })
        .collect();
    let mut tree = dictionary! {
        "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids,
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    change(&mut document, &mut tree);
    document.objects.insert(root, tree.into());
    let info = document.add_object(dictionary! { "Title" => Object::string_literal("Made") });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The content of a page with these lines.
pub(crate) fn page(lines: &[&str]) -> String {
    let mut content = "BT /F1 12 Tf 14 TL 72 720 Td".to_owned();
    for line in lines {
        content += &format!(" ({line}) Tj T*");
    }
    content + " ET"
}
