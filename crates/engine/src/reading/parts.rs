//! Plain text of any length and encoding, part by part.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes of a part, about. Short names are understood from the part that they stand in and those before; a report, a
/// book's chapter is one part.
const PART: usize = 4 << 20;

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 16;

pub(super) struct Parts<R> {
    from: R,
    decoder: Option<Decoder>,
    /// Text that is not given yet.
    text: String,
    /// How much of it was given last.
    given: usize,
    ended: bool,
    warning: Option<&'static str>,
}

impl<R: Read> Parts<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, decoder: None, text: String::new(), given: 0, ended: false, warning: None }
    }

    /// What was made of bytes that are no text in the encoding.
    pub(super) fn warning(&self) -> Option<&'static str> {
        self.warning
    }

    /// The next part: it ends where a paragraph does, else where a line or a word does.
    pub(super) fn next(&mut self) -> io::Result<Option<&str>> {
        self.text.drain(..self.given);
        self.given = 0;
        let mut chunk = vec![0; CHUNK];
        while !self.ended && self.text.len() < PART {
            let read = loop {
                match self.from.read(&mut chunk) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    read => break read?,
                }
            };
            self.ended = read == 0;
            self.decode(&chunk[..read]);
        }
        let end = if self.ended { self.text.len() } else { end_of_part(&self.text) };
        self.given = end;
        Ok((end > 0).then(|| &self.text[..end]))
    }

    fn decode(&mut self, bytes: &[u8]) {
        let decoder = self.decoder.get_or_insert_with(|| {
            let encoding = match bytes {
                [0xFF, 0xFE, ..] => UTF_16LE,
                [0xFE, 0xFF, ..] => UTF_16BE,
                // The end of what was read may cut a character.
                bytes => match std::str::from_utf8(bytes) {
                    Err(e) if e.error_len().is_some() => WINDOWS_1252,
                    _ => UTF_8,
                },
            };
            encoding.new_decoder()
        });
        let most = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
        self.text.reserve(most);
        let (_, _, replaced) = decoder.decode_to_string(bytes, &mut self.text, self.ended);
        if replaced {
            self.warning = Some("some bytes are no text in its encoding; they stand as \u{FFFD}");
        }
    }
}

fn end_of_part(text: &str) -> usize {
    let at = text.rfind("\n\n").map(|at| at + 2).or_else(|| text.rfind('\n').map(|at| at + 1));
    at.or_else(|| text.rfind(' ').map(|at| at + 1)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> (Vec<usize>, String, bool) {
        let mut parts = Parts::new(bytes);
        let (mut lengths, mut text) = (Vec::new(), String::new());
        while let Some(part) = parts.next().unwrap() {
            lengths.push(part.len());
            text += part;
        }
        (lengths, text, parts.warning().is_some())
    }

    #[test]
    fn every_encoding_comes_out_whole() {
        let utf16: Vec<u8> = "\u{FEFF}Łukaszenka".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let rows: [(&[u8], &str, bool); 5] = [
            (b"", "", false),
            ("Кашиан".as_bytes(), "Кашиан", false),
            (b"M\xFCller", "Müller", false),
            (&utf16, "Łukaszenka", false),
            ("\u{FEFF}text".as_bytes(), "text", false),
        ];
        for (bytes, text, warned) in rows {
            let read = all(bytes);
            assert_eq!((&*read.1, read.2), (text, warned));
        }
    }

    #[test]
    fn long_texts_come_in_parts_that_end_with_paragraphs() {
        let paragraph = "Sajjad Kashian was charged.\nSo was another.\n\n";
        let text = paragraph.repeat(3 * PART / paragraph.len());
        let (lengths, whole, _) = all(text.as_bytes());
        assert_eq!(whole, text);
        assert!(
            lengths.len() >= 3 && lengths.iter().all(|length| length % paragraph.len() == 0),
            "{lengths:?}"
        );
    }
}
