//! The output contract that scripts rely on (`ARCHITECTURE.md`), held by snapshots: every command's help, every form of
//! output, the receipt. What a snapshot says may move with the tables (scores, bits); which keys there are, in which
//! order and where the failed rows stand is asserted by hand and moves only on purpose.
//!
//! A change that is meant: `INSTA_UPDATE=always cargo test -p interdict --test contract`, then read the diff.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{arg, json_lines, keys, run};
use insta::assert_snapshot;
use serde_json::Value;
use testkit::Scratch;

const LINE: [&str; 5] = ["id", "query", "total", "truncated", "results"];
const QUERY: [&str; 2] = ["schema", "properties"];
const RESULT: [&str; 11] = [
    "id",
    "caption",
    "schema",
    "datasets",
    "list_version",
    "basis",
    "score",
    "bits",
    "match",
    "policy",
    "explanation",
];
const FAILED: [&str; 3] = ["id", "error", "results"];

/// A case of each kind: a hit, nobody, too few columns, an identifier alone, no id, no letter or digit, no schema of a
/// party, no name, several hits, a quotation mark that never closes.
const CUSTOMERS: &str = r#"id,schema,name,birthDate,nationality,idNumber,branch
c-1,Person,Mohammad Baqer Shinrakar,1979-09-21,Iran,,Bonn
c-2,Person,Anna Lindqvist,1990-04-12,Sweden,,Bonn
c-3,Person,Too few columns
c-4,,,,,0067948431,Bonn
,Person,Sajad Kashian,,,,Bonn
c-6,Person,?!,,,,Bonn
c-7,Address,Sajad Kashian,,,,Bonn
c-8,Person,,1990-04-12,,,Bonn
c-9,,Emennet Pasargad,,,,Bonn
c-10,Person,"Never closed,,,,Bonn
"#;
const IDS: [&str; 10] = ["c-1", "c-2", "c-3", "c-4", "5", "c-6", "c-7", "c-8", "c-9", "10"];
const FAIL: [&str; 5] = ["c-3", "c-6", "c-7", "c-8", "10"];

/// Of one result; `detail` where one name was asked by hand, which adds what is listed of the party.
fn check_result(result: &Value, detail: bool) {
    let expected: Vec<&str> = RESULT.iter().copied().chain(detail.then_some("properties")).collect();
    assert_eq!(keys(result), expected);
    assert!(
        ["listed", "owned", "identifier"].contains(&result["basis"].as_str().unwrap()),
        "{}",
        result["basis"]
    );
    let (score, threshold) = (&result["score"], &result["policy"]["match_threshold"]);
    assert_eq!(
        result["match"],
        score.as_f64() >= threshold.as_f64(),
        "match is read off the printed score: {result}"
    );
    assert!(result["datasets"].as_array().is_some_and(|d| d.iter().all(Value::is_string) && !d.is_empty()));
    // Every score can be replayed from its rows.
    let rows = result["explanation"]["rows"].as_array().unwrap();
    let sum = |key: &str| rows.iter().map(|row| row[key].as_f64().unwrap()).sum::<f64>();
    assert!((sum("share") - score.as_f64().unwrap()).abs() < 1e-9, "shares: {result}");
    assert!((sum("bits") - result["bits"].as_f64().unwrap()).abs() < 1e-9, "bits: {result}");
    assert!(
        (sum("gain") / sum("stake") - score.as_f64().unwrap()).abs() < 0.5e-4 + 1e-9,
        "gain / stake: {result}"
    );
}

/// Of one line of output.
fn check_line(line: &Value, detail: bool) {
    if line.get("error").is_some() {
        assert_eq!(keys(line), FAILED);
        assert_eq!(line["results"], Value::Array(Vec::new()));
        return;
    }
    assert_eq!(keys(line), LINE);
    assert_eq!(keys(&line["query"]), QUERY);
    let results = line["results"].as_array().unwrap();
    assert_eq!(line["truncated"], line["total"].as_u64() > Some(results.len() as u64));
    results.iter().for_each(|result| check_result(result, detail));
    let order = |r: &Value| (r["score"].as_f64(), r["bits"].as_f64(), r["id"].to_string());
    let ordered = results.windows(2).all(|w| {
        let ((s0, b0, i0), (s1, b1, i1)) = (order(&w[0]), order(&w[1]));
        s0 > s1 || (s0 == s1 && (b0 > b1 || (b0 == b1 && i0 < i1)))
    });
    assert!(ordered, "best first: by score, bits, id");
}

