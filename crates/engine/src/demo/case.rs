//! The embedded operation: an invented log, mailbox, posts and tables of people, through the whole chain.
//!
//! Nobody in it is real (`cargo xtask case --scale demo` made it, see `data/demo/README.md`). It shows what the chain can find.
//! That the parties of 18 November 2021 stood behind an operation of that kind is what authorities have published
//! ([`published`]), and no find of this program.

use attribution::Salt;
use model::{Entity, Property};
use serde_json::{Value, json};

use crate::campaign::read_input;
use crate::intrusion::log_of;
use crate::operation::people_of;
use crate::source::Stream;
use crate::{
    EngineError, LogReport, MessagesRead, OperationEvidence, OperationReport, People, Screening, operation,
    screen_traces, screened_to_json,
};

const LOG: &str = include_str!("../../data/demo/case/access.log");
const MAILBOX: &str = include_str!("../../data/demo/case/mailbox.mbox");
const POSTS: &str = include_str!("../../data/demo/case/posts.csv");
const VOTERS: &str = include_str!("../../data/demo/case/voters.csv");
const PUBLIC: &str = include_str!("../../data/demo/case/public.csv");
const ATTRIBUTION: &str = include_str!("../../data/demo/attribution.tsv");

/// The tag by which OFAC's list names the programme of the action.
const PROGRAM: &str = "ELECTION-EO13848";

/// What the JSON says of how far the evidence reaches.
const LIMIT: &str = "The log, the mails, the posts and the people are invented, and nothing in them shows who sent anything. \
                     That these parties stood behind the operation of 2020 is what the authorities below have published, on \
                     evidence of their own.";

/// The embedded case, read.
#[derive(Debug)]
pub struct DemoCase {
    /// What its log shows.
    pub log: LogReport,
    /// Its mails and posts.
    pub messages: MessagesRead,
    /// The table of the record site.
    pub table: People,
    /// A public voter file that was made without the site.
    pub public: People,
}

/// What an authority has published of the operation of 2020.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day: `2021-11-18`.
    pub date: &'static str,
    /// Who.
    pub authority: &'static str,
    /// What it says, in our words.
    pub says: &'static str,
    /// Where.
    pub document: &'static str,
}

/// What authorities have published of the operation of 2020, in order of time.
#[must_use]
pub fn published() -> Vec<Published> {
    let rows = ATTRIBUTION.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        Some(Published {
            date: cells.next()?,
            authority: cells.next()?,
            says: cells.next()?,
            document: cells.next()?,
        })
    };
    rows.filter_map(row).collect()
}

/// The parties that the lists name under the programme of the action of 18 November 2021.
pub fn demo_parties<'a>(screening: &Screening<'a>) -> impl Iterator<Item = &'a Entity> {
    let parties = screening.library().lists().iter().flat_map(|list| list.entities.iter());
    parties.filter(|party| party.values(&Property::Program).any(|tag| tag == PROGRAM))
}

/// Reads the embedded case.
///
/// # Errors
/// None in a sound build; a test holds that every file is read whole.
pub fn demo_case() -> Result<DemoCase, EngineError> {
    // People who do not exist need no secret; pseudonyms are the same in every run.
    let salt = Salt::new(b"the embedded case");
    let people = |name, text: &str| people_of(name, text.as_bytes(), &salt).map(|read| read.people);
    let mut messages = MessagesRead::default();
    for (name, text) in [("mailbox.mbox", MAILBOX), ("posts.csv", POSTS)] {
        read_input(name, Stream::of_bytes(text.into()).input, &mut messages)?;
    }
    Ok(DemoCase {
        log: log_of("access.log", LOG.as_bytes())?,
        messages,
        table: people("voters.csv", VOTERS)?,
        public: people("public.csv", PUBLIC)?,
    })
}

impl DemoCase {
    /// What it all comes to.
    ///
    /// # Errors
    /// None: the log is in memory.
    pub fn operation(&self) -> Result<OperationReport<'_>, EngineError> {
        operation(OperationEvidence {
            findings: &self.log.findings,
            messages: &self.messages.messages,
            table: &self.table,
            public: Some(&self.public),
        })
    }
}

