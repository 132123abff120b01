//! A party's place on a list: when, on what grounds, and what follows from it.

use model::{Entity, Locator, Property, Schema};

use crate::draft::Draft;

/// A `Sanction` of a party in the making.
pub(super) struct Sanction {
    entity: Draft,
    locator: Locator,
}

impl Sanction {
    /// The `number`th sanction of the party.
    pub(super) fn of(party: &Entity, number: usize, locator: Locator) -> Self {
        let mut entity = Draft::new(format!("{}-sanction-{number}", party.id), Schema::Sanction);
        entity.add(&Property::Entity, &party.id, locator);
        Self { entity, locator }
    }

    pub(super) fn add(&mut self, property: Property, value: &str) {
        self.entity.add(&property, value, self.locator);
    }

    /// What the sanctions forbid: `Block`, `13662 Sectoral Directive 1`.
    pub(super) fn provision(&mut self, value: &str) {
        self.add(Property::from_name("provisions"), value);
    }

    pub(super) fn done(self) -> Entity {
        self.entity.done()
    }
}
