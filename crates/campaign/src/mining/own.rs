//! What of a message its author wrote: no quoted lines, no signature, no footer of a mailing list.
//!
//! Replies share the quoted text, members of a list its footer, all mails of one person his signature. None of that makes
//! them copies of one text.

use std::ops::Range;

/// A footer has no more lines than this, behind its rule. Longer is a section of the text.
const FOOTER_LINES: usize = 12;

/// A mail that went through several lists and sponsors has a footer of each; more than this is no footer.
const MOST_FOOTERS: usize = 8;

/// Lines from which on everything is somebody else's, by how they begin, in small letters.
const ENDS: [&str; 6] = [
    "-----original message",
    "-----begin pgp signature",
    "---------- forwarded message",
    "----- forwarded message",
    "begin forwarded message:",
    "--- end forwarded",
];

/// The parts of a text that are its author's own, ascending.
pub(crate) fn own(text: &str) -> Vec<Range<usize>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let trimmed = line.trim();
        if is_signature(line) || is_end(trimmed) {
            break;
        }
        if is_quoted(trimmed) {
            drop_attribution(text, &mut lines);
            continue;
        }
        lines.push(Line { range, blank: trimmed.is_empty(), rule: is_rule(trimmed) });
    }
    drop_footers(text, &mut lines);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for line in lines {
        match parts.last_mut() {
            Some(last) if last.end == line.range.start => last.end = line.range.end,
            _ => parts.push(line.range),
        }
    }
    parts
}

struct Line {
    range: Range<usize>,
    blank: bool,
    rule: bool,
}

/// The separator of RFC 3676, section 4.3; many programs lose its blank.
fn is_signature(line: &str) -> bool {
    matches!(line.trim_end_matches(['\r', '\n']), "-- " | "--")
}

fn is_end(trimmed: &str) -> bool {
    let head = |end: &&str| trimmed.get(..end.len()).is_some_and(|head| head.eq_ignore_ascii_case(end));
    matches!(trimmed.as_bytes().first(), Some(b'-' | b'b' | b'B')) && ENDS.iter().any(|end| head(&end))
}

/// `> quoted`, `| quoted`, `JM> quoted`.
fn is_quoted(trimmed: &str) -> bool {
    let bytes = trimmed.as_bytes();
    let initials = bytes.iter().take(4).take_while(|b| b.is_ascii_alphabetic()).count();
    match bytes.get(initials) {
        Some(b'>') => true,
        Some(b'|') => initials == 0,
        _ => false,
    }
}

/// `Ann Lee wrote:` stands before what Ann Lee wrote, on one line or two.
fn drop_attribution(text: &str, lines: &mut Vec<Line>) {
    let Some(last) = lines.iter().rposition(|line| !line.blank) else { return };
    // Blank lines may stand between; more text than that is a quotation within the author's own.
    if lines.len() - last > 2 {
        return;
    }
    let line = text[lines[last].range.clone()].trim();
    if !["wrote:", "writes:", "said:", "wrote :", "schrieb:", "escribió:"]
        .iter()
        .any(|end| line.ends_with(end))
    {
        return;
    }
    let before = last.checked_sub(1).filter(|before| {
        let line = text[lines[*before].range.clone()].trim_start();
        line.starts_with("On ") || line.starts_with("At ") || line.starts_with("In ")
    });
    lines.truncate(before.unwrap_or(last));
}

/// A line of nothing but strokes, or that begins with ten and ends with one: `------ Yahoo! Groups Sponsor -----~-->`.
fn is_rule(trimmed: &str) -> bool {
    let stroke = |b: &u8| matches!(b, b'-' | b'_' | b'=' | b'*' | b'~' | b'#' | b'>');
    let begins = trimmed.bytes().take_while(stroke).count();
    begins >= 10 && trimmed.bytes().last().is_some_and(|b| stroke(&b))
}

/// Takes off what stands behind the last rule, again and again, and a last paragraph that says how to leave the list.
fn drop_footers(text: &str, lines: &mut Vec<Line>) {
    for _ in 0..MOST_FOOTERS {
        while lines.last().is_some_and(|line| line.blank || line.rule) {
            lines.pop();
        }
        let said = |lines: &[Line]| lines.iter().filter(|line| !line.blank && !line.rule).count();
        if let Some(rule) = lines.iter().rposition(|line| line.rule)
            && said(&lines[rule..]) <= FOOTER_LINES
            && said(&lines[..rule]) > 0
        {
            lines.truncate(rule);
            continue;
        }
        let paragraph = lines.iter().rposition(|line| line.blank).map_or(0, |blank| blank + 1);
        let leaves = |line: &Line| {
            let line = text[line.range.clone()].to_lowercase();
            line.contains("unsubscribe") || line.contains("mailing list")
        };
        if paragraph > 0 && said(&lines[paragraph..]) <= FOOTER_LINES && lines[paragraph..].iter().any(leaves)
        {
            lines.truncate(paragraph);
            continue;
        }
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::own;

    fn check(text: &str, expected: &str) {
        let kept: String = own(text).into_iter().map(|part| &text[part]).collect();
        assert_eq!(kept.trim(), expected);
    }

    #[test]
    fn only_the_authors_words() {
        check("I agree.\n\nOn Tue, 20 Oct 2020, Ann Lee wrote:\n> Shall we?\n> Yes?\n", "I agree.");
        check("On Tue, 20 Oct 2020,\nAnn <ann@example.org> wrote:\n\n> Shall we?\nWe shall.\n", "We shall.");
        check("Text.\n-- \nAnn Lee\n+1 555 0100\n", "Text.");
        check("Text.\n_______________________\nList mailing list\nhttps://list.example\n", "Text.");
        check("Text.\n----------------\nSponsor: us\n\n________________\nTo leave, write\n", "Text.");
        check("Text.\n\nTo unsubscribe, e-mail: list-leave@example.org\n", "Text.");
        check("Yes.\n-----Original Message-----\nFrom: Ann\n", "Yes.");
        check("Text.\n------------ Club Sponsor -----~-->\nBuy\n-------------~->\n\nTo leave\n", "Text.");
        check("JM> so\nno\n| or so\n", "no");
        check("a\n----------\nb\n", "a");
        check("----------\nb\n", "----------\nb");
        check("> all quoted\n", "");
        check("", "");
    }
}
