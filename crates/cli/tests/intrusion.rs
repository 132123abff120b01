//! `interdict intrusion`: its surfaces, its statuses, and that victims' records are not shown unasked.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test's own helpers.

mod common;

use std::fmt::Write as _;

use common::{arg, keys, run};
use serde_json::Value;
use testkit::Scratch;

const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:81.0) Gecko/20100101 Firefox/81.0";

/// A morning of a record site: visitors, a script that goes through 80 ids of which every fifth is missing, a scanner, a line
/// that a full disk cut.
fn morning() -> String {
    let mut log = String::new();
    let mut line = |s: usize, address: &str, target: &str, answer: &str, referrer: &str, agent: &str| {
        let (h, m, s) = (8 + s / 3600, s / 60 % 60, s % 60);
        writeln!(
            log,
            "{address} - - [17/Oct/2020:{h:02}:{m:02}:{s:02} +0000] \"GET {target} HTTP/1.1\" {answer} \"{referrer}\" \"{agent}\""
        )
        .unwrap();
    };
    for n in 0..20 {
        let (address, at) = (format!("10.0.0.{n}"), n * 90);
        let id = 9000 + n * 13;
        line(at, &address, "/voter/", "200 5120", "-", BROWSER);
        line(
            at + 20,
            &address,
            &format!("/voter/lookup.php?id={id}"),
            "200 2001",
            "https://vote.example.org/voter/",
            BROWSER,
        );
        line(
            at + 21,
            &address,
            "/css/site.css",
            "304 0",
            "https://vote.example.org/voter/lookup.php",
            BROWSER,
        );
    }
    for n in 0..80 {
        let answer = if n % 5 == 0 { "404 209".to_owned() } else { format!("200 {}", 1900 + n * 7) };
        line(
            2000 + n * 3,
            "203.0.113.77",
            &format!("/voter/lookup.php?id={}", 2_004_000 + n),
            &answer,
            "-",
            "curl/7.55.1",
        );
    }
    line(3000, "198.51.100.9", "/voter/lookup.php?v[$acunetix]=1", "200 700", "-", BROWSER);
    line(
        3001,
        "198.51.100.9",
        "/p?addresscity=-1%20or%203*2%3C(0%2B5%2B513-513)%20--%20",
        "200 700",
        "-",
        BROWSER,
    );
    log + "10.0.0.9 - - [17/Oct/2020:08:\n"
}

#[test]
fn table_without_and_with_records() {
    let scratch = Scratch::new();
    let log = scratch.file("access.log", morning());
    let shown = |more: &[&str]| {
        let args: Vec<&str> =
            ["intrusion", arg(&log), "--format", "table"].iter().chain(more).copied().collect();
        let ran = run(&args, "");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        (ran.stdout.replace(arg(&log), "access.log"), ran.stderr.replace(arg(&log), "access.log"))
    };
    let (hidden, stderr) = shown(&[]);
    assert!(!hidden.contains("2004001") && !stderr.contains("2004001"), "{hidden}");
    insta::assert_snapshot!("table", hidden);
    insta::assert_snapshot!("stderr", stderr);
    assert!(shown(&["--reveal"]).0.contains("2004001"));
}

