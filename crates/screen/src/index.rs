//! The index: which candidates can reach a threshold at all.
//!
//! Token -> similar words -> postings -> an upper bound for each name -> exact scoring of what is left. The bound is
//! exact arithmetic on the same numbers that the score is made of, so nothing that the exhaustive search finds is lost.
//!
//! A name reaches the score `t` only if `gain - t * stake >= 0`. Both are sums over the words: an aligned word of the
//! query adds `gain - t * stake` of its pair, a word left over takes `t` times its omission stake; on the candidate's
//! side every word takes `t` times its omission stake unless it is aligned. (A contradiction puts at least as much
//! at stake as its two words left over.) So the best that each word of the query can do, added up, bounds the name.
//!
//! What a word does for a name depends on `t`, so where a policy draws several lines the bound is taken once for each,
//! and of each pass only those candidates are kept that the line rules.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use names::{
    JoinKey, Likeness, Name, NameKind, Run, Token, Vocabulary, Worth, acronym_gain, expansions, joinable,
    joined_bound, joined_keys, omission_stake, worth,
};
use rustc_hash::FxHashMap;

use crate::attributes::most_gain;
use crate::rules::Line;
use crate::search::rank;
use crate::{Answer, Hit, Profile, Request, Rules, Score, score};

/// The scale of thresholds: scores are ten-thousandths.
const UNIT: i64 = 10_000;

/// An index over candidates. It is immutable; candidates are named by their place.
pub struct Index {
    words: Vocabulary,
    /// For each word, the names that hold it.
    postings: Vec<Vec<u32>>,
    names: Vec<IndexedName>,
    /// Runs of names that may be written as one word.
    joined: FxHashMap<JoinKey, Vec<(u32, Run)>>,
    /// Runs of names that an acronym stands for.
    expanded: FxHashMap<&'static str, Vec<(u32, Run)>>,
    identifiers: FxHashMap<String, Vec<u32>>,
    /// Sums that searches have done with, to be used again: one for each thread at most.
    spare: Mutex<Vec<Bounds>>,
    /// Similar words of the query words met so far: a customer file repeats its names' words.
    met: RwLock<FxHashMap<String, Similar>>,
}

type Similar = Arc<[(u32, Likeness)]>;

/// Query words whose similar words are kept. Beyond, they are looked up each time: memory stays flat on any file.
const MOST_MET: usize = 1 << 14;

struct IndexedName {
    entity: u32,
    /// Which of the entity's names.
    name: u32,
    kind: NameKind,
    /// Omission stakes of all its words, in millibits.
    omitted: i32,
}

/// What a word of the query can do for a name, times [`UNIT`].
struct Bid {
    value: i64,
    to: Names,
}

enum Names {
    /// All names that hold a word of the vocabulary.
    WithWord(u32),
    One(u32),
}

impl Index {
    /// Builds the index of some candidates.
    #[must_use]
    pub fn new(entities: &[Profile]) -> Self {
        let mut index = Self {
            words: Vocabulary::default(),
            postings: Vec::new(),
            names: Vec::new(),
            joined: FxHashMap::default(),
            expanded: FxHashMap::default(),
            identifiers: FxHashMap::default(),
            spare: Mutex::default(),
            met: RwLock::default(),
        };
        for (entity, profile) in entities.iter().enumerate() {
            for (which, name) in profile.names.iter().enumerate() {
                index.add_name(entity as u32, which as u32, name.kind, &name.name);
            }
            for identifier in &profile.identifiers {
                let entities = index.identifiers.entry(identifier.key.clone()).or_default();
                if entities.last() != Some(&(entity as u32)) {
                    entities.push(entity as u32);
                }
            }
        }
        index
    }

    fn add_name(&mut self, entity: u32, which: u32, kind: NameKind, name: &Name) {
        let number = self.names.len() as u32;
        for token in &name.tokens {
            let word = self.words.add(token) as usize;
            if self.postings.len() <= word {
                self.postings.push(Vec::new());
            }
            if self.postings[word].last() != Some(&number) {
                self.postings[word].push(number);
            }
        }
        joinable(&name.tokens, |key, run| {
            let runs = self.joined.entry(key).or_default();
            if runs.last() != Some(&(number, run)) {
                runs.push((number, run));
            }
        });
        expansions(&name.tokens, |acronym, run| {
            self.expanded.entry(acronym).or_default().push((number, run));
        });
        let omitted = name.tokens.iter().map(|t| omission_stake(t, false)).sum();
        self.names.push(IndexedName { entity, name: which, kind, omitted });
    }

