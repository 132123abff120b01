//! Of whose record a message speaks.
//!
//! A name alone identifies nobody, and a house alone a household. A record is linked where its address stands in a
//! message, and its name too if the message names anybody. What the message says besides must not contradict: another
//! town, another flat, another initial.

use std::ops::Range;

use campaign::{Message, SlotKind, Template};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::key::Key;
use crate::records::{Entry, Records, house_key, name_keys, spelled_key, town_key, unit_key, written_key};
use crate::words::{AddressWord, Word, words};

/// Whom one copy of a template speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The message, by its place in those that were mined.
    pub message: usize,
    /// The record, or why there is none.
    pub link: Link,
    /// What in the message agrees with it.
    pub evidence: Vec<Evidence>,
}

/// A record that a message speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// This record: name and address agree. By its place in the table.
    Person(u32),
    /// The message names nobody, or somebody whom several records of one address may be: these.
    Household(Vec<u32>),
    /// None.
    None(Unlinked),
}

impl Link {
    /// The records that may be meant.
    #[must_use]
    pub fn records(&self) -> &[u32] {
        match self {
            Self::Person(record) => std::slice::from_ref(record),
            Self::Household(records) => records,
            Self::None(_) => &[],
        }
    }
}

/// Why a message is linked to no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unlinked {
    /// No address of the table stands in its slots; perhaps a name does, which identifies nobody.
    NoAddress,
    /// An address of the table does, and the message names somebody else.
    OtherName,
    /// An address of the table does, but in another town, or another flat of the house.
    OtherPlace,
}

impl Unlinked {
    /// Its name in the output: `other_name`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoAddress => "no_address",
            Self::OtherName => "other_name",
            Self::OtherPlace => "other_place",
        }
    }
}

/// What agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Which value of the record.
    pub field: Field,
    /// How well.
    pub agreement: Agreement,
    /// Where the message says it: bytes of its text.
    pub range: Range<usize>,
}

/// A value of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The name.
    Name,
    /// House number, street, flat.
    Address,
    /// The town.
    Town,
}

/// How a value of a message agrees with the record's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// But for case and punctuation as the record has it.
    Same,
    /// Abbreviated or written out, in another order, without the flat or the initial.
    Otherwise,
    /// But for characters that are taken for each other.
    Slip,
}

impl Field {
    /// Its name in the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
            Self::Town => "town",
        }
    }
}

impl Agreement {
    /// Its name in the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Otherwise => "otherwise",
            Self::Slip => "slip",
        }
    }
}

/// Whom each copy of a template speaks of, in the order of its copies.
#[must_use]
pub fn link(template: &Template, messages: &[Message], records: &Records) -> Vec<Recipient> {
    let mut slots: FxHashMap<usize, Vec<Range<usize>>> = FxHashMap::default();
    let mut named = FxHashSet::default();
    for slot in &template.slots {
        for fill in slot.fills.iter().filter(|fill| !fill.range.is_empty()) {
            slots.entry(fill.message).or_default().push(fill.range.clone());
            if slot.kind == SlotKind::Name {
                named.insert(fill.message);
            }
        }
    }
    let recipient = |message: &usize| {
        let text = messages.get(*message).map_or("", |message| &*message.text);
        let slots = slots.get(message).map_or(&[][..], Vec::as_slice);
        let reading = Reading::new(text, slots, records);
        let (link, evidence) = reading.link(named.contains(message));
        Recipient { message: *message, link, evidence }
    };
    template.copies.iter().map(recipient).collect()
}

/// A place in a message where an address of the table stands.
struct House {
    words: Range<usize>,
    entries: Vec<u32>,
}

/// A place where a name may stand.
struct Name {
    words: Range<usize>,
    key: Key,
    qualifiers: Vec<Key>,
}

/// A message, with what in its slots stands in the table.
struct Reading<'a> {
    words: Vec<Word>,
    records: &'a Records,
    houses: Vec<House>,
    names: Vec<Name>,
    towns: Vec<(Key, Range<usize>)>,
}

