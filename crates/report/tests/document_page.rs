//! The page of documents: what it says, that its links lead somewhere, and that nothing of a document gets out of its text.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use report::{
    ClaimView, DocumentView, DocumentsReport, EvidenceRow, Fact, ListSource, MentionPlace, NameMet,
    NamedParty, Nearest, Paragraph, Party, Provenance, Said, ScreeningReport, Segment, SourceView,
    document_section, documents_page, lay_out, screening_page,
};

const REPORT: &str = include_str!("../../engine/data/demo/report.txt");
const HOSTILE: &str =
    "</style></p><script>alert(1)</script><img src=x onerror=\"alert(2)\">&amp;'\u{202e}xe\u{0}";

fn fact(property: &str, value: &str) -> Fact {
    Fact { property: property.to_owned(), value: value.to_owned(), source: None }
}

fn row(kind: &str, query: &str, candidate: &str, bits: i32, share: i32) -> EvidenceRow {
    let texts = [kind, query, candidate].map(str::to_owned);
    let [kind, query, candidate] = texts;
    EvidenceRow {
        feature: "name".to_owned(),
        kind,
        query,
        candidate,
        bits,
        share,
        stake: bits.max(0),
        ..EvidenceRow::default()
    }
}

fn listed(id: &str, caption: &str, query: &str, evidence: Vec<EvidenceRow>) -> Nearest {
    let party = Party {
        id: id.to_owned(),
        caption: caption.to_owned(),
        schema: "Person".to_owned(),
        dataset: "us_ofac_sdn".to_owned(),
        facts: vec![fact("program", "ELECTION-EO13848"), fact("nationality", "Iran")],
    };
    let met = NameMet { query: query.to_owned(), candidate: caption.to_owned(), ..NameMet::default() };
    let (score, bits) = (evidence.iter().map(|r| r.share).sum(), evidence.iter().map(|r| r.bits).sum());
    Nearest { party, met: Some(met), basis: report::Basis::Name, score, bits, evidence }
}

/// A party, and every place of the text that has one of its names; one that is a part of the first is short.
fn named(
    view: &mut DocumentView,
    places: &mut Vec<MentionPlace>,
    text: &str,
    names: &[&str],
    of: Vec<Nearest>,
) {
    let party = view.parties.len();
    for name in names {
        let short = *name != names[0] && names[0].contains(name);
        let found = text.match_indices(name);
        places.extend(found.map(|(at, _)| MentionPlace { range: at..at + name.len(), party, short }));
    }
    let schema = if of.is_empty() { "Organization" } else { "Person" };
    view.parties.push(NamedParty { name: names[0].to_owned(), schema: schema.to_owned(), listed: of });
}

fn claim(
    of: (&str, Option<usize>),
    what: &str,
    object: (&str, Option<usize>),
    status: &str,
    quote: &str,
) -> ClaimView {
    let said = |(name, party): (&str, Option<usize>)| Said { name: name.to_owned(), party };
    let source = |name: &str, role: &str| SourceView { name: name.to_owned(), role: role.to_owned() };
    ClaimView {
        subject: said(of),
        predicate: what.to_owned(),
        object: said(object),
        status: status.to_owned(),
        attribution: vec![
            source("report.txt", "document"),
            source("The Lakeside Ledger", "outlet"),
            source("US Department of Justice", "authority"),
        ],
        quote: quote.to_owned(),
        ..ClaimView::default()
    }
}

