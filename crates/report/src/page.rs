//! The page: one file that needs nothing else.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::document_page::{DOCUMENT_STYLE, document_section};
use crate::network::{NETWORK_STYLE, network_section};
use crate::operation::{OPERATION_STYLE, operation_section};
use crate::parties::{hit, look_alike, strangers};
use crate::view::{ListSource, Provenance, ScreeningReport};
use crate::words;

pub(crate) const STYLE: &str = include_str!("../assets/page.css");

/// What a browser may load for the page: nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A screening as one HTML page.
#[must_use]
pub fn screening_page(report: &ScreeningReport) -> String {
    let main = html! {
        @if let Some(operation) = &report.operation { (operation_section(operation)) }
        (overview(report))
        (hits(report))
        (cleared(report))
        @for (n, view) in report.documents.iter().enumerate() { (document_section(view, n)) }
        @if let Some(network) = &report.network { (network_section(network, "network", "Who is linked to whom")) }
        (reading(report))
        (provenance(&report.lists, &report.provenance))
    };
    let mut styles = vec![STYLE];
    styles.extend(report.operation.as_ref().map(|_| OPERATION_STYLE));
    styles.extend((!report.documents.is_empty()).then_some(DOCUMENT_STYLE));
    styles.extend(report.network.as_ref().map(|_| NETWORK_STYLE));
    document(&report.title, &report.provenance.engine, &styles, &head(report), &main)
}

/// A page around its parts: nothing is loaded, the main part is a skip away, the engine signs.
pub(crate) fn document(title: &str, engine: &str, styles: &[&str], head: &Markup, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(engine);
                title { (title) }
                style { @for style in styles { (PreEscaped(style)) } }
            }
            body {
                a.skip href="#main" { "Skip to the results" }
                (head)
                main #main tabindex="-1" { (main) }
                footer { p { "Written by " (engine) "." } }
            }
        }
    };
    page.into_string() + "\n"
}

fn head(report: &ScreeningReport) -> Markup {
    html! {
        header.page {
            p.brand { "Interdict \u{b7} sanctions screening report" }
            h1 { (report.title) }
            @for paragraph in &report.introduction { p { (paragraph) } }
            @if let Some(notice) = &report.notice {
                p.notice role="note" { strong { "Please note. " } (notice) }
            }
            nav aria-label="On this page" {
                ul {
                    @if let Some(operation) = &report.operation {
                        li { a href="#operation" { "The operation" } }
                        @if operation.attribution.is_some() { li { a href="#attribution" { "Where its evidence stops" } } }
                    }
                    li { a href="#overview" { "Overview" } }
                    li { a href="#matches" { "Matches" } }
                    li { a href="#clear" { "Clear" } }
                    @for (n, view) in report.documents.iter().enumerate() {
                        li { a href=(format!("#doc-{n}-name")) { "Document " bdi { (view.name) } } }
                    }
                    @if report.network.is_some() { li { a href="#network" { "Network" } } }
                    li { a href="#reading" { "How to read a score" } }
                    li { a href="#provenance" { "Provenance" } }
                }
            }
        }
    }
}

fn overview(report: &ScreeningReport) -> Markup {
    let matched = report.customers.len().saturating_sub(report.cleared.len());
    html! {
        section aria-labelledby="overview" {
            h2 #overview { "Overview" }
            dl.figures {
                div { dt { "Rows screened" } dd { (report.customers.len()) } }
                div { dt { "With a match" } dd { (matched) } }
                div { dt { "Clear" } dd { (report.cleared.len()) } }
                @for list in &report.lists {
                    div.list {
                        dt { "List" }
                        dd { bdi { (list.name) } }
                        dd.version { (words::count(list.parties, "party", "parties")) ", version " (list.version) }
                    }
                }
            }
            div.scroll tabindex="0" role="region" aria-label="All customers" {
                table.customers {
                    caption { "Every row of the customer file, with its match or its nearest listed party" }
                    thead {
                        tr {
                            th scope="col" { "Row" }
                            th scope="col" { "Customer" }
                            th scope="col" { "Verdict" }
                            th scope="col" { "Listed party" }
                            th.n scope="col" { "Score" }
                            th.n scope="col" { "Bits" }
                        }
                    }
                    tbody {
                        @for (n, hit) in report.hits.iter().enumerate() {
                            (customer_row(&hit.customer, Some(&hit.party), true, &format!("hit-{n}")))
                        }
                        @for (n, clear) in report.cleared.iter().enumerate() {
                            (customer_row(&clear.customer, clear.nearest.as_ref(), false, &format!("clear-{n}")))
                        }
                    }
                }
            }
        }
    }
}

