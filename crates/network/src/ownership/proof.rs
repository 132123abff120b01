//! The proof of a verdict: who has how much of whom, step by step down to the blocked persons, each stake with its sources.

use rustc_hash::FxHashSet;

use super::closure::{Bound, Ranks, is_counted, part_of};
use super::stakes::Stake;
use super::{Assessment, Class, Interval, Tie, Verdict, Why};
use crate::total::Total;
use crate::{Edge, Node, Share};

/// A chain that is longer than this goes on without being shown.
const DEEPEST: usize = 100;
/// A proof of more parties than this is nobody's reading: what is left of it is named and not shown.
const LONGEST: usize = 2_000;

/// Why a verdict is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// It is on the list itself.
    Listed,
    /// It is taken for a listed party.
    TakenFor(Tie),
    /// Enough of its shares is owned, or may be.
    Owned,
    /// Enough of its votes is held, or may be.
    Votes,
    /// It is controlled, or may be.
    Controlled,
    /// What blocked persons have of it is not enough.
    NotEnough,
    /// Blocked persons have nothing of it that a source states.
    NoStake,
    /// It is shown elsewhere in the proof.
    Shown,
    /// It comes by its verdict only through the party that it is shown under: they own each other.
    Ring,
    /// The proof is too long to show it.
    Longer,
}

/// A party in a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Who.
    pub party: Node,
    /// What the rule says of it; where persons are not added up, with regard to the one of whom the proof tells.
    pub verdict: Verdict,
    /// Why.
    pub because: Because,
    /// What blocked persons have of its shares.
    pub shares: Option<Interval>,
    /// What blocked persons have of its votes.
    pub votes: Option<Interval>,
    /// The part of it that no source gives an owner, at most.
    pub unaccounted: Option<Total>,
    /// The stakes in it: those that are counted first.
    pub stakes: Vec<Counted>,
}

/// A stake in a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What is held.
    pub class: Class,
    /// How much: of control the whole where it is stated, up to the whole where it is suspected.
    pub share: Share,
    /// The statements that it rests on.
    pub relations: Vec<Edge>,
    /// Whether it is counted.
    pub counted: bool,
    /// Whether it is held jointly with others.
    pub jointly: bool,
    /// Whose it is.
    pub owner: Proof,
}

/// Builds the proof for one party from the sets that decide on it.
pub(super) fn prove(assessment: &Assessment<'_>, party: Node, lower: &Ranks, upper: &Ranks) -> Proof {
    Prover { assessment, lower, upper, shown: FxHashSet::default() }.party(party, 0)
}

struct Prover<'a> {
    assessment: &'a Assessment<'a>,
    lower: &'a Ranks,
    upper: &'a Ranks,
    shown: FxHashSet<u32>,
}

