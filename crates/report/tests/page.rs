//! The page of a tiny screening, and of a hostile one.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use report::{
    Basis, Cleared, Customer, EvidenceRow, Fact, FileHash, Hit, ListSource, NameMet, Nearest, Party,
    Provenance, ScreeningReport, Strength, screening_page,
};

fn fact(property: &str, value: &str, source: Option<&str>) -> Fact {
    Fact { property: property.into(), value: value.into(), source: source.map(str::to_owned) }
}

fn row(
    feature: &str,
    kind: &str,
    query: &str,
    candidate: &str,
    bits: i32,
    share: i32,
    stake: i32,
) -> EvidenceRow {
    let (feature, kind) = (feature.into(), kind.into());
    let (query, candidate) = (query.into(), candidate.into());
    EvidenceRow {
        feature,
        kind,
        query,
        candidate,
        bits,
        share,
        gain: bits.max(0),
        stake,
        note: None,
        disguised: false,
    }
}

fn customer(id: &str, name: &str) -> Customer {
    let facts = vec![fact("birthDate", "1979-09-21", None)];
    Customer { id: id.into(), name: name.into(), schema: "Person".into(), facts }
}

fn nearest(score: i32, bits: i32, evidence: Vec<EvidenceRow>) -> Nearest {
    let party = Party {
        id: "x-1".into(),
        caption: "DOE, Jane".into(),
        schema: "Person".into(),
        dataset: "x".into(),
        facts: vec![
            fact("program", "ELECTION-EO13848", Some("sdn.csv line 1")),
            fact("idNumber", "123", Some("sdn.csv line 1")),
            fact("program", "HRIT-IR", Some("sdn.csv line 1")),
        ],
    };
    let met = NameMet {
        query: "Jane Doe".into(),
        candidate: "DOE, Jane".into(),
        property: "weakAlias".into(),
        strength: Strength::Weak,
    };
    Nearest { party, met: Some(met), basis: Basis::Name, score, bits, evidence }
}

fn tiny() -> ScreeningReport {
    let agrees = vec![
        row("name", "exact", "Jane", "Jane", 6_000, 3_000, 6_000),
        row("name", "spelling", "Doh", "DOE", 12_000, 6_000, 14_000),
        row("name", "best_of", "", "2 names", -1_000, 0, 0),
    ];
    let contradicts = vec![
        row("name", "exact", "Jane", "Jane", 6_000, 3_000, 6_000),
        row("birthDate", "conflict", "1990", "1979-09-21", -8_000, 0, 14_000),
        row("country", "agree", "ir", "ir", 0, 0, 0),
    ];
    ScreeningReport {
        title: "A tiny screening".into(),
        introduction: vec!["One paragraph.".into()],
        notice: Some("No real list.".into()),
        operation: None,
        match_threshold: 7_000,
        lists: vec![ListSource {
            name: "demo".into(),
            dataset: "x".into(),
            version: "sha256:00".into(),
            sha256: "00".into(),
            parties: 1,
            files: vec![FileHash { name: "sdn.csv".into(), bytes: 1, sha256: "11".into() }],
        }],
        customers: vec![customer("c-1", "Jane Doh"), customer("c-2", "Jane Roe"), customer("c-3", "Xi Wu")],
        hits: vec![Hit { customer: customer("c-1", "Jane Doh"), party: nearest(9_000, 17_000, agrees) }],
        cleared: vec![
            Cleared {
                customer: customer("c-2", "Jane Roe"),
                nearest: Some(nearest(3_000, -2_000, contradicts)),
            },
            Cleared { customer: customer("c-3", "Xi Wu"), nearest: None },
        ],
        documents: Vec::new(),
        network: None,
        provenance: Provenance {
            engine: "interdict 0.0.0".into(),
            settings: "match_threshold=0.7000".into(),
            configuration: "22".into(),
            tables: "33".into(),
        },
    }
}

