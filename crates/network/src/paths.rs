//! Who stands near whom: neighbourhoods, paths, common links, components. Relations count whichever way they point.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

use petgraph::unionfind::UnionFind;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Edge, Graph, Node};

/// A way from one party to another: the relations in order, each with the party that it leads to.
pub type Path = Vec<(Edge, Node)>;

/// Part of a graph: parties with their distance, and the relations among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbourhood {
    /// Parties with the least number of relations to them, nearest first.
    pub parties: Vec<(Node, u32)>,
    /// All relations between two of them, in order.
    pub relations: Vec<Edge>,
}

/// Simple paths, and whether there are more than were looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// Shortest first, then in the order of their relations.
    pub paths: Vec<Path>,
    /// Whether the search ended before all were found.
    pub truncated: bool,
}

/// Steps that a search for paths may take: a dense graph has more paths than anybody reads.
const MOST_STEPS: usize = 2_000_000;

impl Graph {
    /// All parties within some hops of others. `0` hops: these alone, with the relations among them.
    #[must_use]
    pub fn around(&self, from: &[Node], hops: u32) -> Neighbourhood {
        let mut distances: FxHashMap<Node, u32> = FxHashMap::default();
        let mut parties = Vec::new();
        let mut queue = VecDeque::new();
        for node in from {
            if distances.insert(*node, 0).is_none() {
                queue.push_back(*node);
            }
        }
        while let Some(node) = queue.pop_front() {
            let distance = distances[&node];
            parties.push((node, distance));
            if distance < hops {
                for (_, other, _) in self.relations_of(node) {
                    if let Entry::Vacant(new) = distances.entry(other) {
                        new.insert(distance + 1);
                        queue.push_back(other);
                    }
                }
            }
        }
        let among = parties.iter().flat_map(|(node, _)| self.relations_of(*node));
        let among = among.filter(|(_, other, _)| distances.contains_key(other)).map(|(edge, ..)| edge);
        let mut relations: Vec<Edge> = among.collect();
        relations.sort_unstable();
        relations.dedup();
        Neighbourhood { parties, relations }
    }

    /// One of the shortest ways from one party to another, by the earliest relations. `None`: there is no way.
    #[must_use]
    pub fn shortest_path(&self, from: Node, to: Node) -> Option<Path> {
        let mut came: FxHashMap<Node, (Node, Edge)> = FxHashMap::default();
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            if node == to {
                let (mut path, mut at) = (Path::new(), to);
                while at != from {
                    let (before, edge) = came[&at];
                    path.push((edge, at));
                    at = before;
                }
                path.reverse();
                return Some(path);
            }
            for (edge, other, _) in self.relations_of(node) {
                if other != from && !came.contains_key(&other) {
                    came.insert(other, (node, edge));
                    queue.push_back(other);
                }
            }
        }
        None
    }

    /// All ways from one party to another over at most `hops` relations that meet nobody twice; at most `limit` of them.
    #[must_use]
    pub fn simple_paths(&self, from: Node, to: Node, hops: u32, limit: usize) -> Paths {
        if from == to {
            return Paths::default();
        }
        // Whoever is farther from the goal than the hops that are left is not worth a step.
        let goal: FxHashMap<Node, u32> = self.around(&[to], hops).parties.into_iter().collect();
        let mut search = Search { graph: self, to, goal, found: Paths::default(), limit, steps: 0 };
        // One length after the other, so that a limit leaves the shortest.
        for length in 1..=hops {
            let mut met = FxHashSet::from_iter([from]);
            search.of_length(length, from, &mut Path::new(), &mut met);
        }
        search.found
    }

    /// Parties that both are related to, with the relations of each.
    #[must_use]
    pub fn common_links(&self, one: Node, other: Node) -> Vec<(Node, Vec<Edge>, Vec<Edge>)> {
        let mut ones: FxHashMap<Node, Vec<Edge>> = FxHashMap::default();
        for (edge, node, _) in self.relations_of(one) {
            ones.entry(node).or_default().push(edge);
        }
        let mut both: Vec<(Node, Vec<Edge>, Vec<Edge>)> = Vec::new();
        for (edge, node, _) in self.relations_of(other) {
            let Some(of_one) = ones.get(&node).filter(|_| node != one && node != other) else { continue };
            match both.iter_mut().find(|(known, ..)| *known == node) {
                Some((_, _, edges)) => edges.push(edge),
                None => both.push((node, of_one.clone(), vec![edge])),
            }
        }
        both
    }

    /// Parties that hang together, largest group first; whoever has no relation is a group alone.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<Node>> {
        let mut union = UnionFind::<u32>::new(self.len());
        for edge in self.edges() {
            let (from, to) = self.ends(edge);
            union.union(from.index() as u32, to.index() as u32);
        }
        let mut groups: FxHashMap<u32, Vec<Node>> = FxHashMap::default();
        for node in self.nodes() {
            groups.entry(union.find(node.index() as u32)).or_default().push(node);
        }
        let mut groups: Vec<Vec<Node>> = groups.into_values().collect();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.first().copied()));
        groups
    }

    /// Everybody on a list, and everybody one hop from somebody on a list.
    #[must_use]
    pub fn near_listed(&self) -> FxHashSet<Node> {
        let mut near: FxHashSet<Node> = self.listed().collect();
        for edge in self.edges() {
            let (from, to) = self.ends(edge);
            match (self.party(from).listed.is_some(), self.party(to).listed.is_some()) {
                (true, false) => drop(near.insert(to)),
                (false, true) => drop(near.insert(from)),
                _ => {}
            }
        }
        near
    }
}

