//! A document's text in paragraphs, with its mentions and the ends of its quotes in their places.

use std::ops::Range;

use crate::document_view::{Paragraph, Segment};

/// Bytes after which a paragraph is divided at the next end of a sentence or line. Text without blank lines, as PDF
/// often gives it, would else be one block that cannot be folded.
const LONG: usize = 3_000;

/// A place where a text names a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionPlace {
    /// The words, as bytes of the text.
    pub range: Range<usize>,
    /// Which of the document's parties.
    pub party: usize,
    /// Whether a part of the name stands for a whole one elsewhere.
    pub short: bool,
}

/// Lays a text out. `mentions` in any order; `quotes` are where the quotes of the claims end, by the place of the claim;
/// `pages` are the bytes where the document's pages begin, empty where it has none.
///
/// The parts add up to the text, whatever the places are. Of mentions that overlap, the one that begins first is marked,
/// of those the longest; a mention that is no part of the text is not.
#[must_use]
pub fn lay_out(text: &str, mentions: &[MentionPlace], quotes: &[usize], pages: &[usize]) -> Vec<Paragraph> {
    let mentions = apart(text, mentions);
    let mut ends: Vec<(usize, usize)> =
        quotes.iter().enumerate().map(|(claim, &end)| (text.ceil_char_boundary(end), claim)).collect();
    ends.sort_unstable();
    let (mut mentions, mut ends) = (mentions.into_iter().peekable(), ends.into_iter().peekable());
    let starts = starts(text, &mentions.clone().collect::<Vec<_>>(), pages);
    let mut paragraphs = Vec::with_capacity(starts.len());
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(text.len());
        let mut segments = Vec::new();
        let mut at = start;
        let plain = |segments: &mut Vec<Segment>, from: usize, to: usize| {
            if from < to {
                segments.push(Segment::Plain(text[from..to].to_owned()));
            }
        };
        loop {
            let next = mentions.peek().map_or(usize::MAX, |mention| mention.range.start);
            if let Some((quote, claim)) = ends.next_if(|&(quote, _)| quote <= end && quote <= next) {
                plain(&mut segments, at, quote);
                at = at.max(quote);
                segments.push(Segment::Claim(claim));
            } else if let Some(mention) = mentions.next_if(|mention| mention.range.start < end) {
                plain(&mut segments, at, mention.range.start);
                at = mention.range.end;
                let text = text[mention.range.clone()].to_owned();
                segments.push(Segment::Mention { party: mention.party, text, short: mention.short });
            } else {
                break;
            }
        }
        plain(&mut segments, at, end);
        let page = pages.partition_point(|&page| page <= start);
        paragraphs.push(Paragraph { page: u32::try_from(page).ok().filter(|&page| page > 0), segments });
    }
    paragraphs
}

/// The mentions that can be marked, in the order of the text.
fn apart<'a>(text: &str, mentions: &'a [MentionPlace]) -> Vec<&'a MentionPlace> {
    let mut sorted: Vec<&MentionPlace> = mentions
        .iter()
        .filter(|mention| !mention.range.is_empty() && text.get(mention.range.clone()).is_some())
        .collect();
    sorted.sort_by_key(|mention| (mention.range.start, usize::MAX - mention.range.end));
    let mut end = 0;
    sorted.retain(|mention| {
        let free = mention.range.start >= end;
        end = if free { mention.range.end } else { end };
        free
    });
    sorted
}

/// Where paragraphs begin: after blank lines, on a new page, and where one would get too long; never inside a mention.
fn starts(text: &str, mentions: &[&MentionPlace], pages: &[usize]) -> Vec<usize> {
    let mut starts: Vec<usize> = pages.iter().map(|&page| text.ceil_char_boundary(page)).collect();
    let (mut at, mut blank) = (0, false);
    for line in text.split_inclusive('\n') {
        let empty = line.trim().is_empty();
        if blank && !empty {
            starts.push(at);
        }
        blank = empty;
        at += line.len();
    }
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let mut divided = Vec::with_capacity(starts.len());
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(text.len());
        divided.push(start);
        let mut from = start;
        while end - from > 2 * LONG {
            from = division(text, from, end);
            divided.push(from);
        }
    }
    divided.retain(|&start| {
        let before = mentions.partition_point(|mention| mention.range.start < start);
        start < text.len() && (before == 0 || mentions[before - 1].range.end <= start)
    });
    divided
}

