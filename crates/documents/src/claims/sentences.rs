//! Where sentences end.

use std::ops::Range;

use super::lexicon::{Class, LEXICON, Tag};

/// A sentence is cut where it reaches this many bytes: none that a person wrote is longer, and time and memory are bounded.
const LONGEST: usize = 8 * 1024;

/// The sentences of a block of text, in order, without the blanks around them.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let end = sentence_end(text, at);
            let piece = &text[at..end];
            let start = at + (piece.len() - piece.trim_start().len());
            at = end;
            let trimmed = piece.trim();
            if !trimmed.is_empty() {
                return Some(start..start + trimmed.len());
            }
        }
        None
    })
}

fn sentence_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let limit = floor(text, start.saturating_add(LONGEST).min(text.len()));
    while at < limit {
        match bytes[at] {
            b'\n' if parts_paragraphs(&text[start..at], &text[at + 1..]) => return at + 1,
            b'.' | b'!' | b'?' => {
                if let Some(end) = stop_ends(text, start, at) {
                    return end;
                }
            }
            _ => {}
        }
        at += 1;
    }
    limit
}

/// The boundary of characters at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A line break behind which something new begins: an empty line, the mark of a list, or lines that quote a mail.
fn parts_paragraphs(before: &str, rest: &str) -> bool {
    let signs =
        |line: &str| line.chars().take_while(|c| *c == '>' || *c == ' ').filter(|c| *c == '>').count();
    let own = before.rsplit('\n').next().unwrap_or("");
    // The first line of a sentence may begin within a quoted line.
    let quoted = signs(rest);
    if quoted > 0 {
        let empty = rest.trim_start_matches(['>', ' ', '\t', '\r']).starts_with('\n');
        return empty || before.contains('\n') && signs(own) != quoted;
    }
    let line = rest.trim_start_matches([' ', '\t', '\r']);
    line.starts_with(['\n', '•', '*', '#', '|']) || line.starts_with("- ") || signs(own) > 0
}

/// Where the sentence ends that the stop at `at` ends; `None`: it ends none.
fn stop_ends(text: &str, start: usize, at: usize) -> Option<usize> {
    let closers = |c: char| matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '.' | '!' | '?');
    let rest = &text[at + 1..];
    let tail = rest.trim_start_matches(closers);
    let end = text.len() - tail.len();
    let closed = end > at + 1;
    let next = tail.trim_start().chars().next();
    if tail.is_empty() {
        return Some(end);
    }
    let before = &text[start..at];
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or("");
    if !tail.starts_with(char::is_whitespace) {
        // "the election.The report": the blank is missing. Small letters before, a capitalised word behind.
        let mut letters = tail.chars();
        let capitalised = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(|c| c.is_lowercase() || c == ' ');
        let small = word.len() > 3 && word.chars().skip(1).all(char::is_lowercase);
        return (capitalised && small && text.as_bytes()[at] == b'.').then_some(end);
    }
    if text.as_bytes()[at] != b'.' || closed {
        // "Really?" she said.
        return (!next.is_some_and(char::is_lowercase)).then_some(end);
    }
    if next.is_some_and(char::is_lowercase) {
        return None;
    }
    let letters = word.trim_matches('.');
    let initial = letters.chars().count() == 1 && letters.chars().all(char::is_uppercase);
    // "U.S." may go on; "version 2.0." does not.
    let inner = letters.contains('.') && !letters.starts_with(|c: char| c.is_ascii_digit());
    (!initial && !inner && !is_title(letters)).then_some(end)
}

/// "Mr", "Gen": what follows belongs to it.
fn is_title(word: &str) -> bool {
    // "18 april." ends a sentence, "18 Apr." does not.
    const ABBREVIATED: usize = 4;
    word.len() <= 5
        && LEXICON.longest(&word.to_ascii_lowercase(), |_, _| false).is_some_and(|(tags, _)| {
            tags.iter().any(|tag| match tag {
                Tag::Class(Class::Title) => true,
                Tag::Class(Class::Month) => word.len() <= ABBREVIATED,
                _ => false,
            })
        })
        && !["May", "June", "July"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_sentences() {
        let rows = [
            ("One. Two.", "One.|Two."),
            (
                "Mr. Smith of the U.S. Treasury left. He said so.",
                "Mr. Smith of the U.S. Treasury left.|He said so.",
            ),
            ("He won the election.Then he left.", "He won the election.|Then he left."),
            ("At example.org it was 3.5 percent.", "At example.org it was 3.5 percent."),
            ("\"Is it?\" she asked. Yes.", "\"Is it?\" she asked.|Yes."),
            ("It had a “list of names.” The list grew.", "It had a “list of names.”|The list grew."),
            ("A heading\n\nThe text\nruns on.", "A heading|The text\nruns on."),
            ("J. R. Smith came on 3 Sept. 2020.", "J. R. Smith came on 3 Sept. 2020."),
            ("He worked for Acme Ltd. She did not.", "He worked for Acme Ltd.|She did not."),
        ];
        for (text, expected) in rows {
            let found: Vec<&str> = sentences(text).map(|range| &text[range]).collect();
            assert_eq!(found.join("|"), expected);
        }
    }
}
