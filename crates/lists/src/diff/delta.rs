//! The change from one version to another as operations on entities, as OpenSanctions publishes its deltas: whoever has
//! the old version and applies them has the new one.

use model::{Entity, Property};
use rustc_hash::FxHashSet;

use super::Listing;

/// What to do with one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op<'a> {
    /// It is new.
    Add {
        /// The entity.
        entity: &'a Entity,
        /// Whether it is a listed party, or belongs to one.
        listed: bool,
    },
    /// It takes the place of the one that has its id.
    Mod {
        /// The entity.
        entity: &'a Entity,
        /// Whether it is a listed party, or belongs to one.
        listed: bool,
    },
    /// It is gone.
    Del {
        /// Its id.
        id: &'a str,
    },
}

/// The operations that make the new version of the old: added and changed entities in the order of the new version,
/// parties first, then those that are gone. Unlike [`super::diff`] this goes by entities, relations and papers too.
#[must_use]
pub fn delta<'a>(old: &Listing<'a>, new: &Listing<'a>) -> Vec<Op<'a>> {
    let all = |of: &Listing<'a>| {
        let parties = of.parties().map(|entity| (entity, true));
        parties.chain(of.others().map(|entity| (entity, false))).collect::<Vec<_>>()
    };
    let mut ops = Vec::new();
    for (entity, listed) in all(new) {
        match old.entity(&entity.id) {
            None => ops.push(Op::Add { entity, listed }),
            Some((was, was_listed)) if listed != was_listed || !states_the_same(was, entity) => {
                ops.push(Op::Mod { entity, listed });
            }
            Some(_) => {}
        }
    }
    let gone = all(old).into_iter().filter(|(entity, _)| new.entity(&entity.id).is_none());
    ops.extend(gone.map(|(entity, _)| Op::Del { id: &entity.id }));
    ops
}

/// Whether the same is published of both, in whatever order.
fn states_the_same(a: &Entity, b: &Entity) -> bool {
    let values = |entity: &'_ Entity| -> Vec<(Property, Box<str>)> {
        entity.statements.iter().map(|s| (s.property.clone(), s.value.clone())).collect()
    };
    let same_order = || {
        let pairs = a.statements.iter().zip(&b.statements);
        a.statements.len() == b.statements.len()
            && pairs.into_iter().all(|(a, b)| a.property == b.property && a.value == b.value)
    };
    let same_set = || {
        let [a, b] = [a, b].map(|entity| values(entity).into_iter().collect::<FxHashSet<_>>());
        a == b
    };
    a.schema == b.schema && (same_order() || same_set())
}
