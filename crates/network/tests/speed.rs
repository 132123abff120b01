//! A million stakes: how long the verdicts for all companies take, and in how much memory.
//!
//! `cargo test --release -p interdict-network --test speed -- --ignored --nocapture`; figures of the day are in `benches/results`.

use std::fmt::Write;
use std::time::Instant;

use network::Graph;
use network::ownership::{Blocked, Regime, Remainder, Terms, Verdict, Why, assess};

const STAKES: usize = 1_000_000;
const COMPANIES: usize = 500_000;
const PERSONS: usize = 300_000;
/// Every thirtieth person is blocked: about as many as OFAC lists.
const BLOCKED_EVERY: usize = 30;

/// Numbers that look drawn and are the same on every machine (xorshift, Marsaglia 2003).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Two stakes a company on average, half of them held by companies, with exact shares, bands, thirds, unknown ones, and rings.
fn table() -> String {
    const SHARES: [&str; 12] =
        ["50", "25", "10", "51", "100", "33.3", "1/3", "25-50", "50-75", "75+", "", "49.99"];
    let mut drawn = Drawn(20_211_118);
    let mut rows = String::from("owner,asset,percentage\n");
    for n in 0..STAKES {
        let (asset, share) = (drawn.below(COMPANIES), SHARES[drawn.below(SHARES.len())]);
        let owner = match n % 2 {
            0 => format!("p{}", drawn.below(PERSONS)),
            _ => format!("c{}", drawn.below(COMPANIES)),
        };
        writeln!(rows, "{owner},c{asset},{share}").expect("memory");
    }
    rows
}

/// Peak memory of this process in MiB, where the system tells.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<usize>().ok()).unwrap_or(0) / 1024
}

#[test]
#[ignore = "a measurement: run it in release"]
#[allow(clippy::print_stdout)] // What is measured is printed.
fn a_million_stakes() {
    let rows = table();
    let started = Instant::now();
    let mut graph = Graph::new();
    let account = network::read::file(&mut graph, "owners.csv", &rows).expect("a table");
    println!(
        "read: {:.2?}, {} parties, {} relations, {} rows left out, peak {} MiB",
        started.elapsed(),
        graph.len(),
        account.relations,
        account.problems.len(),
        peak()
    );
    let blocked: Blocked = (0..PERSONS)
        .step_by(BLOCKED_EVERY)
        .filter_map(|n| graph.node(&format!("p{n}")))
        .map(|node| (node, Why::Listed))
        .collect();
    for regime in Regime::ALL {
        let started = Instant::now();
        let all = assess(&graph, &blocked, Terms { regime, as_of: None, remainder: Remainder::Others });
        let took = started.elapsed();
        let count = |verdict| all.found().filter(|(_, v)| *v == verdict).count();
        let (are, may_be) = (count(Verdict::Blocked), count(Verdict::Possible));
        println!(
            "{}: {took:.2?}, {} blocked persons, {are} blocked, {may_be} possible, {} contradictions, peak {} MiB",
            regime.name(),
            blocked.len(),
            all.contradictions().len(),
            peak()
        );
        let started = Instant::now();
        let proofs = all.found().take(1_000).map(|(node, _)| all.proof(node).stakes.len()).sum::<usize>();
        println!("  1,000 proofs: {:.2?} ({proofs} stakes at the top)", started.elapsed());
        assert!(took.as_secs() < 5, "verdicts for all companies took {took:?}");
    }
    assert!(peak() < 1024, "peak of {} MiB", peak());
}
