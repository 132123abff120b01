//! A network as JSON.

use network::ownership::{Assessment, Verdict};
use network::{Edge, Neighbourhood, Node};
use serde_json::{Map, Value, json};

use super::{Network, ownership_to_json, parties_to_json};

/// Paths between two parties that are shown.
pub const NETWORK_PATHS: usize = 20;

/// What is asked of a network.
pub enum NetworkAsked {
    /// All companies that are owned.
    All,
    /// Who is near some parties, so many relations away.
    Near(Vec<Node>, u32),
    /// How two parties hang together, by paths of so many relations at most.
    Between(Node, Node, u32),
}

/// What is shown of a network.
pub struct NetworkShown<'a> {
    /// The network.
    pub network: &'a Network,
    /// Who of it is owned or controlled.
    pub assessment: &'a Assessment<'a>,
    /// What was asked.
    pub asked: &'a NetworkAsked,
    /// The part of it that answers.
    pub around: &'a Neighbourhood,
}

impl NetworkAsked {
    /// The part of a network that answers.
    #[must_use]
    pub fn around(&self, network: &Network, assessment: &Assessment<'_>) -> Neighbourhood {
        let graph = &network.graph;
        match self {
            Self::Near(nodes, hops) => graph.around(nodes, *hops),
            Self::Between(from, to, hops) => {
                let paths = graph.simple_paths(*from, *to, *hops, NETWORK_PATHS).paths;
                let mut nodes = vec![*from, *to];
                nodes.extend(paths.iter().flatten().map(|(_, node)| *node));
                nodes.extend(graph.common_links(*from, *to).into_iter().map(|(node, ..)| node));
                graph.around(&nodes, 0)
            }
            Self::All => {
                let mut nodes: Vec<Node> = Vec::new();
                for (node, _) in assessment.found() {
                    nodes.push(node);
                    assessment.proof(node).visit(&mut |proof, _| nodes.push(proof.party));
                }
                graph.around(&nodes, 0)
            }
        }
    }
}

/// A network as JSON: `interdict network`.
#[must_use]
pub fn network_to_json(shown: &NetworkShown<'_>) -> Value {
    let mut object = Map::new();
    object.insert("network".into(), figures(shown));
    match shown.asked {
        NetworkAsked::All => object.insert("owned".into(), owned(shown)),
        NetworkAsked::Near(nodes, hops) => {
            object.insert("hops".into(), (*hops).into());
            let party = |node: &Node| {
                let mut party = party(shown, *node);
                party["ownership"] = ownership_to_json(shown.assessment, *node);
                party
            };
            object.insert("entities".into(), nodes.iter().map(party).collect())
        }
        NetworkAsked::Between(from, to, hops) => between(shown, *from, *to, *hops, &mut object),
    };
    if let Value::Object(parts) = parties_to_json(shown.around, shown.assessment) {
        object.extend(parts);
    }
    object.into()
}

/// Parties, relations, groups, and names that lead nowhere.
fn figures(shown: &NetworkShown<'_>) -> Value {
    let graph = &shown.network.graph;
    let groups = graph.components();
    let related: Vec<usize> = groups.iter().map(Vec::len).filter(|size| *size > 1).collect();
    let sources: Vec<Value> = (shown.network.accounts.iter())
        .map(|(name, account)| {
            json!({
                "source": name,
                "parties": account.parties,
                "relations": account.relations,
                "unresolved": account.unresolved,
                "ambiguous": account.ambiguous,
                "problems": account.problems.iter().map(|p| json!({"line": p.line, "problem": p.what})).collect::<Vec<_>>(),
            })
        })
        .collect();
    let count = |verdict| shown.assessment.found().filter(|(_, v)| *v == verdict).count();
    json!({
        "parties": graph.len(),
        "relations": graph.edges().len(),
        "components": related.len(),
        "largest": related.first().copied().unwrap_or(0),
        "alone": groups.len() - related.len(),
        "blocked_persons": shown.network.blocked.len(),
        "blocked": count(Verdict::Blocked),
        "possible": count(Verdict::Possible),
        "sources": sources,
        "contradictions": shown.assessment.contradictions().iter().map(|c| json!({
            "id": &*graph.party(c.asset).entity.id,
            "contradiction": c.what,
            "relations": c.relations.iter().map(|edge| graph.relation_to_json(*edge)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn party(shown: &NetworkShown<'_>, node: Node) -> Value {
    let graph = &shown.network.graph;
    let party = graph.party(node);
    json!({
        "id": &*party.entity.id,
        "caption": party.entity.caption(),
        "schema": party.entity.schema.name(),
        "listed": party.listed.map(|source| graph.source(source).name.to_string()),
    })
}

fn owned(shown: &NetworkShown<'_>) -> Value {
    let one = |(node, _): (Node, Verdict)| {
        let mut party = party(shown, node);
        party["ownership"] = ownership_to_json(shown.assessment, node);
        party
    };
    shown.assessment.found().map(one).collect()
}

fn between(
    shown: &NetworkShown<'_>,
    from: Node,
    to: Node,
    hops: u32,
    object: &mut Map<String, Value>,
) -> Option<Value> {
    let graph = &shown.network.graph;
    let id = |node: Node| Value::from(&*graph.party(node).entity.id);
    let relations =
        |edges: &[Edge]| -> Value { edges.iter().map(|edge| graph.relation_to_json(*edge)).collect() };
    let path = |path: &Vec<(Edge, Node)>| -> Value {
        let mut parties = vec![id(from)];
        parties.extend(path.iter().map(|(_, node)| id(*node)));
        let edges: Vec<Edge> = path.iter().map(|(edge, _)| *edge).collect();
        json!({"parties": parties, "relations": relations(&edges)})
    };
    let found = graph.simple_paths(from, to, hops, NETWORK_PATHS);
    object.insert("from".into(), party(shown, from));
    object.insert("to".into(), party(shown, to));
    object.insert("longest".into(), hops.into());
    object.insert("shortest".into(), graph.shortest_path(from, to).as_ref().map_or(Value::Null, path));
    object.insert("paths".into(), found.paths.iter().map(path).collect());
    object.insert("truncated".into(), found.truncated.into());
    let common = graph.common_links(from, to).into_iter().map(|(node, of_one, of_other)| {
        json!({"party": party(shown, node), "of_from": relations(&of_one), "of_to": relations(&of_other)})
    });
    object.insert("common".into(), common.collect())
}
