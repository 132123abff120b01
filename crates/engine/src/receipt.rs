//! The receipt of a batch: what was screened against what, under which tables.

use sha2::{Digest, Sha256};

use crate::Configuration;

/// SHA-256 over some bytes, in hexadecimal.
#[must_use]
pub fn sha256_hex(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The hash of the policy in force.
#[must_use]
pub fn configuration_hash(configuration: &Configuration) -> String {
    sha256_hex(&[configuration.canonical().as_bytes()])
}

/// The hash of every table that a score depends on.
#[must_use]
pub fn table_hash() -> String {
    let texts = names::table_hash_input();
    sha256_hex(&texts.iter().map(|t| t.as_bytes()).collect::<Vec<_>>())
}
