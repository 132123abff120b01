//! The rules on cases whose answer is known. `docs/network.md` says where each comes from and how it was checked.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::network;
use model::PartialDate;
use network::ownership::{Regime, Remainder, Terms, Tie, Why, assess};

/// Network, blocked persons, what is expected of each company: `B` blocked, `P` possible, `N` not blocked, with the interval of
/// shares.
type Case = (&'static str, &'static str, &'static str, &'static str);

const OFAC: &[Case] = &[
    // FAQ 401, examples 1 to 5.
    ("401.1", "X,A,50; A,B,50", "X", "A B 50 %; B B 50 %"),
    ("401.2", "X,A,50; X,B,50; A,C,25; B,C,25", "X", "A B 50 %; B B 50 %; C B 50 %"),
    ("401.3", "X,A,50; X,B,10; A,B,40", "X", "A B 50 %; B B 50 %"),
    ("401.4", "X,A,50; X,B,25; A,C,25; B,C,25", "X", "A B 50 %; B N 25 %; C N 25 %"),
    ("401.5", "X,A,25; X,B,25; A,C,50; B,C,50", "X", "A N 25 %; B N 25 %; C N 0 %"),
    // FAQ 399: all blocked persons together.
    ("399", "X,A,25; Y,A,25", "X Y", "A B 50 %"),
    ("399, one of them not blocked", "X,A,25; Y,A,25", "X", "A N 25 %"),
    // FAQ 398: ownership, not control.
    ("398", "X,A,49,,,; X,A,,,,control; X,A,100,,,votes", "X", "A N 49 %"),
    // FAQ 402: what was sold is no longer owned.
    ("402", "X,A,60,2015,2020; X,A,20,2020-02-01", "X", "A N 20 %"),
    // A hair less is less, and fractions are exact.
    ("nearly", "X,A,49.9999999999", "X", "A N 50.00 % (499999999999/1000000000000)"),
    ("thirds", "X,A,1/3; Y,A,1/6", "X Y", "A B 50 %"),
    // A chain counts wholly or not at all; it is never multiplied.
    ("chain", "X,A,50; A,B,50; B,C,50; C,D,49", "X", "A B 50 %; B B 50 %; C B 50 %; D N 49 %"),
    ("a break", "X,A,100; A,B,49; B,C,100", "X", "A B 100 %; B N 49 %; C N 0 %"),
    ("a diamond", "X,A,50; A,B,30; A,C,60; C,B,20", "X", "A B 50 %; B B 50 %; C B 60 %"),
    // Ranges, as registers of people with significant control have them.
    (
        "bands",
        "X,A,25-50; X,B,50-75; X,C,75+; X,D,>50; X,E,<50",
        "X",
        "A P 25 % to 50 %; B B 50 % to 75 %; C B 75 % to 100 %; D B more than 50 % to 100 %; E N 0 % to less than 50 %",
    ),
    ("bands add up", "X,A,25-50; Y,A,25-50", "X Y", "A B 50 % to 100 %"),
    ("unknown", "X,A,", "X", "A P 0 % to 100 %"),
    ("what others surely own is not theirs", "X,A,; N,A,60", "X", "A N 0 % to 40 %"),
    ("others leave exactly half", "X,A,; N,A,50", "X", "A P 0 % to 50 %"),
    ("others leave less than half", "X,A,; N,A,>50", "X", "A N 0 % to less than 50 %"),
    ("possible goes on", "X,A,40-60; A,B,100", "X", "A P 40 % to 60 %; B P 0 % to 100 %"),
    ("possible and certain", "X,A,40-60; A,B,30; X,B,50", "X", "A P 40 % to 60 %; B B 50 % to 80 %"),
    // Rings and cross-holdings.
    ("a ring of nobody's", "A,B,60; B,A,60", "X", "A N 0 %; B N 0 %"),
    ("a ring that is entered", "A,B,50; B,A,30; X,A,20; X,B,", "X", "A P 20 % to 50 %; B P 0 % to 100 %"),
    ("a ring with a majority", "X,A,50; A,B,60; B,A,40", "X", "A B 90 %; B B 60 %"),
    ("cross-holding lifts", "X,A,40; X,B,50; A,B,20; B,A,20", "X", "A B 60 %; B B 70 %"),
    // Contradictions: what the others leave is certain.
    ("over the whole", "X,A,60; N,A,60", "X", "A P 40 % to 60 %"),
    ("over the whole, and yet", "X,A,80; N,A,30", "X", "A B 70 % to 80 %"),
    ("over the whole alone", "X,A,60; Y,A,60", "X Y", "A B 100 %"),
    // One source that says it twice.
    ("two rows", "X,A,30; X,A,20", "X", "A P 30 % to 50 %"),
    ("the same row twice", "X,A,30; X,A,30", "X", "A N 30 %"),
    ("nobody is blocked", "X,A,100", "", "A N 0 %"),
];

