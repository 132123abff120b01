//! Bytes of text files to text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Whether the start of a file is text: UTF-16 with its mark, or without bytes that no text has.
pub(super) fn is_text(head: &[u8]) -> bool {
    // Controls but tab, line feed, vertical tab, form feed, carriage return, escape (of ISO 2022) and DOS's end of file.
    let binary = |b: &u8| matches!(b, 0..=8 | 14..=25 | 28..=31);
    wide(head).is_some() || !head.iter().any(binary)
}

/// The text. Lines that are no UTF-8 are read as windows-1252; the flag tells that there are some.
pub(super) fn text(bytes: &[u8]) -> (String, bool) {
    if let Some(encoding) = wide(bytes) {
        return (encoding.decode_with_bom_removal(bytes).0.into_owned(), false);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), false);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    (text, true)
}

/// The text of a web page: its mark, else what it declares in its first kilobyte (as browsers look for it), else as a text.
pub(super) fn html(bytes: &[u8]) -> (String, bool) {
    if wide(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return text(bytes);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let declared = head.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'', ' ']));
    let label = declared.and_then(|rest| rest.split(|c: char| "\"' ;/>".contains(c)).next());
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match encoding.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => (encoding.decode_without_bom_handling(bytes).0.into_owned(), false),
        None => text(bytes),
    }
}

fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let rows: &[(&[u8], &str, bool)] = &[
            (b"\xEF\xBB\xBFabc", "abc", false),
            (b"\xFF\xFEa\0b\0", "ab", false),
            (b"\xFE\xFF\0a\0b", "ab", false),
            (b"M\xFCller", "Müller", true),
            ("Müller".as_bytes(), "Müller", false),
            (b"caf\xE9", "café", true),
            (b"\xD0\x9F\n\xFC\n", "П\nü\n", true),
        ];
        for (bytes, expected, legacy) in rows {
            assert_eq!(text(bytes), ((*expected).to_owned(), *legacy), "{bytes:?}");
        }
    }

    #[test]
    fn pages() {
        let rows: &[(&[u8], &str, bool)] = &[
            (b"<meta charset=windows-1251>\xCF\xF3\xF2\xE8\xED", "<meta charset=windows-1251>Путин", false),
            (
                b"<meta content='text/html; charset=koi8-r'>\xF0",
                "<meta content='text/html; charset=koi8-r'>П",
                false,
            ),
            (b"<meta charset=\"utf-8\">\xFC", "<meta charset=\"utf-8\">ü", true),
            ("<meta charset=koi8-r>П".as_bytes(), "<meta charset=koi8-r>П", false),
        ];
        for (bytes, expected, legacy) in rows {
            assert_eq!(html(bytes), ((*expected).to_owned(), *legacy), "{expected}");
        }
    }
}
