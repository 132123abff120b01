//! `--policy` and `interdict policy`: what a policy decides is what happens, it is said, and errors name their place.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Faults, arg, json_lines, keys, run};
use insta::assert_snapshot;
use serde_json::Value;
use testkit::Scratch;

/// Something of everything, for the embedded list: a party out of scope, a list that is not there, a programme that
/// nobody has.
const HOUSE: &str = r#"name = "house"
[match]
threshold = 0.80
[programmes]
exclude = ["HRIT-IR", "NOPE"]
[[rule]]
list = "ofac_sdn"
schema = "Person"
weak_aliases = false
minimum_bits = 28
[[rule]]
schema = "Organization"
threshold = 0.50
[[rule]]
list = "eu_fsf"
threshold = 0.9
"#;

/// A customer for each reason, one whom nothing concerns, and a row that fails.
const PAST: &str = "id,schema,name
a,Company,Net Peygard Samavat
b,Person,Kiarash Nabavi
c,Person,Anna Lindqvist
d,Person,?!
e,Person,Hossein Nodeh
f,Person,Hosein Kazemi
g,Person,Mostafa Sarmadi
";

fn scratch() -> Scratch {
    let scratch = Scratch::new();
    scratch.file("house.toml", HOUSE);
    scratch.file("past.csv", PAST);
    scratch
}

/// Runs with `{}` standing for the folder, which is taken out of what it says.
fn ran_in(scratch: &Scratch, args: &[&str]) -> common::Ran {
    let folder = arg(scratch.dir());
    let args: Vec<String> = args.iter().map(|a| a.replace("{}", folder)).collect();
    let mut ran = run(&args, "");
    for text in [&mut ran.stdout, &mut ran.stderr] {
        *text = text.replace(folder, "[folder]");
    }
    ran
}

#[test]
fn check() {
    let scratch = scratch();
    let check = ["policy", "check", "{}/house.toml"];
    for (name, more, warned) in [
        ("check_table", &["--list", "demo", "--format", "table"][..], true),
        ("check_json", &["--list", "demo"], true),
        ("check_without_list_table", &["--format", "table"], false),
    ] {
        let ran = ran_in(&scratch, &[&check[..], more].concat());
        assert_eq!(ran.status, 0, "warnings leave 0: {}", ran.stderr);
        assert_snapshot!(name, ran.stdout);
        assert_eq!(ran.stderr.contains("eu_fsf") && ran.stderr.contains("NOPE"), warned, "{}", ran.stderr);
    }
    let (jsonl, json) =
        (ran_in(&scratch, &[&check[..], &["--format", "jsonl"]].concat()), ran_in(&scratch, &check));
    assert_eq!(json_lines(&jsonl.stdout), [serde_json::from_str::<Value>(&json.stdout).unwrap()]);
}

/// The built-in policy can be printed, read back, and is what holds without one.
#[test]
fn the_default() {
    let scratch = scratch();
    let printed = run(&["policy", "default"], "");
    assert_eq!((printed.status, printed.stderr.as_str()), (0, ""));
    scratch.file("copy.toml", printed.stdout);
    let sha256 = |policy: &str| -> Value {
        let ran = ran_in(&scratch, &["policy", "check", policy]);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{policy}");
        serde_json::from_str::<Value>(&ran.stdout).unwrap()["sha256"].clone()
    };
    assert_eq!(sha256("{}/copy.toml"), sha256("default"));
    assert_ne!(sha256("{}/house.toml"), sha256("default"));
    let screen =
        |more: &[&str]| run(&[&["screen", "Kiarash Nabavi", "--list", "demo"][..], more].concat(), "");
    assert_eq!(screen(&["--policy", "default"]).stdout, screen(&[]).stdout);
}

