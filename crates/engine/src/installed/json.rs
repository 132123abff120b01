//! What the lists commands write as JSON.

use std::time::SystemTime;

use serde_json::{Value, json};
use vault::{Entry, Event, Version};

use super::{Installed, Updated, UpdatedTo, system_time};

/// What an update did to a list.
#[must_use]
pub fn updated_to_json(updated: &Updated) -> Value {
    let mut value = json!({ "list": updated.list });
    let more = match &updated.to {
        UpdatedTo::Activated { version: now, before } => {
            json!({ "outcome": "activated", "version": version(now), "before": before.as_ref().map(version) })
        }
        UpdatedTo::Confirmed(now) => json!({ "outcome": "confirmed", "version": version(now) }),
        UpdatedTo::Quarantined { version: offered, reason } => json!({
            "outcome": "quarantined", "reason": reason, "offered": version(offered),
            "version": updated.serving.as_ref().map(version),
        }),
        UpdatedTo::Failed { from, reason, remedy } => json!({
            "outcome": "failed", "from": from, "reason": reason, "remedy": remedy,
            "version": updated.serving.as_ref().map(version),
        }),
    };
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    value
}

fn version(version: &Version) -> Value {
    json!({
        "version": version.short(),
        "sha256": version.sha256,
        "dataset": version.dataset,
        "parties": version.parties,
        "names": version.names,
        "aliases": version.aliases,
        "relations": version.relations,
        "skipped": version.skipped,
        "published": version.published.map(|at| at.to_string()),
    })
}

/// The versions of a list that ever served, the newest first, with when each was made to; `None`: it was never installed.
#[must_use]
pub fn versions_to_json(installed: &Installed, name: &str) -> Option<Value> {
    let served = installed.log().iter().filter(|entry| entry.list == name).filter_map(|entry| {
        let Event::Activated { version: of, .. } = &entry.event else { return None };
        let mut value = version(of);
        value["activated"] = entry.at.to_string().into();
        value["by"] = entry.by.as_str().into();
        Some(value)
    });
    let versions: Vec<Value> = served.rev().collect();
    (!versions.is_empty()).then(|| json!({ "name": name, "versions": versions }))
}

/// A line of the log.
#[must_use]
pub fn log_to_json(entry: &Entry) -> Value {
    serde_json::to_value(entry).unwrap_or_default()
}

/// The catalogue, with what of it is installed, and lists of one's own.
#[must_use]
pub fn catalogue_to_json(installed: &Installed, now: SystemTime) -> Value {
    let serving = installed.lists();
    let state = |name: &str| {
        serving.iter().find(|list| list.name == name).map(|list| {
            let age = now.duration_since(system_time(list.confirmed)).map(|age| age.as_secs()).ok();
            json!({
                "version": version(list.version),
                "activated": list.activated.to_string(),
                "by": list.by,
                "confirmed": list.confirmed.to_string(),
                "age_seconds": age,
                "from": list.sources,
                "trouble": list.trouble.map(|(at, reason)| json!({ "at": at.to_string(), "reason": reason })),
            })
        })
    };
    let known = lists::catalogue().iter().map(|source| {
        json!({
            "name": source.name,
            "title": source.title,
            "authority": source.authority,
            "format": source.format,
            "tested": source.tested,
            "rhythm": source.rhythm,
            "licence": source.licence,
            "addresses": source.addresses,
            "installed": state(source.name),
        })
    });
    let known_names = |name: &str| lists::catalogue().iter().any(|source| source.name == name);
    let own = serving.iter().filter(|list| !known_names(list.name));
    let own = own.map(|list| json!({ "name": list.name, "installed": state(list.name) }));
    let programmes = lists::programmes().iter().map(|programme| {
        json!({
            "authority": programme.authority,
            "tag": programme.tag,
            "meaning": programme.meaning,
            "legal_basis": programme.legal_basis,
        })
    });
    json!({
        "lists": known.chain(own).collect::<Vec<_>>(),
        "programmes": programmes.collect::<Vec<_>>(),
    })
}
