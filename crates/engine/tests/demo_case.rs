//! The embedded operation is what its generator makes: nobody has written into it.

use testkit::case::{Case, Plan, Scale};

/// The seed of the embedded case.
const SEED: u64 = 18;

#[test]
fn the_embedded_case_is_made_and_not_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo/case");
    for (name, text) in Case::new(&Plan { seed: SEED, scale: Scale::Demo, logs: Some(Vec::new()) }).files() {
        let there = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(
            there == text,
            "{name} is another: cargo xtask case --scale demo --seed {SEED} --output crates/engine/data/demo/case"
        );
    }
}
