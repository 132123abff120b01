//! `interdict lists diff` and `interdict rescreen`: what changed is said in every form, and whom it concerns.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Faults, Ran, arg, json_lines, keys, run};
use insta::assert_snapshot;
use serde_json::Value;
use testkit::{Scratch, shared};

/// Somebody of each fate; Xi was and is listed word for word.
const OLD: &str = "id,schema,name,alias,birthDate,program
p-1,Person,\"DOE, Jane\",Janet,21 Sep 1979,ALPHA
p-2,Person,\"ROE, Richard\",,1950,ALPHA
p-3,Company,Acme Trading Ltd,,,BETA
p-4,Person,Xi Wu,,,BETA
";
const NEW: &str = "id,schema,name,alias,birthDate,program
p-4,Person,Xi Wu,,,BETA
p-1,Person,\"DOE, Jane\",Janine,1979,ALPHA
p-3,Company,Acme Trading Ltd,,,GAMMA
p-5,Person,\"<b>POE</b>, Edgar\",,19 Jan 1909,BETA
";

const CUSTOMERS: &str = "id,schema,name,birthDate
c-1,Person,Jane Doe,1979-09-21
c-2,Person,Richard Roe,
c-3,Person,Edgar Poe,1909-01-19
c-4,Person,Xi Wu,
c-5,Person,Anna Lindqvist,
c-6,Company,Acme Trading,
";

fn scratch() -> Scratch {
    let scratch = Scratch::new();
    for (folder, list) in [("old", OLD), ("new", NEW)] {
        std::fs::create_dir(scratch.path(folder)).unwrap();
        scratch.file(format!("{folder}/watch.csv"), list);
    }
    scratch.file("customers.csv", CUSTOMERS);
    scratch
}

/// Runs with `{}` standing for the folder, which is taken out of what it says.
fn ran_in(scratch: &Scratch, args: &[&str]) -> Ran {
    let folder = arg(scratch.dir());
    let args: Vec<String> = args.iter().map(|a| a.replace("{}", folder)).collect();
    let mut ran = run(&args, "");
    for text in [&mut ran.stdout, &mut ran.stderr] {
        *text = text.replace(folder, "[folder]");
    }
    ran
}

const DIFF: [&str; 4] = ["lists", "diff", "{}/old/watch.csv", "{}/new/watch.csv"];
const RESCREEN: [&str; 7] =
    ["rescreen", "--input", "{}/customers.csv", "--since", "{}/old/watch.csv", "--list", "{}/new/watch.csv"];

#[test]
fn diff_in_every_form() {
    let scratch = scratch();
    for form in ["table", "json", "jsonl", "csv"] {
        let ran = ran_in(&scratch, &[&DIFF[..], &["--format", form]].concat());
        assert_eq!((ran.status, ran.stderr.as_str()), (0, "1 added, 1 removed, 2 changed\n"), "{form}");
        assert_snapshot!(format!("diff_{form}"), ran.stdout);
    }
    let json: Value = serde_json::from_str(&ran_in(&scratch, &DIFF).stdout).unwrap();
    assert_eq!(keys(&json), ["added", "removed", "changed"]);
    assert_eq!(keys(&json["changed"][0]), ["id", "caption", "changes"]);
    assert_eq!(keys(&json["changed"][0]["changes"][0]), ["property", "removed", "added"]);
    let same = ran_in(&scratch, &["lists", "diff", "demo", "demo"]);
    assert_eq!(same.status, 0);
    assert_eq!(
        serde_json::from_str::<Value>(&same.stdout).unwrap(),
        serde_json::json!({ "added": [], "removed": [], "changed": [] })
    );
}

/// A delta is read back as what it says: applied to the old list it gives the new one.
#[test]
fn the_delta_applied() {
    let scratch = scratch();
    let entities = |which: &str| -> Vec<Value> {
        let none = scratch.file(
            "none.ftm.jsonl",
            "{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{\"name\":[\"X\"]}}\n",
        );
        let list = format!("{{}}/{which}/watch.csv");
        let ran = ran_in(&scratch, &["lists", "diff", arg(&none), &list, "--format", "jsonl"]);
        json_lines(&ran.stdout)
            .into_iter()
            .filter(|op| op["op"] == "ADD")
            .map(|op| op["entity"].clone())
            .collect()
    };
    let mut made = entities("old");
    for op in json_lines(&ran_in(&scratch, &[&DIFF[..], &["--format", "jsonl"]].concat()).stdout) {
        made.retain(|entity| entity["id"] != op["entity"]["id"]);
        if op["op"] != "DEL" {
            made.push(op["entity"].clone());
        }
    }
    let by_id = |mut entities: Vec<Value>| {
        entities.sort_by_key(|entity| entity["id"].to_string());
        entities
    };
    assert_eq!(by_id(made), by_id(entities("new")));
}

