//! Who shares together with whom.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Row, Shares};

/// The shares that can make pairs, and how they lie.
#[derive(Debug)]
pub struct Network {
    pub(super) shares: Shares,
    pub(super) window: f64,
    /// For each row the rows of its object that are within the window of it, itself too.
    near: Vec<Range<u32>>,
    /// The account of each row, and the content; the account is 0 where the row can make no pair. Apart from the rest, so that
    /// a burst is gone through at the speed of memory.
    accounts_of: Vec<u32>,
    contents_of: Vec<u32>,
    /// For each account the places of its rows that stand in a pair, ascending: those of account `a` are
    /// `by_account[starts[a]..starts[a + 1]]`.
    pub(super) by_account: Vec<u32>,
    pub(super) starts: Vec<u32>,
}

/// What there is of coordination.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Pairs of shares, whatever weight their edge has.
    pub pairs: u64,
    /// Accounts with an edge above the threshold.
    pub accounts: u64,
    /// Edges above the threshold.
    pub edges: u64,
    /// Groups of accounts that such edges connect.
    pub components: u64,
    /// The weight that an edge must exceed; `None`: all are counted.
    pub weight_threshold: Option<f64>,
}

impl Shares {
    /// Finds who shares together: within `window` seconds, counting only accounts with at least `min_participation`
    /// shares (see the [module](self) for the rules). A window that is negative or no number finds nothing.
    #[must_use]
    pub fn network(mut self, window: f64, min_participation: u32) -> Network {
        let rows = &mut self.rows;
        // The order within one second is the account's: CooRTweet groups rows by account before it pairs them, and
        // calls the first of two simultaneous shares the older.
        rows.sort_unstable_by(|a, b| {
            let times = a.time.total_cmp(&b.time);
            a.object.cmp(&b.object).then(times).then((a.account, a.content).cmp(&(b.account, b.content)))
        });
        rows.dedup_by_key(|row| (row.object, row.account, row.content, row.time.to_bits()));
        let accounts = self.accounts.len();
        let of = count(accounts, rows.iter().map(|row| row.account));
        rows.retain(|row| of[row.account as usize] >= min_participation);
        let near = near(rows, window);
        let in_pair: Vec<bool> =
            near.iter().enumerate().map(|(at, near)| has_partner(rows, at, near)).collect();
        qualify(rows, &in_pair, (accounts, self.contents.len()), min_participation);
        let (starts, by_account) = places(accounts, rows, &in_pair);
        let accounts_of = rows.iter().map(|row| if row.pairs { row.account } else { 0 }).collect();
        let contents_of = rows.iter().map(|row| row.content).collect();
        Network { shares: self, window, near, accounts_of, contents_of, by_account, starts }
    }
}

/// For each row the rows of its object within the window. They lie sorted, so both ends only ever move on.
fn near(rows: &[Row], window: f64) -> Vec<Range<u32>> {
    let (mut from, mut till) = (0, 0);
    let each = |(at, row): (usize, &Row)| {
        let is_near = |other: &Row| other.object == row.object && (other.time - row.time).abs() <= window;
        while from < at && !is_near(&rows[from]) {
            from += 1;
        }
        till = till.max(at + 1);
        while rows.get(till).is_some_and(is_near) {
            till += 1;
        }
        from as u32..till as u32
    };
    rows.iter().enumerate().map(each).collect()
}

/// Whether two rows make a pair before it is asked who qualifies (rule 3).
fn pairs(a: &Row, b: &Row) -> bool {
    a.pairs && b.pairs && a.account != b.account && a.content != b.content
}

/// Whether any row near it makes a pair with it; those right beside it are likeliest to.
fn has_partner(rows: &[Row], at: usize, near: &Range<u32>) -> bool {
    let (before, after) = (&rows[near.start as usize..at], &rows[at + 1..(near.end as usize).max(at + 1)]);
    let is_partner = |other: &Row| pairs(&rows[at], other);
    rows[at].pairs && (after.iter().any(is_partner) || before.iter().rev().any(is_partner))
}

