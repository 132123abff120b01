//! `interdict validate`: the same bytes for the same seed, the frozen keys, and a baseline that can fail.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{arg, keys, run};
use insta::assert_snapshot;
use serde_json::{Value, json};
use testkit::Scratch;

const DEMO: [&str; 5] = ["validate", "--list", "demo", "--records", "400"];

/// A run's JSON without its times.
fn figures(more: &[&str]) -> Value {
    let ran = run(&[&DEMO[..], &["--format", "json"], more].concat(), "");
    assert_eq!(ran.status, 0, "{more:?}: {}", ran.stderr);
    let mut value: Value = serde_json::from_str(&ran.stdout).unwrap();
    let timings = value.as_object_mut().unwrap().shift_remove("timings").unwrap();
    assert!(timings["queries"].as_u64().unwrap() > 200);
    value
}

#[test]
fn the_same_seed_gives_the_same_bytes_with_any_number_of_threads() {
    let one = figures(&["--threads", "1"]).to_string();
    assert_eq!(one, figures(&["--threads", "2"]).to_string());
    assert_eq!(one, figures(&[]).to_string());
    assert_ne!(one, figures(&["--seed", "2"]).to_string());
}

#[test]
fn keys_and_figures() {
    let value = figures(&[]);
    assert_eq!(
        keys(&value),
        [
            "validation",
            "setting",
            "summary",
            "requirements",
            "treatments",
            "special",
            "curve",
            "calibration",
            "origins",
            "false_alarms",
            "above_the_line",
            "below_the_line",
            "misses",
        ]
    );
    assert_eq!(value["summary"]["exact"]["found"], value["summary"]["exact"]["of"]);
    // What depends on the engine's tables moves with them: their hash, and what stands just at the line.
    let shown = json!({
        "summary": value["summary"],
        "requirements": value["requirements"],
        "treatments": value["treatments"].as_array().unwrap().iter()
            .map(|t| format!("{} {} {} {}", t["code"], t["severity"], t["applicable"], t["found"]))
            .collect::<Vec<_>>(),
        "misses": value["misses"].as_array().unwrap().iter()
            .map(|m| format!("{} {} {} {} {}", m["treatment"], m["listed"], m["query"], m["score"], m["why"]))
            .collect::<Vec<_>>(),
    });
    assert_snapshot!(format!("{shown:#}"));
}

#[test]
fn a_baseline_fails_what_has_become_worse() {
    let scratch = Scratch::new();
    let (base, page) = (scratch.path("base.json"), scratch.path("page.html"));
    let ran =
        run(&[&DEMO[..], &["--json", arg(&base), "--output", arg(&page), "--format", "table"]].concat(), "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("names as published"), "{}", ran.stdout);
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(html.contains("12 of 12") && html.contains("</html>") && !html.contains("<script"));
    let good: Value = serde_json::from_str(&std::fs::read_to_string(&base).unwrap()).unwrap();

    let check = |change: &dyn Fn(&mut Value), status: i32, said: &str| {
        let mut old = good.clone();
        change(&mut old);
        let file = scratch.file("old.json", old.to_string());
        let ran = run(&[&DEMO[..], &["--baseline", arg(&file), "--format", "table"]].concat(), "");
        assert_eq!(ran.status, status, "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{said:?} is not in {}", ran.stderr);
    };
    check(&|_| {}, 0, "0 worse");
    // An earlier engine that found more altered names than there are is better than any.
    check(
        &|old| old["summary"]["altered"]["found"] = json!(1_000_000),
        1,
        "worse than the baseline: altered",
    );
    check(&|old| old["summary"]["exact"]["found"] = json!(13), 1, "worse than the baseline: as published");
    check(&|old| old["setting"]["seed"] = json!(9), 0, "seed or records differ");
    check(&|old| old["setting"]["lists"][0]["sha256"] = json!("0"), 0, "the lists differ");
    check(&|old| *old = json!({ "rows": 1 }), 3, "is no validation");
}

#[test]
fn what_cannot_be_validated_is_said() {
    let scratch = Scratch::new();
    let clean = scratch.file(
        "clean.csv",
        "id,name,nationality\n1,Anna Lindqvist,Sweden\n2,?!,Sweden\n3,Sajjad Kashian,Iran\n",
    );
    let listed = scratch.file("listed.csv", "id,name\n3,\"Shirinkar, Mohammad Bagher\"\n");
    let rows: [(&[&str], i32, &str); 7] = [
        (&["validate"], 3, "--list"),
        (&["validate", "--list", "demo", "--format", "csv"], 2, "a table or JSON"),
        (&["validate", "--list", "demo", "--output", "no/such/folder/x.html"], 3, "no folder"),
        (&["validate", "--list", "demo", "--baseline", "no.json"], 3, "no.json"),
        (&["validate", "--list", "demo", "--placebo", "no.csv"], 3, "no.csv"),
        (&["validate", "--list", "demo", "--records", "50", "--placebo", arg(&clean)], 4, "1 rows"),
        (&["validate", "--list", "demo", "--records", "50", "--placebo", arg(&listed)], 3, "no name is left"),
    ];
    for (args, status, said) in rows {
        let ran = run(args, "");
        assert_eq!(ran.status, status, "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{args:?}: {said:?} is not in {}", ran.stderr);
    }
}
