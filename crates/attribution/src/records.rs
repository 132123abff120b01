//! A table of records, hashed, so that it can be asked whose a name and an address are.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::key::{Key, Salt};
use crate::words::{Address, Word, words};

/// A row of a table of people.
#[derive(Clone, Copy, Debug, Default)]
pub struct Record<'a> {
    /// Its id in the table.
    pub id: &'a str,
    /// The person's name, in any order.
    pub name: &'a str,
    /// House number, street and flat, without town.
    pub address: &'a str,
    /// The town; empty: the table does not say.
    pub town: &'a str,
}

/// A table of people: names and addresses as hashes, ids as they are.
#[derive(Clone, Debug)]
pub struct Records {
    pub(crate) salt: Salt,
    pub(crate) entries: Vec<Entry>,
    pub(crate) by_house: FxHashMap<Key, Vec<u32>>,
    pub(crate) names: FxHashSet<Key>,
    pub(crate) towns: FxHashSet<Key>,
    by_id: FxHashMap<Box<str>, u32>,
    /// Most words that a house, a name or a town here has.
    pub(crate) longest: Longest,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Longest {
    pub house: usize,
    pub name: usize,
    pub town: usize,
}

/// One record.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub id: Box<str>,
    /// The address as the table has it.
    pub written: Key,
    /// The address with its words in their short form, character by character.
    pub spelled: Key,
    /// The flat.
    pub unit: Option<Key>,
    /// The words of the name, in no order, without initials.
    pub name: Key,
    /// Initials, and Jr. and Sr.
    pub qualifiers: Vec<Key>,
    pub town: Option<Key>,
    /// Who it is: name, initials, address, town.
    pub person: Key,
    /// Where they live: address, town.
    pub household: Key,
}

/// The words of a name that name somebody, sorted; and those that tell namesakes apart.
pub(crate) fn name_keys(salt: &Salt, words: &[Word]) -> Option<(Key, Vec<Key>)> {
    let (qualifiers, mut named): (Vec<&Word>, Vec<&Word>) =
        words.iter().partition(|word| word.is_qualifier());
    if named.len() < 2 {
        return None; // One word is nobody's name.
    }
    named.sort_by(|a, b| a.blurred.cmp(&b.blurred));
    let key = salt.key("name", named.iter().map(|word| &*word.blurred));
    Some((key, qualifiers.iter().map(|word| salt.key("qualifier", [&*word.blurred])).collect()))
}

/// The key of a house: short forms of its words.
pub(crate) fn house_key(salt: &Salt, words: &[Word]) -> Key {
    salt.key("house", words.iter().map(|word| &*word.short))
}

/// The key of an address as it is written, but for case and punctuation.
pub(crate) fn written_key(salt: &Salt, words: &[Word], unit: &str) -> Key {
    salt.key("written", words.iter().map(|word| &*word.plain).chain([unit]))
}

/// The key of an address with its words in their short form, and no slip forgiven.
pub(crate) fn spelled_key(salt: &Salt, words: &[Word]) -> Key {
    let spelled = words.iter().map(|word| if word.kind.is_some() { &*word.short } else { &*word.plain });
    salt.key("spelled", spelled)
}

pub(crate) fn unit_key(salt: &Salt, unit: &str) -> Key {
    salt.key("unit", [unit])
}

pub(crate) fn town_key(salt: &Salt, words: &[Word]) -> Key {
    salt.key("town", words.iter().map(|word| &*word.blurred))
}

impl Records {
    /// The table of these rows. A row without a name of two words or without an address can be found by nothing, and
    /// only counts.
    #[must_use]
    pub fn new<'a>(rows: impl IntoIterator<Item = Record<'a>>, salt: &Salt) -> Self {
        let mut table = Self {
            salt: salt.clone(),
            entries: Vec::new(),
            by_house: FxHashMap::default(),
            names: FxHashSet::default(),
            towns: FxHashSet::default(),
            by_id: FxHashMap::default(),
            longest: Longest::default(),
        };
        rows.into_iter().for_each(|row| table.push(row));
        table
    }

    /// Takes one row more.
    pub fn push(&mut self, row: Record<'_>) {
        let salt = self.salt.clone();
        let (name, town) = (words(row.name), words(row.town));
        let Address { house, unit } = Address::read(row.address);
        let place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let house_of = house_key(&salt, &house);
        let (name_of, qualifiers) =
            name_keys(&salt, &name).unwrap_or_else(|| (salt.key("no name", [row.id]), Vec::new()));
        let town_of = (!town.is_empty()).then(|| town_key(&salt, &town));
        let town_text: Vec<&str> = town.iter().map(|word| &*word.blurred).collect();
        let where_words = house.iter().map(|word| &*word.short).chain([&*unit, "in"]).chain(town_text);
        let household: Vec<&str> = where_words.collect();
        let mut who: Vec<&str> = name.iter().map(|word| &*word.blurred).collect();
        who.sort_unstable();
        let entry = Entry {
            id: row.id.into(),
            written: written_key(&salt, &house, &unit),
            spelled: spelled_key(&salt, &house),
            unit: (!unit.is_empty()).then(|| unit_key(&salt, &unit)),
            name: name_of,
            qualifiers,
            town: town_of,
            person: salt.key("person", who.into_iter().chain(["at"]).chain(household.iter().copied())),
            household: salt.key("household", household.iter().copied()),
        };
        if house.len() > 1 {
            self.by_house.entry(house_of).or_default().push(place);
            self.longest.house = self.longest.house.max(house.len());
        }
        self.longest.name = self.longest.name.max(name.len());
        self.longest.town = self.longest.town.max(town.len());
        self.names.insert(entry.name);
        self.towns.extend(entry.town);
        self.by_id.entry(entry.id.clone()).or_insert(place);
        self.entries.push(entry);
    }

    /// How many records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The id of a record.
    #[must_use]
    pub fn id(&self, record: u32) -> &str {
        self.entries.get(record as usize).map_or("", |entry| &entry.id)
    }

    /// The record of an id; of several with one id, the first.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// A name for whom a record speaks of that does not name them.
    #[must_use]
    pub fn pseudonym(&self, record: u32) -> Option<Key> {
        self.entries.get(record as usize).map(|entry| entry.person)
    }
}
