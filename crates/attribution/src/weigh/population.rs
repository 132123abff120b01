//! Who could have been written to: the table, what of it was exposed, the public file, counted by people or households and
//! by town.

use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::key::Key;
use crate::link::Link;
use crate::records::{Entry, Records};

/// What came back to a scrape: the table of the site, which of its records were exposed, and a public file.
#[derive(Debug)]
pub struct Exposure<'a> {
    table: &'a Records,
    public: Option<&'a Records>,
    exposed: FxHashSet<u32>,
    unknown: usize,
    /// Counted when first needed: by people, and by households.
    population: [OnceLock<Population>; 2],
}

impl<'a> Exposure<'a> {
    /// The records of these ids were exposed. Ids that the table does not have are counted: [`Exposure::unknown`].
    #[must_use]
    pub fn new<'i>(
        table: &'a Records,
        public: Option<&'a Records>,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Self {
        let ids: FxHashSet<&str> = ids.into_iter().collect();
        let exposed: FxHashSet<u32> = ids.iter().filter_map(|id| table.find(id)).collect();
        let unknown = ids.iter().filter(|id| table.find(id).is_none()).count();
        Self { table, public, exposed, unknown, population: [OnceLock::new(), OnceLock::new()] }
    }

    /// The site's table.
    #[must_use]
    pub fn table(&self) -> &'a Records {
        self.table
    }

    /// The public file.
    #[must_use]
    pub fn public(&self) -> Option<&'a Records> {
        self.public
    }

    /// How many records were exposed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exposed.len()
    }

    /// Whether none was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exposed.is_empty()
    }

    /// Ids that were exposed and of which the table has no record.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// Whether a record of the table was exposed.
    #[must_use]
    pub fn is_exposed(&self, record: u32) -> bool {
        self.exposed.contains(&record)
    }

    pub(super) fn population(&self, households: bool) -> &Population {
        self.population[usize::from(households)].get_or_init(|| Population::new(self, households))
    }
}

/// A person or a household of a list.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unit {
    pub(super) town: Option<Key>,
    pub(super) exposed: bool,
}

/// The units of the table and of the public file, and their numbers by town.
#[derive(Debug)]
pub(super) struct Population {
    pub(super) households: bool,
    pub(super) table: FxHashMap<Key, Unit>,
    pub(super) table_towns: Towns,
    pub(super) public: FxHashMap<Key, Unit>,
    pub(super) public_towns: Towns,
}

impl Population {
    fn new(exposure: &Exposure<'_>, households: bool) -> Self {
        let units = |records: &Records, exposed: &dyn Fn(u32) -> bool| {
            let mut units: FxHashMap<Key, Unit> = FxHashMap::default();
            for (place, entry) in (0..).zip(&records.entries) {
                let unit = units.entry(key(entry, households)).or_default();
                unit.town = entry.town;
                unit.exposed |= exposed(place);
            }
            units
        };
        let table = units(exposure.table, &|place| exposure.is_exposed(place));
        let mut public = exposure.public.map(|file| units(file, &|_| false)).unwrap_or_default();
        for (key, unit) in &mut public {
            unit.exposed = table.get(key).is_some_and(|unit| unit.exposed);
        }
        let (table_towns, public_towns) = (Towns::new(table.values()), Towns::new(public.values()));
        Self { households, table, table_towns, public, public_towns }
    }

    /// The unit that a link means. Of several people one who was not exposed, if there is one: who is meant is not
    /// known, and what is not known must not speak for it.
    pub(super) fn meant(&self, records: &Records, link: &Link) -> Option<Key> {
        let keys = || link.records().iter().filter_map(|r| records.entries.get(*r as usize));
        let keys = || keys().map(|entry| key(entry, self.households));
        let spared = |key: &Key| self.table.get(key).is_some_and(|unit| !unit.exposed);
        keys().find(spared).or_else(|| keys().next())
    }
}

fn key(entry: &Entry, households: bool) -> Key {
    if households { entry.household } else { entry.person }
}

/// Numbers of a list, or of a town of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) all: f64,
    pub(super) exposed: f64,
}

/// The numbers of a list, and of each of its towns.
#[derive(Debug)]
pub(super) struct Towns {
    pub(super) whole: Counts,
    by_town: FxHashMap<Option<Key>, Counts>,
}

impl Towns {
    fn new<'u>(units: impl Iterator<Item = &'u Unit>) -> Self {
        let mut towns = Self { whole: Counts::default(), by_town: FxHashMap::default() };
        for unit in units {
            for counts in [&mut towns.whole, towns.by_town.entry(unit.town).or_default()] {
                counts.all += 1.0;
                counts.exposed += f64::from(u8::from(unit.exposed));
            }
        }
        towns
    }

    /// The share of a town that is exposed. What a small town lacks in people comes from the whole: one of its units.
    pub(super) fn share(&self, town: Option<Key>) -> f64 {
        let whole = self.whole.exposed / self.whole.all.max(1.0);
        let counts = self.by_town.get(&town).copied().unwrap_or_default();
        (counts.exposed + whole) / (counts.all + 1.0)
    }
}
