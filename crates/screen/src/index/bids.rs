//! What a word of a query can do for names: its bids.

use std::ops::Range;
use std::sync::Arc;

use names::{
    Likeness, Name, Postings, Run, Token, Worth, acronym_gain, expansions, is_joined, joinable, joined_bound,
    joined_keys, key_of, worth,
};

use super::cache::Weighed;
use super::effort::Effort;
use super::{ACRONYM, Index, NameRun, key_of_join};
use crate::Candidates;

/// What a word of a query can do for the names that hold some word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bid {
    /// Number of the word.
    pub(super) to: u32,
    /// Millibits that agree, more than 0.
    pub(super) gain: i32,
    /// Millibits at stake.
    pub(super) stake: i32,
    /// The most that it is evidence of, in millibits.
    pub(super) bits: i32,
    /// What the words that it takes would put at stake if the query lacked them.
    pub(super) kept: i32,
}

/// What a word of a query can do for the names of which some words are a run that it may stand for.
#[derive(Clone, Debug)]
pub(super) struct RunBid {
    /// Which list of the index they stand in.
    pub(super) list: RunList,
    /// Where in it: runs that are worth the same, by name.
    pub(super) names: Range<usize>,
    /// What it can do for each of them; `to` is nothing.
    pub(super) bid: Bid,
}

/// The lists of runs.
#[derive(Clone, Copy, Debug)]
pub(super) enum RunList {
    /// [`Index::joined`].
    Joined,
    /// [`Index::expanded`].
    Expanded,
}

/// All that a word can do alone, whatever the threshold.
#[derive(Debug)]
pub(super) struct Bids {
    /// For names that hold a similar word.
    pub(super) words: Box<[Bid]>,
    /// For names of which it may be a run written together, or an acronym.
    pub(super) runs: Box<[RunBid]>,
    /// The least that any of them puts at stake, in millibits; without any, more than there is.
    pub(super) least_stake: i32,
    /// The most that any of them is evidence of, in millibits.
    pub(super) bits: i32,
    /// Names that they are for, some perhaps counted twice.
    pub(super) of: usize,
}

impl Weighed for Bids {
    fn weight(&self) -> usize {
        // Beside the bids the word itself and its place in the map take room.
        16 + self.words.len() + 2 * self.runs.len()
    }
}

/// What a word of the query can do as a part of a run that a word of the list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartOfRun {
    /// Which word of the query.
    pub(super) place: usize,
    pub(super) bid: Bid,
}

impl Index {
    pub(super) fn bids(
        &self,
        token: &Arc<Token>,
        entities: &(impl Candidates + ?Sized),
        effort: &mut Effort,
    ) -> Arc<Bids> {
        effort.words += 1;
        self.met.of(token, || {
            effort.new_words += 1;
            self.work_out(
                token,
                entities,
                self.vocabulary.similar_to(token, |number| self.word(number, entities)),
            )
        })
    }

    /// What a word can do as another spelling of a listed one; misspelt words are left out.
    pub(super) fn spelt_bids(&self, token: &Token, entities: &(impl Candidates + ?Sized)) -> Bids {
        self.work_out(
            token,
            entities,
            self.vocabulary.spelt_like(token, |number| self.word(number, entities)),
        )
    }

    fn work_out(
        &self,
        token: &Token,
        entities: &(impl Candidates + ?Sized),
        similar: Vec<(u32, Likeness)>,
    ) -> Bids {
        let word = |number| self.word(number, entities);
        let words = similar.into_iter().filter_map(|(to, likeness)| {
            let candidate = word(to);
            let Worth { gain, stake, bits } = worth(likeness, token, candidate);
            (gain > 0).then_some(Bid { to, gain, stake, bits, kept: self.kept[to as usize] })
        });
        let mut runs = Vec::new();
        for key in joined_keys(token) {
            self.each_run(RunList::Joined, key_of_join(key), &mut runs, |stake| {
                let (gain, stake) = joined_bound(token, stake);
                Worth { gain, stake, bits: gain }
            });
        }
        self.each_run(RunList::Expanded, key_of(ACRONYM, token.key().bytes()), &mut runs, |stake| {
            let gain = acronym_gain(stake);
            Worth { gain, stake, bits: gain }
        });
        let words: Box<[Bid]> = words.collect();
        let all = || words.iter().chain(runs.iter().map(|run: &RunBid| &run.bid));
        let of_words: usize = words.iter().map(|bid| self.names_with.get(bid.to).len()).sum();
        Bids {
            least_stake: all().map(|bid| bid.stake).fold(i32::MAX, i32::min),
            bits: all().map(|bid| bid.bits).fold(0, i32::max),
            of: of_words + runs.iter().map(|run| run.names.len()).sum::<usize>(),
            runs: runs.into(),
            words,
        }
    }

    /// What can be done for the runs under a key, those together that are worth the same: by what they put at stake.
    fn each_run(&self, list: RunList, key: u64, runs: &mut Vec<RunBid>, worth: impl Fn(i32) -> Worth) {
        let mut names = self.run_list(list).range(key);
        for group in self.runs(list, &names).chunk_by(|a, b| (a.stake, a.kept) == (b.stake, b.kept)) {
            let of_group = names.start..names.start + group.len();
            names.start = of_group.end;
            let Worth { gain, stake, bits } = worth(group[0].stake);
            if gain > 0 {
                let bid = Bid { to: 0, gain, stake, bits, kept: group[0].kept };
                runs.push(RunBid { list, names: of_group, bid });
            }
        }
    }

    fn run_list(&self, list: RunList) -> &Postings<NameRun> {
        match list {
            RunList::Joined => &self.joined,
            RunList::Expanded => &self.expanded,
        }
    }

    /// Some runs of a list; within a bid's they are sorted by name.
    pub(super) fn runs(&self, list: RunList, names: &Range<usize>) -> &[NameRun] {
        &self.run_list(list).parts().2[names.clone()]
    }

    /// Runs of the query that one word of a name may stand for. Each word of the run is credited as if its part of the run
    /// agreed in full: together that is no less than the run is worth.
    pub(super) fn parts_of_runs(
        &self,
        query: &Name,
        entities: &(impl Candidates + ?Sized),
        parts: &mut Vec<PartOfRun>,
    ) {
        parts.clear();
        let mut credit = |run: Run, to: u32| {
            let kept = self.kept[to as usize];
            for (place, token) in query.tokens.iter().enumerate().filter(|(i, _)| run.words & (1 << i) != 0) {
                let information = token.information;
                let bid = Bid { to, gain: information, stake: information, bits: information, kept };
                parts.push(PartOfRun { place, bid });
            }
        };
        joinable(&query.tokens, |key, run, spellings| {
            let words = self.vocabulary.with_join_key(key).iter();
            let is = |word: &&u32| is_joined(self.word(**word, entities), &query.tokens, run, spellings);
            words.filter(is).for_each(|&word| credit(run, word));
        });
        expansions(&query.tokens, |acronym, run| {
            self.vocabulary.with_key(acronym).iter().for_each(|&word| credit(run, word));
        });
        // A run and a word may share several keys.
        parts.sort_unstable();
        parts.dedup();
    }
}
