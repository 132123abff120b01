//! The steps of the chain, one below the other.

use maud::{Markup, html};

use super::mailings::mailing;
use super::view::{AttributionView, IncidentView, MomentView, OperationView, ScrapeView, TraceView};
use crate::document_page::shown;
use crate::words;

pub(crate) const OPERATION_STYLE: &str = include_str!("../../assets/operation.css");

/// Addresses and lines that are named of an incident; the JSON has all.
const NAMED: usize = 4;

/// An operation as a section of a page, under the id `operation`.
#[must_use]
pub fn operation_section(view: &OperationView) -> Markup {
    html! {
        section.operation aria-labelledby="operation" {
            h2 #operation { "The operation: from a log to its senders" }
            @if let Some(notice) = &view.notice { p.notice role="note" { strong { "Please note. " } (shown(notice)) } }
            (incidents(view))
            (records(view))
            (mailings(view))
            (timeline(&view.timeline))
            (traces(view))
            (boundary(view))
        }
    }
}

fn incidents(view: &OperationView) -> Markup {
    html! {
        h3 { span.step { "1" } " What the log shows" }
        p {
            (shown(&view.log.name)) " has " (words::count(view.log.lines, "line", "lines")) ", "
            (words::count(view.log.requests, "request", "requests")) ". "
            (words::count(view.incidents.len(), "incident", "incidents"))
            (if view.incidents.len() == 1 { " stands" } else { " stand" })
            " in it; people who looked up a record, an office, a clerk and search robots are none."
        }
        div.scroll tabindex="0" role="region" aria-label="Incidents" {
            table.incidents {
                caption { "Incidents in order of time, with the lines that show them" }
                thead {
                    tr {
                        th scope="col" { "Incident" }
                        th scope="col" { "From, to (UTC)" }
                        th.n scope="col" { "Requests" }
                        th scope="col" { "Address" }
                        th scope="col" { "Agent" }
                        th scope="col" { "Lines" }
                    }
                }
                tbody { @for one in &view.incidents { (incident(one)) } }
            }
        }
    }
}

fn incident(one: &IncidentView) -> Markup {
    let lines: Vec<String> = one.lines.iter().map(ToString::to_string).collect();
    html! {
        tr {
            th scope="row" {
                @if one.scrape.is_some() { strong.match { (words::incident(&one.kind)) } } @else { (words::incident(&one.kind)) }
            }
            td.times { (time(&one.first)) " " br; (time(&one.last)) }
            td.n { (one.requests) }
            td { (some(&one.addresses)) }
            td.agent { (some(&one.agents)) }
            td.lines { (some(&lines)) }
        }
    }
}

fn some(all: &[String]) -> Markup {
    html! {
        @for (n, one) in all.iter().take(NAMED).enumerate() { @if n > 0 { ", " } (shown(if one.is_empty() { "\u{2013}" } else { one })) }
        @if all.len() > NAMED { span.source { " and " (all.len() - NAMED) " more" } }
    }
}

/// `2024-05-14T09:00:00Z` as people write it.
fn time(at: &str) -> Markup {
    let plain = at.trim_end_matches('Z').replacen('T', " ", 1);
    let seconds = plain.split_once('.').map_or(&*plain, |(seconds, _)| seconds);
    html! { time.at datetime=(at) { (seconds) } }
}

fn records(view: &OperationView) -> Markup {
    html! {
        h3 { span.step { "2" } " Which records came back" }
        p {
            "Of the " (words::count(view.records, "record", "records")) " of the site " strong { (view.exposed) }
            " came back to somebody who went through the ids. Whose they are is hidden here: those people are the victims."
        }
        @for (one, scrape) in view.incidents.iter().filter_map(|one| Some((one, one.scrape.as_ref()?))) {
            div.sides {
                div.card { h4 { "The scrape" } (scrape_facts(one, scrape)) }
                div.card {
                    h4 { "Why it is one, in bits: 10 convict" }
                    ul.why {
                        @for (bits, why) in &one.why {
                            li { @if *bits != 0 { span.n { (words::signed_bits(*bits)) } " " } (shown(why)) }
                        }
                    }
                }
            }
        }
    }
}

fn scrape_facts(one: &IncidentView, scrape: &ScrapeView) -> Markup {
    let rate = format!("{:.2} requests a second", f64::from(scrape.rate) / 1000.0);
    html! {
        dl {
            div { dt { "Where" } dd { code { (shown(&scrape.endpoint)) } } }
            div { dt { "How" } dd { (shown(&scrape.manner)) ", " (rate) } }
            div { dt { "When" } dd { (time(&one.first)) " to " (time(&one.last)) } }
            div { dt { "From" } dd { (some(&one.addresses)) } }
            div { dt { "Agent" } dd { (some(&one.agents)) } }
            div { dt { "Asked for" } dd { (words::count(scrape.asked, "id", "ids")) } }
            div { dt { "Returned" } dd { strong { (words::count(scrape.returned, "record", "records")) } } }
            @if let Some(sizes) = &scrape.not_found {
                div { dt { "Not found" } dd { "answers of " (shown(sizes)) " bytes, though their status is 200" } }
            }
        }
    }
}

