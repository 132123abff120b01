//! OFAC's XML forms: the authorities' own files, where they are at hand (`../shared`, outside the repository).

#![allow(clippy::unwrap_used, clippy::print_stderr)]
use std::path::PathBuf;

use lists::{LoadedList, SourceFile, read};

fn data(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {} is not here", path.display());
    }
    bytes
}

fn load(path: &str) -> Option<LoadedList> {
    let bytes = data(path)?;
    let start = std::time::Instant::now();
    let list = read(&SourceFile { name: path, bytes: &bytes }, &[]).unwrap();
    eprintln!("{path}: {:?} {} {} relations {:?}", start.elapsed(), list.report.total(), list.relations.len(), list.published);
    Some(list)
}

#[test]
fn explore() {
    for f in ["cons_legacy_2025-03-28.xml", "CONS_ENHANCED_2025-01-10.xml", "SDN_ENHANCED_IRGC-subset_2024-08-28.xml"] {
        let list = load(&format!("lists/ofac/{f}")).unwrap();
        eprintln!("{} {:?} skipped {:?} warn {:?}", list.dataset, list.report.entities, list.report.skipped, list.report.warnings);
        eprintln!("names {} aliases {} weak {} rel {} papers {} clauses {}", list.report.names, list.report.aliases, list.report.weak_aliases, list.report.relations, list.report.papers, list.report.clauses);
        for (k, v) in &list.report.unmapped { eprintln!("   {v} {k}"); }
        for e in list.entities.iter().skip(100).step_by(150).take(3) {
            eprintln!("{} {}", e.id, e.schema);
            for s in &e.statements { eprintln!("     {}={}", s.property, s.value); }
        }
        let mut kinds = std::collections::BTreeMap::new();
        for r in &list.relations { *kinds.entry(r.schema.name().to_owned()).or_insert(0) += 1; }
        eprintln!("{kinds:?}");
        for r in list.relations.iter().step_by(list.relations.len() / 12) {
            eprintln!("  {} {} {}", r.id, r.schema, r.statements.iter().map(|s| format!("{}={}", s.property, s.value)).collect::<Vec<_>>().join(" "));
        }
    }
}
