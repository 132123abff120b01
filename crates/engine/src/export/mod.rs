//! A list as FollowTheMoney entities that its own package accepts: every party, and all that belongs to them.
//!
//! Properties that a schema of FollowTheMoney does not have, and values that it would drop, go where it has a place for them
//! (`data/ftm_moves.tsv`), else to the notes with their name. Nothing published is left out.

mod moves;
mod outgoing;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;

use model::{Entity, FtmFit, FtmProperty, Locator, Property, Statement, is_ftm_schema};

use crate::output::unwritable;
use crate::{EngineError, ScreenList};
use moves::{Belonging, Way, link, ways};
use outgoing::{Outgoing, reference};

/// What an export came to.
#[derive(Debug, Default)]
pub struct Exported {
    /// Entities that were written.
    pub entities: usize,
    /// Values that went to the notes, by schema and property.
    pub notes: BTreeMap<(String, String), usize>,
}

/// Writes a list as JSON lines of FollowTheMoney.
///
/// # Errors
/// It cannot be written.
pub fn export_list(list: &ScreenList, out: &mut dyn Write) -> Result<Exported, EngineError> {
    let mut export = Export::new(list);
    let mut write = |export: &mut Export<'_>, entity: Outgoing| -> Result<(), EngineError> {
        let made = std::mem::take(&mut export.made);
        for entity in std::iter::once(entity).chain(made) {
            writeln!(out, "{}", entity.to_json(&list.dataset)).map_err(|e| unwritable(None, &e))?;
            export.exported.entities += 1;
        }
        Ok(())
    };
    for entity in &list.entities {
        let entity = export.entity(entity);
        write(&mut export, entity)?;
    }
    for (place, relation) in list.relations.iter().enumerate() {
        let mut entity = export.entity(relation);
        for (property, value) in export.later.remove(&place).unwrap_or_default() {
            entity.state(property, &value);
        }
        write(&mut export, entity)?;
    }
    Ok(export.exported)
}

/// Property and value of FollowTheMoney.
type Stated = (&'static str, String);

struct Export<'a> {
    list: &'a ScreenList,
    /// All that can be referred to.
    ids: HashSet<&'a str>,
    /// Whose name only one entity has.
    names: HashMap<&'a str, Option<&'a str>>,
    /// What belongs to a party, by schema: places in `relations`.
    belongings: HashMap<(&'a str, &'static str), Vec<usize>>,
    /// What relations that come later are to state besides.
    later: HashMap<usize, Vec<Stated>>,
    /// Entities that were made for values of the one before.
    made: Vec<Outgoing>,
    /// Who was named, and is an entity by now.
    named: HashSet<String>,
    exported: Exported,
}

impl<'a> Export<'a> {
    fn new(list: &'a ScreenList) -> Self {
        let all = || list.entities.iter().chain(&list.relations);
        let mut names: HashMap<&str, Option<&str>> = HashMap::default();
        for entity in all() {
            for name in entity.values(&Property::Name) {
                names.entry(name).and_modify(|id| *id = None).or_insert(Some(&entity.id));
            }
        }
        let mut belongings: HashMap<_, Vec<usize>> = HashMap::default();
        for (place, relation) in list.relations.iter().enumerate() {
            for way in ["CryptoWallet", "Security", "Sanction"] {
                let Some(link) = link(way).filter(|_| relation.schema.name() == way) else { continue };
                for s in relation.statements.iter().filter(|s| s.property.name() == link) {
                    belongings.entry((&*s.value, way)).or_default().push(place);
                }
            }
        }
        Self {
            list,
            ids: all().map(|entity| &*entity.id).collect(),
            names,
            belongings,
            later: HashMap::default(),
            made: Vec::new(),
            named: HashSet::default(),
            exported: Exported::default(),
        }
    }

    fn entity(&mut self, entity: &'a Entity) -> Outgoing {
        let published = entity.schema.name();
        let schema = if is_ftm_schema(published) { published } else { "Thing" };
        let mut out = Outgoing::new(&entity.id, schema, entity.caption());
        if schema != published {
            self.note(&mut out, "schema", published);
        }
        for statement in &entity.statements {
            if statement.property.name() == "referents" {
                out.referents.push(statement.value.to_string());
            } else {
                self.statement(&mut out, entity, statement);
            }
        }
        out
    }

