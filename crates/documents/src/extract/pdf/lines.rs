//! Characters on a page to words and lines.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use super::super::document::Draft;
use super::super::error::Fault;
use super::direction::{Line, in_order, is_right_to_left};

/// Takes the characters of a page as they are drawn: a blank where there is room between them, a line break where the next
/// one stands lower, or far higher.
pub(super) struct Lines {
    lines: Vec<Line>,
    /// Bytes that still fit.
    room: usize,
    /// Something did not.
    full: bool,
    /// Height of the page: its coordinates grow upwards.
    height: f64,
    last: Option<Last>,
    starts_word: bool,
}

/// The last character.
struct Last {
    start: f64,
    end: f64,
    y: f64,
    right_to_left: bool,
}

/// Of the height of the letters: how far apart lines are, paragraphs, and words.
const NEXT_LINE: f64 = 0.5;
const NEXT_PARAGRAPH: f64 = 2.5;
const FAR_LINE: f64 = 1.5;
const NEXT_WORD: f64 = 0.1;

impl Lines {
    /// For a page of at most so many bytes.
    pub(super) fn new(room: usize) -> Self {
        Self { lines: vec![Line::default()], room, full: false, height: 0.0, last: None, starts_word: false }
    }

    /// Puts the page into the draft, in the order of reading.
    pub(super) fn finish(mut self, draft: &mut Draft) -> Result<(), Fault> {
        in_order(&mut self.lines);
        for line in &self.lines {
            if line.paragraph {
                draft.end_paragraph()?;
            }
            if !line.text.trim().is_empty() {
                draft.push(line.text.trim_end())?;
                draft.push("\n")?;
            }
        }
        if self.full { Err(draft.over()) } else { Ok(()) }
    }

    fn next_line(&mut self, paragraph: bool) {
        self.lines.push(Line { paragraph, ..Line::default() });
    }

    fn push(&mut self, text: &str) -> Result<(), OutputError> {
        let Some(room) = self.room.checked_sub(text.len()) else {
            self.full = true;
            return Err(OutputError::FormatError(std::fmt::Error));
        };
        self.room = room;
        if let Some(line) = self.lines.last_mut() {
            line.text.push_str(text);
        }
        Ok(())
    }

    fn blank(&mut self) -> Result<(), OutputError> {
        let spaced = self.lines.last().is_none_or(|line| line.text.is_empty() || line.text.ends_with(' '));
        if spaced { Ok(()) } else { self.push(" ") }
    }
}

impl OutputDev for Lines {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.height = media.ury - media.lly;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        character: &str,
    ) -> Result<(), OutputError> {
        let (x, y) = (place.m31, self.height - place.m32);
        let across = (place.m11 + place.m21) * font_size;
        let up = (place.m12 + place.m22) * font_size;
        // The side of a square of the same area, whichever way the letter is turned.
        let size = (across * up).abs().sqrt();
        let right_to_left = character.chars().next().is_some_and(is_right_to_left);
        if let Some(last) = &self.last {
            let (down, end) = ((y - last.y).abs(), last.end);
            let both = right_to_left && last.right_to_left && down < size * NEXT_LINE;
            let step = if x > last.start { 1 } else { -1 };
            if self.starts_word && (down > size * FAR_LINE || (x < end && down > size * NEXT_LINE)) {
                self.next_line(down > size * NEXT_PARAGRAPH);
            } else if self.starts_word && x > end + size * NEXT_WORD {
                self.blank()?;
            }
            if let Some(line) = self.lines.last_mut().filter(|_| both) {
                line.rightwards += step;
            }
        }
        if character == " " {
            self.blank()?;
        } else {
            self.push(character)?;
        }
        self.starts_word = false;
        self.last = Some(Last { start: x, end: x + width * size, y, right_to_left });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.starts_word = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
