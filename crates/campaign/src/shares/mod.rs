//! Coordinated sharing: accounts that share the same objects within seconds of each other, again and again.
//!
//! The rules are those of CooRTweet 2.1.2 (Righetti and Giglietto 2025), whose numbers the tests hold this to:
//!
//! 1. Rows that are the same in all four columns count once; rows without an object do not count.
//! 2. Accounts with fewer rows than the least participation are left out.
//! 3. Two rows of one object, of different accounts and contents, at most the window apart (inclusive), are a *pair*.
//!    A row whose object is its own content makes none: a post that is shared is not a share of itself.
//! 4. An account's *coordinated* rows are those whose content stands in any pair. The contents of accounts with
//!    enough of them qualify, and a pair stays if **either** content qualifies.
//! 5. Two accounts with a pair are an *edge*; its weight is the number of their pairs.
//!
//! Nothing here grows with the number of pairs, which is the square of what a burst holds: rows lie sorted by object
//! and time, and edges are counted account by account and told one by one.

mod edges;
mod ids;
mod network;

pub use edges::{Edge, SharedBy};
pub use network::{Network, Summary};

use ids::Ids;

/// What accounts shared, when, by which of their contents.
#[derive(Debug, Default)]
pub struct Shares {
    objects: Ids,
    accounts: Ids,
    contents: Ids,
    rows: Vec<Row>,
    without_object: u64,
}

/// One share.
#[derive(Clone, Copy, Debug)]
struct Row {
    time: f64,
    object: u32,
    account: u32,
    content: u32,
    /// Whether it can be half of a pair: its object is not its own content.
    pairs: bool,
    /// Whether its content qualifies (rule 4).
    qualifies: bool,
}

/// Why a share cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShareError {
    /// The time is no finite number of seconds.
    #[error("timestamp_share is no number of seconds")]
    Time,
    /// More distinct ids, or more rows, than four thousand million.
    #[error("more than 4,294,967,295 shares or distinct ids: divide the file by object")]
    Full,
}

impl Shares {
    /// Takes one share. `time` is in seconds since any moment that is the same for all. One without an object is counted and
    /// takes no part.
    ///
    /// # Errors
    /// The time is no finite number, or there are more rows or ids than numbers for them.
    pub fn push(&mut self, object: &str, account: &str, content: &str, time: f64) -> Result<(), ShareError> {
        if !time.is_finite() {
            return Err(ShareError::Time);
        }
        if object.is_empty() {
            self.without_object += 1;
            return Ok(());
        }
        if u32::try_from(self.rows.len()).is_err() {
            return Err(ShareError::Full);
        }
        let number = |ids: &mut Ids, text| ids.number(text).ok_or(ShareError::Full);
        self.rows.push(Row {
            time,
            object: number(&mut self.objects, object)?,
            account: number(&mut self.accounts, account)?,
            content: number(&mut self.contents, content)?,
            pairs: object != content,
            qualifies: false,
        });
        Ok(())
    }

    /// Shares taken, those without an object left out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Shares that named no object.
    #[must_use]
    pub fn without_object(&self) -> u64 {
        self.without_object
    }
}
