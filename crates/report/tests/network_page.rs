//! The page of a network: what it says and draws, and that nothing of a name gets out of its text.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use report::{
    NetworkParty, NetworkRelation, NetworkReport, NetworkView, OwnershipProof, PartyStanding, ProofStep,
    Stated, network_page, network_section,
};

const HOSTILE: &str = "</title></style><script>alert(1)</script><img src=x onerror=\"alert(2)\">&amp;'";

fn party(caption: &str, schema: &str, standing: PartyStanding, note: &str) -> NetworkParty {
    NetworkParty {
        id: format!("id-{caption}"),
        caption: caption.to_owned(),
        schema: schema.to_owned(),
        standing,
        note: note.to_owned(),
        asked: standing == PartyStanding::Owned,
    }
}

fn relation(from: usize, to: usize, schema: &str, label: &str, stated: Stated) -> NetworkRelation {
    NetworkRelation {
        from,
        to,
        schema: schema.to_owned(),
        label: label.to_owned(),
        stated,
        status: "asserted".to_owned(),
        source: "owners.csv line 2".to_owned(),
        ..NetworkRelation::default()
    }
}

fn report() -> NetworkReport {
    let parties = vec![
        party("Acme Trading Ltd", "Company", PartyStanding::Owned, "stake 60 %"),
        party("DOE, Jane", "Person", PartyStanding::Listed, "ALPHA"),
        party("سید محمد حسین موسی کاظمی", "Person", PartyStanding::TakenFor, "x-1"),
        party("Half Known", "Company", PartyStanding::Possible, ""),
        party("ROE, Richard", "Person", PartyStanding::NotBlocked, ""),
    ];
    let mut relations = vec![
        relation(1, 0, "Ownership", "owns 60 %", Stated::Listed),
        relation(2, 0, "Directorship", "director of", Stated::Claimed),
        relation(2, 3, "Ownership", "owns 25 % to 75 %", Stated::Past),
        relation(4, 1, "Family", "family of", Stated::Alleged),
        relation(0, 0, "Ownership", "owns 1 %", Stated::Claimed),
    ];
    relations[1].quote = Some("Kazemi directs Acme".to_owned());
    relations[1].on_whose_word = Some("the Treasury".to_owned());
    relations[0].dates = "since 2019".to_owned();
    let leaf = ProofStep {
        text: "60 %: DOE, Jane, who is on the list".to_owned(),
        sources: vec!["Ownership: owners.csv line 2".to_owned()],
        steps: Vec::new(),
    };
    let proof = OwnershipProof {
        caption: "Acme Trading Ltd".to_owned(),
        standing: PartyStanding::Owned,
        sentence: "Acme Trading Ltd is blocked.".to_owned(),
        steps: vec![ProofStep { text: "outer".to_owned(), sources: Vec::new(), steps: vec![leaf] }],
    };
    NetworkReport {
        title: "The network of Acme Trading Ltd".to_owned(),
        introduction: vec!["Everybody within 1 relation of it.".to_owned()],
        network: NetworkView {
            title: "The network of Acme Trading Ltd".to_owned(),
            parties,
            relations,
            proofs: vec![proof],
        },
        rule: "OFAC's 50 percent rule.".to_owned(),
        engine: "interdict 0".to_owned(),
        ..NetworkReport::default()
    }
}

#[test]
fn a_small_network() {
    let section = network_section(&report().network, "network", "The network").into_string();
    insta::assert_snapshot!(section.replace("><", ">\n<"));
}

#[test]
fn all_is_on_the_page_in_words() {
    let page = network_page(&report());
    for said in [
        "<h1>The network of Acme Trading Ltd</h1>",
        "role=\"img\" aria-labelledby=\"network-title network-desc\"",
        "<title id=\"network-title\">The network of Acme",
        "direction=\"rtl\">سید",
        "blocked by ownership or control",
        "possibly blocked",
        "alleged: not decided",
        "<q class=\"quote\"><bdi>Kazemi directs Acme</bdi></q>",
        "by the word of <bdi>the Treasury</bdi>",
        "<bdi>owns 1 %</bdi>",
        "0 parties and 1 relation stand in the tables alone.",
        "<p class=\"cited\"><bdi>Ownership: owners.csv line 2</bdi></p>",
        ", since 2019",
    ] {
        assert!(page.contains(said), "no {said}\n{page}");
    }
    assert_eq!(page.matches("<tr>").count(), 2 + 5 + 5, "a row for each party and relation, and two heads");
    assert_eq!(page, network_page(&report()), "the same view gives the same page");
}

#[test]
fn nothing_of_a_name_gets_out_of_its_text() {
    let mut report = report();
    let text = HOSTILE.to_owned();
    report.title.clone_from(&text);
    report.notices = vec![text.clone()];
    report.sources = vec![(text.clone(), text.clone())];
    report.network.title.clone_from(&text);
    for party in &mut report.network.parties {
        (party.id, party.caption) = (text.clone(), text.clone());
        (party.schema, party.note) = (text.clone(), text.clone());
    }
    for relation in &mut report.network.relations {
        (relation.schema, relation.label) = (text.clone(), text.clone());
        (relation.status, relation.source) = (text.clone(), text.clone());
        (relation.quote, relation.on_whose_word) = (Some(text.clone()), Some(text.clone()));
    }
    for proof in &mut report.network.proofs {
        (proof.caption, proof.sentence) = (text.clone(), text.clone());
        proof.steps[0].text.clone_from(&text);
        proof.steps[0].sources = vec![text.clone()];
    }
    // A relation that leads nowhere is left in its table.
    report.network.relations[0].to = 99;
    let page = network_page(&report);
    for never in ["<script", "<img", "onerror=\"alert"] {
        assert!(!page.contains(never), "{never}\n{page}");
    }
    assert_eq!(page.matches("</style>").count(), 1, "our own");
}
