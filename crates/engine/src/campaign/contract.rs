//! What `interdict campaign FILE...` returns.

use std::collections::BTreeMap;

use ::campaign::{Flag, FlagKind, Message, Mining, Place, Template, flags, mine, template_flags};
use serde_json::{Value, json};

use super::messages::MessagesRead;

/// A template with what an analyst asks first.
#[derive(Debug)]
pub struct Mailing {
    /// The template.
    pub template: Template,
    /// Senders with how many copies each sent, most first.
    pub senders: Vec<(String, usize)>,
    /// Platforms with how many copies came by each, most first.
    pub platforms: Vec<(String, usize)>,
    /// Subjects with how many copies have each, most first.
    pub subjects: Vec<(String, usize)>,
    /// Times of the first and the last copy, where they say one.
    pub sent: Option<(jiff::Timestamp, jiff::Timestamp)>,
    /// What its text does.
    pub flags: Vec<Flag>,
}

/// What was found in messages.
#[derive(Debug)]
pub struct Mailings {
    /// Those with the most copies first.
    pub mailings: Vec<Mailing>,
    /// Messages that are no copy of any and threaten or claim access, by their place, with their flags.
    pub flagged: Vec<(usize, Vec<Flag>)>,
}

/// Finds the templates of messages, and what they do.
#[must_use]
pub fn find_mailings(messages: &[Message], mining: &Mining) -> Mailings {
    let templates = mine(messages, mining);
    let mut alone = vec![true; messages.len()];
    templates.iter().flat_map(|template| &template.copies).for_each(|place| alone[*place] = false);
    let graves = |flag: &Flag| matches!(flag.kind, FlagKind::Threat | FlagKind::ClaimOfAccess);
    let flagged = (0..messages.len())
        .filter(|place| alone[*place])
        .map(|place| (place, flags(messages, place)))
        .filter(|(_, flags)| flags.iter().any(graves))
        .collect();
    Mailings {
        mailings: templates.into_iter().map(|template| mailing(template, messages)).collect(),
        flagged,
    }
}

fn mailing(template: Template, messages: &[Message]) -> Mailing {
    let copies = || template.copies.iter().map(|place| &messages[*place]);
    let times = || copies().filter_map(|message| message.time);
    Mailing {
        senders: counted(copies().map(|message| message.sender.as_str())),
        platforms: counted(copies().map(|message| message.platform.as_str())),
        subjects: counted(copies().filter_map(|message| message.subject.as_deref())),
        sent: times().min().zip(times().max()),
        flags: template_flags(&template, messages),
        template,
    }
}

fn counted<'a>(values: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counts: Vec<(String, usize)> =
        counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The whole result: `{"read","failed","failures","templates","flagged"}`. Personal data is in it.
#[must_use]
pub fn mailings_to_json(found: &Mailings, read: &MessagesRead) -> Value {
    let failures = read.failures.iter().map(|(file, place, reason)| {
        let mut value = json!({"file": file});
        put_place(&mut value, *place);
        value["reason"] = json!(reason);
        value
    });
    let flagged = found.flagged.iter().map(|(place, flags)| {
        let mut value = message_to_json(&read.messages[*place]);
        value["flags"] = flags.iter().map(|flag| flag_to_json(flag, &read.messages)).collect();
        value
    });
    json!({
        "read": read.read,
        "failed": read.failed,
        "failures": failures.collect::<Vec<_>>(),
        "templates": found.mailings.iter().map(|mailing| mailing_to_json(mailing, &read.messages)).collect::<Vec<_>>(),
        "flagged": flagged.collect::<Vec<_>>(),
    })
}

/// One template: its text, what its slots hold, who sent it when, what it does, and each copy with its fills.
#[must_use]
pub fn mailing_to_json(mailing: &Mailing, messages: &[Message]) -> Value {
    let Mailing { template, senders, platforms, subjects, sent, flags } = mailing;
    let count = |name: &str, counts: &[(String, usize)]| -> Value {
        counts.iter().map(|(value, copies)| json!({name: value, "copies": copies})).collect()
    };
    let slots = template.slots.iter().enumerate().map(|(n, slot)| {
        let mut values: Vec<&str> = slot.fills.iter().map(|fill| fill.value(messages)).collect();
        values.sort_unstable();
        values.dedup();
        json!({"slot": n, "kind": slot.kind.name(), "filled": slot.fills.len(), "distinct": values.len()})
    });
    let mut fills: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for (n, slot) in template.slots.iter().enumerate() {
        for fill in &slot.fills {
            let value = json!({
                "slot": n,
                "kind": slot.kind.name(),
                "start": fill.range.start,
                "end": fill.range.end,
                "value": fill.value(messages),
            });
            fills.entry(fill.message).or_default().push(value);
        }
    }
    let copies = template.copies.iter().map(|place| {
        let mut value = message_to_json(&messages[*place]);
        value["slots"] = fills.remove(place).unwrap_or_default().into();
        value
    });
    let copies: Vec<Value> = copies.collect();
    json!({
        "text": template.text(),
        "copies": template.copies.len(),
        "senders": count("sender", senders),
        "platforms": count("platform", platforms),
        "subjects": count("subject", subjects),
        "first": sent.map(|(first, _)| first.to_string()),
        "last": sent.map(|(_, last)| last.to_string()),
        "slots": slots.collect::<Vec<_>>(),
        "flags": flags.iter().map(|flag| flag_to_json(flag, messages)).collect::<Vec<_>>(),
        "messages": copies,
    })
}

fn message_to_json(message: &Message) -> Value {
    let mut value = json!({
        "id": message.id,
        "platform": message.platform,
        "sender": message.sender,
        "recipients": message.recipients,
        "time": message.time.map(|time| time.to_string()),
        "file": message.source.file,
    });
    put_place(&mut value, message.source.place);
    value
}

fn put_place(value: &mut Value, place: Place) {
    match place {
        Place::File => {}
        Place::Byte(byte) => value["byte"] = json!(byte),
        Place::Line(line) => value["line"] = json!(line),
    }
}

fn flag_to_json(flag: &Flag, messages: &[Message]) -> Value {
    let message = messages.get(flag.message);
    json!({
        "flag": flag.kind.name(),
        "rule": flag.rule,
        "reason": flag.reason,
        "words": message.and_then(|message| message.text.get(flag.range.clone())),
        "start": flag.range.start,
        "end": flag.range.end,
        "message": message.map(|message| &message.id),
        "copies": flag.copies,
    })
}
