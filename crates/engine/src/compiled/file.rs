//! The file: a magic number, a version, a header that says what follows, sections with a checksum each.
//!
//! ```text
//! bytes 0..8    "IDICTIDX"
//!       8..12   version of the format
//!       12..16  bytes of the header
//!       16..24  XXH3 of the header
//!       24..    header: JSON
//!       then    the sections in the order of the header, each from a multiple of eight bytes on
//! ```
//!
//! Numbers are little-endian. These first 24 bytes and the header's being JSON with a list of `lists` that have a `source`
//! hold for every version: whatever else changes, a file says from what it can be made again.

use std::io::{Read, Write};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::header::Header;

/// The first bytes of every compiled file.
pub(super) const MAGIC: &[u8; 8] = b"IDICTIDX";

/// The version that is written, and the only one that is read: an index is made again in half a second.
pub(super) const VERSION: u32 = 1;

/// Most bytes of a header: the report of a list with a million rows that could not be read.
const MOST_HEADER: u32 = 1 << 28;

/// A section, as the header names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) xxh3: String,
}

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no such file.
    NotCompiled,
    /// Another version of the format.
    Version(u32),
    /// Another engine's rules: it holds what they made of the names.
    Rules,
    /// It is not what was written.
    Damaged,
}

/// Sections to be written, in order.
#[derive(Default)]
pub(super) struct Sections {
    contents: Vec<(String, Vec<u8>)>,
}

impl Sections {
    pub(super) fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.contents.push((name.into(), bytes));
    }

    pub(super) fn add_u32(&mut self, name: impl Into<String>, numbers: &[u32]) {
        self.add(name, numbers.iter().flat_map(|n| n.to_le_bytes()).collect());
    }

    pub(super) fn add_u64(&mut self, name: impl Into<String>, numbers: &[u64]) {
        self.add(name, numbers.iter().flat_map(|n| n.to_le_bytes()).collect());
    }

    /// Writes the file. Returns its size in bytes.
    pub(super) fn write(self, mut header: Header, out: &mut impl Write) -> std::io::Result<u64> {
        let section = |(name, bytes): &(String, Vec<u8>)| Section {
            name: name.clone(),
            bytes: bytes.len() as u64,
            xxh3: checksum(bytes),
        };
        header.sections = self.contents.iter().map(section).collect();
        let header = serde_json::to_vec(&header)?;
        let length = u32::try_from(header.len()).ok().filter(|length| *length <= MOST_HEADER);
        let length = length.ok_or_else(|| std::io::Error::other("the list's report is too long"))?;
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&xxh3_64(&header).to_le_bytes())?;
        out.write_all(&header)?;
        let mut written = 24 + header.len() as u64;
        for (_, bytes) in &self.contents {
            let gap = padding(written);
            out.write_all(&[0; 8][..gap])?;
            out.write_all(bytes)?;
            written += gap as u64 + bytes.len() as u64;
        }
        Ok(written)
    }
}

fn padding(written: u64) -> usize {
    (written.wrapping_neg() % 8) as usize
}

fn checksum(bytes: &[u8]) -> String {
    shown(xxh3_64(bytes))
}

fn shown(hash: u64) -> String {
    format!("{hash:016x}")
}

/// A file that is being read. Nothing of it is believed before its checksum was seen.
pub(super) struct Reader<R> {
    input: R,
    read: u64,
    sections: std::vec::IntoIter<Section>,
}

/// The version of a file and its header as JSON. The header is that of any version.
pub(super) fn open<R: Read>(mut input: R) -> Result<(u32, Vec<u8>, R), Refusal> {
    let mut start = [0; 24];
    input.read_exact(&mut start).map_err(|_| Refusal::NotCompiled)?;
    let [magic, version_and_length, hash] = start.as_chunks::<8>().0 else {
        return Err(Refusal::NotCompiled);
    };
    if magic != MAGIC {
        return Err(Refusal::NotCompiled);
    }
    let [v0, v1, v2, v3, l0, l1, l2, l3] = *version_and_length;
    let (version, length) = (u32::from_le_bytes([v0, v1, v2, v3]), u32::from_le_bytes([l0, l1, l2, l3]));
    let mut header = Vec::new();
    (&mut input)
        .take(u64::from(length.min(MOST_HEADER)))
        .read_to_end(&mut header)
        .map_err(|_| Refusal::Damaged)?;
    if header.len() != length as usize || xxh3_64(&header) != u64::from_le_bytes(*hash) {
        return Err(Refusal::Damaged);
    }
    Ok((version, header, input))
}

impl<R: Read> Reader<R> {
    /// Behind the header, so many bytes into the file.
    pub(super) fn new(input: R, read: u64, sections: Vec<Section>) -> Self {
        Self { input, read, sections: sections.into_iter() }
    }