struct Search<'g> {
    graph: &'g Graph,
    to: Node,
    /// Distances to the goal.
    goal: FxHashMap<Node, u32>,
    found: Paths,
    limit: usize,
    steps: usize,
}

impl Search<'_> {
    fn of_length(&mut self, length: u32, node: Node, path: &mut Path, met: &mut FxHashSet<Node>) {
        let left = length - path.len() as u32;
        for (edge, other, _) in self.graph.relations_of(node) {
            let near = self.goal.get(&other).is_some_and(|distance| *distance < left);
            let early = other == self.to && left > 1;
            if !near || early || met.contains(&other) {
                continue;
            }
            self.steps += 1;
            if self.steps > MOST_STEPS || self.found.paths.len() >= self.limit {
                self.found.truncated = true;
                return;
            }
            path.push((edge, other));
            if other == self.to {
                self.found.paths.push(path.clone());
            } else {
                met.insert(other);
                self.of_length(length, other, path, met);
                met.remove(&other);
            }
            path.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph of the rows `A B`, whose relations are numbered in their order.
    fn graph(rows: &str) -> Graph {
        let rows = rows.split(' ').map(|row| format!("{},{}\n", &row[..1], &row[1..]));
        let mut graph = Graph::new();
        crate::read::file(&mut graph, "t", &format!("owner,asset\n{}", rows.collect::<String>())).unwrap();
        graph
    }

    fn shown(graph: &Graph, path: &[(Edge, Node)]) -> String {
        path.iter().map(|(_, node)| graph.caption(*node)).collect()
    }

    #[test]
    fn paths() {
        let graph = graph("AB BC CD AD DE XY");
        let node = |id| graph.node(id).unwrap();
        let shortest = |a, b| graph.shortest_path(node(a), node(b)).map(|path| shown(&graph, &path));
        assert_eq!(shortest("A", "E"), Some("DE".into()));
        assert_eq!(shortest("E", "A"), Some("DA".into()), "relations count both ways");
        assert_eq!(shortest("A", "A"), Some(String::new()));
        assert_eq!(shortest("A", "X"), None);
        let rows = [(1, 9, "", false), (2, 9, "DE", false), (4, 9, "DE BCDE", false), (4, 1, "DE", true)];
        for (hops, limit, expected, truncated) in rows {
            let found = graph.simple_paths(node("A"), node("E"), hops, limit);
            let all: Vec<String> = found.paths.iter().map(|path| shown(&graph, path)).collect();
            assert_eq!((all.join(" ").as_str(), found.truncated), (expected, truncated), "{hops} {limit}");
        }
    }

    #[test]
    fn neighbourhoods() {
        let graph = graph("AB BC CD AD DE XY");
        let node = |id| graph.node(id).unwrap();
        let around = graph.around(&[node("A")], 1);
        let shown: Vec<String> =
            around.parties.iter().map(|(n, d)| format!("{}{d}", graph.caption(*n))).collect();
        assert_eq!(shown.join(" "), "A0 B1 D1");
        assert_eq!(around.relations.len(), 2, "AB and AD, and none that leads out");
        let common: Vec<&str> =
            graph.common_links(node("A"), node("C")).iter().map(|(node, ..)| graph.caption(*node)).collect();
        assert_eq!(common, ["B", "D"]);
        let sizes: Vec<usize> = graph.components().iter().map(Vec::len).collect();
        assert_eq!(sizes, [5, 2]);
    }

    #[test]
    fn a_dense_graph_ends() {
        let letters: Vec<char> = ('A'..='Z').collect();
        let rows: Vec<String> = letters
            .iter()
            .flat_map(|a| letters.iter().filter(move |b| a < *b).map(move |b| format!("{a}{b}")))
            .collect();
        let graph = graph(&rows.join(" "));
        let (a, z) = (graph.node("A").unwrap(), graph.node("Z").unwrap());
        let found = graph.simple_paths(a, z, 25, 100);
        assert!(found.truncated && found.paths.len() == 100);
    }
}
