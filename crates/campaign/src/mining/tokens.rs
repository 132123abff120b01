//! A text as tokens: words, marks and line breaks, with their places.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters and digits, with apostrophes and, between digits, points and commas: `don't`, `45.20`, `3B`.
    Word,
    /// A web address.
    Link,
    /// An e-mail address.
    Email,
    /// One character that is none of the others.
    Mark,
    /// A line break. Mail programs wrap lines, so it may stand anywhere between two words.
    Break,
}

/// A token. Two are the same if their hashes are: letters are compared without case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) hash: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    /// Whether it holds a digit.
    pub(crate) digits: bool,
}

impl Token {
    /// Whether it carries meaning: no mark, no break.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Link | Kind::Email)
    }

    pub(crate) fn is_break(&self) -> bool {
        self.kind == Kind::Break
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What two tokens are compared by.
pub(crate) fn hash_of(word: &str) -> u32 {
    let mut hash = Hash::default();
    word.chars().for_each(|c| hash.letter(c));
    hash.done()
}

/// Eight bytes at a time into one number. A collision makes two words one for the alignment, and nothing else.
#[derive(Default)]
struct Hash {
    state: u64,
    /// Bytes that are not in the state yet.
    chunk: u64,
    bytes: u32,
}

impl Hash {
    fn byte(&mut self, byte: u8) {
        self.chunk = self.chunk << 8 | u64::from(byte);
        self.bytes += 1;
        if self.bytes.is_multiple_of(8) {
            self.mix();
        }
    }

    fn mix(&mut self) {
        self.state = (self.state ^ self.chunk).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        self.chunk = 0;
    }

    fn letter(&mut self, c: char) {
        match c {
            '\u{2019}' => self.byte(b'\''),
            c if c.is_ascii() => self.byte(c.to_ascii_lowercase() as u8),
            c => c.to_lowercase().for_each(|c| u32::from(c).to_le_bytes().iter().for_each(|b| self.byte(*b))),
        }
    }

    fn done(mut self) -> u32 {
        self.chunk ^= u64::from(self.bytes) << 56;
        self.mix();
        (self.state ^ (self.state >> 32)) as u32
    }
}

/// Appends the tokens of a part of a text. Texts of four gibibytes and more have none beyond.
pub(crate) fn tokens(text: &str, part: Range<usize>, into: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let end = part.end.min(u32::MAX as usize);
    let mut at = part.start;
    while at < end {
        let byte = bytes[at];
        if let Some(token) = plain_word(bytes, at, end) {
            into.push(token);
            at = token.end as usize;
            continue;
        }
        let (kind, till) = match byte {
            b'\n' => (Kind::Break, at + 1),
            b'\r' if bytes.get(at + 1) != Some(&b'\n') => (Kind::Break, at + 1),
            b if b.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b if b.is_ascii_alphanumeric() || b >= 0x80 => match word(text, at, end) {
                Some(found) => found,
                None => {
                    at += text[at..].chars().next().map_or(1, char::len_utf8);
                    continue;
                }
            },
            _ => (Kind::Mark, at + 1),
        };
        let (mut hash, mut digits) = (Hash::default(), false);
        if bytes[at..till].is_ascii() {
            for byte in &bytes[at..till] {
                digits |= byte.is_ascii_digit();
                hash.byte(byte.to_ascii_lowercase());
            }
        } else {
            for c in text[at..till].chars() {
                digits |= c.is_ascii_digit();
                hash.letter(c);
            }
        }
        into.push(Token { hash: hash.done(), start: at as u32, end: till as u32, kind, digits });
        at = till;
    }
}

/// Nearly all words: letters and digits of ASCII, and then a blank, a comma or the end of a sentence.
fn plain_word(bytes: &[u8], at: usize, end: usize) -> Option<Token> {
    let (mut hash, mut digits, mut till) = (Hash::default(), false, at);
    while till < end && bytes[till].is_ascii_alphanumeric() {
        digits |= bytes[till].is_ascii_digit();
        // Of letters and digits this is the small one.
        hash.byte(bytes[till] | 0x20);
        till += 1;
    }
    let ends = match (bytes.get(till).filter(|_| till < end), bytes.get(till + 1).filter(|_| till + 1 < end))
    {
        (None | Some(b' ' | b'\n' | b'\r'), _) => true,
        (Some(b',' | b'.'), None | Some(b' ' | b'\n' | b'\r')) => true,
        _ => false,
    };
    (till > at && ends).then(|| Token {
        hash: hash.done(),
        start: at as u32,
        end: till as u32,
        kind: Kind::Word,
        digits,
    })
}

/// What begins with a letter or digit at `at`, or with a character outside ASCII; `None`: a blank, or nothing visible.
fn word(text: &str, at: usize, end: usize) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    if matches!(bytes[at], b'h' | b'H' | b'w' | b'W') && is_link(&bytes[at..end]) {
        let stop = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"');
        let mut till = bytes[at..end].iter().position(stop).map_or(end, |n| at + n);
        // The full stop of the sentence is no part of the address.
        while matches!(bytes[till - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'\'' | b']') {
            till -= 1;
        }
        return Some((Kind::Link, till));
    }
    let mut till = at;
    for c in text[at..end].chars() {
        let next = till + c.len_utf8();
        let inside = c.is_alphanumeric()
            || matches!(c, '\'' | '\u{2019}') && joins(text, till, next, end, char::is_alphabetic)
            || matches!(c, '.' | ',') && joins(text, till, next, end, |c| c.is_ascii_digit())
            || !c.is_ascii() && is_mark_of_a_letter(c);
        if !inside {
            break;
        }
        till = next;
    }
    if till == at {
        let c = text[at..].chars().next()?;
        return (!c.is_whitespace() && !is_unseen(c)).then(|| (Kind::Mark, at + c.len_utf8()));
    }
    Some(email(bytes, at, till, end).map_or((Kind::Word, till), |till| (Kind::Email, till)))
}

fn is_link(bytes: &[u8]) -> bool {
    let starts =
        |with: &str| bytes.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
    ["http://", "https://", "www."]
        .iter()
        .any(|head| starts(head) && bytes.len() > head.len() && bytes[head.len()] > b' ')
}

fn joins(text: &str, at: usize, next: usize, end: usize, fits: impl Fn(char) -> bool) -> bool {
    text[..at].chars().next_back().is_some_and(&fits) && text[next..end].chars().next().is_some_and(&fits)
}

/// Combining marks, which stand above and below the letters of many scripts.
fn is_mark_of_a_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{900}'..='\u{903}' | '\u{93A}'..='\u{94D}')
}

