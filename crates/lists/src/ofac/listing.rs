//! A list in the making, as the readers of all XML forms need it.

use model::{Entity, Locator, Property, Schema};
use rustc_hash::FxHashMap;

use super::relations::{self, Tie};
use super::remarks::{Beside, Party};
use super::{CONSOLIDATED, dataset, links, schema};
use crate::draft::Draft;
use crate::error::ListError;
use crate::report::LoadReport;
use crate::xml::Node;
use crate::{LoadedList, SourceFile};

/// The parties that were read, and what belongs to them.
pub(super) struct Listing<'f> {
    file: &'f str,
    pub(super) report: LoadReport,
    /// Papers, wallets, and links by name.
    pub(super) beside: Beside,
    /// Relations by number.
    pub(super) ties: Vec<Tie>,
    pub(super) sanctions: Vec<Entity>,
    /// Day of publication, as `YYYY-MM-DD`.
    pub(super) published: Option<String>,
    entities: Vec<Draft>,
    /// Place of each party by its number.
    index: FxHashMap<u64, usize>,
    /// Parties that are said to be on the consolidated list, and on the SDN list.
    on_lists: (usize, usize),
    with_own_programmes: usize,
}

/// A party in the making.
pub(super) struct Record {
    pub(super) uid: u64,
    line: u32,
    pub(super) entity: Draft,
    index: usize,
}

impl Record {
    pub(super) fn party(&mut self) -> Party<'_> {
        Party { entity: &mut self.entity, index: self.index, parts: 0 }
    }
}

impl<'f> Listing<'f> {
    pub(super) fn new(file: &SourceFile<'f>) -> Self {
        Self {
            file: file.name,
            report: LoadReport::default(),
            beside: Beside::default(),
            ties: Vec::new(),
            sanctions: Vec::new(),
            published: None,
            entities: Vec::new(),
            index: FxHashMap::default(),
            on_lists: (0, 0),
            with_own_programmes: 0,
        }
    }

    pub(super) fn skip(&mut self, line: u32, reason: impl Into<String>) {
        self.report.skip(self.file, line, reason);
    }

    /// Begins a party; where it has no number of its own, that is said in the report.
    pub(super) fn begin(&mut self, uid: Option<&str>, kind: Option<&str>, line: u32) -> Option<Record> {
        let Some(uid) = uid.and_then(|uid| uid.parse::<u64>().ok()) else {
            self.skip(line, "the party has no number");
            return None;
        };
        if self.index.contains_key(&uid) {
            self.skip(line, format!("the number {uid} was given to a party before"));
            return None;
        }
        let schema = schema(kind);
        let odd_type = kind.filter(|_| schema.is_none());
        let entity = Draft::new(format!("ofac-{uid}"), schema.unwrap_or(Schema::LegalEntity));
        let mut draft = Record { uid, line, entity, index: self.entities.len() };
        if let Some(odd) = odd_type {
            let locator = Locator::Line { file: 0, line };
            draft.party().note(&format!("type {odd}"), locator, &mut self.report);
        }
        Some(draft)
    }

    /// Whether a party has a name, now that its names were read.
    pub(super) fn is_named(&mut self, draft: &mut Record) -> bool {
        let named = draft.entity.names().next().is_some();
        if named {
            draft.party().add(&Property::Topics, "sanction", Locator::Direct);
        } else {
            self.skip(draft.line, format!("the party {} has no name", draft.uid));
        }
        named
    }

    /// Takes a party in; what its reader did not take out of the record goes to its notes.
    pub(super) fn end(&mut self, mut draft: Record, rest: Node) {
        rest.keep(&mut draft.entity, &mut self.report);
        let programmes = Property::Program;
        let own = draft.entity.values(&programmes).any(|programme| CONSOLIDATED.contains(&programme));
        self.with_own_programmes += usize::from(own);
        self.index.insert(draft.uid, self.entities.len());
        self.entities.push(draft.entity);
    }

    /// The party of a number, with the report.
    pub(super) fn party(&mut self, uid: u64) -> Option<(Party<'_>, &mut LoadReport)> {
        let index = *self.index.get(&uid)?;
        let entity = self.entities.get_mut(index)?;
        Some((Party { entity, index, parts: 0 }, &mut self.report))
    }

    /// Counts a party's listing, for the name of the list.
    pub(super) fn on_list(&mut self, list: &str) {
        match list {
            "Consolidated List" => self.on_lists.0 += 1,
            "SDN List" => self.on_lists.1 += 1,
            _ => {}
        }
    }

    /// How many parties there are.
    pub(super) fn len(&self) -> usize {
        self.entities.len()
    }

    /// Every party is known now: relations are resolved.
    ///
    /// # Errors
    /// Nobody is listed.
    pub(super) fn finish(mut self, file: &SourceFile<'_>) -> Result<LoadedList, ListError> {
        let dataset = match self.on_lists {
            (0, 0) => dataset(file.name, self.entities.len(), self.with_own_programmes),
            // A party of the consolidated list may be on the SDN list as well; the other way it is not published.
            (consolidated, sdn) if consolidated >= sdn => "ofac_cons",
            _ => "ofac_sdn",
        };
        let entities: Vec<Entity> = self.entities.into_iter().map(Draft::done).collect();
        let Beside { papers, links } = self.beside;
        let mut relations = papers;
        relations.append(&mut self.sanctions);
        links::resolve("ofac", links, &entities, &mut relations);
        relations::resolve(self.ties, &entities, &self.index, &mut relations);
        let mut list = LoadedList::unless_empty(file, dataset, entities, relations, self.report)?;
        list.published = self.published;
        Ok(list)
    }
}
