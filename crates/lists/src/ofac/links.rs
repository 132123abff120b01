//! Relations to parties that OFAC, and whoever republishes it, gives by name only.

use std::collections::hash_map::Entry;

use model::{Entity, Locator, NameStrength, Property, Schema, Statement};
use rustc_hash::{FxHashMap, FxHashSet};

/// A relation whose other side is a name.
pub(crate) struct Link {
    /// Place of the listed party among the entities.
    party: usize,
    /// The other party's name as published.
    name: Box<str>,
    locator: Locator,
    schema: Schema,
}

impl Link {
    /// `Linked To: NAME` of the remarks.
    pub(crate) fn linked_to(party: usize, name: &str, locator: Locator) -> Self {
        Self { party, name: name.into(), locator, schema: Schema::UnknownLink }
    }

    /// The owner of a vessel.
    pub(super) fn owned_by(party: usize, name: &str, locator: Locator) -> Self {
        Self { party, name: name.into(), locator, schema: Schema::Ownership }
    }
}

/// A name may be that of several listed parties.
type Names<'a> = FxHashMap<&'a str, Vec<usize>>;

/// Relations from links. The name is that of a listed party where it is listed verbatim, as a primary name or else
/// as an alias; more than one party with that name are all named as the object. Otherwise a `LegalEntity` of its own
/// stands for the unlisted party; its id begins with `list`.
pub(crate) fn resolve(list: &str, links: Vec<Link>, entities: &[Entity], relations: &mut Vec<Entity>) {
    if links.is_empty() {
        return;
    }
    let (mut primary, mut others): (Names<'_>, Names<'_>) = Default::default();
    for (index, entity) in entities.iter().enumerate() {
        for (strength, name) in entity.names() {
            let names = if strength == NameStrength::Primary { &mut primary } else { &mut others };
            let known = names.entry(&name.value).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
    }
    let mut unlisted: FxHashMap<Box<str>, Box<str>> = FxHashMap::default();
    let mut slugs: FxHashSet<String> = FxHashSet::default();
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    for Link { party, name, locator, schema } in links {
        // The dot at the end of "CO., LTD." may have been taken for the end of the remarks.
        let dotted = format!("{name}.");
        let published = name.clone();
        let listed =
            [&primary, &others].iter().find_map(|names| names.get(&*name).or_else(|| names.get(&*dotted)));
        let objects: Vec<Box<str>> = match listed {
            Some(indices) => indices.iter().map(|index| entities[*index].id.clone()).collect(),
            None => vec![match unlisted.entry(name) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(new) => {
                    let id: Box<str> = unlisted_id(list, new.key(), &mut slugs).into();
                    let mut other = Entity::new(id.clone(), Schema::LegalEntity);
                    other.add(Property::Name, new.key(), locator);
                    relations.push(other);
                    new.insert(id).clone()
                }
            }],
        };
        let subject = &entities[party].id;
        let count = counts.entry(party).or_default();
        *count += 1;
        let mut relation = Entity::new(format!("{subject}-link-{count}"), schema);
        relation.statements.reserve_exact(3 + objects.len());
        let owned = relation.schema == Schema::Ownership;
        let (party, other) = if owned {
            (Property::from_name("asset"), Property::Owner)
        } else {
            (Property::Subject, Property::Object)
        };
        relation.statements.push(Statement::new(party, subject.clone(), locator));
        relation
            .statements
            .extend(objects.into_iter().map(|object| Statement::new(other.clone(), object, locator)));
        let role = if owned { "Vessel owner" } else { "Linked To" };
        relation.statements.push(Statement::new(Property::Role, role, locator));
        // Who is meant is derived: the name is what was published.
        relation.statements.push(Statement::new(Property::NamesMentioned, published, locator));
        relations.push(relation);
    }
}

/// The id of a party that is not listed: the same name has the same id in every version of the list.
fn unlisted_id(list: &str, name: &str, taken: &mut FxHashSet<String>) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let slug = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    let mut id = format!("{list}-unlisted-{slug}");
    let mut n = 1;
    while !taken.insert(id.clone()) {
        n += 1;
        id = format!("{list}-unlisted-{slug}-{n}");
    }
    id
}