#[test]
fn json_has_the_contract() {
    let scratch = Scratch::new();
    let (log, out) = (scratch.file("access.log", morning()), scratch.path("found.json"));
    let ran = run(&["intrusion", arg(&log), "--output", arg(&out)], "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let text = std::fs::read_to_string(&out).unwrap();
    insta::assert_snapshot!("json", text.replace(arg(&log), "access.log"));
    let found: Value = serde_json::from_str(&text).unwrap();
    let kinds: Vec<&str> =
        found["incidents"].as_array().unwrap().iter().map(|i| i["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["enumeration", "scanner", "sql_injection"]);
    let first = &found["incidents"][0];
    assert_eq!(
        keys(first)[..8],
        ["kind", "first", "last", "requests", "addresses", "agents", "records", "evidence"]
    );
    assert_eq!(
        (first["records"].as_array().unwrap().len(), first["evidence"].as_array().unwrap().len()),
        (64, 64)
    );
}

/// Lines are counted on from one log to the next, packed or not; one that is missing fails alone.
#[test]
fn several_logs() {
    let scratch = Scratch::new();
    let text = morning();
    let half = text.lines().take(70).map(|l| l.len() + 1).sum();
    let (one, two) = text.split_at(half);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, one.as_bytes()).unwrap();
    let (one, two) = (scratch.file("a.log.gz", packed.finish().unwrap()), scratch.file("b.log", two));
    let gone = scratch.path("gone.log");
    let ran = run(&["intrusion", arg(&one), arg(&gone), arg(&two), "--format", "json"], "");
    assert_eq!(ran.status, 4, "{}", ran.stderr);
    assert!(ran.stderr.contains("gone.log"), "{}", ran.stderr);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(found["incidents"][0]["records"].as_array().unwrap().len(), 64);
    let firsts: Vec<u64> =
        found["files"].as_array().unwrap().iter().map(|f| f["first_line"].as_u64().unwrap()).collect();
    assert_eq!((firsts, found["failed"].as_array().unwrap().len()), (vec![1, 71], 1));
}

#[test]
fn statuses() {
    let scratch = Scratch::new();
    let quiet: String = morning().lines().take(60).map(|l| format!("{l}\n")).collect();
    let (log, quiet) = (scratch.file("a.log", morning()), scratch.file("q.log", quiet));
    let text = scratch.file("t.txt", "once upon a time\n");
    let values = scratch.file("v.csv", "payload\n\"1' or '1'='1\"\nO'Brien\n");
    for (args, status) in [
        (vec!["intrusion", arg(&log), "--fail-on-hit"], 1),
        (vec!["intrusion", arg(&quiet), "--fail-on-hit"], 0),
        (vec!["intrusion", arg(&text)], 3),
        (vec!["intrusion", "gone.log"], 3),
        (vec!["intrusion"], 2),
        (vec!["intrusion", arg(&log), "--values", arg(&values)], 2),
        (vec!["intrusion", "--values", arg(&values), "--column", "value"], 3),
        (vec!["intrusion", "--values", arg(&values), "--column", "payload", "--fail-on-hit"], 1),
        (vec!["intrusion", arg(&log), "--output", arg(&log)], 2),
    ] {
        let ran = run(&args, "");
        assert_eq!(ran.status, status, "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn values_come_back_judged() {
    let scratch = Scratch::new();
    let values = scratch
        .file("v.csv", "id,payload\n1,\"1' or '1'='1\"\n2,O'Brien\n3,<script>\n4,../../etc/passwd\n5,|id\n");
    let ran = run(&["intrusion", "--values", arg(&values), "--column", "payload"], "");
    insta::assert_snapshot!("values", ran.stdout);
}

/// A scrape of so many ids, each line of the same length.
fn scrape(ids: usize) -> String {
    (0..ids).fold(String::new(), |mut log, n| {
        let (h, m, s) = (n / 3600 % 24, n / 60 % 60, n % 60);
        writeln!(
            log,
            "203.0.113.{} - - [17/Oct/2020:{h:02}:{m:02}:{s:02} +0000] \"GET /v/{:07} HTTP/1.1\" 200 {} \"-\" \"curl/7.55.1\"",
            n % 9,
            2_000_000 + n * 7919 % ids,
            1900 + n % 400
        )
        .unwrap();
        log
    })
}

/// What is spilled is found as what is not, in every form; the folder is empty before and after, whatever happens in between.
#[test]
fn spilled_as_in_memory() {
    let scratch = Scratch::new();
    let (log, folder) = (scratch.file("a.log", scrape(40_000)), scratch.path("spill"));
    std::fs::create_dir(&folder).unwrap();
    let spill = ["--spill", arg(&folder), "--spill-above", "1"];
    for form in [
        &["--format", "json"][..],
        &["--format", "jsonl"],
        &["--format", "csv"],
        &["--format", "table", "--reveal"],
    ] {
        let args = [&["intrusion", arg(&log)], form].concat();
        let (here, spilled) = (run(&args, ""), run(&[&args[..], &spill].concat(), ""));
        assert_eq!((here.status, spilled.status), (0, 0), "{}", spilled.stderr);
        assert!(here.stdout.contains("2000042") || here.stdout.contains("of 40000 asked for"), "{form:?}");
        assert_eq!(here.stdout, spilled.stdout, "{form:?}");
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        let said = spilled.stderr.lines().find_map(|line| line.strip_prefix("spilled: ")).unwrap();
        let mebibytes: u64 = said.split(' ').next().unwrap().parse().unwrap();
        assert!(mebibytes > 2, "{said}");
    }
}

/// A folder that is not there, a file in its place, a disk without room: said with the folder and the remedy, nothing written.
#[test]
fn nowhere_to_spill() {
    let scratch = Scratch::new();
    let log = scratch.file("a.log", scrape(40_000));
    for folder in [scratch.path("gone"), scratch.file("file", "")] {
        let ran = run(&["intrusion", arg(&log), "--spill", arg(&folder)], "");
        assert_eq!(ran.status, 3, "{}", ran.stderr);
        let told = format!("{} cannot hold what is spilled", arg(&folder));
        assert!(ran.stderr.contains(&told) && ran.stderr.contains("give --spill a folder"), "{}", ran.stderr);
    }
    let ran = run(&["intrusion", arg(&log), "--spill-above", "1"], "");
    assert_eq!(ran.status, 2, "{}", ran.stderr);
}

/// The system's limit on the size of files stands for a full disk: a write fails in the middle.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let scratch = Scratch::new();
    let (log, folder, out) =
        (scratch.file("a.log", scrape(40_000)), scratch.path("spill"), scratch.path("o.json"));
    std::fs::create_dir(&folder).unwrap();
    let ran = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_interdict")])
        .args(["intrusion", arg(&log), "--spill", arg(&folder), "--spill-above", "1", "--output", arg(&out)])
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains(&format!("{} cannot hold what is spilled", arg(&folder))), "{stderr}");
    let left: Vec<_> =
        std::fs::read_dir(scratch.dir()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!((left.len(), std::fs::read_dir(&folder).unwrap().count()), (2, 0), "{left:?}");
}
