//! An index as lists of numbers, to be written to a file and read back.

use std::ops::Range;
use std::sync::OnceLock;

use names::{Lists, NearKeys, Postings, Vocabulary};

use super::companions::Companions;
use super::{Index, IndexedName, NameRun};

/// The lists that an index consists of. What they mean is the index's own business; whoever stores them gives them back
/// in the same order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct IndexParts {
    /// Lists of keys.
    pub keys: Vec<Vec<u64>>,
    /// Lists of numbers; signed ones as their bits.
    pub numbers: Vec<Vec<u32>>,
    /// Letters of words, for each length.
    pub letters: Vec<Vec<u8>>,
}

/// What a name can put at stake, in millibits: `names::MAX_TOKENS` words of a few tens of bits, with room to spare, and so
/// little that the sums of a search cannot overflow.
const STAKES: Range<i32> = 0..1 << 24;

impl NameRun {
    fn holds(&self, names: u32) -> bool {
        self.name < names && STAKES.contains(&self.stake) && STAKES.contains(&self.kept)
    }
}

impl Index {
    /// The index in parts.
    #[must_use]
    pub fn parts(&self) -> IndexParts {
        let mut parts = IndexParts::default();
        let (by_key, near) = self.vocabulary.parts();
        parts.put_postings(by_key, |word, out| out.push(*word));
        parts.put_postings(&self.joined, put_run);
        parts.put_postings(&self.expanded, put_run);
        parts.put_postings(&self.identifiers, |entity, out| out.push(*entity));
        for lists in [&self.names_with, &self.words_of] {
            let (starts, values) = lists.parts();
            parts.numbers.extend([starts.to_vec(), values.to_vec()]);
        }
        parts.numbers.push(self.stands.as_flattened().to_vec());
        parts.numbers.push(self.kept.iter().map(|kept| *kept as u32).collect());
        let name = |name: &IndexedName| [name.entity, name.name, name.omitted as u32, name.content.into()];
        parts.numbers.push(self.names.iter().flat_map(name).collect());
        parts.numbers.push(self.kind_ends.to_vec());
        let mut lengths = Vec::new();
        for (length, letters, words) in near.parts() {
            lengths.push(length as u32);
            parts.letters.push(letters.to_vec());
            parts.numbers.push(words.to_vec());
        }
        parts.numbers.push(lengths);
        parts
    }

    /// An index from its parts, over so many candidates; `None` where they do not fit together.
    #[must_use]
    pub fn from_parts(mut parts: IndexParts, candidates: usize) -> Option<Self> {
        let lengths = parts.numbers.pop().filter(|lengths| lengths.len() == parts.letters.len())?;
        let first = parts.numbers.len().checked_sub(lengths.len())?;
        let words = parts.numbers.split_off(first);
        let keys_of_lengths = lengths.into_iter().zip(parts.letters).zip(words);
        let near =
            NearKeys::from_parts(keys_of_lengths.map(|((l, letters), words)| (l as usize, letters, words)))?;
        let mut numbers = parts.numbers.into_iter();
        let mut keys = parts.keys.into_iter();
        let by_key = take_postings(&mut keys, &mut numbers, |[word]| word)?;
        let joined = take_postings(&mut keys, &mut numbers, take_run)?;
        let expanded = take_postings(&mut keys, &mut numbers, take_run)?;
        let identifiers = take_postings(&mut keys, &mut numbers, |[entity]| entity)?;
        let mut lists = || Lists::from_parts(numbers.next()?, numbers.next()?);
        let (names_with, words_of) = (lists()?, lists()?);
        let stands: Vec<[u32; 2]> = in_groups(&numbers.next()?)?.to_vec();
        let kept: Vec<i32> = numbers.next()?.into_iter().map(|kept| kept as i32).collect();
        let name = |([entity, name, omitted, content], number): (&[u32; 4], u32)| {
            let (omitted, content) = (*omitted as i32, *content as u8);
            let of = IndexedName { entity: *entity, name: *name, omitted, content, ..IndexedName::default() };
            of.with_words(words_of.get(number))
        };
        let names = numbers.next()?;
        let names: &[[u32; 4]] = in_groups(&names).filter(|names: &&[_]| names.len() == words_of.len())?;
        let names: Vec<IndexedName> = names.iter().zip(0..).map(name).collect();
        let kind_ends: [u32; 3] = numbers.next()?.try_into().ok()?;
        if numbers.next().is_some() || keys.next().is_some() {
            return None;
        }
        let mut index = Self {
            vocabulary: Vocabulary::from_parts(by_key, near),
            words: stands.iter().map(|_| OnceLock::new()).collect(),
            kept,
            stands,
            companions: Vec::new(),
            names_with,
            words_of,
            names,
            kind_ends,
            joined,
            expanded,
            identifiers,
            spare: Default::default(),
            met: Default::default(),
        };
        if !index.holds_together(candidates) {
            return None;
        }
        // They follow from the other lists, and are there sooner than they could be read.
        index.companions =
            Companions::of_all(&index.names_with, &index.names, |name| index.words_of.get(name));
        Some(index)
    }