fn customer_row(
    customer: &crate::view::Customer,
    nearest: Option<&crate::view::Nearest>,
    matched: bool,
    link: &str,
) -> Markup {
    let name = html! { bdi { (customer.name) } };
    html! {
        tr {
            th scope="row" { bdi { (customer.id) } }
            td { @if nearest.is_some() { a href=(format!("#{link}")) { (name) } } @else { (name) } }
            td {
                @if matched { strong.match { "Match" } } @else { span.clear { "Clear" } }
            }
            @if let Some(nearest) = nearest {
                td { @if !matched { span.source { "nearest: " } } bdi { (nearest.party.caption) } }
                td.n { (words::score(nearest.score)) }
                td.n { (words::bits(nearest.bits)) }
            } @else {
                td { span.none { "none" } } td.n { "\u{2013}" } td.n { "\u{2013}" }
            }
        }
    }
}

fn hits(report: &ScreeningReport) -> Markup {
    html! {
        section aria-labelledby="matches" {
            h2 #matches { "Matches to review" }
            @if report.hits.is_empty() { p { "No customer reaches the match threshold." } }
            @for (n, one) in report.hits.iter().enumerate() { (hit(one, n, report.match_threshold)) }
        }
    }
}

fn cleared(report: &ScreeningReport) -> Markup {
    html! {
        section aria-labelledby="clear" {
            h2 #clear { "Clear, and why" }
            p {
                "These customers stay below the match threshold of " (words::score(report.match_threshold))
                ". Where a listed party comes near, it is named with what told the two apart."
            }
            @for (n, one) in report.cleared.iter().enumerate() {
                @if let Some(nearest) = &one.nearest {
                    (look_alike(&one.customer, nearest, n, report.match_threshold))
                }
            }
            (strangers(&report.cleared))
        }
    }
}

fn reading(report: &ScreeningReport) -> Markup {
    html! {
        section aria-labelledby="reading" {
            h2 #reading { "How to read a score" }
            p {
                "The score is the part of the information in both records that agrees, between 0 and 1; each row's \
                 share adds up to it, and from " (words::score(report.match_threshold))
                " on the policy calls it a match. "
                "Bits weigh the same evidence against chance: each bit for doubles the odds that customer and \
                 listed party are one, each bit against halves them, and a rare name carries more of them than a \
                 common one. "
                "A match is an alert for a reviewer to resolve against the listed identifiers, not a finding that \
                 the customer is the listed party."
            }
        }
    }
}

/// The files of a list with their hashes, as rows of a `dl`.
pub(crate) fn files(list: &ListSource) -> Markup {
    html! {
        @for file in &list.files {
            div {
                dt { "File " bdi { (file.name) } }
                dd { (words::count(file.bytes, "byte", "bytes")) }
                dd { code { "sha256:" (file.sha256) } }
            }
        }
    }
}

pub(crate) fn provenance(lists: &[ListSource], provenance: &Provenance) -> Markup {
    html! {
        section aria-labelledby="provenance" {
            h2 #provenance { "Provenance" }
            p { "The same engine, configuration, tables and list files give this page again, byte for byte." }
            dl.hashes {
                div { dt { "Engine" } dd { (provenance.engine) } }
                div { dt { "Configuration" } dd { code { (provenance.settings) } } dd { code { "sha256:" (provenance.configuration) } } }
                div { dt { "Tables" } dd { code { "sha256:" (provenance.tables) } } }
                @for list in lists {
                    div {
                        dt { "List " bdi { (list.name) } }
                        dd { "dataset " (list.dataset) ", " (words::count(list.parties, "party", "parties")) }
                        dd { code { "sha256:" (list.sha256) } }
                    }
                    (files(list))
                }
            }
        }
    }
}
