//! `interdict read`: documents on the command line.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{arg, json_lines, keys, run};
use insta::assert_snapshot;
use serde_json::Value;
use testkit::{Scratch, shared};

const REPORT: &str = include_str!("../../engine/data/demo/report.txt");

#[test]
fn the_embedded_report() {
    let scratch = Scratch::new();
    let report = scratch.file("report.txt", REPORT);
    let ran = run(&["read", arg(&report), "--list", "demo", "--format", "json"], "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let read: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(keys(&read), ["document", "format", "bytes", "warnings", "mentions", "parties", "claims"]);
    for mention in read["mentions"].as_array().unwrap() {
        let at = |key: &str| mention[key].as_u64().unwrap() as usize;
        assert_eq!(mention["text"], REPORT[at("start")..at("end")]);
        assert_eq!(mention["score"].is_null(), mention["entity"].is_null(), "{mention}");
    }
    for claim in read["claims"].as_array().unwrap() {
        let at = |key: &str| claim["quote"][key].as_u64().unwrap() as usize;
        assert_eq!(claim["quote"]["text"], REPORT[at("start")..at("end")]);
        assert_eq!(claim["attribution"][0]["role"], "document");
    }
    let listed: Vec<&str> =
        read["parties"].as_array().unwrap().iter().filter_map(|party| party["entity"].as_str()).collect();
    for id in
        ["ofac-26391", "ofac-33634", "ofac-33493", "ofac-33494", "ofac-33497", "ofac-33495", "ofac-33496"]
    {
        assert!(listed.contains(&id), "{id} of {listed:?}");
    }
    let table =
        run(&["read", arg(&report), "--list", "demo", "--format", "table", "--outlet", "The Ledger"], "");
    assert_snapshot!(table.stdout.replace(arg(&report), "report.txt"));
}

/// Folders of documents are sifted by those alone who are listed.
#[test]
fn the_listed_only() {
    let scratch = Scratch::new();
    let report = scratch.file("report.txt", REPORT);
    let clean = scratch.file("clean.txt", "John Smith of Acme Holdings Ltd was charged in March.");
    let ran =
        run(&["read", arg(&report), arg(&clean), "--list", "demo", "--listed-only", "--format", "jsonl"], "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let read = json_lines(&ran.stdout);
    assert!(read.iter().all(|read| read["listed_only"] == true));
    let listed =
        |value: &Value| value.as_array().unwrap().iter().filter(|of| !of["entity"].is_null()).count();
    let all = run(&["read", arg(&report), "--list", "demo", "--format", "json"], "");
    let all: Value = serde_json::from_str(&all.stdout).unwrap();
    for key in ["mentions", "parties"] {
        assert_eq!(read[0][key].as_array().unwrap().len(), listed(&all[key]), "{key}");
        assert!(read[1][key].as_array().unwrap().is_empty(), "{key}");
    }
    let table = run(&["read", arg(&clean), "--list", "demo", "--listed-only", "--format", "table"], "");
    assert!(table.stdout.contains("0 listed parties are named"), "{}", table.stdout);
    assert!(table.stdout.contains("Others are left out, as asked."), "{}", table.stdout);
}

/// Without the feature a model is refused before anything is read.
#[cfg(not(feature = "ner-onnx"))]
#[test]
fn a_build_without_models_says_so() {
    let ran = run(&["read", "report.txt", "--list", "demo", "--ner", "model.onnx"], "");
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("--features ner-onnx"), "{}", ran.stderr);
}

/// The report of the case: exactly the four records that it names.
#[test]
fn the_report_of_the_case() {
    let Some(report) = shared("report.txt") else { return };
    let Some(list) = shared("data/lists/ofac/sdn_2021-11-18.csv") else { return };
    let ran = run(&["read", arg(&report), "--list", arg(&list), "--format", "json"], "");
    let read: Value = serde_json::from_str(&ran.stdout).unwrap();
    let mut ids: Vec<&str> = read["mentions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|mention| mention["entity"].as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids, ["ofac-26391", "ofac-33495", "ofac-33496", "ofac-33634"]);
    assert!(read["claims"].as_array().unwrap().len() >= 20);
}

/// What cannot be read is named, the rest is read, and the page says both.
#[test]
fn a_failed_file_stops_no_other() {
    let scratch = Scratch::new();
    let good = scratch.file("good.txt", "Sajjad Kashian was charged with conspiracy.");
    let web =
        scratch.file("good.html", "<html><body><p>Emennet <b>Pasargad</b> was sanctioned.</body></html>");
    let broken = scratch.file("broken.pdf", b"%PDF-1.7 and no more");
    let page = scratch.path("page.html");
    let missing = scratch.path("missing.txt");
    let ran = run(
        &[
            "read",
            arg(&good),
            arg(&broken),
            arg(&missing),
            arg(&web),
            "--list",
            "demo",
            "--output",
            arg(&page),
            "--format",
            "jsonl",
        ],
        "",
    );
    assert_eq!(ran.status, 4, "{}", ran.stderr);
    let lines = json_lines(&ran.stdout);
    let named: Vec<&str> =
        lines.iter().map(|line| line["mentions"][0]["entity"].as_str().unwrap_or_default()).collect();
    assert_eq!(named, ["ofac-33496", "ofac-33634"]);
    for failed in ["broken.pdf", "missing.txt", "remedy"] {
        assert!(ran.stderr.contains(failed), "{failed}: {}", ran.stderr);
    }
    let page = std::fs::read_to_string(page).unwrap();
    for said in ["broken.pdf", "KASHIAN, Sajjad", "EMENNET PASARGAD", "conspiracy"] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn usage() {
    let scratch = Scratch::new();
    let text = scratch.file("a.txt", "nobody");
    let web = scratch.file("a.html", "<p>nobody</p>");
    let rows: [(&[&str], i32); 6] = [
        (&["read", "no-such-file.txt", "--list", "demo"], 3),
        (&["read", arg(&text), "--list", "demo", "--output", "page.json"], 2),
        (&["read"], 2),
        (&["read", arg(&text), "--list", "demo", "--format", "csv"], 2),
        (&["read", arg(&web), "--list", "demo", "--output", arg(&web)], 2),
        (&["read", arg(&text)], 3),
    ];
    for (args, status) in rows {
        assert_eq!(run(args, "").status, status, "{args:?}");
    }
}

#[test]
fn text_through_a_pipe() {
    let ran = run(&["read", "-", "--list", "demo", "--format", "json"], "Sajjad Kashian was charged.");
    assert!(ran.stdout.contains("ofac-33496"), "{} {}", ran.stdout, ran.stderr);
}
