//! A Latin word cut into the syllables of one system.

use std::collections::BTreeMap;

use crate::syllable_systems::Reading;

/// Syllables of one word: a given name has one or two, a name run together three.
const MOST_SYLLABLES: usize = 3;
/// Ways of cutting one word into syllables that are looked at; jongun is jong-un and jon-gun.
const MOST_CUTS: usize = 4;
/// Letters of the longest word that may be three syllables: three times zhuang.
const LONGEST: usize = 18;
/// Letters of the longest syllable that is looked for.
const LONGEST_SYLLABLE: usize = 6;

/// The syllables of a system, as a tree of their letters.
pub(crate) struct System {
    nodes: Vec<Node>,
    readings: Vec<Reading>,
    /// Whether a syllable of one letter may follow another one: Korean (Min-a).
    lone_vowels: bool,
    /// The letters that its syllables have, and those that they end in: most words have others.
    letters: u32,
    last_letters: u32,
}

/// What the letters up to here are, and the nodes that they lead to with one more; [`NONE`] where there is none.
#[derive(Clone, Copy)]
struct Node {
    syllable: u16,
    next: [u16; 26],
}

/// No syllable, no node.
const NONE: u16 = u16::MAX;

const EMPTY: Node = Node { syllable: NONE, next: [NONE; 26] };

/// Ways of cutting one word into syllables, the first of them with the longest first syllable.
pub(crate) struct Cuts<'a> {
    system: &'a System,
    syllables: [[u16; MOST_SYLLABLES]; MOST_CUTS],
    lengths: [u8; MOST_CUTS],
    count: usize,
}

impl System {
    pub(crate) fn new(syllables: BTreeMap<String, Reading>, lone_vowels: bool) -> Self {
        let found = syllables.into_iter().filter(|(spelling, _)| spelling.len() <= LONGEST_SYLLABLE);
        let (spellings, readings): (Vec<String>, Vec<Reading>) = found.unzip();
        let mut nodes = vec![EMPTY];
        for (number, spelling) in spellings.iter().enumerate() {
            let end = spelling.bytes().fold(0, |node, letter| {
                let new = nodes.len() as u16;
                let next = &mut nodes[node].next[usize::from(letter - b'a')];
                if *next == NONE {
                    *next = new;
                    nodes.push(EMPTY);
                    return usize::from(new);
                }
                usize::from(*next)
            });
            nodes[end].syllable = number as u16;
        }
        let letters = spellings.iter().flat_map(|s| s.bytes()).fold(0, |all, letter| all | bit(letter));
        let last_letters =
            spellings.iter().filter_map(|s| s.bytes().last()).fold(0, |all, last| all | bit(last));
        Self { nodes, readings, lone_vowels, letters, last_letters }
    }

    /// The ways of cutting a word into syllables, [`MOST_CUTS`] of them at most.
    pub(crate) fn cuts(&self, word: Spelt) -> Cuts<'_> {
        self.first_cuts(word, MOST_CUTS)
    }

    /// Whether a word is syllables from its first letter to its last.
    pub(crate) fn reads(&self, word: Spelt) -> bool {
        !self.first_cuts(word, 1).is_empty()
    }

    fn first_cuts(&self, word: Spelt, most: usize) -> Cuts<'_> {
        let (syllables, lengths) = ([[NONE; MOST_SYLLABLES]; MOST_CUTS], [0; MOST_CUTS]);
        let mut found = Cuts { system: self, syllables, lengths, count: 0 };
        if word.letters & !self.letters == 0 && word.last & self.last_letters != 0 {
            found.cut(word.bytes, [NONE; MOST_SYLLABLES], 0, most);
        }
        found
    }

    /// Whether a word is one syllable.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.number(word).is_some()
    }

    fn number(&self, word: &str) -> Option<u16> {
        let node = word.bytes().try_fold(0, |node, letter| self.after(node, letter))?;
        Some(self.nodes[node].syllable).filter(|&syllable| syllable != NONE)
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.readings.len()
    }

    fn after(&self, node: usize, letter: u8) -> Option<usize> {
        let next = *self.nodes[node].next.get(usize::from(letter.wrapping_sub(b'a')))?;
        (next != NONE).then_some(usize::from(next))
    }
}

/// A word that may be syllables, with the letters that it has: most words have one that no syllable of a system has.
#[derive(Clone, Copy)]
pub(crate) struct Spelt<'a> {
    bytes: &'a [u8],
    letters: u32,
    last: u32,
}

