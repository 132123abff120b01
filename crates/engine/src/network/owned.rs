//! Companies that listed parties own, as parties that are screened against.

use std::path::PathBuf;

use lists::{LoadReport, Skipped};
use model::{Entity, Locator, Property, Schema};
use network::ownership::{Assessment, Because, Proof, Terms, Verdict};
use network::{Graph, Node};
use serde_json::{Map, Value, json};

use super::Network;
use crate::receipt::sha256_hex;
use crate::{EngineError, Library, Policy, ScreenList};

/// The dataset of owned companies.
const DATASET: &str = "ownership";

/// What is known of a company that is owned or controlled, or possibly so.
pub struct OwnedParty {
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in a sentence.
    pub sentence: String,
    /// The proof, line by line with its depth.
    pub lines: Vec<(usize, String)>,
    /// The same as the output contract has it.
    pub json: Value,
}

/// The owned companies of a library: a list of its own, behind the others.
pub(crate) struct Owned {
    pub(crate) list: usize,
    pub(crate) parties: Vec<OwnedParty>,
}

/// What came of reading ownership data.
#[derive(Clone, Debug, Default)]
pub struct OwnershipReport {
    /// Companies that are blocked.
    pub blocked: usize,
    /// Of these, by ties that somebody has to look at.
    pub by_tie: usize,
    /// Companies that are possibly blocked.
    pub possible: usize,
    /// Parties of the files that are taken for listed ones.
    pub ties: usize,
    /// What a reader should know.
    pub warnings: Vec<String>,
    /// Rows that could not be taken as they stand.
    pub problems: Vec<Skipped>,
}

/// Adds to the lists, as a dataset `ownership`, the unlisted companies that parties of the lists own or control, or possibly so,
/// by some files and the relations of the lists themselves. What is screened against it names the proof.
///
/// # Errors
/// As [`Network::of`], and as [`Library::new`].
pub fn with_ownership(
    library: Library,
    policy: &Policy,
    files: &[PathBuf],
    terms: Terms,
) -> Result<(Library, OwnershipReport), EngineError> {
    let network = Network::of(&library.under(policy)?, files)?;
    let assessment = network.assess(terms);
    let mut report = OwnershipReport {
        ties: network.blocked.values().filter(|why| **why != network::ownership::Why::Listed).count(),
        warnings: network.warnings.clone(),
        problems: problems(&network),
        ..OwnershipReport::default()
    };
    report.warnings.extend(contradictions(&assessment));
    let (mut entities, mut parties) = (Vec::new(), Vec::new());
    for (node, verdict) in assessment.found() {
        let party = network.graph.party(node);
        // Who is on a list that blocks nobody is screened as what it is there.
        if party.listed.is_some() || !party.entity.schema.is_party() || party.bare {
            continue;
        }
        match verdict {
            Verdict::Blocked => report.blocked += 1,
            _ => report.possible += 1,
        }
        report.by_tie += usize::from(!assessment.is_certain(node));
        let proof = assessment.proof(node);
        entities.push(entity(&network.graph, node, &proof));
        parties.push(owned_party(&assessment, node, &proof));
    }
    if entities.is_empty() {
        return Ok((library, report));
    }
    let list = list(&network, entities, &report);
    let mut lists = library.into_lists();
    lists.push(list);
    let owned = Owned { list: lists.len() - 1, parties };
    Ok((Library::new(lists)?.with_owned(owned), report))
}

fn problems(network: &Network) -> Vec<Skipped> {
    let skipped = |problem: &network::read::Problem| Skipped {
        file: problem.source.to_string(),
        line: problem.line.unwrap_or(0),
        reason: problem.what.clone(),
    };
    network.problems().map(skipped).collect()
}

/// Contradictions of the sources, with their rows.
pub(crate) fn contradictions(assessment: &Assessment<'_>) -> Vec<String> {
    let graph = assessment.graph();
    let told = |c: &network::ownership::Contradiction| {
        let rows: Vec<String> =
            c.relations.iter().map(|edge| graph.cite(&graph.relation(*edge).evidence)).collect();
        format!("{} ({})", c.what, rows.join("; "))
    };
    assessment.contradictions().iter().map(told).collect()
}

/// The company with the programmes of whoever is behind it: they are its own under a rule that blocks it with them.
fn entity(graph: &Graph, node: Node, proof: &Proof) -> Entity {
    let mut entity = graph.party(node).entity.clone();
    if entity.schema == Schema::Thing {
        entity.schema = Schema::LegalEntity;
    }
    for person in proof.persons() {
        for programme in graph.programmes(person) {
            entity.add(Property::Program, programme, Locator::Direct);
        }
    }
    entity
}

fn owned_party(assessment: &Assessment<'_>, node: Node, proof: &Proof) -> OwnedParty {
    let (graph, regime) = (assessment.graph(), assessment.terms().regime);
    let lines = proof.lines(graph, regime);
    OwnedParty {
        verdict: assessment.verdict(node),
        sentence: proof.sentence(graph, regime),
        lines: lines.into_iter().map(|line| (line.depth, line.text)).collect(),
        json: ownership_to_json(assessment, node),
    }
}

/// The verdict on a party with its proof, as the output contract has it.
#[must_use]
pub fn ownership_to_json(assessment: &Assessment<'_>, node: Node) -> Value {
    let (graph, terms) = (assessment.graph(), assessment.terms());
    let proof = assessment.proof(node);
    let mut object = Map::new();
    object.insert("rule".into(), terms.regime.name().into());
    object.insert("as_of".into(), terms.as_of.map(|date| date.to_string()).into());
    object.insert("verdict".into(), assessment.verdict(node).name().into());
    let listed = matches!(proof.because, Because::Listed);
    if assessment.verdict(node) == Verdict::Blocked && !listed {
        object.insert("certain".into(), assessment.is_certain(node).into());
    }
    let ties = proof.ties();
    if !ties.is_empty() {
        let tie = |tie: &&network::ownership::Tie| json!({"id": &*tie.id, "caption": &*tie.caption, "evidence": &*tie.evidence});
        object.insert("conditional_on".into(), ties.iter().map(tie).collect());
    }
    object.insert("sentence".into(), proof.sentence(graph, terms.regime).into());
    object.insert("proof".into(), proof.to_json(graph));
    object.into()
}

fn list(network: &Network, entities: Vec<Entity>, report: &OwnershipReport) -> ScreenList {
    let sha256 = sha256_hex(&network.files.iter().map(|file| file.sha256.as_bytes()).collect::<Vec<_>>());
    let mut read = LoadReport::default();
    for entity in &entities {
        *read.entities.entry(entity.schema.name().to_owned()).or_default() += 1;
    }
    read.skipped.clone_from(&report.problems);
    let names: Vec<&str> = network.files.iter().map(|file| &*file.name).collect();
    ScreenList {
        source: names.join(", "),
        dataset: DATASET.to_owned(),
        version: format!("sha256:{}", &sha256[..12]),
        sha256,
        files: network.files.clone(),
        modified: None,
        entities: entities.into(),
        relations: Vec::new().into(),
        report: read,
    }
}
