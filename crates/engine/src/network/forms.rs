//! A part of a network as others read it: JSON, a table of relations, GraphML, FollowTheMoney.

use std::fmt::Write;

use lists::LoadReport;
use model::{Entity, Locator, Property};
use network::ownership::Assessment;
use network::{Edge, Graph, Holding, Neighbourhood};
use serde_json::{Value, json};

use crate::receipt::sha256_hex;
use crate::{ScreenList, export_list};

/// The dataset of what is written.
const DATASET: &str = "network";

/// The columns of a table of relations.
const COLUMNS: [&str; 15] = [
    "from_id",
    "from",
    "to_id",
    "to",
    "schema",
    "holds",
    "share",
    "startDate",
    "endDate",
    "status",
    "role",
    "source",
    "record",
    "line",
    "quote",
];

/// The parties of a part of a network with their distance, standing and verdict, and its relations.
#[must_use]
pub fn parties_to_json(around: &Neighbourhood, assessment: &Assessment<'_>) -> Value {
    let graph = assessment.graph();
    let party = |(node, distance): &(network::Node, u32)| {
        let party = graph.party(*node);
        json!({
            "id": &*party.entity.id,
            "caption": party.entity.caption(),
            "schema": party.entity.schema.name(),
            "distance": distance,
            "listed": party.listed.map(|source| graph.source(source).name.to_string()),
            "programmes": graph.programmes(*node),
            "verdict": assessment.verdict(*node).name(),
        })
    };
    json!({
        "parties": around.parties.iter().map(party).collect::<Vec<_>>(),
        "relations": around.relations.iter().map(|edge| graph.relation_to_json(*edge)).collect::<Vec<_>>(),
    })
}

/// What a relation gives, in a word, and how much.
fn held(holding: Holding) -> (&'static str, String) {
    match holding {
        Holding::Nothing => ("", String::new()),
        Holding::Shares(share) => ("shares", share.to_string()),
        Holding::Votes(share) => ("votes", share.to_string()),
        Holding::Control => ("control", String::new()),
        Holding::Influence => ("influence", String::new()),
    }
}

