//! The graph: parties, the relations between them, and where each is said.

use model::{ClaimStatus, Entity, PartialDate, Property, Quote, Schema};
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use petgraph::{Direction, Incoming, Outgoing};
use rustc_hash::FxHashMap;

use crate::share::Share;

/// A party's place in the graph.
pub type Node = NodeIndex<u32>;
/// A relation's place in the graph.
pub type Edge = EdgeIndex<u32>;

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SourceKind {
    /// A list of an authority.
    List,
    /// Claims that were read out of a document.
    Document,
    /// FollowTheMoney entities.
    FollowTheMoney,
    /// Statements of the Beneficial Ownership Data Standard.
    Bods,
    /// A table of owners.
    Table,
    /// Screening: who of the files was taken for whom of the lists.
    Screening,
}

/// Something that relations were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// What to call it: a dataset, a file, a document.
    pub name: Box<str>,
    /// Its version, where it has one: `sha256:5394b1c743e4`.
    pub version: Option<Box<str>>,
}

/// Where a relation is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Place of the source, for [`Graph::source`].
    pub source: u32,
    /// Line of the file, from 1.
    pub line: Option<u32>,
    /// Id of the record: the relation's own, or the statement's.
    pub record: Option<Box<str>>,
    /// The words of the document.
    pub quote: Option<Box<Quote>>,
    /// Where the source itself has it from: a register, an outlet.
    pub on_whose_word: Option<Box<str>>,
}

/// What of its object a relation gives to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// Nothing that the rules on ownership and control know.
    Nothing,
    /// A part of its shares, of its capital or of what it is.
    Shares(Share),
    /// A part of the votes.
    Votes(Share),
    /// Control, stated as such: the right to appoint or remove most of the board, or to have one's way.
    Control,
    /// A place from which one may control: a director, a senior manager, a trustee.
    Influence,
}

/// One relation from one party to another, as one source states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its schema in FollowTheMoney: `Ownership`, `Directorship`, `UnknownLink` ...
    pub schema: Schema,
    /// What it gives the first over the second.
    pub holding: Holding,
    /// What the source calls it: `Linked To`, `Owned or Controlled By`.
    pub role: Option<Box<str>>,
    /// Since when.
    pub start: Option<PartialDate>,
    /// Until when.
    pub end: Option<PartialDate>,
    /// How firmly the source stands behind it.
    pub status: ClaimStatus,
    /// Holders of the same asset under the same name hold jointly, or have arranged to vote as one.
    pub joint: Option<Box<str>>,
    /// Whether the source says that others stand between the two: it then sums up a chain, which may be here as well.
    pub indirect: bool,
    /// Where it is said.
    pub evidence: Evidence,
}

impl Relation {
    /// A relation of which nothing more is known than its schema and its source.
    #[must_use]
    pub fn new(schema: Schema, holding: Holding, evidence: Evidence) -> Self {
        Self {
            schema,
            holding,
            role: None,
            start: None,
            end: None,
            status: ClaimStatus::Asserted,
            joint: None,
            indirect: false,
            evidence,
        }
    }
}

/// A party with what is stated of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Id, schema, names and all else that its sources state.
    pub entity: Entity,
    /// The list that it is on, for [`Graph::source`].
    pub listed: Option<u32>,
    /// Whether it is known by name alone, or by an id that no source explains.
    pub bare: bool,
}

/// Parties and relations. Places are in the order in which they came, so that the same input gives the same graph.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub(crate) inner: DiGraph<Party, Relation, u32>,
    ids: FxHashMap<Box<str>, Node>,
    sources: Vec<Source>,
}

impl Graph {
    /// A graph of nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a source; its place is for [`Evidence::source`].
    pub fn add_source(&mut self, source: Source) -> u32 {
        self.sources.push(source);
        (self.sources.len() - 1) as u32
    }

    /// A source.
    ///
    /// # Panics
    /// There is none in that place.
    #[must_use]
    pub fn source(&self, place: u32) -> &Source {
        &self.sources[place as usize]
    }

    /// Gives a source another name: that by which whoever sent a file knows it.
    pub fn rename_source(&mut self, from: &str, to: &str) {
        for source in self.sources.iter_mut().filter(|source| &*source.name == from) {
            source.name = to.into();
        }
    }

    /// All sources, in order.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Takes in a party, `listed` where a list's source says so. One with its id that is there already is the same: what it
    /// does not say yet is added.
    pub fn add_party(&mut self, entity: Entity, listed: Option<u32>) -> Node {
        let Some(node) = self.ids.get(&entity.id).copied() else {
            let id = entity.id.clone();
            let node = self.inner.add_node(Party { entity, listed, bare: false });
            self.ids.insert(id, node);
            return node;
        };
        let party = &mut self.inner[node];
        if party.bare {
            party.entity.schema = entity.schema.clone();
            party.entity.statements.clear();
        }
        party.bare = false;
        party.listed = party.listed.or(listed);
        for statement in entity.statements {
            let known = &mut party.entity.statements;
            if !known.iter().any(|s| s.property == statement.property && s.value == statement.value) {
                known.push(statement);
            }
        }
        node
    }

