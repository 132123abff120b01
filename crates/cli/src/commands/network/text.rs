//! A network for people.

use std::collections::BTreeSet;

use engine::networks::ownership::{Because, Verdict};
use engine::networks::{Direction, Edge, Graph, Holding, Node};

use super::{Asked, PATHS, Shown};
use crate::plain::plain;

/// Relations of one party that are shown; a bank has thousands.
const RELATIONS: usize = 60;

pub(super) fn of(shown: &Shown<'_>) -> String {
    match shown.asked {
        Asked::All => all(shown),
        Asked::Near(nodes, hops) => nodes.iter().map(|node| near(shown, *node, *hops)).collect(),
        Asked::Between(from, to, hops) => between(shown, *from, *to, *hops),
    }
}

fn named(shown: &Shown<'_>, node: Node) -> String {
    let graph = &shown.network.graph;
    let party = graph.party(node);
    let programmes = graph.programmes(node).join("; ");
    let standing = match (party.listed, shown.assessment.verdict(node)) {
        (Some(_), _) if programmes.is_empty() => ", listed".to_owned(),
        (Some(_), _) => format!(", listed: {programmes}"),
        (None, Verdict::Blocked) => ", not listed, BLOCKED".to_owned(),
        (None, Verdict::Possible) => ", not listed, POSSIBLY BLOCKED".to_owned(),
        (None, Verdict::NotBlocked) => ", not listed".to_owned(),
    };
    let id = &party.entity.id;
    let id = if party.entity.caption() == &**id { String::new() } else { format!("{id}, ") };
    plain(&format!("{} [{id}{}{standing}]", party.entity.caption(), party.entity.schema))
}

/// What a relation says, seen from its first party, or from its second.
fn said(graph: &Graph, edge: Edge, direction: Direction) -> String {
    let relation = graph.relation(edge);
    let (forth, back) = match relation.schema.name() {
        "Ownership" => ("owns", "is owned by"),
        "Directorship" => ("runs", "is run by"),
        "Employment" => ("works for", "employs"),
        "Membership" => ("belongs to", "has the member"),
        "Representation" => ("acts for", "is acted for by"),
        "Family" => ("is family of", "is family of"),
        "Associate" => ("is an associate of", "is an associate of"),
        "Succession" => ("succeeds", "is succeeded by"),
        "Occupancy" => ("holds", "is held by"),
        _ => ("is linked to", "is linked to"),
    };
    let share = match relation.holding {
        Holding::Shares(share) => format!(" ({share})"),
        Holding::Votes(share) => format!(" (votes: {share})"),
        Holding::Control => " (control)".to_owned(),
        Holding::Nothing | Holding::Influence => String::new(),
    };
    format!("{}{share}", if direction == Direction::Outgoing { forth } else { back })
}

fn near(shown: &Shown<'_>, node: Node, hops: u32) -> String {
    let mut text = format!("{}\n", named(shown, node));
    let mut met = BTreeSet::from([node]);
    text += &branches(shown, node, hops, "", &mut met);
    let proof = shown.assessment.proof(node);
    if !matches!(proof.because, Because::Listed | Because::NoStake) {
        text += "\n";
        text += &proof_text(shown, node);
    }
    text + "\n"
}

fn branches(shown: &Shown<'_>, node: Node, hops: u32, indent: &str, met: &mut BTreeSet<Node>) -> String {
    if hops == 0 {
        return String::new();
    }
    let graph = &shown.network.graph;
    let all = graph.relations_of(node);
    let more = all.len().saturating_sub(RELATIONS);
    let mut text = String::new();
    let count = all.len() - more;
    // Whoever is near is met here, not below another.
    let new: Vec<Node> =
        all.iter().take(count).map(|(_, other, _)| *other).filter(|other| met.insert(*other)).collect();
    let mut open: BTreeSet<Node> = new.into_iter().collect();
    for (n, (edge, other, direction)) in all.into_iter().take(count).enumerate() {
        let last = n + 1 == count && more == 0;
        let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        text += &format!("{indent}{branch}{} {}\n", said(graph, edge, direction), named(shown, other));
        text += &format!("{indent}{below}   {}\n", plain(&graph.said_where(edge)));
        if open.remove(&other) {
            text += &branches(shown, other, hops - 1, &format!("{indent}{below}"), met);
        }
    }
    if more > 0 {
        text += &format!("{indent}└─ {more} more relations: --format csv shows all\n");
    }
    text
}

