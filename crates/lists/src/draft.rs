//! What all readers build of: an entity in the making, whose values are stated once (`Entity::add`, but linear for parties with
//! thousands of values), and ids that stay apart.

use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

use model::{Entity, Locator, Property, Schema, Statement};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

/// Up to so many statements, looking through all of them is the fastest way to find a repeated one.
const FEW: usize = 32;

/// An entity while its record is read. It is read as the [`Entity`] that it becomes, and every value is stated through
/// [`Draft::add`].
pub(crate) struct Draft {
    entity: Entity,
    /// What was already stated, once it has become too much to look through.
    seen: FxHashSet<u64>,
}

impl Draft {
    pub(crate) fn new(id: impl Into<Box<str>>, schema: Schema) -> Self {
        Self { entity: Entity::new(id, schema), seen: FxHashSet::default() }
    }

    /// States a value unless it is empty or stated already; whether it was stated now.
    pub(crate) fn add(&mut self, property: &Property, value: &str, locator: Locator) -> bool {
        let value = value.trim();
        if value.is_empty() {
            return false;
        }
        let repeated = |entity: &Entity| entity.values(property).any(|v| v == value);
        if self.entity.statements.len() < FEW {
            if repeated(&self.entity) {
                return false;
            }
        } else {
            if self.seen.is_empty() {
                self.seen.extend(self.entity.statements.iter().map(|s| key(&s.property, &s.value)));
            }
            // A hash met before is most likely a repeated value; only looking tells.
            if !self.seen.insert(key(property, value)) && repeated(&self.entity) {
                return false;
            }
        }
        self.entity.statements.push(Statement::new(property.clone(), value, locator));
        true
    }

    /// States a value whose meaning the caller has read.
    pub(crate) fn state(&mut self, statement: Statement) {
        if self.entity.first(&statement.property) != Some(&*statement.value) {
            self.entity.statements.push(statement);
        }
    }

    /// The entity, with all that was stated of it.
    pub(crate) fn done(mut self) -> Entity {
        self.entity.statements.shrink_to_fit();
        self.entity
    }
}

impl Deref for Draft {
    type Target = Entity;

    fn deref(&self) -> &Entity {
        &self.entity
    }
}

impl DerefMut for Draft {
    fn deref_mut(&mut self) -> &mut Entity {
        &mut self.entity
    }
}

/// What a paper with such a number is.
pub(crate) fn paper_schema(number: &Property) -> Schema {
    if *number == Property::PassportNumber { Schema::Passport } else { Schema::Identification }
}

/// The ids of a list: losing the second of two parties would be worse than an odd id.
#[derive(Default)]
pub(crate) struct Ids(FxHashMap<Box<str>, usize>);

impl Ids {
    /// The id as it is wanted, or with a number behind it where it was given before: `a`, `a-2`, `a-3`.
    pub(crate) fn free(&mut self, wanted: &str) -> Box<str> {
        let mut id: Box<str> = wanted.into();
        loop {
            let claims = self.0.entry(id.clone()).or_default();
            *claims += 1;
            if *claims == 1 {
                return id;
            }
            id = format!("{id}-{claims}").into();
        }
    }
}

fn key(property: &Property, value: &str) -> u64 {
    let mut hasher = FxHasher::default();
    property.hash(&mut hasher);
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_each_value_once() {
        let mut draft = Draft::new("x", Schema::Thing);
        for round in 0..2 {
            for n in 0..100 {
                let new = draft.add(&Property::Alias, &format!(" {n} "), Locator::Direct);
                assert_eq!(new, round == 0, "{n}");
            }
        }
        assert!(!draft.add(&Property::Alias, "  ", Locator::Direct));
        assert_eq!(draft.done().statements.len(), 100);
    }

    #[test]
    fn ids_stay_apart() {
        let mut ids = Ids::default();
        let given = ["a", "a", "a-2", "a"].map(|id| ids.free(id));
        assert_eq!(given.each_ref().map(|id| &**id), ["a", "a-2", "a-2-2", "a-3"]);
    }
}