impl<'a> Reading<'a> {
    fn new(text: &str, slots: &[Range<usize>], records: &'a Records) -> Self {
        let words = words(text);
        let filled: Vec<bool> = words
            .iter()
            .map(|word| slots.iter().any(|slot| slot.start < word.range.end && word.range.start < slot.end))
            .collect();
        let mut reading = Self { words, records, houses: Vec::new(), names: Vec::new(), towns: Vec::new() };
        reading.find(&filled);
        reading
    }

    fn find(&mut self, filled: &[bool]) {
        let (records, salt) = (self.records, &self.records.salt);
        for start in 0..self.words.len() {
            let most = self.words.len() - start;
            let windows = |least: usize, longest: usize| (least..=longest.min(most)).rev();
            // Of an address, all that varies stands in slots; "Street" may be the same in all copies.
            let house = windows(2, records.longest.house).find_map(|length| {
                let at = start..start + length;
                let entries = filled[at.clone()].contains(&true).then(|| &self.words[at.clone()])?;
                let entries = records.by_house.get(&house_key(salt, entries))?.clone();
                Some(House { words: at, entries })
            });
            self.houses.extend(house);
            let own = filled[start..].iter().take_while(|filled| **filled).count();
            // A house number is no initial.
            let letters = |word: &&Word| !word.plain.starts_with(|c: char| c.is_ascii_digit());
            let named = self.words[start..].iter().take_while(letters).count().min(own);
            // A name may leave out the initial that the record has, or have one more.
            for length in windows(2, records.longest.name + 1).filter(|length| *length <= named) {
                let at = start..start + length;
                let Some((key, qualifiers)) = name_keys(salt, &self.words[at.clone()]) else { continue };
                if records.names.contains(&key) {
                    self.names.push(Name { words: at, key, qualifiers });
                    break;
                }
            }
            for length in windows(1, records.longest.town).filter(|length| *length <= own) {
                let key = town_key(salt, &self.words[start..start + length]);
                if records.towns.contains(&key) {
                    self.towns.push((key, self.bytes(&(start..start + length))));
                    break;
                }
            }
        }
    }

    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].range.start..self.words[words.end - 1].range.end
    }

    fn link(&self, names_somebody: bool) -> (Link, Vec<Evidence>) {
        if self.houses.is_empty() {
            return (Link::None(Unlinked::NoAddress), Vec::new());
        }
        // Each record whose house stands there, where it fits best.
        let mut fits: Vec<(u32, Fit, &House)> = Vec::new();
        for house in &self.houses {
            for &record in &house.entries {
                let Some(entry) = self.records.entries.get(record as usize) else { continue };
                let Some(fit) = self.fit(entry, house) else { continue };
                match fits.iter_mut().find(|(other, ..)| *other == record) {
                    Some(known) if fit.flat_agrees && !known.1.flat_agrees => *known = (record, fit, house),
                    Some(_) => {}
                    None => fits.push((record, fit, house)),
                }
            }
        }
        // Where the message names the flat of some, it does not mean the others of the house.
        if fits.iter().any(|(_, fit, _)| fit.flat_agrees) {
            fits.retain(|(_, fit, _)| fit.flat_agrees);
        }
        if fits.is_empty() {
            return (Link::None(Unlinked::OtherPlace), Vec::new());
        }
        let mut best: Vec<(u32, usize)> = Vec::new();
        for (record, ..) in &fits {
            let entry = &self.records.entries[*record as usize];
            if let Some(agreeing) = self.qualifiers_that_agree(entry) {
                best.push((*record, agreeing));
            }
        }
        let most = best.iter().map(|(_, agreeing)| *agreeing).max();
        best.retain(|(_, agreeing)| Some(*agreeing) == most);
        let meant: Vec<u32> = match &best[..] {
            [] if names_somebody || !self.names.is_empty() => {
                return (Link::None(Unlinked::OtherName), Vec::new());
            }
            [] => fits.iter().map(|(record, ..)| *record).collect(),
            named => named.iter().map(|(record, _)| *record).collect(),
        };
        let evidence = fits
            .iter()
            .find(|(record, ..)| Some(record) == meant.first())
            .map(|(record, fit, house)| self.evidence(&self.records.entries[*record as usize], fit, house));
        let link = match meant[..] {
            [record] if !best.is_empty() => Link::Person(record),
            _ => Link::Household(meant),
        };
        (link, evidence.unwrap_or_default())
    }

    /// How well a record's flat and town agree with a house in the message; `None`: they contradict.
    fn fit(&self, entry: &Entry, house: &House) -> Option<Fit> {
        if entry.town.is_some_and(|town| !self.towns.is_empty() && self.towns.iter().all(|(t, _)| *t != town))
        {
            return None;
        }
        let rest = &self.words[house.words.end..];
        let marked = rest.first().is_some_and(|word| word.kind == Some(AddressWord::Unit));
        // "Apt. #3B" has two words for it.
        let skip = rest.iter().take_while(|word| word.kind == Some(AddressWord::Unit)).count();
        let salt = &self.records.salt;
        let unit = entry.unit.and_then(|unit| {
            (1..=2.min(rest.len() - skip)).find(|length| {
                let said: String = rest[skip..skip + length].iter().map(|word| &*word.blurred).collect();
                unit_key(salt, &said) == unit
            })
        });
        match (entry.unit, unit, marked) {
            (Some(_), Some(length), _) => {
                let end = house.words.end + skip + length;
                Some(Fit { flat_agrees: true, words: house.words.start..end, flat: skip..skip + length })
            }
            (Some(_), None, true) => None,
            (_, _, _) => Some(Fit { flat_agrees: false, words: house.words.clone(), flat: 0..0 }),
        }
    }

    /// How many initials of a record the message has beside its name; `None`: it has not its name, or another initial.
    fn qualifiers_that_agree(&self, entry: &Entry) -> Option<usize> {
        let agreeing = |name: &&Name| {
            let said = |qualifier: &Key| name.qualifiers.contains(qualifier);
            let agreeing = entry.qualifiers.iter().filter(|q| said(q)).count();
            let contradicts = agreeing < entry.qualifiers.len().min(name.qualifiers.len());
            (name.key == entry.name && !contradicts).then_some(agreeing)
        };
        self.names.iter().filter_map(|name| agreeing(&name)).max()
    }

    fn evidence(&self, entry: &Entry, fit: &Fit, house: &House) -> Vec<Evidence> {
        let salt = &self.records.salt;
        let said = &self.words[house.words.clone()];
        let rest = &self.words[house.words.end..];
        let unit: String = rest[fit.flat.clone()].iter().map(|word| &*word.blurred).collect();
        let address = if written_key(salt, said, &unit) == entry.written {
            Agreement::Same
        } else if spelled_key(salt, said) == entry.spelled {
            Agreement::Otherwise
        } else {
            Agreement::Slip
        };
        let mut evidence =
            vec![Evidence { field: Field::Address, agreement: address, range: self.bytes(&fit.words) }];
        if let Some(name) = self.names.iter().find(|name| name.key == entry.name) {
            let all = name.qualifiers.len() == entry.qualifiers.len();
            let agreement = if all { Agreement::Same } else { Agreement::Otherwise };
            evidence.push(Evidence { field: Field::Name, agreement, range: self.bytes(&name.words) });
        }
        if let Some((_, range)) = self.towns.iter().find(|(town, _)| Some(*town) == entry.town) {
            evidence.push(Evidence { field: Field::Town, agreement: Agreement::Same, range: range.clone() });
        }
        evidence
    }
}

/// How a record's flat fits a house in a message.
struct Fit {
    flat_agrees: bool,
    /// The words of the whole address.
    words: Range<usize>,
    /// The words of the flat, counted from the end of the house.
    flat: Range<usize>,
}
