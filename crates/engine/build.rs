//! Names the rules by which lists are read and names are taken apart: a hash over the sources and tables of whatever does so,
//! and over the versions of the libraries that it uses. A compiled list serves only the rules that made it, and rules change
//! more often than versions do.

use std::fs;
use std::path::{Path, PathBuf};

const CRATES: [&str; 5] = ["model", "text", "names", "lists", "screen"];

/// Of this crate: which files make a list, the embedded one, and how a compiled one is laid out. Then the libraries.
const FILES: [&str; 6] =
    ["src/source.rs", "src/library.rs", "src/demo/mod.rs", "data", "src/compiled", "../../Cargo.lock"];

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let of_crate = |name: &str| ["src", "data"].map(|folder| Path::new("..").join(name).join(folder));
    for place in CRATES.into_iter().flat_map(of_crate).chain(FILES.map(PathBuf::from)) {
        // A path that is not there would go out of the hash unseen, and have cargo build everything above anew each time.
        assert!(
            place.exists(),
            "{}: a file of the rules was moved; name its new place in build.rs",
            place.display()
        );
        println!("cargo:rerun-if-changed={}", place.display());
        let mut files = Vec::new();
        collect(place, &mut files);
        files.sort();
        for file in files {
            let text = fs::read(&file).unwrap_or_default();
            // FNV-1a, and no carriage returns, which a checkout may add.
            for byte in text.into_iter().filter(|byte| *byte != b'\r') {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    println!("cargo:rustc-env=INTERDICT_RULES={hash:016x}");
}

/// A file, or all that is in a folder.
fn collect(place: PathBuf, files: &mut Vec<PathBuf>) {
    if place.is_dir() {
        let inside = fs::read_dir(place).into_iter().flatten().flatten();
        inside.for_each(|entry| collect(entry.path(), files));
    } else {
        files.push(place);
    }
}
