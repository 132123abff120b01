//! The chain on invented cases, from the bytes of a log and the texts of a mailbox to who was written to and what that says.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use engine::{OperationEvidence, OperationReport, People, Salt, operation, read_people};
use testkit::Scratch;
use testkit::case::{Case, Plan, Scale, voters_to_csv};

struct Evidence {
    case: Case,
    findings: intrusion::Findings,
    messages: Vec<campaign::Message>,
    table: People,
    public: People,
}

fn evidence(seed: u64) -> Evidence {
    let case = Case::new(&Plan { seed, scale: Scale::Small, logs: Some(Vec::new()) });
    let mut log = intrusion::Log::default();
    log.read(case.logs[0].to_text().as_bytes(), 1).unwrap();
    let salt = Salt::new(b"a salt for tests");
    let scratch = Scratch::new();
    let people = |name: &str, csv: String| {
        let read = read_people(&scratch.file(name, csv), &salt).unwrap();
        assert_eq!(read.failed, 0, "{:?}", read.failures);
        read.people
    };
    let public: Vec<_> = case.public.iter().map(|(voter, _)| voter.clone()).collect();
    let mut messages: Vec<campaign::Message> = Vec::new();
    for message in &case.messages {
        let from = message.raw.lines().find_map(|line| line.strip_prefix("From: ")).unwrap_or_default();
        let sender = from.rsplit_once('<').map_or(from, |(_, address)| address.trim_end_matches('>'));
        messages.push(campaign::Message {
            id: message.id.clone(),
            platform: "mail".to_owned(),
            sender: sender.to_owned(),
            text: message.text.clone(),
            time: jiff::Timestamp::from_millisecond(message.at).ok(),
            ..campaign::Message::default()
        });
    }
    for post in &case.posts {
        messages.push(campaign::Message {
            id: post.id.clone(),
            platform: "post".to_owned(),
            sender: post.account.clone(),
            text: post.text.clone(),
            time: jiff::Timestamp::from_second(post.at).ok(),
            url: Some(post.url.clone()).filter(|url| !url.is_empty()),
            ..campaign::Message::default()
        });
    }
    Evidence {
        table: people("voters.csv", voters_to_csv(&case.voters)),
        public: people("public.csv", voters_to_csv(&public)),
        findings: log.finish().unwrap(),
        messages,
        case,
    }
}

impl Evidence {
    fn operation(&self) -> OperationReport<'_> {
        operation(OperationEvidence {
            findings: &self.findings,
            messages: &self.messages,
            table: &self.table,
            public: Some(&self.public),
        })
        .unwrap()
    }
}

#[test]
fn from_the_log_to_the_recipients() {
    for seed in 11..=15 {
        let evidence = evidence(seed);
        let report = evidence.operation();
        let case = &evidence.case;
        let truth = case.logs[0].records();
        assert!(report.exposure.len() * 100 >= truth.len() * 99, "seed {seed}: {}", report.exposure.len());
        let mut told = BTreeSet::new();
        for mailing in &report.operation.mailings {
            let drawn = mailing.weight.verdict == attribution::Verdict::DrawnFromExposed;
            let first = case.messages.get(mailing.recipients[0].message);
            let campaign = first.and_then(|message| message.campaign).map(|place| &case.campaigns[place]);
            assert_eq!(
                drawn,
                campaign.is_some_and(|c| c.source == "exposed"),
                "seed {seed}: {}",
                mailing.template
            );
            told.extend(campaign.filter(|_| drawn).map(|campaign| campaign.template.name));
        }
        assert_eq!(told, BTreeSet::from(["ballot", "doorstep", "summons", "warning"]), "seed {seed}");
        // Of the sender, nothing of a recipient, nothing of the honest mailings.
        let traces: Vec<String> =
            report.traces.iter().map(|t| format!("{} {}", t.kind.name(), t.value)).collect();
        for wanted in ["email office@bluegate.example.org", "domain orchard.example.org"] {
            assert!(traces.iter().any(|trace| trace == wanted), "{wanted}: {traces:?}");
        }
        let accounts = traces.iter().filter(|trace| trace.starts_with("name ")).count();
        assert_eq!(accounts, 12, "the accounts that share the film of a mailing: {traces:?}");
        assert!(
            !traces.iter().any(|t| t.contains("example.com") || t.contains("mail.example.net")),
            "{traces:?}"
        );
    }
}

/// The scrape, then the mailings, then the posts; and nobody's data without being asked for.
#[test]
fn the_timeline_and_the_json() {
    let evidence = evidence(11);
    let report = evidence.operation();
    let kinds: Vec<&str> = report.timeline.iter().map(|moment| moment.event.kind.name()).collect();
    let place = |kind: &str| kinds.iter().position(|k| *k == kind).unwrap();
    assert!(place("scrape_begins") < place("scrape_ends"));
    // The four mailings and the posts with their film; not the honest mailings of the same days, nor the goose.
    let begun = |kind: &str| kinds.iter().filter(|k| **k == kind).count();
    assert_eq!((begun("mailing_begins"), begun("posts_begin")), (4, 1), "{kinds:?}");
    assert!(report.timeline[1..].iter().all(|moment| moment.hours_since.is_some_and(|h| h >= 0.0)));
    let (hidden, revealed) = (report.to_json(false), report.to_json(true));
    let recipient = |json: &serde_json::Value| json["mailings"][0]["recipients"][0]["records"][0].to_string();
    assert!(
        recipient(&revealed).len() == 9 && recipient(&revealed).starts_with("\"2"),
        "{}",
        recipient(&revealed)
    );
    assert_eq!(recipient(&hidden).len(), 14);
    let hidden = hidden.to_string();
    for voter in &evidence.case.voters {
        assert!(!hidden.contains(&voter.name()) && !hidden.contains(&voter.street), "{}", voter.id);
    }
}