/// Arguments, status, and what standard error must say.
#[test]
fn what_is_wrong_is_said_with_its_place() {
    let scratch = scratch();
    scratch.file("typo.toml", "name = \"x\"\n[match]\n  thresold = 0.7\n");
    scratch.file("high.toml", "name = \"x\"\n[match]\nthreshold = 7\n");
    scratch.file("latin.toml", b"name = \"caf\xe9\"\n");
    scratch.file("nobody.toml", "name = \"x\"\n[programmes]\nonly = [\"CUBA\"]\n");
    let list = scratch.file("own.ftm.jsonl", "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Jane Doe\"],\"program\":[\"CUBA\"]}}\n");
    let demo_and_own = ["--list", "demo", "--list", arg(&list)];
    let diff = ["policy", "diff", "default", "{}/house.toml", "--input", "{}/past.csv", "--list", "demo"];
    let rows: Vec<(Vec<&str>, i32, &[&str])> = vec![
        (vec!["policy", "check", "{}/typo.toml"], 3, &["typo.toml:3:3", "thresold", "remedy", "threshold?"]),
        (vec!["policy", "check", "{}/high.toml"], 3, &["high.toml:3:13", "remedy", "0 to 1"]),
        (vec!["policy", "check", "{}/latin.toml"], 3, &["latin.toml", "utf-8", "remedy"]),
        (
            vec!["policy", "check", "{}/absent.toml"],
            3,
            &["absent.toml", "remedy", "interdict policy default"],
        ),
        (vec!["policy", "check", "{}/house.toml", "--format", "csv"], 2, &["no csv", "remedy"]),
        (vec!["policy", "check"], 2, &["usage"]),
        (vec!["policy", "check", "{}/nobody.toml", "--list", "demo"], 3, &["nobody in scope", "remedy"]),
        (vec!["screen", "Jane Doe", "--list", "demo", "--policy", "{}/typo.toml"], 3, &["typo.toml:3:3"]),
        (vec!["screen", "Jane Doe", "--list", "demo", "--policy", "{}/nobody.toml"], 3, &["nobody in scope"]),
        (vec!["compare", "Jane Doe", "Jane Doe", "--policy", "{}/high.toml"], 3, &["high.toml:3:13"]),
        // One list of two is empty under the policy: said, and the other is screened against.
        (
            [&["screen", "Jane Doe", "--policy", "{}/nobody.toml"], &demo_and_own[..]].concat(),
            0,
            &["demo: the policy leaves nobody of this list in scope", "out of scope by their programmes: 8"],
        ),
        (diff.to_vec(), 4, &["past.csv line 5", "remedy", "1 failed"]),
        ([&diff[..], &["--format", "jsonl"]].concat(), 2, &["--format json", "remedy"]),
        ([&diff[..], &["--format", "table", "--output", "{}/o"]].concat(), 2, &["table", "remedy"]),
        ([&diff[..], &["--output", "{}/house.toml"]].concat(), 2, &["house.toml", "which is read"]),
        ([&diff[..], &["--output", "{}/none/o"]].concat(), 3, &["none/o", "remedy"]),
        ([&diff[..], &["--schema", "Spaceship"]].concat(), 2, &["--schema Spaceship", "remedy"]),
        (diff[..6].to_vec(), 3, &["no list", "remedy"]),
        (
            vec!["policy", "diff", "default", "{}/typo.toml", "--input", "{}/past.csv", "--list", "demo"],
            3,
            &["typo.toml:3:3"],
        ),
        (vec!["policy", "diff", "default", "default", "--list", "demo"], 2, &["--input"]),
    ];
    let mut faults = Faults::default();
    for (args, status, said) in rows {
        let ran = ran_in(&scratch, &args);
        faults.unless(ran.status == status, || format!("{args:?}: status {}\n{}", ran.status, ran.stderr));
        faults.unless_said(&format!("{args:?}"), &ran.stderr, said);
    }
}