    /// The next section, which must be of that name. Its bytes are next.
    fn begin(&mut self, name: &str) -> Result<Section, Refusal> {
        let section = self.sections.next().filter(|section| section.name == name).ok_or(Refusal::Damaged)?;
        let gap = padding(self.read);
        let mut between = [0; 8];
        self.input.read_exact(&mut between[..gap]).map_err(|_| Refusal::Damaged)?;
        self.read = self.read.saturating_add(gap as u64).saturating_add(section.bytes);
        if between == [0; 8] { Ok(section) } else { Err(Refusal::Damaged) }
    }

    /// A section as it is.
    pub(super) fn next(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let section = self.begin(name)?;
        let mut bytes = room(section.bytes)?;
        (&mut self.input).take(section.bytes).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
        let whole = bytes.len() as u64 == section.bytes && checksum(&bytes) == section.xxh3;
        if whole { Ok(bytes) } else { Err(Refusal::Damaged) }
    }

    /// A section of 32-bit numbers.
    pub(super) fn next_u32(&mut self, name: &str) -> Result<Vec<u32>, Refusal> {
        self.numbers(name, u32::from_le_bytes)
    }

    /// A section of 64-bit numbers.
    pub(super) fn next_u64(&mut self, name: &str) -> Result<Vec<u64>, Refusal> {
        self.numbers(name, u64::from_le_bytes)
    }

    fn numbers<const N: usize, T>(
        &mut self,
        name: &str,
        of: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, Refusal> {
        let section = self.begin(name)?;
        if section.bytes % N as u64 != 0 {
            return Err(Refusal::Damaged);
        }
        let mut numbers = room(section.bytes / N as u64)?;
        let (mut seen, mut left, mut some) = (Xxh3::new(), section.bytes, [0; AT_ONCE]);
        while left > 0 {
            let some = &mut some[..left.min(AT_ONCE as u64) as usize];
            self.input.read_exact(some).map_err(|_| Refusal::Damaged)?;
            seen.update(some);
            numbers.extend(some.as_chunks().0.iter().map(|bytes| of(*bytes)));
            left -= some.len() as u64;
        }
        if shown(seen.digest()) == section.xxh3 { Ok(numbers) } else { Err(Refusal::Damaged) }
    }

    /// Whether that was all: bytes behind the last section nobody wrote.
    pub(super) fn end(mut self) -> Result<(), Refusal> {
        let more = self.input.read(&mut [0]).map_err(|_| Refusal::Damaged)? > 0;
        if more || self.sections.len() > 0 { Err(Refusal::Damaged) } else { Ok(()) }
    }
}

/// Bytes of numbers that are read at once: a multiple of the longest number.
const AT_ONCE: usize = 1 << 14;

/// An empty list with room for so many. A damaged length must not ask for memory that the file has no bytes for.
fn room<T>(count: u64) -> Result<Vec<T>, Refusal> {
    let mut list = Vec::new();
    list.try_reserve_exact(count.min(1 << 22) as usize).map_err(|_| Refusal::Damaged)?;
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a file claims to hold asks for no memory, what it holds does.
    #[test]
    fn claims() {
        for count in [0, 1, 1 << 22, 1 << 32, 1 << 60, u64::MAX] {
            let list: Vec<u8> = room(count).unwrap();
            assert!(list.capacity() <= 1 << 22, "{count}: {}", list.capacity());
        }
        let section = |bytes| vec![Section { name: "s".to_owned(), bytes, xxh3: checksum(&[0; 16]) }];
        let reader = |bytes| Reader::new(&[0; 16][..], 0, section(bytes));
        assert_eq!(reader(16).next("s"), Ok(vec![0; 16]));
        assert_eq!(reader(16).next_u32("s"), Ok(vec![0; 4]));
        assert_eq!(reader(16).next("other"), Err(Refusal::Damaged));
        for bytes in [0, 1, 8, 15, 17, 24, 1 << 60, u64::MAX - 7, u64::MAX] {
            assert_eq!(reader(bytes).next("s"), Err(Refusal::Damaged), "{bytes}");
            assert_eq!(reader(bytes).next_u32("s"), Err(Refusal::Damaged), "{bytes}");
            assert_eq!(reader(bytes).next_u64("s"), Err(Refusal::Damaged), "{bytes}");
        }
        let mut start = [&MAGIC[..], &VERSION.to_le_bytes()].concat();
        for length in [0, 1, MOST_HEADER, u32::MAX] {
            start.truncate(12);
            start.extend(length.to_le_bytes());
            start.extend([7; 20]);
            assert_eq!(open(&start[..]).err(), Some(Refusal::Damaged), "{length}");
        }
    }
}