    /// The results of a query: the same, byte for byte, as [`crate::exhaustive`] gives.
    #[must_use]
    pub fn search<'a>(
        &self,
        query: &Profile,
        entities: &[Profile],
        rules: impl Into<Rules<'a>>,
        request: Request,
    ) -> Answer {
        let rules = rules.into();
        let mut candidates = self.candidates(query, entities, rules, request.threshold);
        candidates.sort_unstable();
        candidates.dedup();
        let mut hits = Vec::new();
        for entity in candidates {
            let entity = entity as usize;
            let Some((configuration, least)) = rules.line_of(entity, request.threshold) else { continue };
            let scored = score(query, &entities[entity], configuration);
            hits.extend(scored.filter(|s| s.score >= least).map(|scored| Hit { entity, scored }));
        }
        rank(hits, entities, request.limit)
    }

    /// The candidates that may reach the threshold, or each its own, in any order, some perhaps twice.
    fn candidates(
        &self,
        query: &Profile,
        entities: &[Profile],
        rules: Rules<'_>,
        threshold: Option<Score>,
    ) -> Vec<u32> {
        let mut found = Vec::new();
        for identifier in &query.identifiers {
            found.extend(self.identifiers.get(&identifier.key).into_iter().flatten());
        }
        let mut bounds = self.spare().pop().unwrap_or_default();
        bounds.sums.resize(self.names.len(), 0);
        bounds.raised.resize(self.names.len(), 0);
        rules.each_line(threshold, |line| {
            let own = |entity: u32| match rules {
                Rules::One(_) => true,
                Rules::Each(_) => {
                    let own = rules.line_of(entity as usize, threshold);
                    own.is_some_and(|(_, own)| own == line.threshold)
                }
            };
            self.reach(line, query, entities, &mut bounds, |entity| {
                if own(entity) {
                    found.push(entity);
                }
            });
        });
        self.spare().push(bounds);
        found
    }

    /// Calls for the candidates, whoever rules them, that may reach a line by their names.
    fn reach(
        &self,
        line: Line,
        query: &Profile,
        entities: &[Profile],
        bounds: &mut Bounds,
        mut each: impl FnMut(u32),
    ) {
        // Scores are rounded half up: what reaches the step below may be rounded to the threshold.
        let t = i64::from(line.threshold.ten_thousandths()).saturating_sub(1).max(0);
        let lift = if line.can_be_lifted_to() { i64::from(most_gain(query)) } else { 0 };
        let attributes = (UNIT - t) * lift;
        for name in query.names.iter().filter(|name| line.holds(name.kind)) {
            let mut least = attributes;
            for (place, bids) in self.bids(&name.name, entities, t).into_iter().enumerate() {
                let omitted = -t * i64::from(omission_stake(&name.name.tokens[place], true));
                least += omitted;
                bounds.next_word();
                for bid in bids {
                    // A pair that is worth less than leaving the word out still makes the name a candidate.
                    let better = (bid.value - omitted).max(0);
                    match bid.to {
                        Names::One(name) => bounds.raise(name, better),
                        Names::WithWord(word) => {
                            self.postings[word as usize].iter().for_each(|&name| bounds.raise(name, better));
                        }
                    }
                }
            }
            bounds.drain(|number, bound| {
                let candidate = &self.names[number as usize];
                if candidate.kind == name.kind && least + bound >= t * i64::from(candidate.omitted) {
                    each(candidate.entity);
                }
            });
        }
    }

    /// A search that panicked left nothing half done here: what it held is gone with it.
    fn spare(&self) -> MutexGuard<'_, Vec<Bounds>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For each word of the query, what it can do for which names, best first.
    fn bids(&self, query: &Name, entities: &[Profile], t: i64) -> Vec<Vec<Bid>> {
        let mut bids: Vec<Vec<Bid>> = Vec::new();
        for token in &query.tokens {
            let mut of_word = Vec::new();
            for &(word, likeness) in self.similar(token).iter() {
                let candidate = self.words.word(word);
                let Worth { gain, stake, .. } = worth(likeness, token, candidate);
                if gain > 0 {
                    let kept = omission_stake(candidate, false);
                    of_word.push(Bid { value: value(gain, stake, kept, t), to: Names::WithWord(word) });
                }
            }
            for key in joined_keys(token) {
                for &(name, run) in self.joined.get(&key).into_iter().flatten() {
                    let (gain, stake) = joined_bound(token, run);
                    let kept = kept(self.tokens(name, entities), run);
                    of_word.push(Bid { value: value(gain, stake, kept, t), to: Names::One(name) });
                }
            }
            for &(name, run) in self.expanded.get(token.key()).into_iter().flatten() {
                let kept = kept(self.tokens(name, entities), run);
                of_word
                    .push(Bid { value: value(acronym_gain(run), run.stake, kept, t), to: Names::One(name) });
            }
            bids.push(of_word);
        }
        self.bids_of_runs(query, t, &mut bids);
        for of_word in &mut bids {
            of_word.sort_by_key(|bid| std::cmp::Reverse(bid.value));
        }
        bids
    }

    fn similar(&self, token: &Token) -> Similar {
        let key = token.identity();
        if let Some(known) = self.met.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        let similar: Similar = self.words.similar_to(token).into();
        let mut met = self.met.write().unwrap_or_else(PoisonError::into_inner);
        if met.len() < MOST_MET {
            met.insert(key, Arc::clone(&similar));
        }
        similar
    }

    /// Runs of the query that one word of a name may stand for. Each word of the run is credited as if its part of
    /// the run agreed in full: together that is no less than the run is worth.
    fn bids_of_runs(&self, query: &Name, t: i64, bids: &mut [Vec<Bid>]) {
        let mut credit = |run: Run, word: u32| {
            let kept = omission_stake(self.words.word(word), false);
            for (place, token) in query.tokens.iter().enumerate().filter(|(i, _)| run.words & (1 << i) != 0) {
                let value = value(token.information, token.information, kept, t);
                bids[place].push(Bid { value, to: Names::WithWord(word) });
            }
        };
        joinable(&query.tokens, |key, run| {
            for &word in self.words.with_join_key(key) {
                credit(run, word);
            }
        });
        expansions(&query.tokens, |acronym, run| {
            self.words.with_key(acronym).iter().for_each(|&word| credit(run, word));
        });
    }

    fn tokens<'a>(&self, name: u32, entities: &'a [Profile]) -> &'a [Token] {
        let name = &self.names[name as usize];
        &entities[name.entity as usize].names[name.name as usize].name.tokens
    }
}