#[test]
fn help() {
    let commands: [(&str, &[&str]); 25] = [
        ("help", &[]),
        ("help_demo", &["demo"]),
        ("help_screen", &["screen"]),
        ("help_rescreen", &["rescreen"]),
        ("help_compare", &["compare"]),
        ("help_lists", &["lists"]),
        ("help_lists_catalogue", &["lists", "catalogue"]),
        ("help_lists_add", &["lists", "add"]),
        ("help_lists_update", &["lists", "update"]),
        ("help_lists_remove", &["lists", "remove"]),
        ("help_lists_log", &["lists", "log"]),
        ("help_lists_show", &["lists", "show"]),
        ("help_lists_diff", &["lists", "diff"]),
        ("help_lists_compile", &["lists", "compile"]),
        ("help_lists_export", &["lists", "export"]),
        ("help_lists_join", &["lists", "join"]),
        ("help_network", &["network"]),
        ("help_policy", &["policy"]),
        ("help_policy_check", &["policy", "check"]),
        ("help_policy_diff", &["policy", "diff"]),
        ("help_policy_default", &["policy", "default"]),
        ("help_validate", &["validate"]),
        ("help_intrusion", &["intrusion"]),
        ("help_campaign", &["campaign"]),
        ("help_read", &["read"]),
    ];
    for (name, command) in commands {
        let ran = run(&[command, &["--help"]].concat(), "");
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
        assert_snapshot!(name, ran.stdout);
    }
}

/// Every command that does something shows how, by example.
#[test]
fn help_has_examples() {
    for command in [
        &["demo"][..],
        &["screen"],
        &["compare"],
        &["intrusion"],
        &["lists", "catalogue"],
        &["lists", "add"],
        &["lists", "update"],
        &["lists", "remove"],
        &["lists", "log"],
        &["lists", "show"],
        &["lists", "diff"],
        &["lists", "compile"],
        &["rescreen"],
        &["lists", "export"],
        &["policy", "check"],
        &["policy", "diff"],
        &["policy", "default"],
        &["validate"],
        &["campaign"],
    ] {
        let ran = run(&[command, &["--help"]].concat(), "");
        assert!(ran.stdout.contains("Examples:\n  interdict "), "{command:?}\n{}", ran.stdout);
    }
}

#[test]
fn one_name() {
    let query = ["screen", "Mohammad Bagher Shirinkar", "--list", "demo"];
    let more = ["--schema", "Person", "--birth-date", "1979-09-21", "--country", "de", "--gender", "male"];
    for (name, args) in [
        ("name_json", [&query[..], &["--format", "json"]].concat()),
        ("name_and_attributes_json", [&query[..], &more, &["--format", "json"]].concat()),
        ("identifier_json", vec!["screen", "--id", "0067948431", "--list", "demo", "--format", "json"]),
        ("nobody_json", vec!["screen", "Anna Lindqvist", "--list", "demo", "--format", "json"]),
    ] {
        let ran = run(&args, "");
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
        let line: Value = serde_json::from_str(&ran.stdout).unwrap();
        check_line(&line, true);
        let found =
            line["results"].as_array().unwrap().first().map(|r| (r["id"].as_str(), r["match"].as_bool()));
        let expected = (name != "nobody_json").then_some((Some("ofac-26391"), Some(true)));
        assert_eq!(found, expected, "{name}");
        assert_snapshot!(name, ran.stdout);
    }
}

/// The same answer in each form; a pipe gets JSON where no form is asked for.
#[test]
fn forms() {
    let query = ["screen", "Seyyed Mehdi Hashemi", "--list", "demo", "--threshold", "0", "--limit", "2"];
    let form = |form: &str| run(&[&query[..], &["--format", form]].concat(), "").stdout;
    let (json, jsonl, csv, table) = (form("json"), form("jsonl"), form("csv"), form("table"));
    let value: Value = serde_json::from_str(&json).unwrap();
    check_line(&value, true);
    assert_eq!(json_lines(&jsonl), std::slice::from_ref(&value), "one line holds the same");
    assert_eq!(run(&query, "").stdout, json, "json in a pipe");
    let ids: Vec<&str> = csv.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
    let results = value["results"].as_array().unwrap();
    assert!(results.len() > 1, "an order needs two");
    assert_eq!(ids, results.iter().map(|r| r["id"].as_str().unwrap()).collect::<Vec<_>>());
    assert!(ids.iter().all(|id| table.contains(id)), "{table}");
    assert_snapshot!("form_csv", csv);
    assert_snapshot!("form_jsonl", jsonl);
    assert_snapshot!("form_table", table);
}

