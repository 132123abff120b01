//! The page of documents: who is named in each and how often, the text with its mentions, and the claims beside it.

use maud::{Markup, html};

use crate::document_claims::claims;
use crate::document_parties::parties;
use crate::document_text::text;
use crate::document_view::{DocumentView, DocumentsReport, NamedParty, Segment};
use crate::page::{STYLE, document, provenance};
use crate::words;

pub(crate) const DOCUMENT_STYLE: &str = include_str!("../assets/document.css");

const TITLE: &str = "Who is named, and what is claimed";

/// Two columns want more room than other pages have.
const WIDE: &str = "body { max-width: 88rem; }\n";

/// A document with its place on the page, and where its text names whom.
pub(crate) struct Numbered<'a> {
    pub(crate) view: &'a DocumentView,
    number: usize,
    /// Of each party, its mentions: their numbers in the text, and the pages that have them.
    pub(crate) mentions: Vec<Vec<(usize, Option<u32>)>>,
    /// Of each claim, whether the text has the place of its quote.
    pub(crate) quoted: Vec<bool>,
}

impl<'a> Numbered<'a> {
    fn new(view: &'a DocumentView, number: usize) -> Self {
        let mut mentions = vec![Vec::new(); view.parties.len()];
        let mut quoted = vec![false; view.claims.len()];
        let mut all = 0;
        for paragraph in &view.text {
            for segment in &paragraph.segments {
                match segment {
                    Segment::Plain(_) => {}
                    Segment::Mention { party, .. } => {
                        if let Some(mentions) = mentions.get_mut(*party) {
                            mentions.push((all, paragraph.page));
                        }
                        all += 1;
                    }
                    Segment::Claim(claim) => {
                        if let Some(quoted) = quoted.get_mut(*claim) {
                            *quoted = true;
                        }
                    }
                }
            }
        }
        Self { view, number, mentions, quoted }
    }

    /// An id on the page: `doc-0-party-3`.
    pub(crate) fn id(&self, what: &str, number: usize) -> String {
        format!("doc-{}-{what}-{number}", self.number)
    }

    /// A link to such an id.
    pub(crate) fn to(&self, what: &str, number: usize) -> String {
        format!("#{}", self.id(what, number))
    }

    /// The id of a part of the document: `doc-0-text`.
    fn part(&self, part: &str) -> String {
        format!("doc-{}-{part}", self.number)
    }

    /// Its parties that are listed, or that are not, with their places: the ones named most often first.
    pub(crate) fn parties(&self, listed: bool) -> Vec<(usize, &'a NamedParty)> {
        let all = self.view.parties.iter().enumerate();
        let mut parties: Vec<_> = all.filter(|(_, party)| party.listed.is_empty() != listed).collect();
        parties.sort_by_key(|&(n, _)| std::cmp::Reverse(self.mentions[n].len()));
        parties
    }

    fn mentions_of(&self, parties: &[(usize, &NamedParty)]) -> usize {
        parties.iter().map(|&(n, _)| self.mentions[n].len()).sum()
    }
}

/// Documents that were read as one HTML page.
#[must_use]
pub fn documents_page(report: &DocumentsReport) -> String {
    let title = match report.documents.as_slice() {
        [one] => format!("{TITLE}: {}", visible(&one.name)),
        _ => TITLE.to_owned(),
    };
    let main = html! {
        @if report.documents.len() != 1 { (index(&report.documents)) }
        @for (n, view) in report.documents.iter().enumerate() { (document_section(view, n)) }
        (reading())
        (provenance(&report.lists, &report.provenance))
    };
    let styles = [STYLE, DOCUMENT_STYLE, WIDE];
    document(&title, &report.provenance.engine, &styles, &head(report), &main)
}

/// A document as a section of a page. `number` is its place on the page: no two sections of a page may share it, for
/// the links inside go by it.
#[must_use]
pub fn document_section(view: &DocumentView, number: usize) -> Markup {
    let numbered = Numbered::new(view, number);
    let heading = numbered.part("name");
    html! {
        section.document aria-labelledby=(heading) {
            h2 id=(heading) { (shown(&view.name)) }
            (summary(&numbered))
            @for notice in &view.notices { p.notice role="note" { strong { "Please note. " } (shown(notice)) } }
            (parties(&numbered, &numbered.part("parties")))
            div.read {
                (text(&numbered, &numbered.part("text")))
                (claims(&numbered, &numbered.part("claims")))
            }
        }
    }
}

fn head(report: &DocumentsReport) -> Markup {
    html! {
        header.page {
            p.brand { "Interdict \u{b7} documents read against sanctions lists" }
            h1 { (TITLE) }
            @for notice in &report.notices { p.notice role="note" { strong { "Please note. " } (shown(notice)) } }
            nav aria-label="On this page" {
                ul {
                    @if let [_] = report.documents.as_slice() {
                        li { a href="#doc-0-parties" { "Who is named" } }
                        li { a href="#doc-0-text" { "Text" } }
                        li { a href="#doc-0-claims" { "Claims" } }
                    } @else {
                        li { a href="#index" { "Documents" } }
                    }
                    li { a href="#reading" { "How to read this page" } }
                    li { a href="#provenance" { "Provenance" } }
                }
            }
        }
    }
}

