//! Entities by id, and who refers to whom: for whole records, which matching does not need.

use std::collections::HashMap;
use std::sync::OnceLock;

use engine::{Entity, FtmProperty, Library, ScreenList, referents};
use serde_json::Value;

use super::entity::EntityResponse;
use super::tables::reverse;

/// What is worked out of a library when it is first asked for. It belongs to one library and is thrown away with it.
#[derive(Default)]
pub(crate) struct Directory {
    references: OnceLock<References>,
    words: OnceLock<super::words::Words>,
}

/// The place of an entity in a library: a party's, or that of something that belongs to parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    list: u32,
    of_parties: bool,
    entity: u32,
}

/// Ids, and which entities refer to which.
struct References {
    ids: HashMap<Box<str>, Place>,
    /// Other ids of parties.
    others: HashMap<Box<str>, Place>,
    /// By the id that is referred to: by whom, and by which property.
    by: HashMap<Box<str>, Vec<(Place, Box<str>)>>,
}

/// What an id means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meant {
    /// An entity.
    Entity(Place),
    /// The entity that has another id today.
    Moved(Place),
}

/// A library with its directory.
#[derive(Clone, Copy)]
pub(crate) struct Register<'a> {
    library: &'a Library,
    directory: &'a Directory,
}

/// Entities by the property that they stand in.
pub(crate) type Nested<'a> = Vec<(&'a str, Vec<Place>)>;

impl<'a> Register<'a> {
    /// A library with the directory that belongs to it.
    pub(crate) fn new(library: &'a Library, directory: &'a Directory) -> Self {
        Self { library, directory }
    }

    /// The library.
    pub(crate) fn library(&self) -> &'a Library {
        self.library
    }

    /// The words of all parties.
    pub(crate) fn words(&self) -> &'a super::words::Words {
        self.directory.words.get_or_init(|| super::words::Words::new(self.library))
    }

    fn references(&self) -> &'a References {
        self.directory.references.get_or_init(|| References::new(self.library))
    }

    /// What an id means.
    pub(crate) fn find(&self, id: &str) -> Option<Meant> {
        let references = self.references();
        let own = references.ids.get(id).map(|place| Meant::Entity(*place));
        own.or_else(|| references.others.get(id).map(|place| Meant::Moved(*place)))
    }

    /// The listed party of an id, with its list: of several lists the first that has it.
    pub(crate) fn party(&self, id: &str) -> Option<(&'a ScreenList, &'a Entity)> {
        let place = *self.references().ids.get(id)?;
        place.of_parties.then(|| self.entity(place))
    }

    /// An entity and its list.
    pub(crate) fn entity(&self, place: Place) -> (&'a ScreenList, &'a Entity) {
        let list = &self.library.lists()[place.list as usize];
        let of = if place.of_parties { &list.entities } else { &list.relations };
        (list, of.get(place.entity as usize))
    }

    /// An entity alone.
    pub(crate) fn plain(&self, place: Place) -> EntityResponse<'a> {
        let (list, entity) = self.entity(place);
        EntityResponse::new(list, entity, Vec::new())
    }

    /// An entity with all that refers to it and that it refers to; in each of these the other ends in full. What leads back to
    /// the entity stays an id.
    pub(crate) fn nested(&self, place: Place) -> EntityResponse<'a> {
        let (list, entity) = self.entity(place);
        let nested = self.adjacent(place).into_iter();
        let shown = nested.map(|(name, places)| {
            (name, places.into_iter().map(|other| self.shown(other, &entity.id)).collect::<Vec<_>>())
        });
        EntityResponse::new(list, entity, shown.collect())
    }

    /// An entity beside another: what it refers to in full, but for that other.
    pub(crate) fn shown(&self, place: Place, beside: &str) -> Value {
        let (list, entity) = self.entity(place);
        let mut nested = Vec::new();
        for (name, ids) in self.refers(entity) {
            let values: Vec<Value> = ids
                .into_iter()
                .map(|id| match self.references().ids.get(id) {
                    Some(other) if id != beside => {
                        serde_json::to_value(self.plain(*other)).unwrap_or_default()
                    }
                    _ => Value::from(id),
                })
                .collect();
            nested.push((name, values));
        }
        serde_json::to_value(EntityResponse::new(list, entity, nested)).unwrap_or_default()
    }

    /// Whom an entity refers to and who refers to it, by property: its own, and those of the others from its side.
    pub(crate) fn adjacent(&self, place: Place) -> Nested<'a> {
        let (_, entity) = self.entity(place);
        let references = self.references();
        let mut found: Nested<'a> = Vec::new();
        let mut add = |name: &'a str, place: Place| match found.iter_mut().find(|(own, _)| *own == name) {
            Some((_, places)) if places.contains(&place) => {}
            Some((_, places)) => places.push(place),
            None => found.push((name, vec![place])),
        };
        for (name, ids) in self.refers(entity) {
            ids.iter().filter_map(|id| references.ids.get(*id)).for_each(|other| add(name, *other));
        }
        for (other, property) in references.by.get(&entity.id).into_iter().flatten() {
            if let Some(name) = reverse(&self.entity(*other).1.schema, property) {
                add(name, *other);
            }
        }
        found
    }

    /// The ids that an entity holds of others that are there, by property. A property with a name beside the id is told whole.
    fn refers(&self, entity: &'a Entity) -> Vec<(&'a str, Vec<&'a str>)> {
        let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, id) in refers(entity) {
            match found.iter_mut().find(|(own, _)| *own == name) {
                Some((_, ids)) => ids.push(id),
                None => found.push((name, vec![id])),
            }
        }
        let known = &self.references().ids;
        found.retain(|(_, ids)| ids.iter().any(|id| known.contains_key(*id)));
        found
    }
}

