//! Stakes that are in force: what the sources state of one holder's part of one asset, put together.

use model::{ClaimStatus, PartialDate, Schema};
use rustc_hash::FxHashMap;

use super::Terms;
use crate::share::{Fraction, Share};
use crate::total::Total;
use crate::{Edge, Graph, Holding, Node, Relation};

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Shares, or what an asset without shares is.
    Shares,
    /// Votes.
    Votes,
    /// Control: whoever has it, has it; there are no parts of it.
    Control,
}

/// One holder's part of one asset.
#[derive(Clone, Debug)]
pub(crate) struct Stake {
    pub(crate) owner: u32,
    pub(crate) asset: u32,
    pub(crate) class: Class,
    /// Of control: the whole where it is stated, up to the whole where it is suspected.
    pub(crate) share: Share,
    /// Where its statements are in [`Stakes::edges`].
    edges: (u32, u32),
    /// Those who hold jointly have the same.
    pub(crate) joint: Option<u32>,
    /// Place of all stakes of its class in the same asset.
    pub(crate) pool: u32,
}

/// All stakes of one class in one asset.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    pub(crate) asset: u32,
    pub(crate) class: Class,
    /// The least that they come to together.
    pub(crate) least: Total,
    /// How many of them are more than their least.
    pub(crate) open: u32,
}

/// A company of which the sources together give more than the whole, or whose sources contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The company.
    pub asset: Node,
    /// What is wrong, in words.
    pub what: String,
    /// The statements.
    pub relations: Vec<Edge>,
}

/// The stakes of a graph, by owner and by asset.
pub(crate) struct Stakes {
    pub(crate) all: Vec<Stake>,
    /// By asset, then by class.
    pub(crate) pools: Vec<Pool>,
    edges: Vec<Edge>,
    /// Of each owner, the places of the first stake and of the one after the last.
    by_owner: Vec<u32>,
    by_asset: Vec<u32>,
    asset_order: Vec<u32>,
    pub(crate) contradictions: Vec<Contradiction>,
}

/// Whether a relation is in force.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum InForce {
    No,
    Perhaps,
    Yes,
}

fn in_force(relation: &Relation, as_of: Option<PartialDate>) -> InForce {
    use InForce::{No, Perhaps, Yes};
    let stands = match relation.status {
        ClaimStatus::Denied | ClaimStatus::Unsubstantiated => return No,
        ClaimStatus::Alleged | ClaimStatus::Charged => Perhaps,
        ClaimStatus::Historical if relation.end.is_none() => return No,
        _ => Yes,
    };
    let Some(day) = as_of else { return if relation.end.is_some() { No } else { stands } };
    // A stake counts on its first day, and on its last.
    let begun = match relation.start {
        Some(start) if day.last() < start.first() => No,
        Some(start) if day.first() < start.last() => Perhaps,
        _ => Yes,
    };
    let goes_on = match relation.end {
        Some(end) if end.last() < day.first() => No,
        Some(end) if end.first() < day.last() => Perhaps,
        _ => Yes,
    };
    stands.min(begun).min(goes_on)
}

/// What a relation gives, as the rules of the regime count it.
fn counted(relation: &Relation, terms: Terms) -> Option<(Class, Share)> {
    let (class, share) = match relation.holding {
        Holding::Shares(share) => (Class::Shares, share),
        Holding::Votes(share) if terms.regime.votes().is_some() => (Class::Votes, share),
        Holding::Control if terms.regime.counts_control() => {
            (Class::Control, Share::exact(Fraction::from_integer(1)).unwrap_or(Share::UNKNOWN))
        }
        Holding::Influence if terms.regime.counts_control() => (Class::Control, Share::UNKNOWN),
        _ => return None,
    };
    // A sum over a chain is a product of its shares, or whatever its source made of it: under a rule that asks for a majority at
    // each step it says neither that there is one nor that there is none.
    let share = if relation.indirect { Share::UNKNOWN } else { share };
    match in_force(relation, terms.as_of) {
        InForce::No => None,
        InForce::Perhaps => Some((class, share.or_nothing())),
        InForce::Yes => Some((class, share)),
    }
}