#[test]
fn the_page() {
    let scratch = scratch();
    let ran = ran_in(&scratch, &[&DIFF[..], &["--output", "{}/changes.html"]].concat());
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let page = std::fs::read_to_string(scratch.path("changes.html")).unwrap();
    let mut faults = Faults::default();
    faults.unless_said(
        "page",
        &page,
        &["ALPHA", "DOE, Jane", "21 Sep 1979", "&lt;b&gt;POE&lt;/b&gt;", "Removed"],
    );
    for never in ["<b>POE", "<script", "http://", "https://", "src="] {
        faults.unless(!page.contains(never), || format!("the page holds {never}"));
    }
}

#[test]
fn rescreen_in_every_form() {
    let scratch = scratch();
    let output = ["--output", "{}/changed.jsonl"];
    let ran = ran_in(&scratch, &[&RESCREEN[..], &output].concat());
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
    assert_snapshot!("rescreen_stderr", ran.stderr);
    let written = std::fs::read_to_string(scratch.path("changed.jsonl")).unwrap();
    let lines = json_lines(&written);
    let ids: Vec<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["c-1", "c-2", "c-3"], "who is not concerned has no line");
    lines.iter().for_each(|line| assert_eq!(keys(line), ["id", "new", "gone", "changed"]));
    assert_eq!(lines[0]["changed"][0]["before"]["id"], "p-1");
    assert_eq!(lines[1]["gone"][0]["id"], "p-2");
    assert_eq!(lines[2]["new"][0]["id"], "p-5");
    assert_eq!(ran_in(&scratch, &RESCREEN).stdout, written, "a pipe gets the same lines");
    assert_snapshot!(
        "rescreen_table",
        ran_in(&scratch, &[&RESCREEN[..], &["--format", "table"]].concat()).stdout
    );

    let receipt = std::fs::read_to_string(scratch.path("changed.jsonl.run.json")).unwrap();
    let receipt: Value = serde_json::from_str(&receipt).unwrap();
    let expected = [
        "engine",
        "started",
        "configuration",
        "tables",
        "request",
        "since",
        "lists",
        "parties",
        "input",
        "output",
        "rows",
        "results",
        "failures",
        "warnings",
    ];
    assert_eq!(keys(&receipt), expected);
    let version = |key: &str| receipt[key][0]["version"].as_str().unwrap().to_owned();
    assert_ne!(version("since"), version("lists"));
    assert_eq!(lines[1]["gone"][0]["list_version"], version("since"));
    assert_eq!(lines[2]["new"][0]["list_version"], version("lists"));
    assert_eq!(receipt["parties"], serde_json::json!({ "added": 1, "removed": 1, "changed": 2 }));
    assert_eq!(receipt["results"], serde_json::json!({ "new": 1, "gone": 1, "changed": 1 }));
    assert_eq!(receipt["output"]["sha256"], engine::sha256_hex(&[written.as_bytes()]));
}

