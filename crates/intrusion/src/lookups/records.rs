//! Which part of a key names the record.

use std::borrow::Cow;
use std::io;

use itertools::Itertools;
use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::{ids, number};
use super::store::{Lookup, Lookups};
use crate::intern::{Interner, hash};
use crate::spill::{Room, Rows};

/// The records that the look-ups of one endpoint asked for, where all is in memory.
pub(crate) struct Records<'s> {
    store: &'s Lookups,
    /// The keys, ascending. Where they have one id each, their places are the records.
    keys: Vec<u32>,
    /// Where of several ids some name the record: that of each key, and what the records are called.
    named: Option<(Vec<u32>, Interner)>,
}

impl<'s> Records<'s> {
    /// Finds which ids of the keys name a record.
    pub(crate) fn of(lookups: &[Lookup], store: &'s Lookups) -> io::Result<Self> {
        let mut keys: Vec<u32> = lookups.iter().map(|l| l.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.shrink_to_fit();
        let count = keys.first().map_or(0, |key| ids(store.ids(*key)).count());
        if count < 2 {
            return Ok(Self { store, keys, named: None });
        }
        let asked = || lookups.iter().map(|l| Ok((l.client, Cow::Borrowed(store.ids(l.key)))));
        let columns = columns(count, asked, store.room.as_ref())?;
        let mut names = Interner::default();
        let record = |key: &u32| names.intern(&name(store.ids(*key), &columns));
        let named = keys.iter().map(record).collect();
        Ok(Self { store, keys, named: Some((named, names)) })
    }

    pub(crate) fn of_key(&self, key: u32) -> u32 {
        // Keys of one endpoint mostly lie one behind the other: then the place is the distance.
        let guess = self.keys.first().map_or(0, |first| key.wrapping_sub(*first)) as usize;
        let place = match self.keys.get(guess) {
            Some(there) if *there == key => Some(guess),
            _ => self.keys.binary_search(&key).ok(),
        };
        match (place, &self.named) {
            (Some(place), Some((records, _))) => records.get(place).copied().unwrap_or(u32::MAX),
            (Some(place), None) => u32::try_from(place).unwrap_or(u32::MAX),
            (None, _) => u32::MAX,
        }
    }

    fn bytes(&self, record: u32) -> &[u8] {
        match &self.named {
            Some((_, names)) => names.get(record),
            None => self
                .keys
                .get(record as usize)
                .and_then(|key| ids(self.store.ids(*key)).next())
                .unwrap_or_default(),
        }
    }

    pub(crate) fn name(&self, record: u32) -> String {
        String::from_utf8_lossy(self.bytes(record)).into_owned()
    }

    pub(crate) fn number(&self, record: u32) -> Option<u64> {
        number(self.bytes(record))
    }

    pub(crate) fn len(&self) -> usize {
        self.named.as_ref().map_or(self.keys.len(), |(_, names)| names.len())
    }
}

/// What a record is called.
pub(super) fn name(key: &[u8], columns: &[usize]) -> Vec<u8> {
    let named: Vec<&[u8]> =
        ids(key).enumerate().filter(|(n, _)| columns.contains(n)).map(|(_, id)| id).collect();
    named.join(&b' ')
}

/// Part of the keys that the columns must tell apart.
const TELLS: f64 = 0.95;

/// Places of the ids that name a record, of so many in each key; look-ups are given by client and key. Of several parameters
/// the one that tells the keys apart is the record's; where none does alone (`last`, `first`), several do together. What is
/// the same for each client (a session) is none.
pub(super) fn columns<'k, I: Iterator<Item = io::Result<(u32, Cow<'k, [u8]>)>>>(
    count: usize,
    asked: impl Fn() -> I,
    room: Option<&Room>,
) -> io::Result<Vec<usize>> {
    let value = |key: &[u8], column: usize| ids(key).nth(column).map_or(0, hash);
    let distinct = |columns: &[usize]| -> io::Result<usize> {
        let mut values = Rows::new(room.cloned());
        for one in asked() {
            let (_, key) = one?;
            let together = columns
                .iter()
                .fold(0_u64, |all, c| all.rotate_left(5).wrapping_mul(0x9E37_79B9) ^ value(&key, *c));
            values.push(together)?;
        }
        values.sort_by_key(|value| *value)?;
        values
            .iter(0..values.len())
            .dedup_by(|a, b| matches!((a, b), (Ok(a), Ok(b)) if a == b))
            .try_fold(0, |all, value| value.map(|_| all + 1))
    };
    let mut open = Vec::new();
    for column in 0..count {
        let values = asked().map_ok(|(client, key)| (client, value(&key, column)));
        if !one_for_each_client(values)? {
            open.push((distinct(&[column])?, column));
        }
    }
    open.retain(|(values, _)| *values > 1);
    open.sort_unstable_by_key(|(values, column)| (std::cmp::Reverse(*values), *column));
    let all: Vec<usize> = open.iter().map(|(_, column)| *column).collect();
    let wanted = distinct(&all)? as f64 * TELLS;
    let mut chosen = Vec::new();
    for column in all {
        chosen.push(column);
        if distinct(&chosen)? as f64 >= wanted {
            break;
        }
    }
    Ok(if chosen.is_empty() { (0..count).collect() } else { chosen })
}

/// Whether each client has one value of its own, and keeps it: that of a visit.
fn one_for_each_client(values: impl Iterator<Item = io::Result<(u32, u64)>>) -> io::Result<bool> {
    let mut of_client: FxHashMap<u32, (u64, u32)> = FxHashMap::default();
    for one in values {
        let (client, value) = one?;
        let seen = of_client.entry(client).or_insert((value, 0));
        if seen.0 != value {
            return Ok(false);
        }
        seen.1 += 1;
    }
    let different: FxHashSet<u64> = of_client.values().map(|(value, _)| *value).collect();
    // Visitors who come once say nothing.
    Ok(different.len() > 1 && of_client.values().filter(|(_, times)| *times > 2).count() > 1)
}
