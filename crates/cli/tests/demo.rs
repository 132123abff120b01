//! `interdict demo`: the embedded case end to end, told on the terminal and on one page.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use assert_cmd::Command;
use common::{Faults, arg, run};
use testkit::Scratch;

#[test]
fn the_embedded_case() {
    let scratch = Scratch::new();
    let ran = Command::new(env!("CARGO_BIN_EXE_interdict"))
        .arg("demo")
        .current_dir(scratch.dir())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
    let (stdout, page) = (
        String::from_utf8(ran.stdout).unwrap(),
        std::fs::read_to_string(scratch.path("interdict-demo.html")).unwrap(),
    );
    assert!(stdout.contains("report: interdict-demo.html"), "{stdout}");
    let mut faults = Faults::default();
    let table = page.split("<table class=\"customers\">").nth(1).unwrap().split("</table>").next().unwrap();
    for customer in 1..=16 {
        let (id, matched) = (format!("c-{customer:02}"), customer <= 8);
        let line = stdout.lines().find(|line| line.contains(&id)).unwrap_or_default();
        faults.unless(line.contains(if matched { "MATCH" } else { "clear" }), || format!("{id}: {line:?}"));
        let row = table.split("<tr>").find(|row| row.contains(&id)).unwrap_or_default();
        faults.unless(row.contains(if matched { ">Match<" } else { ">Clear<" }), || format!("{id}: {row}"));
    }
    let said = [
        "never stands in for a real list",
        "ELECTION-EO13848",
        "HRIT-IR",
        "weak alias",
        "ZAMANI, Hosein",
        "0067948431",
        "sdn.csv line",
        "EMENNET PASARGAD [ofac-33634]",
        env!("CARGO_PKG_VERSION"),
    ];
    faults.unless_said("page", &page, &said);
    let chain = [
        "Records taken one by one",
        "45 records",
        "Drawn from the exposed records",
        "Source not distinguishable",
        "office@bluegate.example.org",
        "that any listed party had part in it",
        "joint advisory AA20-304A",
        "US Department of the Treasury, OFAC",
    ];
    faults.unless_said("page", &page, &chain);
    faults.unless_said(
        "terminal",
        &stdout,
        &["45 of 240 records came back", "no find here leads from the operation to the parties"],
    );
    for person in include_str!("../../engine/data/demo/case/voters.csv").lines().skip(1) {
        let cells: Vec<&str> = person.split(',').collect();
        faults.unless(!page.contains(cells[1]) && !page.contains(cells[2]), || {
            format!("the page names {person}")
        });
    }
    faults.unless_said("terminal", &stdout, &said[..1]);
}

#[test]
fn the_same_page_each_time_and_over_an_old_one() {
    let scratch = Scratch::new();
    let page = scratch.file("page.html", "old");
    let mut pages = Vec::new();
    for _ in 0..2 {
        assert_eq!(run(&["demo", "--output", arg(&page)], "").status, 0);
        pages.push(std::fs::read_to_string(&page).unwrap());
    }
    assert!(pages[0] == pages[1] && pages[0].starts_with("<!DOCTYPE html>"));
}

#[test]
fn the_page_on_standard_output() {
    let ran = run(&["demo", "--output", "-"], "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("<!DOCTYPE html>") && ran.stdout.ends_with("</html>\n"), "{}", ran.stdout);
    assert!(ran.stderr.contains("never stands in for a real list"), "{}", ran.stderr);
}

#[test]
fn a_folder_that_is_not_there() {
    let scratch = Scratch::new();
    let ran = run(&["demo", "--output", arg(&scratch.path("none/page.html"))], "");
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("none/page.html") && ran.stderr.contains("remedy"), "{}", ran.stderr);
}