/// Results and receipt say which policy ruled, and by which line; `--threshold` moves neither scores nor matches.
#[test]
fn screened_under_a_policy() {
    let scratch = scratch();
    let screen = ["screen", "--input", "{}/past.csv", "--list", "demo", "--policy", "{}/house.toml"];
    let ran = ran_in(&scratch, &[&screen[..], &["--output", "{}/o"]].concat());
    assert_eq!(ran.status, 4, "a row fails: {}", ran.stderr);
    let text = std::fs::read_to_string(scratch.path("o")).unwrap();
    let results = |text: &str| -> Vec<(String, Vec<Value>)> {
        let result = |line: &Value| line["results"].as_array().unwrap().clone();
        json_lines(text).iter().map(|line| (line["id"].as_str().unwrap().to_owned(), result(line))).collect()
    };
    let own = results(&text);
    let found: Vec<(&str, &str, bool)> = own
        .iter()
        .flat_map(|(id, r)| r.iter().map(|r| (id.as_str(), r["id"].as_str().unwrap(), r["match"] == true)))
        .collect();
    // One company is out of scope, the other was called so before; the weak alias is not compared; Sarmadi reaches the
    // line with too few bits.
    assert_eq!(found, [("a", "ofac-33634", true), ("e", "ofac-33494", true), ("g", "ofac-33493", false)]);
    let policy = &own[6].1[0]["policy"];
    assert_eq!(keys(policy), ["name", "match_threshold", "minimum_bits"]);
    assert_eq!((&policy["name"], &policy["match_threshold"]), (&"house".into(), &0.8.into()));

    let receipt: Value = serde_json::from_slice(&std::fs::read(scratch.path("o.run.json")).unwrap()).unwrap();
    let checked: Value =
        serde_json::from_str(&ran_in(&scratch, &["policy", "check", "{}/house.toml"]).stdout).unwrap();
    assert_eq!(receipt["configuration"]["sha256"], checked["sha256"]);
    assert_eq!(receipt["configuration"]["policy"], "house");
    assert_eq!(receipt["configuration"]["settings"], checked["settings"]);
    assert_eq!(
        (&receipt["request"]["threshold"], &receipt["lists"][0]["out_of_scope"]),
        (&Value::Null, &1.into())
    );
    assert!(receipt["warnings"].to_string().contains("NOPE"), "{}", receipt["warnings"]);

    let all = results(&ran_in(&scratch, &[&screen[..], &["--threshold", "0"]].concat()).stdout);
    for ((id, own), (_, all)) in own.iter().zip(&all) {
        let line = |r: &Value| r["policy"]["match_threshold"].as_f64();
        let reached: Vec<Value> = all.iter().filter(|r| r["score"].as_f64() >= line(r)).cloned().collect();
        assert_eq!(*own, reached, "{id}: of each party, from its own line on");
        assert!(all.iter().all(|r| r["id"] != "ofac-26390"), "{id}: who is out of scope is no result");
    }
    let exhaustive = ran_in(&scratch, &[&screen[..], &["--exhaustive"]].concat());
    assert_eq!(exhaustive.stdout, text, "the index loses nothing");
    let table =
        ["screen", "Mostafa Sarmadi", "--list", "demo", "--policy", "{}/house.toml", "--format", "table"];
    let ran = ran_in(&scratch, &table);
    assert_snapshot!("screen_table", ran.stdout);
    assert_snapshot!("screen_stderr", ran.stderr);
}

#[test]
fn compared_under_a_policy() {
    let scratch = scratch();
    let matched = |schema: &str, policy: &str| {
        let names = ["compare", "Mostafa Sarmadi", "SARMADI, Mostafa", "--schema", schema];
        let ran = ran_in(&scratch, &[&names[..], &["--policy", policy]].concat());
        serde_json::from_str::<Value>(&ran.stdout).unwrap()["match"] == true
    };
    scratch.file("strict.toml", "name = \"strict\"\n[[rule]]\nschema = \"Person\"\nminimum_bits = 60\n");
    for (schema, policy, expected) in [
        ("Person", "default", true),
        ("Person", "{}/strict.toml", false),
        // Rules for a list do not hold where no list is known.
        ("Person", "{}/house.toml", true),
    ] {
        assert_eq!(matched(schema, policy), expected, "{schema} {policy}");
    }
}

