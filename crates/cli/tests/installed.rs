//! Installed lists from end to end: added from files, updated, screened against by name, as of a day; what is refused.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::time::{Duration, SystemTime};

use common::{Faults, arg, json_lines, run_at};
use engine::{Fetch, FetchError, FetchRequest, Limits, Patience, Response, Updater};
use serde_json::Value;
use testkit::Scratch;

const BEFORE: &str = "id,name\n1,Mohammad Bagher Shirinkar\n2,Richard Roe\n";
const AFTER: &str = "id,name\n1,Mohammad Bagher Shirinkar\n2,Richard Roe\n3,Sajjad Kashian\n";

/// Nobody is asked.
struct NoNetwork;

impl Fetch for NoNetwork {
    fn get(&self, request: &FetchRequest<'_>) -> Result<Response, FetchError> {
        panic!("{} was asked", request.address)
    }
}

/// Adds a list at a time that is past: no clock of the command could.
fn add_at(home: &Path, list: &str, path: &Path, time: &str) {
    let time: engine::Timestamp = time.parse().unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(time.as_second() as u64);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    let patience = Patience {
        retries: 0,
        pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
        most_bytes: 0,
        slow_after: Duration::ZERO,
        sleep: &|_| true,
        clock: &|| Duration::ZERO,
        progress: &|_, _| true,
    };
    let updater = Updater {
        home: home.to_owned(),
        fetch: &NoNetwork,
        patience,
        now: &|| time,
        by: "tester".to_owned(),
        limits: Limits { shrink: 50.0, skipped: 1.0 },
        say: &|_| true,
    };
    assert!(updater.add(list, &[arg(path).to_owned()]).unwrap().is_current());
}

/// The home of 20 November 2021: the list of the 15th, and that of the 18th.
fn home() -> Scratch {
    let scratch = Scratch::new();
    let file = scratch.file("watch.csv", BEFORE);
    add_at(&scratch.path("home"), "watch", &file, "2021-11-15T09:00:00Z");
    std::fs::write(&file, AFTER).unwrap();
    add_at(&scratch.path("home"), "watch", &file, "2021-11-18T15:00:00Z");
    scratch
}

#[test]
fn as_of_a_day() {
    let scratch = home();
    let home = scratch.path("home");
    let hits = |args: &[&str]| {
        let ran = run_at(&home, &[&["screen", "Sajad Kashian", "--fail-on-hit"], args].concat(), "");
        assert!(ran.status < 2, "{args:?}: {}", ran.stderr);
        ran.status
    };
    for (as_of, found) in [
        ("2021-11-15", 0),
        ("2021-11-16", 0),
        ("2021-11-17", 0),
        ("2021-11-18T14:59:59Z", 0),
        ("2021-11-18T15:00:00Z", 1),
        ("2021-11-18", 1),
        ("2026-01-01", 1),
    ] {
        assert_eq!(hits(&["--as-of", as_of]), found, "{as_of}");
        assert_eq!(hits(&["--as-of", as_of, "--list", "watch"]), found, "{as_of}");
    }
    assert_eq!(hits(&[]), 1);
    let then = run_at(&home, &["screen", "Richard Roe", "--as-of", "2021-11-16", "--format", "json"], "");
    assert!(
        then.stderr.contains("as of 2021-11-16") && then.stderr.contains("2021-11-15T09:00:00Z"),
        "{}",
        then.stderr
    );
    assert!(
        then.stdout.contains(&format!("sha256:{}", &engine::sha256_hex(&[BEFORE.as_bytes()])[..12])),
        "{}",
        then.stdout
    );
}

/// An older version is named by its day or its hash, wherever an older list may be named.
#[test]
fn older_versions() {
    let scratch = home();
    let home = scratch.path("home");
    let version = format!("sha256:{}", &engine::sha256_hex(&[BEFORE.as_bytes()])[..12]);
    let customers = scratch.file("customers.csv", "id,name\nc1,Sajjad Kashian\nc2,Richard Roe\n");
    for when in ["2021-11-17", "2021-11-16T00:00:00Z", &version] {
        let diff =
            run_at(&home, &["lists", "diff", &format!("watch@{when}"), "watch", "--format", "json"], "");
        let diff: Value = serde_json::from_str(&diff.stdout).unwrap();
        assert_eq!(diff["added"][0]["id"], "3", "{when}: {diff}");
        assert_eq!(
            (diff["removed"].as_array().unwrap().len(), diff["changed"].as_array().unwrap().len()),
            (0, 0)
        );
        for list in [&["--list", "watch"][..], &[]] {
            let args = ["rescreen", "--input", arg(&customers), "--since", when];
            let ran = run_at(&home, &[&args, list].concat(), "");
            let lines = json_lines(&ran.stdout);
            assert_eq!(lines.len(), 1, "{when}: {}", ran.stderr);
            assert_eq!((&lines[0]["id"], &lines[0]["new"][0]["id"]), (&"c1".into(), &"3".into()), "{when}");
        }
    }
    for (when, status, says) in [
        ("2021-11-14", 3, "installed as of 2021-11-14"),
        ("sha256:00000000", 3, "no version"),
        ("yesterday", 2, "no day, moment or version"),
    ] {
        let args = ["rescreen", "--input", arg(&customers), "--since", when, "--list", "watch"];
        let ran = run_at(&home, &args, "");
        assert_eq!(ran.status, status, "{when}: {}", ran.stderr);
        assert!(ran.stderr.contains(says), "{when}: {}", ran.stderr);
    }
}

