//! What changed from one version of a list to another: which parties came, which went, which are told otherwise.
//!
//! Compared is what is *published*. What we derive from a value (a date, a country, which party a name means) can
//! change nothing; neither can the order of values or of parties. Ids are the keys. What belongs to a party (its
//! papers, sanctions, addresses, relations) is a change of that party.
//!
//! ```
//! use lists::{Listing, SourceFile, diff, read};
//! let version = |bytes| read(&SourceFile { name: "watch.csv", bytes }, &[]);
//! let old = version(b"id,name,program\n1,Jane DOE,X\n2,Joe ROE,X\n")?;
//! let new = version(b"id,name,program\n1,Jane DOE,Y\n3,Ann POE,X\n")?;
//! let diff = diff(&Listing::from(&old), &Listing::from(&new));
//! assert_eq!((diff.added.len(), diff.removed.len(), diff.changed.len()), (1, 1, 1));
//! assert_eq!((&*diff.changed[0].changes[0].property, &*diff.changed[0].changes[0].added[0]), ("program", "Y"));
//! # Ok::<(), lists::ListError>(())
//! ```

mod belongings;
mod delta;
mod listing;

use model::{Entity, Property};
use rustc_hash::{FxHashMap, FxHashSet};

pub use delta::{Op, delta};
pub use listing::Listing;

use belongings::Belongings;

/// What changed between two versions of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListDiff<'a> {
    /// Parties that are listed now and were not, in the order of the new version.
    pub added: Vec<PartyChange<'a>>,
    /// Parties that were listed and are not now, in the order of the old version.
    pub removed: Vec<PartyChange<'a>>,
    /// Parties of both of which something else is published, in the order of the new version.
    pub changed: Vec<PartyChange<'a>>,
}

/// What changed of one listed party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyChange<'a> {
    /// As it was listed.
    pub old: Option<&'a Entity>,
    /// As it is listed.
    pub new: Option<&'a Entity>,
    /// The programme that the change is about: one that the party came under, else one that it left, else its first.
    pub programme: Option<&'a str>,
    /// What changed, property by property. Of a party that was added everything is `added`, of one that was removed
    /// everything `removed`.
    pub changes: Vec<PropertyChange>,
}

/// What changed of one property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyChange {
    /// The FollowTheMoney property; `schema` where the party is now another kind of thing. The schema of what belongs to
    /// the party (`Passport`), where that came or went as a whole; `Passport:country`, where a value of it did.
    pub property: String,
    /// Published values that are there no more.
    pub removed: Vec<String>,
    /// Published values that were not there.
    pub added: Vec<String>,
}

impl<'a> PartyChange<'a> {
    /// The party: as it is listed, else as it was.
    ///
    /// # Panics
    /// Never of a change that [`diff`] made: one of the two is there.
    #[must_use]
    pub fn party(&self) -> &'a Entity {
        self.new.or(self.old).expect("a change is of a party that one version lists")
    }
}

impl ListDiff<'_> {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }

    /// Every change: added, removed, changed parties.
    pub fn all(&self) -> impl Iterator<Item = &PartyChange<'_>> {
        self.added.iter().chain(&self.removed).chain(&self.changed)
    }
}

/// Compares two versions of a list.
#[must_use]
pub fn diff<'a>(old: &Listing<'a>, new: &Listing<'a>) -> ListDiff<'a> {
    let belongings = [Belongings::of(old, new), Belongings::of(new, old)];
    let change = |was: Option<&'a Entity>, is: Option<&'a Entity>| {
        let changes = changes([was, is], &belongings);
        PartyChange { old: was, new: is, programme: programme([was, is], &belongings), changes }
    };
    let mut diff = ListDiff::default();
    for party in new.parties() {
        match old.party(&party.id) {
            None => diff.added.push(change(None, Some(party))),
            Some(was) => {
                let change = change(Some(was), Some(party));
                if !change.changes.is_empty() {
                    diff.changed.push(change);
                }
            }
        }
    }
    let gone = old.parties().filter(|party| new.party(&party.id).is_none());
    diff.removed.extend(gone.map(|party| change(Some(party), None)));
    diff
}

/// What changed of a party: its own values, then what belongs to it.
fn changes(sides: [Option<&Entity>; 2], belongings: &[Belongings<'_, '_>; 2]) -> Vec<PropertyChange> {
    let mut changes = Changes::default();
    if let [Some(was), Some(is)] = sides
        && was.schema != is.schema
    {
        changes.add("schema", Side::Old, was.schema.name().to_owned());
        changes.add("schema", Side::New, is.schema.name().to_owned());
    }
    let own = [0, 1].map(|n| sides[n].map_or_else(Vec::new, |party| belongings[n].own_values(party)));
    changes.of_values(&own);
    belongings::changes(sides, belongings, &mut changes);
    changes.0
}

/// One of the two versions.
#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

/// A property and one of its values.
type Value<'a> = (&'a Property, &'a str);

/// Changes as they are found, one for each property, in the order in which these were met.
#[derive(Default)]
struct Changes(Vec<PropertyChange>);

impl Changes {
    fn add(&mut self, property: &str, side: Side, value: String) {
        let place = self.0.iter().position(|c| c.property == property).unwrap_or_else(|| {
            let property = property.to_owned();
            self.0.push(PropertyChange { property, removed: Vec::new(), added: Vec::new() });
            self.0.len() - 1
        });
        let values = match side {
            Side::Old => &mut self.0[place].removed,
            Side::New => &mut self.0[place].added,
        };
        values.push(value);
    }

    /// Values that only one of the versions has.
    fn of_values(&mut self, sides: &[Vec<Value<'_>>; 2]) {
        if sides[0] == sides[1] {
            return;
        }
        let sets = sides.each_ref().map(|values| values.iter().copied().collect::<FxHashSet<Value<'_>>>());
        for (n, side) in [(0, Side::Old), (1, Side::New)] {
            let mut said = FxHashSet::default();
            for value in sides[n].iter().filter(|value| !sets[1 - n].contains(*value)) {
                if said.insert(*value) {
                    self.add(value.0.name(), side, value.1.to_owned());
                }
            }
        }
    }
}

/// The programme that a change is about.
fn programme<'a>(sides: [Option<&'a Entity>; 2], belongings: &[Belongings<'_, 'a>; 2]) -> Option<&'a str> {
    let [was, is] = [0, 1].map(|n| sides[n].map_or_else(Vec::new, |party| belongings[n].programmes(party)));
    let gained = is.iter().find(|programme| !was.contains(programme));
    let lost = was.iter().find(|programme| !is.contains(programme));
    gained.or(lost).or(is.first()).or(was.first()).copied()
}

/// Changes under the programme that they are about, programmes in the order of their names; those without one last.
#[must_use]
pub fn by_programme<'d, 'a>(diff: &'d ListDiff<'a>) -> Vec<(Option<&'a str>, Vec<&'d PartyChange<'a>>)> {
    let mut groups: FxHashMap<Option<&'a str>, Vec<&'d PartyChange<'a>>> = FxHashMap::default();
    for change in diff.added.iter().chain(&diff.removed).chain(&diff.changed) {
        groups.entry(change.programme).or_default().push(change);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_unstable_by_key(|(programme, _)| (programme.is_none(), *programme));
    groups
}
