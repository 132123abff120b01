//! A value as words, numbers and signs.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, digits and underscores, beginning with no digit.
    Word,
    /// Digits, or `0x1f`.
    Number,
    /// One sign.
    Sign,
}

/// A token of a value in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a [u8],
    /// No blank stands before it.
    pub(crate) glued: bool,
}

/// Cuts a value, which is in lower case. Blanks and `/* comments */` go; what MySQL alone runs, `/*!50000 union */`,
/// stays without its marks.
pub(crate) fn cut(value: &[u8]) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut glued) = (0, true);
    while let Some(&b) = value.get(at) {
        let rest = &value[at..];
        let (length, kind) = match b {
            _ if b.is_ascii_whitespace() || b == 0 => {
                (at, glued) = (at + 1, false);
                continue;
            }
            b'/' if rest.starts_with(b"/*") => {
                let marks = rest.starts_with(b"/*!");
                let skipped = match memchr::memmem::find(rest, b"*/") {
                    _ if marks => 3 + rest[3..].iter().take_while(|b| b.is_ascii_digit()).count(),
                    Some(end) => end + 2,
                    None => rest.len(),
                };
                (at, glued) = (at + skipped, false);
                continue;
            }
            b'*' if rest.starts_with(b"*/") => {
                (at, glued) = (at + 2, false);
                continue;
            }
            b'0' if rest.get(1) == Some(&b'x') => {
                (2 + rest[2..].iter().take_while(|b| b.is_ascii_hexdigit()).count(), Kind::Number)
            }
            b'0'..=b'9' => (rest.iter().take_while(|b| b.is_ascii_digit()).count(), Kind::Number),
            _ if in_word(b) => {
                (rest.iter().take_while(|b| in_word(**b) || b.is_ascii_digit()).count(), Kind::Word)
            }
            _ => (1, Kind::Sign),
        };
        tokens.push(Token { kind, text: &rest[..length], glued });
        (at, glued) = (at + length, true);
    }
    tokens
}

/// Letters of any script stand in words, so that their bytes are no signs.
fn in_word(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_' || !b.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_signs() {
        for (value, expected) in [
            ("o'brien 7b", "o .' .brien 7 .b"),
            ("1/**/union/*!50000select*/ 0x1f", "1 union select 0x1f"),
            ("a /* no end", "a"),
            ("الف=1", "الف .= .1"),
        ] {
            let tokens = cut(value.as_bytes());
            let shown: Vec<String> = (tokens.iter().enumerate())
                .map(|(n, t)| {
                    format!("{}{}", if n > 0 && t.glued { "." } else { "" }, String::from_utf8_lossy(t.text))
                })
                .collect();
            assert_eq!(shown.join(" "), expected, "{value}");
        }
    }
}
