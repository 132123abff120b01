//! How long OFAC's XML forms take at the size of the largest real file, and in how much memory beside the file:
//!
//! `cargo test --release -p interdict-lists --test ofac_xml_speed -- --ignored --nocapture --exact advanced`
//!
//! One form a run: memory that one left behind is not seen when the next takes it.
//!
//! The files are made of small ones, their records repeated under new numbers: of the authority's own where they are at
//! hand (`../shared`, outside the repository), of our fixture for the advanced form.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // helpers of tests are tests; the figures go to stderr

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lists::{SourceFile, read};

/// What the binary allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The size of `SDN_ADVANCED.XML` and of `SDN_ENHANCED.XML`.
const LARGE: usize = 130 << 20;

/// Attributes and elements that hold numbers of their own, by form.
const NUMBERED: [(&str, &[&str]); 3] = [
    ("sdnEntry", &["<uid>"]),
    ("entity", &["<entity id=\""]),
    (
        "",
        &[
            " ID=\"",
            " FixedRef=\"",
            " IdentityID=\"",
            " LocationID=\"",
            " NamePartGroupID=\"",
            " ProfileID=\"",
            " From-ProfileID=\"",
            " To-ProfileID=\"",
            " DocumentedNameID=\"",
        ],
    ),
];

/// The records with every number raised.
fn renumbered(records: &str, markers: &[&str], by: u64) -> String {
    let mut text = String::with_capacity(records.len() + 1024);
    let mut rest = records;
    loop {
        let found = markers.iter().filter_map(|m| rest.find(m).map(|at| at + m.len())).min();
        let Some(at) = found else { break };
        text += &rest[..at];
        rest = &rest[at..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match rest[..end].parse::<u64>() {
            Ok(number) => text += &(number + by).to_string(),
            Err(_) => text += &rest[..end],
        }
        rest = &rest[end..];
    }
    text + rest
}

/// A file of sections, each with its records repeated until the whole is as large as it should be.
fn grown(small: &str, sections: &[(&str, &str)], markers: &[&str], size: usize) -> (Vec<u8>, u64) {
    let mut cuts = Vec::new();
    for (open, close) in sections {
        let from = small.find(open).unwrap();
        cuts.push((from, from + small[from..].find(close).unwrap()));
    }
    let repeated: usize = cuts.iter().map(|(from, to)| to - from).sum();
    let times = (size / repeated) as u64;
    let (mut text, mut at) = (String::with_capacity(size + size / 16), 0);
    for (from, to) in cuts {
        text += &small[at..from];
        for n in 0..times {
            // Names are made different too: a link by name leads to all parties of that name.
            let names = ["<lastName>", "Linked To: "];
            let records = renumbered(&small[from..to], markers, n * 1_000_000);
            text += &names.iter().fold(records, |text, name| text.replace(name, &format!("{name}{n} ")));
        }
        at = to;
    }
    text += &small[at..];
    (text.into_bytes(), times)
}

fn kib(field: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line =
        status.lines().find_map(|line| line.strip_prefix(field)?.split_whitespace().nth(1)?.parse().ok());
    line.unwrap_or(0)
}

/// Time that this thread had a processor, where the system tells; on a busy machine that is less than what went by.
fn on_cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

fn measure(path: &Path, parties: usize) {
    let bytes = std::fs::read(path).unwrap();
    // Peak memory from here on; what the file takes is not counted.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let before = kib("VmRSS");
    let (mut taken, mut busy) = (Duration::MAX, Duration::MAX);
    let mut peak = 0;
    let mut list = None;
    // The machine may be busy: the best of three.
    for round in 0..3 {
        drop(list.take());
        let (start, cpu) = (Instant::now(), on_cpu());
        list = Some(read(&SourceFile { name: "large.xml", bytes: &bytes }, &[]).unwrap());
        taken = taken.min(start.elapsed());
        busy = busy.min(on_cpu().saturating_sub(cpu));
        if round == 0 {
            peak = kib("VmHWM").saturating_sub(before);
        }
    }
    let list = list.unwrap();
    eprintln!(
        "{} MiB, {} parties: {taken:.2?} ({busy:.2?} on the processor), {} MiB beside the file",
        bytes.len() >> 20,
        list.report.total(),
        peak >> 10
    );
    assert_eq!(list.report.total(), parties);
    std::fs::remove_file(path).unwrap();
}

/// Where the large file stands until it was read.
fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("interdict-{}-{name}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    path
}

fn real(path: &str) -> Option<String> {
    testkit::shared(format!("data/lists/ofac/{path}")).map(|path| std::fs::read_to_string(path).unwrap())
}

#[test]
#[ignore = "makes a file of 130 MB and measures"]
fn legacy() {
    let Some(small) = real("cons_legacy_2025-03-28.xml") else { return };
    let small = small.replace("<Record_Count>443</Record_Count>", "");
    let (bytes, times) = grown(&small, &[("<sdnEntry>", "</sdnList>")], NUMBERED[0].1, LARGE);
    let path = scratch("legacy.xml", &bytes);
    drop(bytes);
    measure(&path, 443 * times as usize);
}

#[test]
#[ignore = "makes a file of 130 MB and measures"]
fn enhanced() {
    let Some(small) = real("CONS_ENHANCED_2025-01-10.xml") else { return };
    let (bytes, times) = grown(&small, &[("<entity id=", "</entities>")], NUMBERED[1].1, LARGE);
    let path = scratch("enhanced.xml", &bytes);
    drop(bytes);
    measure(&path, 443 * times as usize);
}

#[test]
#[ignore = "makes a file of 130 MB and measures"]
fn advanced() {
    let small = include_str!("fixtures/ofac_advanced.xml");
    let sections = [
        ("<Location ID", "</Locations>"),
        ("<IDRegDocument ID", "</IDRegDocuments>"),
        ("<DistinctParty ", "</DistinctParties>"),
        ("<ProfileRelationship ID", "</ProfileRelationships>"),
        ("<SanctionsEntry ID", "</SanctionsEntries>"),
    ];
    let (bytes, times) = grown(small, &sections, NUMBERED[2].1, LARGE);
    let path = scratch("advanced.xml", &bytes);
    drop(bytes);
    measure(&path, 3 * times as usize);
}
