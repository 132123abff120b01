//! The operation as far as its evidence reaches: which records left, and which mailings used them.

use campaign::{Message, Template};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::link::{Evidence, Link, Recipient, link};
use crate::timeline::{Event, EventKind};
use crate::weigh::{Exposure, Tally, Weight, weigh};

/// A mailing, whom it speaks of, and what that says of its source.
#[derive(Clone, Debug)]
pub struct CampaignLink {
    /// The template, with its slots in braces. Where all copies went to one person it may name that person.
    pub template: String,
    /// Its recipients, in the order of the copies, linked to the site's table.
    pub recipients: Vec<Recipient>,
    /// What they say of its source.
    pub weight: Weight,
    /// The first and the last copy, by their own word.
    pub sent: Option<[Timestamp; 2]>,
}

/// What was exposed, and the mailings.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Records that were exposed.
    pub exposed: usize,
    /// Ids that were exposed and of which the table has no record.
    pub unknown_ids: usize,
    /// The mailings, in the order of their templates.
    pub mailings: Vec<CampaignLink>,
}

/// Links each template's copies to the records, and weighs them.
#[must_use]
pub fn link_campaigns(templates: &[Template], messages: &[Message], exposure: &Exposure<'_>) -> Operation {
    let mailing = |template: &Template| {
        let recipients = link(template, messages, exposure.table());
        let in_public = exposure.public().map(|file| link(template, messages, file)).unwrap_or_default();
        let weight = weigh(exposure, &recipients, &in_public);
        CampaignLink { template: template.text(), recipients, weight, sent: sent(template, messages) }
    };
    let mailings = templates.iter().map(mailing).collect();
    Operation { exposed: exposure.len(), unknown_ids: exposure.unknown(), mailings }
}

/// The first and the last copy of a template, by their own word.
fn sent(template: &Template, messages: &[Message]) -> Option<[Timestamp; 2]> {
    let times = || template.copies.iter().filter_map(|copy| messages.get(*copy)?.time);
    times().min().zip(times().max()).map(|(first, last)| [first, last])
}

/// When the copies of a template were sent or posted, for the timeline: the first and the last.
#[must_use]
pub fn sending(template: &Template, messages: &[Message]) -> Vec<Event> {
    let Some([first, last]) = sent(template, messages) else { return Vec::new() };
    let mail = template.copies.first().and_then(|copy| messages.get(*copy)).is_none_or(is_mail);
    let [begins, ends] = if mail {
        [EventKind::MailingBegins, EventKind::MailingEnds]
    } else {
        [EventKind::PostsBegin, EventKind::PostsEnd]
    };
    let what = head(&template.shown_text(messages));
    let event = |at, kind| Event { at, kind, what: what.clone(), count: template.copies.len() };
    vec![event(first, begins), event(last, ends)]
}

fn is_mail(message: &Message) -> bool {
    matches!(&*message.platform, "" | "mail")
}

/// The first words of a template.
fn head(text: &str) -> String {
    const WORDS: usize = 8;
    let words: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    words.join(" ")
}

impl Operation {
    /// As the commands write it. `reveal`: with the ids of the recipients' records; else each is a pseudonym, which is
    /// the same for the same person as long as the salt is.
    #[must_use]
    pub fn to_json(&self, exposure: &Exposure<'_>, messages: &[Message], reveal: bool) -> Value {
        let record = |record: u32| -> Value {
            if reveal {
                exposure.table().id(record).into()
            } else {
                exposure.table().pseudonym(record).map(|key| key.to_string()).into()
            }
        };
        let recipient = |recipient: &Recipient| {
            let records = recipient.link.records();
            let unlinked = match &recipient.link {
                Link::None(why) => Some(why.name()),
                _ => None,
            };
            json!({
                "message": messages.get(recipient.message).map(|message| &*message.id),
                "records": records.iter().map(|r| record(*r)).collect::<Vec<_>>(),
                "exposed": records.iter().any(|r| exposure.is_exposed(*r)),
                "unlinked": unlinked,
                "evidence": recipient.evidence.iter().map(evidence).collect::<Vec<_>>(),
            })
        };
        let mailing = |mailing: &CampaignLink| {
            json!({
                "template": mailing.template,
                "messages": mailing.recipients.len(),
                "first": mailing.sent.map(|sent| sent[0].to_string()),
                "last": mailing.sent.map(|sent| sent[1].to_string()),
                "source": mailing.weight.to_json(),
                "recipients": mailing.recipients.iter().map(recipient).collect::<Vec<_>>(),
            })
        };
        json!({
            "exposed": self.exposed,
            "unknown_ids": self.unknown_ids,
            "mailings": self.mailings.iter().map(mailing).collect::<Vec<_>>(),
        })
    }

    /// All recipients of mailings that are called drawn from the exposed records.
    #[must_use]
    pub fn tally(&self) -> Tally {
        let mut all = Tally::default();
        for Tally { recipients, linked, exposed, exposed_and_public, public_only, neither } in self
            .mailings
            .iter()
            .filter(|m| m.weight.verdict == crate::Verdict::DrawnFromExposed)
            .map(|m| m.weight.tally)
        {
            all.recipients += recipients;
            all.linked += linked;
            all.exposed += exposed;
            all.exposed_and_public += exposed_and_public;
            all.public_only += public_only;
            all.neither += neither;
        }
        all
    }
}

fn evidence(evidence: &Evidence) -> Value {
    json!({"field": evidence.field.name(), "agreement": evidence.agreement.name(),
        "start": evidence.range.start, "end": evidence.range.end})
}
