//! The section of an operation: what it says, and that nothing in it can break out.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use report::{
    AlternativeView, AttributionView, IncidentView, LogView, MailingView, MomentView, OperationView,
    PublishedView, ScrapeView, SourceWeight, TextPart, TraceView, operation_section,
};

fn incident(kind: &str, scrape: Option<ScrapeView>) -> IncidentView {
    IncidentView {
        kind: kind.into(),
        first: "2024-05-14T09:00:00Z".into(),
        last: "2024-05-14T09:10:00.5Z".into(),
        requests: 80,
        addresses: vec!["203.0.113.7".into()],
        agents: vec!["curl/8".into()],
        lines: vec![3, 4, 5, 6, 7],
        scrape,
        why: vec![(6_000, "nothing around them".into()), (0, "a mark".into())],
    }
}

fn mailing(drawn_from_exposed: bool, ratio: i32) -> MailingView {
    MailingView {
        text: vec![
            TextPart::Fixed("Dear ".into()),
            TextPart::Slot("name".into()),
            TextPart::Fixed(", we know.".into()),
        ],
        copies: 12,
        senders: vec!["Club <office@gate.example>".into()],
        first: "2024-05-15 16:00".into(),
        last: "2024-05-15 17:00".into(),
        flags: vec![("claim_of_access".into(), "says to hold records".into())],
        source: SourceWeight {
            drawn_from_exposed,
            reason: "10 of 12 recipients are among the exposed records".into(),
            recipients: 12,
            linked: 11,
            exposed: 10,
            alternatives: vec![AlternativeView {
                name: "public_file".into(),
                base_rate: 2_500,
                log10_ratio: ratio,
            }],
            pseudonyms: vec!["0123456789ab".into()],
        },
    }
}

fn operation() -> OperationView {
    let scrape = ScrapeView {
        endpoint: "/lookup?id".into(),
        manner: "in no order, one address".into(),
        rate: 2_000,
        asked: 80,
        returned: 45,
        not_found: Some("641".into()),
    };
    let moment = |kind: &str, what: &str, minutes_since| MomentView {
        at: "2024-05-14T09:00:00Z".into(),
        minutes_since,
        kind: kind.into(),
        what: what.into(),
        count: 3,
    };
    let trace = |value: &str| TraceView {
        kind: "name".into(),
        value: value.into(),
        messages: 2,
        ..TraceView::default()
    };
    OperationView {
        notice: Some("Invented.".into()),
        log: LogView { name: "access.log".into(), lines: 350, requests: 349 },
        incidents: vec![incident("sql_injection", None), incident("enumeration", Some(scrape))],
        exposed: 45,
        records: 240,
        mailings: vec![mailing(true, 1_299), mailing(false, -1_204)],
        timeline: vec![
            moment("scan", "sql_injection", None),
            moment("mailing_begins", "Dear {name}", Some(1_893)),
        ],
        traces: vec![
            trace("Blue Gate Club"),
            TraceView { matches: vec![("x-1".into(), "DOE, Jane".into(), 9_000)], ..trace("Jane Doe") },
            TraceView { not_asked: Some("a number".into()), ..trace("17") },
        ],
        screened_against: "a list".into(),
        attribution: Some(AttributionView {
            about: "It is cited, not derived:".into(),
            published: vec![PublishedView {
                date: "2021-11-18".into(),
                authority: "An authority".into(),
                says: "so it was".into(),
                document: "a press release".into(),
            }],
            parties: vec![("x-1".into(), "DOE, Jane".into())],
        }),
    }
}

/// What a reader is told, an element a line.
fn text(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        let starts_line = ["h2", "h3", "h4", "p", "li", "tr", "div", "caption", "article"];
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if starts_line.contains(&name) && !text.ends_with('\n') {
            text.push('\n');
        } else if matches!(name, "td" | "th" | "dd" | "br") && !text.ends_with([' ', '\n']) {
            text.push_str(" | ");
        }
        text += words;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[test]
fn what_it_says() {
    insta::assert_snapshot!("an_operation", text(&operation_section(&operation()).into_string()));
}

/// The step to the parties stands behind what the evidence does not show, and nowhere before.
#[test]
fn the_parties_stand_behind_where_the_evidence_stops() {
    let page = operation_section(&OperationView { traces: Vec::new(), ..operation() }).into_string();
    let stops = page.find("that any listed party had part in it").unwrap();
    assert!(page.find("DOE, Jane").unwrap() > stops && page.find("An authority").unwrap() > stops);
    let without = OperationView { attribution: None, ..operation() };
    assert!(!operation_section(&without).into_string().contains("An authority"));
}

#[test]
fn nothing_breaks_out() {
    let hostile = "</td><script>alert(1)</script>\u{202e}";
    let mut view = operation();
    view.log.name = hostile.into();
    view.incidents[1].agents = vec![hostile.into()];
    view.incidents[1].addresses = vec![hostile.into()];
    view.incidents[1].first = hostile.into();
    view.incidents[1].why[0].1 = hostile.into();
    view.incidents[1].scrape.as_mut().unwrap().endpoint = hostile.into();
    view.mailings[0].text = vec![TextPart::Fixed(hostile.into()), TextPart::Slot(hostile.into())];
    view.mailings[0].senders = vec![hostile.into()];
    view.mailings[0].source.reason = hostile.into();
    view.timeline[1].what = hostile.into();
    view.traces[0].value = hostile.into();
    view.attribution.as_mut().unwrap().parties[0].1 = hostile.into();
    let page = operation_section(&view).into_string();
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)"), "{page}");
    assert!(page.contains("[U+202E]"), "{page}");
}

#[test]
fn an_empty_one_is_drawn() {
    let page = operation_section(&OperationView::default()).into_string();
    assert!(
        page.contains("No text was sent many times.") && page.contains("0 incidents stand in it"),
        "{page}"
    );
}