#[test]
fn names_on_standard_input() {
    let stdin = "Sajjad Kashian\n\n?!\n  Anna Lindqvist \r\nMostafa Sarmadi";
    let ran = run(&["screen", "-", "--list", "demo"], stdin);
    assert_eq!(ran.status, 4, "one line failed");
    let lines = json_lines(&ran.stdout);
    lines.iter().for_each(|line| check_line(line, true));
    let ids: Vec<&str> = lines.iter().map(|l| l["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "3", "4", "5"], "the number of the line; blank lines are none");
    assert_snapshot!("stdin_jsonl", ran.stdout);
    assert_snapshot!("stdin_stderr", ran.stderr);
}

/// What differs from run to run, and what moves with every change to a table.
fn steady(text: &str, scratch: &Scratch) -> String {
    let mut out = String::new();
    let text = text.replace(arg(scratch.dir()), "[folder]");
    let mut tables = false;
    for line in text.lines() {
        let key = line.trim_start().split(':').next().unwrap_or_default();
        let end = if line.ends_with(',') { "," } else { "" };
        let unsteady = match key {
            "\"started\"" | "\"modified\"" | "\"age_seconds\"" | "\"version\"" if !line.contains("null") => {
                !line.contains("sha256:")
            }
            "\"sha256\"" => tables,
            _ => false,
        };
        tables = matches!(key, "\"tables\"" | "\"output\"") || (tables && key == "\"path\"");
        if unsteady {
            let indent = line.len() - line.trim_start().len();
            out += &format!("{}{key}: \"[varies]\"{end}\n", &line[..indent]);
        } else {
            out += line;
            out += "\n";
        }
    }
    out
}

#[test]
fn batch_and_receipt() {
    let scratch = Scratch::new();
    let input = scratch.file("customers.csv", CUSTOMERS);
    let output = scratch.path("hits.jsonl");
    let args = ["screen", "--input", arg(&input), "--output", arg(&output), "--list", "demo"];
    let ran = run(&args, "");
    assert_eq!((ran.status, ran.stdout.as_str()), (4, ""), "{}", ran.stderr);
    let text = std::fs::read_to_string(&output).unwrap();
    let lines = json_lines(&text);
    lines.iter().for_each(|line| check_line(line, false));
    let ids: Vec<&str> = lines.iter().map(|l| l["id"].as_str().unwrap()).collect();
    assert_eq!(ids, IDS, "a line for every row, in the order of the rows");
    let failed: Vec<&str> =
        lines.iter().filter(|l| l.get("error").is_some()).filter_map(|l| l["id"].as_str()).collect();
    assert_eq!(failed, FAIL);
    let best = |id: &str| {
        let line = lines.iter().find(|l| l["id"] == id).unwrap();
        line["results"]
            .as_array()
            .and_then(|r| r.first())
            .map(|r| (r["id"].as_str().unwrap(), r["basis"].as_str().unwrap()))
    };
    for (id, expected) in [
        ("c-1", Some(("ofac-26391", "listed"))),
        ("c-2", None),
        ("c-4", Some(("ofac-26391", "identifier"))),
        ("5", Some(("ofac-33496", "listed"))),
        ("c-9", Some(("ofac-33634", "listed"))),
    ] {
        assert_eq!(best(id), expected, "{id}");
    }
    assert_snapshot!("batch_jsonl", text);

    let receipt_text = std::fs::read_to_string(scratch.path("hits.jsonl.run.json")).unwrap();
    let receipt: Value = serde_json::from_str(&receipt_text).unwrap();
    assert_eq!(
        keys(&receipt),
        [
            "engine",
            "started",
            "configuration",
            "tables",
            "request",
            "lists",
            "input",
            "output",
            "rows",
            "failures",
            "warnings"
        ]
    );
    let rows = &receipt["rows"];
    let count = |key: &str| rows[key].as_u64().unwrap();
    assert_eq!((count("in"), count("failed"), count("truncated")), (10, 5, 0));
    assert_eq!(count("screened") + count("failed"), count("in"));
    let named: Vec<&str> =
        receipt["failures"].as_array().unwrap().iter().filter_map(|f| f["id"].as_str()).collect();
    assert_eq!(named, FAIL);
    for list in receipt["lists"].as_array().unwrap() {
        let version = list["version"].as_str().unwrap();
        let (sha256, of_lines) = (list["sha256"].as_str().unwrap(), &lines[0]["results"][0]["list_version"]);
        assert_eq!((sha256.len(), of_lines), (64, &list["version"]));
        assert!(sha256.starts_with(version.trim_start_matches("sha256:")), "{version} names {sha256}");
    }
    assert_snapshot!("receipt", steady(&receipt_text, &scratch));
    assert_snapshot!("batch_stderr", steady(&ran.stderr, &scratch));
    // Without --output the lines go to standard output.
    let piped = run(&["screen", "--input", arg(&input), "--list", "demo"], "");
    assert_eq!((piped.status, piped.stdout), (4, text));
}

/// A file of a list is in the receipt by its hash and age.
#[test]
fn receipt_of_a_list_file() {
    let scratch = Scratch::new();
    let row = |id: u8, name: &str| {
        format!("{id},\"{name}\",\"individual\",\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
    };
    let list = scratch.file("sdn.csv", row(1, "DOE, Jane") + &row(2, "ROE, Richard") + "\x1A");
    scratch.file("alt.csv", "1,1,\"aka\",\"DOE, Janet\",-0- \r\n\x1A");
    let input = scratch.file(
        "customers.jsonl",
        "{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Janet Doe\"]}}\n",
    );
    let output = scratch.path("hits");
    let ran = run(&["screen", "--input", arg(&input), "--output", arg(&output), "--list", arg(&list)], "");
    assert_eq!(ran.status, 0, "a sibling that is not there is a warning: {}", ran.stderr);
    let receipt: Value =
        serde_json::from_slice(&std::fs::read(scratch.path("hits.run.json")).unwrap()).unwrap();
    let list = &receipt["lists"][0];
    assert_eq!(
        keys(list),
        [
            "source",
            "dataset",
            "version",
            "sha256",
            "modified",
            "age_seconds",
            "parties",
            "out_of_scope",
            "skipped",
            "skipped_count",
            "warnings",
            "files"
        ]
    );
    assert!(list["age_seconds"].as_u64().is_some_and(|age| age < 600), "{list}");
    assert!(list["warnings"].to_string().contains("add.csv"), "the missing sibling is named: {list}");
    let files: Vec<&str> =
        list["files"].as_array().unwrap().iter().filter_map(|f| f["name"].as_str()).collect();
    assert_eq!(files, ["sdn.csv", "alt.csv"]);
    let hash = |n: usize| list["files"][n]["sha256"].as_str().unwrap().len();
    assert_eq!((hash(0), hash(1)), (64, 64));
}

#[test]
fn limits_are_said() {
    let scratch = Scratch::new();
    let list = scratch
        .file("twins.csv", "id,schema,name\nb,Person,Jane Doe\na,Person,Jane Doe\nc,Person,Jane Does\n");
    let screen = |limit: &str| {
        let ran =
            run(&["screen", "Jane Doe", "--list", arg(&list), "--threshold", "0.1", "--limit", limit], "");
        let line: Value = serde_json::from_str(&ran.stdout).unwrap();
        check_line(&line, true);
        let ids: Vec<String> = line["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["id"].as_str().unwrap().to_owned())
            .collect();
        (ids.join(" "), line["total"].as_u64().unwrap(), line["truncated"].as_bool().unwrap())
    };
    for (limit, expected) in
        [("1", ("a b", 3, true)), ("2", ("a b", 3, true)), ("3", ("a b c", 3, false)), ("0", ("", 3, true))]
    {
        let (ids, total, truncated) = screen(limit);
        assert_eq!((ids.as_str(), total, truncated), expected, "--limit {limit}: ties are never split");
    }
}

/// `--threshold` decides what is returned, and neither a score nor a match.
#[test]
fn scores_do_not_depend_on_the_threshold() {
    let results = |threshold: &str| -> Vec<Value> {
        let ran = run(
            &["screen", "Seyyed Mehdi Hashemi", "--list", "demo", "--limit", "100", "--threshold", threshold],
            "",
        );
        serde_json::from_str::<Value>(&ran.stdout).unwrap()["results"].as_array().unwrap().clone()
    };
    let all = results("0");
    assert!(all.len() > 1 && all.iter().any(|r| r["match"] == false), "several, and not all of them match");
    for threshold in ["0.3", "0.7", "0.95", "1"] {
        let t: f64 = threshold.parse().unwrap();
        let expected: Vec<Value> = all.iter().filter(|r| r["score"].as_f64() >= Some(t)).cloned().collect();
        assert_eq!(results(threshold), expected, "--threshold {threshold}");
    }
}

#[test]
fn compare() {
    let (a, b) = ("Sayed Mohammad Hussein Kazemi", "KAZEMI, Seyyed Mohammad Hosein Musa");
    for (name, args) in [
        ("compare_json", ["compare", a, b, "--schema", "Person", "--format", "json"]),
        ("compare_table", ["compare", a, b, "--schema", "Person", "--format", "table"]),
        ("compare_csv", ["compare", a, b, "--schema", "Person", "--format", "csv"]),
        ("compare_strangers_json", ["compare", "Xi Wu", b, "--schema", "Person", "--format", "json"]),
    ] {
        let ran = run(&args, "");
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
        if name.ends_with("json") {
            let value: Value = serde_json::from_str(&ran.stdout).unwrap();
            assert_eq!(keys(&value), ["score", "bits", "match", "explanation"]);
            assert_eq!(value["match"], name == "compare_json");
        }
        assert_snapshot!(name, ran.stdout);
    }
}

/// All columns of a file of pairs come back, whatever they are called, with three more.
#[test]
fn pairs() {
    let scratch = Scratch::new();
    let rows = "pair,name2,name1,schema,remark\n\
        1,\"KASHIAN, Sajjad\",Sajad Kashian,Person,\"a, \"\"b\"\"\"\n\
        2,Xi Wu,Sajad Kashian,Person,\n\
        3,EMENNET PASARGAD,Emen Net Pasargad Co.,Company,é\n\
        4,?!,Sajad Kashian,Person,no name\n\
        5,Sajad Kashian,Sajad Kashian,,no schema\n";
    let input = scratch.file("pairs.csv", rows);
    let output = scratch.path("scored.csv");
    let ran = run(&["compare", "--pairs", arg(&input), "--output", arg(&output)], "");
    assert_eq!((ran.status, ran.stdout.as_str()), (4, ""), "one pair cannot be compared: {}", ran.stderr);
    let text = std::fs::read_to_string(&output).unwrap();
    let there: Vec<&str> = text.lines().collect();
    assert_eq!(there[0], "pair,name2,name1,schema,remark,score,bits,match");
    for (n, (row, back)) in rows.lines().zip(&there).enumerate().skip(1) {
        assert!(back.starts_with(&format!("{row},")), "all columns come back: {back}");
        assert!(back.ends_with(if [1, 3, 5].contains(&n) { ",true" } else { ",false" }), "{back}");
    }
    assert_eq!(there.len(), rows.lines().count());
    assert_snapshot!("pairs_csv", text);
    assert_snapshot!("pairs_stderr", steady(&ran.stderr, &scratch));
    let piped = run(&["compare", "--pairs", arg(&input)], "");
    assert_eq!((piped.status, piped.stdout), (4, text), "to standard output the same");
}

#[test]
fn lists_show() {
    let ran = run(&["lists", "show", "demo", "--format", "json"], "");
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let value: Value = serde_json::from_str(&ran.stdout).unwrap();
    let frozen = ["source", "version", "entities", "names", "aliases", "relations", "unmapped", "skipped"];
    let order: Vec<&str> = keys(&value).into_iter().filter(|key| frozen.contains(key)).collect();
    assert_eq!(order, frozen);
    assert_snapshot!("lists_show_json", ran.stdout);
    assert_snapshot!("lists_show_table", run(&["lists", "show", "demo", "--format", "table"], "").stdout);
}