/// Arguments, status, and what standard error must say.
#[test]
fn statuses() {
    let scratch = scratch();
    std::fs::create_dir(scratch.path("broken")).unwrap();
    scratch.file("broken/watch.csv", format!("{NEW}p-9,Person,\"never closed,,,\n"));
    scratch.file("bad.csv", format!("{CUSTOMERS}c-7,Person,?!,\n"));
    scratch.file("other.csv", NEW);
    scratch.file("out.toml", "name = \"x\"\n[programmes]\nonly = [\"CUBA\"]\n");
    let diff = |a: &'static str, b: &'static str, more: &[&'static str]| {
        [&["lists", "diff", a, b][..], more].concat()
    };
    let rescreen = |more: &[&'static str]| [&RESCREEN[..], more].concat();
    let (old, new, broken) = ("{}/old/watch.csv", "{}/new/watch.csv", "{}/broken/watch.csv");
    let rows: Vec<(Vec<&str>, i32, &[&str])> = vec![
        (diff(old, broken, &[]), 4, &["watch.csv line 6", "never closed", "remedy", "1 added"]),
        (diff(broken, new, &[]), 4, &["watch.csv line 6", "0 added"]),
        (diff(old, "{}/absent.csv", &[]), 3, &["absent.csv", "remedy"]),
        (diff(old, "absent", &[]), 3, &["absent", "remedy"]),
        (diff(old, "{}/other.csv", &[]), 0, &["warning", "is watch and", "is other"]),
        (diff(old, old, &[]), 0, &["one version"]),
        (diff(old, new, &["--output", "{}/new/watch.csv"]), 2, &["overwrite", "remedy"]),
        (diff(old, new, &["--output", "{}/x.html", "--format", "json"]), 2, &["page", "remedy"]),
        (vec!["lists", "diff", old], 2, &["required"]),
        (rescreen(&["--fail-on-hit"]), 1, &["1 new"]),
        (rescreen(&["--format", "csv"]), 2, &["json lines", "remedy"]),
        (rescreen(&["--threshold", "7"]), 2, &["--threshold 7", "remedy"]),
        (rescreen(&["--output", "{}/customers.csv"]), 2, &["overwrite"]),
        (rescreen(&["--policy", "{}/out.toml"]), 3, &["nobody in scope"]),
        (rescreen(&["--max-list-age", "1h"]), 0, &["1 new"]),
        (vec!["rescreen", "--input", "{}/customers.csv", "--since", old], 3, &["no list", "remedy"]),
        (
            vec!["rescreen", "--input", "{}/customers.csv", "--since", "2021-11-15", "--list", new],
            3,
            &["2021-11-15", "remedy"],
        ),
        (vec!["rescreen", "--input", "{}/absent.csv", "--since", old, "--list", new], 3, &["absent.csv"]),
        (
            vec!["rescreen", "--input", "{}/bad.csv", "--since", old, "--list", new, "--fail-on-hit"],
            4,
            &["bad.csv line 8", "c-7", "remedy"],
        ),
        (
            vec!["rescreen", "--input", "{}/customers.csv", "--since", broken, "--list", new],
            4,
            &["watch.csv line 6"],
        ),
        (
            vec![
                "rescreen",
                "--input",
                "{}/customers.csv",
                "--since",
                old,
                "--list",
                broken,
                "--fail-on-hit",
            ],
            4,
            &["watch.csv line 6"],
        ),
        (
            vec!["rescreen", "--input", "{}/customers.csv", "--since", old, "--list", new, "--list", "demo"],
            0,
            &["no older version of demo"],
        ),
    ];
    let mut faults = Faults::default();
    for (args, status, said) in rows {
        let ran = ran_in(&scratch, &args);
        let what = args.join(" ");
        faults.unless(ran.status == status, || {
            format!("{what}: status {}, not {status}\n{}", ran.status, ran.stderr)
        });
        faults.unless_said(&what, &ran.stderr, said);
    }
    assert!(!scratch.path("x.html").exists());
}

/// A failed row stands in its place and says why.
#[test]
fn failed_rows_have_a_line() {
    let scratch = scratch();
    scratch.file("customers.csv", "id,name\nc-1,?!\nc-2,Edgar Poe\n");
    let ran = ran_in(&scratch, &RESCREEN);
    let lines = json_lines(&ran.stdout);
    assert_eq!((ran.status, lines.len()), (4, 2), "{}", ran.stderr);
    assert_eq!(keys(&lines[0]), ["id", "error", "new", "gone", "changed"]);
    assert_eq!((&lines[0]["id"], &lines[1]["id"]), (&"c-1".into(), &"c-2".into()));
}

/// What did OFAC do on 18 November 2021?
#[test]
fn the_case() {
    let files = ["sdn_2021-11-15.csv", "sdn_2021-11-18.csv"].map(|f| shared(format!("data/lists/ofac/{f}")));
    let [Some(old), Some(new)] = files else { return };
    let ran = run(&["lists", "diff", arg(&old), arg(&new), "--format", "table"], "");
    assert_eq!(ran.status, 0);
    let (_, text) = ran.stdout.split_once("\n\n").unwrap();
    assert_snapshot!("diff_the_case", text);
}
