//! The same party on several lists as one party with several listings.
//!
//! What speaks for it, the strongest first: the UN's permanent reference that both name; an id that one names of the
//! other; a number that has one owner; names with at least two independent attributes. A name alone never does.
//! Contradictions (two parties of one list, two references of the UN, a person and a company) are kept apart, also where
//! others stand between them: the weakest edges go first, and are reported. [`resolve`] finds for an id of any day the
//! joined party of today.

mod cluster;
mod edge;
mod edges;
mod evidence;
mod merged;
mod party;
mod reference;
mod report;
mod resolve;

use model::Entity;

pub use cluster::Cut;
pub use edge::{Edge, Reason};
pub use merged::JoinedForm;
pub use party::Apart;
use party::Party;
pub use resolve::{Cluster, Clusters, resolve};

use crate::{EngineError, Library, ScreenList};

/// The lists of a party: what it says itself, where it was joined or comes from an export of several lists.
#[must_use]
pub fn datasets<'a>(list: &'a ScreenList, entity: &'a Entity) -> Vec<&'a str> {
    let stated: Vec<&str> = beside(entity, "datasets").collect();
    if stated.is_empty() { vec![&list.dataset] } else { stated }
}

/// The ids under which a party is listed elsewhere.
pub fn referents(entity: &Entity) -> impl Iterator<Item = &str> {
    beside(entity, "referents")
}

/// What stands beside a party's properties in FollowTheMoney's form.
fn beside<'a>(entity: &'a Entity, name: &'static str) -> impl Iterator<Item = &'a str> {
    entity.statements.iter().filter(move |s| s.property.name() == name).map(|s| &*s.value)
}

/// The parties of some lists, joined.
pub struct Joined<'a> {
    library: &'a Library,
    parties: Vec<Party<'a>>,
    edges: Vec<Edge>,
    cuts: Vec<Cut>,
    clusters: Clusters,
}

impl Library {
    /// Joins the listings of one party. `previous` is the file of an earlier join, whose ids go on to mean somebody.
    ///
    /// # Errors
    /// Two of the lists are one list: its parties would be kept apart from themselves.
    pub fn join(&self, previous: Option<&ScreenList>) -> Result<Joined<'_>, EngineError> {
        for (n, list) in self.lists().iter().enumerate() {
            if let Some(other) = self.lists()[..n].iter().find(|other| other.dataset == list.dataset) {
                let message = format!("{} and {} are both {}", other.source, list.source, list.dataset);
                return Err(EngineError::usage(message).hint("name one version of each list"));
            }
        }
        let parties = party::parties(self);
        let edges = edges::edges(self, &parties)?;
        let (groups, cuts) = cluster::cluster(parties.len(), &edges, |a, b| parties[a].apart(&parties[b]));
        let id = |party: usize| &*parties[party].entity.id;
        let mut clusters = Clusters::new(groups, id, |party| referents(parties[party].entity).collect());
        for former in previous.iter().flat_map(|list| &list.entities) {
            let ids: Vec<&str> = [&*former.id].into_iter().chain(referents(former)).collect();
            clusters.remember(&ids);
        }
        Ok(Joined { library: self, parties, edges, cuts, clusters })
    }
}

impl<'a> Joined<'a> {
    /// The joined parties.
    #[must_use]
    pub fn clusters(&self) -> &Clusters {
        &self.clusters
    }

    /// What speaks for joining, the strongest first; also what was cut.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Edges that were not followed.
    #[must_use]
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// A party by its number, and its list.
    #[must_use]
    pub fn party(&self, number: usize) -> (&'a ScreenList, &'a Entity) {
        self.library.entity(self.parties[number].place)
    }
}