/// How often each number occurs.
fn count(numbers: usize, occurrences: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut counts = vec![0_u32; numbers];
    occurrences.for_each(|n| counts[n as usize] += 1);
    counts
}

/// Marks the rows whose content qualifies (rule 4). A content is asked for by its id alone, whichever account's it is.
fn qualify(rows: &mut [Row], in_pair: &[bool], (accounts, contents): (usize, usize), min_participation: u32) {
    let mut coordinated = vec![false; contents];
    for (row, _) in rows.iter().zip(in_pair).filter(|(_, in_pair)| **in_pair) {
        coordinated[row.content as usize] = true;
    }
    let is_coordinated = |row: &&Row| coordinated[row.content as usize];
    let of = count(accounts, rows.iter().filter(is_coordinated).map(|row| row.account));
    let mut qualified = vec![false; contents];
    for row in rows.iter().filter(is_coordinated) {
        qualified[row.content as usize] |= of[row.account as usize] >= min_participation;
    }
    rows.iter_mut().for_each(|row| row.qualifies = qualified[row.content as usize]);
}

/// The places of each account's rows that stand in a pair.
fn places(accounts: usize, rows: &[Row], in_pair: &[bool]) -> (Vec<u32>, Vec<u32>) {
    let paired =
        || rows.iter().zip(0_u32..).zip(in_pair).filter(|(_, in_pair)| **in_pair).map(|(row, _)| row);
    let mut starts = vec![0_u32; accounts + 1];
    paired().for_each(|(row, _)| starts[row.account as usize + 1] += 1);
    for account in 0..accounts {
        starts[account + 1] += starts[account];
    }
    let mut next = starts.clone();
    let mut by_account = vec![0; starts[accounts] as usize];
    for (row, place) in paired() {
        let next = &mut next[row.account as usize];
        by_account[*next as usize] = place;
        *next += 1;
    }
    (starts, by_account)
}

/// Counts, account by account, its pairs with every account of a higher number.
pub(super) struct Sweep<'a> {
    network: &'a Network,
    weights: Vec<u64>,
    /// The accounts whose weight is not nought.
    touched: Vec<u32>,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(network: &'a Network) -> Self {
        Self { network, weights: vec![0; network.shares.accounts.len()], touched: Vec::new() }
    }

    /// The edges of an account to those of a higher number, in the order in which they first meet: the other, and the weight.
    pub(super) fn edges(&mut self, account: u32) -> impl Iterator<Item = (u32, u64)> {
        let Self { network, weights, touched } = self;
        touched.drain(..).for_each(|other| weights[other as usize] = 0);
        let rows = &network.shares.rows;
        for &place in network.places(account) {
            let (row, near) = (rows[place as usize], network.near[place as usize].clone());
            let near = near.start as usize..near.end as usize;
            let each = network.accounts_of[near.clone()].iter().zip(&network.contents_of[near.clone()]);
            for (n, (&other, &content)) in each.enumerate() {
                // A row that makes no pair has account 0 here, which is greater than none.
                let pair = other > account && content != row.content;
                if pair && (row.qualifies || rows[near.start + n].qualifies) {
                    let weight = &mut weights[other as usize];
                    if *weight == 0 {
                        touched.push(other);
                    }
                    *weight += 1;
                }
            }
        }
        touched.iter().map(|&other| (other, weights[other as usize]))
    }
}

impl Network {
    /// The shares that it was made of.
    #[must_use]
    pub fn shares(&self) -> &Shares {
        &self.shares
    }

