//! Which words lie within a few edits of a given one: all words at once, most of them by their letters alone.
//!
//! A word's letter mask says which letters it has; an edit changes at most one bit of it each way
//! ([`text::may_lie_within`]). Here the masks of the words of one length are laid crosswise: for each letter one bit a
//! word. Adding up the letters that are missing then takes a handful of instructions for 64 words, and leaves about one in
//! a hundred whose letters are to be compared. It is the whole vocabulary that is looked at, so nothing is lost by it.

use text::{Pattern, letter_mask};

use crate::similar::edits_allowed;

/// Bits of a letter mask.
const LETTERS: usize = 63;

/// Blocks of 64 words that are counted together, by instructions that take several numbers at once.
const TOGETHER: usize = 4;

/// Words that are counted together.
const WORDS_TOGETHER: usize = 64 * TOGETHER;

/// Keys of words, by their letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NearKeys {
    groups: Vec<Group>,
}

/// Keys of one length, in the order of the number of bits in their masks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    length: usize,
    /// The keys, one behind the other.
    letters: Vec<u8>,
    /// For each key, whose it is.
    words: Vec<u32>,
    /// Numbers of bits, and where the keys with so many end.
    ends: Vec<(u32, usize)>,
    /// For each letter a bit a key: 64 keys a number, the numbers of one letter behind one another.
    masks: Vec<[u64; TOGETHER]>,
}

impl NearKeys {
    /// From keys (small Latin letters and digits) and their words, in any order.
    #[must_use]
    pub fn new<'a>(keys: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut keys: Vec<(usize, u32, &str, u32)> = keys
            .into_iter()
            .filter(|(key, _)| edits_allowed(key.len()) > 0)
            .map(|(key, word)| (key.len(), letter_mask(key).count_ones(), key, word))
            .collect();
        keys.sort_unstable();
        let group = |keys: &[(usize, u32, &str, u32)]| {
            let letters = keys.iter().flat_map(|(_, _, key, _)| key.bytes()).collect();
            Group::new(keys[0].0, letters, keys.iter().map(|key| key.3).collect())
        };
        let groups = keys.chunk_by(|a, b| a.0 == b.0).map(group);
        // Keys are ASCII, as `text::fold` makes them: a key that were lost would clear whoever bears it.
        let groups = groups.map(|group| group.expect("the keys of words are ASCII")).collect();
        Self { groups }
    }

    /// The parts of each group: the length of its keys, their letters one behind the other, their words.
    pub fn parts(&self) -> impl Iterator<Item = (usize, &[u8], &[u32])> {
        self.groups.iter().map(|group| (group.length, &*group.letters, &*group.words))
    }

    /// From its parts, as [`Self::parts`] gives them; `None` where they do not fit together.
    #[must_use]
    pub fn from_parts(parts: impl IntoIterator<Item = (usize, Vec<u8>, Vec<u32>)>) -> Option<Self> {
        let groups = parts.into_iter().map(|(length, letters, words)| Group::new(length, letters, words));
        Some(Self { groups: groups.collect::<Option<_>>()? })
    }

    /// Calls for the word of each key within the edits that are allowed between it and the given one; a word of several
    /// such keys comes several times.
    pub fn within(&self, key: &str, mut each: impl FnMut(u32)) {
        let (mask, pattern) = (letter_mask(key), Pattern::new(key));
        let length = key.len();
        for group in &self.groups {
            let edits = edits_allowed(length.min(group.length));
            if edits == 0 || length.abs_diff(group.length) > edits as usize {
                continue;
            }
            group.that_may_lie_within(mask, length, edits, |place| {
                if pattern.within(group.key(place), edits).is_some() {
                    each(group.words[place]);
                }
            });
        }
    }
}

impl Group {
    fn new(length: usize, letters: Vec<u8>, words: Vec<u32>) -> Option<Self> {
        if words.is_empty() || letters.len() != length * words.len() || !letters.is_ascii() {
            return None;
        }
        let mut group = Self { length, letters, words, ends: Vec::new(), masks: Vec::new() };
        let rows = group.rows();
        let mut masks = vec![[0; TOGETHER]; LETTERS * rows];
        for place in 0..group.words.len() {
            let mut mask = letter_mask(std::str::from_utf8(group.key(place)).unwrap_or_default());
            let bits = mask.count_ones();
            match group.ends.last_mut() {
                Some((last, end)) if *last == bits => *end = place + 1,
                Some((last, _)) if *last > bits => return None,
                _ => group.ends.push((bits, place + 1)),
            }
            while mask != 0 {
                let row = mask.trailing_zeros() as usize * rows + place / WORDS_TOGETHER;
                masks[row][place / 64 % TOGETHER] |= 1 << (place % 64);
                mask &= mask - 1;
            }
        }
        group.masks = masks;
        Some(group)
    }

    /// Times that words are counted together.
    fn rows(&self) -> usize {
        self.words.len().div_ceil(WORDS_TOGETHER)
    }

    fn key(&self, place: usize) -> &[u8] {
        &self.letters[place * self.length..(place + 1) * self.length]
    }

