//! What of a text stands near the places where listed parties are named: there is what is claimed of them.

use std::ops::Range;

/// Bytes before and behind a place that belong to it, about: a page. "The company" of a page later is another.
const NEAR: usize = 1 << 12;

/// The paragraphs around places of a text, put together where they meet. Places are in the order of the text.
pub(super) fn near(text: &str, places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for place in places {
        let around = around(text, &place);
        match all.last_mut().filter(|last| around.start <= last.end) {
            Some(last) => last.end = last.end.max(around.end),
            None => all.push(around),
        }
    }
    all
}

/// The paragraphs that begin before a place and end behind it, at most so far; else the lines, else the words.
fn around(text: &str, place: &Range<usize>) -> Range<usize> {
    let from = text.floor_char_boundary(place.start.saturating_sub(NEAR));
    let to = text.ceil_char_boundary((place.end + NEAR).min(text.len()));
    let (before, behind) = (&text[from..place.start], &text[place.end..to]);
    let first = |mark: &str| before.find(mark).map(|at| from + at + mark.len());
    let last = |mark: &str| behind.rfind(mark).map(|at| place.end + at + mark.len());
    let whole = |end: usize, cut: Option<usize>| if end == 0 || end == text.len() { Some(end) } else { cut };
    let cut = |of: &dyn Fn(&str) -> Option<usize>| ["\n\n", "\n", " "].into_iter().find_map(of);
    let start = whole(from, cut(&first)).unwrap_or(place.start);
    let end = whole(to, cut(&last)).unwrap_or(place.end);
    start..end
}

#[cfg(test)]
// Helpers of tests are tests.
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_around_places() {
        let long = "word ".repeat(NEAR);
        let text = format!("One.\n\nTwo names X.\n\n{long}\n\nThree names Y.\n\nFour.");
        let (x, y) = (text.find('X').unwrap(), text.find('Y').unwrap());
        let found = near(&text, [x..x + 1, x..x + 1, y..y + 1].into_iter());
        assert_eq!(found.len(), 2, "they do not meet");
        assert!(text[found[0].clone()].starts_with("One.\n\nTwo names X."));
        assert!(text[found[1].clone()].ends_with("Three names Y.\n\nFour."));
        assert!(found.iter().all(|range| range.len() < 3 * NEAR), "{found:?}");
        assert!(near(&text, std::iter::empty()).is_empty());
        let one = "é".repeat(2 * NEAR);
        let place = 2 * NEAR..2 * NEAR + 2;
        assert_eq!(near(&one, std::iter::once(place.clone())), vec![place], "no blank to cut at");
    }
}
