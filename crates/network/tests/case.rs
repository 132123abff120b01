//! The case of 18 November 2021: OFAC's list of that day, and what was said of the company's people.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use lists::SourceFile;
use model::{Claim, ClaimStatus, Named, Predicate, Quote, Source, SourceRole};
use network::ownership::{Blocked, Regime, Remainder, Terms, Verdict, Why, assess};
use network::{Graph, Node, read};
use testkit::shared_bytes;

fn claim(subject: &str, predicate: Predicate, object: Named, words: &str) -> Claim {
    Claim {
        subject: Named::listed(subject, subject),
        predicate,
        object,
        status: ClaimStatus::Asserted,
        attribution: vec![Source { name: "report.txt".into(), role: SourceRole::Document }],
        date: None,
        quote: Quote { text: words.into(), start: 100, end: 100 + words.len(), page: None },
    }
}

fn case() -> Option<(Graph, read::Account)> {
    let bytes = shared_bytes("data/lists/ofac/sdn_2021-11-18.csv")?;
    let list = lists::read(&SourceFile { name: "sdn.csv", bytes: &bytes }, &[]).unwrap();
    let mut graph = Graph::new();
    let account = read::list(&mut graph, &list.dataset, "sha256:0", &list.entities, &list.relations);
    let company = || Named::listed("Emennet Pasargad", "ofac-33634");
    let claims = [
        claim("ofac-26391", Predicate::DirectorOf, company(), "its manager"),
        claim("ofac-33495", Predicate::EmployedBy, company(), "worked for the company"),
        claim("ofac-33496", Predicate::EmployedBy, company(), "worked for the company"),
        claim(
            "ofac-33634",
            Predicate::Formerly,
            Named::listed("Net Peygard", "ofac-26390"),
            "formerly known as",
        ),
        claim("ofac-33634", Predicate::Owns, Named::unlisted("Pasargad Games Ltd"), "which it owns"),
    ];
    read::claims(&mut graph, "report.txt", &claims);
    Some((graph, account))
}

#[test]
fn the_seven_parties_hang_together() {
    let Some((graph, _)) = case() else { return };
    let node = |id: &str| graph.node(id).unwrap();
    let company = node("ofac-33634");
    let around = graph.around(&[company], 1);
    let near: Vec<&str> = around.parties.iter().map(|(node, _)| &*graph.party(*node).entity.id).collect();
    let people =
        ["ofac-33493", "ofac-33494", "ofac-33495", "ofac-33496", "ofac-33497", "ofac-26391", "ofac-26390"];
    for id in people {
        assert!(near.contains(&id), "{id} is not one hop from the company: {near:?}");
    }
    // A director whom the list links to the company, and the manager, of whom only the document says so.
    let path = graph.shortest_path(node("ofac-33493"), node("ofac-26391")).unwrap();
    let over: Vec<Node> = path.iter().map(|(_, node)| *node).collect();
    assert_eq!(over, [company, node("ofac-26391")]);
    let said: Vec<String> = path.iter().map(|(edge, _)| graph.said_where(*edge)).collect();
    assert!(
        said[0].starts_with("UnknownLink (Linked To): ofac_sdn sha256:0 record ofac-33493-link-1 line "),
        "{said:?}"
    );
    assert_eq!(said[1], "Directorship (director_of): report.txt bytes 100 to 111: \"its manager\"");
    let common = graph.common_links(node("ofac-33493"), node("ofac-33497"));
    assert_eq!(common.iter().map(|(node, ..)| *node).collect::<Vec<_>>(), [company]);
}

#[test]
fn a_claim_of_ownership_blocks_nobody() {
    let Some((graph, _)) = case() else { return };
    let blocked: Blocked = graph.listed().map(|node| (node, Why::Listed)).collect();
    let all =
        assess(&graph, &blocked, Terms { regime: Regime::Ofac, as_of: None, remainder: Remainder::Others });
    let games = graph.node("Pasargad Games Ltd").unwrap();
    assert_eq!(all.verdict(games), Verdict::Possible, "how much it owns is not said");
    let proof = all.proof(games);
    assert_eq!(proof.persons(), [graph.node("ofac-33634").unwrap()]);
    assert!(graph.said_where(proof.stakes[0].relations[0]).contains("\"which it owns\""));
}

#[test]
fn names_that_lead_to_nobody_are_counted() {
    let Some((graph, account)) = case() else { return };
    assert_eq!((account.parties, account.relations), (9108, 3418));
    assert_eq!((account.unresolved.len(), account.ambiguous.len()), (6, 1), "{account:?}");
    for name in &account.unresolved {
        assert!(!graph.find(name).is_empty(), "{name} is kept");
    }
}
