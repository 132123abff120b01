//! Texts by number: each is kept once, one behind the other.

use std::hash::Hasher;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;

/// Texts, each with a number from 0 on. The table holds numbers alone: ten million ids are told apart by their bytes, which
/// lie once, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    numbers: HashTable<u32>,
    ends: Vec<usize>,
    bytes: Vec<u8>,
}

impl Interner {
    /// The number of a text, a new one if it is new. Past 2^32 texts all are taken for the last: by then there is no memory.
    pub(crate) fn intern(&mut self, text: &[u8]) -> u32 {
        let Self { numbers, ends, bytes } = self;
        let known = |n: &u32| between(ends, bytes, *n);
        match numbers.entry(hash(text), |n| known(n) == text, |n| hash(known(n))) {
            Entry::Occupied(there) => *there.get(),
            Entry::Vacant(free) => {
                let n = u32::try_from(ends.len()).unwrap_or(u32::MAX);
                free.insert(n);
                bytes.extend_from_slice(text);
                ends.push(bytes.len());
                n
            }
        }
    }

    /// The text of a number; empty for one that was never given.
    pub(crate) fn get(&self, n: u32) -> &[u8] {
        between(&self.ends, &self.bytes, n)
    }

    /// Forgets how to find numbers, and keeps the texts: no text is added any more.
    pub(crate) fn seal(&mut self) {
        self.numbers = HashTable::new();
        self.ends.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }

    /// Bytes that it takes, about.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes.len() + self.ends.len() * (size_of::<usize>() + 2 * size_of::<u32>())
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number, for people.
    pub(crate) fn text(&self, n: u32) -> String {
        String::from_utf8_lossy(self.get(n)).into_owned()
    }
}

fn between<'b>(ends: &[usize], bytes: &'b [u8], n: u32) -> &'b [u8] {
    let n = n as usize;
    let Some(&end) = ends.get(n) else { return b"" };
    let start = n.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start..end]
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
