//! What was found, and the JSON that says it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Malformed;
use crate::lookups::Evidence;

/// Malformed lines that are named; all are counted.
pub const NAMED: usize = 100;

/// Something that happened, with what shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// One of `kinds.tsv`: `enumeration`, `sql_injection` ...
    pub kind: &'static str,
    /// The first request, seconds since 1970.
    pub first: i64,
    /// The last.
    pub last: i64,
    /// Requests.
    pub requests: u64,
    /// Addresses, sorted.
    pub addresses: Vec<String>,
    /// Agents, sorted.
    pub agents: Vec<String>,
    /// Ids whose record was returned, in the order in which they were. Empty but for enumerations.
    pub records: Vec<String>,
    /// Numbers of lines: of an enumeration, for each record the line in which it was first returned; else of the requests,
    /// [`LINES`] at most.
    pub evidence: Vec<u64>,
    /// Why, each reason with its figures.
    pub why: Vec<Evidence>,
    /// Of an enumeration: how it went about.
    pub scrape: Option<Scrape>,
}

/// Lines of evidence of an incident that is no enumeration.
pub const LINES: usize = 1000;

/// How an enumeration went about.
#[derive(Clone, Debug, PartialEq)]
pub struct Scrape {
    /// Where: the path with `{}` for ids and the names of the parameters.
    pub endpoint: String,
    /// `sequential`, `ascending` or `none`.
    pub order: &'static str,
    /// `address`, `block` (/24, /48), `agent` (one program from many networks) or `distributed`.
    pub spread: &'static str,
    /// Different ids that were asked for.
    pub asked: usize,
    /// Requests a second.
    pub rate: f64,
    /// Sizes of the page that says "not found", where the status does not.
    pub not_found: Option<String>,
}

/// What would be an incident but for a reason to take it for honest.
#[derive(Clone, Debug, PartialEq)]
pub struct SetAside {
    /// Where.
    pub endpoint: String,
    /// Why it is no incident.
    pub reason: String,
    /// Requests.
    pub requests: u64,
    /// Different ids.
    pub asked: usize,
    /// Addresses, sorted.
    pub addresses: Vec<String>,
    /// Agents, sorted.
    pub agents: Vec<String>,
}

/// All that a log shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Lines, blank ones and directives among them.
    pub lines: u64,
    /// Lines that are requests.
    pub requests: u64,
    /// Lines that are neither.
    pub malformed: u64,
    /// The first [`NAMED`] of these.
    pub malformed_lines: Vec<(u64, Malformed)>,
    /// In order of their first requests.
    pub incidents: Vec<Incident>,
    /// Near incidents.
    pub set_aside: Vec<SetAside>,
}

/// The kinds of incident, each with its meaning.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    crate::tables::rows(include_str!("../data/kinds.tsv")).map(|cells| (cells[0], cells[1]))
}

/// Seconds since 1970 as `2020-10-17T08:00:00Z`.
#[must_use]
pub fn time_to_string(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

impl Incident {
    /// The incident as `interdict intrusion` writes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut value = json!({
            "kind": self.kind,
            "first": time_to_string(self.first),
            "last": time_to_string(self.last),
            "requests": self.requests,
            "addresses": self.addresses,
            "agents": self.agents,
            "records": self.records,
            "evidence": self.evidence,
        });
        if let Some(scrape) = &self.scrape {
            value["endpoint"] = scrape.endpoint.as_str().into();
            value["order"] = scrape.order.into();
            value["spread"] = scrape.spread.into();
            value["asked"] = scrape.asked.into();
            value["rate"] = thousandths(scrape.rate);
            if let Some(sizes) = &scrape.not_found {
                value["not_found_size"] = sizes.as_str().into();
            }
        }
        let reason = |e: &Evidence| {
            if e.bits == 0.0 {
                json!({"feature": e.feature, "why": e.why})
            } else {
                json!({"feature": e.feature, "bits": thousandths(e.bits), "why": e.why})
            }
        };
        value["why"] = self.why.iter().map(reason).collect();
        value
    }
}

/// Three decimals are all that such figures carry.
fn thousandths(x: f64) -> Value {
    json!((x * 1000.0).round() / 1000.0)
}

impl Findings {
    /// The findings as `interdict intrusion` writes them.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let aside = |a: &SetAside| {
            json!({"endpoint": a.endpoint, "reason": a.reason, "requests": a.requests, "asked": a.asked,
                "addresses": a.addresses, "agents": a.agents})
        };
        let line = |(line, reason): &(u64, Malformed)| json!({"line": line, "reason": reason.to_string()});
        json!({
            "lines": self.lines,
            "requests": self.requests,
            "malformed": self.malformed,
            "malformed_lines": self.malformed_lines.iter().map(line).collect::<Vec<_>>(),
            "incidents": self.incidents.iter().map(Incident::to_json).collect::<Vec<_>>(),
            "set_aside": self.set_aside.iter().map(aside).collect::<Vec<_>>(),
        })
    }
}
