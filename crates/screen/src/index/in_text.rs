//! Listed names in running text: which of them a few words may be, before they are compared.
//!
//! A text is a stream of words, nearly none of which name anybody. A name that is to reach the line must hold one of its
//! *anchors*: its rarest words, so many that without all of them the rest is too little. Most names have one or two, and
//! "Mohammad" is hardly ever one. Only a word that may be an anchor opens a window, and only what the words around it can
//! add decides whether the window is compared, by the same arithmetic that bounds a query.

use std::collections::BTreeMap;
use std::sync::Arc;

use names::{Lists, NameKind, Role, Token, parse};

use super::bids::RunList;
use super::effort::Effort;
use super::{Index, UNIT};
use crate::{Candidates, Score};

/// Words of a text that may stand between two of a name: "Kashian, a programmer" is no name, "Mohammad bin Salman" is.
const GAP: usize = 2;

/// An index, made ready for texts.
pub struct InText<'a, C: ?Sized> {
    index: &'a Index,
    entities: &'a C,
    /// For each word the names that it is an anchor of.
    anchored: Lists,
    /// For each word whether it counts: content and numbers do, titles and legal forms come and go.
    counts: Vec<bool>,
    /// For each name its words that count, folded.
    masks: Vec<Mask>,
    threshold: i64,
}

/// Listed words, a bit for each, folded: two sets that have none in common mostly say so.
type Mask = u128;

/// What a word of a text can be in listed names.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// By number of the listed word: what agrees and what is at stake, in millibits.
    bids: Box<[(u32, i32, i32)]>,
    /// Names of which some words are this one, written together: what agrees, what is at stake, what is no longer missing.
    runs: Box<[(u32, [i32; 3])]>,
    /// The names that it may be an anchor of.
    opens: Box<[Open]>,
    /// The listed words that it may be, folded.
    mask: Mask,
}

/// A name that a word may be an anchor of, and whether the word alone reaches the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    name: u32,
    alone: bool,
}

impl Reading {
    /// Whether the word may be what a listed name is told by.
    #[must_use]
    pub fn opens(&self) -> bool {
        !self.opens.is_empty()
    }

    /// Whether it is like any word of a listed name.
    #[must_use]
    pub fn is_anything(&self) -> bool {
        !self.bids.is_empty() || !self.runs.is_empty()
    }

    /// How much it is any listed word at best, in hundredths: 100 is that word itself.
    #[must_use]
    pub fn likeness(&self) -> i32 {
        self.bids.iter().map(|(_, gain, stake)| gain * 100 / (*stake).max(1)).max().unwrap_or(0)
    }

    /// Takes up what another form of the same word can be.
    pub fn merge(&mut self, other: &Self) {
        let mut bids = std::mem::take(&mut self.bids).into_vec();
        bids.extend(&*other.bids);
        self.bids = best(bids).into();
        let mut runs = std::mem::take(&mut self.runs).into_vec();
        runs.extend(&*other.runs);
        self.runs = best_runs(runs).into();
        let mut opens = std::mem::take(&mut self.opens).into_vec();
        opens.extend(&*other.opens);
        opens.sort_unstable_by_key(|open| (open.name, !open.alone));
        opens.dedup_by_key(|open| open.name);
        self.opens = opens.into();
        self.mask |= other.mask;
    }

    fn bid(&self, word: u32) -> Option<(i32, i32)> {
        let place = self.bids.binary_search_by_key(&word, |bid| bid.0).ok()?;
        Some((self.bids[place].1, self.bids[place].2))
    }
}

/// The best bid on each word.
fn best(mut bids: Vec<(u32, i32, i32)>) -> Vec<(u32, i32, i32)> {
    bids.sort_unstable_by_key(|(word, gain, _)| (*word, -*gain));
    bids.dedup_by_key(|bid| bid.0);
    bids
}

/// The best run of each name.
fn best_runs(mut runs: Vec<(u32, [i32; 3])>) -> Vec<(u32, [i32; 3])> {
    runs.sort_unstable_by_key(|(name, worth)| (*name, -worth[0]));
    runs.dedup_by_key(|run| run.0);
    runs
}

fn bit(word: u32) -> Mask {
    1 << (word.wrapping_mul(0x9E37_79B1) >> 25)
}

/// A listed name that some words of a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The first word, as a place in the words that were given.
    pub first: usize,
    /// The last word.
    pub last: usize,
    /// The candidate.
    pub entity: usize,
    /// The number of its name in the index.
    pub name: u32,
    /// What its name is the name of.
    pub kind: NameKind,
    /// How many words that count the name has.
    pub words: usize,
}