    /// The party of an id; where there is none yet, one of whom nothing else is known.
    pub fn party_of(&mut self, id: &str) -> Node {
        match self.ids.get(id) {
            Some(node) => *node,
            None => {
                let entity = Entity::new(id, Schema::LegalEntity);
                let node = self.inner.add_node(Party { entity, listed: None, bare: true });
                self.ids.insert(id.into(), node);
                node
            }
        }
    }

    /// Takes in a relation.
    pub fn relate(&mut self, from: Node, to: Node, relation: Relation) -> Edge {
        self.inner.add_edge(from, to, relation)
    }

    /// The party of an id.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<Node> {
        self.ids.get(id).copied()
    }

    /// The parties that a user may mean by a text: the one of that id, else all with exactly that name, else all with that
    /// name in other capitals.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Node> {
        let text = text.trim();
        if let Some(node) = self.node(text) {
            return vec![node];
        }
        let named = |same: &dyn Fn(&str) -> bool| -> Vec<Node> {
            let has = |node: &Node| self.party(*node).entity.names().any(|(_, name)| same(&name.value));
            self.nodes().filter(has).collect()
        };
        let verbatim = named(&|name| name == text);
        if !verbatim.is_empty() {
            return verbatim;
        }
        let lower = text.to_lowercase();
        named(&|name| name.to_lowercase() == lower)
    }

    /// A party.
    ///
    /// # Panics
    /// There is none in that place.
    #[must_use]
    pub fn party(&self, node: Node) -> &Party {
        &self.inner[node]
    }

    /// A relation.
    ///
    /// # Panics
    /// There is none in that place.
    #[must_use]
    pub fn relation(&self, edge: Edge) -> &Relation {
        &self.inner[edge]
    }

    /// From whom to whom a relation goes.
    ///
    /// # Panics
    /// There is none in that place.
    #[must_use]
    pub fn ends(&self, edge: Edge) -> (Node, Node) {
        let edge = &self.inner.raw_edges()[edge.index()];
        (edge.source(), edge.target())
    }

    /// All parties, in order.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node> + use<> {
        self.inner.node_indices()
    }

    /// All relations, in order.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = Edge> + use<> {
        self.inner.edge_indices()
    }

    /// How many parties there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.node_count()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The relations of a party with who is on the other side, in the order in which they were read.
    #[must_use]
    pub fn relations_of(&self, node: Node) -> Vec<(Edge, Node, Direction)> {
        let out = self.inner.edges_directed(node, Outgoing).map(|e| (e.id(), e.target(), Outgoing));
        let to = self.inner.edges_directed(node, Incoming).map(|e| (e.id(), e.source(), Incoming));
        // A relation of a party to itself stands once.
        let mut all: Vec<_> = out.chain(to.filter(|(_, other, _)| *other != node)).collect();
        all.sort_unstable_by_key(|(edge, ..)| *edge);
        all
    }

    /// What to call a party: its first name, else its id.
    #[must_use]
    pub fn caption(&self, node: Node) -> &str {
        self.party(node).entity.caption()
    }

    /// All parties that are on a list.
    pub fn listed(&self) -> impl Iterator<Item = Node> {
        self.nodes().filter(|node| self.party(*node).listed.is_some())
    }

    /// Where a relation is said, in one line: `owners.csv line 3 (Companies House)`.
    #[must_use]
    pub fn cite(&self, evidence: &Evidence) -> String {
        let source = self.source(evidence.source);
        let mut text = source.name.to_string();
        if let Some(version) = &source.version {
            text += &format!(" {version}");
        }
        if let Some(record) = &evidence.record {
            text += &format!(" record {record}");
        }
        if let Some(line) = evidence.line {
            text += &format!(" line {line}");
        }
        if let Some(quote) = &evidence.quote {
            if let Some(page) = quote.page {
                text += &format!(" page {page}");
            }
            text += &format!(" bytes {} to {}: \"{}\"", quote.start, quote.end, quote.text);
        }
        if let Some(word) = &evidence.on_whose_word {
            text += &format!(" ({word})");
        }
        text
    }

    /// The programmes under which a party is listed.
    #[must_use]
    pub fn programmes(&self, node: Node) -> Vec<&str> {
        self.party(node).entity.values(&Property::Program).collect()
    }
}
