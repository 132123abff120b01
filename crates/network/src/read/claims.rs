//! Claims that `interdict read` found in documents. They say that somebody owns or runs something; how much they do not say.

use model::{
    Claim, ClaimStatus, Entity, Locator, Named, PartialDate, Predicate, Property, Schema, SourceRole,
};
use serde_json::Value;

use super::{Account, json, text};
use crate::{Evidence, Graph, Holding, Node, Relation, Share, Source, SourceKind};

/// Puts the claims of a document into the graph. Those that are no relation of two parties (charges, deeds, countries,
/// listings) are passed over.
pub fn claims<'a>(graph: &mut Graph, document: &str, claims: impl IntoIterator<Item = &'a Claim>) -> Account {
    let source = Source { kind: SourceKind::Document, name: document.into(), version: None };
    let source = graph.add_source(source);
    let mut account = Account::default();
    for claim in claims {
        take(graph, source, claim, &mut account);
    }
    account
}

/// Reads what `interdict read` writes: documents with their claims, or claims alone, one a line.
pub(super) fn read(graph: &mut Graph, name: &str, file: &str) -> Account {
    let mut account = Account::default();
    let mut sources: Vec<(Box<str>, u32)> = Vec::new();
    json::each(file, |line, value| {
        let value = match value {
            Ok(value) => value,
            Err(error) => return account.problem(name, Some(line), format!("{error}: left out")),
        };
        let document = text(&value, "document").unwrap_or(name);
        let source = match sources.iter().find(|(known, _)| &**known == document) {
            Some((_, source)) => *source,
            None => {
                let source = Source { kind: SourceKind::Document, name: document.into(), version: None };
                let place = graph.add_source(source);
                sources.push((document.into(), place));
                place
            }
        };
        let alone = std::slice::from_ref(&value);
        let claims = value.get("claims").and_then(Value::as_array).map_or(alone, Vec::as_slice);
        for claim in claims {
            match Claim::from_json(claim) {
                Ok(claim) => take(graph, source, &claim, &mut account),
                Err(error) => account.problem(name, Some(line), format!("{error}: left out")),
            }
        }
    });
    account
}

fn take(graph: &mut Graph, source: u32, claim: &Claim, account: &mut Account) {
    let Some(ftm) = claim.predicate.ftm() else { return };
    if matches!(claim.predicate, Predicate::SanctionedBy | Predicate::DelistedBy) {
        return;
    }
    if claim.subject.key() == claim.object.key() {
        let name = graph.source(source).name.clone();
        let what = format!("{} {} itself: left out", claim.subject.name, claim.predicate.name());
        return account.problem(&name, None, what);
    }
    let before = graph.len();
    let (from, to) = (party(graph, &claim.subject), party(graph, &claim.object));
    account.parties += graph.len() - before;
    let holding = match claim.predicate {
        Predicate::Owns => Holding::Shares(Share::UNKNOWN),
        Predicate::DirectorOf => Holding::Influence,
        _ => Holding::Nothing,
    };
    let word = claim.attribution.iter().filter(|source| source.role != SourceRole::Document);
    let word: Vec<&str> = word.map(|source| &*source.name).collect();
    let evidence = Evidence {
        source,
        quote: Some(Box::new(claim.quote.clone())),
        on_whose_word: (!word.is_empty()).then(|| word.join(", ").into()),
        ..Evidence::default()
    };
    let mut relation = Relation::new(Schema::from_name(ftm.schema), holding, evidence);
    relation.role = Some(claim.predicate.name().into());
    relation.status = claim.status;
    // The document's date is when it is said to be so: of what is over it is the end, of all else no beginning.
    if claim.status == ClaimStatus::Historical {
        relation.end = claim.date.as_deref().and_then(PartialDate::parse);
    }
    graph.relate(from, to, relation);
    account.relations += 1;
}

/// The listed party, else whoever has that name already, else somebody new.
fn party(graph: &mut Graph, named: &Named) -> Node {
    let known = |graph: &Graph, id: &str| graph.node(id).is_some_and(|node| !graph.party(node).bare);
    let id = named.key();
    if !known(graph, id) {
        let mut entity = Entity::new(id, Schema::LegalEntity);
        entity.add(Property::Name, &named.name, Locator::Direct);
        return graph.add_party(entity, None);
    }
    graph.party_of(id)
}

#[cfg(test)]
mod tests {
    use model::{Quote, Source as Word};

    use super::*;

    fn claim(subject: Named, predicate: Predicate, object: Named, status: ClaimStatus) -> Claim {
        let attribution = vec![
            Word { name: "report.txt".into(), role: SourceRole::Document },
            Word { name: "the Treasury".into(), role: SourceRole::Authority },
        ];
        let quote = Quote { text: "manages".into(), start: 4, end: 11, page: None };
        Claim { subject, predicate, object, status, attribution, date: None, quote }
    }

    #[test]
    fn relations_alone_with_their_words() {
        let manager = || Named::listed("Shirinkar", "ofac-26391");
        let company = || Named::unlisted("Emennet Pasargad");
        let claims = [
            claim(manager(), Predicate::DirectorOf, company(), ClaimStatus::Asserted),
            claim(manager(), Predicate::Did, Named::unlisted("threats"), ClaimStatus::Alleged),
            claim(manager(), Predicate::Owns, company(), ClaimStatus::Denied),
            claim(manager(), Predicate::FamilyOf, manager(), ClaimStatus::Asserted),
        ];
        let lines: String = claims.iter().map(|claim| format!("{}\n", claim.to_json())).collect();
        let mut graph = Graph::new();
        let account = super::super::file(&mut graph, "claims.jsonl", &lines).unwrap();
        assert_eq!((account.parties, account.relations, account.problems.len()), (2, 2, 1));
        let edge = graph.edges().next().unwrap();
        let relation = graph.relation(edge);
        assert_eq!(graph.cite(&relation.evidence), "claims.jsonl bytes 4 to 11: \"manages\" (the Treasury)");
        assert_eq!(relation.holding, Holding::Influence);
        assert_eq!(graph.node("Emennet Pasargad"), Some(graph.ends(edge).1));
    }
}
