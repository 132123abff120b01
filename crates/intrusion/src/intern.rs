//! Texts by number: each is kept once, one behind the other.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

/// Texts, each with a number from 0 on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    by_hash: FxHashMap<u64, u32>,
    ends: Vec<usize>,
    bytes: Vec<u8>,
}

impl Interner {
    /// The number of a text, a new one if it is new. Past 2^32 texts all are taken for the last: by then there is no memory.
    pub(crate) fn intern(&mut self, text: &[u8]) -> u32 {
        let mut hash = hash(text);
        loop {
            match self.by_hash.get(&hash) {
                Some(&n) if self.get(n) == text => return n,
                // Two texts of one hash: the next place.
                Some(_) => hash = hash.wrapping_add(0x9E37_79B9_7F4A_7C15),
                None => break,
            }
        }
        let n = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.by_hash.insert(hash, n);
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        n
    }

    /// The text of a number; empty for one that was never given.
    pub(crate) fn get(&self, n: u32) -> &[u8] {
        let n = n as usize;
        let Some(&end) = self.ends.get(n) else { return b"" };
        let start = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..end]
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number, for people.
    pub(crate) fn text(&self, n: u32) -> String {
        String::from_utf8_lossy(self.get(n)).into_owned()
    }
}

/// A hash that is the same in every run.
pub(crate) fn hash(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Interner;

    #[test]
    fn each_text_once() {
        let mut texts = Interner::default();
        let numbers: Vec<u32> = ["a", "", "bc", "a", "bc"].map(|t| texts.intern(t.as_bytes())).to_vec();
        assert_eq!(numbers, [0, 1, 2, 0, 2]);
        assert_eq!(
            (texts.get(0), texts.get(1), texts.get(2), texts.get(9)),
            (&b"a"[..], &b""[..], &b"bc"[..], &b""[..])
        );
    }
}