fn proof_text(shown: &Shown<'_>, node: Node) -> String {
    let proof = shown.assessment.proof(node);
    let mut text = String::new();
    for line in proof.lines(&shown.network.graph, shown.assessment.terms().regime) {
        text += &format!("{}{}\n", "   ".repeat(line.depth), plain(&line.text));
    }
    let blocked = shown.assessment.verdict(node) == Verdict::Blocked;
    let ties = proof.ties();
    if blocked && !shown.assessment.is_certain(node) {
        text += "   this rests on who is taken for a listed party: see that it is he\n";
    } else if !ties.is_empty() {
        text += "   part of it rests on who is taken for a listed party\n";
    }
    text
}

fn all(shown: &Shown<'_>) -> String {
    let graph = &shown.network.graph;
    let groups = graph.components();
    let related = groups.iter().filter(|group| group.len() > 1).count();
    let mut text = format!(
        "{} parties, {} relations, {related} groups (the largest of {}), {} parties alone\n",
        graph.len(),
        graph.edges().len(),
        groups.first().map_or(0, Vec::len),
        groups.len() - related
    );
    for (name, account) in &shown.network.accounts {
        let mut parts = vec![format!("{} parties, {} relations", account.parties, account.relations)];
        let unresolved = account.unresolved.len();
        if unresolved > 0 {
            parts.push(format!("{unresolved} names that lead to nobody listed"));
        }
        if !account.ambiguous.is_empty() {
            parts.push(format!("{} names of several parties", account.ambiguous.len()));
        }
        text += &plain(&format!("  {name}: {}", parts.join(", ")));
        text += "\n";
    }
    let found: Vec<(Node, Verdict)> = shown.assessment.found().collect();
    let count = |verdict| found.iter().filter(|(_, v)| *v == verdict).count();
    let rule = shown.assessment.terms().regime.name();
    text += &format!(
        "companies that are on no list: {} blocked, {} possibly blocked (rule {rule})\n\n",
        count(Verdict::Blocked),
        count(Verdict::Possible)
    );
    for verdict in [Verdict::Blocked, Verdict::Possible] {
        for (node, _) in found.iter().filter(|(_, v)| *v == verdict) {
            text += &format!("{}\n{}\n", named(shown, *node), proof_text(shown, *node));
        }
    }
    text
}

fn between(shown: &Shown<'_>, from: Node, to: Node, hops: u32) -> String {
    let graph = &shown.network.graph;
    let mut text = format!("from {}\nto {}\n\n", named(shown, from), named(shown, to));
    let found = graph.simple_paths(from, to, hops, PATHS);
    let shortest = graph.shortest_path(from, to);
    match (&shortest, found.paths.is_empty()) {
        (None, _) => text += "nothing leads from one to the other\n",
        (Some(path), true) => {
            text += &format!("no path of {hops} relations or fewer; the shortest has {}:\n", path.len());
        }
        _ => {}
    }
    let paths = if found.paths.is_empty() { shortest.into_iter().collect() } else { found.paths };
    for (n, path) in paths.iter().enumerate() {
        text += &format!("{}. {}\n", n + 1, named(shown, from));
        let mut at = from;
        for (edge, node) in path {
            let direction = if graph.ends(*edge).0 == at { Direction::Outgoing } else { Direction::Incoming };
            text += &format!("   {} {}\n", said(graph, *edge, direction), named(shown, *node));
            text += &format!("      {}\n", plain(&graph.said_where(*edge)));
            at = *node;
        }
    }
    if found.truncated {
        text += "there are more paths\n";
    }
    let common = graph.common_links(from, to);
    if !common.is_empty() {
        text += "\nboth are related to\n";
        for (node, ..) in common {
            text += &format!("   {}\n", named(shown, node));
        }
    }
    text
}