fn mailings(view: &OperationView) -> Markup {
    html! {
        h3 { span.step { "3" } " What was sent, and whose records were used" }
        p {
            "Texts that were sent many times, as one text with slots. Each recipient is linked to a record by name and \
             address; what the recipients say of their source is weighed against lists that anybody may have. The least ratio \
             counts, and only from 10" sup { "4" } " on is it called evidence."
        }
        @if view.mailings.is_empty() { p { "No text was sent many times." } }
        @for (n, one) in view.mailings.iter().enumerate() { (mailing(one, n + 1)) }
    }
}

fn timeline(moments: &[MomentView]) -> Markup {
    html! {
        h3 { span.step { "4" } " When" }
        p { "What the log and the messages say themselves. That one thing came after another does not make it its work." }
        ol.timeline {
            @for moment in moments {
                li class=(moment.kind.split('_').next().unwrap_or_default()) {
                    (time(&moment.at))
                    span.gap { @if let Some(minutes) = moment.minutes_since { (words::minutes_later(minutes)) } }
                    span.what {
                        strong { (words::moment(&moment.kind)) } " "
                        @if moment.kind == "scan" { (words::incident(&moment.what)) } @else { (shown(&moment.what)) }
                        span.source { " (" (moment.count) ")" }
                    }
                }
            }
        }
    }
}

fn traces(view: &OperationView) -> Markup {
    let matched = view.traces.iter().filter(|trace| !trace.matches.is_empty()).count();
    html! {
        h3 { span.step { "5" } " Who the senders say they are, screened" }
        p {
            "Accounts, addresses, domains and names that the mailings drawn from the exposed records show of their senders, and \
             accounts that post links to the same domains, against " (shown(&view.screened_against)) ": "
            strong { @if matched == 0 { "none is a listed party's" } @else { (words::count(matched, "match", "matches")) } }
            ". A sender writes what they like, and an account that shares a link need not have part in anything."
        }
        div.scroll tabindex="0" role="region" aria-label="Traces of the senders" {
            table.traces {
                thead {
                    tr { th scope="col" { "What" } th scope="col" { "As the messages have it" } th.n scope="col" { "Messages" } th scope="col" { "On the lists" } }
                }
                tbody { @for trace in &view.traces { (trace_row(trace)) } }
            }
        }
    }
}

fn trace_row(trace: &TraceView) -> Markup {
    html! {
        tr {
            td { (words::property(&trace.kind)) }
            th scope="row" { (shown(&trace.value)) }
            td.n { (trace.messages) }
            td {
                @if let Some(reason) = &trace.not_asked { span.source { "not asked: " (shown(reason)) } }
                @else if trace.matches.is_empty() { span.clear { "no listed party" } }
                @for (id, caption, score) in &trace.matches {
                    strong.match { (shown(caption)) } " " span.source { (shown(id)) ", " (words::score(*score)) } " "
                }
            }
        }
    }
}

/// Where the evidence ends, and whose word the next step is.
fn boundary(view: &OperationView) -> Markup {
    html! {
        h3 #attribution { span.step { "6" } " Where this evidence stops" }
        div.apart.stops {
            div.card {
                h4 { "What the steps above show" }
                ul {
                    li { "which records a program took from the site, and by which lines of the log" }
                    li { "which messages are one mailing, and that recipients of some are much likelier drawn from those records than from the lists they were weighed against" }
                    li { "what the senders call themselves, and whether that is on a list" }
                }
            }
            div.card {
                h4 { "What they do not show" }
                ul {
                    li { "who sent the messages, or who sat behind an address" }
                    li { "that whoever took the records is who wrote to these people" }
                    li { strong { "that any listed party had part in it" } }
                }
            }
        }
        @if let Some(attribution) = &view.attribution { (published(attribution)) }
    }
}

fn published(attribution: &AttributionView) -> Markup {
    html! {
        p.crossing { (shown(&attribution.about)) }
        ol.published {
            @for one in &attribution.published {
                li {
                    p.who { time.at datetime=(one.date) { (one.date) } " " strong { (shown(&one.authority)) } }
                    p { (shown(&one.says)) "." }
                    p.source { "Source: " (shown(&one.document)) }
                }
            }
        }
        p { "The parties that the list names under that action, as published:" }
        ul.parties { @for (id, caption) in &attribution.parties { li { (shown(caption)) " " span.source { (shown(id)) } } } }
    }
}
