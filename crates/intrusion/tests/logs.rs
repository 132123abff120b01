//! Whole logs: which records a scrape got, and silence on ordinary use.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test's own helpers.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor};

use intrusion::{Findings, Log};

fn read(text: &[u8]) -> Findings {
    let mut log = Log::default();
    log.read(BufReader::new(Cursor::new(text)), 1).unwrap();
    log.finish().unwrap()
}

/// The logs of the shared folder, whose gold is the ids that the scrape got.
#[test]
fn development_logs() {
    let Some(gold) = testkit::shared_bytes("data/intrusion/logs/gold.json") else { return };
    let gold: serde_json::Value = serde_json::from_slice(&gold).unwrap();
    for (name, ids) in gold.as_object().unwrap() {
        let Some(log) = testkit::shared_bytes(format!("data/intrusion/logs/{name}.log")) else { return };
        let findings = read(&log);
        assert_eq!(findings.malformed, 0, "{name}");
        let wanted: BTreeSet<String> = ids.as_array().unwrap().iter().map(ToString::to_string).collect();
        let found: BTreeSet<String> = findings
            .incidents
            .iter()
            .flat_map(|i| i.records.iter().map(|id| id.unwrap().into_owned()))
            .collect();
        assert_eq!(
            findings.incidents.len(),
            usize::from(!wanted.is_empty()),
            "{name}: {:#}",
            findings.to_json()["incidents"]
        );
        let missed = wanted.difference(&found).count();
        let wrong = found.difference(&wanted).count();
        assert_eq!((missed, wrong), (0, 0), "{name}: missed, wrong");
        for incident in &findings.incidents {
            assert_eq!(incident.evidence.len(), incident.records.len(), "{name}: a line for each record");
        }
    }
}

/// A kind that the docs do not name would surprise whoever relies on them.
#[test]
fn the_docs_name_every_kind() {
    let docs = include_str!("../../../docs/intrusion.md");
    let kinds: Vec<&str> = intrusion::kinds().map(|(kind, _)| kind).collect();
    assert_eq!(kinds.len(), 9);
    assert_eq!(kinds.iter().filter(|kind| !docs.contains(&format!("`{kind}`"))).count(), 0, "{kinds:?}");
}

/// What a scan is, address by address, and what is none.
#[test]
fn scans() {
    let line = |address: &str, request: &str, status: u16, agent: &str| {
        format!(
            "{address} - - [17/Oct/2020:08:00:00 +0000] \"{request} HTTP/1.1\" {status} 200 \"-\" \"{agent}\"\n"
        )
    };
    let check = |name: &str, log: String, expected: &[(&str, u64)]| {
        let findings = read(log.as_bytes());
        let found: Vec<(&str, u64)> = findings.incidents.iter().map(|i| (i.kind, i.requests)).collect();
        assert_eq!(found, expected, "{name}");
        for incident in &findings.incidents {
            assert!(intrusion::kinds().any(|(kind, _)| kind == incident.kind), "{}", incident.kind);
            assert!(!incident.why.is_empty() && !incident.evidence.is_empty(), "{name}");
        }
    };
    let one = |request: &str, status| line("192.0.2.9", request, status, "Mozilla/5.0");
    let all = |requests: &[&str], status| requests.iter().map(|r| one(r, status)).collect::<String>();
    check("encoded twice", one("GET /d?f=..%252f..%252fetc%252fpasswd", 404), &[("traversal", 1)]);
    check("in the path", one("GET /a/..%2f..%2fetc/passwd", 404), &[("traversal", 1)]);
    check("in a name", one("GET /p?v[$acunetix]=1", 200), &[("scanner", 1)]);
    check("by agent", line("192.0.2.9", "GET /p?id=1", 200, "sqlmap/1.4.9#stable"), &[("scanner", 1)]);
    check("script", one("GET /q?s=%3Cscript%3Ealert(1)%3C/script%3E", 200), &[("xss", 1)]);
    check("shell", all(&["POST /uploads/x.php?c=cat%20/etc/passwd", "PUT /a.jsp"], 201), &[("web_shell", 2)]);
    check("picture", one("GET /uploads/x.php.jpg", 200), &[("web_shell", 1)]);
    check(
        "probing",
        all(&["GET /admin/", "GET /wp-login.php", "GET /.git/config"], 404),
        &[("admin_probing", 3)],
    );
    check("two probes", all(&["GET /admin/", "GET /wp-login.php"], 404), &[]);
    check("an administrator", all(&["GET /admin/", "GET /wp-login.php", "GET /login"], 200), &[]);
    let missing: String =
        (0..40).map(|n| one(&format!("GET /guess-{}", char::from(b'A' + n)), 404)).collect();
    check("guessing", missing, &[("admin_probing", 40)]);
    let failures: String =
        (0..40).map(|n| one(&format!("GET /q?x=a{}b", char::from(b'A' + n)), 500)).collect();
    check("failures", failures, &[("error_profile", 40)]);
    check("nobody", one("GET /q?name=O%27Brien+%26+Sons", 200), &[]);
}

/// A line of 50 MB costs its own place and no memory; what stands around it is read.
#[test]
fn a_line_of_fifty_megabytes() {
    use std::io::Read;
    let ok = "192.0.2.9 - - [17/Oct/2020:08:00:00 +0000] \"GET / HTTP/1.1\" 200 5\n";
    let stream =
        Cursor::new(ok).chain(std::io::repeat(b'x').take(50 << 20)).chain(Cursor::new(format!("\n{ok}")));
    let mut log = Log::default();
    assert_eq!(log.read(BufReader::new(stream), 1).unwrap(), 4);
    let findings = log.finish().unwrap();
    assert_eq!((findings.lines, findings.requests, findings.malformed), (3, 2, 1));
    assert_eq!(findings.malformed_lines[0].0, 2);
    assert!(
        findings.malformed_lines[0].1.to_string().starts_with("52428800 bytes"),
        "{}",
        findings.malformed_lines[0].1
    );
}