/// The embedded report as a hand fills it in.
fn demo() -> DocumentView {
    let mut view = DocumentView {
        name: "report.txt".to_owned(),
        outlet: Some("The Lakeside Ledger".to_owned()),
        language: "en".to_owned(),
        facts: vec![fact("format", "plain text"), fact("bytes", "2,147")],
        ..DocumentView::default()
    };
    let mut places = Vec::new();
    let mut add = |names: &[&str], of: Vec<Nearest>| named(&mut view, &mut places, REPORT, names, of);
    add(
        &["Mohammad Baqer Shinrakar"],
        vec![listed(
            "ofac-26391",
            "SHIRINKAR, Mohammad Bagher",
            "Mohammad Baqer Shinrakar",
            vec![
                row("exact", "Mohammad", "Mohammad", 4_100, 1_500),
                row("spelling", "Baqer", "Bagher", 9_200, 2_900),
                row("near", "Shinrakar", "SHIRINKAR", 14_700, 4_300),
            ],
        )],
    );
    let exact = |query: &str, caption: &str| vec![row("exact", query, caption, 31_400, 10_000)];
    for (id, caption, names) in [
        ("ofac-33493", "SARMADI, Mostafa", &["Mostafa Sarmady"][..]),
        ("ofac-33494", "NODEH, Hosein Akbari", &["Hossein Akbari Nodeh"]),
        ("ofac-33497", "TOGHROLJERDI, Seyyed Mehdi Hashemi", &["Sayyed Mehdi Hashemi Toghroljerdi"]),
        (
            "ofac-33495",
            "KAZEMI, Seyyed Mohammad Hosein Musa",
            &["Seyed Mohammad Hossein Mousa Kazemi", "Kazemi", "Hosein Zamani"],
        ),
        ("ofac-33496", "KASHIAN, Sajjad", &["Sajad Kashian", "Kashian", "Kiarash Nabavi"]),
        ("ofac-33634", "EMENNET PASARGAD", &["Emen Net Pasargad"]),
        ("ofac-26390", "NET PEYGARD SAMAVAT COMPANY", &["Net Peygard Samavat Company"]),
    ] {
        add(names, vec![listed(id, caption, names[0], exact(names[0], caption))]);
    }
    for names in [
        &["US Treasury Department", "Treasury Department"][..],
        &["US District Court for the Southern District of New York"],
        &["US Department of Justice"],
        &["The Lakeside Ledger", "Ledger"],
        &["Proud Boys"],
        &["Donald Trump"],
    ] {
        add(names, Vec::new());
    }
    let treasury = ("US Treasury Department", Some(8));
    let (emen, kashian) = (("Emen Net Pasargad", Some(6)), ("Sajad Kashian", Some(5)));
    let manager = "Its manager, Mohammad Baqer Shinrakar, was put on the list for the second time.";
    let charged = "Seyed Mohammad Hossein Mousa Kazemi and Sajad Kashian were charged with conspiracy, voter intimidation and transmission of interstate threats before the US District Court for the Southern District of New York.";
    let campaign = "\"Kazemi and Kashian took part in a campaign meant to scare voters and to make them doubt the count,\" the Ledger quoted the US Department of Justice as saying.";
    let rumour = "Posts on social media claimed that Emen Net Pasargad changed votes in eleven states; the claim is unsubstantiated, and no official has made it.";
    let denial = "Iran denied that it had any part in the messages.";
    view.claims = vec![
        claim(("Mohammad Baqer Shinrakar", Some(0)), "sanctioned_by", treasury, "designated", manager),
        claim(("Mohammad Baqer Shinrakar", Some(0)), "director_of", emen, "asserted", manager),
        claim(kashian, "charged_with", ("voter intimidation", None), "charged", charged),
        claim(
            kashian,
            "charged_before",
            ("US District Court for the Southern District of New York", Some(9)),
            "charged",
            charged,
        ),
        claim(kashian, "did", ("took part in a campaign meant to scare voters", None), "alleged", campaign),
        claim(emen, "did", ("changed votes in eleven states", None), "unsubstantiated", rumour),
        claim(("Iran", None), "did", ("had any part in the messages", None), "denied", denial),
        claim(
            ("Iran", None),
            "did",
            ("frightened Americans before the election", None),
            "alleged",
            "an operation that used stolen voter data to frighten Americans before the election of 2020",
        ),
    ];
    view.claims[0].date = Some("November 18, 2021".to_owned());
    view.claims[6].contradicts = vec![7];
    let ends: Vec<usize> =
        view.claims.iter().map(|c| REPORT.find(&c.quote).unwrap() + c.quote.len()).collect();
    view.text = lay_out(REPORT, &places, &ends, &[]);
    view
}

