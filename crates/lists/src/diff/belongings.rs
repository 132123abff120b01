//! What belongs to a listed party: entities of their own that are told as changes of that party.
//!
//! Each is told once, with the party in whose record it stands. Otherwise a party would change whenever another that is
//! linked to it is listed, though nothing that is published of it did.

use std::collections::BTreeSet;

use model::{Entity, Property, PropertyType, Statement};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Changes, Listing, Side, Value};

/// The FollowTheMoney properties by which such an entity points at parties: those of whoever's record it is first. OFAC
/// says who owns a vessel in the vessel's row, and whom a party is linked to in that party's; a paper or a sanction has
/// one party.
const POINTERS: [&str; 22] = [
    "entity",
    "holder",
    "asset",
    "subject",
    "person",
    "director",
    "employee",
    "member",
    "agent",
    "successor",
    "owner",
    "object",
    "relative",
    "associate",
    "organization",
    "employer",
    "client",
    "predecessor",
    "post",
    "payer",
    "beneficiary",
    "parent",
];

/// The property by which a party points at its addresses, in exports of OpenSanctions.
const ADDRESS: &str = "addressEntity";

/// What belongs to the parties of one version.
pub(super) struct Belongings<'l, 'a> {
    listing: &'l Listing<'a>,
    other: &'l Listing<'a>,
    of: FxHashMap<&'a str, Vec<&'a Entity>>,
}

/// An entity that belongs to a party, as it is compared and as it is told.
struct Belonging<'a> {
    entity: &'a Entity,
    values: Vec<Published<'a>>,
}

/// A value of such an entity.
struct Published<'a> {
    property: &'a Property,
    /// What is compared: of a party that both versions list its id, for it may change its name.
    key: String,
    /// What is told.
    told: String,
}

impl<'l, 'a> Belongings<'l, 'a> {
    /// What belongs to whom in one version; `other` is the version that it is compared with.
    pub(super) fn of(listing: &'l Listing<'a>, other: &'l Listing<'a>) -> Self {
        let mut of: FxHashMap<&'a str, Vec<&'a Entity>> = FxHashMap::default();
        let listed = |id: &str| listing.party(id).is_some() || other.party(id).is_some();
        for entity in listing.others() {
            let by = |pointer: &&&str| {
                entity.statements.iter().any(|s| s.property.name() == **pointer && listed(&s.value))
            };
            let Some(pointer) = POINTERS.iter().find(by) else { continue };
            for statement in entity.statements.iter().filter(|s| s.property.name() == *pointer) {
                of.entry(&statement.value).or_default().push(entity);
            }
        }
        for party in listing.parties() {
            for statement in party.statements.iter().filter(|s| s.property.name() == ADDRESS) {
                if let Some((address, false)) = listing.entity(&statement.value) {
                    of.entry(&party.id).or_default().push(address);
                }
            }
        }
        Self { listing, other, of }
    }

    /// What is published of a party itself.
    pub(super) fn own_values(&self, party: &'a Entity) -> Vec<Value<'a>> {
        let told_apart = |s: &&Statement| {
            s.property.name() == ADDRESS && matches!(self.listing.entity(&s.value), Some((_, false)))
        };
        party.statements.iter().filter(|s| !told_apart(s)).map(|s| (&s.property, &*s.value)).collect()
    }

    /// The programmes of a party: of its own, else of its sanctions.
    pub(super) fn programmes(&self, party: &'a Entity) -> Vec<&'a str> {
        let of = |entity: &'a Entity| {
            entity.statements.iter().filter(|s| s.property == Property::Program).map(|s| &*s.value)
        };
        let own: Vec<&str> = of(party).collect();
        if own.is_empty() { self.entities(party).flat_map(of).collect() } else { own }
    }

    fn entities(&self, party: &Entity) -> impl Iterator<Item = &'a Entity> + '_ {
        self.of.get(&*party.id).into_iter().flatten().copied()
    }

    fn of_party(&self, party: &Entity) -> Vec<Belonging<'a>> {
        self.entities(party).map(|entity| self.belonging(entity, party)).collect()
    }

