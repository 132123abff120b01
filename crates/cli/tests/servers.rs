//! Servers that misbehave. After each the last good version serves, and what is said names the list, the address and a
//! remedy.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use common::server::{Asked, Server, promise, whole};
use common::{Faults, run_at};
use serde_json::Value;
use testkit::Scratch;

/// A table of parties that carry the number of the version.
fn version(number: usize, parties: usize) -> String {
    let rows = (1..=parties).map(|n| format!("{n},Version{number} Person{n}\n"));
    std::iter::once("id,name\n".to_owned()).chain(rows).collect()
}

fn hash(content: &str) -> String {
    engine::sha256_hex(&[content.as_bytes()])
}

/// What a server does when it is asked for the second time and later, by the number of the question since then.
type Does = fn(usize, &Asked, &mut TcpStream);

/// What, how it goes on, status, which version serves then, outcome, words that are said.
type Row = (&'static str, Does, i32, usize, &'static str, &'static [&'static str]);

const ETAG_2: &str = "ETag: \"2\"\r\n";

fn misbehaving() -> Vec<Row> {
    let failed = &["remedy"];
    vec![
        (
            "cuts off, each time",
            |_, _, s| promise(s, 9000, "", b"id,name\n1,A"),
            4,
            1,
            "failed",
            &["cut off after 11 of 9000"],
        ),
        (
            "stalls",
            |_, _, s| {
                promise(s, 9000, "", b"id,name\n");
                std::thread::sleep(Duration::from_secs(6));
            },
            4,
            1,
            "failed",
            &["cut off after 8 of 9000"],
        ),
        ("says nothing", |_, _, _| std::thread::sleep(Duration::from_secs(6)), 4, 1, "failed", &["silent"]),
        (
            "drips",
            |_, _, s| {
                promise(s, 9000, "", b"id,name\n");
                for _ in 0..80 {
                    if s.write_all(b"1").and_then(|()| s.flush()).is_err() {
                        break;
                    }
                    std::thread::sleep(Duration::from_millis(50));
                }
            },
            4,
            1,
            "failed",
            &["hardly sends anything"],
        ),
        (
            "drips its headers",
            |_, _, s| {
                let mut head = b"HTTP/1.1 200 OK\r\nX: ".to_vec();
                head.extend([b'x'; 80]);
                for byte in head {
                    if s.write_all(&[byte]).and_then(|()| s.flush()).is_err() {
                        break;
                    }
                    std::thread::sleep(Duration::from_millis(50));
                }
            },
            4,
            1,
            "failed",
            &["silent"],
        ),
        (
            "a web page",
            |_, _, s| whole(s, "200 OK", "Content-Type: text/html\r\n", b"<!DOCTYPE html><html>busy</html>"),
            4,
            1,
            "quarantined",
            &["a web page"],
        ),
        (
            "garbage",
            |_, _, s| drop(s.write_all(b"\x01\x02\x03\r\n\r\nnothing\r\n\r\n")),
            4,
            1,
            "failed",
            failed,
        ),
        ("hangs up", |_, _, s| drop(s.shutdown(std::net::Shutdown::Both)), 4, 1, "failed", failed),
        (
            "bytes that are no list",
            |_, _, s| whole(s, "200 OK", "", b"\x01\0\0\x02"),
            4,
            1,
            "quarantined",
            &["binary"],
        ),
        (
            "half a list",
            |_, _, s| whole(s, "200 OK", "", version(2, 30).as_bytes()),
            4,
            1,
            "quarantined",
            &["--allow-shrink"],
        ),
        ("nothing", |_, _, s| whole(s, "200 OK", "", b""), 4, 1, "quarantined", &["empty"]),
        (
            "leads in a circle",
            |n, _, s| whole(s, "302 Found", &format!("Location: /round/{n}\r\n"), b""),
            4,
            1,
            "failed",
            &["leads elsewhere"],
        ),
        (
            "no longer there",
            |_, _, s| whole(s, "404 Not Found", "", b"<html>"),
            4,
            1,
            "failed",
            &["404", "--from"],
        ),
        ("refuses", |_, _, s| whole(s, "403 Forbidden", "", b"<html>"), 4, 1, "failed", &["403", "browser"]),
        ("busy, each time", |_, _, s| whole(s, "503 Busy", "", b""), 4, 1, "failed", &["503", "2 attempts"]),
        ("far too large", |_, _, s| promise(s, 1 << 40, "", b"id,name\n"), 4, 1, "failed", &["MiB"]),
        (
            "304 though it was not asked so",
            |_, _, s| whole(s, "304 Not Modified", "", b""),
            0,
            1,
            "confirmed",
            &[],
        ),
        (
            "busy, then well",
            |n, _, s| match n {
                0 => whole(s, "500 Oh", "Retry-After: 0\r\n", b""),
                _ => whole(s, "200 OK", ETAG_2, version(2, 60).as_bytes()),
            },
            0,
            2,
            "activated",
            &[],
        ),
        (
            "cuts off, then gives the rest",
            |_, asked, s| {
                let content = version(2, 60);
                match asked.header("Range") {
                    Some("bytes=500-") if asked.header("If-Range") == Some("\"2\"") => {
                        let headers = format!(
                            "{ETAG_2}Content-Range: bytes 500-{}/{}\r\n",
                            content.len() - 1,
                            content.len()
                        );
                        whole(s, "206 Partial Content", &headers, &content.as_bytes()[500..]);
                    }
                    _ => promise(s, content.len() as u64, ETAG_2, &content.as_bytes()[..500]),
                }
            },
            0,
            2,
            "activated",
            &[],
        ),
        (
            "changes between two parts",
            |n, _, s| match n {
                0 => promise(
                    s,
                    version(3, 60).len() as u64,
                    "ETag: \"3\"\r\n",
                    &version(3, 60).as_bytes()[..500],
                ),
                _ => whole(s, "200 OK", ETAG_2, version(2, 60).as_bytes()),
            },
            0,
            2,
            "activated",
            &[],
        ),
        (
            "gives the rest of something else",
            |_, asked, s| {
                let (old, new) = (version(3, 60), version(2, 60));
                match asked.header("Range") {
                    Some(_) => {
                        let headers =
                            format!("{ETAG_2}Content-Range: bytes 500-{}/{}\r\n", new.len() - 1, new.len());
                        whole(s, "206 Partial Content", &headers, &new.as_bytes()[500..]);
                    }
                    None => promise(s, old.len() as u64, "ETag: \"3\"\r\n", &old.as_bytes()[..500]),
                }
            },
            4,
            1,
            "failed",
            &["changed while"],
        ),
    ]
}

