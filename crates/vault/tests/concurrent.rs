//! Two updaters and ten readers: every reader sees one whole version.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use common::{day, file, offer_files};
use testkit::Scratch;
use vault::Vault;

/// Both files of a version carry its number; so does every party.
fn version(number: usize) -> Vec<vault::OfferedFile> {
    let row = |n: usize| {
        format!(
            "{n},\"V{number} {n}, Jane\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n"
        )
    };
    let alias = |n: usize| format!("{n},{n},\"aka\",\"V{number} alias {n}\",-0- \r\n");
    let all = |row: &dyn Fn(usize) -> String| (1..=40).map(row).collect::<String>();
    vec![file("sdn.csv", all(&row)), file("alt.csv", all(&alias))]
}

#[test]
fn no_mixture() {
    let scratch = Scratch::new();
    let vault = Vault::create(scratch.dir()).unwrap();
    offer_files(&vault, "ofac_sdn", version(0), day(1));
    let (done, read) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let updaters: Vec<_> = (0..2)
            .map(|updater| {
                let vault = &vault;
                scope.spawn(move || {
                    for n in 1..=25 {
                        offer_files(vault, "ofac_sdn", version(n * 2 + updater), day(2));
                    }
                })
            })
            .collect();
        for _ in 0..10 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let history = vault.history().unwrap();
                    let list = history.list("ofac_sdn", None).unwrap();
                    let files = vault.read("ofac_sdn", list.version).unwrap();
                    let text = files
                        .iter()
                        .map(|file| String::from_utf8_lossy(&file.bytes))
                        .collect::<Vec<_>>()
                        .join("");
                    let number = text.split_once('V').unwrap().1.split_once(' ').unwrap().0.to_owned();
                    assert_eq!(text.matches(&format!("\"V{number} ")).count(), 80, "version {number}");
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        updaters.into_iter().for_each(|updater| updater.join().unwrap());
        done.store(true, Ordering::Relaxed);
    });
    assert!(read.load(Ordering::Relaxed) > 10, "readers read");
    let history = vault.history().unwrap();
    assert_eq!(history.entries().len(), 51, "nothing that was noted is lost");
}