/// A line of CSV for each relation, below a head.
#[must_use]
pub fn network_to_csv(graph: &Graph, relations: &[Edge]) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _written = table.write_record(COLUMNS);
    for edge in relations {
        let (relation, (from, to)) = (graph.relation(*edge), graph.ends(*edge));
        let evidence = &relation.evidence;
        let (holds, share) = held(relation.holding);
        let text = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
        let _written = table.write_record([
            &*graph.party(from).entity.id,
            graph.caption(from),
            &*graph.party(to).entity.id,
            graph.caption(to),
            relation.schema.name(),
            holds,
            &share,
            &relation.start.map(|date| date.to_string()).unwrap_or_default(),
            &relation.end.map(|date| date.to_string()).unwrap_or_default(),
            relation.status.name(),
            &text(&relation.role),
            &graph.source(evidence.source).name,
            &text(&evidence.record),
            &evidence.line.map(|line| line.to_string()).unwrap_or_default(),
            evidence.quote.as_ref().map_or("", |quote| &*quote.text),
        ]);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Escapes a text for XML. Characters that XML 1.0 does not allow become U+FFFD.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A part of a network as GraphML (graphml.graphdrawing.org), which Gephi, yEd, Cytoscape and NetworkX read.
#[must_use]
pub fn network_to_graphml(around: &Neighbourhood, assessment: &Assessment<'_>) -> String {
    const OF_NODES: [&str; 5] = ["caption", "schema", "listed", "programmes", "verdict"];
    const OF_EDGES: [&str; 7] = ["relation", "holds", "share", "startDate", "endDate", "status", "source"];
    let graph = assessment.graph();
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (what, names) in [("node", &OF_NODES[..]), ("edge", &OF_EDGES[..])] {
        for name in names {
            let _fits = writeln!(
                text,
                "  <key id=\"{what}-{name}\" for=\"{what}\" attr.name=\"{name}\" attr.type=\"string\"/>"
            );
        }
    }
    text += "  <graph edgedefault=\"directed\">\n";
    let data = |text: &mut String, key: String, value: &str| {
        if !value.is_empty() {
            let _fits = writeln!(text, "      <data key=\"{key}\">{}</data>", xml(value));
        }
    };
    for (node, _) in &around.parties {
        let party = graph.party(*node);
        let _fits = writeln!(text, "    <node id=\"{}\">", xml(&party.entity.id));
        let listed = party.listed.map_or("", |source| &graph.source(source).name);
        let programmes = graph.programmes(*node).join("; ");
        let values = [
            party.entity.caption(),
            party.entity.schema.name(),
            listed,
            &programmes,
            assessment.verdict(*node).name(),
        ];
        for (name, value) in OF_NODES.iter().zip(values) {
            data(&mut text, format!("node-{name}"), value);
        }
        text += "    </node>\n";
    }
    for edge in &around.relations {
        let (relation, (from, to)) = (graph.relation(*edge), graph.ends(*edge));
        let (from, to) = (&graph.party(from).entity.id, &graph.party(to).entity.id);
        let _fits = writeln!(
            text,
            "    <edge id=\"e{}\" source=\"{}\" target=\"{}\">",
            edge.index(),
            xml(from),
            xml(to)
        );
        let (holds, share) = held(relation.holding);
        let date = |date: Option<model::PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let values = [
            relation.schema.name().to_owned(),
            holds.to_owned(),
            share,
            date(relation.start),
            date(relation.end),
            relation.status.name().to_owned(),
            graph.cite(&relation.evidence),
        ];
        for (name, value) in OF_EDGES.iter().zip(values) {
            data(&mut text, format!("edge-{name}"), &value);
        }
        text += "    </edge>\n";
    }
    text += "  </graph>\n</graphml>\n";
    text
}

/// A part of a network as FollowTheMoney that its package takes, as `lists export` writes it: parties, then relations.
#[must_use]
pub fn network_to_ftm(graph: &Graph, around: &Neighbourhood) -> String {
    let parties =
        around.parties.iter().map(|(node, _)| graph.party(*node).entity.clone()).collect::<Vec<_>>();
    let relations: Vec<Entity> = around.relations.iter().map(|edge| relation(graph, *edge)).collect();
    let list = ScreenList {
        source: DATASET.to_owned(),
        dataset: DATASET.to_owned(),
        version: String::new(),
        sha256: String::new(),
        files: Vec::new(),
        modified: None,
        entities: parties.into(),
        relations: relations.into(),
        report: LoadReport::default(),
    };
    let mut lines = Vec::new();
    // Writing to memory cannot fail.
    let _written = export_list(&list, &mut lines);
    String::from_utf8(lines).unwrap_or_default()
}

fn relation(graph: &Graph, edge: Edge) -> Entity {
    let (relation, (from, to)) = (graph.relation(edge), graph.ends(edge));
    let (from, to) = (&graph.party(from).entity.id, &graph.party(to).entity.id);
    let cite = graph.cite(&relation.evidence);
    let parts = [from.as_bytes(), to.as_bytes(), relation.schema.name().as_bytes(), cite.as_bytes()];
    let id = format!("network-{}", &sha256_hex(&parts)[..20]);
    let mut entity = Entity::new(id, relation.schema.clone());
    let mut state = |name: &str, value: &str| entity.add(Property::from_name(name), value, Locator::Direct);
    if let Some((first, second)) = network::read::ends(&relation.schema) {
        state(first, from);
        state(second, to);
    }
    state("role", relation.role.as_deref().unwrap_or_default());
    let (holds, share) = held(relation.holding);
    if holds == "shares" {
        state("percentage", &share);
    } else if holds == "votes" {
        state("ownershipType", &format!("votes: {share}"));
    }
    state("startDate", &relation.start.map(|date| date.to_string()).unwrap_or_default());
    state("endDate", &relation.end.map(|date| date.to_string()).unwrap_or_default());
    state("recordId", relation.evidence.record.as_deref().unwrap_or_default());
    state("summary", &format!("{}: {cite}", relation.status.name()));
    entity
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn nothing_breaks_out_of_xml() {
        assert_eq!(xml("<A & \"B\">\u{1}"), "&lt;A &amp; &quot;B&quot;&gt;\u{fffd}");
    }
}
