//! The column `remarks`: `(Linked To: MAHAN AIR)`, as OFAC writes it, or a sentence.

use model::{Entity, Locator, Property};
use rustc_hash::FxHashMap;

use crate::ofac::links::{self, Link};
use crate::party::Party;

/// How the links begin; they go to the end of the remarks.
const OPEN: &str = "(Linked To: ";

/// The parties that others are linked to, by name.
#[derive(Default)]
pub(super) struct Links(Vec<(Box<str>, Box<str>, Locator)>);

impl Links {
    /// What stands before the links, or holds none, is a note.
    pub(super) fn state(&mut self, party: &mut Party, remarks: &str, locator: Locator) {
        let inside = remarks.find(OPEN).and_then(|at| Some((at, remarks[at + 1..].strip_suffix(')')?)));
        let linked = inside.and_then(|(at, inside)| {
            let names = inside.split("; ").map(|clause| clause.trim().strip_prefix("Linked To: "));
            Some((at, names.collect::<Option<Vec<&str>>>()?))
        });
        let (note, names) = linked.map_or((remarks, Vec::new()), |(at, names)| (&remarks[..at], names));
        party.add(&Property::Notes, note, locator);
        let id = &party.entity.id;
        self.0.extend(names.into_iter().map(|name| (id.clone(), name.trim().into(), locator)));
    }

    /// The relations, now that all parties are known.
    pub(super) fn resolve(self, entities: &[Entity], relations: &mut Vec<Entity>) {
        let places: FxHashMap<&str, usize> = entities.iter().zip(0..).map(|(e, at)| (&*e.id, at)).collect();
        let link = |(id, name, locator): (Box<str>, Box<str>, Locator)| {
            places.get(&*id).map(|at| Link::linked_to(*at, &name, locator))
        };
        links::resolve("csl", self.0.into_iter().filter_map(link).collect(), entities, relations);
    }
}
