//! The upper bound: which names can reach a threshold, whatever else is true of their parties.
//!
//! A name reaches the score `t` only if `gain - t * stake >= 0`. Both are sums over the words: an aligned word of the
//! query adds `gain - t * stake` of its pair, a word left over takes `t` times its omission stake; on the candidate's
//! side every word takes `t` times its omission stake unless it is aligned. (A contradiction puts at least as much
//! at stake as its two words left over.) So the best that each word of the query can do, added up, bounds the name.
//!
//! What chance namesakes put at stake comes on top: it is the greater, the less the words say that may agree. So does
//! what contradictions put there beyond words left over: where words of both names have nothing to be aligned with, they
//! stand against each other.
//!
//! Common words stand in thousands of names, and alone they bring none of them over the line: John is a part of John
//! Smith's name, but no John is a result without a Smith. So only the names are looked at that hold one of the words
//! without which the line cannot be reached; the words that may all be left out at once are looked for in those names
//! alone (Turtle & Flood, "Query evaluation: strategies and optimizations", 1995, call it max-score).

use std::ops::Range;
use std::sync::Arc;

use names::{Name, chance_stake, contradiction_beyond, omission_stake};

use super::bids::{Bid, Bids, PartOfRun, RunBid};
use super::companions::Companions;
use super::effort::Effort;
use super::folded::Folded;
use super::marks::{Mark, Marks};
use super::{Index, IndexedName, UNIT};
use crate::Candidates;

/// Working memory of a search, kept for its room.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) candidates: Vec<u32>,
    /// What was done with it so far.
    pub(super) effort: Effort,
    bids: Vec<Arc<Bids>>,
    parts: Vec<PartOfRun>,
    places: Vec<Place>,
    marks: Marks,
    /// What words of the query can do for names of which they may be a run.
    runs: Vec<(RunBid, Mark)>,
    /// These names, folded.
    named: Folded,
    /// Names whose words may be enough.
    promising: Vec<u32>,
    /// These names themselves.
    names: Vec<(u32, IndexedName)>,
    /// These names, folded.
    promised: Folded,
    /// What words of the query can do for these names by runs, by name.
    of_names: Vec<(u32, Mark)>,
    /// For each word of the query the best of its marks on a name.
    best: Vec<Marked>,
}

/// A word of the query.
struct Place {
    /// What it takes if it is left out, times [`UNIT`].
    omitted: i64,
    /// The most that it can do for a name, beyond being left out.
    most: i64,
    /// The least that it puts at stake, aligned or left out, in millibits.
    least_stake: i32,
    /// The most that it is evidence of, in millibits.
    bits: i32,
    /// The least that it puts at stake beyond, where it contradicts another word of content; `None` if it is none.
    beyond: Option<i32>,
    /// Names that it can do something for, about.
    names: usize,
    /// Whether names are looked at for its sake.
    needed: bool,
}

/// The best that one word of the query can do for a name.
#[derive(Clone, Copy, Default)]
struct Marked {
    better: i64,
    bits: i32,
    /// Whether it can do anything.
    any: bool,
}

impl Bid {
    /// What it adds to `gain - t * stake`.
    fn value(&self, t: i64) -> i64 {
        i64::from(self.gain) * UNIT - t * i64::from(self.stake)
    }

    fn mark(&self, place: usize, omitted: i64, t: i64, of_run: bool) -> Mark {
        // A pair that is worth less than leaving the word out still makes the name a candidate.
        let better = (self.value(t) + t * i64::from(self.kept) + omitted).max(0);
        Mark { place: place as u32, better, bits: self.bits, of_run }
    }
}

impl Index {
    /// Calls for the candidates, some perhaps twice, that may reach `t` ten-thousandths by one name of a query, if all
    /// else adds `lifted` to `gain - t * stake`.
    pub(super) fn bound(
        &self,
        query: &Name,
        t: i64,
        lifted: i64,
        entities: &(impl Candidates + ?Sized),
        scratch: &mut Scratch,
        each: &mut impl FnMut(u32),
    ) {
        scratch.bids.clear();
        for token in &query.tokens {
            let bids = self.bids(token, entities, &mut scratch.effort);
            scratch.bids.push(bids);
        }
        self.parts_of_runs(query, entities, &mut scratch.parts);
        self.weigh_places(query, t, scratch);
        let missing = scratch.places.iter().map(|place| place.omitted).sum::<i64>() - lifted;
        // Whoever reaches the line agrees in so much at least.
        let least_stake: i64 = scratch.places.iter().map(|place| i64::from(place.least_stake)).sum();
        let least_gain = (t * least_stake / UNIT) as i32;
        let namesakes = |bits: i32| {
            // Attributes that agree are evidence too, and leave less to chance.
            if lifted > 0 { 0 } else { t * i64::from(chance_stake(query.kind, least_gain, bits)) }
        };
        // By what is gained, with so many bits of evidence, if the name puts so much at stake besides.
        let reaches_beside =
            |gained: i64, bits: i32, stake: i32| gained - missing >= namesakes(bits) + t * i64::from(stake);
        let reaches = |gained: i64, bits: i32| reaches_beside(gained, bits, 0);
        if !scratch.choose_needed(reaches) {
            return;
        }
        self.mark(t, scratch);
        let by_one = scratch.places.iter().any(|place| reaches(place.most, place.bits));
        self.choose_promising(self.of_kind(query.kind), by_one, reaches_beside, scratch);
        scratch.effort.names += scratch.promising.len() as u64;
        self.find_runs(scratch);
        // One after the other from memory, before any is worked on: so many are on their way at a time.
        let mut names = std::mem::take(&mut scratch.names);
        names.extend(scratch.promising.iter().map(|number| (*number, self.names[*number as usize])));
        for (number, name) in names.drain(..) {
            let Best { value, bits, contradicted } = self.best_of(number, &name, scratch);
            if reaches_beside(value, bits, name.omitted + contradicted) {
                each(name.entity);
            }
        }
        scratch.names = names;
        self.take_up_marks(scratch);
    }

