//! Bytes to text: UTF-8, UTF-16 by its mark, and windows-1252 for the lines that are neither.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The bytes in an ASCII-compatible encoding, without byte order mark and without the 0x1A and blanks at the end.
pub(crate) fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = match bytes {
        [0xFF, 0xFE, rest @ ..] => Some(UTF_16LE.decode_without_bom_handling(rest).0),
        [0xFE, 0xFF, rest @ ..] => Some(UTF_16BE.decode_without_bom_handling(rest).0),
        _ => None,
    };
    if let Some(text) = wide {
        let text = text.into_owned().into_bytes();
        let end = trimmed(&text);
        let mut text = text;
        text.truncate(end);
        return Cow::Owned(text);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    Cow::Borrowed(&bytes[..trimmed(bytes)])
}

/// An XML file in UTF-8: as it is, by its byte order mark, or by the encoding that it declares (windows-1252 where that is
/// unknown and the bytes are no UTF-8).
pub(crate) fn xml(bytes: &[u8]) -> Cow<'_, [u8]> {
    let plain = plain(bytes);
    if std::str::from_utf8(&plain).is_ok() {
        return plain;
    }
    let head = String::from_utf8_lossy(&plain[..plain.len().min(200)]).into_owned();
    let declared = head.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        encoding_rs::Encoding::for_label(rest[1..].split(quote).next()?.as_bytes())
    });
    let declared = declared.filter(|declared| *declared != encoding_rs::UTF_8).unwrap_or(WINDOWS_1252);
    Cow::Owned(declared.decode_without_bom_handling(&plain).0.into_owned().into_bytes())
}

/// Length without the end mark of DOS files and blanks.
fn trimmed(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|b| !(b.is_ascii_whitespace() || *b == 0x1A)).map_or(0, |last| last + 1)
}

/// The text of some bytes; the flag tells that they were no UTF-8 and were read as windows-1252.
#[must_use]
pub fn text(piece: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(piece) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (Cow::Owned(WINDOWS_1252.decode_without_bom_handling(piece).0.into_owned()), true),
    }
}

/// The text of a whole file: UTF-8, UTF-16 by its mark, or windows-1252, which the flag tells.
#[must_use]
pub fn file(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match plain(bytes) {
        Cow::Borrowed(bytes) => text(bytes),
        Cow::Owned(bytes) => {
            let (text, legacy) = text(&bytes);
            (Cow::Owned(text.into_owned()), legacy)
        }
    }
}

/// The warning about lines read as windows-1252.
pub(crate) fn legacy_warning(file: &str, lines: usize) -> Option<String> {
    (lines > 0).then(|| {
        format!(
            "{file}: {lines} line(s) are no UTF-8 and were read as windows-1252: check letters with accents"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let rows: [(&[u8], &str, bool); 7] = [
            (b"abc", "abc", false),
            (b"\xEF\xBB\xBFabc\r\n\x1A", "abc", false),
            (b"\xFF\xFEa\0b\0\n\0", "ab", false),
            (b"\xFE\xFF\0a\0b", "ab", false),
            (b"M\xFCller", "Müller", true),
            ("Müller".as_bytes(), "Müller", false),
            (b"\x1A", "", false),
        ];
        for (bytes, expected, legacy) in rows {
            let plain = plain(bytes);
            assert_eq!(text(&plain), (Cow::Borrowed(expected), legacy), "{bytes:?}");
            assert_eq!(file(bytes), (Cow::Borrowed(expected), legacy), "{bytes:?}");
        }
    }
}
