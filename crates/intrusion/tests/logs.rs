//! Whole logs: which records a scrape got, and silence on ordinary use.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test's own helpers.

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor};

use intrusion::{Findings, Log};

fn read(text: &[u8]) -> Findings {
    let mut log = Log::default();
    log.read(BufReader::new(Cursor::new(text)), 1).unwrap();
    log.finish()
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
        let found: BTreeSet<String> =
            findings.incidents.iter().flat_map(|i| i.records.iter().cloned()).collect();
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