/// A list that was removed since takes its results with it; one that was added since brings its own.
#[test]
fn lists_that_came_and_went() {
    let scratch = home();
    let home = scratch.path("home");
    let other = scratch.file("other.csv", "id,name\n9,Toghroljerdi Kaveh\n");
    add_at(&home, "other", &other, "2021-11-19T09:00:00Z");
    let customers = scratch.file("customers.csv", "id,name\nc1,Sajjad Kashian\nc2,Toghroljerdi Kaveh\n");
    let rescreen = |since: &str| {
        let ran = run_at(&home, &["rescreen", "--input", arg(&customers), "--since", since], "");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        (json_lines(&ran.stdout), ran.stderr)
    };
    let (lines, said) = rescreen("2021-11-18");
    assert_eq!(
        (lines.len(), &lines[0]["id"], &lines[0]["new"][0]["id"]),
        (1, &"c2".into(), &"9".into()),
        "{said}"
    );
    assert!(said.contains("other was not installed as of 2021-11-18"), "{said}");
    assert_eq!(run_at(&home, &["lists", "remove", "watch"], "").status, 0);
    let (lines, said) = rescreen("2021-11-19");
    assert_eq!(
        (lines.len(), &lines[0]["id"], &lines[0]["gone"][0]["id"]),
        (1, &"c1".into(), &"3".into()),
        "{said}"
    );
}

/// The same answers as from the file, from the compiled list and from the contents alone.
#[test]
fn by_name_as_by_path() {
    let scratch = home();
    let (home, file) = (scratch.path("home"), scratch.path("watch.csv"));
    let customers =
        scratch.file("customers.csv", "id,name\nc-1,Sajad Kashian\nc-2,Mohamad Baqer Shirinkar\n");
    let screen = |list: &str| {
        let ran =
            run_at(&home, &["screen", "--input", arg(&customers), "--list", list, "--threshold", "0.3"], "");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        ran.stdout
    };
    let by_path = screen(arg(&file));
    assert_eq!(json_lines(&by_path)[0]["total"], 1);
    let compiled: Vec<_> =
        std::fs::read_dir(home.join("vault/compiled")).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(compiled.len(), 1, "one list, compiled once: {compiled:?}");
    assert_eq!(screen("watch"), by_path);
    std::fs::write(&compiled[0], "damaged").unwrap();
    assert_eq!(screen("watch"), by_path);
    assert_eq!(std::fs::read(&compiled[0]).unwrap(), b"damaged", "reading writes nothing");
    std::fs::remove_file(&compiled[0]).unwrap();
    assert_eq!(screen("watch"), by_path);
    assert!(!compiled[0].exists(), "reading writes nothing");
    let updated = run_at(&home, &["lists", "update"], "");
    assert_eq!(updated.status, 0, "{}", updated.stderr);
    assert!(compiled[0].exists());
    assert_eq!(screen("watch"), by_path);
}

/// Under two names a list finds nobody twice.
#[test]
fn one_list_under_two_names() {
    let scratch = home();
    let (home, file) = (scratch.path("home"), scratch.path("watch.csv"));
    assert_eq!(run_at(&home, &["lists", "add", "again", "--from", arg(&file)], "").status, 0);
    let ran = run_at(&home, &["screen", "Richard Roe", "--format", "json"], "");
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).unwrap()["total"], 1, "{}", ran.stdout);
    assert!(ran.stderr.contains("watch is the same list as again"), "{}", ran.stderr);
}

