//! Who is owned or controlled by blocked persons: a pure function of the graph, the blocked persons and the terms.
//!
//! Stakes are ranges. A **world** is a choice of one value from each, such that nothing is owned more than once; in a world the
//! rule has one answer, the least set that holds the blocked persons and every company of which the set has enough. A company
//! is [`Verdict::Blocked`] where it is in the set in every world, [`Verdict::Possible`] where it is in some,
//! [`Verdict::NotBlocked`] where it is in none. `docs/network.md` says why two fixed points decide that; the tests hold them
//! equal to going through the worlds one by one.

mod closure;
mod proof;
mod regime;
mod stakes;
mod words;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use closure::{Bound, Closure, End, Ranks, part_of};
use stakes::Stakes;

use crate::total::Total;
use crate::{Graph, Node};

pub use proof::{Because, Counted, Proof};
pub use regime::{Line, Regime, Remainder, Terms};
pub use stakes::{Class, Contradiction};
pub use words::ProofLine;

/// What the rule says of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Whatever the ranges leave open, it is not owned or controlled enough, by what the sources state.
    NotBlocked,
    /// What is known does not decide it.
    Possible,
    /// It is blocked itself, or owned or controlled enough whatever the ranges leave open.
    Blocked,
}

impl Verdict {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotBlocked => "not_blocked",
            Self::Possible => "possible",
            Self::Blocked => "blocked",
        }
    }
}

/// Why somebody counts as a blocked person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is on the list itself.
    Listed,
    /// It is taken for a listed party, on this evidence.
    TakenFor(Tie),
}

/// What ties a party of the ownership data to a listed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Id of the listed party.
    pub id: Box<str>,
    /// Its name.
    pub caption: Box<str>,
    /// What speaks for it, in a sentence.
    pub evidence: Box<str>,
    /// Whether it rests on an id that both have. Otherwise somebody has to look.
    pub certain: bool,
}

/// The blocked persons.
pub type Blocked = BTreeMap<Node, Why>;

/// An interval of shares of the whole; an end that is open is not itself possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The least.
    pub min: Total,
    /// Whether it is more than that.
    pub min_open: bool,
    /// The most.
    pub max: Total,
    /// Whether it is less than that.
    pub max_open: bool,
}

/// The answer for all parties of a graph.
pub struct Assessment<'g> {
    graph: &'g Graph,
    terms: Terms,
    blocked: &'g Blocked,
    stakes: Stakes,
    verdicts: Vec<Verdict>,
    /// Whether a blocked verdict holds without the ties that somebody has to look at.
    certain: Vec<bool>,
    sets: Sets,
}

/// Where blocked persons are added up there are two sets of members; where not, two for each person.
enum Sets {
    Together {
        lower: Ranks,
        upper: Ranks,
    },
    /// The persons, for each party the one of whom its proof tells, with the memory to find the sets of one again.
    Each {
        persons: Vec<Vec<u32>>,
        holders: Vec<Option<u32>>,
        memory: Box<Mutex<[Closure; 2]>>,
    },
}

/// Applies a rule.
#[must_use]
pub fn assess<'g>(graph: &'g Graph, blocked: &'g Blocked, terms: Terms) -> Assessment<'g> {
    let stakes = Stakes::of(graph, terms);
    let (verdicts, certain) = (vec![Verdict::NotBlocked; graph.len()], vec![true; graph.len()]);
    let sets = Sets::Each {
        persons: Vec::new(),
        holders: Vec::new(),
        memory: Box::new(Mutex::new([(); 2].map(|()| Closure::new(&stakes, 0)))),
    };
    let mut all = Assessment { graph, terms, blocked, stakes, verdicts, certain, sets };
    all.sets = if terms.regime.adds_up() { all.together() } else { all.each() };
    all
}

/// Whether somebody is a blocked person for certain.
fn surely(why: &Why) -> bool {
    matches!(why, Why::Listed | Why::TakenFor(Tie { certain: true, .. }))
}

