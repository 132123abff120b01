//! Parties that edges join, without contradictions. Pure: the same edges give the same clusters in whatever order they come.

use super::{Apart, Edge};

/// An edge that was not followed, since two members of what it would join contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its number among the edges.
    pub edge: usize,
    /// The two who contradict each other.
    pub between: (usize, usize),
    /// How they do.
    pub because: Apart,
}

/// Joins `count` parties by edges in their order, the strongest first, so that of edges which lead to a contradiction the
/// weakest go. Returns the clusters, each in the order of its members and all in that of their first, and the cuts.
///
/// A cluster has at most one party of each list, so that comparing all members of two is cheap.
pub(super) fn cluster(
    count: usize,
    edges: &[Edge],
    apart: impl Fn(usize, usize) -> Option<Apart>,
) -> (Vec<Vec<usize>>, Vec<Cut>) {
    let mut cluster_of: Vec<usize> = (0..count).collect();
    let mut members: Vec<Vec<usize>> = (0..count).map(|party| vec![party]).collect();
    let mut cuts = Vec::new();
    for (number, edge) in edges.iter().enumerate() {
        let (into, from) =
            (cluster_of[edge.a].min(cluster_of[edge.b]), cluster_of[edge.a].max(cluster_of[edge.b]));
        if let Some(because) = edge.refused.clone() {
            cuts.push(Cut { edge: number, between: (edge.a, edge.b), because });
            continue;
        }
        if into == from {
            continue;
        }
        let pairs = members[into].iter().flat_map(|a| members[from].iter().map(move |b| (*a, *b)));
        let mut contradictions =
            pairs.filter_map(|(a, b)| apart(a, b).map(|because| (a.min(b), a.max(b), because)));
        if let Some((a, b, because)) = contradictions.next() {
            cuts.push(Cut { edge: number, between: (a, b), because });
            continue;
        }
        let moved = std::mem::take(&mut members[from]);
        for &party in &moved {
            cluster_of[party] = into;
        }
        members[into].extend(moved);
    }
    let mut clusters: Vec<Vec<usize>> = members.into_iter().filter(|members| !members.is_empty()).collect();
    clusters.iter_mut().for_each(|members| members.sort_unstable());
    clusters.sort_unstable();
    (clusters, cuts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Reason;
    use super::*;

    fn edge((a, b, reason): (usize, usize, usize)) -> Edge {
        Edge {
            a: a.min(b),
            b: a.max(b),
            reason: Reason::ALL[reason],
            by: "".into(),
            scored: None,
            refused: None,
        }
    }

    /// Parties of one list where the remainders are equal.
    fn same_list(lists: usize) -> impl Fn(usize, usize) -> Option<Apart> {
        move |a, b| (a % lists == b % lists).then(|| Apart::SameList((a % lists).to_string()))
    }

    #[test]
    fn the_weakest_edge_of_a_contradiction_goes() {
        // 0 and 2 are of one list; 1 is joined to 0 by a reference, to 2 by evidence.
        let mut edges = vec![edge((1, 2, 3)), edge((0, 1, 0))];
        edges.sort_by_key(Edge::order);
        let (clusters, cuts) = cluster(3, &edges, same_list(2));
        assert_eq!(clusters, [vec![0, 1], vec![2]]);
        assert_eq!(cuts.len(), 1);
        assert_eq!((cuts[0].edge, cuts[0].between), (1, (0, 2)));
    }

    proptest! {
        /// Every party is in one cluster, none of which holds a contradiction, in whatever order the edges come.
        #[test]
        fn a_partition_without_contradictions(
            rows in prop::collection::vec((0_usize..12, 0_usize..12, 0_usize..4), 0..30),
            lists in 1_usize..5,
            swap in any::<prop::sample::Index>(),
        ) {
            let mut edges: Vec<Edge> = rows.into_iter().filter(|(a, b, _)| a != b).map(edge).collect();
            let mut others = edges.clone();
            if !others.is_empty() {
                let by = swap.index(others.len());
                others.rotate_left(by);
            }
            edges.sort_by_key(Edge::order);
            others.sort_by_key(Edge::order);
            let (clusters, cuts) = cluster(12, &edges, same_list(lists));
            let mut all: Vec<usize> = clusters.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..12).collect::<Vec<_>>());
            for members in &clusters {
                for (n, a) in members.iter().enumerate() {
                    prop_assert!(members[..n].iter().all(|b| same_list(lists)(*a, *b).is_none()));
                }
            }
            // What is not cut is followed.
            let of = |party: usize| clusters.iter().position(|members| members.contains(&party));
            for (number, edge) in edges.iter().enumerate() {
                let cut = cuts.iter().any(|cut| cut.edge == number);
                prop_assert!(cut || of(edge.a) == of(edge.b));
            }
            prop_assert_eq!(cluster(12, &others, same_list(lists)).0, clusters);
        }
    }
}
