//! Values under keys, flat: what an index is made of.

use std::fmt;
use std::ops::Range;

/// Values under 64-bit keys, sorted and in one piece of memory. It is built once, and can be written to a file and read
/// back as it lies.
///
/// Keys are hashes, so two different things may share one: what is found is to be tested, never to be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postings<V> {
    /// For the highest bits of a key, the first place in `keys` with them; one more for the end.
    directory: Vec<u32>,
    keys: Vec<u64>,
    /// For each key its first place in `values`; one more for the end.
    starts: Vec<u32>,
    values: Vec<V>,
}

impl<V: Copy + Ord> Postings<V> {
    /// From pairs in any order, some perhaps twice.
    #[must_use]
    pub fn new(mut pairs: Vec<(u64, V)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let (mut keys, mut starts): (Vec<u64>, Vec<u32>) = (Vec::new(), Vec::new());
        for (place, (key, _)) in pairs.iter().enumerate() {
            if keys.last() != Some(key) {
                keys.push(*key);
                starts.push(place as u32);
            }
        }
        starts.push(pairs.len() as u32);
        keys.shrink_to_fit();
        starts.shrink_to_fit();
        let values = pairs.iter().map(|(_, value)| *value).collect();
        Self { directory: directory(&keys), keys, starts, values }
    }

    /// From its parts, as [`Self::parts`] gives them; `None` where they do not fit together.
    #[must_use]
    pub fn from_parts(keys: Vec<u64>, starts: Vec<u32>, values: Vec<V>) -> Option<Self> {
        let whole = starts.len() == keys.len() + 1
            && keys.is_sorted_by(|a, b| a < b)
            && starts.is_sorted()
            && starts.first() == Some(&0)
            && starts.last().is_some_and(|end| *end as usize == values.len())
            && starts
                .windows(2)
                .all(|list| values[list[0] as usize..list[1] as usize].is_sorted_by(|a, b| a < b));
        whole.then(|| Self { directory: directory(&keys), keys, starts, values })
    }
}

impl<V> Postings<V> {
    /// Keys in rising order, for each the place of its first value and one more for the end, values.
    #[must_use]
    pub fn parts(&self) -> (&[u64], &[u32], &[V]) {
        (&self.keys, &self.starts, &self.values)
    }

    /// The values under a key, in rising order.
    #[must_use]
    pub fn get(&self, key: u64) -> &[V] {
        &self.values[self.range(key)]
    }

    /// Where the values under a key stand among all values.
    #[must_use]
    pub fn range(&self, key: u64) -> Range<usize> {
        let bucket = bucket(key, self.directory.len() - 1);
        let mut place = self.directory[bucket] as usize;
        let end = self.directory[bucket + 1] as usize;
        while place < end {
            if self.keys[place] == key {
                return self.starts[place] as usize..self.starts[place + 1] as usize;
            }
            place += 1;
        }
        0..0
    }
}

/// As many buckets as keys, more or less: keys are evenly spread, so one is seldom in the way of another.
fn directory(keys: &[u64]) -> Vec<u32> {
    let buckets = keys.len().next_power_of_two();
    let mut directory = vec![0; buckets + 1];
    for key in keys {
        directory[bucket(*key, buckets) + 1] += 1;
    }
    let mut sum = 0;
    for start in &mut directory {
        sum += *start;
        *start = sum;
    }
    directory
}

/// The highest bits of a key; the number of buckets is a power of two.
fn bucket(key: u64, buckets: usize) -> usize {
    ((u128::from(key) * buckets as u128) >> 64) as usize
}

/// A key for some bytes: FNV-1a, its bits spread (the last step of SplitMix64). The same on every machine and in every
/// version, because it stands in files.
#[must_use]
pub fn key_of(kind: u8, bytes: impl IntoIterator<Item = u8>) -> u64 {
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut key = bytes.into_iter().fold(fnv(0xcbf2_9ce4_8422_2325, kind), fnv);
    key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

/// Lists of numbers by number, flat.
#[derive(Clone, PartialEq, Eq)]
pub struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { starts: vec![0], values: Vec::new() }
    }
}