impl<'a, C: Candidates + ?Sized> InText<'a, C> {
    /// An index ready for texts, of the candidates that it was built of. What cannot reach the threshold is not looked
    /// for.
    #[must_use]
    pub fn new(index: &'a Index, entities: &'a C, threshold: Score) -> Self {
        let threshold = i64::from(threshold.ten_thousandths()).saturating_sub(1).max(0);
        let words = 0..index.stands.len() as u32;
        let token = |word: u32| index.word(word, entities);
        let counts: Vec<bool> = words
            .map(|word| token(word).role)
            .map(|role| role.is_content() || role == Role::Number)
            .collect();
        let mut anchored = Vec::new();
        for name in 0..index.names.len() as u32 {
            let mut of: Vec<u32> = index.words_of.get(name).to_vec();
            of.retain(|word| counts[*word as usize]);
            of.sort_by_key(|word| (index.names_with.get(*word).len(), *word));
            let mut rest: i64 = of.iter().map(|word| i64::from(token(*word).weight)).sum();
            let mut missing = 0;
            for word in of {
                if rest * UNIT < threshold * (rest + missing) {
                    break;
                }
                anchored.push((word, name));
                rest -= i64::from(token(word).weight);
                missing += i64::from(index.kept[word as usize]);
            }
        }
        anchored.sort_unstable();
        anchored.dedup();
        let anchored = Lists::by_key(index.stands.len(), &anchored);
        let of_name = |name: u32| {
            let words = index.words_of.get(name).iter().filter(|word| counts[**word as usize]);
            words.fold(0, |mask, word| mask | bit(*word))
        };
        let masks = (0..index.names.len() as u32).map(of_name).collect();
        Self { index, entities, anchored, counts, masks, threshold }
    }

    /// Whether any listed name has a word of these letters.
    #[must_use]
    pub fn is_word(&self, key: &str) -> bool {
        !self.index.vocabulary.with_key(key).is_empty()
    }

