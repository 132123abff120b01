//! Whom a change of lists can concern: the parties of either version that the other does not list word for word.

use std::collections::HashMap;

use model::Entity;
use screen::Policy;

use crate::{EngineError, Library, ScreenList, Screening};

/// Two versions of some lists, and of each the parties that a change can concern.
///
/// A score is a function of query, candidate and policy alone, so what is listed word for word in both versions gives
/// every customer the same result as before.
pub struct Reach {
    old: Vec<ScreenList>,
    new: Vec<ScreenList>,
    parts: [Part; 2],
    counts: [usize; 3],
    warnings: Vec<String>,
}

/// The parties of one version that a change can concern.
#[derive(Default)]
pub(super) struct Part {
    /// `None`: there are none.
    library: Option<Library>,
    /// For each, where the other version has it.
    partners: Vec<Option<usize>>,
}

impl Reach {
    /// Compares the lists. Each is compared with the one of its name; one that is left on either side with the other.
    ///
    /// # Errors
    /// One of the versions lists nobody.
    pub fn new(old: Vec<ScreenList>, new: Vec<ScreenList>) -> Result<Self, EngineError> {
        let _span = tracing::info_span!("reach").entered();
        if old.is_empty() || new.is_empty() {
            return Err(EngineError::input("there is no list to compare")
                .hint("name the older list with --since and the newer with --list"));
        }
        let mut reach = Self { old, new, parts: Default::default(), counts: [0; 3], warnings: Vec::new() };
        let mut lists: [Vec<ScreenList>; 2] = Default::default();
        for (old, new) in pairs(&reach.old, &reach.new) {
            let [was, is] = [old.map(|n| &reach.old[n]), new.map(|n| &reach.new[n])];
            reach.warnings.extend(doubt(was, is));
            let found = changed(was, is, [reach.parts[0].partners.len(), reach.parts[1].partners.len()]);
            let both = found[0].partners.iter().flatten().count();
            let [gone, came] = found.each_ref().map(|found| found.parties.len() - both);
            reach.counts = [reach.counts[0] + came, reach.counts[1] + gone, reach.counts[2] + both];
            for ((side, found), list) in [0, 1].into_iter().zip(found).zip([was, is]) {
                reach.parts[side].partners.extend(found.partners);
                if let Some(list) = list.filter(|_| !found.parties.is_empty()) {
                    lists[side].push(list.of_parties(found.parties));
                }
            }
        }
        for (part, lists) in reach.parts.iter_mut().zip(lists) {
            part.library = (!lists.is_empty()).then(|| Library::new(lists)).transpose()?;
        }
        Ok(reach)
    }

    /// The older versions, whole.
    #[must_use]
    pub fn old_lists(&self) -> &[ScreenList] {
        &self.old
    }

    /// The newer versions, whole.
    #[must_use]
    pub fn new_lists(&self) -> &[ScreenList] {
        &self.new
    }

    /// How many parties were added, removed and changed in anything that is stated of them, were it their order.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        self.counts
    }

    /// What to know about the lists that were compared.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The two versions under a policy: old, new.
    pub(super) fn under(&self, policy: &Policy) -> Result<[Side<'_>; 2], EngineError> {
        let [old, new] = &self.parts;
        Ok([old.under(policy)?, new.under(policy)?])
    }
}

/// One version under a policy.
pub(super) struct Side<'a> {
    /// `None`: nobody of it is concerned.
    pub(super) screening: Option<Screening<'a>>,
    /// For each party where the other version has it.
    pub(super) partners: &'a [Option<usize>],
}

impl Part {
    fn under(&self, policy: &Policy) -> Result<Side<'_>, EngineError> {
        let screening = self.library.as_ref().map(|library| library.part_under(policy)).transpose()?;
        Ok(Side { screening, partners: &self.partners })
    }
}

/// Which list of either side is compared with which.
fn pairs(old: &[ScreenList], new: &[ScreenList]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut left: Vec<usize> = (0..old.len()).collect();
    let mut pairs: Vec<(Option<usize>, Option<usize>)> = Vec::new();
    for (n, list) in new.iter().enumerate() {
        let same = left.iter().position(|o| old[*o].dataset == list.dataset);
        pairs.push((same.map(|place| left.remove(place)), Some(n)));
    }
    let mut alone = pairs.iter_mut().filter(|(old, _)| old.is_none());
    if let ([one], Some(pair), None) = (left.as_slice(), alone.next(), alone.next()) {
        pair.0 = Some(*one);
        left.clear();
    }
    pairs.extend(left.into_iter().map(|o| (Some(o), None)));
    pairs
}

/// What to know about two lists that are compared.
fn doubt(was: Option<&ScreenList>, is: Option<&ScreenList>) -> Vec<String> {
    match (was, is) {
        (Some(was), Some(is)) => crate::doubts_of_diff(was, is),
        (Some(was), None) => {
            vec![format!("no newer version of {} is named: all its parties count as removed", was.source)]
        }
        (None, Some(is)) => {
            vec![format!("no older version of {} is named: all its parties count as added", is.source)]
        }
        (None, None) => Vec::new(),
    }
}

/// Parties of one version that the other does not list word for word.
#[derive(Default)]
struct Found {
    parties: Vec<Entity>,
    /// For each, where the other version has it.
    partners: Vec<Option<usize>>,
}

/// The parties of both versions that are concerned, old and new; `before`: how many of other lists stand before them.
fn changed(was: Option<&ScreenList>, is: Option<&ScreenList>, before: [usize; 2]) -> [Found; 2] {
    let mut found: [Found; 2] = Default::default();
    let old = || was.into_iter().flat_map(|list| &list.entities);
    let mut left: HashMap<&str, &Entity> = old().map(|entity| (&*entity.id, entity)).collect();
    // A result names its list, and a policy rules by it.
    let one_list = was.map(|list| &list.dataset) == is.map(|list| &list.dataset);
    for entity in is.into_iter().flat_map(|list| &list.entities) {
        let partner = left.remove(&*entity.id);
        if partner.is_some_and(|old| one_list && states_the_same(old, entity)) {
            continue;
        }
        let places = [0, 1].map(|side| before[side] + found[side].parties.len());
        if let Some(old) = partner {
            found[0].parties.push(old.clone());
            found[0].partners.push(Some(places[1]));
        }
        found[1].parties.push(entity.clone());
        found[1].partners.push(partner.map(|_| places[0]));
    }
    for entity in old().filter(|entity| left.contains_key(&*entity.id)) {
        found[0].parties.push(entity.clone());
        found[0].partners.push(None);
    }
    found
}

/// Whether the same is stated of both, word for word and in the same order: of two names that are as good the first
/// is the one that an explanation names.
fn states_the_same(a: &Entity, b: &Entity) -> bool {
    let stated = |e: &'_ Entity| e.statements.len();
    let pairs = || a.statements.iter().zip(&b.statements);
    a.schema == b.schema
        && stated(a) == stated(b)
        && pairs().all(|(a, b)| a.property == b.property && a.value == b.value && a.derived == b.derived)
}