    /// The names of a kind that a needed word of the query can do something for, less those of which it can be seen beside
    /// the posting that they do not reach the line: no other word can do anything, where two are needed (unless `by_one`),
    /// or all together too little.
    fn choose_promising(
        &self,
        kind: Range<u32>,
        by_one: bool,
        reaches: impl Fn(i64, i32, i32) -> bool,
        scratch: &mut Scratch,
    ) {
        let Scratch { promising, marks, runs, named, places, bids, parts, .. } = scratch;
        promising.clear();
        let contradictions = Contradictions::of(places);
        let mut look_through = |word: u32| {
            let most = marks.most(word);
            let promises = |name: u32, companions: &Companions| {
                let Some(most) = most else { return true };
                if !runs.is_empty() && named.may_hold(name) {
                    return true;
                }
                if !by_one && !companions.met(&marks.folded) {
                    return false;
                }
                companions.most(most, &marks.folded).is_none_or(|most| {
                    let contradicted = contradictions.beyond(companions.content(), most.words);
                    reaches(most.better, most.bits, companions.omitted() + contradicted)
                })
            };
            let names = self.names_with(word, &kind).filter(|(name, companions)| promises(*name, companions));
            promising.extend(names.map(|(name, _)| name));
        };
        for (_, bids) in places.iter().zip(&*bids).filter(|(place, _)| place.needed) {
            bids.words.iter().for_each(|bid| look_through(bid.to));
        }
        parts.iter().filter(|part| places[part.place].needed).for_each(|part| look_through(part.bid.to));
        for (run, _) in runs.iter().filter(|(_, mark)| places[mark.place as usize].needed) {
            let names = self.runs(run.list, &run.names).iter().map(|run| run.name);
            promising.extend(names.filter(|name| kind.contains(name)));
        }
        promising.sort_unstable();
        promising.dedup();
    }

    fn weigh_places(&self, query: &Name, t: i64, scratch: &mut Scratch) {
        scratch.places.clear();
        for (token, bids) in query.tokens.iter().zip(&scratch.bids) {
            let stake = omission_stake(token, true);
            let omitted = t * i64::from(stake);
            let bids_of_runs = bids.runs.iter().map(|run| &run.bid);
            let best = bids.words.iter().chain(bids_of_runs).map(|bid| bid.value(t)).max();
            scratch.places.push(Place {
                omitted,
                most: best.map_or(0, |best| (best + omitted).max(0)),
                least_stake: bids.least_stake.min(stake),
                bits: bids.bits,
                beyond: contradiction_beyond(token),
                names: bids.of,
                needed: true,
            });
        }
        for part in &scratch.parts {
            let place = &mut scratch.places[part.place];
            place.most = place.most.max(part.bid.value(t) + place.omitted);
            // A run is worth the information of its commoner spelling, which may be less than that of any of its words.
            place.least_stake = 0;
            place.bits = place.bits.max(part.bid.bits);
            place.names += self.names_with.get(part.bid.to).len();
        }
    }

    /// Lays down on the words of the list what the words of the query can do for the names that hold them.
    fn mark(&self, t: i64, scratch: &mut Scratch) {
        let Scratch { bids, parts, places, marks, runs, named, .. } = scratch;
        marks.begin(self.stands.len());
        let mut lay = |bid: &Bid, place: usize, of_run: bool| {
            marks.lay(bid.to, bid.mark(place, places[place].omitted, t, of_run));
        };
        for (place, bids) in bids.iter().enumerate() {
            bids.words.iter().for_each(|bid| lay(bid, place, false));
            let mark = |run: &RunBid| run.bid.mark(place, places[place].omitted, t, false);
            runs.extend(bids.runs.iter().map(|run| (run.clone(), mark(run))));
        }
        parts.iter().for_each(|part| lay(&part.bid, part.place, true));
        for (run, _) in &*runs {
            self.runs(run.list, &run.names).iter().for_each(|run| named.raise(run.name, None));
        }
    }

