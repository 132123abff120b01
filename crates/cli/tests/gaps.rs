//! What the contract asks for and the command does not do yet. Each test here fails and is ignored, with the reason;
//! who closes a gap takes the mark off and moves the test to the file where it belongs.
//!
//! `cargo test -p interdict --test gaps -- --ignored` shows which are still open.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Faults, arg, json_lines, run};
use serde_json::Value;
use testkit::Scratch;

fn listed(id: u32, name: &str) -> String {
    format!("{id},\"{name}\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
}

/// bad_input: a query of 5,000 characters must never panic. Builds without overflow checks (release) would go on with a
/// wrong weight instead.
#[test]
#[ignore = "names::population::information: (surprise - EASY) * SLOPE overflows i32 on a word of 4,000 letters"]
fn words_without_end() {
    let scratch = Scratch::new();
    for length in [1_000, 5_000, 100_000, 10 << 20] {
        let word = "x".repeat(length);
        let list = scratch.file("sdn.csv", listed(1, "MÜLLER, Jürgen") + &listed(5, &word));
        let input = scratch.file("c.csv", format!("id,name\na,Jürgen Müller\nb,{word}\n"));
        let output = scratch.path("o");
        let ran =
            run(&["screen", "--input", arg(&input), "--output", arg(&output), "--list", arg(&list)], "");
        assert_eq!(ran.status, 0, "{length} letters: {}", ran.stderr);
        let lines = json_lines(&std::fs::read_to_string(&output).unwrap());
        let best = |n: usize| lines[n]["results"][0]["id"].as_str();
        assert_eq!((best(0), best(1)), (Some("ofac-1"), Some("ofac-5")), "{length} letters");
    }
}

/// bad_input: a name of more than 64 words is compared by its first 64 only. That is a truncated query: it must be said.
#[test]
#[ignore = "screen does not look at names::Name::cut: words beyond 64 are left out in silence"]
fn a_name_that_is_cut_is_said() {
    let name = "ab ".repeat(100) + "Mohammad Bagher Shirinkar";
    let ran = run(&["screen", "--list", "demo", "--", &name], "");
    let said = ran.stderr.contains("64") || ran.stdout.contains("64") || ran.stdout.contains("cut");
    assert!(said, "status {}\n{}{}", ran.status, ran.stdout, ran.stderr);
}

/// bad_input: the next row has a quoted cell, whose first mark closes the open one: two rows come out as one bad row,
/// and the good one is neither screened nor named. The reader of lists does recover from this.
#[test]
#[ignore = "engine::records: a quotation mark left open swallows the next row that has one"]
fn an_open_quotation_mark_swallows_no_row() {
    let scratch = Scratch::new();
    let rows = "id,name\na,\"Roe, Ri\nb,\"SHIRINKAR, Mohammad Bagher\"\nc,Sajjad Kashian\n";
    let (input, output) = (scratch.file("c.csv", rows), scratch.path("o"));
    let ran = run(&["screen", "--input", arg(&input), "--output", arg(&output), "--list", "demo"], "");
    let lines = json_lines(&std::fs::read_to_string(&output).unwrap());
    assert_eq!((ran.status, lines.len()), (4, 3), "a line for every row: {}", ran.stderr);
    assert_eq!(lines[1]["results"][0]["id"], "ofac-26391");
}

/// bad_input: cp1252 is common; a customer file in it is read, so must be names on standard input.
#[test]
#[ignore = "screen - decodes lossily: cp1252 letters become U+FFFD, the name is cleared without a word"]
fn cp1252_on_standard_input() {
    let scratch = Scratch::new();
    let list = scratch.file("sdn.csv", listed(1, "MÜLLER, Jürgen"));
    let ran = run(&["screen", "-", "--list", arg(&list)], b"J\xFCrgen M\xFCller\n".to_vec());
    let lines = json_lines(&ran.stdout);
    assert_eq!(lines[0]["results"][0]["id"], "ofac-1", "{}{}", ran.stdout, ran.stderr);
}

/// exit_status: nothing on standard input is nobody screened. A broken pipeline must not pass for a clear answer.
#[test]
#[ignore = "screen - with empty input: status 0, no output, no word"]
fn no_name_on_standard_input() {
    let ran = run(&["screen", "-", "--list", "demo"], "\n \n");
    assert!(ran.stderr.contains("standard input"), "status {}", ran.status);
}

/// exit_status: a listed party that could not be read cannot be found: a failed row, status 4 (DESIGN sections 2, 4).
#[test]
#[ignore = "screen against a list with skipped rows: a warning and status 0; the receipt has their number, not which"]
fn rows_of_a_list_that_fail() {
    let scratch = Scratch::new();
    let list = scratch.file("sdn.csv", listed(1, "DOE, Jane") + "5,\"ROE, Richard\",\"individual\"\r\n");
    let (input, output) = (scratch.file("c.csv", "id,name\na,Xi Wu\n"), scratch.path("o"));
    let mut faults = Faults::default();
    for args in [
        &["screen", "Xi Wu"][..],
        &["screen", "--input", arg(&input)],
        &["screen", "--input", arg(&input), "--output", arg(&output)],
    ] {
        let ran = run(&[args, &["--list", arg(&list)]].concat(), "");
        faults.unless(ran.status == 4, || format!("{args:?}: status {}\n{}", ran.status, ran.stderr));
        faults.unless_said(args[1], &ran.stderr, &["sdn.csv line 2"]);
    }
}

/// exit_status: "4 ran, but rows or files failed (named on stderr ...)".
#[test]
#[ignore = "lists show ends with 4 and an empty standard error"]
fn lists_show_says_what_failed() {
    let scratch = Scratch::new();
    let list = scratch.file("sdn.csv", listed(1, "DOE, Jane") + "5,\"ROE, Richard\",\"individual\"\r\n");
    let ran = run(&["lists", "show", arg(&list), "--format", "json"], "");
    assert_eq!(ran.status, 4);
    Faults::default().unless_said("lists show", &ran.stderr, &["sdn.csv", "line 2"]);
}

/// bad_input: without alt.csv no alias is screened against. The receipt of a batch says so; one name has no receipt.
#[test]
#[ignore = "open_lists prints skipped rows only: a list's warnings (missing siblings, cp1252) go unsaid"]
fn warnings_of_a_list_are_said() {
    let scratch = Scratch::new();
    let list = scratch.file("sdn.csv", listed(1, "DOE, Jane"));
    let ran = run(&["screen", "Jane Doe", "--list", arg(&list)], "");
    assert_eq!(ran.status, 0);
    Faults::default().unless_said("missing siblings", &ran.stderr, &["warning", "alt.csv"]);
}

/// exit_status: by hand these are refused (2), for silently leaving them out would clear or hold the wrong party.
#[test]
#[ignore = "batch rows with a date or country that cannot be read: screened without it, in silence"]
fn unreadable_values_in_rows_are_said() {
    let scratch = Scratch::new();
    let input = scratch
        .file("c.csv", "id,name,birthDate,nationality\na,Jane Doe,1979-13-45,\nb,Jane Doe,,Atlantis\n");
    let ran = run(&["screen", "--input", arg(&input), "--list", "demo"], "");
    Faults::default().unless_said("rows", &ran.stderr, &["birthDate", "nationality"]);
}

/// exit_status: usage.
#[test]
#[ignore = "clap drops `requires = input` where the name conflicts with it: nothing is written, status 0"]
fn flags_of_a_batch_with_a_name() {
    let scratch = Scratch::new();
    let output = scratch.path("o");
    let mut faults = Faults::default();
    for flag in [&["--output", arg(&output)][..], &["--map", "name=Full_Name"], &["--multi"]] {
        let ran = run(&[&["screen", "Jane Doe", "--list", "demo"], flag].concat(), "");
        faults.unless(ran.status == 2, || {
            format!("{flag:?}: status {}, output: {}", ran.status, output.exists())
        });
    }
}

/// exit_status: each message must name the file that was given, and a remedy.
#[test]
#[ignore = "messages without a remedy"]
fn every_message_has_a_remedy() {
    let scratch = Scratch::new();
    let pairs = scratch.file("pairs.csv", "name1,name2\nJane Doe,Jane Doe\n");
    let input = scratch.file("c.csv", "id,name\na,Jane Doe\nb\nc,?!\n");
    let nobody = scratch.file("nobody.csv", "id,name\n");
    let none = scratch.path("none/o");
    let mut faults = Faults::default();
    for (args, said) in [
        (
            &["screen", "--input", arg(&input), "--list", "demo", "--output", arg(&none)][..],
            &["none/o:", "remedy"][..],
        ),
        (&["compare", "--pairs", arg(&pairs), "--output", arg(&none)], &["none/o", "remedy"]),
        (&["compare", "?!", "Jane Doe"], &["remedy"]),
        (&["screen", "Jane Doe", "--list", arg(&nobody)], &["nobody.csv", "remedy"]),
        (&["screen", "--input", arg(&input), "--list", "demo"], &["c.csv line 3", "line 4", "remedy"]),
        (&["screen", "-", "--list", "demo"], &["line 1", "remedy"]),
    ] {
        let ran = run(args, "?!\n");
        faults.unless_said(&format!("{args:?}"), &ran.stderr, said);
    }
}

/// contract: output and receipt appear together or not at all, and nothing else is left behind.
#[test]
#[ignore = "a failed run leaves OUTPUT.part; where OUTPUT is a folder, also a receipt for an output that is not there"]
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

/// contract: `--output` that is the input destroys the input while it is read (`compare`) or after (`screen`).
#[test]
#[ignore = "input and output may be the same file: compare --pairs reads its own output back"]
fn the_input_is_never_the_output() {
    let scratch = Scratch::new();
    let rows: String = (0..20_000).map(|n| format!("name {n},name {n}\n")).collect();
    let pairs = scratch.file("pairs.csv", format!("name1,name2\n{rows}"));
    let mut faults = Faults::default();
    let ran = run(&["compare", "--pairs", arg(&pairs), "--output", arg(&pairs)], "");
    let kept = std::fs::read_to_string(&pairs).unwrap().lines().count();
    faults.unless(kept == 20_001, || format!("compare: status {}, {kept} of 20001 lines kept", ran.status));
    let customers = scratch.file("c.csv", "id,name\na,Jane Doe\n");
    let ran = run(&["screen", "--input", arg(&customers), "--output", arg(&customers), "--list", "demo"], "");
    faults.unless(ran.status == 2, || format!("screen: status {}, customers overwritten", ran.status));
}

/// contract: all pairs come back; one that fails stands in its place, so that lines can be put side by side.
#[test]
#[ignore = "compare --pairs leaves out rows with a wrong column count"]
fn pairs_that_fail_stay_in_their_place() {
    let scratch = Scratch::new();
    let pairs = scratch.file("pairs.csv", "name1,name2\nJane Doe,Jane Doe\nJane\nXi Wu,Xi Wu\n");
    let ran = run(&["compare", "--pairs", arg(&pairs)], "");
    assert_eq!((ran.status, ran.stdout.lines().count()), (4, 4), "{}", ran.stdout);
}

/// contract: never fail open where results are cut. JSON and the table say so; CSV cannot, so standard error must.
#[test]
#[ignore = "--format csv says nothing of results that the limit cut"]
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

/// bad_input: a name is data; on a terminal it must not clear the screen or recolour the verdict.
#[test]
#[ignore = "--format table prints control characters of names as they are"]
fn the_table_prints_no_escape_sequences() {
    let scratch = Scratch::new();
    let list = scratch.file("list.csv", "id,name\n1,Jane \u{1b}[2JDoe\n");
    let ran = run(&["screen", "Jane \u{1b}[2JDoe", "--list", arg(&list), "--format", "table"], "");
    assert!(!ran.stdout.contains('\u{1b}'), "{:?}", ran.stdout);
}

/// bad_input: gzip as it is, also on standard input.
#[test]
#[ignore = "--input - does not unpack gzip"]
fn gzip_on_standard_input() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"id,name\na,Sajjad Kashian\n").unwrap();
    let ran = run(&["screen", "--input", "-", "--list", "demo"], packed.finish().unwrap());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let line: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(line["results"][0]["id"], "ofac-33496");
}

/// exit_status: a number of threads that no machine has is a usage error, at once.
#[test]
#[ignore = "--threads 100000 is not refused and not done after 60 s"]
fn threads_beyond_reason() {
    let scratch = Scratch::new();
    let input = scratch.file("c.csv", "id,name\na,Jane Doe\n");
    let start = std::time::Instant::now();
    let ran = run(&["screen", "--input", arg(&input), "--list", "demo", "--threads", "100000"], "");
    assert!(start.elapsed().as_secs() < 10, "status {}, {:?}", ran.status, start.elapsed());
}