const UK: &[Case] = &[
    ("half is not more than half", "X,A,50; X,B,50.01", "X", "A N 50 %; B B 50.01 %"),
    ("holdings are not added up", "X,A,40; Y,A,40", "X Y", "A N 40 %"),
    ("held jointly", "X,A,40,,,,j; Y,A,20,,,,j", "X Y", "A B 60 %"),
    ("arranged with somebody else", "X,A,40,,,,j; N,A,20,,,,j", "X", "A B 60 %"),
    ("votes", "X,A,20; X,A,60,,,votes", "X", "A B 20 %"),
    ("control that is stated", "X,A,,,,control", "X", "A B "),
    ("a director", "X,A,,,,director", "X", "A P "),
    ("indirectly, one person's", "X,A,51; A,B,51", "X", "A B 51 %; B B 51 %"),
    ("indirectly, two persons'", "X,A,51; Y,B,51; A,C,30; B,C,30", "X Y", "A B 51 %; B B 51 %; C N 30 %"),
    ("through control", "X,A,,,,control; A,B,51", "X", "A B ; B B 51 %"),
    ("bands", "X,A,50-75; X,B,>50", "X", "A P 50 % to 75 %; B B more than 50 % to 100 %"),
];

const EU: &[Case] = &[
    ("half is enough", "X,A,50", "X", "A B 50 %"),
    ("added up", "X,A,30; Y,A,25", "X Y", "A B 55 %"),
    ("control that is stated", "X,A,,,,control; A,B,50", "X", "A B ; B B 50 %"),
    ("a director", "X,A,,,,director", "X", "A P "),
    ("half of the votes is no majority", "X,A,50,,,votes; X,B,51,,,votes", "X", "A N ; B B "),
];

fn shown(rows: &str, blocked: &str, terms: Terms) -> String {
    let (graph, blocked) = network(rows, blocked);
    let all = assess(&graph, &blocked, terms);
    let mut companies: Vec<String> = (graph.nodes())
        .filter(|node| !blocked.contains_key(node) && graph.edges().any(|edge| graph.ends(edge).1 == *node))
        .map(|node| {
            let verdict = ["N", "P", "B"][all.verdict(node) as usize];
            let shares = all.shares(node).map_or(String::new(), |shares| shares.in_words());
            format!("{} {verdict} {shares}", graph.caption(node))
        })
        .collect();
    companies.sort();
    companies.join("; ")
}

fn check(regime: Regime, cases: &[Case]) {
    for (what, rows, blocked, expected) in cases {
        let terms = Terms { regime, as_of: None, remainder: Remainder::Others };
        assert_eq!(shown(rows, blocked, terms), *expected, "{what}");
    }
}

#[test]
fn ofac() {
    check(Regime::Ofac, OFAC);
}

#[test]
fn united_kingdom() {
    check(Regime::Uk, UK);
}

#[test]
fn european_union() {
    check(Regime::Eu, EU);
}

#[test]
fn dates() {
    let rows = "X,A,60,2020-03-01,2021-06-30; X,B,60,2021; X,C,60,,2020-06";
    let day = |y, m, d| PartialDate::day(y, m, d);
    let cases = [
        (None, "A N ; B B 60 %; C N "),
        (day(2019, 12, 31), "A N ; B N ; C B 60 %"),
        (day(2020, 3, 1), "A B 60 %; B N ; C B 60 %"),
        (day(2020, 6, 15), "A B 60 %; B N ; C P 0 % to 60 %"),
        (day(2021, 6, 30), "A B 60 %; B P 0 % to 60 %; C N "),
        (day(2022, 1, 1), "A N ; B B 60 %; C N "),
    ];
    for (as_of, expected) in cases {
        let terms = Terms { regime: Regime::Ofac, as_of, remainder: Remainder::Others };
        assert_eq!(shown(rows, "X", terms), expected, "{as_of:?}");
    }
    // The European Union asked for more than half until 3 July 2024.
    for (as_of, expected) in [(day(2024, 7, 2), "A N 50 %"), (day(2024, 7, 3), "A B 50 %")] {
        let terms = Terms { regime: Regime::Eu, as_of, remainder: Remainder::Others };
        assert_eq!(shown("X,A,50", "X", terms), expected, "{as_of:?}");
    }
}

