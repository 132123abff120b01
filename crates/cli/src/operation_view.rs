//! What the engine found of an operation, as the plain strings and integers that `report` draws. Nothing of a recipient is in
//! it but pseudonyms.

use engine::{
    CampaignLink, DemoCase, EngineError, Incident, Moment, OperationReport, Piece, ScreenedTrace, Screening,
    Template, demo_case, demo_parties, published, screen_traces, template_flags, time_to_string,
};
use report::{
    AlternativeView, AttributionView, IncidentView, LogView, MailingView, MomentView, OperationView,
    PublishedView, ScrapeView, SourceWeight, TextPart, TraceView,
};

use crate::commands::manner;

/// Recipients that are shown by their pseudonyms.
const PSEUDONYMS: usize = 5;

const NOTICE: &str = "The log, the mails, the posts and the people of this section are invented: no site, club, party or voter \
                      in it is real, and nothing was sent. Its kinds of attack are those of the joint advisory AA20-304A.";

const ABOUT: &str = "For the operation of 2020 the step from the operation to the parties is the word of the authorities, on \
                     evidence of their own. It is cited here, not derived:";

/// The embedded operation, its traces screened.
pub(crate) fn demo(screening: &Screening<'_>) -> Result<OperationView, EngineError> {
    let case: DemoCase = demo_case()?;
    let report = case.operation()?;
    let screened = screen_traces(&report.traces, screening);
    let findings = &case.log.findings;
    let name = case.log.files.first().map(|file| file.path.display().to_string()).unwrap_or_default();
    let listed = screening.library().lists().iter().map(|list| list.entities.len());
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    Ok(OperationView {
        notice: Some(NOTICE.to_owned()),
        log: LogView { name, lines: count(findings.lines), requests: count(findings.requests) },
        incidents: findings.incidents.iter().map(incident).collect(),
        exposed: report.exposure.len(),
        records: case.table.len(),
        mailings: mailings(&report),
        timeline: report.timeline.iter().map(moment).collect(),
        traces: screened.iter().map(|one| trace(one, screening)).collect(),
        screened_against: format!("the embedded list of {} parties", listed.sum::<usize>()),
        attribution: Some(attribution(screening)),
    })
}

fn attribution(screening: &Screening<'_>) -> AttributionView {
    let statement = |one: engine::Published| PublishedView {
        date: one.date.to_owned(),
        authority: one.authority.to_owned(),
        says: one.says.to_owned(),
        document: one.document.to_owned(),
    };
    AttributionView {
        about: ABOUT.to_owned(),
        published: published().into_iter().map(statement).collect(),
        parties: demo_parties(screening)
            .map(|party| (party.id.to_string(), party.caption().to_owned()))
            .collect(),
    }
}

fn incident(one: &Incident) -> IncidentView {
    let scrape = one.scrape.as_ref().map(|scrape| ScrapeView {
        endpoint: scrape.endpoint.clone(),
        manner: manner(scrape),
        rate: thousandths(scrape.rate),
        asked: scrape.asked,
        returned: one.records.len(),
        not_found: scrape.not_found.clone(),
    });
    IncidentView {
        kind: one.kind.to_owned(),
        first: time_to_string(one.first),
        last: time_to_string(one.last),
        requests: one.requests,
        addresses: one.addresses.clone(),
        agents: one.agents.clone(),
        lines: one.evidence.clone(),
        scrape,
        why: one.why.iter().map(|reason| (thousandths(reason.bits), reason.why.clone())).collect(),
    }
}

fn thousandths(x: f64) -> i32 {
    (x * 1000.0).round() as i32
}

fn hundredths(x: f64) -> i32 {
    (x * 100.0).round() as i32
}

fn mailings(report: &OperationReport<'_>) -> Vec<MailingView> {
    let pairs = report.templates.iter().zip(&report.operation.mailings);
    pairs.map(|(template, link)| mailing(template, link, report)).collect()
}

fn mailing(template: &Template, link: &CampaignLink, report: &OperationReport<'_>) -> MailingView {
    let part = |piece: Piece| match piece {
        Piece::Text(text) => TextPart::Fixed(text),
        Piece::Slot(slot) => {
            TextPart::Slot(template.slots.get(slot).map_or("other", |s| s.kind.name()).to_owned())
        }
    };
    let mut senders: Vec<String> = Vec::new();
    for message in template.copies.iter().filter_map(|copy| report.messages.get(*copy)) {
        let sender = match &message.sender_name {
            Some(name) => format!("{name} <{}>", message.sender),
            None => message.sender.clone(),
        };
        if !senders.contains(&sender) {
            senders.push(sender);
        }
    }
    let [first, last] =
        link.sent.map_or([String::new(), String::new()], |sent| sent.map(|at| day(&at.to_string())));
    let mut flags: Vec<(String, String)> = Vec::new();
    for flag in template_flags(template, report.messages) {
        if !flags.iter().any(|(kind, _)| kind == flag.kind.name()) {
            flags.push((flag.kind.name().to_owned(), flag.reason.to_owned()));
        }
    }
    MailingView {
        text: template.shown_pieces(report.messages).into_iter().map(part).collect(),
        copies: template.copies.len(),
        senders,
        first,
        last,
        flags,
        source: source(link, report),
    }
}

/// `2024-05-15T16:02:11Z` to the minute.
fn day(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

fn source(link: &CampaignLink, report: &OperationReport<'_>) -> SourceWeight {
    let weight = &link.weight;
    let drawn_from_exposed = weight.verdict == engine::SourceVerdict::DrawnFromExposed;
    let alternative = |other: &engine::Alternative| AlternativeView {
        name: other.name.to_owned(),
        base_rate: (other.base_rate * 10_000.0).round() as i32,
        log10_ratio: hundredths(other.log10_ratio),
    };
    let table = report.exposure.table();
    let linked = link.recipients.iter().filter_map(|recipient| recipient.link.records().first());
    let pseudonyms = linked.filter_map(|record| table.pseudonym(*record)).map(|key| key.to_string());
    SourceWeight {
        drawn_from_exposed,
        reason: weight.reason.clone(),
        recipients: weight.tally.recipients,
        linked: weight.tally.linked,
        exposed: weight.tally.exposed,
        alternatives: weight.alternatives.iter().map(alternative).collect(),
        pseudonyms: pseudonyms.take(if drawn_from_exposed { PSEUDONYMS } else { 0 }).collect(),
    }
}

fn moment(moment: &Moment) -> MomentView {
    let event = &moment.event;
    MomentView {
        at: event.at.to_string(),
        minutes_since: moment.hours_since.map(|hours| (hours * 60.0).round() as u64),
        kind: event.kind.name().to_owned(),
        what: event.what.clone(),
        count: event.count,
    }
}

fn trace(one: &ScreenedTrace<'_>, screening: &Screening<'_>) -> TraceView {
    let hits = one.answer().map(|answer| answer.hits.as_slice()).unwrap_or_default();
    let listed = |hit: &engine::Hit| {
        let (_, party) = screening.library().entity(hit.entity);
        (party.id.to_string(), party.caption().to_owned(), i32::from(hit.scored.score.ten_thousandths()))
    };
    TraceView {
        kind: one.trace.kind.name().to_owned(),
        value: one.trace.value.clone(),
        messages: one.trace.messages,
        matches: hits.iter().filter(|hit| hit.scored.matched).map(listed).collect(),
        not_asked: one.asked.as_ref().err().map(ToString::to_string),
    }
}
