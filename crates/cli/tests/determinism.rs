//! The same input gives the same bytes: with one thread and with two, again and again, with the index and without.
//!
//! On a few hundred queries against the SDN of 2023-12-28 where `../shared` has them, else on the embedded case.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::PathBuf;

use common::{arg, json_lines, run};
use testkit::{Scratch, shared};

/// Rows of each file of queries.
const EACH: usize = 150;

/// A customer file and a list to screen it against.
fn input(scratch: &Scratch) -> (PathBuf, String) {
    let (list, altered, unlisted) = (
        shared("data/lists/ofac/2023-12-28/sdn.csv"),
        shared("data/eval/q_pos.csv"),
        shared("data/eval/q_neg_names.csv"),
    );
    let (Some(list), Some(altered), Some(unlisted)) = (list, altered, unlisted) else {
        let customers = include_str!("../../engine/data/demo/customers.csv");
        let (header, rows) = customers.split_once('\n').unwrap();
        // More rows than are held in memory at a time: the order must hold from one handful to the next.
        return (scratch.file("customers.csv", format!("{header}\n{}", rows.repeat(80))), "demo".to_owned());
    };
    let mut text = "id,schema,name\n".to_owned();
    for file in [altered, unlisted] {
        let rows = std::fs::read_to_string(file).unwrap();
        let mut rows = rows.lines();
        assert_eq!(rows.next(), Some("id,schema,name"));
        rows.take(EACH).for_each(|row| text += &format!("{row}\n"));
    }
    (scratch.file("customers.csv", text), arg(&list).to_owned())
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let scratch = Scratch::new();
    let (customers, list) = input(&scratch);
    let rows = std::fs::read_to_string(&customers).unwrap().lines().count() - 1;
    let runs: [&[&str]; 5] = [
        &["--threads", "1"],
        &["--threads", "2"],
        &["--threads", "2"],
        &["--threads", "1"],
        &["--threads", "2", "--exhaustive"],
    ];
    let mut first: Option<(String, String)> = None;
    for (n, how) in runs.into_iter().enumerate() {
        let output = scratch.path(format!("{n}.jsonl"));
        let args = [
            "screen",
            "--input",
            arg(&customers),
            "--output",
            arg(&output),
            "--list",
            &list,
            "--threshold",
            "0.5",
        ];
        let ran = run(&[&args[..], how].concat(), "");
        assert_eq!(ran.status, 0, "{how:?}: {}", ran.stderr);
        let text = std::fs::read_to_string(&output).unwrap();
        let receipt = std::fs::read_to_string(scratch.path(format!("{n}.jsonl.run.json"))).unwrap();
        let counts =
            receipt.split("\"rows\": {").nth(1).and_then(|rest| rest.split('}').next()).unwrap().to_owned();
        match &first {
            None => {
                let lines = json_lines(&text);
                assert_eq!(lines.len(), rows, "a line for every row");
                let found =
                    lines.iter().filter(|l| l["results"].as_array().is_some_and(|r| !r.is_empty())).count();
                assert!(found * 3 > rows, "{found} of {rows} rows with a result: this would prove little");
                first = Some((text, counts));
            }
            Some((expected, counts_then)) => {
                let differs = text.lines().zip(expected.lines()).position(|(a, b)| a != b);
                assert!(text == *expected, "run {n} {how:?} differs first in line {differs:?}");
                assert_eq!(counts, *counts_then, "run {n} {how:?}: the receipts count the same");
            }
        }
    }
}
