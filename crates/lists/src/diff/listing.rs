//! One version of a list, as a comparison looks into it.

use model::Entity;
use rustc_hash::FxHashMap;

use crate::LoadedList;

/// One version of a list: its parties and what belongs to them, found by id.
#[derive(Clone, Debug, Default)]
pub struct Listing<'a> {
    parties: Vec<&'a Entity>,
    others: Vec<&'a Entity>,
    /// Each id's entity, and whether that is a listed party.
    by_id: FxHashMap<&'a str, (&'a Entity, bool)>,
}

impl<'a> From<&'a LoadedList> for Listing<'a> {
    fn from(list: &'a LoadedList) -> Self {
        Self::new(&list.entities, &list.relations)
    }
}

impl<'a> Listing<'a> {
    /// The listed parties, and the entities that belong to them. Where an id was given twice the first has it.
    #[must_use]
    pub fn new(
        parties: impl IntoIterator<Item = &'a Entity>,
        others: impl IntoIterator<Item = &'a Entity>,
    ) -> Self {
        let mut listing = Self::default();
        for entity in parties {
            if listing.enter(entity, true) {
                listing.parties.push(entity);
            }
        }
        for entity in others {
            if listing.enter(entity, false) {
                listing.others.push(entity);
            }
        }
        listing
    }

    fn enter(&mut self, entity: &'a Entity, listed: bool) -> bool {
        let new = !self.by_id.contains_key(&*entity.id);
        if new {
            self.by_id.insert(&entity.id, (entity, listed));
        }
        new
    }

    /// The listed parties, in the order of the list.
    pub fn parties(&self) -> impl Iterator<Item = &'a Entity> + '_ {
        self.parties.iter().copied()
    }

    /// What belongs to them, in the order of the list.
    pub(super) fn others(&self) -> impl Iterator<Item = &'a Entity> + '_ {
        self.others.iter().copied()
    }

    /// The listed party of that id.
    #[must_use]
    pub fn party(&self, id: &str) -> Option<&'a Entity> {
        self.entity(id).filter(|(_, listed)| *listed).map(|(entity, _)| entity)
    }

    /// The entity of that id, and whether it is a listed party.
    pub(super) fn entity(&self, id: &str) -> Option<(&'a Entity, bool)> {
        self.by_id.get(id).copied()
    }
}
