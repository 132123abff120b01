//! What is written: whole or not at all, in the order of what was read, and never over it.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write;

use common::{Faults, arg, run};
use testkit::Scratch;

/// A download that broke off: some rows can be read before the damage.
fn broken_off() -> Vec<u8> {
    let row = |n: u32| format!("r{n},Person {:x} Smith\n", n.wrapping_mul(2_654_435_761));
    let rows = "id,name\n".to_owned() + &(0..20_000).map(row).collect::<String>();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(rows.as_bytes()).unwrap();
    let mut packed = packed.finish().unwrap();
    packed.truncate(packed.len() / 2);
    packed
}

/// A run that fails leaves the output of the run before as it was.
#[test]
fn an_earlier_output_survives_a_failed_run() {
    let scratch = Scratch::new();
    let (input, output) = (scratch.file("c.csv.gz", broken_off()), scratch.file("o", "before\n"));
    let ran = run(&["screen", "--input", arg(&input), "--output", arg(&output), "--list", "demo"], "");
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(&output).unwrap(), "before\n");
    assert!(!scratch.path("o.part").exists(), "and nothing of its own");
}

/// Output and receipt appear together or not at all, and nothing else is left behind.
#[test]
fn a_failed_run_leaves_nothing() {
    let scratch = Scratch::new();
    let input = scratch.file("c.csv", "id,name\na,Jane Doe\n");
    let folder = scratch.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let ran = run(&["screen", "--input", arg(&input), "--output", arg(&folder), "--list", "demo"], "");
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let mut left: Vec<_> =
        std::fs::read_dir(scratch.dir()).unwrap().map(|f| f.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["c.csv", "folder"]);
}

/// `--output` that is the input destroys the input while it is read (`compare`) or after (`screen`).
#[test]
fn the_input_is_never_the_output() {
    let scratch = Scratch::new();
    let rows: String = (0..20_000).map(|n| format!("name {n},name {n}\n")).collect();
    let pairs = scratch.file("pairs.csv", format!("name1,name2\n{rows}"));
    let mut faults = Faults::default();
    let ran = run(&["compare", "--pairs", arg(&pairs), "--output", arg(&pairs)], "");
    let kept = std::fs::read_to_string(&pairs).unwrap().lines().count();
    faults.unless((ran.status, kept) == (2, 20_001), || {
        format!("compare: status {}, {kept} of 20001 lines kept", ran.status)
    });
    let customers = scratch.file("c.csv", "id,name\na,Jane Doe\n");
    let ran = run(&["screen", "--input", arg(&customers), "--output", arg(&customers), "--list", "demo"], "");
    let kept = std::fs::read_to_string(&customers).unwrap() == "id,name\na,Jane Doe\n";
    faults
        .unless(ran.status == 2 && kept, || format!("screen: status {}, customers overwritten", ran.status));
}

/// All pairs come back; one that fails stands in its place, so that lines can be put side by side.
#[test]
fn pairs_that_fail_stay_in_their_place() {
    let scratch = Scratch::new();
    let pairs = scratch.file("pairs.csv", "name1,name2\nJane Doe,Jane Doe\nJane\nXi Wu,Xi Wu\n");
    let ran = run(&["compare", "--pairs", arg(&pairs)], "");
    assert_eq!((ran.status, ran.stdout.lines().count()), (4, 4), "{}", ran.stdout);
    assert_eq!(ran.stdout.lines().nth(2), Some("Jane,,0.0000,0.000,false"));
}

/// Never fail open where results are cut. JSON and the table say so; CSV cannot, so standard error must.
#[test]
fn csv_says_what_is_cut() {
    let scratch = Scratch::new();
    let rows: String = (0..20).map(|n| format!("{n},Person,Jane Doe{}\n", "e".repeat(n))).collect();
    let list = scratch.file("list.csv", format!("id,schema,name\n{rows}"));
    let ran = run(
        &["screen", "Jane Doe", "--list", arg(&list), "--threshold", "0", "--limit", "1", "--format", "csv"],
        "",
    );
    assert_eq!(ran.stdout.lines().count(), 2, "one result: {}", ran.stdout);
    Faults::default().unless_said("csv", &ran.stderr, &["1 of 20"]);
}
