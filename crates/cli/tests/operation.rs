//! `interdict intrusion LOG --messages --records --public`: the operation, as scripts and people get it.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use common::{arg, run};
use serde_json::Value;
use testkit::Scratch;
use testkit::case::{Case, Plan, Scale};

/// The case of seed 11 in a folder.
fn case() -> (Scratch, Case) {
    let scratch = Scratch::new();
    std::fs::create_dir(scratch.path("logs")).unwrap();
    let case = Case::new(&Plan { seed: 11, scale: Scale::Small, logs: Some(Vec::new()) });
    for (name, text) in case.files() {
        std::fs::write(scratch.path(name), text).unwrap();
    }
    (scratch, case)
}

#[test]
fn the_operation_as_json_and_as_text() {
    let (scratch, case) = case();
    let path = |name: &str| scratch.path(name).to_str().unwrap().to_owned();
    let [log, mails, posts, voters, public] =
        ["access.log", "mailbox.mbox", "posts.csv", "voters.csv", "public.csv"].map(path);
    let all = [
        "intrusion",
        &log,
        "--messages",
        &mails,
        "--messages",
        &posts,
        "--records",
        &voters,
        "--public",
        &public,
    ];
    let json = run(&[&all[..], &["--format", "json"]].concat(), "");
    assert_eq!(json.status, 0, "{}", json.stderr);
    let value: Value = serde_json::from_str(&json.stdout).unwrap();
    let operation = &value["operation"];
    let mailings = operation["mailings"].as_array().unwrap();
    let drawn = mailings.iter().filter(|mailing| mailing["source"]["verdict"] == "drawn_from_exposed");
    assert_eq!(drawn.count(), 4);
    assert_eq!(operation["exposed"], case.logs[0].records().len());
    for key in ["unknown_ids", "timeline", "traces"] {
        assert!(!operation[key].is_null(), "{key}");
    }

    let text = run(&[&all[..], &["--format", "table"]].concat(), "");
    assert_eq!(text.status, 0, "{}", text.stderr);
    for wanted in ["DRAWN FROM EXPOSED RECORDS", "source not distinguishable", "timeline", "to be screened"] {
        assert!(text.stdout.contains(wanted), "{wanted}: {}", text.stdout);
    }
    // Nobody's record is named without being asked for, not even by its id.
    for voter in &case.voters {
        for personal in [voter.name(), voter.street.clone(), voter.id.to_string()] {
            assert!(!text.stdout.contains(&personal), "{personal}: {}", text.stdout);
        }
    }
    let screened = run(&[&all[..], &["--format", "json", "--list", "demo"]].concat(), "");
    assert_eq!(screened.status, 0, "{}", screened.stderr);
    let value: Value = serde_json::from_str(&screened.stdout).unwrap();
    let traces = value["operation"]["traces"].as_array().unwrap();
    assert!(!traces.is_empty() && traces.iter().all(|trace| trace["results"].is_array()), "{traces:#?}");
    let text = run(&[&all[..], &["--format", "table", "--list", "demo"]].concat(), "");
    assert!(
        text.stdout.contains("bluegate.example.org") && text.stdout.contains("no result"),
        "{}",
        text.stdout
    );
    let revealed = run(&[&all[..], &["--format", "table", "--reveal"]].concat(), "");
    assert!(revealed.stdout.contains("recipients: 200"), "{}", revealed.stdout);
}

#[test]
fn what_is_refused() {
    let (scratch, _) = case();
    let path = |name: &str| scratch.path(name).to_str().unwrap().to_owned();
    let check = |arguments: &[&str], status: i32, message: &str| {
        let ran = run(&[&["intrusion"], arguments].concat(), "");
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{message}: {}", ran.stderr);
    };
    let (log, mails, voters) = (path("access.log"), path("mailbox.mbox"), path("voters.csv"));
    check(&[&log, "--messages", &mails], 2, "--records");
    check(&[&log, "--records", &voters], 2, "--messages");
    check(&[&log, "--messages", &mails, "--records", &voters, "--format", "csv"], 2, "--format json");
    check(&[&log, "--messages", &mails, "--records", &path("posts.csv")], 3, "no column for name, address");
    let empty = scratch.file("empty.csv", "id,name,street\n");
    check(&[&log, "--messages", &mails, "--records", arg(&empty)], 3, "holds no record");
    let broken =
        scratch.file("broken.csv", "id,name,street,town\n1,Ada Brook,5 Mill Street,Saltmere\n2,Hugo\n");
    check(&[&log, "--messages", &mails, "--records", arg(&broken)], 4, "line 3: 2 columns");
    check(&[&log, "--list", "demo"], 2, "--messages and --records");
    let folder = scratch.dir().to_str().unwrap().to_owned();
    check(&[&folder], 3, "name the files in it");
}
