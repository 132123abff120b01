//! Listed parties in the making, with what belongs to them: papers, sanctions, links.

use std::collections::hash_map::Entry;

use model::{Derived, Entity, Locator, PartialDate, Property, PropertyType, Schema, Statement};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::{Draft, Ids, paper_schema};
use crate::error::ListError;
use crate::report::LoadReport;
use crate::{LoadedList, SourceFile};

/// The property that holds the UN's own reference (`QDi.006`, formerly `QI.A.6.01`), by which listings of different
/// authorities are joined. FollowTheMoney has it on a Sanction; a party carries it too.
pub(crate) fn unsc_id() -> Property {
    Property::from_name("unscId")
}

/// Ids under which the same party is known elsewhere, as in FollowTheMoney's exports.
pub(crate) fn referents() -> Property {
    Property::from_name("referents")
}

/// One party.
pub(crate) struct Party {
    pub(crate) entity: Draft,
    sanctions: Vec<Draft>,
    /// Place of each sanction by what tells it apart.
    places: FxHashMap<Box<str>, usize>,
    /// Papers, links, other parties.
    beside: Vec<Entity>,
    /// The papers and other parties that there are already.
    made: FxHashSet<String>,
}

/// What a paper says beside its number.
#[derive(Clone, Copy, Default)]
pub(crate) struct Paper<'a> {
    pub(crate) number: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) country: Option<&'a str>,
    pub(crate) issued: Option<&'a str>,
    pub(crate) expires: Option<&'a str>,
    /// A date of which the source does not say what happened on it.
    pub(crate) date: Option<&'a str>,
    /// The field that it was read from, where that says more.
    pub(crate) whole: Option<&'a str>,
}

impl Party {
    fn new(id: impl Into<Box<str>>, schema: Schema) -> Self {
        Self {
            entity: Draft::new(id, schema),
            sanctions: Vec::new(),
            places: FxHashMap::default(),
            beside: Vec::new(),
            made: FxHashSet::default(),
        }
    }

    /// States a value; whether it was new.
    pub(crate) fn add(&mut self, property: &Property, value: &str, locator: Locator) -> bool {
        self.entity.add(property, value, locator)
    }

    /// Keeps what no property takes, and counts it by its label.
    pub(crate) fn note(&mut self, label: &str, value: &str, locator: Locator, report: &mut LoadReport) {
        if self.add(&Property::Notes, &format!("{label}: {value}"), locator) {
            report.clauses += 1;
            report.unmapped(label);
        }
    }

    /// The sanction of that key (its programme, mostly), made where there is none yet.
    pub(crate) fn sanction(&mut self, key: &str, locator: Locator) -> &mut Draft {
        let at = match self.places.get(key) {
            Some(at) => *at,
            None => {
                let at = self.sanctions.len();
                let id = format!("{}-sanction-{}", self.entity.id, at + 1);
                let mut sanction = Draft::new(id, Schema::Sanction);
                sanction.add(&Property::Entity, &self.entity.id, locator);
                self.sanctions.push(sanction);
                self.places.insert(key.into(), at);
                at
            }
        };
        &mut self.sanctions[at]
    }

    /// An identity paper. Its number is stated of the party too; the same paper in several rows is one.
    pub(crate) fn paper(&mut self, property: &Property, paper: Paper<'_>, locator: Locator) {
        let schema = paper_schema(property);
        self.add(property, paper.number, locator);
        if !self.made.insert(format!("{}\0{}\0{}", schema, paper.number, paper.whole.unwrap_or_default())) {
            return;
        }
        let values = [
            (Property::Number, Some(paper.number)),
            (Property::Type, Some(paper.kind)),
            (Property::Country, paper.country),
            (Property::StartDate, paper.issued),
            (Property::EndDate, paper.expires),
            (Property::from_name("date"), paper.date),
            (Property::Summary, paper.whole),
        ];
        let holder = self.entity.id.clone();
        let entity = self.beside("paper", schema);
        entity.add(Property::Holder, holder, locator);
        for (property, value) in values {
            if let Some(value) = value {
                entity.add(property, value, locator);
            }
        }
    }