    pub(super) fn accounts(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.shares.accounts.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn places(&self, account: u32) -> &[u32] {
        let account = account as usize;
        &self.by_account[self.starts[account] as usize..self.starts[account + 1] as usize]
    }

    /// Counts what there is. With `quantile` (0 to 1) only edges count that weigh more than that quantile of all
    /// weights, as R's `quantile` finds it (type 7), and the accounts that they connect.
    #[must_use]
    pub fn summary(&self, quantile: Option<f64>) -> Summary {
        let mut found = Groups::new(self.shares.accounts.len());
        let mut weights: BTreeMap<u64, u64> = BTreeMap::new();
        // Nearly all edges weigh little.
        let mut light = [0_u64; 64];
        self.sweep(|a, b, weight| {
            match light.get_mut(weight as usize) {
                Some(edges) => *edges += 1,
                None => *weights.entry(weight).or_default() += 1,
            }
            if quantile.is_none() {
                found.connect(a, b);
            }
        });
        weights.extend((0..).zip(light).filter(|(_, edges)| *edges > 0));
        let threshold = quantile.map(|quantile| quantile_of(&weights, quantile));
        if let Some(threshold) = threshold {
            self.sweep(|a, b, weight| {
                if exceeds(weight, threshold) {
                    found.connect(a, b);
                }
            });
        }
        let (accounts, components) = found.count();
        Summary {
            pairs: weights.iter().map(|(weight, edges)| weight * edges).sum(),
            accounts,
            edges: found.edges,
            components,
            weight_threshold: threshold,
        }
    }

    fn sweep(&self, mut each: impl FnMut(u32, u32, u64)) {
        let mut sweep = Sweep::new(self);
        for account in self.accounts() {
            sweep.edges(account).for_each(|(other, weight)| each(account, other, weight));
        }
    }
}

/// Whether a weight is above the threshold: strictly.
pub(super) fn exceeds(weight: u64, threshold: f64) -> bool {
    weight as f64 > threshold
}

/// The quantile of weights, of which there are so many each: R's type 7, linear between the two next to it.
fn quantile_of(weights: &BTreeMap<u64, u64>, quantile: f64) -> f64 {
    let edges: u64 = weights.values().sum();
    let at = edges.saturating_sub(1) as f64 * quantile.clamp(0.0, 1.0);
    let nth = |n: u64| {
        let mut passed = 0;
        let found = weights.iter().find(|(_, edges)| {
            passed += *edges;
            passed > n
        });
        found.or(weights.last_key_value()).map_or(0.0, |(weight, _)| *weight as f64)
    };
    let (below, above) = (nth(at.floor() as u64), nth(at.ceil() as u64));
    let part = at - at.floor();
    if below == above { below } else { (1.0 - part) * below + part * above }
}

/// Which accounts edges connect: union and find.
struct Groups {
    leads: Vec<u32>,
    connected: Vec<bool>,
    edges: u64,
}

impl Groups {
    fn new(accounts: usize) -> Self {
        Self { leads: (0..).take(accounts).collect(), connected: vec![false; accounts], edges: 0 }
    }

    fn lead(&mut self, mut account: u32) -> u32 {
        while self.leads[account as usize] != account {
            let above = self.leads[self.leads[account as usize] as usize];
            self.leads[account as usize] = above;
            account = above;
        }
        account
    }

    fn connect(&mut self, a: u32, b: u32) {
        self.edges += 1;
        (self.connected[a as usize], self.connected[b as usize]) = (true, true);
        // In a burst nearly all edges join two of whom that is known.
        if self.leads[a as usize] == self.leads[b as usize] {
            return;
        }
        let (a, b) = (self.lead(a), self.lead(b));
        self.leads[a.max(b) as usize] = a.min(b);
    }

    /// Accounts that are connected, and in how many groups.
    fn count(&self) -> (u64, u64) {
        let connected = || (0_u32..).zip(&self.connected).filter(|(_, connected)| **connected);
        let leads = connected().filter(|(account, _)| self.leads[*account as usize] == *account).count();
        (connected().count() as u64, leads as u64)
    }
}