#[test]
fn diff() {
    let scratch = scratch();
    let diff = |old: &str, new: &str, more: &[&str]| {
        let args = ["policy", "diff", old, new, "--input", "{}/past.csv", "--list", "demo"];
        let ran = ran_in(&scratch, &[&args[..], more].concat());
        assert_eq!(ran.status, 4, "a row fails: {}", ran.stderr);
        ran
    };
    let json = |old: &str, new: &str| serde_json::from_str::<Value>(&diff(old, new, &[]).stdout).unwrap();
    let (there, back) = (json("default", "{}/house.toml"), json("{}/house.toml", "default"));
    assert_eq!(
        keys(&there),
        [
            "changes",
            "old",
            "new",
            "lists",
            "rows",
            "matches",
            "total",
            "by_party",
            "by_reason",
            "failures",
            "warnings"
        ]
    );
    let told = |value: &Value| -> Vec<(String, String, String)> {
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let changes = value["changes"].as_array().unwrap().iter();
        changes.map(|c| (text(&c["row"]), text(&c["change"]), text(&c["reason"]))).collect()
    };
    let expected = |kind: &str, both: &str| {
        [("a", "programme"), ("b", "weak_aliases"), ("f", both), ("g", "minimum_bits")]
            .map(|(row, reason)| (row.to_owned(), kind.to_owned(), reason.to_owned()))
    };
    assert_eq!(told(&there), expected("lost", "threshold or minimum_bits"), "either takes it away");
    assert_eq!(
        told(&back),
        expected("gained", "threshold and minimum_bits"),
        "it takes both to give it back"
    );
    for (value, before, after) in [(&there, "old", "new"), (&back, "new", "old")] {
        assert_eq!((&value["matches"][before], &value["matches"][after]), (&6.into(), &2.into()));
    }
    let nothing = json("{}/house.toml", "{}/house.toml");
    assert_eq!((&nothing["changes"], &nothing["rows"]["changed"]), (&Value::Array(Vec::new()), &0.into()));

    let form = |form: &str| diff("default", "{}/house.toml", &["--format", form]);
    assert_snapshot!("diff_json", form("json").stdout);
    assert_snapshot!("diff_csv", form("csv").stdout);
    assert_snapshot!("diff_table", form("table").stdout);
    assert_snapshot!("diff_stderr", form("csv").stderr);
    let csv = form("csv").stdout;
    diff("default", "{}/house.toml", &["--format", "csv", "--output", "{}/changes.csv", "--threads", "1"]);
    assert_eq!(std::fs::read_to_string(scratch.path("changes.csv")).unwrap(), csv, "in a file the same");
}

/// Two settings that change at once: which of them did it is found by changing one at a time.
#[test]
fn reasons_that_come_together() {
    let scratch = Scratch::new();
    scratch.file("past.csv", "id,schema,name\nf,Person,Hosein Kazemi\n");
    for (old, new, kind, reason) in [
        ("", "threshold = 0.8\nminimum_bits = 60", "lost", "threshold or minimum_bits"),
        ("threshold = 0.8\nminimum_bits = 60", "", "gained", "threshold and minimum_bits"),
        ("", "minimum_bits = 60\nname_floor = 0.5", "lost", "minimum_bits"),
        ("threshold = 0.8", "minimum_bits = 60", "changed", "threshold and minimum_bits"),
    ] {
        scratch.file("old.toml", format!("name = \"old\"\n[match]\n{old}\n"));
        scratch.file("new.toml", format!("name = \"new\"\n[match]\n{new}\n"));
        let ran = ran_in(
            &scratch,
            &["policy", "diff", "{}/old.toml", "{}/new.toml", "--input", "{}/past.csv", "--list", "demo"],
        );
        let value: Value = serde_json::from_str(&ran.stdout).unwrap();
        let change = &value["changes"][0];
        assert_eq!(
            (&change["change"], &change["reason"]),
            (&kind.into(), &reason.into()),
            "{old} -> {new}: {value}"
        );
    }
}