/// What stands in which document, and which documents name a listed party.
fn index(documents: &[DocumentView]) -> Markup {
    let numbered: Vec<_> = documents.iter().enumerate().map(|(n, view)| Numbered::new(view, n)).collect();
    let mut listed: std::collections::BTreeMap<&str, Vec<(&Numbered<'_>, usize)>> = Default::default();
    for document in &numbered {
        for (n, party) in document.parties(true) {
            listed.entry(&party.listed[0].party.id).or_default().push((document, n));
        }
    }
    html! {
        section aria-labelledby="index" {
            h2 #index { "Documents" }
            @if documents.is_empty() { p { "No document could be read." } }
            @else {
                div.scroll tabindex="0" role="region" aria-label="All documents" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "Document" }
                                th.n scope="col" { "Listed parties" }
                                th.n scope="col" { "Mentions of them" }
                                th.n scope="col" { "Others" }
                                th.n scope="col" { "Claims" }
                            }
                        }
                        tbody {
                            @for document in &numbered {
                                @let parties = document.parties(true);
                                tr {
                                    th scope="row" {
                                        a href=(format!("#{}", document.part("name"))) { (shown(&document.view.name)) }
                                    }
                                    td.n { (parties.len()) }
                                    td.n { (document.mentions_of(&parties)) }
                                    td.n { (document.view.parties.len() - parties.len()) }
                                    td.n { (document.view.claims.len()) }
                                }
                            }
                        }
                    }
                }
                @if !listed.is_empty() {
                    h3 { "Listed parties, and the documents that name them" }
                    dl.where {
                        @for (id, places) in &listed {
                            @let (first, party) = places[0];
                            div {
                                dt { (shown(&first.view.parties[party].listed[0].party.caption)) " " span.source { bdi { (id) } } }
                                @for &(document, party) in places {
                                    dd {
                                        a href=(document.to("party", party)) { (shown(&document.view.name)) }
                                        " " (words::count(document.mentions[party].len(), "time", "times"))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn summary(document: &Numbered<'_>) -> Markup {
    let view = document.view;
    let (listed, others) = (document.parties(true), document.parties(false));
    let facts = view.facts.iter().map(|fact| (words::property(&fact.property), fact.value.as_str()));
    let language = (!view.language.is_empty()).then_some(("Language".to_owned(), view.language.as_str()));
    let outlet = view.outlet.as_deref().map(|outlet| ("Published by".to_owned(), outlet));
    html! {
        p.finding {
            @if listed.is_empty() { strong { "No listed party" } " is named" } @else {
                strong { (words::count(listed.len(), "listed party", "listed parties")) }
                (if listed.len() == 1 { " is named, " } else { " are named, " })
                strong { (words::count(document.mentions_of(&listed), "time", "times")) } " in all"
            }
            "; " (words::count(others.len(), "other", "others")) "; "
            (words::count(view.claims.len(), "claim", "claims")) "."
        }
        dl.about {
            @for (what, value) in outlet.into_iter().chain(facts).chain(language) {
                div { dt { (shown(&what)) } dd { (shown(value)) } }
            }
        }
        p.standing role="note" {
            "A mention is an alert that a reviewer resolves, not a finding that the listed party is meant. A claim is what \
             the document says, on the word of those who are named with it; it is never a fact about its subject."
        }
    }
}

fn reading() -> Markup {
    html! {
        section aria-labelledby="reading" {
            h2 #reading { "How to read this page" }
            p {
                "Names are compared with the lists as a customer's name is. The score is the part of the information in \
                 both names that agrees, between 0 and 1. Bits weigh the same evidence against chance: each bit for \
                 doubles the odds that the document means the listed party, each bit against halves them. A name that \
                 many people bear stays weak evidence however exactly it agrees; a document seldom gives a date of birth."
            }
            p {
                "The number behind a passage of the text is that of the claim which quotes it. The chain of a claim goes \
                 from the document to whoever is quoted last: nobody outside that chain has said it here."
            }
        }
    }
}

/// Somebody else's words, set apart from the direction of what is around them.
pub(crate) fn shown(text: &str) -> Markup {
    html! { bdi { (plain(text)) } }
}

/// Somebody else's words in a running text. Characters that turn other characters round, or that cannot be seen at all,
/// are shown by their numbers: they can make a name look like another.
pub(crate) fn plain(text: &str) -> Markup {
    html! {
        @for part in text.split_inclusive(hidden) {
            @match part.chars().next_back().filter(|&last| hidden(last)) {
                Some(last) => {
                    (part[..part.len() - last.len_utf8()])
                    span.hidden-character { (number(last)) }
                }
                None => (part),
            }
        }
    }
}

/// The same where only text may stand, as in an attribute.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) { visible.push_str(&number(c)) } else { visible.push(c) }
    }
    visible
}

fn number(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// Overrides of direction (UAX #9), and controls other than white space.
fn hidden(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}') || (c.is_control() && !c.is_whitespace())
}
