//! Names that are broken, endless or hostile, typed, on standard input and in rows: a clear result, or an error with a
//! remedy. Never a panic, never silence, never a terminal that obeys them.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Faults, arg, json_lines, run};
use serde_json::Value;
use testkit::Scratch;

/// A row of OFAC's primary file.
fn listed(id: u32, name: &str) -> String {
    format!("{id},\"{name}\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
}

/// Names by hand: the status, and whether the party that is meant is found.
#[test]
fn names() {
    let mut faults = Faults::default();
    let long = "Mohammad Bagher Shirinkar ".repeat(200);
    let five_thousand: String =
        (0..5000).map(|n| if n % 7 == 6 { ' ' } else { (b'a' + (n % 23) as u8).into() }).collect();
    // The name, the status, what standard error must say, the best result.
    let rows: &[(&str, i32, &[&str], Option<&str>)] = &[
        ("M", 0, &[], None),
        ("7", 0, &[], None),
        ("1979", 0, &[], None),
        ("0067948431", 0, &[], None),
        (&five_thousand, 0, &[], None),
        (&long, 0, &[], None),
        ("", 3, &["neither a name nor an identifier", "remedy"], None),
        ("   ", 3, &["remedy"], None),
        (".,;:!?()[]", 3, &["no letter or digit", "remedy"], None),
        ("\u{200B}\u{200C}\u{200D}\u{FEFF}\u{2060}", 3, &["remedy"], None),
        ("\u{0301}\u{0302}", 3, &["remedy"], None),
        ("محمد باقر شیرین‌کار", 0, &[], None),
        ("\u{202E}raknirihS rehgaB dammahoM\u{202C}", 0, &[], None),
        ("Mo\u{200B}hammad Bag\u{00AD}her Shirin\u{FEFF}kar", 0, &[], Some("ofac-26391")),
        ("ＭＯＨＡＭＭＡＤ　ＢＡＧＨＥＲ　ＳＨＩＲＩＮＫＡＲ", 0, &[], Some("ofac-26391")),
        ("Mohammad Bagher Shirinkar\r\n", 0, &[], Some("ofac-26391")),
        ("Mohammad \"Bagher\" 'Shirinkar'", 0, &[], Some("ofac-26391")),
        ("Robert'); DROP TABLE students;--", 0, &[], None),
        ("👩‍👩‍👧‍👦", 3, &["remedy"], None),
    ];
    for (name, status, said, best) in rows {
        for format in ["json", "jsonl", "csv", "table"] {
            let ran = run(&["screen", "--list", "demo", "--format", format, "--", name], "");
            let what = format!("{name:.60?} as {format}");
            faults.unless(ran.status == *status, || format!("{what}: {}", ran.stderr));
            faults.unless_said(&what, &ran.stderr, said);
            if let Some(best) = best {
                faults.unless(ran.stdout.contains(best), || format!("{what}: {}", ran.stdout));
            }
        }
        // The same on standard input; a blank line there is no name.
        let line = name.replace(['\r', '\n'], " ");
        if !line.trim().is_empty() {
            let ran = run(&["screen", "-", "--list", "demo"], format!("{line}\nSajjad Kashian\n"));
            faults.unless(ran.status == (if *status == 3 { 4 } else { *status }), || {
                format!("{name:.60?}: {}", ran.stderr)
            });
            let lines = json_lines(&ran.stdout);
            faults.unless(
                (lines.len(), &lines[1]["results"][0]["id"]) == (2, &Value::from("ofac-33496")),
                || format!("{name:.60?}"),
            );
        }
        // And as both sides of a comparison: what can be compared is itself.
        let ran = run(&["compare", "--format", "json", "--", name, name], "");
        faults.unless(ran.status == *status, || format!("{name:.60?} compared: {}", ran.stderr));
        if *status == 0 {
            let value: Value = serde_json::from_str(&ran.stdout).unwrap();
            faults.unless(
                // Below 1 only for the namesakes of what is common.
                value["score"].as_f64() > Some(0.72) && value["match"] == Value::Bool(true),
                || format!("{name:.60?}"),
            );
        }
    }
}

/// A name that looks like a flag is a usage error that says how to give it, never another search.
#[test]
fn a_name_that_looks_like_a_flag() {
    let mut faults = Faults::default();
    for name in ["-Shirinkar", "--Shirinkar"] {
        let ran = run(&["screen", name, "--list", "demo"], "");
        faults.unless((ran.status, ran.stdout.as_str()) == (2, ""), || {
            format!("{name}: {} {}", ran.status, ran.stdout)
        });
        faults.unless_said(name, &ran.stderr, &["unexpected argument", "-- "]);
        let ran = run(&["screen", "--list", "demo", "--", &format!("{name}, Mohammad Bagher")], "");
        faults.unless(ran.status == 0, || format!("{name}: {}", ran.stderr));
        faults.unless(ran.stdout.contains("ofac-26391"), || format!("{name}: {}", ran.stdout));
    }
}

/// NUL cannot be an argument; on standard input it can be in a name.
#[test]
fn control_characters_on_standard_input() {
    let ran =
        run(&["screen", "-", "--list", "demo"], "Sajjad\0 Kashian\x07\n\0\0\0\n\x1b[31mSajjad Kashian\n");
    let lines = json_lines(&ran.stdout);
    assert_eq!((ran.status, lines.len()), (4, 3), "the second has no letter: {}", ran.stderr);
    assert_eq!(lines[0]["results"][0]["id"], "ofac-33496");
    assert_eq!(lines[1]["results"], Value::Array(Vec::new()));
    assert!(!ran.stdout.contains('\x1b'), "escape sequences leave as \\u001b");
    let ran = run(&["screen", "-", "--list", "demo", "--format", "table"], "Anna \x1b[2JLindqvist\n");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

/// Bytes that are no text, as an argument.
#[cfg(unix)]
#[test]
fn an_argument_that_is_no_utf8() {
    let mut faults = Faults::default();
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let args = ["screen", "--list", "demo"].map(OsStr::new);
    let ran = run(&[&args[..], &[OsStr::from_bytes(b"J\xFCrgen M\xFCller")]].concat(), "");
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    faults.unless_said("argument", &ran.stderr, &["UTF-8"]);
}

/// What a word says is added up over its letters: neither the sum nor the time may run away.
#[test]
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

/// A name of more than 64 words is compared by its first 64 only. That is a truncated query: it must be said.
#[test]
fn a_name_that_is_cut_is_said() {
    let name = "ab ".repeat(100) + "Mohammad Bagher Shirinkar";
    let ran = run(&["screen", "--list", "demo", "--", &name], "");
    let said = ran.stderr.contains("64") || ran.stdout.contains("64") || ran.stdout.contains("cut");
    assert!(said, "status {}\n{}{}", ran.status, ran.stdout, ran.stderr);
    Faults::default().unless_said("by hand", &ran.stderr, &["warning", "64 words"]);
    // The results say it too, and so does a file of customers with its receipt.
    let scratch = Scratch::new();
    let list = scratch.file("list.csv", format!("id,name\n1,{name}\n"));
    let input = scratch.file("c.csv", format!("id,name\na,Jane Doe\nb,{name}\n"));
    let output = scratch.path("o");
    let ran = run(&["screen", "--input", arg(&input), "--output", arg(&output), "--list", arg(&list)], "");
    let lines = json_lines(&std::fs::read_to_string(&output).unwrap());
    assert_eq!(lines[1]["results"][0]["explanation"]["name"]["cut"], true, "{}", lines[1]);
    let receipt: Value = serde_json::from_slice(&std::fs::read(scratch.path("o.run.json")).unwrap()).unwrap();
    for text in [&ran.stderr, &receipt["warnings"].to_string()] {
        Faults::default().unless_said("batch", text, &["c.csv", "64 words", "line 3"]);
    }
}

/// Cp1252 is common; a customer file in it is read, so must be names on standard input.
#[test]
fn cp1252_on_standard_input() {
    let scratch = Scratch::new();
    let list = scratch.file("sdn.csv", listed(1, "MÜLLER, Jürgen"));
    let ran = run(&["screen", "-", "--list", arg(&list)], b"J\xFCrgen M\xFCller\n".to_vec());
    let lines = json_lines(&ran.stdout);
    assert_eq!(lines[0]["results"][0]["id"], "ofac-1", "{}{}", ran.stdout, ran.stderr);
    Faults::default().unless_said("cp1252", &ran.stderr, &["warning", "windows-1252"]);
}

/// A name is data; on a terminal it must not clear the screen or recolour the verdict.
#[test]
fn the_table_prints_no_escape_sequences() {
    let scratch = Scratch::new();
    let list = scratch.file("list.csv", "id,name\n1,Jane \u{1b}[2JDoe\n");
    let ran = run(&["screen", "Jane \u{1b}[2JDoe", "--list", arg(&list), "--format", "table"], "");
    assert!(!ran.stdout.contains('\u{1b}'), "{:?}", ran.stdout);
}
