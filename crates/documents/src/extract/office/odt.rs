//! Texts of OpenDocument (ISO/IEC 26300).

use super::super::archive::Unpack;
use super::super::document::Draft;
use super::super::error::Fault;
use super::super::xml::{Piece, attribute};
use super::{Archive, part, properties};

/// Reads headers, the text with its notes and comments behind their paragraphs, footers.
pub(in super::super) fn read(
    archive: &mut Archive<'_>,
    unpack: &mut Unpack<'_>,
    draft: &mut Draft,
) -> Result<(), Fault> {
    let keys = [("title", "title"), ("initial-creator", "author"), ("creation-date", "date")];
    properties(archive, "meta.xml", &keys, unpack, draft)?;
    text(archive, "styles.xml", &["header", "header-left", "header-first"], unpack, draft)?;
    draft.end_paragraph()?;
    text(archive, "content.xml", &["body"], unpack, draft)?;
    draft.end_paragraph()?;
    text(archive, "styles.xml", &["footer", "footer-left", "footer-first"], unpack, draft)
}

/// The state of a walk through a part.
#[derive(Default)]
struct Walk {
    /// Depth within the elements that hold the text.
    within: u32,
    /// Depth within deleted text.
    deleted: u32,
    /// Paragraphs around, within the innermost note.
    paragraphs: u32,
    /// A note or comment stands within a paragraph and has its own: for each one around, the paragraphs around it.
    around: Vec<u32>,
    /// The text of notes and comments of this paragraph so far.
    aside: String,
    /// White space was met, and is one blank if more text follows.
    blank: bool,
}

fn text(
    archive: &mut Archive<'_>,
    name: &str,
    within: &[&str],
    unpack: &mut Unpack<'_>,
    draft: &mut Draft,
) -> Result<(), Fault> {
    let mut walk = Walk::default();
    part(archive, name, unpack, draft, |piece, draft| {
        match piece {
            Piece::Open(element, _) if within.contains(&element) => walk.within += 1,
            Piece::Close(element) if within.contains(&element) => walk.within = walk.within.saturating_sub(1),
            Piece::Open("tracked-changes", _) => walk.deleted += 1,
            Piece::Close("tracked-changes") => walk.deleted = walk.deleted.saturating_sub(1),
            _ if walk.within == 0 || walk.deleted > 0 => {}
            Piece::Open("note" | "annotation", _) => walk.around.push(std::mem::take(&mut walk.paragraphs)),
            Piece::Close("note" | "annotation") => walk.paragraphs = walk.around.pop().unwrap_or_default(),
            Piece::Open("p" | "h", _) => {
                walk.paragraphs += 1;
                walk.blank = false;
            }
            Piece::Close("p" | "h") => return walk.end_paragraph(draft),
            Piece::Open("tab", _) => return walk.put("\t", draft),
            Piece::Open("line-break", _) => return walk.put("\n", draft),
            // So many blanks: more than a few are layout.
            Piece::Open("s", start) => {
                let count = attribute(start, "c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                return walk.put(&" ".repeat(count.clamp(1, 80)), draft);
            }
            // Between paragraphs are names of styles, dates of comments and the like.
            Piece::Text(text) if walk.paragraphs > 0 => return walk.words(text, draft),
            _ => {}
        }
        Ok(())
    })
}

impl Walk {
    /// A note breaks no paragraph: its text waits for the paragraph's end.
    fn put(&mut self, text: &str, draft: &mut Draft) -> Result<(), Fault> {
        self.blank = false;
        if self.around.is_empty() {
            return draft.push(text);
        }
        self.aside += text;
        if self.aside.len() > draft.room() { Err(draft.over()) } else { Ok(()) }
    }

    /// White space is collapsed: the rest is `<text:s/>`.
    fn words(&mut self, text: &str, draft: &mut Draft) -> Result<(), Fault> {
        let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut starts = text.starts_with(space);
        for word in text.split(space).filter(|word| !word.is_empty()) {
            if starts || self.blank {
                let before = if self.around.is_empty() { draft.text() } else { self.aside.as_str() };
                if !(before.is_empty() || before.ends_with(['\n', ' ', '\t'])) {
                    self.put(" ", draft)?;
                }
            }
            self.put(word, draft)?;
            starts = true;
        }
        self.blank = text.ends_with(space);
        Ok(())
    }

    fn end_paragraph(&mut self, draft: &mut Draft) -> Result<(), Fault> {
        self.paragraphs = self.paragraphs.saturating_sub(1);
        self.put("\n", draft)?;
        if self.around.is_empty() && !self.aside.is_empty() {
            let aside = std::mem::take(&mut self.aside);
            draft.push(&aside)?;
        }
        Ok(())
    }
}