impl Prover<'_> {
    fn verdict(&self, party: u32) -> Verdict {
        match (self.lower.has(party), self.upper.has(party)) {
            (true, _) => Verdict::Blocked,
            (false, true) => Verdict::Possible,
            (false, false) => Verdict::NotBlocked,
        }
    }

    fn leaf(&self, node: Node, because: Because) -> Proof {
        let verdict = self.verdict(node.index() as u32);
        let verdict = match because {
            Because::Listed | Because::TakenFor(_) => Verdict::Blocked,
            _ => verdict,
        };
        Proof {
            party: node,
            verdict,
            because,
            shares: None,
            votes: None,
            unaccounted: None,
            stakes: Vec::new(),
        }
    }

    fn party(&mut self, node: Node, depth: usize) -> Proof {
        let party = node.index() as u32;
        match self.assessment.blocked.get(&node) {
            Some(Why::Listed) => return self.leaf(node, Because::Listed),
            Some(Why::TakenFor(tie)) => return self.leaf(node, Because::TakenFor(tie.clone())),
            None => {}
        }
        if self.shown.contains(&party) {
            return self.leaf(node, Because::Shown);
        }
        if depth >= DEEPEST || self.shown.len() >= LONGEST {
            return self.leaf(node, Because::Longer);
        }
        self.shown.insert(party);
        let verdict = self.verdict(party);
        let members = if verdict == Verdict::Blocked { self.lower } else { self.upper };
        let adds_up = self.assessment.terms.regime.adds_up();
        let stakes = &self.assessment.stakes;
        let (mut counted, others): (Vec<&Stake>, Vec<&Stake>) =
            stakes.of_asset(party).partition(|stake| is_counted(stake, stakes, members, adds_up));
        // Greatest first, for a reader; then in the order of the sources.
        counted.sort_by_key(|stake| (stake.class, std::cmp::Reverse(stake.share.high()), stake.owner));
        let mut shown = Vec::new();
        for stake in counted {
            let owner = Node::new(stake.owner as usize);
            let later =
                members.has(stake.owner) && members.has(party) && members.of(stake.owner) > members.of(party);
            let owner = if later { self.leaf(owner, Because::Ring) } else { self.party(owner, depth + 1) };
            shown.push(self.stake(stake, true, owner));
        }
        for stake in others {
            // Of owners who do not count, those are looked into of whom blocked persons have something.
            let owner = Node::new(stake.owner as usize);
            let touched = stakes.of_asset(stake.owner).any(|s| is_counted(s, stakes, self.upper, adds_up));
            let owner = if touched || self.assessment.blocked.contains_key(&owner) {
                self.party(owner, depth + 1)
            } else {
                self.leaf(owner, Because::NoStake)
            };
            shown.push(self.stake(stake, false, owner));
        }
        let interval = |class| self.assessment.interval(node, class, self.lower, self.upper);
        Proof {
            party: node,
            verdict,
            because: self.because(node, verdict, &shown),
            shares: interval(Class::Shares),
            votes: interval(Class::Votes),
            unaccounted: self.assessment.unaccounted(node),
            stakes: shown,
        }
    }

    fn stake(&self, stake: &Stake, counted: bool, owner: Proof) -> Counted {
        Counted {
            class: stake.class,
            share: stake.share,
            relations: self.assessment.stakes.statements(stake).to_vec(),
            counted,
            jointly: stake.joint.is_some(),
            owner,
        }
    }

    fn because(&self, node: Node, verdict: Verdict, shown: &[Counted]) -> Because {
        let Assessment { stakes, terms, .. } = self.assessment;
        let (members, bound) = match verdict {
            Verdict::Blocked => (self.lower, Bound::Lower),
            _ => (self.upper, Bound::Upper),
        };
        let reached = |class| {
            self.assessment.pool(node, class).is_some_and(|pool| {
                let part = part_of(pool, stakes, members, terms.regime.adds_up());
                part.reaches(&stakes.pools[pool as usize], *terms, bound)
            })
        };
        if verdict == Verdict::NotBlocked {
            let any = shown.iter().any(|stake| stake.counted);
            return if any { Because::NotEnough } else { Because::NoStake };
        }
        [(Class::Shares, Because::Owned), (Class::Votes, Because::Votes)]
            .into_iter()
            .find(|(class, _)| reached(*class))
            .map_or(Because::Controlled, |(_, because)| because)
    }
}

impl Proof {
    /// The blocked persons on whom it rests, each once, in the order in which they are shown.
    #[must_use]
    pub fn persons(&self) -> Vec<Node> {
        let mut persons = Vec::new();
        self.visit(&mut |proof, counted| {
            let person = matches!(proof.because, Because::Listed | Because::TakenFor(_));
            if counted && person && !persons.contains(&proof.party) {
                persons.push(proof.party);
            }
        });
        persons
    }

    /// The ties on which it rests that somebody has to look at.
    #[must_use]
    pub fn ties(&self) -> Vec<&Tie> {
        let mut ties: Vec<&Tie> = Vec::new();
        self.visit(&mut |proof, counted| {
            if let Because::TakenFor(tie) = &proof.because
                && counted
                && !tie.certain
                && !ties.contains(&tie)
            {
                ties.push(tie);
            }
        });
        ties
    }

    /// Looks at every party of it, and whether it is counted towards the first.
    pub fn visit<'p>(&'p self, look: &mut impl FnMut(&'p Proof, bool)) {
        fn go<'p>(proof: &'p Proof, counted: bool, look: &mut impl FnMut(&'p Proof, bool)) {
            look(proof, counted);
            for stake in &proof.stakes {
                go(&stake.owner, counted && stake.counted, look);
            }
        }
        go(self, true, look);
    }
}