impl fmt::Debug for Lists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.len()).map(|n| self.get(n as u32))).finish()
    }
}

impl Lists {
    /// The values of each key below `keys`, each list in the order of the pairs.
    #[must_use]
    pub fn by_key(keys: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; keys + 1];
        for (key, _) in pairs {
            starts[*key as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut values = vec![0; pairs.len()];
        for (key, value) in pairs {
            let place = &mut next[*key as usize];
            values[*place as usize] = *value;
            *place += 1;
        }
        Self { starts, values }
    }

    /// One more list.
    pub fn push(&mut self, values: impl IntoIterator<Item = u32>) {
        self.values.extend(values);
        self.starts.push(self.values.len() as u32);
    }

    /// From its parts, as [`Self::parts`] gives them; `None` where they do not fit together.
    #[must_use]
    pub fn from_parts(starts: Vec<u32>, values: Vec<u32>) -> Option<Self> {
        let whole = starts.is_sorted()
            && starts.first() == Some(&0)
            && starts.last().is_some_and(|end| *end as usize == values.len());
        whole.then_some(Self { starts, values })
    }

    /// For each list the place of its first value and one more for the end, values.
    #[must_use]
    pub fn parts(&self) -> (&[u32], &[u32]) {
        (&self.starts, &self.values)
    }

    /// How many lists there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A list.
    ///
    /// # Panics
    /// There is none of that number.
    #[must_use]
    pub fn get(&self, list: u32) -> &[u32] {
        &self.values[self.range(list)]
    }

    /// Where a list stands among all values.
    ///
    /// # Panics
    /// There is none of that number.
    #[must_use]
    pub fn range(&self, list: u32) -> Range<usize> {
        let list = list as usize;
        self.starts[list] as usize..self.starts[list + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_map_of_sets(pairs in prop::collection::vec((any::<u64>().prop_map(|k| k % 40 * (u64::MAX / 40)), 0..9_u32), 0..60)) {
            let mut map: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
            for (key, value) in &pairs {
                map.entry(*key).or_default().insert(*value);
            }
            let postings = Postings::new(pairs);
            for key in (0..41).map(|k| k * (u64::MAX / 40)) {
                let expected: Vec<u32> = map.get(&key).into_iter().flatten().copied().collect();
                prop_assert_eq!(postings.get(key), &expected[..]);
            }
            let (keys, starts, values) = postings.parts();
            prop_assert_eq!(Postings::from_parts(keys.to_vec(), starts.to_vec(), values.to_vec()), Some(postings));
        }

        #[test]
        fn lists_by_key(pairs in prop::collection::vec((0..7_u32, 0..9_u32), 0..40)) {
            let lists = Lists::by_key(7, &pairs);
            let mut pushed = Lists::default();
            for key in 0..7 {
                let expected: Vec<u32> = pairs.iter().filter(|p| p.0 == key).map(|p| p.1).collect();
                prop_assert_eq!(lists.get(key), &expected[..]);
                pushed.push(expected);
            }
            prop_assert_eq!(&lists, &pushed);
            let (starts, values) = lists.parts();
            prop_assert_eq!(Lists::from_parts(starts.to_vec(), values.to_vec()), Some(lists.clone()));
        }
    }

    #[test]
    fn parts_that_do_not_fit() {
        assert_eq!(Lists::from_parts(vec![0, 3], vec![1]), None);
        assert_eq!(Lists::from_parts(vec![0, 2, 1, 2], vec![1, 2]), None);
        assert_eq!(Lists::from_parts(vec![], vec![]), None);
        assert_eq!(Postings::from_parts(vec![2, 1], vec![0, 1, 2], vec![1, 2]), None);
        assert_eq!(Postings::from_parts(vec![1], vec![0, 9], vec![1_u32]), None);
        assert_eq!(Postings::from_parts(vec![1], vec![0, 2], vec![2_u32, 1]), None);
    }

    /// Index files hold these.
    #[test]
    fn keys_never_change() {
        assert_eq!(key_of(0, []), 2_737_183_428_366_584_608);
        assert_eq!(key_of(1, *b"kazemi"), 4_415_697_278_659_091_127);
    }
}