/// The properties of an entity that hold ids, with their values.
fn refers(entity: &Entity) -> impl Iterator<Item = (&str, &str)> {
    let schema = entity.schema.name();
    entity.statements.iter().filter_map(move |statement| {
        let name = statement.property.name();
        let reference = FtmProperty::of(schema, name).is_some_and(|property| property.is_reference());
        reference.then_some((name, &*statement.value))
    })
}

impl References {
    fn new(library: &Library) -> Self {
        let mut references = Self { ids: HashMap::new(), others: HashMap::new(), by: HashMap::new() };
        for (l, list) in library.lists().iter().enumerate() {
            for (of_parties, entities) in [(true, &list.entities), (false, &list.relations)] {
                for (e, entity) in entities.iter().enumerate() {
                    let place = Place { list: l as u32, of_parties, entity: e as u32 };
                    // Whoever asks for an id asks for a party before what belongs to parties.
                    let known = references.ids.entry(entity.id.clone()).or_insert(place);
                    if of_parties && !known.of_parties {
                        *known = place;
                    }
                    for other in referents(entity) {
                        references.others.entry(other.into()).or_insert(place);
                    }
                    for (property, id) in refers(entity) {
                        references.by.entry(id.into()).or_default().push((place, property.into()));
                    }
                }
            }
        }
        references
    }
}

#[cfg(test)]
mod tests {
    use engine::{Library, demo_list};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_party_with_its_relations_and_papers() {
        let library = Library::new(vec![demo_list().unwrap()]).unwrap();
        let directory = Directory::default();
        let register = Register::new(&library, &directory);
        let Some(Meant::Entity(place)) = register.find("ofac-33493") else { panic!("a listed party") };
        insta::assert_json_snapshot!(register.nested(place));
        assert!(json!(register.plain(place))["properties"].get("identification").is_none());
        assert_eq!(register.find("ofac-1"), None);
        let Some(Meant::Entity(company)) = register.find("ofac-33634") else { panic!("a listed company") };
        let adjacent: Vec<_> =
            register.adjacent(company).into_iter().map(|(name, places)| (name, places.len())).collect();
        assert_eq!(adjacent, [("identification", 2), ("unknownLinkFrom", 3)]);
    }
}
