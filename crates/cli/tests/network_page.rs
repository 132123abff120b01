//! The page of `interdict network`, of the embedded case.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{arg, run};
use testkit::Scratch;

#[test]
fn the_seven_parties_with_their_offices() {
    let scratch = Scratch::new();
    let path = scratch.path("network.html");
    let args = ["network", "EMENNET PASARGAD", "--list", "demo", "--output", arg(&path)];
    let page = || {
        assert_eq!(run(&args, "").status, 0);
        std::fs::read_to_string(&path).unwrap()
    };
    let first = page();
    for said in [
        "<h1>The network of EMENNET PASARGAD</h1>",
        "8 parties and 10 relations",
        ">director of</text>",
        ">employed by</text>",
        ">Linked To</text>",
        ">formerly</text>",
        "Sajjad Kashian is an employee of the company.",
        "by the word of <bdi>Office of Foreign Assets Control</bdi>",
        "dataset ofac_sdn",
    ] {
        assert!(first.contains(said), "no {said}\n{first}");
    }
    assert_eq!(page(), first, "the same page each time");
}

#[test]
fn a_page_has_no_other_form() {
    let ran = run(&["network", "ofac-33634", "--list", "demo", "--output", "n.html", "--format", "csv"], "");
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("leave out --format"), "{}", ran.stderr);
}
