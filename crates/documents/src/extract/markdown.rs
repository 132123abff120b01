//! Markdown as text: marks that stand in or between the words of a name become blanks.
//!
//! Each byte that goes is replaced by a blank, so that offsets in the text are offsets in the file (in UTF-8).

/// The text without emphasis, code marks, links' targets and tags.
pub(super) fn text(source: &str) -> String {
    let mut out = source.as_bytes().to_vec();
    let mut fenced = false;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced {
            marks(line, at, &mut out);
        }
        at += line.len();
    }
    // Only whole ASCII marks and whole ranges between them were blanked.
    String::from_utf8(out).unwrap_or_else(|_| source.to_owned())
}

fn marks(line: &str, at: usize, out: &mut [u8]) {
    let bytes = line.as_bytes();
    let mut blank = |from: usize, to: usize| out[at + from..at + to].fill(b' ');
    let mut i = 0;
    while i < bytes.len() {
        let next = bytes.get(i + 1).copied().unwrap_or_default();
        let end = match bytes[i] {
            b'\\' if next.is_ascii_punctuation() => {
                blank(i, i + 1);
                i + 2
            }
            b'*' | b'`' | b'[' => {
                blank(i, i + 1);
                i + 1
            }
            // Within a word it is a part of the word: snake_case.
            b'_' if !(i > 0 && bytes[i - 1].is_ascii_alphanumeric() && next.is_ascii_alphanumeric()) => {
                blank(i, i + 1);
                i + 1
            }
            b'~' if next == b'~' => {
                blank(i, i + 2);
                i + 2
            }
            // An image: `![alt](target)`.
            b'!' if next == b'[' => {
                blank(i, i + 2);
                i + 2
            }
            // A link's text ends: its target or label goes.
            b']' => {
                let target = match next {
                    b'(' => bytes[i..].iter().position(|b| *b == b')'),
                    b'[' => bytes[i + 1..].iter().position(|b| *b == b']').map(|n| n + 1),
                    _ => Some(0),
                };
                let end = i + target.unwrap_or(0) + 1;
                blank(i, end);
                end
            }
            // A tag, or an address in angle brackets, of which only the brackets go.
            b'<' => match bytes[i..].iter().position(|b| *b == b'>') {
                Some(length) if next.is_ascii_alphabetic() || matches!(next, b'/' | b'!') => {
                    let inner = &line[i + 1..i + length];
                    let address = inner.contains("://") || inner.contains('@');
                    if address {
                        blank(i, i + 1);
                        blank(i + length, i + length + 1);
                    } else {
                        blank(i, i + length + 1);
                    }
                    i + length + 1
                }
                _ => i + 1,
            },
            _ => i + 1,
        };
        i = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_blanks() {
        let rows = [
            ("**Mohammad Bagher** _Shirinkar_", "  Mohammad Bagher    Shirinkar "),
            ("[Sajjad](https://example.org/a_b) Kashian", " Sajjad                           Kashian"),
            ("![a](b) [Emennet Pasargad][1]", "  a      Emennet Pasargad    "),
            ("Sajjad <b>Kashian</b> a < b", "Sajjad    Kashian     a < b"),
            ("<a@example.org> <https://example.org>", " a@example.org   https://example.org "),
            ("snake_case 2\\*3 `code`", "snake_case 2 *3  code "),
            ("```\n*kept*\n```\n*gone*", "```\n*kept*\n```\n gone "),
            ("мир *мир* ]( [м", "мир  мир   (  м"),
            ("# Title\n- item", "# Title\n- item"),
            ("", ""),
        ];
        for (source, expected) in rows {
            let read = text(source);
            assert_eq!(read, expected);
            assert_eq!(read.len(), source.len());
        }
    }
}
