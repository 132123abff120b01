//! Which messages may be copies of one text.
//!
//! Each message is compared with the first of every group that shares enough of its sketch, and joins the one it agrees
//! with most. The first of a group stands for it, so the work grows with the number of messages, not with the pairs of
//! copies.

use rustc_hash::FxHashMap;

use super::align::{Pairs, Reference};
use super::sketch::Digest;
use super::tokens::Token;
use super::{Corpus, LEAST_WORDS};

/// Groups that a run of three words may stand for. What stands in more unrelated texts than that is boilerplate.
const MOST_GROUPS: u32 = 32;

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

/// Runs of a sketch that must be shared for two texts to be compared: a sixth. Of copies whose words agree as little as is
/// allowed about a third is.
fn least_votes(sketch: &[u32]) -> u32 {
    (sketch.len() as u32 / 6).max(2)
}

/// Looks up groups by the sketches of those that stand for them.
#[derive(Debug, Default)]
pub(crate) struct Index {
    runs: FxHashMap<u32, Run>,
    /// A group and the entry before, of the same run.
    entries: Vec<(u32, u32)>,
    /// For each group its votes, nothing but while one message is looked up.
    tally: Vec<u32>,
    votes: Vec<(u32, u32)>,
}

/// In how many groups a run stands, and its last entry.
#[derive(Clone, Copy, Debug)]
struct Run {
    groups: u32,
    last: u32,
}

impl Index {
    pub(crate) fn insert(&mut self, sketch: &[u32], group: u32) {
        self.tally.resize(self.tally.len().max(group as usize + 1), 0);
        for run in sketch {
            let entry = self.entries.len() as u32;
            let known = self.runs.entry(*run).or_insert(Run { groups: 0, last: entry });
            known.groups += 1;
            // What stands in more of them tells nothing, and is not walked through to learn that.
            if known.groups <= MOST_GROUPS {
                self.entries.push((group, known.last));
                known.last = entry;
            }
        }
    }

    /// Groups that share enough runs, most first.
    pub(crate) fn candidates(&mut self, sketch: &[u32]) -> &[(u32, u32)] {
        let Self { runs, entries, tally, votes } = self;
        votes.clear();
        for run in sketch.iter().filter_map(|run| runs.get(run)).filter(|run| run.groups <= MOST_GROUPS) {
            let mut next = run.last;
            for _ in 0..run.groups {
                let (group, before) = entries[next as usize];
                let count = &mut tally[group as usize];
                if *count == 0 {
                    votes.push((group, 0));
                }
                *count += 1;
                next = before;
            }
        }
        votes.iter_mut().for_each(|(group, votes)| *votes = std::mem::take(&mut tally[*group as usize]));
        votes.retain(|(_, votes)| *votes >= least_votes(sketch));
        votes.sort_by_key(|(group, votes)| (std::cmp::Reverse(*votes), *group));
        votes.truncate(MOST_CANDIDATES);
        votes
    }
}

/// Groups the messages of which there are the given places. Those with fewer than [`LEAST_WORDS`] words are in none.
pub(crate) fn gather(corpus: &Corpus<'_>, places: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut references: Vec<Option<Reference>> = Vec::new();
    let mut index = Index::default();
    let mut exact: FxHashMap<u64, u32> = FxHashMap::default();
    let mut tokens = Vec::new();
    for &place in places {
        let Digest { words, whole, sketch } = &corpus.digests[place];
        if *words < LEAST_WORDS {
            continue;
        }
        if let Some(&group) = exact.get(whole) {
            groups[group as usize].members.push(place);
            continue;
        }
        let candidates = index.candidates(sketch);
        if !candidates.is_empty() {
            corpus.tokens(place, &mut tokens);
        }
        let mut joined: Option<(usize, u32)> = None;
        for &(group, _) in candidates {
            let reference = references[group as usize].get_or_insert_with(|| {
                let mut tokens = Vec::new();
                corpus.tokens(groups[group as usize].members[0], &mut tokens);
                Reference::new(tokens)
            });
            let agreeing = agreeing(reference, &tokens, *words as usize);
            if agreeing > joined.map_or(0, |(best, _)| best) {
                joined = Some((agreeing, group));
            }
        }
        let group = match joined {
            Some((_, group)) => group,
            None => {
                let group = groups.len() as u32;
                index.insert(sketch, group);
                groups.push(Group { members: Vec::new() });
                references.push(None);
                group
            }
        };
        groups[group as usize].members.push(place);
        exact.insert(*whole, group);
    }
    groups
}

/// How many words of two texts agree; 0 where that is too few for copies, or a stretch between is too long.
fn agreeing(reference: &Reference, other: &[Token], words: usize) -> usize {
    let pairs = reference.align(other);
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