/// The whole chain of the embedded case as one JSON value: what `interdict intrusion` writes of the log, beside it `operation`, whose
/// `traces` are screened against the lists of `screening`, and `attribution`: `{"limit","published":[{"date","authority",
/// "says","document"}],"parties":[{"id","caption","schema"}]}`, the parties that the lists name under that programme.
///
/// `reveal`: with the ids of records. Else incidents have their number as `returned` alone, and recipients are
/// pseudonyms.
///
/// # Errors
/// None in a sound build.
pub fn demo_operation(screening: &Screening<'_>, reveal: bool) -> Result<Value, EngineError> {
    let case = demo_case()?;
    let report = case.operation()?;
    let mut value = case.log.to_json();
    for (place, incident) in case.log.findings.incidents.iter().enumerate() {
        let json = &mut value["incidents"][place];
        json["returned"] = incident.records.len().into();
        if !reveal {
            json["records"] = json!([]);
        }
    }
    value["operation"] = report.to_json(reveal);
    let screened = screen_traces(&report.traces, screening);
    value["operation"]["traces"] = screened_to_json(&screened, screening);
    let words = |p: Published| json!({"date": p.date, "authority": p.authority, "says": p.says, "document": p.document});
    let parties = demo_parties(screening)
        .map(|party| json!({"id": party.id, "caption": party.caption(), "schema": party.schema.to_string()}));
    value["attribution"] = json!({
        "limit": LIMIT,
        "published": published().into_iter().map(words).collect::<Vec<_>>(),
        "parties": parties.collect::<Vec<_>>(),
    });
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_read_whole() {
        let case = demo_case().unwrap();
        let rows = |text: &str| text.lines().count() - 1;
        assert_eq!((case.table.len(), case.public.len()), (rows(VOTERS), rows(PUBLIC)));
        let mails = MAILBOX.lines().filter(|line| line.starts_with("From case@")).count();
        assert_eq!((case.messages.failed, case.messages.messages.len()), (0, mails + rows(POSTS)));
        assert_eq!(
            (case.log.findings.malformed, case.log.findings.requests),
            (0, LOG.lines().count() as u64)
        );
        assert_eq!(published().len(), ATTRIBUTION.lines().filter(|line| !line.starts_with('#')).count());
    }

    /// The chain, its decoy, and where it stops.
    #[test]
    fn the_whole_chain() {
        let library = crate::Library::new(vec![crate::demo_list().unwrap()]).unwrap();
        let policy = crate::Policy::default();
        let screening = library.under(&policy).unwrap();
        let value = demo_operation(&screening, false).unwrap();
        let scrape =
            value["incidents"].as_array().unwrap().iter().find(|i| i["kind"] == "enumeration").unwrap();
        assert!(
            scrape["returned"].as_u64().unwrap() > 30 && scrape["not_found_size"].is_string(),
            "{scrape:#}"
        );
        assert_eq!(value["operation"]["unknown_ids"], 0);
        let verdict = |beginning: &str| {
            let mailings = value["operation"]["mailings"].as_array().unwrap();
            let text = |m: &&Value| m["template"].as_str().unwrap().contains(beginning);
            mailings.iter().find(text).unwrap()["source"]["verdict"].as_str().unwrap().to_owned()
        };
        assert_eq!(verdict("have the whole register"), "drawn_from_exposed");
        assert_eq!(verdict("anybody can read"), "drawn_from_exposed");
        assert_eq!(verdict("The polling place nearest"), "not_distinguishable");
        let traces = value["operation"]["traces"].as_array().unwrap();
        assert!(traces.iter().any(|t| t["value"] == "Blue Gate Club"), "{traces:#?}");
        assert!(traces.iter().all(|t| t["results"].as_array().unwrap().is_empty()), "{traces:#?}");
        assert_eq!(value["attribution"]["parties"].as_array().unwrap().len(), 7);
        let shown = value.to_string();
        for row in VOTERS.lines().skip(1).chain(PUBLIC.lines().skip(1)) {
            let cells: Vec<&str> = row.split(',').collect();
            assert!(!shown.contains(cells[1]) && !shown.contains(cells[2]), "{row}");
        }
        let revealed = demo_operation(&screening, true).unwrap();
        assert_eq!(
            revealed["incidents"][0]["returned"].as_u64().map(|n| n as usize),
            revealed["incidents"][0]["records"].as_array().map(Vec::len)
        );
    }
}
