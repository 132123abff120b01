//! A value as the program behind the server may have seen it.

use std::borrow::Cow;

use crate::parse::byte;

/// The forms of a value: as it was sent, `+` as a blank and `%HH` decoded, decoded once more, and with HTML's entities
/// decoded. Each form once. Attackers encode twice where a filter decodes once.
pub(crate) fn forms(raw: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let mut forms = vec![Cow::Borrowed(raw)];
    let once = percent(raw, true);
    let twice = percent(&once, false).into_owned();
    let entities = entities(&twice).into_owned();
    for form in [once.into_owned(), twice, entities] {
        if forms.iter().all(|other| **other != form) {
            forms.push(Cow::Owned(form));
        }
    }
    forms
}

/// `%HH` decoded, and `+` as a blank where it is a form's value. A percent sign without two digits stays; `%uHHHH`, which
/// IIS decodes, is the character if it is one of ASCII.
pub(crate) fn percent(text: &[u8], plus: bool) -> Cow<'_, [u8]> {
    if !text.iter().any(|b| *b == b'%' || (plus && *b == b'+')) {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&b, after)) = rest.split_first() {
        rest = after;
        match (b, after) {
            (b'+', _) if plus => out.push(b' '),
            (b'%', [b'u' | b'U', b'0', b'0', a, b, ..]) | (b'%', [a, b, ..]) if byte(*a, *b).is_some() => {
                out.extend(byte(*a, *b));
                rest = &after[if matches!(after[0], b'u' | b'U') { 5 } else { 2 }..];
            }
            _ => out.push(b),
        }
    }
    Cow::Owned(out)
}

/// `&lt;`, `&#60;` and `&#x3c;` as the character, for characters of ASCII.
fn entities(text: &[u8]) -> Cow<'_, [u8]> {
    const NAMES: [(&[u8], u8); 11] = [
        (b"lt", b'<'),
        (b"gt", b'>'),
        (b"amp", b'&'),
        (b"quot", b'"'),
        (b"apos", b'\''),
        (b"colon", b':'),
        (b"lpar", b'('),
        (b"rpar", b')'),
        (b"tab", b'\t'),
        (b"newline", b'\n'),
        (b"sol", b'/'),
    ];
    if memchr::memchr(b'&', text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&b, after)) = rest.split_first() {
        rest = after;
        if b != b'&' {
            out.push(b);
            continue;
        }
        let length = after.iter().take(10).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        let name = after[..length].to_ascii_lowercase();
        let character = match name.strip_prefix(b"#") {
            Some([b'x', digits @ ..]) => number(digits, 16),
            Some(digits) => number(digits, 10),
            None => NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
        };
        // Browsers take a number without its semicolon too.
        let closed = after.get(length) == Some(&b';');
        match character {
            Some(character) if closed || name.starts_with(b"#") => {
                out.push(character);
                rest = &after[length + usize::from(closed)..];
            }
            _ => out.push(b),
        }
    }
    Cow::Owned(out)
}

fn number(digits: &[u8], base: u32) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    u32::from_str_radix(text, base).ok().and_then(|n| u8::try_from(n).ok()).filter(u8::is_ascii)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(raw: &str, expected: &[&str]) {
        let forms: Vec<String> =
            forms(raw.as_bytes()).iter().map(|f| String::from_utf8_lossy(f).into_owned()).collect();
        assert_eq!(forms, expected, "{raw}");
    }

    #[test]
    fn forms_of_values() {
        check("O'Brien", &["O'Brien"]);
        check("a+b%27", &["a+b%27", "a b'"]);
        check("%2527", &["%2527", "%27", "'"]);
        check("100%", &["100%"]);
        check("%u0027%zz", &["%u0027%zz", "'%zz"]);
        check("&lt;a&#62;&#x3c;b &amp c &#60", &["&lt;a&#62;&#x3c;b &amp c &#60", "<a><b &amp c <"]);
    }

    proptest! {
        #[test]
        fn never_panics(raw in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'%'), Just(b'&'), Just(b'#'), Just(b'u'), Just(b'0')], 0..60)) {
            let _forms = forms(&raw);
        }
    }
}
