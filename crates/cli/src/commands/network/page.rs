//! A network as a page: what the engine found, as the plain strings that `report` draws.

use engine::ClaimStatus;
use engine::networks::ownership::{Assessment, Because, ProofLine, Regime, Remainder, Terms, Verdict, Why};
use engine::networks::{Edge, Holding, Neighbourhood, Node, SourceKind};
use report::{
    NetworkParty, NetworkRelation, NetworkReport, NetworkView, OwnershipProof, PartyStanding, ProofStep,
    Stated, count,
};

use super::{Asked, Shown};
use crate::view;

/// Verdicts whose proof is on the page; JSON has them all.
const PROOFS: usize = 500;

/// What is shown as a page's content.
pub(super) fn of(shown: &Shown<'_>, library: &engine::Library) -> NetworkReport {
    let graph = &shown.network.graph;
    let caption = |node: &Node| graph.caption(*node).to_owned();
    let found: Vec<Node> = shown.assessment.found().map(|(node, _)| node).collect();
    let (title, introduction, asked, proofs) = match shown.asked {
        Asked::All => (
            "Companies that listed parties own or control".to_owned(),
            "Every company that is on no list itself and is blocked, or possibly so, by who owns or controls it.".to_owned(),
            Vec::new(),
            found,
        ),
        Asked::Near(nodes, hops) => (
            format!("The network of {}", several(nodes.iter().map(caption).collect())),
            format!("Everybody within {} of it, with all relations among them.", count(*hops as usize, "relation", "relations")),
            nodes.clone(),
            nodes.clone(),
        ),
        Asked::Between(from, to, hops) => (
            format!("From {} to {}", caption(from), caption(to)),
            format!(
                "The ways from one to the other of at most {}, and what both are related to.",
                count(*hops as usize, "relation", "relations")
            ),
            vec![*from, *to],
            vec![*from, *to],
        ),
    };
    let mut notices = shown.network.warnings.clone();
    notices.extend(shown.assessment.contradictions().iter().map(|c| format!("{}.", c.what)));
    notices.extend((proofs.len() > PROOFS).then(|| {
        format!("{} verdicts have their proof on this page; --format json has all {}.", PROOFS, proofs.len())
    }));
    let files = graph.sources().iter().filter(|source| source.kind != SourceKind::List);
    NetworkReport {
        introduction: vec![introduction],
        notices,
        network: network(shown.assessment, shown.around, &title, &asked, &proofs),
        lists: library.lists().iter().map(view::list).collect(),
        sources: files.map(|source| (source.name.to_string(), kind(source.kind).to_owned())).collect(),
        rule: rule(shown.assessment.terms()),
        engine: view::ENGINE.to_owned(),
        title,
    }
}

/// Part of a network, with the proofs of some of its parties.
pub(super) fn network(
    assessment: &Assessment<'_>,
    around: &Neighbourhood,
    title: &str,
    asked: &[Node],
    proofs: &[Node],
) -> NetworkView {
    let graph = assessment.graph();
    let mut places = vec![None; graph.len()];
    for (place, (node, _)) in around.parties.iter().enumerate() {
        places[node.index()] = Some(place);
    }
    let relation = |edge: &Edge| {
        let (from, to) = graph.ends(*edge);
        Some(relation(assessment, *edge, places[from.index()]?, places[to.index()]?))
    };
    NetworkView {
        title: title.to_owned(),
        parties: around.parties.iter().map(|(node, _)| party(assessment, *node, asked)).collect(),
        relations: around.relations.iter().filter_map(relation).collect(),
        proofs: proofs.iter().take(PROOFS).filter_map(|node| proof(assessment, *node)).collect(),
    }
}

fn standing(assessment: &Assessment<'_>, node: Node) -> PartyStanding {
    match (assessment.is_blocked_person(node), assessment.verdict(node)) {
        (Some(Why::Listed), _) => PartyStanding::Listed,
        (Some(Why::TakenFor(_)), _) => PartyStanding::TakenFor,
        (None, Verdict::Blocked) => PartyStanding::Owned,
        (None, Verdict::Possible) => PartyStanding::Possible,
        (None, Verdict::NotBlocked) => PartyStanding::NotBlocked,
    }
}

fn party(assessment: &Assessment<'_>, node: Node, asked: &[Node]) -> NetworkParty {
    let graph = assessment.graph();
    let entity = &graph.party(node).entity;
    let note = match (assessment.is_blocked_person(node), graph.party(node).listed) {
        (Some(Why::TakenFor(tie)), _) => format!("{}, {}", tie.id, tie.caption),
        (_, Some(source)) => {
            let programmes = graph.programmes(node).join("; ");
            if programmes.is_empty() { graph.source(source).name.to_string() } else { programmes }
        }
        (_, None) => {
            let shares = assessment.shares(node).filter(|shares| shares.max.approximately() > 0.0);
            shares.map(|shares| format!("stake {}", shares.in_words())).unwrap_or_default()
        }
    };
    NetworkParty {
        id: entity.id.to_string(),
        caption: entity.caption().to_owned(),
        schema: entity.schema.name().to_owned(),
        standing: standing(assessment, node),
        note,
        asked: asked.contains(&node),
    }
}

