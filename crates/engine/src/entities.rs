//! The entities of a list: all of them in memory, or unpacked one by one as they are asked for.

use std::sync::OnceLock;

use model::Entity;

use crate::compiled::PackedEntities;

/// Entities by place, in the order of the source.
#[derive(Debug)]
pub struct Entities {
    unpacked: Box<[OnceLock<Entity>]>,
    packed: PackedEntities,
}

impl From<Vec<Entity>> for Entities {
    fn from(entities: Vec<Entity>) -> Self {
        let unpacked = entities.into_iter().map(OnceLock::from).collect();
        Self { unpacked, packed: PackedEntities::default() }
    }
}

impl From<PackedEntities> for Entities {
    fn from(packed: PackedEntities) -> Self {
        Self { unpacked: (0..packed.len()).map(|_| OnceLock::new()).collect(), packed }
    }
}

impl Entities {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.unpacked.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unpacked.is_empty()
    }

    /// One of them.
    ///
    /// # Panics
    /// There is none in that place.
    #[must_use]
    pub fn get(&self, place: usize) -> &Entity {
        self.unpacked[place].get_or_init(|| self.packed.unpack(place))
    }

    /// All of them.
    pub fn iter(&self) -> Iter<'_> {
        Iter { entities: self, places: 0..self.len() }
    }
}

impl<'a> IntoIterator for &'a Entities {
    type Item = &'a Entity;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Entities one after the other.
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    entities: &'a Entities,
    places: std::ops::Range<usize>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Entity;

    fn next(&mut self) -> Option<&'a Entity> {
        self.places.next().map(|place| self.entities.get(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}