    /// Finds the promising names among those that have runs that words of the query may stand for.
    fn find_runs(&self, scratch: &mut Scratch) {
        let Scratch { promising, promised, runs, of_names, .. } = scratch;
        of_names.clear();
        if runs.is_empty() {
            return;
        }
        promising.iter().for_each(|name| promised.raise(*name, None));
        for (run, mark) in runs {
            let names = self.runs(run.list, &run.names).iter().map(|run| run.name);
            let found =
                names.filter(|name| promised.may_hold(*name) && promising.binary_search(name).is_ok());
            of_names.extend(found.map(|name| (name, *mark)));
        }
        of_names.sort_unstable_by_key(|(name, _)| *name);
        promising.iter().for_each(|name| promised.remove(*name));
    }

    /// Takes up what was laid down for a name of the query.
    fn take_up_marks(&self, scratch: &mut Scratch) {
        scratch.marks.clear();
        for (run, _) in scratch.runs.drain(..) {
            self.runs(run.list, &run.names).iter().for_each(|run| scratch.named.remove(run.name));
        }
    }

    /// The names of a kind that hold a word, with what else stands in them.
    fn names_with(&self, word: u32, kind: &Range<u32>) -> impl Iterator<Item = (u32, Companions)> {
        let all = self.names_with.range(word);
        let names = self.names_with.get(word);
        let start = names.partition_point(|name| *name < kind.start);
        let end = start + names[start..].partition_point(|name| *name < kind.end);
        names[start..end].iter().copied().zip(self.companions[all][start..end].iter().copied())
    }

    /// The best that the words of the query can do for a name: no more than the best of each added up, and no more than
    /// what each word of the name can be taken for, which is one word of the query or a run of them.
    fn best_of(&self, number: u32, name: &IndexedName, scratch: &mut Scratch) -> Best {
        let Scratch { places, marks, of_names, best, .. } = scratch;
        best.clear();
        best.resize(places.len(), Marked::default());
        let mut raise = |mark: &Mark| {
            let best = &mut best[mark.place as usize];
            let (better, bits) = (best.better.max(mark.better), best.bits.max(mark.bits));
            *best = Marked { better, bits, any: true };
        };
        let (mut by_name, mut aligned, mut with_runs) = (0, 0, false);
        for word in name.words().unwrap_or_else(|| self.words_of.get(number)) {
            let (mut one, mut run) = (0, 0);
            aligned += usize::from(marks.any(*word));
            for mark in marks.on(*word) {
                raise(mark);
                if mark.of_run {
                    run += mark.better;
                } else {
                    one = one.max(mark.better);
                }
                with_runs |= mark.of_run;
            }
            by_name += one.max(run);
        }
        let first = of_names.partition_point(|(other, _)| *other < number);
        for (_, mark) in of_names[first..].iter().take_while(|(other, _)| *other == number) {
            raise(mark);
            by_name += mark.better;
            with_runs = true;
        }
        let (by_query, bits) = best.iter().fold((0, 0), |sum, one| (sum.0 + one.better, sum.1 + one.bits));
        let value = by_query.min(by_name);
        if with_runs {
            // How many words are left over, runs do not say.
            return Best { value, bits, contradicted: 0 };
        }
        aligned = aligned.min(best.iter().filter(|best| best.any).count());
        let content = usize::from(name.content);
        Best { value, bits, contradicted: Contradictions::of(places).beyond(content, aligned) }
    }
}

/// What words of the query put at stake where they stand against words of a name.
struct Contradictions {
    /// How many words of content the query has.
    content: usize,
    /// The least that one of them puts at stake beyond words left over, in millibits.
    least: i32,
}

impl Contradictions {
    fn of(places: &[Place]) -> Self {
        let beyond = || places.iter().filter_map(|place| place.beyond);
        Self { content: beyond().count(), least: beyond().min().unwrap_or(0) }
    }

    /// The least that they put at stake for a name of so many words of content, of which so many are aligned at most: what
    /// both names must have left stands against each other.
    fn beyond(&self, content: usize, aligned: usize) -> i32 {
        content.min(self.content).saturating_sub(aligned) as i32 * self.least
    }
}

/// The best that a query can do for a name.
struct Best {
    /// What its words gain over being left out, times [`UNIT`].
    value: i64,
    /// The most that they can be evidence of, in millibits.
    bits: i32,
    /// The least that contradictions put at stake beyond words left over, in millibits.
    contradicted: i32,
}

impl Scratch {
    /// Leaves out words that stand in many names as long as all that are left out cannot reach the line alone: what they can
    /// do at most, with so many millibits of evidence. Whether the line can be reached at all.
    fn choose_needed(&mut self, reaches: impl Fn(i64, i32) -> bool) -> bool {
        let (mut most, mut bits) = (0, 0);
        for place in &self.places {
            (most, bits) = (most + place.most, bits + place.bits);
        }
        if !reaches(most, bits) {
            return false;
        }
        (most, bits) = (0, 0);
        for _ in 0..self.places.len() {
            let fits = |place: &&mut Place| place.needed && !reaches(most + place.most, bits + place.bits);
            let Some(place) = self.places.iter_mut().filter(fits).max_by_key(|place| place.names) else {
                break;
            };
            place.needed = false;
            (most, bits) = (most + place.most, bits + place.bits);
        }
        true
    }
}