    fn statement(&mut self, out: &mut Outgoing, entity: &'a Entity, statement: &'a Statement) {
        let name = statement.property.name();
        if let Some(property) = FtmProperty::of(&out.schema, name) {
            if property.is_reference() {
                if let Some(id) = self.referred(entity, statement) {
                    return out.state(name, &id);
                }
            } else {
                match property.fit(statement) {
                    FtmFit::Whole(value) => return out.state(name, &value),
                    FtmFit::Part(value) => out.state(name, &value),
                    FtmFit::Nothing => {}
                }
            }
        }
        let moved = ways(name).iter().any(|way| match way {
            Way::Property(other) => {
                let fit = FtmProperty::of(&out.schema, other).map(|property| property.fit(statement));
                let Some(FtmFit::Whole(value)) = fit else { return false };
                out.state(other, &value);
                true
            }
            Way::Belonging(to) => entity.schema.is_party() && self.belong(entity, statement, *to),
        });
        if !moved {
            self.note(out, name, &statement.value);
        }
    }

    /// The id that a value refers to. Lists name a vessel's owner and an aircraft's operator; FollowTheMoney wants an entity.
    fn referred(&mut self, entity: &Entity, statement: &'a Statement) -> Option<String> {
        let value = &*statement.value;
        let own = |id: &str| *id == *entity.id;
        if self.ids.contains(value) {
            return (!own(value)).then(|| reference(value).into_owned());
        }
        let by_name = matches!(statement.property, Property::Owner | Property::Operator | Property::Parent);
        if !by_name || !entity.schema.is_party() {
            return model::is_ftm_reference(value).then(|| value.to_owned());
        }
        if let Some(Some(id)) = self.names.get(value) {
            return (!own(id)).then(|| reference(id).into_owned());
        }
        let name = Statement::new(Property::Name, value, Locator::Direct);
        FtmProperty::of("LegalEntity", "name").filter(|property| property.fit(&name) != FtmFit::Nothing)?;
        let id = format!("{}-named-{}", self.list.dataset, slug(value));
        let mut other = Outgoing::new(&id, "LegalEntity", value);
        other.referents.clear();
        other.state("name", value);
        let id = other.id.clone();
        if self.named.insert(id.clone()) {
            self.made.push(other);
        }
        Some(id)
    }

    /// States a value of an entity that belongs to the party; whether it took it.
    fn belong(&mut self, party: &'a Entity, statement: &Statement, to: Belonging) -> bool {
        let property = FtmProperty::of(to.schema, to.property);
        let Some(FtmFit::Whole(value)) = property.map(|p| p.fit(statement)) else { return false };
        let there = self.belongings.get(&(&*party.id, to.schema)).map_or(&[][..], Vec::as_slice);
        let states = |place: &usize| {
            let all = &self.list.relations.get(*place).statements;
            all.iter().any(|s| s.property.name() == to.property && s.value == statement.value)
        };
        if there.iter().any(states) {
            return true;
        }
        let kind = to.schema.to_lowercase();
        let holder = reference(&party.id);
        if !to.each {
            let made = self.made.iter_mut().filter(|e| e.schema == to.schema && e.states(to.link, &holder));
            match (there, &mut made.collect::<Vec<_>>()[..]) {
                ([only], []) => {
                    self.later.entry(*only).or_default().push((to.property, value.into_owned()));
                    return true;
                }
                ([], [only]) => {
                    only.state(to.property, &value);
                    return true;
                }
                _ => {}
            }
        }
        let mut id = match to.each {
            true => format!("{}-{kind}-{}", party.id, slug(&value)),
            false => format!("{}-{kind}", party.id),
        };
        while self.ids.contains(&*id) {
            id.push_str("-more");
        }
        let id = reference(&id);
        let place = self.made.iter().position(|entity| entity.id == id).unwrap_or_else(|| {
            let mut entity = Outgoing::new(&id, to.schema, if to.each { &value } else { &id });
            entity.state(to.link, &holder);
            self.made.push(entity);
            self.made.len() - 1
        });
        self.made[place].state(to.property, &value);
        true
    }

    /// Keeps a value with the name of its property.
    fn note(&mut self, out: &mut Outgoing, property: &str, value: &str) {
        let notes = if FtmProperty::of(&out.schema, "notes").is_some() { "notes" } else { "summary" };
        out.state(notes, &format!("{property}: {value}"));
        *self.exported.notes.entry((out.schema.clone(), property.to_owned())).or_default() += 1;
    }
}

/// Letters and digits, with hyphens for all between: a part of an id. Case has a meaning in wallets' addresses.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
