//! XML of office documents as a stream. Entities of its own and external ones are never resolved.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

/// What is met on the way.
pub(super) enum Piece<'a> {
    /// An element starts: its name without its prefix, its attributes.
    Open(&'a str, &'a BytesStart<'a>),
    /// It ends.
    Close(&'a str),
    /// Characters between.
    Text(&'a str),
    /// A reference to something that only a document type could tell, or a document type.
    Unresolved,
}

/// Why a stream of XML was left.
pub(super) enum Left<E> {
    /// It is malformed or cut.
    Malformed(String),
    /// Whoever reads it wants no more.
    Reader(E),
}

/// Goes through a part of an office document.
pub(super) fn walk<E>(
    source: impl BufRead,
    mut each: impl FnMut(Piece<'_>) -> Result<(), E>,
) -> Result<(), Left<E>> {
    let mut reader = Reader::from_reader(source);
    reader.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut open = 0_usize;
    loop {
        buffer.clear();
        let event =
            reader.read_event_into(&mut buffer).map_err(|error| Left::Malformed(error.to_string()))?;
        let told = match &event {
            Event::Start(start) => {
                open += 1;
                each(Piece::Open(start.local_name().as_ref(), start))
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                each(Piece::Close(end.local_name().as_ref()))
            }
            Event::Text(text) => each(Piece::Text(&text.xml10_content())),
            Event::CData(text) => each(Piece::Text(&text.xml10_content())),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(letter)) => each(Piece::Text(letter.encode_utf8(&mut [0; 4]))),
                _ => match resolve_xml_entity(reference) {
                    Some(text) => each(Piece::Text(text)),
                    None => each(Piece::Unresolved),
                },
            },
            Event::DocType(_) => each(Piece::Unresolved),
            Event::Eof if open == 0 => return Ok(()),
            Event::Eof => return Err(Left::Malformed("it ends within an element: it was cut".to_owned())),
            _ => Ok(()),
        };
        told.map_err(Left::Reader)?;
    }
}

/// The value of an attribute by its local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute =
        start.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(attribute.value.as_ref().to_owned())
}
