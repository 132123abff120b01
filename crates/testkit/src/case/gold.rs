//! What is true of a case, as JSON: `gold.json` has all of it, `logs/gold.json` the ids that each log's scrape got.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Case, Log, Message};

/// By log: ids whose record was returned.
pub(super) fn records(logs: &[Log]) -> Value {
    logs.iter().map(|log| (log.name.clone(), json!(log.records()))).collect::<Map<_, _>>().into()
}

pub(super) fn gold(case: &Case) -> Value {
    let logs: Map<String, Value> = case.logs.iter().map(|l| (l.name.clone(), incidents(l))).collect();
    let campaigns: Vec<Value> = case.campaigns.iter().enumerate().map(|(n, _)| campaign(case, n)).collect();
    let posts = |kind: &str| -> Vec<&str> {
        case.posts.iter().filter(|post| post.kind == kind).map(|post| &*post.id).collect()
    };
    let accounts: BTreeSet<&str> =
        case.posts.iter().filter(|p| p.kind == "coordinated").map(|p| &*p.account).collect();
    let public: Map<String, Value> = case
        .public
        .iter()
        .filter_map(|(entry, voter)| Some((entry.id.to_string(), json!((*voter)?))))
        .collect();
    json!({
        "seed": case.plan.seed,
        "voters": case.voters.len(),
        "operation": {"log": "access", "scrape": case.scrape, "records": case.logs[0].records()},
        "logs": logs,
        "campaigns": campaigns,
        "other_messages": case.messages.iter().filter(|m| m.campaign.is_none()).map(|m| &*m.id).collect::<Vec<_>>(),
        "posts": {"coordinated": posts("coordinated"), "accounts": accounts, "viral": posts("viral")},
        "public_to_voter": public,
    })
}

/// The incidents of a log, with the numbers of their lines.
fn incidents(log: &Log) -> Value {
    let head = log.form.head().lines().count();
    let time = |at: i64| Timestamp::from_second(at.div_euclid(1000)).unwrap_or_default().to_string();
    let incident = |(n, incident): (usize, &super::Incident)| {
        let own: Vec<_> = log.hits.iter().enumerate().filter(|(_, hit)| hit.incident == Some(n)).collect();
        let addresses: BTreeSet<&str> = own.iter().map(|(_, hit)| &*hit.address).collect();
        let agents: BTreeSet<&str> = own.iter().map(|(_, hit)| hit.agent).collect();
        json!({
            "kind": incident.kind,
            "first": own.first().map(|(_, hit)| time(hit.at)),
            "last": own.last().map(|(_, hit)| time(hit.at)),
            "requests": own.len(),
            "addresses": addresses,
            "agents": agents,
            "asked": incident.asked,
            "records": incident.records,
            "lines": own.iter().map(|(line, _)| head + line + 1).collect::<Vec<_>>(),
        })
    };
    log.incidents.iter().enumerate().map(incident).collect()
}

fn campaign(case: &Case, place: usize) -> Value {
    let campaign = &case.campaigns[place];
    let message = |message: &Message| {
        let slot = |slot: &super::Slot| {
            json!({"kind": slot.kind.name(), "start": slot.start, "end": slot.end, "value": slot.value,
                "variant": slot.variant})
        };
        json!({"id": message.id, "voter": message.voter, "slots": message.slots.iter().map(slot).collect::<Vec<_>>()})
    };
    json!({
        "name": campaign.template.name,
        "source": campaign.source,
        "template": campaign.template.text,
        "slots": campaign.template.slots().iter().map(|kind| kind.name()).collect::<Vec<_>>(),
        "messages": case.messages.iter().filter(|m| m.campaign == Some(place)).map(message).collect::<Vec<_>>(),
    })
}
