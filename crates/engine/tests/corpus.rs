//! Replays the committed corpora of the fuzz targets, crashes that were found included, through the functions that the
//! targets run: what was fixed once stays fixed, and CI needs no libFuzzer for it.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its data must fail")]

#[allow(unreachable_pub, reason = "public for the fuzz targets")]
#[path = "../../../fuzz/src/lib.rs"]
mod targets;

use std::path::Path;

/// Runs a target on each file of its corpus.
fn replay(name: &str, target: fn(&[u8])) {
    replay_folder(&format!("fuzz/corpus/{name}"), target);
}

/// Runs a target on each file of a folder.
fn replay_folder(folder: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 3, "{} holds {} files", folder.display(), files.len());
    for file in files {
        let data = std::fs::read(&file).unwrap();
        if let Err(panic) = std::panic::catch_unwind(|| target(&data)) {
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
            panic!("{}: {said}", file.display());
        }
    }
}

#[test]
fn ofac_csv() {
    replay("ofac_csv", targets::ofac_csv);
}

#[test]
fn ftm_jsonl() {
    replay("ftm_jsonl", targets::ftm_jsonl);
}

#[test]
fn plain_table() {
    replay("plain_table", targets::plain_table);
}

/// Its corpus are the fixtures of the readers.
#[test]
fn any_list() {
    replay_folder("benches/ftm/fixtures", targets::any_list);
    replay_folder("crates/lists/tests/fixtures", targets::any_list);
}

#[test]
fn customer_file() {
    replay("customer_file", targets::customer_file);
}

#[test]
fn names_compare() {
    replay("names_compare", targets::names_compare);
}

#[test]
fn query_engine() {
    replay("query_engine", targets::query_engine);
}

#[test]
fn document() {
    replay("document", targets::document);
}

#[test]
fn access_log() {
    replay("access_log", targets::access_log);
}