/// Where a long paragraph is divided: after a line, else after a sentence, else after a word, else anywhere.
fn division(text: &str, from: usize, end: usize) -> usize {
    let (low, high) = (text.ceil_char_boundary(from + LONG), text.floor_char_boundary(from + 2 * LONG));
    let window = &text[low..high.min(end)];
    let after = |mark: &str| window.find(mark).map(|at| low + at + mark.len());
    ["\n", ". ", "\u{3002}", " "].into_iter().find_map(after).unwrap_or(high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mention(range: Range<usize>) -> MentionPlace {
        MentionPlace { range, party: 0, short: false }
    }

    /// `[name]`, `^claim`, `|` before a paragraph, with its page where it has one.
    fn drawn(paragraphs: &[Paragraph]) -> String {
        let mut drawn = String::new();
        for paragraph in paragraphs {
            drawn.push('|');
            drawn.extend(paragraph.page.map(|page| page.to_string()));
            for segment in &paragraph.segments {
                match segment {
                    Segment::Plain(text) => drawn.push_str(text),
                    Segment::Mention { text, .. } => drawn.push_str(&format!("[{text}]")),
                    Segment::Claim(claim) => drawn.push_str(&format!("^{claim}")),
                }
            }
        }
        drawn
    }

    #[test]
    fn everything_stands_in_its_place() {
        let check =
            |text: &str, mentions: &[(usize, usize)], quotes: &[usize], pages: &[usize], want: &str| {
                let mentions: Vec<_> = mentions.iter().map(|&(start, end)| mention(start..end)).collect();
                assert_eq!(drawn(&lay_out(text, &mentions, quotes, pages)), want, "{text:?}");
            };
        check("", &[], &[], &[], "");
        check("one\ntwo\n\n\nthree", &[], &[], &[], "|one\ntwo\n\n\n|three");
        check("a Doe b", &[(2, 5)], &[7, 5], &[], "|a [Doe]^1 b^0");
        check("Doe", &[(0, 3)], &[0, 2, 3, 99], &[], "|^0[Doe]^1^2^3");
        check("Jane Doe", &[(5, 8), (0, 8), (0, 4)], &[], &[], "|[Jane Doe]");
        check("Doe Roe", &[(4, 7), (0, 3)], &[], &[], "|[Doe] [Roe]");
        check("one two", &[], &[], &[0, 4], "|1one |2two");
        check("Jane Doe", &[(0, 8)], &[], &[0, 5], "|1[Jane Doe]");
        check("\u{e9}\u{e9}", &[(1, 2), (0, 9)], &[1], &[], "|\u{e9}^0\u{e9}");
    }

    #[test]
    fn a_text_without_blank_lines_is_divided() {
        for text in ["word. ".repeat(4_000), "line\n".repeat(4_000), "\u{6771}\u{4eac}".repeat(9_000)] {
            let paragraphs = lay_out(&text, &[], &[], &[]);
            assert!(paragraphs.len() > 3, "{}", paragraphs.len());
            let long =
                |paragraph: &Paragraph| paragraph.segments.iter().map(|s| s.text().len()).sum::<usize>();
            assert!(paragraphs.iter().all(|paragraph| long(paragraph) <= 2 * LONG));
        }
    }

    proptest! {
        /// Nothing of a text is lost or repeated, whatever is said to be in it.
        #[test]
        fn segments_add_up_to_the_text(
            text in "[a\u{e9}\u{5d0} .\n]{0,60}",
            mentions in proptest::collection::vec((0usize..80, 0usize..20), 0..6),
            quotes in proptest::collection::vec(0usize..90, 0..5),
            pages in proptest::collection::vec(0usize..90, 0..4),
        ) {
            let mentions: Vec<_> = mentions.into_iter().map(|(start, long)| mention(start..start + long)).collect();
            let paragraphs = lay_out(&text, &mentions, &quotes, &pages);
            let segments = || paragraphs.iter().flat_map(|paragraph| &paragraph.segments);
            prop_assert_eq!(segments().map(Segment::text).collect::<String>(), &*text);
            let mut claims: Vec<_> =
                segments().filter_map(|s| if let Segment::Claim(n) = s { Some(*n) } else { None }).collect();
            claims.sort_unstable();
            if !text.is_empty() {
                prop_assert_eq!(claims, (0..quotes.len()).collect::<Vec<_>>());
            }
        }
    }
}