    /// A party that is not listed, with an id of its own; `None` where it was made before.
    pub(crate) fn other(&mut self, id: &str, schema: Schema) -> Option<&mut Entity> {
        if !self.made.insert(id.to_owned()) {
            return None;
        }
        self.beside.push(Entity::new(id, schema));
        self.beside.last_mut()
    }

    /// Another entity that belongs to the party: `uk-AFG0001-paper-1`.
    pub(crate) fn beside(&mut self, kind: &str, schema: Schema) -> &mut Entity {
        let id = format!("{}-{kind}-{}", self.entity.id, self.beside.len() + 1);
        self.beside.push(Entity::new(id, schema));
        let last = self.beside.len() - 1;
        &mut self.beside[last]
    }
}

/// The parties of a list, each under its id.
#[derive(Default)]
pub(crate) struct Parties {
    parties: Vec<Party>,
    places: FxHashMap<Box<str>, usize>,
    ids: Ids,
    /// Being in the file does not say that a party is sanctioned.
    any_kind: bool,
}

impl Parties {
    /// The parties of a file that is no authority's list.
    pub(crate) fn of_any_kind() -> Self {
        Self { any_kind: true, ..Self::default() }
    }

    /// The party of that id: the one that earlier rows made, or a new one.
    pub(crate) fn of(&mut self, id: &str, schema: impl FnOnce() -> Schema) -> &mut Party {
        let at = match self.places.entry(id.into()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let mut party = Party::new(id, schema());
                if !self.any_kind {
                    party.add(&Property::Topics, "sanction", Locator::Direct);
                }
                self.parties.push(party);
                *new.insert(self.parties.len() - 1)
            }
        };
        &mut self.parties[at]
    }

    /// An id for a party of its own, where the source has none that tells parties apart.
    pub(crate) fn free_id(&mut self, id: &str) -> Box<str> {
        self.ids.free(id)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Option<&mut Party> {
        self.parties.get_mut(*self.places.get(id)?)
    }

    /// The list. A party without any name is nobody who could be found: it is named in the report.
    pub(crate) fn finish(
        self,
        dataset: &str,
        main: &SourceFile<'_>,
        report: LoadReport,
    ) -> Result<LoadedList, ListError> {
        self.finish_with(dataset, main, report, |_, _| {})
    }

    /// The list, once `relate` has seen all parties and may add to what belongs to them.
    pub(crate) fn finish_with(
        self,
        dataset: &str,
        main: &SourceFile<'_>,
        mut report: LoadReport,
        relate: impl FnOnce(&[Entity], &mut Vec<Entity>),
    ) -> Result<LoadedList, ListError> {
        let (mut entities, mut relations) = (Vec::with_capacity(self.parties.len()), Vec::new());
        for party in self.parties {
            let Party { entity, sanctions, beside, .. } = party;
            let numbers = |s: &Statement| s.property.property_type() == PropertyType::Identifier;
            if entity.names().next().is_none() && !entity.statements.iter().any(numbers) {
                let line = entity.statements.iter().find_map(|s| match s.locator {
                    Locator::Line { line, .. } => Some(line),
                    _ => None,
                });
                report.skip(main.name, line.unwrap_or(0), format!("the party {} has no name", entity.id));
                continue;
            }
            entities.push(entity.done());
            relations.extend(beside);
            relations.extend(sanctions.into_iter().map(Draft::done));
        }
        relate(&entities, &mut relations);
        LoadedList::unless_empty(main, dataset, entities, relations, report)
    }
}

/// A date that is written month first, as US agencies do: `04/05/2003` is 5 April. Anything else is read as usual.
pub(crate) fn us_date(property: Property, value: &str, locator: Locator) -> Statement {
    let mut statement = Statement::new(property, value, locator);
    let parts: Vec<&str> = value.split('/').collect();
    if let [month, day, year] = parts[..]
        && let (Ok(month), Ok(day), Ok(year)) = (month.parse(), day.parse(), year.parse::<i16>())
    {
        statement.derived = PartialDate::day(year, month, day).map(Derived::Date);
    }
    statement
}
