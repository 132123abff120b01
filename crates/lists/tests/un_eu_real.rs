//! The real files of the United Nations, the European Union and Canada, where they are at hand (`../shared`, outside the
//! repository): counts, unmapped fields, and facts that were looked up in the files.

// Helpers of tests are tests; the figures, and which files are not here, go to stderr.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use lists::{LoadedList, SourceFile, read};
use model::{Entity, Property, Schema};

fn data(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {} is not here", path.display());
    }
    bytes
}

fn load(path: &str) -> Option<LoadedList> {
    let bytes = data(&format!("lists/{path}"))?;
    let start = Instant::now();
    let list = read(&SourceFile { name: path, bytes: &bytes }, &[]).unwrap();
    let report = &list.report;
    eprintln!(
        "{path}: {:?}; {:?}, {} names, {} aliases, {} weak, {} relations, {} papers, {} beside",
        start.elapsed(),
        report.entities,
        report.names,
        report.aliases,
        report.weak_aliases,
        report.relations,
        report.papers,
        list.relations.len()
    );
    for (label, count) in &report.unmapped {
        eprintln!("  {count:6} {label}");
    }
    for warning in &report.warnings {
        eprintln!("  {warning}");
    }
    Some(list)
}

#[test]
fn look() {
    for f in [
        "un/un_2024-12.xml",
        "un/un_2026-02-27.xml",
        "eu/fsf_sample.xml",
        "eu/fsf_short_2018-07-04.csv",
        "ca/sema-lmes_2025-05.xml",
    ] {
        let l = load(f).unwrap();
        for s in l.report.skipped.iter().take(5) {
            eprintln!("{s:?}");
        }
        for e in l.entities.iter().step_by(l.entities.len() / 3 + 1) {
            eprintln!("{} {}", e.id, e.schema);
            for s in &e.statements {
                eprintln!("    {} = {:?}", s.property, s.value);
            }
            for r in l.relations.iter().filter(|r| r.statements.iter().any(|s| *s.value == *e.id)) {
                eprintln!(
                    "  + {} {} {:?}",
                    r.id,
                    r.schema,
                    r.statements.iter().map(|s| format!("{}={}", s.property, s.value)).collect::<Vec<_>>()
                );
            }
        }
    }
}