fn relation(assessment: &Assessment<'_>, edge: Edge, from: usize, to: usize) -> NetworkRelation {
    let graph = assessment.graph();
    let relation = graph.relation(edge);
    let as_of = assessment.terms().as_of;
    let over = relation.end.is_some_and(|end| as_of.is_none_or(|day| end.last() < day.first()));
    let stated = match relation.status {
        _ if over => Stated::Past,
        ClaimStatus::Historical => Stated::Past,
        ClaimStatus::Alleged | ClaimStatus::Charged | ClaimStatus::Denied | ClaimStatus::Unsubstantiated => {
            Stated::Alleged
        }
        _ if graph.source(relation.evidence.source).kind == SourceKind::List => Stated::Listed,
        _ => Stated::Claimed,
    };
    let role = relation.role.as_deref().map(|role| role.replace('_', " "));
    let label = match relation.holding {
        Holding::Shares(share) if share != engine::networks::Share::UNKNOWN => format!("owns {share}"),
        Holding::Votes(share) => format!("votes: {share}"),
        _ => role.unwrap_or_else(|| relation.schema.name().to_owned()),
    };
    let mut dates = Vec::new();
    dates.extend(relation.start.map(|date| format!("since {date}")));
    dates.extend(relation.end.map(|date| format!("until {date}")));
    let mut evidence = relation.evidence.clone();
    let (quote, word) = (evidence.quote.take(), evidence.on_whose_word.take());
    NetworkRelation {
        from,
        to,
        schema: relation.schema.name().to_owned(),
        label,
        stated,
        status: if stated == Stated::Listed { String::new() } else { relation.status.name().to_owned() },
        dates: dates.join(" "),
        source: graph.cite(&evidence),
        quote: quote.map(|quote| quote.text.to_string()),
        on_whose_word: word.map(String::from),
    }
}

/// The proof of a verdict. `None`: there is none to give, for it is on the list, or nobody owns it that a source states.
fn proof(assessment: &Assessment<'_>, node: Node) -> Option<OwnershipProof> {
    let (graph, regime) = (assessment.graph(), assessment.terms().regime);
    let proof = assessment.proof(node);
    if matches!(proof.because, Because::Listed | Because::NoStake) {
        return None;
    }
    let lines = proof.lines(graph, regime);
    let (first, rest) = lines.split_first()?;
    let mut steps = nested(rest);
    if !assessment.is_certain(node) {
        let text = "This rests on who is taken for a listed party: see that it is the same.".to_owned();
        steps.push(ProofStep { text, ..ProofStep::default() });
    }
    Some(OwnershipProof {
        caption: graph.caption(node).to_owned(),
        standing: standing(assessment, node),
        sentence: first.text.clone(),
        steps,
    })
}

/// Lines with their depths as lists in lists; the sources of a step stand with it.
fn nested(lines: &[ProofLine]) -> Vec<ProofStep> {
    let Some(depth) = lines.first().map(|line| line.depth) else { return Vec::new() };
    let mut steps = Vec::new();
    let mut rest = lines;
    while let Some((line, below)) = rest.split_first() {
        let end = below.iter().position(|line| line.depth <= depth).unwrap_or(below.len());
        let (own, later) = below.split_at(end);
        let sources = own.iter().take_while(|line| line.is_source).count();
        steps.push(ProofStep {
            text: line.text.clone(),
            sources: own[..sources].iter().map(|line| line.text.clone()).collect(),
            steps: nested(&own[sources..]),
        });
        rest = later;
    }
    steps
}

fn rule(terms: Terms) -> String {
    let rule = match terms.regime {
        Regime::Ofac => {
            "OFAC's 50 percent rule: blocked is whatever blocked persons, added up, own to 50 percent or more, directly \
             or through what is blocked in that way; control is not ownership"
        }
        Regime::Uk => {
            "The United Kingdom's rule: more than 50 percent of the shares or votes with one designated person, or control"
        }
        Regime::Eu => {
            "The European Union's rule: 50 percent or more with designated persons, added up, or control"
        }
    };
    let day = terms.as_of.map_or("stakes without an end".to_owned(), |day| format!("stakes on {day}"));
    let unknown = match terms.remainder {
        Remainder::Unknown => "what has no owner that a source states may be listed parties'",
        Remainder::Others => "what has no owner that a source states is taken for others'",
    };
    format!("{rule}. Looked at are {day}; {unknown}.")
}

fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::List => "a list",
        SourceKind::Document => "claims of a document",
        SourceKind::FollowTheMoney => "FollowTheMoney entities",
        SourceKind::Bods => "statements of the Beneficial Ownership Data Standard",
        SourceKind::Table => "a table of owners",
        SourceKind::Screening => "names screened against the lists",
        _ => "another source",
    }
}

fn several(names: Vec<String>) -> String {
    match &names[..] {
        [one] => one.clone(),
        [first, .., last] if names.len() == 2 => format!("{first} and {last}"),
        [first, ..] => format!("{first} and {} others", names.len() - 1),
        [] => String::new(),
    }
}