impl Stakes {
    pub(crate) fn of(graph: &Graph, terms: Terms) -> Self {
        let mut stated: Vec<(u32, u32, Class, Edge)> = Vec::new();
        for edge in graph.edges() {
            let (from, to) = graph.ends(edge);
            // Nobody owns a person; whoever has power over one has none over what is his by that alone.
            if counted(graph.relation(edge), terms).is_some()
                && graph.party(to).entity.schema != Schema::Person
            {
                let class = counted(graph.relation(edge), terms).map_or(Class::Shares, |(class, _)| class);
                stated.push((from.index() as u32, to.index() as u32, class, edge));
            }
        }
        stated.sort_unstable();
        let mut stakes = Self {
            all: Vec::with_capacity(stated.len()),
            pools: Vec::new(),
            edges: stated.iter().map(|(.., edge)| *edge).collect(),
            by_owner: Vec::new(),
            by_asset: Vec::new(),
            asset_order: Vec::new(),
            contradictions: Vec::new(),
        };
        let mut joint: FxHashMap<(u32, Box<str>), u32> = FxHashMap::default();
        let mut first = 0;
        for same in stated.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let (owner, asset, class, _) = same[0];
            let edges = (first as u32, (first + same.len()) as u32);
            first += same.len();
            let Some(share) = stakes.together(graph, terms, asset, same) else { continue };
            let word = same.iter().find_map(|(.., edge)| graph.relation(*edge).joint.clone());
            let joint = word.map(|word| {
                let next = joint.len() as u32;
                *joint.entry((asset, word)).or_insert(next)
            });
            stakes.all.push(Stake { owner, asset, class, share, edges, joint, pool: 0 });
        }
        stakes.by_owner = starts(graph.len(), stakes.all.iter().map(|stake| stake.owner));
        stakes.asset_order = (0..stakes.all.len() as u32).collect();
        let all = &stakes.all;
        stakes.asset_order.sort_by_key(|place| (all[*place as usize].asset, all[*place as usize].class));
        stakes.by_asset =
            starts(graph.len(), stakes.asset_order.iter().map(|place| all[*place as usize].asset));
        stakes.make_pools(graph);
        stakes
    }

    fn make_pools(&mut self, graph: &Graph) {
        for place in &self.asset_order {
            let stake = &mut self.all[*place as usize];
            let (asset, class) = (stake.asset, stake.class);
            if self.pools.last().is_none_or(|pool| (pool.asset, pool.class) != (asset, class)) {
                self.pools.push(Pool { asset, class, least: Total::default(), open: 0 });
            }
            stake.pool = self.pools.len() as u32 - 1;
            if let Some(pool) = self.pools.last_mut() {
                pool.least.add(stake.share.low());
                pool.open += u32::from(stake.share.is_low_open());
            }
        }
        let whole = Total::whole();
        let over = |pool: &&Pool| {
            pool.class != Class::Control && (pool.least > whole || pool.least == whole && pool.open > 0)
        };
        let mut found = Vec::new();
        for pool in self.pools.iter().filter(over) {
            let asset = Node::new(pool.asset as usize);
            let stakes = self.of_asset(pool.asset).filter(|stake| stake.class == pool.class);
            let relations = stakes.flat_map(|stake| self.statements(stake)).copied().collect();
            let what = if pool.class == Class::Votes { "votes" } else { "shares" };
            let (name, more) = (graph.caption(asset), if pool.open > 0 { "more than " } else { "" });
            let what = format!(
                "the {what} of {name} come to {more}{}: of each holder what the others leave is counted for certain",
                pool.least
            );
            found.push(Contradiction { asset, what, relations });
        }
        self.contradictions.append(&mut found);
    }

    /// What statements of the same owner, asset and class come to.
    ///
    /// Two sources that state it state the same stake: what fits both holds. One source that states it twice may mean two
    /// holdings or one: it is at least the greater of them, at most both.
    fn together(
        &mut self,
        graph: &Graph,
        terms: Terms,
        asset: u32,
        same: &[(u32, u32, Class, Edge)],
    ) -> Option<Share> {
        let share = |edge: Edge| counted(graph.relation(edge), terms).map(|(_, share)| share);
        let [_, _, ..] = same else { return same.first().and_then(|(.., edge)| share(*edge)) };
        let mut by_source: Vec<(u32, Share)> = Vec::new();
        let mut seen: Vec<(u32, Share)> = Vec::new();
        for (.., edge) in same {
            let source = graph.relation(*edge).evidence.source;
            let Some(share) = share(*edge).filter(|share| !seen.contains(&(source, *share))) else {
                continue;
            };
            seen.push((source, share));
            match by_source.iter_mut().find(|(of, _)| *of == source) {
                Some((_, known)) => *known = known.one_or_both(share),
                None => by_source.push((source, share)),
            }
        }
        let mut shares = by_source.into_iter().map(|(_, share)| share);
        let first = shares.next()?;
        let mut agree = true;
        let together = shares.fold(first, |all, share| {
            let (both, agreed) = all.both(share);
            agree &= agreed;
            both
        });
        if !agree {
            let asset = Node::new(asset as usize);
            let relations: Vec<Edge> = same.iter().map(|(.., edge)| *edge).collect();
            let (owner, _) = graph.ends(relations[0]);
            let what = format!(
                "the sources do not agree on what {} has of {}: anything from the least to the greatest is counted",
                graph.caption(owner),
                graph.caption(asset)
            );
            self.contradictions.push(Contradiction { asset, what, relations });
        }
        Some(together)
    }

    pub(crate) fn of_owner(&self, owner: u32) -> &[Stake] {
        &self.all[self.by_owner[owner as usize] as usize..self.by_owner[owner as usize + 1] as usize]
    }

    pub(crate) fn of_asset(&self, asset: u32) -> impl Iterator<Item = &Stake> {
        let places = self.by_asset[asset as usize] as usize..self.by_asset[asset as usize + 1] as usize;
        self.asset_order[places].iter().map(|place| &self.all[*place as usize])
    }

    /// The statements behind a stake.
    pub(crate) fn statements(&self, stake: &Stake) -> &[Edge] {
        &self.edges[stake.edges.0 as usize..stake.edges.1 as usize]
    }
}

/// Where the run of each key begins in a sorted list, with the end behind the last.
fn starts(keys: usize, sorted: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0_u32; keys + 1];
    for key in sorted {
        starts[key as usize + 1] += 1;
    }
    for place in 0..keys {
        starts[place + 1] += starts[place];
    }
    starts
}
