//! Edges one by one, with the messages behind each.

use rustc_hash::FxHashSet;

use super::Network;
use super::network::{Sweep, exceeds};

/// Two accounts that share together. Names are CooRTweet's.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge<'a> {
    /// Of the two account ids the first in the order of their bytes.
    pub account_id: &'a str,
    /// The other.
    pub account_id_y: &'a str,
    /// Their pairs of shares.
    pub weight: u64,
    /// Seconds between the two shares of a pair, on average.
    pub avg_time_delta: f64,
    /// Distinct contents that were the older of a pair.
    pub n_content_id: u64,
    /// Distinct contents that were the newer of a pair.
    pub n_content_id_y: u64,
    /// The lesser of the two counts by the greater: 1 where both give as much, near 0 where one account's many shares meet
    /// one of the other's.
    pub edge_symmetry_score: f64,
    /// The shares that make its pairs, each once, by object and time.
    pub shares: Vec<SharedBy<'a>>,
}

/// One share of an edge: the message behind it is `content_id`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedBy<'a> {
    /// What was shared.
    pub object_id: &'a str,
    /// Who shared it.
    pub account_id: &'a str,
    /// By which message.
    pub content_id: &'a str,
    /// When, in seconds.
    pub timestamp_share: f64,
}

impl Network {
    /// Tells every edge that weighs more than `threshold` (all where it is `None`), in the order in which their accounts first
    /// share. Only one is in memory at a time. Ends early where `each` fails.
    ///
    /// # Errors
    /// What `each` fails with.
    pub fn each_edge<E>(
        &self,
        threshold: Option<f64>,
        mut each: impl FnMut(Edge<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut sweep = Sweep::new(self);
        for account in self.accounts() {
            for (other, weight) in sweep.edges(account) {
                if threshold.is_none_or(|threshold| exceeds(weight, threshold)) {
                    each(self.edge(account, other))?;
                }
            }
        }
        Ok(())
    }

    /// The edge of two accounts: their rows lie in one order, so those that pair are found side by side.
    fn edge(&self, a: u32, b: u32) -> Edge<'_> {
        let (rows, others) = (&self.shares.rows, self.places(b));
        let (mut weight, mut seconds, mut from) = (0, 0.0, 0);
        let (mut older, mut newer) = (FxHashSet::default(), FxHashSet::default());
        let mut taking_part = Vec::new();
        for &place in self.places(a) {
            let row = rows[place as usize];
            let is_before = |place: u32| {
                let other = rows[place as usize];
                other.object < row.object || other.object == row.object && row.time - other.time > self.window
            };
            while others.get(from).is_some_and(|place| is_before(*place)) {
                from += 1;
            }
            for &other_place in &others[from..] {
                let other = rows[other_place as usize];
                if other.object != row.object || other.time - row.time > self.window {
                    break;
                }
                if row.content == other.content || !(row.qualifies || other.qualifies) {
                    continue;
                }
                weight += 1;
                seconds += (row.time - other.time).abs();
                let (first, second) = if place < other_place { (row, other) } else { (other, row) };
                older.insert(first.content);
                newer.insert(second.content);
                taking_part.extend([place, other_place]);
            }
            // A burst of one account against one of another: as many pairs as the product, and each share once.
            if taking_part.len() > MOST_REPEATED {
                taking_part.sort_unstable();
                taking_part.dedup();
            }
        }
        taking_part.sort_unstable();
        taking_part.dedup();
        let (least, most) = (older.len().min(newer.len()), older.len().max(newer.len()));
        let names = [a, b].map(|account| self.shares.accounts.text(account));
        Edge {
            account_id: names[0].min(names[1]),
            account_id_y: names[0].max(names[1]),
            weight,
            avg_time_delta: seconds / weight as f64,
            n_content_id: older.len() as u64,
            n_content_id_y: newer.len() as u64,
            edge_symmetry_score: least as f64 / most as f64,
            shares: taking_part.iter().map(|place| self.shared(*place)).collect(),
        }
    }

    fn shared(&self, place: u32) -> SharedBy<'_> {
        let row = self.shares.rows[place as usize];
        SharedBy {
            object_id: self.shares.objects.text(row.object),
            account_id: self.shares.accounts.text(row.account),
            content_id: self.shares.contents.text(row.content),
            timestamp_share: row.time,
        }
    }
}

/// Places that are listed before repeated ones are thrown out.
const MOST_REPEATED: usize = 1 << 20;
