//! Characters on a page to words and lines.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use super::super::document::Draft;
use super::super::error::Fault;

/// Puts the characters of a page into the draft as they are drawn: a blank where there is room between them, a line break
/// where the next one stands lower, or far higher.
pub(super) struct Lines<'a> {
    draft: &'a mut Draft,
    /// The limit that was hit.
    pub(super) fault: Option<Fault>,
    /// Height of the page: its coordinates grow upwards.
    height: f64,
    /// The end of the last character: across and down the page.
    last: Option<(f64, f64)>,
    starts_word: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(draft: &'a mut Draft) -> Self {
        Self { draft, fault: None, height: 0.0, last: None, starts_word: false }
    }

    fn push(&mut self, text: &str) -> Result<(), OutputError> {
        self.draft.push(text).map_err(|fault| {
            self.fault = Some(fault);
            OutputError::FormatError(std::fmt::Error)
        })
    }
}

/// Of the height of the letters: how far apart lines are, and words.
const NEXT_LINE: f64 = 0.5;
const FAR_LINE: f64 = 1.5;
const NEXT_WORD: f64 = 0.1;

impl OutputDev for Lines<'_> {
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
        if let Some((end, line)) = self.last.filter(|_| self.starts_word) {
            let down = (y - line).abs();
            if down > size * FAR_LINE || (x < end && down > size * NEXT_LINE) {
                self.push("\n")?;
            } else if x > end + size * NEXT_WORD {
                self.push(" ")?;
            }
        }
        self.push(character)?;
        self.starts_word = false;
        self.last = Some((x + width * size, y));
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
