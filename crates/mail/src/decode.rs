//! Bytes of parts: transfer encodings and character sets, both as lenient as mail is careless.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;

/// How a part's bytes were made fit for transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transfer {
    /// 7bit, 8bit, binary.
    Identity,
    Base64,
    QuotedPrintable,
}

impl Transfer {
    pub(crate) fn of(encoding: &str) -> Self {
        match encoding.trim() {
            name if name.eq_ignore_ascii_case("base64") => Self::Base64,
            name if name.eq_ignore_ascii_case("quoted-printable") => Self::QuotedPrintable,
            _ => Self::Identity,
        }
    }

    /// The content; the flag tells that the bytes are not what the encoding allows, and were read as far as they can be.
    pub(crate) fn decode(self, bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
        match self {
            Self::Identity => (Cow::Borrowed(bytes), false),
            Self::Base64 => match base64_decode(bytes) {
                Some(content) => (Cow::Owned(content), false),
                None => {
                    let valid = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
                    let valid: Vec<u8> = bytes.iter().filter(valid).copied().collect();
                    (Cow::Owned(base64_decode(&valid).unwrap_or_default()), true)
                }
            },
            Self::QuotedPrintable => {
                let (content, faulty) = quoted_printable(bytes);
                (Cow::Owned(content), faulty)
            }
        }
    }
}

/// RFC 2045, 6.7. An `=` that encodes nothing stands for itself, as its robustness note has it: mail that was written by hand
/// is full of them, and a name must not be lost for one.
fn quoted_printable(bytes: &[u8]) -> (Vec<u8>, bool) {
    let (mut out, mut faulty) = (Vec::with_capacity(bytes.len()), false);
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let (text, end) = match line {
            [text @ .., b'\r', b'\n'] => (text, &b"\r\n"[..]),
            [text @ .., b'\n'] => (text, &b"\n"[..]),
            text => (text, &b""[..]),
        };
        let mut rest = text.trim_ascii_end();
        let soft = rest.last() == Some(&b'=');
        if soft {
            rest = &rest[..rest.len() - 1];
        }
        while let Some((&byte, tail)) = rest.split_first() {
            rest = tail;
            let hex = |b: u8| char::from(b).to_digit(16);
            match (byte, tail) {
                (b'=', [high, low, tail @ ..]) => match (hex(*high), hex(*low)) {
                    (Some(high), Some(low)) => {
                        out.push((high * 16 + low) as u8);
                        rest = tail;
                    }
                    _ => {
                        out.push(byte);
                        faulty = true;
                    }
                },
                _ => {
                    out.push(byte);
                    faulty |= byte == b'=';
                }
            }
        }
        if !soft {
            out.extend_from_slice(end);
        }
    }
    (out, faulty)
}

/// The text of a part in the character set that it declares. Without one, or with one that says ASCII and does not keep to
/// it: UTF-8 where it is UTF-8, else windows-1252. The flag tells that the set is unknown.
pub(crate) fn text(bytes: &[u8], charset: Option<&str>) -> (String, bool) {
    let Some(label) = charset.map(str::trim).filter(|label| !label.is_empty()) else {
        return (legacy(bytes), false);
    };
    if ["us-ascii", "ascii"].iter().any(|ascii| label.eq_ignore_ascii_case(ascii)) {
        return (legacy(bytes), false);
    }
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding == UTF_8 => (legacy(bytes), false),
        Some(encoding) => (encoding.decode_without_bom_handling(bytes).0.into_owned(), false),
        // Sets of mail that are none of the web: utf-7, cp850.
        None => match charset_decoder(label.as_bytes()) {
            Some(decoder) => (decoder(bytes), false),
            None => (legacy(bytes), true),
        },
    }
}

/// UTF-8 where it is UTF-8, else windows-1252.
pub(crate) fn legacy(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfer_encodings() {
        let rows: &[(&str, &[u8], &[u8], bool)] = &[
            ("8bit", b"a=3D", b"a=3D", false),
            ("BASE64", b"U2hp\r\ncmlua2Fy", b"Shirinkar", false),
            ("base64", b"U2hp*cmlua2Fy", b"Shirinkar", true),
            ("base64", b"U2hpc", b"Shi", false),
            ("Quoted-Printable", b"Sh=69rin=\r\nkar=20 \t\r\n", b"Shirinkar \r\n", false),
            ("quoted-printable", b"a = b =ZZ=4", b"a = b =ZZ=4", true),
            ("quoted-printable", b"=", b"", false),
            ("quoted-printable", b"", b"", false),
        ];
        for (encoding, bytes, content, faulty) in rows {
            let read = Transfer::of(encoding).decode(bytes);
            assert_eq!((&*read.0, read.1), (*content, *faulty), "{encoding} {bytes:?}");
        }
    }

    #[test]
    fn character_sets() {
        let rows: &[(Option<&str>, &[u8], &str, bool)] = &[
            (None, "Müller".as_bytes(), "Müller", false),
            (None, b"M\xFCller", "Müller", false),
            (Some("us-ascii"), b"M\xFCller", "Müller", false),
            (Some("utf-8"), b"M\xFCller", "Müller", false),
            (Some("windows-1251"), b"\xCF\xF3\xF2\xE8\xED", "Путин", false),
            (Some("koi8-r"), b"\xF0\xD5\xD4\xC9\xCE", "Путин", false),
            (Some("windows-1256"), b"\xDF\xC7\xD9\xE3\xED", "كاظمي", false),
            (Some("utf-7"), b"M+APw-ller", "Müller", false),
            (Some("x-nobody-knows"), b"abc", "abc", true),
        ];
        for (charset, bytes, expected, unknown) in rows {
            assert_eq!(text(bytes, *charset), ((*expected).to_owned(), *unknown), "{charset:?}");
        }
    }
}
