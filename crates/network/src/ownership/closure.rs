//! Who is owned or controlled, step by step: the least set that holds the blocked persons and, with some owners, every asset of
//! which they have enough.
//!
//! It is reached from below, one member at a time, and each member only ever adds to what the others own. So the order does not
//! matter, rings of companies that only own each other stay out, and the work is one look at each stake.

use super::stakes::{Class, Pool, Stake, Stakes};
use super::{Remainder, Terms};
use crate::total::Total;

/// Which ends of the ranges are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// The lower: whoever is in the set is so for certain.
    Lower,
    /// The upper: whoever is not in the set cannot be.
    Upper,
}

/// What members of a set have of a pool.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    low: Total,
    high: Total,
    low_open: u32,
    high_open: u32,
    counted: u32,
}

/// An end of an interval; an open one is not itself possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) at: Total,
    pub(crate) open: bool,
}

impl Part {
    fn add(&mut self, stake: &Stake) {
        self.low.add(stake.share.low());
        self.high.add(stake.share.high());
        self.low_open += u32::from(stake.share.is_low_open());
        self.high_open += u32::from(stake.share.is_high_open());
        self.counted += 1;
    }

    /// The least that they have. Where all stakes together are more than the whole, it is what the others leave of it.
    pub(crate) fn min(&self, pool: &Pool) -> End {
        let over = pool.least.minus(&Total::whole());
        if over <= Total::default() {
            return End { at: self.low.clone(), open: self.low_open > 0 };
        }
        End { at: self.low.minus(&over).max(Total::default()), open: false }
    }

    /// The most that they have: what their stakes allow, and what others leave for certain.
    pub(crate) fn max(&self, pool: &Pool, remainder: Remainder) -> End {
        let stated = End { at: self.high.clone(), open: self.high_open > 0 };
        let others = pool.least.minus(&self.low);
        let left = End { at: Total::whole().minus(&others), open: pool.open > self.low_open };
        let left = if pool.least > Total::whole() { End { at: Total::whole(), open: false } } else { left };
        if remainder == Remainder::Unknown && self.high > Total::default() {
            return left;
        }
        match stated.at.cmp(&left.at) {
            std::cmp::Ordering::Less => stated,
            std::cmp::Ordering::Greater => left,
            std::cmp::Ordering::Equal => End { open: stated.open || left.open, ..stated },
        }
    }

    /// Whether they have enough of it.
    pub(crate) fn reaches(&self, pool: &Pool, terms: Terms, bound: Bound) -> bool {
        let line = match pool.class {
            Class::Shares => terms.regime.shares(terms.as_of),
            Class::Votes => match terms.regime.votes() {
                Some(line) => line,
                None => return false,
            },
            Class::Control => {
                return match bound {
                    Bound::Lower => self.low >= Total::whole(),
                    Bound::Upper => self.high > Total::default(),
                };
            }
        };
        match bound {
            Bound::Lower => {
                let min = self.min(pool);
                line.is_reached_by(&min.at, min.open)
            }
            Bound::Upper => {
                let max = self.max(pool, terms.remainder);
                line.may_be_reached_by(&max.at, max.open)
            }
        }
    }
}

/// Members in the order in which they joined: [`Ranks::NONE`] of whoever is none.
#[derive(Clone, Debug)]
pub(crate) struct Ranks(Vec<u32>);

impl Ranks {
    const NONE: u32 = u32::MAX;

    fn nobody(parties: usize) -> Self {
        Self(vec![Self::NONE; parties])
    }

    pub(crate) fn has(&self, party: u32) -> bool {
        self.0[party as usize] != Self::NONE
    }

    /// The later, the greater.
    pub(crate) fn of(&self, party: u32) -> u32 {
        self.0[party as usize]
    }
}

/// The working memory of closures, so that one for each of many persons costs what it looks at alone.
pub(crate) struct Closure {
    pub(crate) ranks: Ranks,
    pub(crate) members: Vec<u32>,
    parts: Vec<Part>,
    pub(crate) touched: Vec<u32>,
    joint: rustc_hash::FxHashSet<u32>,
}

impl Closure {
    pub(crate) fn new(stakes: &Stakes, parties: usize) -> Self {
        Self {
            ranks: Ranks::nobody(parties),
            members: Vec::new(),
            parts: vec![Part::default(); stakes.pools.len()],
            touched: Vec::new(),
            joint: rustc_hash::FxHashSet::default(),
        }
    }

    /// Finds the set of some persons, in place of the one before.
    pub(crate) fn run(
        &mut self,
        stakes: &Stakes,
        terms: Terms,
        persons: impl IntoIterator<Item = u32>,
        bound: Bound,
    ) {
        for member in self.members.drain(..) {
            self.ranks.0[member as usize] = Ranks::NONE;
        }
        for pool in self.touched.drain(..) {
            self.parts[pool as usize] = Part::default();
        }
        self.joint.clear();
        for person in persons {
            self.join(person);
        }
        let mut next = 0;
        while let Some(member) = self.members.get(next).copied() {
            next += 1;
            for stake in stakes.of_owner(member) {
                self.count(stakes, terms, stake, bound);
            }
        }
    }

    fn join(&mut self, party: u32) {
        if !self.ranks.has(party) {
            self.ranks.0[party as usize] = self.members.len() as u32;
            self.members.push(party);
        }
    }

    fn count(&mut self, stakes: &Stakes, terms: Terms, stake: &Stake, bound: Bound) {
        match stake.joint.filter(|_| !terms.regime.adds_up()) {
            // Each of those who hold jointly is taken to hold all that they hold, once.
            Some(group) => {
                if !self.joint.insert(group) {
                    return;
                }
                let together = stakes.of_asset(stake.asset);
                together
                    .filter(|s| s.joint == Some(group) && s.class == stake.class)
                    .for_each(|s| self.add(s));
            }
            None => self.add(stake),
        }
        let pool = &stakes.pools[stake.pool as usize];
        if !self.ranks.has(stake.asset) && self.parts[stake.pool as usize].reaches(pool, terms, bound) {
            self.join(stake.asset);
        }
    }

    fn add(&mut self, stake: &Stake) {
        let part = &mut self.parts[stake.pool as usize];
        if part.counted == 0 {
            self.touched.push(stake.pool);
        }
        part.add(stake);
    }

    /// What the members have of a pool.
    pub(crate) fn part(&self, pool: u32) -> &Part {
        &self.parts[pool as usize]
    }
}

/// Whether a stake is counted for the members: the owner is one, or one of those who hold it jointly.
pub(crate) fn is_counted(stake: &Stake, stakes: &Stakes, ranks: &Ranks, adds_up: bool) -> bool {
    ranks.has(stake.owner)
        || stake.joint.is_some_and(|group| {
            let of_group = |other: &Stake| other.joint == Some(group) && other.class == stake.class;
            !adds_up && stakes.of_asset(stake.asset).any(|other| of_group(other) && ranks.has(other.owner))
        })
}

/// What the members have of a pool, by looking at its stakes.
pub(crate) fn part_of(pool: u32, stakes: &Stakes, ranks: &Ranks, adds_up: bool) -> Part {
    let mut part = Part::default();
    let asset = stakes.pools[pool as usize].asset;
    for stake in stakes.of_asset(asset).filter(|stake| stake.pool == pool) {
        if is_counted(stake, stakes, ranks, adds_up) {
            part.add(stake);
        }
    }
    part
}
