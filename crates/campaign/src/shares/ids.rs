//! Names given numbers, in the order in which they are first met.

use std::hash::{BuildHasher, RandomState};

use hashbrown::HashTable;

/// Every distinct text once, end to end: ten million ids of forty bytes are 400 MB here, and twice that as strings.
///
/// Ids come from whoever is under investigation, so they are hashed with a key of this run's own: nobody can make
/// them collide. No number depends on it.
#[derive(Debug, Default)]
pub(super) struct Ids {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: RandomState,
}

impl Ids {
    /// The number of a text. `None`: there are more than fit.
    pub(super) fn number(&mut self, of: &str) -> Option<u32> {
        let Self { text, ends, table, hasher } = self;
        let hash = hasher.hash_one(of);
        if let Some(known) = table.find(hash, |&n| at(text, ends, n) == of) {
            return Some(*known);
        }
        let new = u32::try_from(ends.len()).ok()?;
        text.push_str(of);
        ends.push(text.len());
        table.insert_unique(hash, new, |&n| hasher.hash_one(at(text, ends, n)));
        Some(new)
    }

    /// The text of a number that [`Ids::number`] gave.
    pub(super) fn text(&self, number: u32) -> &str {
        at(&self.text, &self.ends, number)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

fn at<'a>(text: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start..ends[number]]
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn numbers_in_the_order_of_first_meeting() {
        let mut ids = Ids::default();
        let numbers: Vec<_> = ["b", "a", "", "b", "é", "", "a"].map(|t| ids.number(t).unwrap()).into();
        assert_eq!(numbers, [0, 1, 2, 0, 3, 2, 1]);
        assert_eq!([0, 1, 2, 3].map(|n| ids.text(n)), ["b", "a", "", "é"]);
        assert_eq!(ids.len(), 4);
    }
}