impl Assessment<'_> {
    /// The sets of all persons together.
    fn together(&mut self) -> Sets {
        let mut closure = Closure::new(&self.stakes, self.graph.len());
        let mut run = |sure: bool, bound| {
            let persons = self.blocked.iter().filter(|(_, why)| !sure || surely(why));
            closure.run(&self.stakes, self.terms, persons.map(|(node, _)| node.index() as u32), bound);
            closure.ranks.clone()
        };
        let (lower, upper) = (run(false, Bound::Lower), run(false, Bound::Upper));
        let sure = if self.blocked.values().all(surely) { lower.clone() } else { run(true, Bound::Lower) };
        for party in 0..self.graph.len() as u32 {
            self.verdicts[party as usize] = match (lower.has(party), upper.has(party)) {
                (true, _) => Verdict::Blocked,
                (false, true) => Verdict::Possible,
                (false, false) => Verdict::NotBlocked,
            };
            self.certain[party as usize] = !lower.has(party) || sure.has(party);
        }
        Sets::Together { lower, upper }
    }

    /// The sets of each person, of which only the best for each party are remembered.
    fn each(&mut self) -> Sets {
        let persons = self.persons();
        let [mut lower, upper] = [(); 2].map(|()| Closure::new(&self.stakes, self.graph.len()));
        let mut holders: Vec<Option<u32>> = vec![None; self.graph.len()];
        let mut most: Vec<f64> = vec![-1.0; self.graph.len()];
        let (stakes, terms) = (&self.stakes, self.terms);
        let is_sure = |node: &u32| self.blocked.get(&Node::new(*node as usize)).is_some_and(surely);
        for (person, nodes) in (0..).zip(&persons) {
            let sure: Vec<u32> = nodes.iter().copied().filter(is_sure).collect();
            // With and without those of whom somebody has to see that they are he.
            for (nodes, certain) in [(&sure, true), (nodes, sure.len() == nodes.len())] {
                lower.run(stakes, terms, nodes.iter().copied(), Bound::Lower);
                for at in lower.members.iter().map(|member| *member as usize) {
                    if self.verdicts[at] < Verdict::Blocked || !self.certain[at] && certain {
                        (self.verdicts[at], self.certain[at]) = (Verdict::Blocked, certain);
                        holders[at] = Some(person);
                    }
                }
            }
            lower.run(stakes, terms, nodes.iter().copied(), Bound::Upper);
            for at in lower.members.iter().map(|member| *member as usize) {
                if self.verdicts[at] < Verdict::Possible {
                    (self.verdicts[at], holders[at]) = (Verdict::Possible, Some(person));
                }
            }
            // Of whoever is not blocked, the person with the most of it is told of. That decides nothing.
            for pool in &lower.touched {
                let of = &stakes.pools[*pool as usize];
                let at = of.asset as usize;
                let has = lower.part(*pool).max(of, terms.remainder).at.approximately();
                if self.verdicts[at] == Verdict::NotBlocked && has > most[at] {
                    (most[at], holders[at]) = (has, Some(person));
                }
            }
        }
        Sets::Each { persons, holders, memory: Box::new(Mutex::new([lower, upper])) }
    }

    /// The parties that are one blocked person: a listed one, and who is taken for it.
    fn persons(&self) -> Vec<Vec<u32>> {
        let mut persons: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (node, why) in self.blocked {
            let id = match why {
                Why::Listed => &self.graph.party(*node).entity.id,
                Why::TakenFor(tie) => &tie.id,
            };
            persons.entry(id).or_default().push(node.index() as u32);
        }
        persons.into_values().collect()
    }
}

impl<'g> Assessment<'g> {
    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// The terms.
    #[must_use]
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// What the rule says of a party.
    #[must_use]
    pub fn verdict(&self, node: Node) -> Verdict {
        self.verdicts[node.index()]
    }

    /// What the rule says of every party, in the order of the graph.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// Whether a blocked verdict stands without any tie that somebody has to look at. `true` of all others.
    #[must_use]
    pub fn is_certain(&self, node: Node) -> bool {
        self.certain[node.index()]
    }

    /// Why a party is a blocked person itself.
    #[must_use]
    pub fn is_blocked_person(&self, node: Node) -> Option<&'g Why> {
        self.blocked.get(&node)
    }

    /// What makes no sense of what the sources state.
    #[must_use]
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.stakes.contradictions
    }

    /// Parties that are no blocked persons themselves and are blocked or possibly so, in the order of the graph.
    pub fn found(&self) -> impl Iterator<Item = (Node, Verdict)> {
        let all = self.graph.nodes().zip(self.verdicts.iter().copied());
        all.filter(|(node, verdict)| *verdict != Verdict::NotBlocked && !self.blocked.contains_key(node))
    }

    /// What blocked persons have of the shares of a party. `None`: no source states who owns it.
    ///
    /// Where persons are not added up it is what the one has of whom the proof tells.
    #[must_use]
    pub fn shares(&self, node: Node) -> Option<Interval> {
        self.with_sets(node, |lower, upper| self.interval(node, Class::Shares, lower, upper))
    }

    /// The part of a party that no source gives an owner, at most. `None`: no source states who owns it.
    #[must_use]
    pub fn unaccounted(&self, node: Node) -> Option<Total> {
        let pool = self.pool(node, Class::Shares)?;
        let left = Total::whole().minus(&self.stakes.pools[pool as usize].least);
        Some(left.max(Total::default()))
    }

    /// The proof of what the rule says of a party.
    #[must_use]
    pub fn proof(&self, node: Node) -> Proof {
        self.with_sets(node, |lower, upper| proof::prove(self, node, lower, upper))
    }

    fn pool(&self, node: Node, class: Class) -> Option<u32> {
        let asset = node.index() as u32;
        self.stakes.of_asset(asset).find(|stake| stake.class == class).map(|stake| stake.pool)
    }

    fn interval(&self, node: Node, class: Class, lower: &Ranks, upper: &Ranks) -> Option<Interval> {
        let pool = self.pool(node, class)?;
        let adds_up = self.terms.regime.adds_up();
        let of = &self.stakes.pools[pool as usize];
        let End { at: min, open: min_open } = part_of(pool, &self.stakes, lower, adds_up).min(of);
        let End { at: max, open: max_open } =
            part_of(pool, &self.stakes, upper, adds_up).max(of, self.terms.remainder);
        Some(Interval { min, min_open, max, max_open })
    }

    /// The two sets that decide on a party.
    fn with_sets<T>(&self, node: Node, look: impl FnOnce(&Ranks, &Ranks) -> T) -> T {
        match &self.sets {
            Sets::Together { lower, upper } => look(lower, upper),
            Sets::Each { persons, holders, memory } => {
                let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
                let [lower, upper] = &mut *memory;
                let person = holders[node.index()].and_then(|person| persons.get(person as usize));
                let nodes = || person.into_iter().flatten().copied();
                lower.run(&self.stakes, self.terms, nodes(), Bound::Lower);
                upper.run(&self.stakes, self.terms, nodes(), Bound::Upper);
                look(&lower.ranks, &upper.ranks)
            }
        }
    }
}
