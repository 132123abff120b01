//! `cargo xtask arrows`: the crates use each other only downwards.
//!
//! The table is that of `DESIGN.md`, section 2. Cargo forbids circles; what it cannot see is a crate that reaches past
//! its place: `screen` that reads list files, `cli` that scores by itself.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What each crate may use of the others, by the names of their folders; `*`: all.
///
/// In the order of the design's table: a crate's tests may use `testkit` and whatever stands above it here.
const ALLOWED: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &[]),
    ("names", &["text"]),
    ("lists", &["model"]),
    ("vault", &["model", "lists"]),
    ("screen", &["model", "text", "names"]),
    ("network", &["model"]),
    ("mail", &[]),
    ("documents", &["model", "text", "names", "screen", "mail"]),
    ("intrusion", &["model", "mail", "text"]),
    ("campaign", &["model", "mail", "text"]),
    ("attribution", &["model", "text", "intrusion", "campaign", "network"]),
    ("exchange", &["model"]),
    ("validation", &["model"]),
    ("report", &["model", "validation"]),
    (
        "engine",
        &[
            "model",
            "text",
            "names",
            "lists",
            "vault",
            "screen",
            "network",
            "documents",
            "mail",
            "intrusion",
            "campaign",
            "attribution",
            "exchange",
            "validation",
            "report",
        ],
    ),
    ("casework", &["model"]),
    ("server", &["engine", "casework", "report"]),
    ("cli", &["engine", "documents", "casework", "validation", "report", "server"]),
    ("testkit", &["*"]),
    ("xtask", &["*"]),
];

/// One crate that names another in its manifest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: String,
    to: String,
    /// Only its tests do.
    dev: bool,
}

/// Checks the workspace at `root`.
pub(crate) fn run(root: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let out = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()?;
    if !out.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&out.stderr)).into());
    }
    let (crates, arrows) = graph(&serde_json::from_slice(&out.stdout)?);
    let wrong = forbidden(&crates, &arrows);
    for line in &wrong {
        eprintln!("{line}");
    }
    if wrong.is_empty() {
        println!("{} crates, {} arrows, all point down", crates.len(), arrows.len());
        Ok(())
    } else {
        Err(format!("{} forbidden", wrong.len()).into())
    }
}

/// The workspace's crates, by folder, and what they use of each other.
fn graph(metadata: &Value) -> (Vec<String>, Vec<Arrow>) {
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let folder = |package: &Value| {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
        manifest.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned())
    };
    let by_name: BTreeMap<&str, String> =
        packages.iter().filter_map(|package| Some((package["name"].as_str()?, folder(package)?))).collect();
    let mut arrows = Vec::new();
    for package in packages {
        let Some(from) = package["name"].as_str().and_then(|name| by_name.get(name)) else { continue };
        for dependency in package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default() {
            // Only a path makes it ours: a registry may have a crate of the same name.
            let ours = dependency["path"].is_string();
            let to = dependency["name"].as_str().filter(|_| ours).and_then(|name| by_name.get(name));
            if let Some(to) = to {
                let dev = dependency["kind"].as_str() == Some("dev");
                arrows.push(Arrow { from: from.clone(), to: to.clone(), dev });
            }
        }
    }
    arrows.sort();
    arrows.dedup();
    (by_name.into_values().collect(), arrows)
}

/// A line for each arrow that the table forbids, and for each crate that it does not have.
fn forbidden(crates: &[String], arrows: &[Arrow]) -> Vec<String> {
    let place = |name: &str| ALLOWED.iter().position(|row| row.0 == name);
    let mut lines: Vec<String> = crates
        .iter()
        .filter(|name| place(name).is_none())
        .map(|name| {
            format!("{name}: not in the table. Give it a row in crates/xtask/src/arrows.rs and in ARCHITECTURE.md.")
        })
        .collect();
    for Arrow { from, to, dev } in arrows {
        let (Some(at), Some(target)) = (place(from), place(to)) else { continue };
        let may = ALLOWED[at].1;
        let allowed = if *dev {
            to == "testkit" || target < at
        } else {
            may.contains(&"*") || may.contains(&to.as_str())
        };
        if !allowed {
            let remedy = if to == "testkit" {
                "testkit is for tests: move it to [dev-dependencies].".to_owned()
            } else if *dev {
                format!("{to} stands above {from}: test it in {to}, or where both are used (engine, cli).")
            } else if may.is_empty() {
                format!(
                    "{from} uses no other crate: move what it needs into {from}, or the code that needs it up."
                )
            } else {
                format!(
                    "{from} may use {}: pass the value in, or move the code that needs {to} up.",
                    may.join(", ")
                )
            };
            lines.push(format!("{from} -> {to}{}: forbidden. {remedy}", if *dev { " (tests)" } else { "" }));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{forbidden, graph};

    fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> serde_json::Value {
        let dependencies: Vec<_> = dependencies
            .iter()
            .map(|(to, kind)| json!({"name": format!("interdict-{to}"), "kind": kind, "path": format!("/w/crates/{to}")}))
            .collect();
        json!({
            "name": format!("interdict-{name}"),
            "manifest_path": format!("/w/crates/{name}/Cargo.toml"),
            "dependencies": dependencies,
        })
    }

    fn check(packages: &[serde_json::Value]) -> Vec<String> {
        let (crates, arrows) = graph(&json!({ "packages": packages }));
        forbidden(&crates, &arrows)
    }

    #[test]
    fn arrows_down_pass() {
        let dev = Some("dev");
        let lines = check(&[
            package("model", &[("testkit", dev)]),
            package("text", &[]),
            package("names", &[("text", None)]),
            package("screen", &[("names", None), ("text", None), ("lists", dev)]),
            package("lists", &[("model", None)]),
            package("engine", &[("screen", None), ("lists", None)]),
            package("cli", &[("engine", None)]),
            package("testkit", &[("model", None)]),
        ]);
        assert_eq!(lines, Vec::<String>::new());
    }

    #[test]
    fn each_forbidden_arrow_is_named_with_its_remedy() {
        let lines = check(&[
            package("model", &[("text", None), ("screen", Some("dev"))]),
            package("text", &[]),
            package("screen", &[("lists", None), ("testkit", None)]),
            package("lists", &[]),
            package("cli", &[("screen", None)]),
            package("testkit", &[]),
            package("oracle", &[]),
        ]);
        let starts = [
            "oracle: not in",
            "cli -> screen: ",
            "model -> screen (tests)",
            "model -> text",
            "screen -> lists",
        ];
        assert_eq!(lines.len(), starts.len() + 1, "{lines:#?}");
        for (line, start) in lines.iter().zip(starts) {
            assert!(line.starts_with(start), "{line} / {start}");
        }
        assert!(lines[5].contains("[dev-dependencies]"), "{}", lines[5]);
    }
}
