//! Texts of Word (ISO/IEC 29500, WordprocessingML).

use std::borrow::Cow;

use super::super::archive::Unpack;
use super::super::document::Draft;
use super::super::error::Fault;
use super::super::xml::{Piece, attribute};
use super::{Archive, part, properties};

/// Reads headers, the text, notes, comments, footers: in that order, so that what stands on every page does not stand
/// between two paragraphs.
pub(in super::super) fn read(
    archive: &mut Archive<'_>,
    unpack: &mut Unpack<'_>,
    draft: &mut Draft,
) -> Result<(), Fault> {
    let keys = [("title", "title"), ("creator", "author"), ("created", "date")];
    properties(archive, "docProps/core.xml", &keys, unpack, draft)?;
    let mut names: Vec<String> = archive.file_names().flatten().map(Cow::into_owned).collect();
    names.sort();
    for group in ["header", "document", "footnotes", "endnotes", "comments", "footer"] {
        let fits = |name: &&String| {
            let rest = name.strip_prefix("word/").and_then(|name| name.strip_prefix(group));
            let number = rest.and_then(|rest| rest.strip_suffix(".xml"));
            number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
        };
        for name in names.iter().filter(fits) {
            draft.end_paragraph()?;
            paragraphs(archive, name, unpack, draft)?;
        }
    }
    Ok(())
}

fn paragraphs(
    archive: &mut Archive<'_>,
    name: &str,
    unpack: &mut Unpack<'_>,
    draft: &mut Draft,
) -> Result<(), Fault> {
    // Depth of elements whose content is shown elsewhere.
    let (mut skipped, mut in_text) = (0_u32, false);
    part(archive, name, unpack, draft, |piece, draft| {
        match piece {
            // The same once more, for programs that cannot show the choice before it.
            Piece::Open("Fallback", _) => skipped += 1,
            Piece::Close("Fallback") => skipped = skipped.saturating_sub(1),
            _ if skipped > 0 => {}
            Piece::Open("t", _) => in_text = true,
            Piece::Close("t") => in_text = false,
            Piece::Text(text) if in_text => draft.push(text)?,
            Piece::Open("tab", start) if attribute(start, "pos").is_none() => draft.push("\t")?,
            Piece::Open("br" | "cr", _) => draft.push("\n")?,
            Piece::Open("noBreakHyphen", _) => draft.push("-")?,
            Piece::Close("p") => draft.push("\n")?,
            _ => {}
        }
        Ok(())
    })
}
