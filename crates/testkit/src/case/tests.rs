use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::*;

fn small(seed: u64, logs: Option<Vec<String>>) -> Case {
    Case::new(&Plan { seed, scale: Scale::Small, logs })
}

#[test]
fn a_plan_is_a_case() {
    let made = small(3, None).files();
    assert!(made == small(3, None).files(), "another case from the same plan");
    assert!(made != small(4, None).files(), "the same case from another seed");
    // A log is the same, whichever others are made.
    let alone = small(3, Some(vec!["burst".to_owned()])).files();
    let find = |files: &[(String, String)], name| files.iter().find(|(n, _)| n == name).cloned();
    for file in ["logs/burst.log", "mailbox.mbox"] {
        assert!(find(&alone, file).is_some() && find(&alone, file) == find(&made, file), "{file}");
    }
}

/// Slots lie where the gold says, hold what the record says, and every copy of a mailing goes to another person.
#[test]
fn messages_agree_with_the_gold() {
    let case = small(5, Some(Vec::new()));
    let voters: HashMap<u32, &Voter> = case.voters.iter().map(|v| (v.id, v)).collect();
    let exposed = case.logs[0].records();
    for (n, campaign) in case.campaigns.iter().enumerate() {
        let own: Vec<&Message> = case.messages.iter().filter(|m| m.campaign == Some(n)).collect();
        let name = campaign.template.name;
        assert_eq!(own.len(), campaign.copies(Scale::Small), "{name}");
        let of: BTreeSet<u32> = own.iter().filter_map(|m| m.voter).collect();
        let out = of.iter().filter(|id| !exposed.contains(id)).count();
        match campaign.source {
            "exposed" => assert_eq!((of.len(), out), (own.len(), 0), "{name}"),
            _ => assert!(out > 0, "{name} could be from the scrape"),
        }
        for message in own {
            let kinds: Vec<SlotKind> = message.slots.iter().map(|slot| slot.kind).collect();
            assert_eq!(kinds, campaign.template.slots());
            for slot in &message.slots {
                assert_eq!(message.text[slot.start..slot.end], slot.value);
                if let (SlotKind::Name, "", Some(id)) = (slot.kind, &*slot.variant, message.voter) {
                    assert_eq!(slot.value, voters[&id].name());
                }
            }
        }
    }
}

/// What the gold says a scrape got is what the log says it got: looked up in the log as written, in its own form.
#[test]
fn logs_agree_with_the_gold() {
    let case = small(7, None);
    let present: HashSet<u32> = case.voters.iter().map(|v| v.id).collect();
    let gold = case.gold();
    for log in &case.logs {
        let text = log.to_text();
        let lines: Vec<&str> = text.lines().collect();
        assert!(log.hits.is_sorted_by_key(|hit| hit.at));
        for incident in gold["logs"][&log.name].as_array().unwrap() {
            let of = |key: &str| -> BTreeSet<u64> {
                incident[key].as_array().unwrap().iter().filter_map(Value::as_u64).collect()
            };
            if incident["kind"] != "enumeration" {
                assert!(!of("lines").is_empty() && of("records").is_empty(), "{}", log.name);
                continue;
            }
            let asked_and_got = of("lines").into_iter().map(|line| looked_up(lines[line as usize - 1]));
            let (mut asked, mut got) = (BTreeSet::new(), BTreeSet::new());
            for (id, ok) in asked_and_got {
                asked.insert(id);
                if ok && present.contains(&u32::try_from(id).unwrap()) {
                    got.insert(id);
                }
            }
            assert_eq!((asked, got), (of("asked"), of("records")), "{}", log.name);
            let least = if log.name == "from_list" { 600 } else { 300 };
            assert!(of("records").len() > least && of("asked").len() >= 600, "{}", log.name);
        }
        if log.name.starts_with("honest") {
            assert!(log.incidents.is_empty() && log.hits.iter().all(|hit| hit.incident.is_none()));
        }
    }
}

/// The id of a line of any form, and whether its status is 200.
fn looked_up(line: &str) -> (u64, bool) {
    let at = ["lookup.php?id=", "lookup.php id=", "/api/voter/"]
        .iter()
        .find_map(|mark| Some(line.find(mark)? + mark.len()));
    let digits: String = line[at.unwrap()..].chars().take_while(char::is_ascii_digit).collect();
    let ok = [" 200 0 0 ", "\" 200 ", "\"status\":200,"].iter().any(|mark| line.contains(mark));
    (digits.parse().unwrap(), ok)
}

#[test]
fn every_kind_that_was_asked_for_is_there() {
    let scrapes: Vec<String> = Scrape::all().iter().map(|s| format!("{s:?}")).collect();
    let check = |what: &str| assert!(scrapes.iter().any(|s| s.contains(what)), "no scrape has {what}");
    for order in ["sequential", "random", "list"] {
        check(&format!("order: \"{order}\""));
    }
    for from in ["one", "block", "block6", "5", "50", "500"] {
        check(&format!("from: \"{from}\""));
    }
    for agent in ["curl", "browser", "rotating", "manager"] {
        check(&format!("agent: \"{agent}\""));
    }
    // 0.05 and 50 requests a second.
    ["pace: 20000", "pace: 20,", "NotFound", "Soft", "Echo", "in_path: true", "Iis", "Json"]
        .iter()
        .for_each(|w| check(w));
}

/// Nobody and nothing of the case is real: its domains and addresses are those set aside for examples.
#[test]
fn addresses_are_for_documentation() {
    let case = small(9, Some(vec!["spread_500".to_owned(), "block6".to_owned()]));
    for hit in case.logs.iter().flat_map(|log| &log.hits) {
        let nets = ["192.0.2.", "198.51.100.", "203.0.113.", "10.", "2001:db8:"];
        assert!(nets.iter().any(|net| hit.address.starts_with(net)), "{}", hit.address);
    }
    for message in &case.messages {
        for (at, _) in message.raw.match_indices('@') {
            let domain: String =
                message.raw[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '.').collect();
            assert!(
                ["example.org", "example.net", "example.com"].iter().any(|d| domain.ends_with(d)),
                "{domain}"
            );
        }
    }
}