/// A file that is named is screened against without a trace in the home.
#[test]
fn a_path_leaves_no_trace() {
    let scratch = Scratch::new();
    let (home, file) = (scratch.path("home"), scratch.file("watch.csv", AFTER));
    let ran = run_at(&home, &["screen", "Sajad Kashian", "--list", arg(&file), "--fail-on-hit"], "");
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for args in
        [&["lists", "catalogue"][..], &["lists", "log"], &["lists", "update"], &["lists", "remove", "watch"]]
    {
        run_at(&home, args, "");
    }
    assert!(!home.exists());
    // Nor does the home's state matter to it.
    std::fs::create_dir_all(home.join("vault")).unwrap();
    std::fs::write(home.join("vault/FORMAT"), "interdict vault 99\n").unwrap();
    let ran = run_at(&home, &["screen", "Sajad Kashian", "--list", arg(&file), "--fail-on-hit"], "");
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    for args in [
        &["screen", "Sajad Kashian"][..],
        &["lists", "update"],
        &["lists", "log"],
        &["lists", "show", "watch"],
    ] {
        let ran = run_at(&home, args, "");
        assert_eq!(ran.status, 3, "{args:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("format 99") && ran.stderr.contains("remedy"),
            "{args:?}: {}",
            ran.stderr
        );
    }
}

/// Arguments, status, what standard error must say. `{}` is the scratch folder.
#[test]
fn refused() {
    let scratch = home();
    scratch.file("broken.csv", "id,name\n1,A\n2,B,C,D\n");
    let rows: &[(&[&str], i32, &[&str])] = &[
        (&["screen", "A", "--as-of", "2021-11-14"], 3, &["no list was installed as of 2021-11-14", "remedy"]),
        (
            &["screen", "A", "--list", "watch", "--as-of", "2021-11-14"],
            3,
            &["no version of watch", "2021-11-15", "remedy"],
        ),
        (
            &["screen", "A", "--list", "{}/watch.csv", "--as-of", "2021-11-16"],
            2,
            &["watch.csv", "no installed list", "remedy"],
        ),
        (&["screen", "A", "--as-of", "16.11.2021"], 2, &["--as-of 16.11.2021", "remedy", "2021-11-16"]),
        (&["screen", "A", "--as-of", "2021-11-16", "--max-list-age", "1d"], 2, &["--max-list-age"]),
        (&["screen", "A", "--max-list-age", "7d"], 3, &["watch is", "hours old", "lists update"]),
        (&["screen", "A", "--list", "ofac_sdn"], 3, &["ofac_sdn", "remedy", "lists catalogue"]),
        (&["lists", "show", "nowhere"], 3, &["nowhere", "remedy"]),
        (&["lists", "add", "nowhere"], 2, &["nowhere is not in the catalogue", "--from"]),
        (&["lists", "add", "../up", "--from", "{}/watch.csv"], 2, &["../up", "remedy"]),
        (&["lists", "add", "demo", "--from", "{}/watch.csv"], 2, &["demo", "remedy"]),
        (
            &["lists", "add", "new", "--from", "{}/none.csv"],
            3,
            &["new is not installed", "none.csv", "no such file"],
        ),
        (
            &["lists", "add", "new", "--from", "{}/broken.csv"],
            4,
            &["quarantined: new", "broken.csv line 3", "--allow-skipped"],
        ),
        (
            &["lists", "add", "new", "--from", "{}/watch.csv", "--from", "https://a.example/b"],
            2,
            &["together"],
        ),
        (&["lists", "add", "new", "--from", "ftp://a.example/b"], 3, &["new is not installed", "ftp:"]),
        (
            &["lists", "add", "new", "--from", "{}/watch.csv", "--ca-file", "{}/watch.csv"],
            3,
            &["--ca-file", "PEM"],
        ),
        (
            &["lists", "add", "new", "--from", "{}/watch.csv", "--allow-shrink", "200"],
            2,
            &["--allow-shrink 200"],
        ),
        (&["lists", "update", "ofac_sdn"], 3, &["ofac_sdn", "lists add ofac_sdn"]),
        (&["lists", "update", "--watch", "--every", "often"], 2, &["--every often", "remedy"]),
        (&["lists", "update", "--every", "1h"], 2, &["--watch"]),
        (&["lists", "remove", "ofac_sdn"], 3, &["ofac_sdn", "remedy"]),
        (&["lists", "log", "ofac_sdn"], 3, &["ofac_sdn", "remedy"]),
        (&["lists", "log", "--format", "csv"], 2, &["CSV", "remedy"]),
    ];
    let mut faults = Faults::default();
    for (args, status, said) in rows {
        let args: Vec<String> = args.iter().map(|a| a.replace("{}", arg(scratch.dir()))).collect();
        let ran = run_at(&scratch.path("home"), &args, "");
        let what = args.join(" ");
        faults.unless(ran.status == *status, || format!("{what}: status {}, {}", ran.status, ran.stderr));
        faults.unless_said(&what, &ran.stderr, said);
    }
}

