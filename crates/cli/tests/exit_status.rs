//! The exit statuses, which scripts rely on: 0 ran, hits or not; 1 only with `--fail-on-hit`; 2 usage; 3 bad input or
//! no list; 4 ran, but rows failed. Each error names the file or flag that is at fault, and a remedy.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::{Duration, SystemTime};

use common::{Faults, arg, run};
use serde_json::Value;
use testkit::Scratch;

const HIT: &str = "Mohammad Bagher Shirinkar";
const NO_HIT: &str = "Anna Lindqvist";
const PRIMARY: &str = "1,\"DOE, Jane\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
const ALIASES: &str = "1,1,\"aka\",\"ROE, Jane\",-0- \r\n1,2,\"fka\",\"POE, Jane\",-0- \r\n";
const XML: &str = "<?xml version=\"1.0\"?>\n<libraryList><book><title>Dune</title></book></libraryList>\n";

/// A row of OFAC's primary file.
fn listed(id: u32, name: &str) -> String {
    format!("{id},\"{name}\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
}

/// A scratch folder with every file that the rows name: `{}` in an argument stands for the folder.
fn files() -> Scratch {
    let scratch = Scratch::new();
    scratch.file("list.csv", PRIMARY);
    let old = scratch.file("old.csv", PRIMARY);
    let age = SystemTime::now() - Duration::from_secs(3 * 86_400);
    std::fs::File::options().write(true).open(old).unwrap().set_modified(age).unwrap();
    scratch.file("alt.csv", ALIASES);
    scratch.file("list.xml", XML);
    scratch.file("empty.csv", "");
    scratch.file("nobody.csv", "id,name\n");
    scratch.file("unnamed.csv", "colour,size\nred,5\n");
    scratch.file("hit.csv", format!("id,name\nc-1,{HIT}\n"));
    scratch.file("clear.csv", format!("id,name\nc-1,{NO_HIT}\n"));
    scratch.file("failed.csv", format!("id,name\nc-1,{HIT}\nc-2,one,too many\n"));
    scratch.file("pairs.csv", "name1,name2\nJane Doe,Jane Doe\n");
    scratch.file("failed_pairs.csv", "name1,name2\nJane Doe,Jane Doe\nJane Doe,?!\n");
    scratch
}

/// Arguments, standard input, status, and what standard error must say.
type Row<'a> = (&'a [&'a str], &'a str, i32, &'a [&'a str]);

