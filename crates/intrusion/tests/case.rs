//! Every log of the invented case: what each scrape got and what each scan was, and silence on honest traffic.
//!
//! `INTERDICT_SEEDS=11-15 INTERDICT_SCALE=full cargo test -p interdict-intrusion --test case -- --nocapture` prints the table of
//! `benches/results/2026-11-28-intrusion.md`.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test's own helpers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor};

use intrusion::{Findings, Log};
use testkit::case::{Case, Plan, Scale};

fn read(text: &str) -> Findings {
    let mut log = Log::default();
    log.read(BufReader::new(Cursor::new(text.as_bytes())), 1).unwrap();
    log.finish().unwrap()
}

#[derive(Default)]
struct Row {
    logs: usize,
    wanted: usize,
    found: usize,
    right: usize,
    incidents_wanted: usize,
    incidents_found: usize,
    incidents_right: usize,
    wrong_kinds: Vec<String>,
}

fn measure(seeds: &[u64], scale: Scale) -> BTreeMap<String, Row> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for &seed in seeds {
        let case = Case::new(&Plan { seed, scale, logs: None });
        for log in &case.logs {
            let findings = read(&log.to_text());
            assert_eq!(findings.malformed, 0, "{}", log.name);
            let row = rows.entry(log.name.clone()).or_default();
            let wanted: BTreeSet<String> = log.records().iter().map(ToString::to_string).collect();
            let found: BTreeSet<String> = findings
                .incidents
                .iter()
                .flat_map(|i| i.records.iter().map(|id| id.unwrap().into_owned()))
                .collect();
            row.logs += 1;
            row.wanted += wanted.len();
            row.found += found.len();
            row.right += wanted.intersection(&found).count();
            // An incident is right where its kind and its addresses are.
            let mut open: Vec<(&str, BTreeSet<&str>)> = (log.incidents.iter().enumerate())
                .map(|(n, incident)| {
                    let own = log.hits.iter().filter(|hit| hit.incident == Some(n));
                    (incident.kind, own.map(|hit| &*hit.address).collect())
                })
                .collect();
            row.incidents_wanted += open.len();
            row.incidents_found += findings.incidents.len();
            for incident in &findings.incidents {
                let addresses: BTreeSet<&str> = incident.addresses.iter().map(String::as_str).collect();
                match open.iter().position(|(kind, own)| *kind == incident.kind && *own == addresses) {
                    Some(at) => {
                        open.remove(at);
                        row.incidents_right += 1;
                    }
                    None => row.wrong_kinds.push(format!(
                        "seed {seed}: {} of {} addresses",
                        incident.kind,
                        addresses.len()
                    )),
                }
            }
        }
    }
    rows
}

#[test]
fn every_kind_is_found_and_nothing_else() {
    let seeds = std::env::var("INTERDICT_SEEDS").unwrap_or_else(|_| "1".to_owned());
    let (from, to) = seeds.split_once('-').unwrap_or((&seeds, &seeds));
    let seeds: Vec<u64> = (from.parse().unwrap()..=to.parse().unwrap()).collect();
    let full = std::env::var("INTERDICT_SCALE").is_ok_and(|scale| scale == "full");
    let rows = measure(&seeds, if full { Scale::Full } else { Scale::Small });
    let mut faults = Vec::new();
    let share = |right: usize, of: usize| if of == 0 { 1.0 } else { right as f64 / of as f64 };
    println!("| log | logs | records got | precision | recall | incidents | found | right |");
    println!("|---|---|---|---|---|---|---|---|");
    for (name, row) in &rows {
        let (precision, recall) = (share(row.right, row.found), share(row.right, row.wanted));
        println!(
            "| {name} | {} | {} | {precision:.4} | {recall:.4} | {} | {} | {} |",
            row.logs, row.wanted, row.incidents_wanted, row.incidents_found, row.incidents_right
        );
        if precision < 0.99
            || recall < 0.99
            || row.incidents_right < row.incidents_wanted
            || !row.wrong_kinds.is_empty()
        {
            faults.push(format!("{name}: {:?}", row.wrong_kinds));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