    /// What a word can be. It is worked out anew; callers remember it.
    #[must_use]
    pub fn read(&self, word: &str) -> Reading {
        let mut tokens: Vec<Arc<Token>> = Vec::new();
        let (mut bids, mut runs, mut opens, mut parts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut effort = Effort::default();
        for kind in super::KINDS {
            let name = parse(word, kind);
            // Written apart where a list has one word.
            self.index.parts_of_runs(&name, self.entities, &mut parts);
            let mut whole: BTreeMap<u32, i32> = BTreeMap::new();
            parts.iter().for_each(|part| *whole.entry(part.bid.to).or_default() += part.bid.gain);
            bids.extend(whole.into_iter().map(|(to, gain)| {
                let weight = self.index.word(to, self.entities).weight;
                (to, gain.min(weight), weight)
            }));
            tokens.extend(name.tokens);
        }
        for (n, token) in tokens.iter().enumerate() {
            if tokens[..n].contains(token) {
                continue;
            }
            let of_token = self.index.bids(token, self.entities, &mut effort);
            bids.extend(of_token.words.iter().map(|bid| (bid.to, bid.gain, bid.stake)));
            for run in of_token.runs.iter().filter(|run| matches!(run.list, RunList::Joined)) {
                let names = self.index.runs(run.list, &run.names).iter();
                let worth = [run.bid.gain, run.bid.stake, run.bid.kept];
                runs.extend(names.map(|name| (name.name, worth)));
            }
        }
        let bids = best(bids);
        let runs = best_runs(runs);
        for (word, gain, _) in &bids {
            let names = self.anchored.get(*word).iter().copied();
            opens.extend(names.filter(|name| self.may_reach(*name, *word, *gain)));
        }
        opens.extend(runs.iter().map(|run| run.0));
        opens.sort_unstable();
        opens.dedup();
        let mask = bids.iter().fold(0, |mask, bid| mask | bit(bid.0));
        let mut reading = Reading { bids: bids.into(), runs: runs.into(), opens: Box::default(), mask };
        let open = |name: u32| Open { name, alone: self.reaches(name, &[Some(&reading)]) };
        reading.opens = opens.into_iter().map(open).collect();
        reading
    }

    /// Whether a name reaches the line with one word worth so much and all others in full.
    fn may_reach(&self, name: u32, word: u32, gain: i32) -> bool {
        let (mut gains, mut stakes) = (0_i64, 0_i64);
        for other in self.index.words_of.get(name).iter().filter(|w| self.counts[**w as usize]) {
            let weight = i64::from(self.index.word(*other, self.entities).weight);
            gains += if *other == word { i64::from(gain) } else { weight };
            stakes += weight;
        }
        gains * UNIT >= self.threshold * stakes
    }

    /// The listed names that words of a text may be, given that one of them opens the window: without it, or beyond the
    /// gaps that a name may have, they are not looked for. Words that mean nothing to any list are `None`.
    pub fn windows(&self, words: &[Option<&Reading>], at: usize, mut each: impl FnMut(Window)) {
        let Some(opener) = words.get(at).copied().flatten() else { return };
        let from = at.saturating_sub(super::WORDS_WITH_NAME + 2 * GAP);
        let to = (at + super::WORDS_WITH_NAME + 2 * GAP + 1).min(words.len());
        let others = words[from..at].iter().chain(&words[at + 1..to]).flatten();
        let others = others.fold(0, |mask, word| mask | word.mask);
        for open in &*opener.opens {
            let mask = self.masks[open.name as usize];
            if others & mask == 0 && !open.alone {
                continue;
            }
            let (name, of) = (&open.name, self.index.words_of.get(open.name));
            let counting = || of.iter().copied().filter(|word| self.counts[*word as usize]);
            let number = counting().count();
            if others & mask == 0 {
                each(self.window(*name, number, at, at));
                continue;
            }
            let holds = |word: &Option<&Reading>| {
                word.is_some_and(|word| {
                    word.mask & mask != 0
                        && counting().any(|of| word.mask & bit(of) != 0 && word.bid(of).is_some())
                })
            };
            let reach = |steps: &mut dyn Iterator<Item = usize>| {
                let (mut end, mut gap) = (at, 0);
                for place in steps.take(number + 2 * GAP) {
                    if holds(&words[place]) {
                        (end, gap) = (place, 0);
                    } else if gap == GAP {
                        break;
                    } else {
                        gap += 1;
                    }
                }
                end
            };
            let (mut first, mut last) = (reach(&mut (0..at).rev()), reach(&mut (at + 1..words.len())));
            if first == last {
                if open.alone {
                    each(self.window(*name, number, at, at));
                }
                continue;
            }
            // The Saabs of "Luis Alberto Saab and Alex Saab" are two: what adds nothing stays outside.
            let most = self.agrees(of, &words[first..=last]);
            while first < at && self.agrees(of, &words[first + 1..=last]) == most {
                first += 1;
            }
            while last > at && self.agrees(of, &words[first..last]) == most {
                last -= 1;
            }
            if self.reaches(*name, &words[first..=last]) {
                each(self.window(*name, number, first, last));
            }
        }
    }

    fn window(&self, name: u32, words: usize, first: usize, last: usize) -> Window {
        let entity = self.index.names[name as usize].entity as usize;
        let kind = super::KINDS[self.index.kind_ends.partition_point(|end| *end <= name)];
        Window { first, last, entity, name, kind, words }
    }

    /// The most that a word can add to a name, in millibits.
    #[must_use]
    pub fn gain(&self, word: &Reading, name: u32) -> i32 {
        self.index
            .words_of
            .get(name)
            .iter()
            .filter_map(|of| word.bid(*of))
            .map(|bid| bid.0)
            .max()
            .unwrap_or(0)
    }

    fn agrees(&self, of: &[u32], words: &[Option<&Reading>]) -> i64 {
        self.sums(of, words, 0).map_or(0, |sums| sums[0])
    }

    fn reaches(&self, name: u32, words: &[Option<&Reading>]) -> bool {
        let of = self.index.words_of.get(name);
        let runs = words.iter().flatten().filter_map(|word| {
            word.runs.binary_search_by_key(&name, |run| run.0).ok().map(|place| word.runs[place].1)
        });
        let run = runs.max_by_key(|run| run[0]).unwrap_or_default();
        let sums = self.sums(of, words, run[2]);
        let [gain, stake] = sums.unwrap_or_default();
        let (gain, stake) = (gain + i64::from(run[0]), stake + i64::from(run[1]));
        gain > 0 && gain * UNIT >= self.threshold * stake
    }

    /// What agrees and what is at stake between a name and some words, as far as each can be told by itself; what a run
    /// covers is not missing. `None`: nothing agrees.
    fn sums(&self, of: &[u32], words: &[Option<&Reading>], covered: i32) -> Option<[i64; 2]> {
        let (mut sums, mut missing) = ([0_i64; 2], -i64::from(covered));
        for word in of.iter().copied().filter(|word| self.counts[*word as usize]) {
            let best = words.iter().flatten().filter_map(|reading| reading.bid(word)).max();
            match best {
                Some((gain, stake)) => sums = [sums[0] + i64::from(gain), sums[1] + i64::from(stake)],
                None => missing += i64::from(self.index.kept[word as usize]),
            }
        }
        sums[1] += missing.max(0);
        (sums[0] > 0 || covered > 0).then_some(sums)
    }
}
