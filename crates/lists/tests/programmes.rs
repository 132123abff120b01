//! Every programme by which OFAC lists a party is explained in the catalogue: on its real files, where they are at hand.

// Helpers of tests are tests; which files are not here goes to stderr.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeSet;

use lists::{SourceFile, programmes, read};
use model::Property;

#[test]
fn every_programme_is_explained() {
    let explained: BTreeSet<&str> =
        programmes().iter().filter(|p| p.authority == "ofac").map(|programme| programme.tag).collect();
    for name in ["2021-11-15", "2023-12-28/sdn.csv", "2022-01-21/sdn.csv", "cons/cons_prim.csv"] {
        let name = if name.ends_with(".csv") { name.to_owned() } else { format!("sdn_{name}.csv") };
        let Some(bytes) = testkit::shared_bytes(format!("data/lists/ofac/{name}")) else { continue };
        let list = read(&SourceFile { name: &name, bytes: &bytes }, &[]).unwrap();
        let tags = list.entities.iter().flat_map(|party| party.values(&Property::Program));
        let unknown: BTreeSet<&str> = tags.filter(|tag| !explained.contains(tag)).collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}
