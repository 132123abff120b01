//! Policy files, and the name by which receipts know what they said.

use std::path::Path;

use model::Schema;
use screen::{DEFAULT_POLICY, Policy, Programmes, Setting};
use serde_json::{Value, json};

use crate::{EngineError, Settled, number, sha256_hex};

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

/// What a policy says, settled: `interdict policy check`.
#[must_use]
pub fn check_to_json(policy: &Policy, settled: &[Settled], warnings: &[String]) -> Value {
    let programmes = match &policy.programmes {
        Programmes::All => Value::Null,
        Programmes::Exclude(tags) => json!({ "exclude": tags }),
        Programmes::Only(tags) => json!({ "only": tags }),
    };
    json!({
        "policy": policy.name,
        "sha256": policy_hash(policy),
        "settings": policy.canonical(),
        "programmes": programmes,
        "settled": settled.iter().map(row).collect::<Vec<_>>(),
        "warnings": warnings,
    })
}

fn row(settled: &Settled) -> Value {
    let mut object = json!({
        "list": settled.list,
        "schema": settled.schema.as_ref().map(Schema::name),
        "parties": settled.parties,
        "out_of_scope": settled.out_of_scope,
    });
    for setting in settled.configuration.settings() {
        object[setting.key()] = match setting {
            Setting::Threshold(score) | Setting::NameFloor(score) => {
                number(i32::from(score.ten_thousandths()), 10_000)
            }
            Setting::MinimumBits(bits) => number(bits, 1000),
            Setting::WeakAliases(truth) => Value::Bool(truth),
            Setting::BirthDateTolerance(years) => Value::from(years),
            _ => Value::from(setting.value()),
        };
    }
    object["rules"] = json!(settled.rules);
    object
}