#[test]
fn a_tiny_screening() {
    let page = screening_page(&tiny());
    // The style sheet would drown what the page says.
    let (start, end) = (page.find("<style>").unwrap(), page.find("</style>").unwrap());
    let tags = format!("{}{}", &page[..start], &page[end..]).replace("><", ">\n<");
    insta::assert_snapshot!(tags);
}

#[test]
fn it_needs_nothing_else() {
    let page = screening_page(&tiny());
    for reach in ["http:", "https:", "//", "src=", "@import", "url(", "<script", "<link", "<iframe", " on"] {
        let there: Vec<_> =
            page.match_indices(reach).map(|(at, _)| &page[at..page.len().min(at + 40)]).collect();
        let harmless = |found: &&str| reach == " on" && !found.split(' ').nth(1).unwrap().contains('=');
        assert!(there.iter().all(harmless), "{reach}: {there:?}");
    }
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "<script>alert(1)</script>\"' onload=x &amp; \u{202e}سجاد</style>";
    let escaped =
        "&lt;script&gt;alert(1)&lt;/script&gt;&quot;' onload=x &amp;amp; \u{202e}سجاد&lt;/style&gt;";
    let text = || hostile.to_owned();
    let facts = || vec![Fact { property: text(), value: text(), source: Some(text()) }];
    let customer = || Customer { id: text(), name: text(), schema: text(), facts: facts() };
    let party = Party { id: text(), caption: text(), schema: text(), dataset: text(), facts: facts() };
    let nearest = Nearest {
        party,
        met: Some(NameMet { query: text(), candidate: text(), property: text(), strength: Strength::Strong }),
        basis: Basis::Identifier,
        score: 1,
        bits: 1,
        evidence: vec![row(hostile, hostile, hostile, hostile, 1, 1, 1)],
    };
    let page = screening_page(&ScreeningReport {
        title: text(),
        introduction: vec![text()],
        notice: Some(text()),
        operation: None,
        match_threshold: 7_000,
        lists: vec![ListSource {
            name: text(),
            dataset: text(),
            version: text(),
            sha256: text(),
            parties: 1,
            files: vec![FileHash { name: text(), bytes: 1, sha256: text() }],
        }],
        customers: vec![customer()],
        hits: vec![Hit { customer: customer(), party: nearest.clone() }],
        cleared: vec![Cleared { customer: customer(), nearest: Some(nearest) }],
        documents: Vec::new(),
        network: None,
        provenance: Provenance { engine: text(), settings: text(), configuration: text(), tables: text() },
    });
    assert!(page.contains(escaped));
    assert_eq!(page.matches("</style>").count(), 1, "our own");
    assert!(!page.to_lowercase().contains("<script"));
    // Inside a tag a quotation mark would begin an attribute of its own: between tags' brackets there is none of it.
    let tags = page.split('<').skip(1).filter_map(|t| t.split('>').next());
    for tag in tags.filter(|t| t.contains("onload")) {
        assert!(tag.contains("=\"&lt;script&gt;") && !tag.contains("\" onload"), "{tag}");
    }
    // A mark that turns the direction of writing ends with the element that isolates it.
    let turned = page.match_indices(hostile.split("&amp; ").nth(1).unwrap().trim_end_matches("</style>"));
    let isolated = turned.filter(|(at, _)| page[..*at].rfind("<bdi>") > page[..*at].rfind("</bdi>")).count();
    assert!(isolated >= 20, "{isolated}");
}

#[test]
fn what_is_printed_adds_up() {
    let report = tiny();
    let page = screening_page(&report);
    let parts =
        report.hits.iter().map(|h| &h.party).chain(report.cleared.iter().filter_map(|c| c.nearest.as_ref()));
    let mut strips = page.split("<svg class=\"strip\"").skip(1);
    for part in parts {
        let strip = strips.next().unwrap().split("</svg>").next().unwrap();
        let widths = strip.split("class=\"share\"").skip(1);
        let drawn: i32 = widths
            .map(|r| r.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse::<i32>().unwrap())
            .sum();
        assert_eq!(drawn, part.score, "the parts drawn end at the printed score");
    }
    assert_eq!(strips.next(), None);
}