#[test]
fn what_nobody_is_said_to_own() {
    let terms = |remainder| Terms { regime: Regime::Ofac, as_of: None, remainder };
    let rows = "X,A,30; N,A,20; N,B,20; X,C,30; N,C,60";
    assert_eq!(shown(rows, "X", terms(Remainder::Others)), "A N 30 %; B N 0 %; C N 30 %");
    let unknown = "A P 30 % to 80 %; B N 0 %; C N 30 % to 40 %";
    assert_eq!(shown(rows, "X", terms(Remainder::Unknown)), unknown);
}

#[test]
fn who_is_taken_for_a_listed_party() {
    let tie = |certain| {
        Why::TakenFor(Tie { id: "X".into(), caption: "X".into(), evidence: "by his name".into(), certain })
    };
    // Rule, whether the tie is certain, what is expected of each company: the verdict, `?` where it rests on the tie.
    let rows = [
        (Regime::Ofac, false, "A Blocked?; B Blocked; C Blocked?"),
        (Regime::Ofac, true, "A Blocked; B Blocked; C Blocked"),
        // X and who is taken for him are one person, whose holdings are added up.
        (Regime::Uk, false, "A Blocked?; B Blocked; C Blocked?"),
        (Regime::Uk, true, "A Blocked; B Blocked; C Blocked"),
    ];
    for (regime, certain, expected) in rows {
        let (graph, mut blocked) = network("X,A,30; Xavier,A,30; X,B,60; Xavier,C,60", "X");
        blocked.insert(graph.node("Xavier").unwrap(), tie(certain));
        let all = assess(&graph, &blocked, Terms { regime, as_of: None, remainder: Remainder::Others });
        let shown: Vec<String> = (["A", "B", "C"].iter())
            .map(|id| {
                let node = graph.node(id).unwrap();
                let rests = if all.is_certain(node) { "" } else { "?" };
                assert!(
                    rests.is_empty() || !all.proof(node).ties().is_empty(),
                    "{id}: the proof names the tie"
                );
                format!("{id} {:?}{rests}", all.verdict(node))
            })
            .collect();
        assert_eq!(shown.join("; "), expected, "{regime:?}, {certain}");
    }
}

#[test]
fn contradictions_name_their_rows() {
    let (mut graph, blocked) = network("X,A,60; N,A,60; X,B,20", "X");
    network::read::file(&mut graph, "other.csv", "owner,asset,percentage\nX,B,70\n").unwrap();
    let terms = Terms { regime: Regime::Ofac, as_of: None, remainder: Remainder::Others };
    let all = assess(&graph, &blocked, terms);
    let told: Vec<String> = (all.contradictions().iter())
        .map(|c| {
            let rows: Vec<String> =
                c.relations.iter().map(|edge| graph.cite(&graph.relation(*edge).evidence)).collect();
            format!("{} [{}]", c.what, rows.join("; "))
        })
        .collect();
    let expected = [
        "the sources do not agree on what X has of B: anything from the least to the greatest is counted \
         [owners.csv line 4; other.csv line 2]",
        "the shares of A come to 120 %: of each holder what the others leave is counted for certain \
         [owners.csv line 2; owners.csv line 3]",
    ];
    assert_eq!(told, expected);
    let b = graph.node("B").unwrap();
    assert_eq!(all.shares(b).unwrap().in_words(), "20 % to 70 %");
}

#[test]
fn a_proof_that_can_be_read() {
    let (graph, blocked) = network("X,A,50; X,B,25; A,C,25; B,C,25; Y,C,30; A,A2,60; A2,A,20", "X Y");
    let terms = Terms { regime: Regime::Ofac, as_of: None, remainder: Remainder::Others };
    let all = assess(&graph, &blocked, terms);
    let text = |id: &str| -> String {
        let proof = all.proof(graph.node(id).unwrap());
        let line =
            |line: network::ownership::ProofLine| format!("{}{}\n", "  ".repeat(line.depth), line.text);
        proof.lines(&graph, Regime::Ofac).into_iter().map(line).collect()
    };
    let expected = "\
C is blocked under OFAC's 50 percent rule: blocked persons own 55 % of it.
  30 %: Y, who is on the list
    Ownership: owners.csv line 6
  25 %: A, which is blocked: blocked persons own 70 % of it
    Ownership: owners.csv line 4
    50 %: X, who is on the list
      Ownership: owners.csv line 2
    20 %: A2, which comes by it through this party: they own each other
      Ownership: owners.csv line 8
  25 %: B, which is not blocked: 25 % of it is no majority; not counted
    Ownership: owners.csv line 5
    25 %: X, who is on the list
      Ownership: owners.csv line 3
  no source states who owns up to 20 % of it
";
    assert_eq!(text("C"), expected);
}