fn check(rows: &[Row<'_>]) {
    let mut faults = Vec::new();
    for (args, stdin, status, said) in rows {
        let scratch = files();
        let args: Vec<String> = args.iter().map(|a| a.replace("{}", arg(scratch.dir()))).collect();
        let ran = run(&args, *stdin);
        if ran.status != *status {
            faults.push(format!("{args:?}: status {}, not {status}\n{}", ran.status, ran.stderr));
        }
        let stderr = ran.stderr.to_lowercase();
        for word in said.iter().filter(|word| !stderr.contains(&word.to_lowercase())) {
            faults.push(format!("{args:?}: no word of {word:?} in\n{}", ran.stderr));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn ran_hits_or_not() {
    check(&[
        (&["screen", HIT, "--list", "demo"], "", 0, &[]),
        (&["screen", NO_HIT, "--list", "demo"], "", 0, &[]),
        (&["screen", HIT, "--list", "demo", "--format", "table"], "", 0, &[]),
        (&["screen", "--id", "0067948431", "--list", "demo"], "", 0, &[]),
        (&["screen", "-", "--list", "demo"], "Sajjad Kashian\n", 0, &[]),
        (&["screen", "--input", "{}/hit.csv", "--list", "demo"], "", 0, &["1 with results"]),
        (&["screen", "--input", "{}/hit.csv", "--output", "{}/o", "--list", "demo"], "", 0, &["o.run.json"]),
        (&["screen", "--input", "{}/clear.csv", "--list", "demo"], "", 0, &["0 with results"]),
        (&["screen", HIT, "--list", "{}/list.csv", "--max-list-age", "1h"], "", 0, &[]),
        (&["screen", HIT, "--list", "{}/old.csv", "--max-list-age", "7d"], "", 0, &[]),
        (&["compare", "Jane Doe", "Doe, Jane"], "", 0, &[]),
        (&["compare", "Jane Doe", "Xi Wu"], "", 0, &[]),
        (&["compare", "--pairs", "{}/pairs.csv"], "", 0, &["1 pairs"]),
        (&["lists", "show", "demo"], "", 0, &[]),
        (&["--help"], "", 0, &[]),
        (&["--version"], "", 0, &[]),
    ]);
}

#[test]
fn a_hit_fails_only_where_it_is_asked_to() {
    check(&[
        (&["screen", HIT, "--list", "demo", "--fail-on-hit"], "", 1, &[]),
        // What is not shown is found all the same.
        (&["screen", HIT, "--list", "demo", "--fail-on-hit", "--limit", "0"], "", 1, &[]),
        (&["screen", NO_HIT, "--list", "demo", "--fail-on-hit"], "", 0, &[]),
        (&["screen", "-", "--list", "demo", "--fail-on-hit"], "Anna Lindqvist\nSajjad Kashian\n", 1, &[]),
        (&["screen", "--input", "{}/hit.csv", "--list", "demo", "--fail-on-hit"], "", 1, &[]),
        (&["screen", "--input", "{}/hit.csv", "--list", "demo", "--fail-on-hit", "--limit", "0"], "", 1, &[]),
        (&["screen", "--input", "{}/clear.csv", "--list", "demo", "--fail-on-hit"], "", 0, &[]),
    ]);
}

#[test]
fn usage() {
    let demo = |args: &[&'static str]| [&["screen"], args, &["--list", "demo"]].concat();
    let rows: &[(&[&str], &[&str])] = &[
        (&[HIT, "--no-such-flag"], &["--no-such-flag", "--help"]),
        (&[HIT, "--threshold", "1.5"], &["--threshold 1.5", "remedy", "0.7"]),
        (&[HIT, "--threshold", "high"], &["--threshold high", "remedy"]),
        (&[HIT, "--threshold", "NaN"], &["--threshold NaN", "remedy"]),
        (&[HIT, "--limit", "few"], &["--limit"]),
        (&[HIT, "--threads", "two"], &["--threads"]),
        (&[HIT, "--format", "xml"], &["--format", "json"]),
        (&[HIT, "--schema", "Spaceship"], &["--schema Spaceship", "remedy", "Person"]),
        (&[HIT, "--schema", "Address"], &["--schema Address", "remedy", "Person"]),
        (&[HIT, "--birth-date", "1979-02-30"], &["--birth-date", "remedy", "1979-09-21"]),
        (&[HIT, "--birth-date", "yesterday"], &["--birth-date", "remedy"]),
        (&[HIT, "--country", "Atlantis"], &["--country", "remedy", "Iran"]),
        (&[HIT, "--max-list-age", "old"], &["--max-list-age old", "remedy", "7d"]),
        (&[HIT, "--max-list-age", "0h"], &["--max-list-age 0h", "remedy"]),
        (&[], &["nothing to screen", "remedy", "--input"]),
        (&["--schema", "Person"], &["nothing to screen", "remedy"]),
        (&["--country", "ir"], &["nothing to screen", "remedy"]),
        (&[HIT, "--input", "{}/hit.csv"], &["--input"]),
        (&["--input", "{}/hit.csv", "--map", "name"], &["--map name", "remedy", "name=Full_Name"]),
        (&["--input", "{}/hit.csv", "--map", "name=Nobody"], &["no column Nobody", "hit.csv", "remedy"]),
        (&["--input", "{}/hit.csv", "--format", "csv"], &["--format", "remedy"]),
        (&["--input", "{}/hit.csv", "--birth-date", "1979"], &["--birth-date"]),
    ];
    for (args, said) in rows {
        check(&[(&demo(args), "", 2, said)]);
    }
    check(&[
        (&[], "", 2, &["usage"]),
        (&["scren"], "", 2, &["scren", "--help"]),
        (&["lists"], "", 2, &["usage"]),
        (&["lists", "show", "demo", "--format", "csv"], "", 2, &["remedy", "--format json"]),
        (&["compare", "Jane Doe"], "", 2, &["<B>"]),
        (&["compare", "--pairs", "{}/pairs.csv", "Jane Doe"], "", 2, &["--pairs"]),
    ]);
}

#[test]
fn bad_input_and_no_list() {
    let with_list = |list: &'static str| ["screen", HIT, "--list", list];
    let lists: &[(&str, &[&str])] = &[
        ("ofac", &["ofac", "remedy", "--list"]),
        ("{}/absent.csv", &["absent.csv", "no such file", "remedy"]),
        ("{}", &["folder", "remedy", "sdn.csv"]),
        ("{}/empty.csv", &["empty.csv", "empty", "download it again"]),
        ("{}/nobody.csv", &["nobody.csv", "no listed party"]),
        ("{}/alt.csv", &["alt.csv", "alias file", "sdn.csv"]),
        ("{}/list.xml", &["list.xml", "XML", "the roots of lists are sdnList"]),
        ("{}/unnamed.csv", &["unnamed.csv", "colour", "call the column"]),
    ];
    for (list, said) in lists {
        check(&[
            (&with_list(list), "", 3, said),
            (&["screen", HIT, "--list", "demo", "--list", list], "", 3, said),
            (&["lists", "show", list], "", 3, said),
            (&["screen", "--input", "{}/hit.csv", "--output", "{}/o", "--list", list], "", 3, said),
        ]);
    }
    check(&[
        (&["screen", HIT], "", 3, &["no list", "remedy", "--list"]),
        (&["screen", "--input", "{}/hit.csv"], "", 3, &["no list", "remedy", "--list"]),
        (
            &["screen", HIT, "--list", "{}/old.csv", "--max-list-age", "24h"],
            "",
            3,
            &["old.csv", "72 hours", "remedy"],
        ),
        (&["screen", HIT, "--list", "demo", "--max-list-age", "24h"], "", 3, &["age", "demo", "remedy"]),
        (
            &["screen", "--input", "{}/absent.csv", "--list", "demo"],
            "",
            3,
            &["absent.csv", "no such file", "remedy"],
        ),
        (&["screen", "--input", "{}", "--list", "demo"], "", 3, &["folder", "remedy"]),
        (&["screen", "--input", "{}/empty.csv", "--list", "demo"], "", 3, &["empty.csv is empty", "remedy"]),
        (
            &["screen", "--input", "{}/unnamed.csv", "--list", "demo"],
            "",
            3,
            &["unnamed.csv line 1", "remedy", "--map"],
        ),
        (&["screen", "--input", "{}/hit.csv", "--output", "{}/none/o", "--list", "demo"], "", 3, &["none/o"]),
        (&["screen", "?!", "--list", "demo"], "", 3, &["no letter or digit", "remedy"]),
        (&["screen", "--id", "1", "--list", "demo"], "", 3, &["identifier", "remedy"]),
        (&["compare", "?!", "Jane Doe"], "", 3, &["name A", "no letter or digit"]),
        (&["compare", "--pairs", "{}/absent.csv"], "", 3, &["absent.csv", "remedy"]),
        (&["compare", "--pairs", "{}/hit.csv"], "", 3, &["hit.csv line 1", "name1", "remedy"]),
        (&["compare", "--pairs", "{}/pairs.csv", "--output", "{}/none/o"], "", 3, &["none/o"]),
    ]);
}

#[test]
fn rows_that_fail() {
    let batch = ["screen", "--input", "{}/failed.csv", "--output", "{}/o", "--list", "demo"];
    let said: &[&str] =
        &["failed.csv line 3", "c-2", "3 columns where the header has 2", "1 failed", "o.run.json"];
    check(&[
        (&batch, "", 4, said),
        (&[&batch[..], &["--fail-on-hit"]].concat(), "", 4, said),
        (&["screen", "-", "--list", "demo"], "Sajjad Kashian\n?!\n", 4, &["line 2", "no letter or digit"]),
        (&["compare", "--pairs", "{}/failed_pairs.csv"], "", 4, &["failed_pairs.csv line 3", "1 failed"]),
    ]);
}

/// Nothing on standard input is nobody screened. A broken pipeline must not pass for a clear answer.
#[test]
fn no_name_on_standard_input() {
    let ran = run(&["screen", "-", "--list", "demo"], "\n \n");
    assert_eq!((ran.status, ran.stdout.as_str()), (3, ""), "{}", ran.stderr);
    Faults::default().unless_said("no name", &ran.stderr, &["standard input", "remedy"]);
}

/// A listed party that could not be read cannot be found: a failed row, status 4 (DESIGN sections 2, 4).
#[test]
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
        faults.unless_said(args[1], &ran.stderr, &["sdn.csv line 2", "remedy"]);
    }
    let receipt: Value = serde_json::from_slice(&std::fs::read(scratch.path("o.run.json")).unwrap()).unwrap();
    let (list, row) = (&receipt["lists"][0], &receipt["lists"][0]["skipped"][0]);
    assert_eq!(
        (&list["skipped_count"], &row["file"], &row["line"]),
        (&1.into(), &"sdn.csv".into(), &2.into())
    );
}

/// "4 ran, but rows or files failed (named on stderr ...)".
#[test]
fn lists_show_says_what_failed() {
    let scratch = Scratch::new();
    let list = scratch.file("sdn.csv", listed(1, "DOE, Jane") + "5,\"ROE, Richard\",\"individual\"\r\n");
    let ran = run(&["lists", "show", arg(&list), "--format", "json"], "");
    assert_eq!(ran.status, 4);
    Faults::default().unless_said("lists show", &ran.stderr, &["sdn.csv", "line 2"]);
}

/// By hand these are refused (2), for silently leaving them out would clear or hold the wrong party.
#[test]
fn unreadable_values_in_rows_are_said() {
    let scratch = Scratch::new();
    let input = scratch
        .file("c.csv", "id,name,birthDate,nationality\na,Jane Doe,1979-13-45,\nb,Jane Doe,,Atlantis\n");
    let ran = run(&["screen", "--input", arg(&input), "--list", "demo"], "");
    Faults::default().unless_said("rows", &ran.stderr, &["birthDate", "line 2", "nationality", "line 3"]);
}

/// Usage.
#[test]
fn flags_of_a_batch_with_a_name() {
    let scratch = Scratch::new();
    let output = scratch.path("o");
    let mut faults = Faults::default();
    for flag in [&["--output", arg(&output)][..], &["--map", "name=Full_Name"], &["--multi"]] {
        let ran = run(&[&["screen", "Jane Doe", "--list", "demo"], flag].concat(), "");
        faults.unless(ran.status == 2, || {
            format!("{flag:?}: status {}, output: {}", ran.status, output.exists())
        });
        faults.unless_said(flag[0], &ran.stderr, &[flag[0], "remedy"]);
    }
    let ran = run(&["compare", "Jane Doe", "Jane Doe", "--output", arg(&output)], "");
    faults.unless(ran.status == 2, || format!("compare: status {}", ran.status));
}

/// Each message must name the file that was given, and a remedy.
#[test]
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

/// A number of threads that no machine has is a usage error, at once.
#[test]
fn threads_beyond_reason() {
    let scratch = Scratch::new();
    let input = scratch.file("c.csv", "id,name\na,Jane Doe\n");
    let start = std::time::Instant::now();
    let ran = run(&["screen", "--input", arg(&input), "--list", "demo", "--threads", "100000"], "");
    assert_eq!(ran.status, 2);
    Faults::default().unless_said("threads", &ran.stderr, &["--threads 100000", "remedy"]);
    assert!(start.elapsed().as_secs() < 10, "status {}, {:?}", ran.status, start.elapsed());
}