    fn belonging(&self, entity: &'a Entity, party: &Entity) -> Belonging<'a> {
        // Where the list gives a name, which party it means is derived.
        let named = entity.first(&Property::NamesMentioned).is_some();
        let mut values = Vec::with_capacity(entity.statements.len());
        for Statement { property, value, .. } in &entity.statements {
            let [key, told] = match points(property) {
                false => [value.to_string(), value.to_string()],
                true if named || **value == *party.id => continue,
                true => self.published(value),
            };
            values.push(Published { property, key, told });
        }
        Belonging { entity, values }
    }

    /// What is published of an entity that another points at, as it is compared and as it is told. One that a version
    /// lists and the other only mentions is compared by its name; of one that neither lists all counts here, as it
    /// counts nowhere else.
    fn published(&self, id: &str) -> [String; 2] {
        let Some((entity, _)) = self.listing.entity(id) else { return [id.to_owned(), id.to_owned()] };
        let name = entity.caption();
        match (self.listing.party(id), self.other.party(id)) {
            (Some(_), Some(_)) => [id.to_owned(), format!("{name} [{id}]")],
            (Some(_), None) | (None, Some(_)) => [name.to_owned(), name.to_owned()],
            (None, None) => {
                let more = entity.statements.iter().filter(|s| *s.value != *name && !points(&s.property));
                let mut more: Vec<String> = more.map(|s| format!("{}: {}", s.property, s.value)).collect();
                more.sort();
                more.insert(0, name.to_owned());
                let told = more.join(", ");
                [told.clone(), told]
            }
        }
    }
}

impl Belonging<'_> {
    /// What makes two of them the same, whatever their ids.
    fn content(&self) -> (&str, BTreeSet<(&Property, &str)>) {
        (self.entity.schema.name(), self.values.iter().map(|v| (v.property, &*v.key)).collect())
    }

    /// On one line; a link by name as OFAC writes it: `Linked To: NAME`.
    fn told(&self) -> String {
        let of = |property: Property| self.values.iter().find(|v| *v.property == property).map(|v| &v.told);
        if let (Some(role), Some(name), 2) =
            (of(Property::Role), of(Property::NamesMentioned), self.values.len())
        {
            return format!("{role}: {name}");
        }
        self.values.iter().map(|v| format!("{}: {}", v.property, v.told)).collect::<Vec<_>>().join("; ")
    }
}

fn points(property: &Property) -> bool {
    property.property_type() == PropertyType::Entity || POINTERS.contains(&property.name())
}

/// What changed of what belongs to a party. What is in both versions under whatever id is the same; of what is left, the
/// same id is told value by value, the rest as a whole.
pub(super) fn changes(
    sides: [Option<&Entity>; 2],
    belongings: &[Belongings<'_, '_>; 2],
    changes: &mut Changes,
) {
    let of = |n: usize| sides[n].map_or_else(Vec::new, |party| belongings[n].of_party(party));
    let all = [of(0), of(1)];
    if all.iter().all(Vec::is_empty) {
        return;
    }
    let contents = all.each_ref().map(|side| side.iter().map(Belonging::content).collect::<FxHashSet<_>>());
    let left = [0, 1].map(|n| {
        let left = all[n].iter().filter(|b| !contents[1 - n].contains(&b.content()));
        left.collect::<Vec<_>>()
    });
    let same = |b: &Belonging<'_>, n: usize| {
        let other = |o: &&&Belonging<'_>| o.entity.id == b.entity.id && o.entity.schema == b.entity.schema;
        left[n].iter().find(other).copied()
    };
    for (n, side) in [(0, Side::Old), (1, Side::New)] {
        let mut said = FxHashSet::default();
        for belonging in &left[n] {
            let schema = belonging.entity.schema.name();
            match same(belonging, 1 - n) {
                None if said.insert(belonging.content()) => changes.add(schema, side, belonging.told()),
                None => {}
                Some(other) => {
                    let has = |v: &&Published<'_>| {
                        other.values.iter().any(|o| (o.property, &o.key) == (v.property, &v.key))
                    };
                    for value in belonging.values.iter().filter(|v| !has(v)) {
                        changes.add(&format!("{schema}:{}", value.property), side, value.told.clone());
                    }
                }
            }
        }
    }
}
