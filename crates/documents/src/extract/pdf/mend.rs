//! What the library that reads PDFs gets wrong, put right in the document before it is read.

use pdf_extract::{Document, Object, ObjectId};

/// Most glyphs of a font: their numbers have two bytes.
const GLYPHS: i64 = 1 << 16;

/// Writes the widths of composite fonts as lists. The library (pdf-extract 0.12) takes the short form, `first last width`,
/// for no widths at all: digits and brackets of every page that Chromium prints would lie upon each other, and words fall
/// apart.
pub(super) fn widths(document: &mut Document) {
    let mut mended: Vec<(ObjectId, Vec<Object>)> = Vec::new();
    for (id, object) in &document.objects {
        let Ok(font) = object.as_dict() else { continue };
        let composite = font.get(b"Subtype").and_then(Object::as_name);
        if !matches!(composite, Ok(b"CIDFontType0" | b"CIDFontType2")) {
            continue;
        }
        if let Ok(widths) = font.get_deref(b"W", document).and_then(Object::as_array) {
            mended.push((*id, as_lists(widths, document)));
        }
    }
    for (id, widths) in mended {
        if let Ok(font) = document.get_dictionary_mut(id) {
            font.set("W", widths);
        }
    }
}

fn as_lists(widths: &[Object], document: &Document) -> Vec<Object> {
    let mut lists = Vec::new();
    let mut rest = widths;
    loop {
        match rest {
            [first, second, tail @ ..] => match (first.as_i64(), document.dereference(second)) {
                (Ok(_), Ok((_, list @ Object::Array(_)))) => {
                    lists.extend([first.clone(), list.clone()]);
                    rest = tail;
                }
                (Ok(from), Ok((_, to))) => {
                    let [width, tail @ ..] = tail else { return lists };
                    if let Ok(to) = to.as_i64() {
                        let count = to.saturating_sub(from).saturating_add(1).clamp(0, GLYPHS);
                        lists.extend([first.clone(), vec![width.clone(); count as usize].into()]);
                    }
                    rest = tail;
                }
                _ => return lists,
            },
            _ => return lists,
        }
    }
}

/// Gives a page without a size that of a letter: the library stops without one, and where words stand to each other does not
/// hang on it.
pub(super) fn size(document: &mut Document, page: ObjectId, depth: usize) {
    let mut at = page;
    for _ in 0..depth {
        let Ok(node) = document.get_dictionary(at) else { break };
        if node.has(b"MediaBox") {
            return;
        }
        match node.get(b"Parent").and_then(Object::as_reference) {
            Ok(parent) => at = parent,
            Err(_) => break,
        }
    }
    if let Ok(page) = document.get_dictionary_mut(page) {
        page.set("MediaBox", [0, 0, 612, 792].map(Object::Integer).to_vec());
    }
}

#[cfg(test)]
mod tests {
    use pdf_extract::dictionary;

    use super::*;

    #[test]
    fn ranges_become_lists() {
        let mut document = Document::with_version("1.5");
        let list = document.add_object(Object::Array(vec![7.into()]));
        let widths: Vec<Object> = vec![
            3.into(),
            vec![1.into(), 2.into()].into(),
            19.into(),
            21.into(),
            636.into(),
            5.into(),
            list.into(),
            9.into(),
            2.into(),
        ];
        let font = document.add_object(dictionary! { "Subtype" => "CIDFontType2", "W" => widths });
        super::widths(&mut document);
        let mended = document.get_dictionary(font).unwrap().get(b"W").unwrap();
        let expected: Vec<Object> = vec![
            3.into(),
            vec![1.into(), 2.into()].into(),
            19.into(),
            vec![636.into(), 636.into(), 636.into()].into(),
            5.into(),
            vec![7.into()].into(),
        ];
        assert_eq!(*mended, Object::Array(expected));
    }
}
