//! Which messages may be copies of one text.
//!
//! Each message is compared with the first of every group that shares enough of its sketch, and joins the one it agrees
//! with most. The first of a group stands for it, so the work grows with the number of messages, not with the pairs of
//! copies.

use rustc_hash::{FxHashMap, FxHashSet};

use super::align::{Pairs, Reference};
use super::sketch::sketch;
use super::tokens::Token;
use super::{Corpus, LEAST_WORDS};

/// Groups that a run of three words may stand for. What stands in more unrelated texts than that is boilerplate.
const MOST_GROUPS: usize = 32;

/// Shared runs of the sketch from which on two texts are looked at.
const LEAST_VOTES: u32 = 4;

/// Groups that are looked at for one message, those with the most shared runs.
const MOST_CANDIDATES: usize = 4;

/// Share of the words of the longer of two copies that must agree, in percent. Three fifths of a mail merge and more are its
/// fixed text (AA20-304A's mails: four fifths), and of that changed words may take some away.
const LEAST_AGREEING: usize = 45;

/// Words that may stand between two agreeing stretches: a name and an address in full, and some more.
const LONGEST_GAP: usize = 18;

/// ... or this share of the text, in percent, of a long one.
const WIDEST_GAP: usize = 12;

/// Messages that are copies of one text, as far as their first tells.
#[derive(Debug)]
pub(crate) struct Group {
    /// Members, ascending; the first stands for them.
    pub(crate) members: Vec<usize>,
}

/// Looks up groups by the sketches of those that stand for them.
#[derive(Debug, Default)]
pub(crate) struct Index {
    groups: FxHashMap<u32, Vec<u32>>,
    votes: Vec<(u32, u32)>,
}

impl Index {
    pub(crate) fn insert(&mut self, sketch: &[u32], group: u32) {
        for run in sketch {
            let groups = self.groups.entry(*run).or_default();
            // One more than counts: so that it is known to be too many.
            if groups.len() <= MOST_GROUPS {
                groups.push(group);
            }
        }
    }

    /// Groups that share runs, most first.
    pub(crate) fn candidates(&mut self, sketch: &[u32], least: u32) -> &[(u32, u32)] {
        self.votes.clear();
        for run in sketch {
            let groups = self.groups.get(run).filter(|groups| groups.len() <= MOST_GROUPS);
            for group in groups.into_iter().flatten() {
                match self.votes.iter_mut().find(|(known, _)| known == group) {
                    Some((_, votes)) => *votes += 1,
                    None => self.votes.push((*group, 1)),
                }
            }
        }
        self.votes.retain(|(_, votes)| *votes >= least);
        self.votes.sort_by_key(|(group, votes)| (std::cmp::Reverse(*votes), *group));
        self.votes.truncate(MOST_CANDIDATES);
        &self.votes
    }
}

/// Groups the messages of which there are the given places. Those with fewer than [`LEAST_WORDS`] words are in none.
pub(crate) fn gather(corpus: &Corpus<'_>, places: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut references: Vec<Option<Reference>> = Vec::new();
    let mut index = Index::default();
    let mut exact: FxHashMap<u64, u32> = FxHashMap::default();
    let (mut tokens, mut room) = (Vec::new(), Vec::new());
    for &place in places {
        corpus.tokens(place, &mut tokens);
        let words = tokens.iter().filter(|token| token.is_word()).count();
        if words < LEAST_WORDS {
            continue;
        }
        let whole = whole(&tokens);
        if let Some(&group) = exact.get(&whole) {
            groups[group as usize].members.push(place);
            continue;
        }
        let sketch = sketch(&tokens, &mut room);
        let least = LEAST_VOTES.min(sketch.len() as u32 / 4).max(1);
        let mut joined: Option<(usize, u32)> = None;
        for &(group, _) in index.candidates(&sketch, least) {
            let reference = references[group as usize].get_or_insert_with(|| {
                let mut tokens = Vec::new();
                corpus.tokens(groups[group as usize].members[0], &mut tokens);
                Reference::new(tokens)
            });
            let agreeing = agreeing(reference, &tokens, words);
            if agreeing > joined.map_or(0, |(best, _)| best) {
                joined = Some((agreeing, group));
            }
        }
        let group = match joined {
            Some((_, group)) => group,
            None => {
                let group = groups.len() as u32;
                index.insert(&sketch, group);
                groups.push(Group { members: Vec::new() });
                references.push(None);
                group
            }
        };
        groups[group as usize].members.push(place);
        exact.insert(whole, group);
    }
    groups
}

/// How many words of two texts agree; 0 where that is too few for copies, or a stretch between is too long.
fn agreeing(reference: &Reference, other: &[Token], words: usize) -> usize {
    let pairs = reference.align(other, false);
    let agreeing = pairs.iter().filter(|(own, _)| reference.tokens[*own as usize].is_word()).count();
    let most = words.max(reference.words);
    if agreeing * 100 < most * LEAST_AGREEING || longest_gap(reference, other, &pairs) > gap_allowed(most) {
        return 0;
    }
    agreeing
}

/// Words that may stand between agreeing stretches of a text of so many.
pub(crate) fn gap_allowed(words: usize) -> usize {
    LONGEST_GAP.max(words * WIDEST_GAP / 100)
}

/// Most words between two pairs, before the first or behind the last, on either side.
pub(crate) fn longest_gap(reference: &Reference, other: &[Token], pairs: &Pairs) -> usize {
    let longest = |tokens: &[Token], places: &mut dyn Iterator<Item = u32>| {
        let (mut longest, mut from) = (0, 0);
        for place in places.map(|place| place as usize).chain([tokens.len()]) {
            longest =
                longest.max(tokens[from.min(place)..place].iter().filter(|token| token.is_word()).count());
            from = place + 1;
        }
        longest
    };
    longest(&reference.tokens, &mut pairs.iter().map(|pair| pair.0))
        .max(longest(other, &mut pairs.iter().map(|pair| pair.1)))
}

/// A hash of all words and marks: copies without slots are the same in full.
fn whole(tokens: &[Token]) -> u64 {
    let mix = |hash: u64, token: &Token| {
        (hash ^ u64::from(token.hash)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31)
    };
    tokens.iter().filter(|token| !token.is_break()).fold(0x7E, mix)
}

/// The places that are in no group of at least so many.
pub(crate) fn left_over(places: &[usize], taken: &FxHashSet<usize>) -> Vec<usize> {
    places.iter().copied().filter(|place| !taken.contains(place)).collect()
}