impl<'a> Spelt<'a> {
    pub(crate) fn of(word: &'a str) -> Self {
        let bytes = word.as_bytes();
        let letters = bytes.iter().fold(0, |all, &letter| all | bit(letter));
        let last = bytes.last().filter(|_| bytes.len() <= LONGEST).map_or(0, |&last| bit(last));
        Self { bytes, letters, last }
    }
}

/// The bit of a small letter; another one for all else.
fn bit(letter: u8) -> u32 {
    1 << letter.wrapping_sub(b'a').min(26)
}

impl Cuts<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The syllables of each way.
    pub(crate) fn iter(&self) -> impl Iterator<Item = impl ExactSizeIterator<Item = &Reading> + Clone> {
        let cuts = self.syllables.iter().zip(self.lengths).take(self.count);
        let reading = |&number: &u16| &self.system.readings[usize::from(number)];
        cuts.map(move |(cut, length)| cut[..usize::from(length)].iter().map(reading))
    }

    /// Cuts what is left behind some syllables.
    fn cut(&mut self, rest: &[u8], mut before: [u16; MOST_SYLLABLES], count: usize, most: usize) {
        let system = self.system;
        let whole_name = count == MOST_SYLLABLES;
        if rest.is_empty() || whole_name {
            let begins = count > 0 && (!whole_name || system.readings[usize::from(before[0])].surname);
            if rest.is_empty() && begins {
                self.syllables[self.count] = before;
                self.lengths[self.count] = count as u8;
                self.count += 1;
            }
            return;
        }
        let (mut syllables, mut ends, mut node) = ([NONE; LONGEST_SYLLABLE], 0u32, 0);
        for (end, (place, &letter)) in syllables.iter_mut().zip(rest).enumerate() {
            let Some(next) = system.after(node, letter) else { break };
            node = next;
            *place = system.nodes[node].syllable;
            ends |= u32::from(*place != NONE) << end;
        }
        // Inside a word a vowel by itself is the end of the syllable before it: Jana is not Jan-a.
        if count > 0 && !system.lone_vowels {
            ends &= !1;
        }
        // The last syllable takes all that is left.
        if count + 1 == MOST_SYLLABLES {
            ends &= 1 << (rest.len() - 1).min(31);
        }
        while ends != 0 && self.count < most {
            let end = ends.ilog2() as usize;
            ends ^= 1 << end;
            before[count] = syllables[end];
            self.cut(&rest[end + 1..], before, count + 1, most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syllable_systems::SYSTEMS;

    /// All ways of cutting, by trying every syllable at every place, the longest first.
    fn every_way(system: &System, rest: &str, before: &[u16], found: &mut Vec<Vec<u16>>) {
        let surname = |first: &u16| system.readings[usize::from(*first)].surname;
        if rest.is_empty() && before.first().is_some_and(|f| before.len() < MOST_SYLLABLES || surname(f)) {
            found.push(before.to_vec());
        }
        for end in (1..=rest.len().min(LONGEST_SYLLABLE)).rev() {
            let alone = end == 1 && !before.is_empty() && !system.lone_vowels;
            if before.len() < MOST_SYLLABLES
                && !alone
                && let Some(syllable) = system.number(&rest[..end])
            {
                every_way(system, &rest[end..], &[before, &[syllable]].concat(), found);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn cuts_are_the_first_of_every_way(
            word in "(([bdghjkmnpstwxyz]|ch|sh)?[aeiou]{1,2}(n|ng|l)?){0,4}|[a-z]{0,9}|\\PC{0,6}",
        ) {
            for system in [&SYSTEMS.pinyin, &SYSTEMS.wade_giles, &SYSTEMS.korean, &SYSTEMS.revised] {
                let mut ways = Vec::new();
                if word.is_ascii() && word.len() <= LONGEST {
                    every_way(system, &word, &[], &mut ways);
                }
                ways.truncate(MOST_CUTS);
                let cuts = system.cuts(Spelt::of(&word));
                let found = cuts.syllables.iter().zip(cuts.lengths).take(cuts.count);
                let found: Vec<Vec<u16>> =
                    found.map(|(cut, length)| cut[..usize::from(length)].to_vec()).collect();
                proptest::prop_assert_eq!(found, ways);
                proptest::prop_assert_eq!(system.reads(Spelt::of(&word)), cuts.count > 0);
            }
        }
    }
}
