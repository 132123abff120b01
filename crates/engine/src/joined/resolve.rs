//! Ids of today for ids of yesterday: a decision that names a listing, or a joined party as it was then, still finds it.

use rustc_hash::FxHashMap;

/// A joined party by its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The id of its first member in the fixed order of authorities.
    pub id: Box<str>,
    /// Its members, as numbers of parties in that order.
    pub members: Vec<usize>,
    /// Every id that means it: those of its members, those that its members name, those of joins before.
    pub referents: Vec<Box<str>>,
}

/// All clusters of a join.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    all: Vec<Cluster>,
    of: FxHashMap<Box<str>, usize>,
}

impl Clusters {
    /// Clusters of members, given by number, id and the ids that they name. A member's own id comes before what others
    /// call it: the first cluster that names an id which nobody has gets it.
    pub(super) fn new<'a>(
        clusters: Vec<Vec<usize>>,
        id: impl Fn(usize) -> &'a str,
        named: impl Fn(usize) -> Vec<&'a str>,
    ) -> Self {
        let mut all = Self::default();
        for members in clusters {
            let referents: Vec<Box<str>> = members.iter().map(|member| id(*member).into()).collect();
            let Some(first) = referents.first().cloned() else { continue };
            for id in &referents {
                all.of.entry(id.clone()).or_insert(all.all.len());
            }
            all.all.push(Cluster { id: first, members, referents });
        }
        for cluster in 0..all.all.len() {
            let names: Vec<&str> =
                all.all[cluster].members.iter().flat_map(|member| named(*member)).collect();
            names.into_iter().for_each(|name| all.give(cluster, name));
        }
        all
    }

    /// Remembers a cluster of an earlier join by its ids, its own first: those of them that nobody has today mean the
    /// cluster of the first that is still listed. Nothing where none is.
    pub fn remember<S: AsRef<str>>(&mut self, ids: &[S]) {
        let Some(cluster) = ids.iter().find_map(|id| self.of.get(id.as_ref())).copied() else { return };
        ids.iter().for_each(|id| self.give(cluster, id.as_ref()));
    }

    fn give(&mut self, cluster: usize, id: &str) {
        if !self.of.contains_key(id) {
            self.of.insert(id.into(), cluster);
            self.all[cluster].referents.push(id.into());
        }
    }

    /// All of them, in the order of their first members.
    #[must_use]
    pub fn all(&self) -> &[Cluster] {
        &self.all
    }
}

/// The cluster that an id means today: a listing's id, or that of a cluster as it was before. `None` where nobody who had
/// it is listed any more.
#[must_use]
pub fn resolve<'a>(id: &str, clusters: &'a Clusters) -> Option<&'a Cluster> {
    clusters.of.get(id).map(|cluster| &clusters.all[*cluster])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const IDS: [&str; 8] = ["un-1", "un-2", "ofac-1", "ofac-2", "eu-1", "eu-2", "uk-1", "uk-2"];

    /// Clusters of whoever is listed: `with` says with which number each goes.
    fn clusters(with: &[usize], listed: &[bool]) -> Clusters {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); 8];
        for party in (0..IDS.len()).filter(|party| listed[*party]) {
            groups[with[party]].push(party);
        }
        groups.retain(|group| !group.is_empty());
        groups.sort_unstable();
        Clusters::new(groups, |party| IDS[party], |_| Vec::new())
    }

    #[test]
    fn an_id_that_left_means_whom_it_was_joined_with() {
        let mut today =
            clusters(&[0, 1, 1, 2, 2, 3, 3, 3], &[false, true, true, true, true, true, true, true]);
        today.remember(&["un-1", "ofac-1", "uk-1"]);
        for (id, expected) in
            [("un-1", Some("un-2")), ("ofac-1", Some("un-2")), ("uk-1", Some("eu-2")), ("x", None)]
        {
            assert_eq!(resolve(id, &today).map(|cluster| &*cluster.id), expected, "{id}");
        }
        today.remember(&["gone-1", "gone-2"]);
        assert_eq!(resolve("gone-1", &today), None);
    }

    #[test]
    fn ids_that_are_only_named_are_given_once() {
        let named = |party: usize| if party < 2 { vec!["csl-9", "un-2"] } else { Vec::new() };
        let today = Clusters::new(vec![vec![0, 2], vec![1]], |party| IDS[party], named);
        assert_eq!(resolve("csl-9", &today).map(|c| &*c.id), Some("un-1"));
        assert_eq!(resolve("un-2", &today).map(|c| &*c.id), Some("un-2"));
        assert_eq!(today.all()[0].referents, ["un-1".into(), "ofac-1".into(), Box::from("csl-9")]);
    }

    proptest! {
        /// However lists come and go and however parties are joined anew: whoever is listed is in one cluster, which its
        /// own id means, and every id of before means a cluster, so long as anybody of its cluster is listed.
        #[test]
        fn no_member_and_no_decision_is_lost(
            days in prop::collection::vec(
                (prop::collection::vec(0_usize..8, 8), prop::collection::vec(any::<bool>(), 8)),
                2..5,
            )
        ) {
            let mut before: Option<Clusters> = None;
            for (with, listed) in days {
                let mut today = clusters(&with, &listed);
                for former in before.iter().flat_map(Clusters::all) {
                    today.remember(&former.referents);
                }
                for (party, id) in IDS.iter().enumerate().filter(|(party, _)| listed[*party]) {
                    let found = resolve(id, &today);
                    prop_assert!(found.is_some_and(|cluster| cluster.members.contains(&party)), "{id}");
                }
                let mut members: Vec<usize> = today.all().iter().flat_map(|c| c.members.clone()).collect();
                members.sort_unstable();
                prop_assert_eq!(members, (0..8).filter(|party| listed[*party]).collect::<Vec<_>>());
                for former in before.iter().flat_map(Clusters::all) {
                    let alive = former.referents.iter().any(|id| IDS.iter().position(|i| **i == **id).is_some_and(|p| listed[p]));
                    for id in &former.referents {
                        prop_assert!(!alive || resolve(id, &today).is_some(), "{id}");
                    }
                }
                for cluster in today.all() {
                    for id in &cluster.referents {
                        prop_assert_eq!(resolve(id, &today), Some(cluster));
                    }
                }
                before = Some(today);
            }
        }
    }
}