/// What is not seen and joins or parts letters.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

/// Where the e-mail address ends whose first word ends at `till`.
fn email(bytes: &[u8], at: usize, till: usize, end: usize) -> Option<usize> {
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
    // Only what can still be the part before the @ is looked through, and no longer than RFC 5321 lets it be.
    let ahead = &bytes[till..end.min(at + 64).max(till)];
    let sign = till + ahead.iter().position(|b| !local(b))?;
    if bytes[sign] != b'@' {
        return None;
    }
    let host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let mut stop = bytes[sign + 1..end].iter().position(|b| !host(b)).map_or(end, |n| sign + 1 + n);
    while stop > sign + 1 && matches!(bytes[stop - 1], b'.' | b'-') {
        stop -= 1;
    }
    bytes[sign + 1..stop].contains(&b'.').then_some(stop)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        tokens(text, 0..text.len(), &mut found);
        assert_eq!(found.iter().map(|t| &text[t.range()]).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn what_is_one_token() {
        check("Don't pay $45.20, ever.", &["Don't", "pay", "$", "45.20", ",", "ever", "."]);
        check("see https://a.example/x?y=1.", &["see", "https://a.example/x?y=1", "."]);
        check("<ann.lee@mail.example.org>, hm", &["<", "ann.lee@mail.example.org", ">", ",", "hm"]);
        check("a@b", &["a", "@", "b"]);
        check("12 N. Oak St.\n#4B", &["12", "N", ".", "Oak", "St", ".", "\n", "#", "4B"]);
        check(
            "l\u{2019}\u{e9}t\u{e9} \u{2014} \u{a0}ok\u{200b}",
            &["l\u{2019}\u{e9}t\u{e9}", "\u{2014}", "ok"],
        );
        check("http://", &["http", ":", "/", "/"]);
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(hash_of("ÉCOLE"), hash_of("école"));
        assert_ne!(hash_of("oak"), hash_of("elm"));
    }

    proptest! {
        #[test]
        fn any_text(text in "\\PC{0,40}[a-z@.:/\\n\u{e9}\u{200b}]{0,30}") {
            let mut found = Vec::new();
            tokens(&text, 0..text.len(), &mut found);
            let mut at = 0;
            for token in found {
                prop_assert!(token.range().start >= at && token.end > token.start);
                at = token.range().end;
                prop_assert!(text.get(token.range()).is_some());
            }
        }
    }
}