    /// The index with one posting lost, of a word of a candidate's name, both by their places: what tests that compare an
    /// index with the exhaustive search must notice. `None` where there is no such word.
    #[must_use]
    pub fn without_posting(&self, candidate: usize, name: usize, word: usize) -> Option<Self> {
        let of = |n: &IndexedName| (n.entity as usize, n.name as usize) == (candidate, name);
        let number = self.names.iter().position(of)? as u32;
        let lost = *self.words_of.get(number).get(word)?;
        let (mut names_with, mut words_of) = (Lists::default(), Lists::default());
        for word in 0..self.names_with.len() as u32 {
            let names = self.names_with.get(word).iter().copied();
            names_with.push(names.filter(|name| (word, *name) != (lost, number)));
        }
        let mut names = self.names.clone();
        for name in 0..self.words_of.len() as u32 {
            let words = self.words_of.get(name).iter().copied();
            words_of.push(words.filter(|word| (*word, name) != (lost, number)));
            names[name as usize] = names[name as usize].with_words(words_of.get(name));
        }
        let candidates = self.names.iter().map(|name| name.entity as usize + 1).max()?;
        let companions = Companions::of_all(&names_with, &names, |name| words_of.get(name));
        Some(Self { names, names_with, companions, words_of, ..Self::from_parts(self.parts(), candidates)? })
    }

    /// Whether no number leads out of its list: a file whose checksum is right was written by us, but a wrong number must
    /// end in a refusal all the same.
    fn holds_together(&self, candidates: usize) -> bool {
        let (words, names) = (self.stands.len() as u32, self.names.len() as u32);
        let below = |values: &[u32], end: u32| values.iter().all(|value| *value < end);
        let runs = [&self.joined, &self.expanded];
        let (by_key, near) = self.vocabulary.parts();
        self.names_with.len() == words as usize
            && self.kept.len() == words as usize
            && self.words_of.len() == names as usize
            && self.kind_ends.is_sorted()
            && self.kind_ends[2] == names
            && below(self.names_with.parts().1, names)
            && below(self.words_of.parts().1, words)
            && below(by_key.parts().2, words)
            && near.parts().all(|(_, _, of)| below(of, words))
            && self
                .stands
                .iter()
                .all(|[name, place]| *name < names && (*place as usize) < self.words_of.get(*name).len())
            && self.kept.iter().all(|kept| STAKES.contains(kept))
            && self.names.iter().all(|name| STAKES.contains(&name.omitted))
            && runs.iter().all(|runs| runs.parts().2.iter().all(|run| run.holds(names)))
            && self.names.iter().all(|name| (name.entity as usize) < candidates)
            && self.identifiers.parts().2.iter().all(|entity| (*entity as usize) < candidates)
    }
}

impl IndexParts {
    fn put_postings<V: Copy + Ord>(&mut self, postings: &Postings<V>, put: impl Fn(&V, &mut Vec<u32>)) {
        let (keys, starts, values) = postings.parts();
        let mut numbers = Vec::new();
        values.iter().for_each(|value| put(value, &mut numbers));
        self.keys.push(keys.to_vec());
        self.numbers.extend([starts.to_vec(), numbers]);
    }
}

fn take_postings<V: Copy + Ord, const N: usize>(
    keys: &mut impl Iterator<Item = Vec<u64>>,
    numbers: &mut impl Iterator<Item = Vec<u32>>,
    take: impl Fn([u32; N]) -> V,
) -> Option<Postings<V>> {
    let (keys, starts, values) = (keys.next()?, numbers.next()?, numbers.next()?);
    let values = in_groups(&values)?.iter().map(|value| take(*value)).collect();
    Postings::from_parts(keys, starts, values)
}

/// Numbers that belong together; `None` where some are left over.
fn in_groups<const N: usize>(numbers: &[u32]) -> Option<&[[u32; N]]> {
    let (groups, rest) = numbers.as_chunks();
    rest.is_empty().then_some(groups)
}

fn put_run(run: &NameRun, out: &mut Vec<u32>) {
    out.extend([run.name, run.stake as u32, run.kept as u32]);
}

fn take_run([name, stake, kept]: [u32; 3]) -> NameRun {
    NameRun { name, stake: stake as i32, kept: kept as i32 }
}