#[test]
fn the_last_good_version_serves() {
    let faults = std::sync::Mutex::new(Faults::default());
    std::thread::scope(|scope| {
        for row in misbehaving() {
            let faults = &faults;
            scope.spawn(move || check(&row, faults));
        }
    });
}

fn check((what, does, status, serves, outcome, said): &Row, faults: &std::sync::Mutex<Faults>) {
    let does = *does;
    let server = Server::start(move |n, asked, stream| match n {
        0 => whole(stream, "200 OK", "ETag: \"1\"\r\n", version(1, 60).as_bytes()),
        n => does(n - 1, asked, stream),
    });
    let home = Scratch::new();
    let address = format!("{}/watch.csv", server.address);
    let added = run_at(home.dir(), &["lists", "add", "watch", "--from", &address, "--format", "table"], "");
    let updated = run_at(home.dir(), &["lists", "update", "--timeout", "1s", "--retries", "1"], "");
    let shown = run_at(home.dir(), &["lists", "show", "watch", "--format", "json"], "");
    let screened = run_at(home.dir(), &["screen", &format!("Version{serves} Person7"), "--fail-on-hit"], "");

    let mut faults = faults.lock().unwrap();
    faults.unless(added.status == 0, || format!("{what}: add: {}", added.stderr));
    faults.unless(updated.status == *status, || {
        format!("{what}: status {}, {}", updated.status, updated.stderr)
    });
    let json: Value = serde_json::from_str(&updated.stdout).unwrap_or_default();
    faults.unless(json[0]["outcome"] == *outcome, || format!("{what}: {}", updated.stdout));
    faults.unless_said(what, &updated.stderr, said);
    if *status != 0 {
        faults.unless_said(what, &updated.stderr, &["watch", &address, "remedy", "serves on"]);
    }
    let json: Value = serde_json::from_str(&shown.stdout).unwrap_or_default();
    faults.unless(json["sha256"] == hash(&version(*serves, 60)), || format!("{what}: serves {json}"));
    faults.unless(screened.status == 1, || format!("{what}: {}", screened.stderr));
    // Whoever screens is told that the list is not the newest.
    faults.unless(screened.stderr.contains("is not the newest") == (*status != 0), || {
        format!("{what}: {}", screened.stderr)
    });
    let first = &server.asked()[1];
    faults.unless(first.header("If-None-Match") == Some("\"1\""), || format!("{what}: asked {first:?}"));
}