fn report(documents: Vec<DocumentView>) -> DocumentsReport {
    let lists = vec![ListSource {
        name: "demo".to_owned(),
        dataset: "us_ofac_sdn".to_owned(),
        ..ListSource::default()
    }];
    let provenance = Provenance { engine: "interdict 0".to_owned(), ..Provenance::default() };
    DocumentsReport { documents, notices: Vec::new(), lists, provenance }
}

/// Every link of a page leads to one place of it.
fn check_links(page: &str) {
    let values = |attribute: &str| -> Vec<String> {
        let parts = page.split(attribute).skip(1);
        parts.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let ids = values(" id=\"");
    let places: HashSet<&String> = ids.iter().collect();
    assert_eq!(places.len(), ids.len(), "an id stands twice");
    let links = values(" href=\"#");
    assert!(!links.is_empty());
    for link in links.iter().chain(&values(" aria-labelledby=\"")) {
        assert!(places.contains(link), "{link} leads nowhere");
    }
}

/// `DOCUMENT_PAGES=target/pages cargo test -p interdict-report`: leaves the pages there, to look at.
fn look(name: &str, page: &str) {
    if let Some(folder) = std::env::var_os("DOCUMENT_PAGES") {
        std::fs::write(std::path::Path::new(&folder).join(name).with_extension("html"), page).unwrap();
    }
}

/// What a browser shows of the words of a page, without white space.
fn words(page: &str) -> String {
    let words = page.split("<div class=\"words\"").nth(1).unwrap().split("</section>").next().unwrap();
    let mut text = String::new();
    // The numbers of claims and pages, and what a fold says, are not the document's.
    let mut own = words.to_owned();
    for (open, close) in [("<sup", "</sup>"), ("<p class=\"page-mark\"", "</p>"), ("<summary", "</summary>")]
    {
        own = own.split(close).map(|part| part.split(open).next().unwrap()).collect();
    }
    for piece in own.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)) {
        text.push_str(piece);
    }
    let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.split_whitespace().collect()
}

#[test]
fn the_embedded_report() {
    let page = documents_page(&report(vec![demo()]));
    look("demo", &page);
    check_links(&page);
    assert_eq!(words(&page), REPORT.split_whitespace().collect::<String>());
    for said in [
        "<strong>8 listed parties</strong> are named, <strong>17 times</strong> in all; 6 others; 8 claims.",
        "it is never a fact about its subject",
        "a mention is an alert",
    ] {
        assert!(page.to_lowercase().contains(&said.to_lowercase()), "no {said}");
    }
    assert!(!page.contains("<script") && page.contains("default-src 'none'"));
    insta::assert_snapshot!(document_section(&demo(), 0).into_string().replace("><", ">\n<"));
}

#[test]
fn several_documents_have_an_index() {
    let mut other = demo();
    other.name = "other.txt".to_owned();
    other.parties.iter_mut().skip(1).for_each(|party| party.listed.clear());
    let mut persian = DocumentView {
        name: "\u{6af}\u{632}\u{627}\u{631}\u{634}.txt".to_owned(),
        language: "fa".to_owned(),
        ..DocumentView::default()
    };
    let text = "سید محمد حسین موسی کاظمی و سجاد کاشیان (Sajjad Kashian) در نیویورک متهم شدند.\n\nMixed: the court named سجاد کاشیان, and no one else.";
    let mut places = Vec::new();
    let kashian = listed(
        "ofac-33496",
        "KASHIAN, Sajjad",
        "سجاد کاشیان",
        vec![row("exact", "سجاد کاشیان", "KASHIAN, Sajjad", 31_400, 10_000)],
    );
    named(&mut persian, &mut places, text, &["سجاد کاشیان", "Sajjad Kashian"], vec![kashian]);
    persian.claims.push(claim(
        ("سجاد کاشیان", Some(0)),
        "charged_before",
        ("نیویورک", None),
        "charged",
        text.lines().next().unwrap(),
    ));
    persian.text = lay_out(text, &places, &[persian.claims[0].quote.len()], &[]);
    let empty = DocumentView { name: "empty".to_owned(), ..DocumentView::default() };
    let mut both = report(vec![demo(), other, persian, empty]);
    both.notices = vec!["gone.pdf could not be read".to_owned()];
    let page = documents_page(&both);
    look("several", &page);
    check_links(&page);
    for said in [
        "gone.pdf could not be read",
        "href=\"#doc-1-name\"",
        "<a href=\"#doc-1-party-0\"><bdi>other.txt</bdi></a> 1 time",
    ] {
        assert!(page.contains(said), "no {said}");
    }
    check_links(&documents_page(&report(Vec::new())));
}

