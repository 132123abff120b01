//! What an operation shows of itself, as queries: accounts, addresses, domains, wallets.
//!
//! What is asked is whether anything of it is a listed party's. Nobody is asked for who only received a message, and
//! nothing that stood in a slot: that is the victims' data.

use std::collections::BTreeMap;

use ::campaign::{Message, Template};
use model::{Chain, Property, Schema, website_key};
use serde_json::{Value, json};

use crate::{EngineError, Query};

/// What a query is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TraceKind {
    /// An account, or a name that a sender goes by.
    Name,
    /// An e-mail address of a sender.
    Email,
    /// A domain that mails were sent from, or that messages link to.
    Domain,
    /// A digital currency address in a text.
    Wallet,
}

impl TraceKind {
    /// Its name in the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Domain => "domain",
            Self::Wallet => "wallet",
        }
    }

    fn property(self) -> Property {
        match self {
            Self::Name => Property::Name,
            Self::Email => Property::Email,
            Self::Domain => Property::Website,
            Self::Wallet => Property::PublicKey,
        }
    }
}

/// A trace that an operation leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// What it is.
    pub kind: TraceKind,
    /// As the messages have it; a domain without `www.`
    pub value: String,
    /// In how many messages.
    pub messages: usize,
    /// The id of the first of them.
    pub first: String,
}

impl Trace {
    /// The query that asks whose it is.
    ///
    /// # Errors
    /// A value that could mean anybody.
    pub fn query(&self) -> Result<Query, EngineError> {
        let schema = Schema::LegalEntity.to_string();
        Query::from_fields(&self.value, Some(&schema), [(self.kind.property(), &*self.value)])
    }

    /// As the commands write it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({"kind": self.kind.name(), "value": self.value, "messages": self.messages, "first": self.first})
    }
}

/// The traces of these templates' copies, by kind and value.
#[must_use]
pub fn traces<'a>(templates: impl IntoIterator<Item = &'a Template>, messages: &[Message]) -> Vec<Trace> {
    let mut found: BTreeMap<(TraceKind, String), (usize, String)> = BTreeMap::new();
    for template in templates {
        let mut filled: BTreeMap<usize, Vec<(bool, std::ops::Range<usize>)>> = BTreeMap::new();
        for slot in &template.slots {
            for fill in &slot.fills {
                filled.entry(fill.message).or_default().push((slot.kind.is_personal(), fill.range.clone()));
            }
        }
        for copy in &template.copies {
            let Some(message) = messages.get(*copy) else { continue };
            let mut own = of_sender(message);
            own.extend(message.url.as_deref().and_then(domain));
            own.extend(of_text(message, filled.get(copy).map_or(&[], Vec::as_slice)));
            own.sort();
            own.dedup();
            for trace in own {
                found.entry(trace).or_insert_with(|| (0, message.id.clone())).0 += 1;
            }
        }
    }
    let trace = |((kind, value), (messages, first))| Trace { kind, value, messages, first };
    found.into_iter().map(trace).collect()
}

fn of_sender(message: &Message) -> Vec<(TraceKind, String)> {
    let sender = message.sender.trim();
    // The name beside an address; where there is no address, `sender` is the name.
    let name =
        message.sender_name.as_deref().map(str::trim).filter(|name| !name.is_empty() && *name != sender);
    let mut traces: Vec<(TraceKind, String)> =
        name.into_iter().map(|name| (TraceKind::Name, name.to_owned())).collect();
    match sender.rsplit_once('@').filter(|(local, _)| !local.is_empty()) {
        Some((_, host)) => {
            traces.push((TraceKind::Email, sender.to_lowercase()));
            traces.extend(domain(host));
        }
        None if sender.is_empty() => {}
        None => traces.push((TraceKind::Name, sender.to_owned())),
    }
    traces
}

/// Domains of links and digital currency addresses, but for those in slots that are the recipient's.
fn of_text(message: &Message, filled: &[(bool, std::ops::Range<usize>)]) -> Vec<(TraceKind, String)> {
    let mut traces = Vec::new();
    let text = &message.text;
    let edge =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '(' | ')' | '[' | ']' | ',');
    let mut start = 0;
    for word in text.split(edge) {
        let at = start;
        start += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        // A link differs from copy to copy by a token, and its domain is the sender's all the same.
        if word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.") {
            traces.extend(domain(word));
            continue;
        }
        let of_recipient =
            |(personal, slot): &(bool, std::ops::Range<usize>)| *personal && slot.contains(&at);
        let word = word.trim_end_matches(['.', ';', ':', '!', '?']);
        if word.len() > 24 && Chain::of(word).is_some() && !filled.iter().any(of_recipient) {
            traces.push((TraceKind::Wallet, word.to_owned()));
        }
    }
    traces
}

fn domain(address: &str) -> Option<(TraceKind, String)> {
    website_key(address).map(|host| (TraceKind::Domain, host))
}

#[cfg(test)]
mod tests {
    use ::campaign::{Fill, Slot, SlotKind};

    use super::*;

    #[test]
    fn traces_are_the_senders_not_the_recipients() {
        let wallet = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        let text = format!(
            "Ada Brook: see https://film.example.org/r/17, www.orchard.example.org. Pay to {wallet}."
        );
        let mail = Message {
            id: "m1".to_owned(),
            sender: "Office@Gate.example.org".to_owned(),
            sender_name: Some("Blue Gate Club".to_owned()),
            recipients: vec!["ada@mail.example.net".to_owned()],
            text: text.clone(),
            ..Message::default()
        };
        let post = Message { id: "p1".to_owned(), sender: "ada_0001".to_owned(), ..Message::default() };
        let template = |slots| Template { pieces: Vec::new(), slots, copies: vec![0, 1, 9] };
        let shown = |slots| -> Vec<String> {
            let found = traces(&[template(slots)], &[mail.clone(), post.clone()]);
            found
                .iter()
                .map(|t| format!("{} {} {} {}", t.kind.name(), t.value, t.messages, t.first))
                .collect()
        };
        let all = [
            "name Blue Gate Club 1 m1",
            "name ada_0001 1 p1",
            "email office@gate.example.org 1 m1",
            "domain film.example.org 1 m1",
            "domain gate.example.org 1 m1",
            "domain orchard.example.org 1 m1",
            "wallet 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa 1 m1",
        ];
        assert_eq!(shown(Vec::new()), all);
        let slot = |from: usize| Slot {
            kind: SlotKind::Other,
            fills: vec![Fill { message: 0, range: from..from + wallet.len() }],
        };
        assert_eq!(shown(vec![slot(text.find(wallet).unwrap())]), all[..6]);
        for trace in traces(&[template(Vec::new())], &[mail.clone(), post.clone()]) {
            assert!(trace.query().is_ok(), "{trace:?}");
        }
    }
}
