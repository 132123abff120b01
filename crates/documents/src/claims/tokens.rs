//! Words and marks of a sentence, as bytes of its block.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Word,
    Comma,
    /// A semicolon or a colon.
    Semicolon,
    Colon,
    /// A quotation mark that opens, or closes.
    OpenQuote,
    CloseQuote,
    OpenParenthesis,
    CloseParenthesis,
    /// `'s`, or the apostrophe alone behind an `s`.
    Possessive,
}

/// A word or mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) mark: Mark,
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '‘' | 'ʼ')
}

/// Cuts `text[start..end]` into tokens. Linear; what is neither word nor mark is passed over.
pub(crate) fn tokens(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    out.clear();
    let mut open = false;
    let mut at = start;
    let bytes = text.as_bytes();
    while at < end {
        // Most of a text is blanks and plain letters.
        match bytes[at] {
            b' ' | b'\n' => {
                at += 1;
                continue;
            }
            byte if byte.is_ascii_alphanumeric() => {
                let stop = if matches!(byte, b'e' | b'E') && is_ex(&text[at..end]) {
                    at + 3
                } else {
                    word_end(text, at, end)
                };
                out.push(Token { start: at, end: stop, mark: Mark::Word });
                at = stop;
                continue;
            }
            _ => {}
        }
        let Some(c) = text[at..end].chars().next() else { break };
        let next = at + c.len_utf8();
        let mark = match c {
            c if c.is_alphanumeric() => {
                let stop = word_end(text, at, end);
                out.push(Token { start: at, end: stop, mark: Mark::Word });
                at = stop;
                continue;
            }
            '%' => Some(Mark::Word),
            '&' => Some(Mark::Word),
            ',' | '—' | '–' => Some(Mark::Comma),
            ';' => Some(Mark::Semicolon),
            ':' => Some(Mark::Colon),
            '(' | '[' => Some(Mark::OpenParenthesis),
            ')' | ']' => Some(Mark::CloseParenthesis),
            '“' | '«' | '„' => {
                open = true;
                Some(Mark::OpenQuote)
            }
            '”' | '»' => {
                open = false;
                Some(Mark::CloseQuote)
            }
            '"' => {
                // A blank before it opens, one behind it closes; between two letters it does what is due.
                let blank_before =
                    text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
                let blank_behind = text[next..end].chars().next().is_none_or(|c| !c.is_alphanumeric());
                open = if blank_before == blank_behind { !open } else { blank_before };
                Some(if open { Mark::OpenQuote } else { Mark::CloseQuote })
            }
            c if is_apostrophe(c) && touches(out, at) => {
                let s = text[next..end].strip_prefix(['s', 'S']);
                let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
                let plural = text[..at].ends_with(['s', 'S', 'x', 'z']);
                if s.is_some_and(ends) {
                    out.push(Token { start: at, end: next + 1, mark: Mark::Possessive });
                    at = next + 1;
                    continue;
                }
                (plural && ends(&text[next..end])).then_some(Mark::Possessive)
            }
            // A dash between blanks parts like a comma.
            '-' if text[..at].ends_with(' ') && text[next..end].starts_with(' ') => Some(Mark::Comma),
            _ => None,
        };
        if let Some(mark) = mark {
            out.push(Token { start: at, end: next, mark });
        }
        at = next;
    }
}

/// "ex-wife", "Ex-US": the prefix is a word of its own.
fn is_ex(text: &str) -> bool {
    text.get(..3).is_some_and(|prefix| prefix.eq_ignore_ascii_case("ex-"))
}

fn touches(tokens: &[Token], at: usize) -> bool {
    tokens.last().is_some_and(|last| last.end == at && last.mark == Mark::Word)
}

/// Where the word that begins at `at` ends: letters, digits, hyphens within, apostrophes within (but for `'s`), the stops of
/// `U.S.` and the marks within numbers.
#[inline]
fn word_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut stop = at;
    let mut piece = 0_usize; // Letters since the last stop.
    let mut stops = 0_usize;
    while stop < end {
        let byte = bytes[stop];
        if byte.is_ascii_alphanumeric() {
            stop += 1;
            piece += 1;
            continue;
        }
        let Some(c) = text[stop..end].chars().next() else { break };
        let next = stop + c.len_utf8();
        let follows = text[next..end].chars().next();
        let digit_before = bytes[stop - usize::from(stop > at)].is_ascii_digit();
        let within = match c {
            c if c.is_alphanumeric() => {
                stop = next;
                piece += 1;
                continue;
            }
            '-' | '\u{2010}' | '\u{2011}' => follows.is_some_and(char::is_alphanumeric),
            '.' if piece == 1 && follows.is_some_and(char::is_alphabetic) => {
                stops += 1;
                true
            }
            '.' if piece == 1 && stops > 0 => {
                stop = next;
                break;
            }
            '.' | ',' => digit_before && follows.is_some_and(|c| c.is_ascii_digit()),
            c if is_apostrophe(c) => {
                let tail = &text[next..end];
                let s = tail.starts_with(['s', 'S']) && !tail[1..].starts_with(char::is_alphanumeric);
                !s && follows.is_some_and(char::is_alphabetic)
            }
            _ => false,
        };
        if !within {
            break;
        }
        stop = next;
        piece = 0;
    }
    stop
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_marks() {
        let rows = [
            ("The U.S. Treasury's list", "The|U.S.|Treasury|'s|list"),
            ("voters’ faith in the “electoral” U.S", "voters|’|faith|in|the|“|electoral|”|U.S"),
            ("Iran's 'state-sponsored' actors", "Iran|'s|state-sponsored|actors"),
            ("60% of 1,000.5, or f.k.a. (X)", "60|%|of|1,000.5|,|or|f.k.a.|(|X|)"),
            ("O'Neil didn't - ever", "O'Neil|didn't|-|ever"),
        ];
        for (text, expected) in rows {
            let mut found = Vec::new();
            tokens(text, 0, text.len(), &mut found);
            let words: Vec<&str> = found.iter().map(|token| &text[token.start..token.end]).collect();
            assert_eq!(words.join("|"), expected);
        }
    }
}
