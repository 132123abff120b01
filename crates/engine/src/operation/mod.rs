//! The operation: what logs show, which mailings used it, and what it shows of itself to be screened.

mod queries;
mod screened;
mod table;

use ::campaign::{Message, Mining, Template, mine};
use ::intrusion::{Findings, Incident};
use attribution::{
    Event, EventKind, Exposure, Moment, Operation, Records as People, Verdict, link_campaigns, sending,
    timeline,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::EngineError;
use crate::source::damaged;

pub use queries::{Trace, TraceKind, traces};
pub use screened::{ScreenedTrace, screen_traces, screened_to_json};
pub(crate) use table::people_of;
pub use table::{PeopleRead, read_people};

/// What an operation is found in.
#[derive(Clone, Copy, Debug)]
pub struct OperationEvidence<'a> {
    /// What the logs show.
    pub findings: &'a Findings,
    /// Mails and posts.
    pub messages: &'a [Message],
    /// The table of the site from which records left.
    pub table: &'a People,
    /// A list that anybody can have and in which the same people may stand.
    pub public: Option<&'a People>,
}

/// An operation, as far as the evidence reaches. It names no author.
#[derive(Debug)]
pub struct OperationReport<'a> {
    /// Which mailings used exposed records.
    pub operation: Operation,
    /// The templates of the mailings, in their order.
    pub templates: Vec<Template>,
    /// What happened when: incidents, the mailings that are called drawn from exposed records, and posts that go with
    /// them. What only happened at the same time is left out.
    pub timeline: Vec<Moment>,
    /// The records that left.
    pub exposure: Exposure<'a>,
    /// What the mailings that are called drawn from exposed records, and posts of one text, show of who sent them: to
    /// be screened.
    pub traces: Vec<Trace>,
    /// The messages in which all that was found.
    pub messages: &'a [Message],
}

/// Puts an operation together: records that scrapes got, templates of the messages, links and weights, the timeline.
///
/// # Errors
/// The ids of the records are in a file of a log that spilled, which cannot be read.
pub fn operation<'a>(evidence: OperationEvidence<'a>) -> Result<OperationReport<'a>, EngineError> {
    let OperationEvidence { findings, messages, table, public } = evidence;
    let ids = findings.incidents.iter().flat_map(|incident| incident.records.iter());
    let ids: Vec<_> = ids.collect::<std::io::Result<_>>().map_err(|e| damaged("what was spilled", &e))?;
    let exposure = Exposure::new(table, public, ids.iter().map(|id| &**id));
    let templates = mine(messages, &Mining::default());
    let operation = link_campaigns(&templates, messages, &exposure);
    let told = |(template, mailing): (&'_ Template, &attribution::CampaignLink)| {
        mailing.weight.verdict == Verdict::DrawnFromExposed
            || shares_domain(template, messages, &operation, &templates)
    };
    let own: Vec<&Template> = templates
        .iter()
        .zip(&operation.mailings)
        .filter(|pair| told(*pair))
        .map(|(template, _)| template)
        .collect();
    let sent = own.iter().flat_map(|template| sending(template, messages));
    let timeline = timeline(findings.incidents.iter().flat_map(events).chain(sent).collect());
    let traces = traces(own, messages);
    Ok(OperationReport { operation, templates, timeline, exposure, traces, messages })
}

/// Whether a text of posts links to a domain that a mailing from exposed records sends from or links to. Of mails no more
/// is taken than the ratio tells: an honest mailing may link to the same site. So may an honest post, which is why its
/// accounts are said to be screened, and no more.
fn shares_domain(template: &Template, messages: &[Message], operation: &Operation, all: &[Template]) -> bool {
    let domains = |template: &Template| -> Vec<String> {
        let found = traces([template], messages).into_iter().filter(|trace| trace.kind == TraceKind::Domain);
        found.map(|trace| trace.value).collect()
    };
    let is_post = |copy: &usize| messages.get(*copy).is_some_and(|message| message.platform != "mail");
    let own = domains(template);
    template.copies.first().is_some_and(is_post)
        && !own.is_empty()
        && all
            .iter()
            .zip(&operation.mailings)
            .filter(|(_, mailing)| mailing.weight.verdict == Verdict::DrawnFromExposed)
            .any(|(mailing, _)| domains(mailing).iter().any(|domain| own.contains(domain)))
}

/// The beginning and end of an incident.
fn events(incident: &Incident) -> Vec<Event> {
    let count = usize::try_from(incident.requests).unwrap_or(usize::MAX);
    let event = |second, kind, what: &str| {
        let at = Timestamp::from_second(second).ok()?;
        Some(Event { at, kind, what: what.to_owned(), count })
    };
    let events = if incident.records.is_empty() {
        [event(incident.first, EventKind::Scan, incident.kind), None]
    } else {
        let what = incident.scrape.as_ref().map_or(incident.kind, |scrape| &*scrape.endpoint);
        [
            event(incident.first, EventKind::ScrapeBegins, what),
            event(incident.last, EventKind::ScrapeEnds, what),
        ]
    };
    events.into_iter().flatten().collect()
}

impl OperationReport<'_> {
    /// As the commands write it: `{"exposed","unknown_ids","mailings","timeline","traces"}`. `reveal`: recipients by the ids
    /// of their records, else by pseudonyms, and templates without what they say of a single recipient.
    #[must_use]
    pub fn to_json(&self, reveal: bool) -> Value {
        let mut value = self.operation.to_json(&self.exposure, self.messages, reveal);
        if !reveal {
            for (place, template) in self.templates.iter().enumerate() {
                value["mailings"][place]["template"] = template.shown_text(self.messages).into();
            }
        }
        value["timeline"] = self.timeline.iter().map(Moment::to_json).collect();
        value["traces"] = json!(self.traces.iter().map(Trace::to_json).collect::<Vec<_>>());
        value
    }
}