    /// Calls for the places of the keys of which [`text::may_lie_within`] says that they may.
    ///
    /// It asks how many letters of either the other lacks. Of keys with so many bits the one follows from the other, so
    /// counting the word's letters that a key lacks is enough.
    fn that_may_lie_within(&self, mask: u64, length: usize, edits: u32, mut each: impl FnMut(usize)) {
        let beyond = edits - length.abs_diff(self.length) as u32;
        let (by_key, by_word) = if length <= self.length { (beyond, edits) } else { (edits, beyond) };
        let most = |bits: u32| Some(by_key.min((by_word + mask.count_ones()).checked_sub(bits)?));
        // Keys with too many letters come last.
        let last = self.ends.iter().take_while(|(bits, _)| most(*bits).is_some()).last();
        let Some(end) = last.map(|(_, end)| *end) else { return };
        for row in 0..end.div_ceil(WORDS_TOGETHER) {
            let counters = self.counters(row, most);
            for (block, over) in self.count_missing(mask, row, counters).into_iter().enumerate() {
                let mut found = !over;
                while found != 0 {
                    each(row * WORDS_TOGETHER + block * 64 + found.trailing_zeros() as usize);
                    found &= found - 1;
                }
            }
        }
    }

    /// Counters for the keys of a row, which begin so high that they run over at the first letter too many.
    fn counters(&self, row: usize, most: impl Fn(u32) -> Option<u32>) -> Counters {
        let mut counters = Counters { low: [0; TOGETHER], high: [0; TOGETHER], over: [u64::MAX; TOGETHER] };
        let first = self.ends.partition_point(|(_, end)| *end <= row * WORDS_TOGETHER);
        let mut start = row * WORDS_TOGETHER;
        for &(bits, end) in &self.ends[first..] {
            let row_end = (row + 1) * WORDS_TOGETHER;
            if let Some(most) = most(bits) {
                counters.begin(start..end.min(row_end), 3 - most.min(3));
            }
            start = end;
            if start >= row_end {
                break;
            }
        }
        counters
    }

    /// Of a row, a bit for each key that lacks more letters than it may.
    fn count_missing(&self, mask: u64, row: usize, counters: Counters) -> [u64; TOGETHER] {
        let Counters { mut low, mut high, mut over } = counters;
        let rows = self.rows();
        let mut letters = mask;
        while letters != 0 {
            let has = &self.masks[letters.trailing_zeros() as usize * rows + row];
            letters &= letters - 1;
            for block in 0..TOGETHER {
                let lacks = !has[block];
                let carry = low[block] & lacks;
                low[block] ^= lacks;
                over[block] |= high[block] & carry;
                high[block] ^= carry;
            }
        }
        over
    }
}

/// For each key of a row a number of two bits, and whether it ran over.
struct Counters {
    low: [u64; TOGETHER],
    high: [u64; TOGETHER],
    over: [u64; TOGETHER],
}

impl Counters {
    /// Lets the counters of some keys, all of one row, begin at a number below four.
    fn begin(&mut self, keys: std::ops::Range<usize>, number: u32) {
        let mut start = keys.start;
        while start < keys.end {
            let block = start / 64 % TOGETHER;
            let end = keys.end.min((start / 64 + 1) * 64);
            let of_keys = (u64::MAX >> (64 - (end - start))) << (start % 64);
            self.low[block] |= if number & 1 == 0 { 0 } else { of_keys };
            self.high[block] |= if number & 2 == 0 { 0 } else { of_keys };
            self.over[block] &= !of_keys;
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use text::distance_within;

    use super::*;

    fn check(keys: &[String], key: &str) {
        let near = NearKeys::new(keys.iter().zip(0..).map(|(key, n)| (&**key, n)));
        let mut found = Vec::new();
        near.within(key, |word| found.push(word));
        found.sort_unstable();
        let expected: Vec<u32> = keys
            .iter()
            .zip(0..)
            .filter(|(other, _)| {
                let edits = edits_allowed(key.len().min(other.len()));
                edits > 0 && distance_within(key, other, edits).is_some()
            })
            .map(|(_, n)| n)
            .collect();
        assert_eq!(found, expected, "{key} among {keys:?}");
        let parts = near.parts().map(|(length, letters, words)| (length, letters.to_vec(), words.to_vec()));
        assert_eq!(NearKeys::from_parts(parts), Some(near.clone()));
    }

    proptest! {
        #[test]
        fn finds_what_a_loop_finds(keys in prop::collection::vec("[a-d]{1,6}|[a-e0-1]{3,12}", 0..300), key in "[a-d]{1,6}|[a-e0-1]{3,12}") {
            check(&keys, &key);
        }
    }

    #[test]
    fn more_than_a_block() {
        let letters = b"abcdefgh";
        let keys: Vec<String> = (0..4096_usize)
            .map(|n| (0..4).map(|i| char::from(letters[n >> (3 * i) & 7])).collect())
            .collect();
        for key in ["abcd", "aaaa", "hgf", "abcde", "zzzz", "abababab"] {
            check(&keys, key);
        }
    }
}