#[test]
fn a_screening_may_hold_a_document() {
    let page = screening_page(&ScreeningReport { documents: vec![demo()], ..ScreeningReport::default() });
    look("screening", &page);
    check_links(&page);
}

#[test]
fn a_long_document_is_folded_and_all_of_it_is_there() {
    let mut text = String::new();
    let mut places = Vec::new();
    for n in 0..2_000 {
        let start = text.len();
        text.push_str("Doe");
        places.push(MentionPlace { range: start..text.len(), party: 0, short: false });
        text.push_str(" did something or other, it was said.\n\n");
        for _ in 0..if n % 10 == 0 { 40 } else { 0 } {
            text.push_str("A paragraph that names nobody and goes on for some while, as most of them do, for page upon page.\n\n");
        }
    }
    let pages: Vec<usize> = (0..text.len()).step_by(3_000).collect();
    let view = DocumentView {
        text: lay_out(&text, &places, &[], &pages),
        parties: vec![NamedParty {
            name: "Doe".to_owned(),
            listed: vec![listed("x-1", "DOE", "Doe", Vec::new())],
            ..NamedParty::default()
        }],
        ..DocumentView::default()
    };
    let page = documents_page(&report(vec![view]));
    look("long", &page);
    check_links(&page);
    assert_eq!(page.matches("<details class=\"quiet\">").count(), 200);
    assert!(page.contains("38 paragraphs without mentions, page"));
    assert_eq!(words(&page), text.split_whitespace().collect::<String>());
    assert_eq!(page.matches("class=\"mention listed\" id").count(), 2_000);
    assert!(page.contains("1980 more mentions"));
    assert!(page.len() < 2 * text.len() + 600_000, "{} for {}", page.len(), text.len());
}

#[test]
fn nothing_of_a_document_gets_out_of_its_text() {
    let text = || HOSTILE.to_owned();
    let said = || Said { name: text(), party: Some(0) };
    let mut party = listed(HOSTILE, HOSTILE, HOSTILE, vec![row(HOSTILE, HOSTILE, HOSTILE, 1_000, 10_000)]);
    (party.party.schema, party.party.dataset) = (text(), text());
    party.party.facts = vec![fact("program", HOSTILE), fact(HOSTILE, HOSTILE)];
    let view = DocumentView {
        name: text(),
        outlet: Some(text()),
        language: text(),
        facts: vec![fact(HOSTILE, HOSTILE)],
        notices: vec![text()],
        text: vec![Paragraph {
            page: Some(1),
            segments: vec![
                Segment::Plain(text()),
                Segment::Mention { party: 0, text: text(), short: true },
                Segment::Mention { party: 9, text: text(), short: false },
                Segment::Claim(0),
                Segment::Claim(9),
            ],
        }],
        parties: vec![
            NamedParty { name: text(), schema: text(), listed: vec![party] },
            NamedParty { name: text(), schema: text(), listed: Vec::new() },
        ],
        claims: vec![ClaimView {
            subject: said(),
            predicate: text(),
            object: said(),
            status: text(),
            attribution: vec![SourceView { name: text(), role: text() }],
            date: Some(text()),
            quote: text(),
            page: Some(1),
            contradicts: vec![0, 9],
        }],
    };
    let report = DocumentsReport { notices: vec![text()], ..report(vec![view]) };
    let page = documents_page(&report);
    for never in ["<script", "<img", "onerror=\"alert"] {
        assert!(!page.contains(never), "{never:?}\n{page}");
    }
    assert_eq!(page.matches("</style>").count(), 1, "our own");
    assert!(page.contains("<span class=\"hidden-character\">[U+202E]</span>"));
    assert!(!words(&page).contains(['\u{202e}', '\u{0}']), "what cannot be seen is shown by its number");
    check_links(&page);
    assert_eq!(page, documents_page(&report), "the same report gives the same page");
}
