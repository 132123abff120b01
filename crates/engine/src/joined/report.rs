//! What a join came to: figures and JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Cluster, Cut, Edge, Joined, Reason};
use crate::contract::{number, scored_to_json};

impl Joined<'_> {
    /// How many joined parties have how many listings.
    #[must_use]
    pub fn by_size(&self) -> BTreeMap<usize, usize> {
        let mut sizes = BTreeMap::new();
        for cluster in self.clusters().all() {
            *sizes.entry(cluster.members.len()).or_default() += 1;
        }
        sizes
    }

    /// How many edges that were followed there are of each reason.
    #[must_use]
    pub fn by_reason(&self) -> BTreeMap<Reason, usize> {
        let cut = self.cut_edges();
        let mut reasons = BTreeMap::new();
        for (_, edge) in self.edges().iter().enumerate().filter(|(n, _)| !cut.contains(n)) {
            *reasons.entry(edge.reason).or_default() += 1;
        }
        reasons
    }

    fn cut_edges(&self) -> rustc_hash::FxHashSet<usize> {
        self.cuts().iter().map(|cut| cut.edge).collect()
    }

    /// The edges within a cluster, the strongest first.
    pub fn edges_of<'j>(&'j self, cluster: &'j Cluster) -> impl Iterator<Item = &'j Edge> {
        let within = |edge: &&Edge| [edge.a, edge.b].iter().all(|party| cluster.members.contains(party));
        self.edges().iter().filter(move |edge| edge.refused.is_none()).filter(within)
    }

    /// The cuts at a cluster: who might have been joined to it.
    pub fn cuts_of<'j>(&'j self, cluster: &'j Cluster) -> impl Iterator<Item = (&'j Edge, &'j Cut)> {
        let cuts = self.cuts().iter().map(|cut| (&self.edges()[cut.edge], cut));
        cuts.filter(|(edge, _)| [edge.a, edge.b].iter().any(|party| cluster.members.contains(party)))
    }

    /// The whole join: lists, figures, cuts, and whoever has several listings.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let lists = self.library.lists().iter().map(|list| {
            json!({"source": list.source, "dataset": list.dataset, "version": list.version, "parties": list.entities.len()})
        });
        let mut within: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        let mut of = vec![0; self.parties.len()];
        for (n, cluster) in self.clusters().all().iter().enumerate() {
            cluster.members.iter().for_each(|member| of[*member] = n);
        }
        for edge in self.edges().iter().filter(|edge| edge.refused.is_none() && of[edge.a] == of[edge.b]) {
            within.entry(of[edge.a]).or_default().push(self.edge(edge));
        }
        let joined =
            self.clusters().all().iter().enumerate().filter(|(_, cluster)| cluster.members.len() > 1);
        let joined = joined.map(|(n, cluster)| self.cluster(cluster, within.remove(&n).unwrap_or_default()));
        let joined: Vec<Value> = joined.collect();
        let sizes: Map<String, Value> =
            self.by_size().into_iter().map(|(size, count)| (size.to_string(), count.into())).collect();
        let reasons = self.by_reason();
        let reasons: Map<String, Value> = Reason::ALL
            .iter()
            .map(|reason| (reason.name().to_owned(), reasons.get(reason).copied().unwrap_or(0).into()))
            .collect();
        json!({
            "lists": lists.collect::<Vec<_>>(),
            "listings": self.parties.len(),
            "parties": self.clusters().all().len(),
            "by_size": sizes,
            "by_reason": reasons,
            "cuts": self.cuts().iter().map(|cut| self.cut(cut)).collect::<Vec<_>>(),
            "joined": joined,
        })
    }

    /// One joined party with the evidence of each edge: `lists join --explain ID`.
    #[must_use]
    pub fn explained_to_json(&self, cluster: &Cluster) -> Value {
        let edges = self.edges_of(cluster).map(|edge| {
            let mut shown = self.edge(edge);
            if let (Some(shown), Some(scored)) = (shown.as_object_mut(), &edge.scored) {
                shown.insert("evidence".to_owned(), scored_to_json(scored));
            }
            shown
        });
        let mut shown = self.cluster(cluster, edges.collect());
        if let Some(shown) = shown.as_object_mut() {
            let cuts = self.cuts_of(cluster).map(|(_, cut)| self.cut(cut)).collect::<Vec<_>>();
            shown.insert("cuts".to_owned(), cuts.into());
        }
        shown
    }

    fn cluster(&self, cluster: &Cluster, edges: Vec<Value>) -> Value {
        let listings = cluster.members.iter().map(|member| {
            let (list, entity) = self.party(*member);
            json!({"id": &*entity.id, "dataset": list.dataset, "caption": entity.caption(), "schema": entity.schema.name()})
        });
        json!({
            "id": &*cluster.id,
            "listings": listings.collect::<Vec<_>>(),
            "referents": cluster.referents,
            "edges": edges,
        })
    }

    fn edge(&self, edge: &Edge) -> Value {
        let id = |party: usize| &*self.party(party).1.id;
        json!({
            "a": id(edge.a),
            "b": id(edge.b),
            "reason": edge.reason.name(),
            "by": &*edge.by,
            "bits": number(edge.bits(), 1000),
        })
    }

    fn cut(&self, cut: &Cut) -> Value {
        let id = |party: usize| &*self.party(party).1.id;
        let mut shown = self.edge(&self.edges()[cut.edge]);
        if let Some(shown) = shown.as_object_mut() {
            let because = json!({
                "kind": cut.because.name(),
                "between": [id(cut.between.0), id(cut.between.1)],
                "says": cut.because.to_string(),
            });
            shown.insert("because".to_owned(), because);
        }
        shown
    }
}