/// What a pair adds to `gain - t * stake`, with what its words on the candidate's side would have taken.
fn value(gain: i32, stake: i32, kept: i32, t: i64) -> i64 {
    i64::from(gain) * UNIT - t * i64::from(stake) + t * i64::from(kept)
}

fn kept(tokens: &[Token], run: Run) -> i32 {
    tokens
        .iter()
        .enumerate()
        .filter(|(i, _)| run.words & (1 << i) != 0)
        .map(|(_, t)| omission_stake(t, false))
        .sum()
}

/// The best sum of bids for each name, one bid for each word of the query.
#[derive(Default)]
struct Bounds {
    sums: Vec<i64>,
    /// The last word of the query that raised the name, from 1; 0 for none. A query has 64 words at most.
    raised: Vec<u8>,
    word: u8,
    touched: Vec<u32>,
}

impl Bounds {
    fn next_word(&mut self) {
        self.word += 1;
    }

    /// Bids come best first, so the first of a word for a name is its best.
    fn raise(&mut self, name: u32, by: i64) {
        let at = name as usize;
        if self.raised[at] == self.word {
            return;
        }
        if self.raised[at] == 0 {
            self.touched.push(name);
        }
        self.raised[at] = self.word;
        self.sums[at] += by;
    }

    /// Hands out the names that were raised with their sums, and forgets them.
    fn drain(&mut self, mut each: impl FnMut(u32, i64)) {
        for name in self.touched.drain(..) {
            let at = name as usize;
            self.raised[at] = 0;
            each(name, std::mem::take(&mut self.sums[at]));
        }
        self.word = 0;
    }
}
