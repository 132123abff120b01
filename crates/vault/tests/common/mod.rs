//! A store in a scratch folder, and lists to offer it.

#![allow(dead_code, clippy::unwrap_used)]

use vault::{Limits, Offer, OfferedFile, Outcome, Timestamp, Validator, Vault};

/// Noon of a day of November 2021.
pub(crate) fn day(day: u32) -> Timestamp {
    format!("2021-11-{day:02}T12:00:00Z").parse().unwrap()
}

/// A table of so many parties, each named after `mark`.
pub(crate) fn table(parties: usize, mark: &str) -> String {
    let rows = (1..=parties).map(|n| format!("{n},{mark} person {n}\n"));
    std::iter::once("id,name\n".to_owned()).chain(rows).collect()
}

pub(crate) fn file(name: &str, content: impl Into<Vec<u8>>) -> OfferedFile {
    OfferedFile {
        name: name.to_owned(),
        bytes: content.into(),
        from: format!("https://lists.example.org/{name}"),
        validator: Validator::default(),
    }
}

/// Offers files as a list on a day.
pub(crate) fn offer_files(vault: &Vault, list: &str, files: Vec<OfferedFile>, at: Timestamp) -> Outcome {
    let (published, confirmed, by, limits) = (None, at, "tester", Limits::default());
    let offer = Offer { list, files, sources: None, published, confirmed, at, by, limits };
    vault.lock(&mut || {}).unwrap().offer(offer).unwrap()
}

/// Offers one file.
pub(crate) fn offer(vault: &Vault, list: &str, content: &str, at: Timestamp) -> Outcome {
    offer_files(vault, list, vec![file("watch.csv", content)], at)
}

/// The text of what serves.
pub(crate) fn serving(vault: &Vault, list: &str) -> Option<String> {
    let history = vault.history().unwrap();
    let installed = history.list(list, None)?;
    let files = vault.read(list, installed.version).unwrap();
    Some(files.into_iter().map(|file| String::from_utf8(file.bytes).unwrap()).collect())
}