/// A content that was changed is refused by name, also where a compiled list would open; nothing older takes its place.
#[test]
fn tampered() {
    let scratch = home();
    let home = scratch.path("home");
    let sha = engine::sha256_hex(&[AFTER.as_bytes()]);
    let blob = home.join("vault/blobs").join(&sha[..2]).join(format!("{sha}.gz"));
    let old = engine::sha256_hex(&[BEFORE.as_bytes()]);
    std::fs::copy(home.join("vault/blobs").join(&old[..2]).join(format!("{old}.gz")), &blob).unwrap();
    for args in [
        &["screen", "Richard Roe"][..],
        &["screen", "Richard Roe", "--list", "watch"],
        &["lists", "show", "watch"],
    ] {
        let ran = run_at(&home, args, "");
        assert_eq!(ran.status, 3, "{args:?}: {}", ran.stdout);
        let mut faults = Faults::default();
        faults.unless_said("tampered", &ran.stderr, &["watch", &sha, "was changed", "lists update watch"]);
    }
    let then = run_at(&home, &["screen", "Richard Roe", "--as-of", "2021-11-16", "--fail-on-hit"], "");
    assert_eq!(then.status, 1, "what is whole still serves: {}", then.stderr);
    assert_eq!(run_at(&home, &["lists", "update"], "").status, 0);
    assert_eq!(run_at(&home, &["screen", "Richard Roe", "--fail-on-hit"], "").status, 1);
}

#[test]
fn outputs() {
    let scratch = home();
    let home = scratch.path("home");
    let own = scratch.file("own.csv", "id,name\n1,Anna Lind\n");
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(&regex_of(scratch.dir()), "[FOLDER]");
    settings.add_filter(r"20(2[2-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[NOW]");
    settings.add_filter(r#""age_seconds": \d+"#, r#""age_seconds": 0"#);
    settings.add_filter(r"confirmed \d+ \w+ ago", "confirmed [AGE] ago");
    settings.bind(|| {
        for (name, args) in [
            ("add_table", vec!["lists", "add", "own", "--from", arg(&own), "--format", "table"]),
            ("update_table", vec!["lists", "update", "--format", "table"]),
            ("update_jsonl", vec!["lists", "update", "watch", "--format", "jsonl"]),
            ("log_table", vec!["lists", "log", "--format", "table"]),
            ("log_jsonl", vec!["lists", "log", "watch"]),
            ("catalogue_table", vec!["lists", "catalogue", "--format", "table"]),
            ("programmes_table", vec!["lists", "catalogue", "--programmes", "--format", "table"]),
        ] {
            let ran = run_at(&home, &args, "");
            assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{name}");
            insta::assert_snapshot!(name, ran.stdout);
        }
    });
    let catalogue: Value = serde_json::from_str(&run_at(&home, &["lists", "catalogue"], "").stdout).unwrap();
    assert_eq!(
        common::keys(&catalogue["lists"][0]),
        ["name", "title", "authority", "format", "tested", "rhythm", "licence", "addresses", "installed"]
    );
    let watch = catalogue["lists"].as_array().unwrap().iter().find(|list| list["name"] == "watch").unwrap();
    assert_eq!(
        common::keys(&watch["installed"]),
        ["version", "activated", "by", "confirmed", "age_seconds", "from", "trouble"]
    );
    // What is removed is screened against no more, and forgotten by nobody.
    assert_eq!(run_at(&home, &["lists", "remove", "own"], "").status, 0);
    let shown = run_at(&home, &["lists", "show", "own"], "");
    assert!(shown.status == 3 && shown.stderr.contains("lists add own"), "{}", shown.stderr);
    assert_eq!(
        json_lines(&run_at(&home, &["lists", "log", "own"], "").stdout).last().unwrap()["event"],
        "removed"
    );
}

fn regex_of(path: &Path) -> String {
    arg(path).replace('.', "\\.")
}

/// It updates, waits, and ends when it is told to.
#[cfg(unix)]
#[test]
fn watch_ends_when_it_is_told() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};

    let scratch = home();
    let mut child = Command::new(env!("CARGO_BIN_EXE_interdict"))
        .args(["lists", "update", "--watch", "--every", "1h"])
        .env("INTERDICT_HOME", scratch.path("home"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let line: Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&line["list"], &line["outcome"]), (&"watch".into(), &"confirmed".into()));
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("ended"), "{said}");
}
