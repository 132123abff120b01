//! What joining must know of a listed party: where it stands, on which list, under which references.

use std::collections::BTreeMap;

use model::{Entity, Property, Schema};
use rustc_hash::FxHashMap;

use super::reference::Reference;
use crate::{Library, ScreenList};

const AUTHORITIES: &str = include_str!("../../data/authorities.tsv");

/// A listed party in the fixed order of authorities.
#[derive(Clone, Debug)]
pub(super) struct Party<'a> {
    /// Its place in the library.
    pub(super) place: usize,
    pub(super) entity: &'a Entity,
    /// Lists that have it; more than one where it comes from a file that was joined already.
    pub(super) lists: Vec<&'a str>,
    pub(super) references: Vec<Reference>,
}

/// Why two listings are not of one party, whatever speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Apart {
    /// Both stand on one list, which has a party once.
    SameList(String),
    /// The UN's references of one and of the other.
    References(String, String),
    /// One is a person, the other is none.
    Schemata,
    /// Nothing in their names agrees: the reference is misprinted.
    Names,
}

impl Apart {
    /// The name in JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::SameList(_) => "same_list",
            Self::References(..) => "un_references",
            Self::Schemata => "schemata",
            Self::Names => "names",
        }
    }
}

impl std::fmt::Display for Apart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SameList(list) => write!(f, "two parties of {list}"),
            Self::References(a, b) => write!(f, "the UN's references {a} and {b}"),
            Self::Schemata => f.write_str("one is a person, the other is none"),
            Self::Names => f.write_str("their names have nothing in common"),
        }
    }
}

impl Party<'_> {
    /// What keeps two listings apart.
    pub(super) fn apart(&self, other: &Self) -> Option<Apart> {
        if let Some(list) = self.lists.iter().find(|list| other.lists.contains(list)) {
            return Some(Apart::SameList((*list).to_owned()));
        }
        let permanent = |party: &Self| -> Vec<Box<str>> {
            party.references.iter().filter(|r| r.permanent).map(|r| r.key.clone()).collect()
        };
        let (ours, theirs) = (permanent(self), permanent(other));
        if let (Some(a), Some(b)) = (ours.first(), theirs.first())
            && !ours.iter().any(|key| theirs.contains(key))
        {
            return Some(Apart::References(a.to_string(), b.to_string()));
        }
        // The UN and others list ships among their entities, so these kinds do not keep apart what a reference joins.
        let person = |party: &Self| match party.entity.schema {
            Schema::Person => Some(true),
            Schema::Thing | Schema::LegalEntity => None,
            _ => Some(false),
        };
        let (a, b) = (person(self)?, person(other)?);
        (a != b).then_some(Apart::Schemata)
    }
}

/// Place of a dataset's authority in the fixed order.
pub(super) fn rank(dataset: &str) -> usize {
    let rows = AUTHORITIES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let begins = rows.filter_map(|row| row.split('\t').next());
    let mut authorities: Vec<&str> = Vec::new();
    let mut of = None;
    for (row, begin) in begins.enumerate() {
        authorities.push(begin);
        if of.is_none() && dataset.starts_with(begin) {
            of = Some(row);
        }
    }
    of.unwrap_or(authorities.len())
}

/// The lists of a party. The file of the Consolidated Screening List holds a dozen lists, which repeat one another; the
/// id says which.
fn lists_of<'a>(list: &'a ScreenList, entity: &'a Entity) -> Vec<&'a str> {
    let stated: Vec<&str> = super::beside(entity, "datasets").collect();
    if !stated.is_empty() {
        return stated;
    }
    let csl = entity.id.strip_prefix("csl-").and_then(|rest| rest.find('-'));
    vec![csl.map_or(&*list.dataset, |end| &entity.id[..end + 4])]
}

/// All parties in the fixed order of authorities: theirs, then the dataset's name, then the id. It does not depend on the
/// order in which lists are named or parties stand in them.
pub(super) fn parties(library: &Library) -> Vec<Party<'_>> {
    let mut stated: FxHashMap<&str, Vec<Reference>> = FxHashMap::default();
    let unsc = Property::from_name("unscId");
    for list in library.lists() {
        for sanction in list.relations.iter().filter(|e| e.schema == Schema::Sanction) {
            let Some(entity) = sanction.first(&Property::Entity) else { continue };
            let references: Vec<Reference> = sanction.values(&unsc).filter_map(Reference::read).collect();
            if !references.is_empty() {
                stated.entry(entity).or_default().extend(references);
            }
        }
    }
    let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parties: Vec<(usize, &str, Party<'_>)> = Vec::new();
    for (place, (list, entity)) in library.entities().enumerate() {
        let own = entity.values(&unsc).filter_map(Reference::read);
        let mut references: Vec<Reference> = own.collect();
        references.extend(stated.get(&*entity.id).into_iter().flatten().cloned());
        references.sort_unstable();
        references.dedup();
        let lists = lists_of(list, entity);
        let ranked = lists.iter().map(|name| {
            let of = if name.starts_with("csl-") { &*list.dataset } else { *name };
            (*ranks.entry(of).or_insert_with(|| rank(of)), *name)
        });
        let (rank, first) = ranked.min().unwrap_or((usize::MAX, &list.dataset));
        parties.push((rank, first, Party { place, entity, lists, references }));
    }
    parties.sort_by(|a, b| (a.0, a.1, &a.2.entity.id).cmp(&(b.0, b.1, &b.2.entity.id)));
    parties.into_iter().map(|(_, _, party)| party).collect()
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_order_of_authorities() {
        let order =
            ["un_sc", "ofac_sdn", "eu_fsf", "uk_ofsi", "ch_seco", "ca_sema", "au_dfat", "us_csl", "own"];
        assert!(order.windows(2).all(|pair| rank(pair[0]) < rank(pair[1])));
        assert_eq!(rank("us_ofac_sdn") + 1, rank("eu_fsf"));
    }
}
