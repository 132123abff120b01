//! What was found, and the JSON that says it.

use jiff::Timestamp;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::lookups::Evidence;
use crate::{Malformed, Returned};

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
    pub records: Returned,
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

/// Written as it is told, without a copy: an incident may have millions of records.
impl Serialize for Incident {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind)?;
        map.serialize_entry("first", &time_to_string(self.first))?;
        map.serialize_entry("last", &time_to_string(self.last))?;
        map.serialize_entry("requests", &self.requests)?;
        map.serialize_entry("addresses", &self.addresses)?;
        map.serialize_entry("agents", &self.agents)?;
        map.serialize_entry("records", &self.records)?;
        map.serialize_entry("evidence", &self.evidence)?;
        if let Some(scrape) = &self.scrape {
            map.serialize_entry("endpoint", &scrape.endpoint)?;
            map.serialize_entry("order", scrape.order)?;
            map.serialize_entry("spread", scrape.spread)?;
            map.serialize_entry("asked", &scrape.asked)?;
            map.serialize_entry("rate", &thousandths(scrape.rate))?;
            if let Some(sizes) = &scrape.not_found {
                map.serialize_entry("not_found_size", sizes)?;
            }
        }
        map.serialize_entry("why", &self.why.iter().map(reason).collect::<Vec<_>>())?;
        map.end()
    }
}

fn reason(e: &Evidence) -> Value {
    if e.bits == 0.0 {
        json!({"feature": e.feature, "why": e.why})
    } else {
        json!({"feature": e.feature, "bits": thousandths(e.bits), "why": e.why})
    }
}

/// Three decimals are all that such figures carry.
fn thousandths(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

impl Incident {
    /// The incident as `interdict intrusion` writes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        // Texts and numbers: that cannot fail.
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.serialize_into(&mut map)?;
        map.end()
    }
}

impl Findings {
    /// The findings as `interdict intrusion` writes them.
    #[must_use]
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Writes what `interdict intrusion` writes of them into a map, to which the caller may add.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn serialize_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let aside = |a: &SetAside| {
            json!({"endpoint": a.endpoint, "reason": a.reason, "requests": a.requests, "asked": a.asked,
                "addresses": a.addresses, "agents": a.agents})
        };
        let line = |(line, reason): &(u64, Malformed)| json!({"line": line, "reason": reason.to_string()});
        map.serialize_entry("lines", &self.lines)?;
        map.serialize_entry("requests", &self.requests)?;
        map.serialize_entry("malformed", &self.malformed)?;
        map.serialize_entry("malformed_lines", &self.malformed_lines.iter().map(line).collect::<Vec<_>>())?;
        map.serialize_entry("incidents", &self.incidents)?;
        map.serialize_entry("set_aside", &self.set_aside.iter().map(aside).collect::<Vec<_>>())
    }
}
