//! Which part of a key names the record.

use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::{ids, number};
use super::store::{Lookup, Lookups};
use crate::intern::{Interner, hash};

/// The records that the look-ups of one endpoint asked for.
pub(crate) struct Records<'s> {
    store: &'s Lookups,
    /// The keys, ascending. Where they have one id each, their places are the records.
    keys: Vec<u32>,
    /// Where of several ids some name the record: that of each key, and what the records are called.
    named: Option<(Vec<u32>, Interner)>,
}

impl<'s> Records<'s> {
    /// Finds the ids of the keys. Of several parameters the one that tells the keys apart is the record's; where none does alone
    /// (`last`, `first`), several do together. What is the same for each client (a session) is none.
    pub(crate) fn of(lookups: &[Lookup], store: &'s Lookups) -> Self {
        let mut keys: Vec<u32> = lookups.iter().map(|l| l.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.shrink_to_fit();
        let columns = columns(&keys, lookups, store);
        let alone = keys.first().is_none_or(|key| ids(store.ids(*key)).count() == 1);
        let named = (!alone).then(|| {
            let (mut names, mut name) = (Interner::default(), Vec::new());
            let record = |key: &u32| {
                name.clear();
                for (n, id) in ids(store.ids(*key)).enumerate() {
                    if columns.contains(&n) {
                        if !name.is_empty() {
                            name.push(b' ');
                        }
                        name.extend_from_slice(id);
                    }
                }
                names.intern(&name)
            };
            (keys.iter().map(record).collect(), names)
        });
        Self { store, keys, named }
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

/// Part of the keys that the columns must tell apart.
const TELLS: f64 = 0.95;

/// Places of the ids that name a record.
fn columns(keys: &[u32], lookups: &[Lookup], store: &Lookups) -> Vec<usize> {
    let count = keys.first().map_or(0, |key| ids(store.ids(*key)).count());
    if count < 2 {
        return vec![0];
    }
    let value = |key: u32, column: usize| ids(store.ids(key)).nth(column).map_or(0, hash);
    let distinct = |columns: &[usize]| -> usize {
        let together = |key: &u32| {
            columns
                .iter()
                .fold(0_u64, |all, c| all.rotate_left(5).wrapping_mul(0x9E37_79B9) ^ value(*key, *c))
        };
        keys.iter().map(together).collect::<FxHashSet<u64>>().len()
    };
    let mut open: Vec<(usize, usize)> = (0..count)
        .filter(|column| !one_for_each_client(lookups, |key| value(key, *column)))
        .map(|column| (distinct(&[column]), column))
        .filter(|(values, _)| *values > 1)
        .collect();
    open.sort_unstable_by_key(|(values, column)| (std::cmp::Reverse(*values), *column));
    let all: Vec<usize> = open.iter().map(|(_, column)| *column).collect();
    let wanted = distinct(&all) as f64 * TELLS;
    let mut chosen = Vec::new();
    for column in all {
        chosen.push(column);
        if distinct(&chosen) as f64 >= wanted {
            break;
        }
    }
    if chosen.is_empty() { (0..count).collect() } else { chosen }
}

/// Whether each client has one value of its own, and keeps it: that of a visit.
fn one_for_each_client(lookups: &[Lookup], value: impl Fn(u32) -> u64) -> bool {
    let mut of_client: FxHashMap<u32, (u64, u32)> = FxHashMap::default();
    let mut values = FxHashSet::default();
    for lookup in lookups {
        let value = value(lookup.key);
        values.insert(value);
        let seen = of_client.entry(lookup.client).or_insert((value, 0));
        if seen.0 != value {
            return false;
        }
        seen.1 += 1;
    }
    // Visitors who come once say nothing.
    values.len() > 1 && of_client.values().filter(|(_, times)| *times > 2).count() > 1
}
