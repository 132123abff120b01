//! The ties between parties that the lists themselves state.

use std::sync::OnceLock;

use documents::Linked;
use rustc_hash::FxHashMap;

use crate::Library;

/// The ties of a library, gathered when they are first asked for: most texts name nobody, and ask for none.
pub(super) struct Links<'a> {
    library: &'a Library,
    by_party: OnceLock<FxHashMap<usize, Vec<usize>>>,
}

impl<'a> Links<'a> {
    pub(super) fn new(library: &'a Library) -> Self {
        Self { library, by_party: OnceLock::new() }
    }
}

impl Linked for Links<'_> {
    fn linked(&self, party: usize) -> &[usize] {
        let by_party = self.by_party.get_or_init(|| gathered(self.library));
        by_party.get(&party).map_or(&[], Vec::as_slice)
    }
}

/// For each party those whom a relation of its list names beside it.
fn gathered(library: &Library) -> FxHashMap<usize, Vec<usize>> {
    let mut by_party: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut offset = 0;
    for list in library.lists() {
        let ids: FxHashMap<&str, usize> =
            list.entities.iter().zip(offset..).map(|(entity, place)| (&*entity.id, place)).collect();
        for relation in &list.relations {
            let ends = || relation.statements.iter().filter_map(|statement| ids.get(&*statement.value));
            for end in ends() {
                by_party.entry(*end).or_default().extend(ends().filter(|other| *other != end));
            }
        }
        offset += list.entities.len();
    }
    by_party
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_relation_are_tied() -> Result<(), crate::EngineError> {
        let library = Library::new(vec![crate::demo_list()?])?;
        let (links, list) = (Links::new(&library), &library.lists()[0]);
        let place = |id: &str| list.entities.iter().position(|entity| *entity.id == *id);
        let mut tied = 0;
        for relation in &list.relations {
            let ends: Vec<usize> =
                relation.statements.iter().filter_map(|statement| place(&statement.value)).collect();
            if let [a, b] = ends[..] {
                assert!(links.linked(a).contains(&b) && links.linked(b).contains(&a));
                assert!(!links.linked(a).contains(&a));
                tied += 1;
            }
        }
        assert!(tied > 0);
        Ok(())
    }
}
