//! Policy files, and the name by which receipts know what they said.

use std::path::Path;

use screen::{DEFAULT_POLICY, Policy};

use crate::{EngineError, sha256_hex};

/// Reads a policy file; `default` is the built-in one.
///
/// # Errors
/// The file cannot be read, or is no policy: with file, line, column and a remedy.
pub fn open_policy(path: &Path) -> Result<Policy, EngineError> {
    let shown = path.display();
    if path.as_os_str() == "default" {
        return parse(&shown.to_string(), DEFAULT_POLICY);
    }
    let bytes = std::fs::read(path).map_err(|e| {
        EngineError::input(format!("the policy {shown} cannot be read: {e}")).hint(
            "give the path of a policy file, or `default`; interdict policy default prints one to begin with",
        )
    })?;
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        EngineError::input(format!("the policy {shown} is not UTF-8, as TOML must be"))
            .hint("save it as UTF-8 text")
    })?;
    parse(&shown.to_string(), text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

fn parse(shown: &str, text: &str) -> Result<Policy, EngineError> {
    Policy::from_toml(text).map_err(|e| EngineError::input(format!("{shown}:{e}")).hint(e.remedy))
}

/// The hash of everything that a policy says.
#[must_use]
pub fn policy_hash(policy: &Policy) -> String {
    sha256_hex(&[policy.canonical().as_bytes()])
}