/// A list of several files, of which the server publishes the second later: no version is made of two publications.
#[test]
fn published_file_by_file() {
    let row = |n: usize, v: usize| {
        format!("{n},\"V{v} {n}, Jane\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n")
    };
    let alias = |n: usize, v: usize| format!("{n},{n},\"aka\",\"V{v} alias {n}\",-0- \r\n");
    let server = Server::start(move |n, asked, stream| {
        // The primary file is of the first publication when it is asked for first, everything else of the second.
        let v = if n == 0 { 1 } else { 2 };
        let mark = format!("\"{v}\"");
        if asked.header("If-None-Match") == Some(&mark) {
            return whole(stream, "304 Not Modified", "", b"");
        }
        let text: String = match asked.path.as_str() {
            "/sdn.csv" => (1..20).map(|n| row(n, v)).collect(),
            _ => (1..20).map(|n| alias(n, v)).collect(),
        };
        whole(stream, "200 OK", &format!("ETag: {mark}\r\n"), text.as_bytes());
    });
    let home = Scratch::new();
    let [main, alt] = ["sdn.csv", "alt.csv"].map(|name| format!("{}/{name}", server.address));
    let added = run_at(home.dir(), &["lists", "add", "ofac_sdn", "--from", &main, "--from", &alt], "");
    assert_eq!(added.status, 0, "{}", added.stderr);
    for (name, hits) in [("V1 Jane 7", 0), ("V2 Jane 7", 1)] {
        let ran = run_at(home.dir(), &["screen", name, "--fail-on-hit", "--threshold", "0.95"], "");
        assert_eq!(ran.status, hits, "{name}: {}{}", ran.stdout, ran.stderr);
    }
}

/// What was never good is not installed, and says why.
#[test]
fn a_first_version_that_is_none() {
    let rows: [(Does, i32, &[&str]); 3] = [
        (
            |_, _, s| whole(s, "200 OK", "", b"<html>busy</html>"),
            4,
            &["quarantined: watch", "a web page", "not installed"],
        ),
        (|_, _, s| whole(s, "404 Gone", "", b""), 3, &["watch is not installed", "404", "remedy"]),
        (|_, _, s| promise(s, 99, "", b"id,name"), 3, &["watch is not installed", "cut off", "remedy"]),
    ];
    for (does, status, said) in rows {
        let server = Server::start(does);
        let home = Scratch::new();
        let address = format!("{}/watch.csv", server.address);
        let added = run_at(home.dir(), &["lists", "add", "watch", "--from", &address, "--retries", "0"], "");
        assert_eq!(added.status, status, "{}", added.stderr);
        let mut faults = Faults::default();
        faults.unless_said("add", &added.stderr, said);
        faults.unless_said("add", &added.stderr, &[&address]);
        let screened = run_at(home.dir(), &["screen", "Jane Doe"], "");
        assert_eq!(screened.status, 3, "{}", screened.stderr);
        assert!(screened.stderr.contains("lists add"), "{}", screened.stderr);
    }
}
