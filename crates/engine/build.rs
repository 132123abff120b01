//! Names the rules by which lists are read and names are taken apart: a hash over the sources and tables of the crates that
//! do so. A compiled list serves only the rules that made it, and rules change more often than versions do.

use std::fs;
use std::path::{Path, PathBuf};

const CRATES: [&str; 5] = ["model", "text", "names", "lists", "screen"];

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for name in CRATES {
        for folder in ["src", "data"] {
            let folder = Path::new("..").join(name).join(folder);
            println!("cargo:rerun-if-changed={}", folder.display());
            let mut files = Vec::new();
            collect(&folder, &mut files);
            files.sort();
            for file in files {
                let text = fs::read(&file).unwrap_or_default();
                // FNV-1a, and no carriage returns, which a checkout may add.
                for byte in text.into_iter().filter(|byte| *byte != b'\r') {
                    hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                }
            }
        }
    }
    println!("cargo:rustc-env=INTERDICT_RULES={hash:016x}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
