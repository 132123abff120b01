//! The page of a network, and the section of it that other pages take in.

use maud::{Markup, html};

use super::kinds::Kind;
use super::layout::{Drawing, MOST_PARTIES, draw};
use super::svg::svg;
use super::view::{
    NetworkParty, NetworkRelation, NetworkReport, NetworkView, OwnershipProof, PartyStanding, ProofStep,
    Stated,
};
use crate::page::{STYLE, document, files};
use crate::words;

/// What [`network_section`] needs of style, besides the page's own.
pub const NETWORK_STYLE: &str = include_str!("../../assets/network.css");

/// Rows of a table that stand open; a longer one is folded under its heading.
const OPEN: usize = 60;

/// A network as one HTML page.
#[must_use]
pub fn network_page(report: &NetworkReport) -> String {
    let main = html! {
        (network_section(&report.network, "network", "The network"))
        (provenance(report))
    };
    document(&report.title, &report.engine, &[STYLE, NETWORK_STYLE], &head(report), &main)
}

/// A network as sections of a page: its drawing under `heading`, the verdicts, the parties, the relations. `id` is the anchor
/// of the drawing, and what the others' anchors begin with.
#[must_use]
pub fn network_section(view: &NetworkView, id: &str, heading: &str) -> Markup {
    html! {
        section.net aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            (drawing(view, id))
        }
        @if !view.proofs.is_empty() { (verdicts(view, id)) }
        (parties(view, id))
        (relations(view, id))
    }
}

fn count(view: &NetworkView, standing: PartyStanding) -> usize {
    view.parties.iter().filter(|party| party.standing == standing).count()
}

fn head(report: &NetworkReport) -> Markup {
    let view = &report.network;
    let figures = [
        ("Parties", view.parties.len()),
        ("Relations", view.relations.len()),
        ("On the list", count(view, PartyStanding::Listed)),
        ("Taken for a listed party", count(view, PartyStanding::TakenFor)),
        ("Blocked by ownership or control", count(view, PartyStanding::Owned)),
        ("Possibly blocked", count(view, PartyStanding::Possible)),
    ];
    html! {
        header.page {
            p.brand { "Interdict \u{b7} network" }
            h1 { (report.title) }
            @for paragraph in &report.introduction { p { (paragraph) } }
            @for notice in &report.notices { p.notice role="note" { strong { "Please note. " } (notice) } }
            dl.figures.net-figures {
                @for (n, (name, figure)) in figures.iter().enumerate() {
                    @if n < 3 || *figure > 0 { div { dt { (name) } dd { (figure) } } }
                }
            }
            nav aria-label="On this page" {
                ul {
                    li { a href="#network" { "Drawing" } }
                    @if !view.proofs.is_empty() { li { a href="#network-verdicts" { "Ownership and control" } } }
                    li { a href="#network-parties" { "Parties" } }
                    li { a href="#network-relations" { "Relations and evidence" } }
                    li { a href="#provenance" { "Provenance" } }
                }
            }
        }
    }
}

fn drawing(view: &NetworkView, id: &str) -> Markup {
    let Some(drawing) = draw(view) else {
        return html! { p { "There is nothing to draw." } };
    };
    let hidden = view.parties.len().saturating_sub(MOST_PARTIES);
    html! {
        @if hidden > 0 || drawing.undrawn > 0 {
            p.notice role="note" {
                strong { "Not all is drawn. " }
                (words::count(hidden, "party", "parties")) " and " (words::count(drawing.undrawn, "relation", "relations"))
                " stand in the tables alone."
            }
        }
        figure.net {
            div.drawing tabindex="0" role="region" aria-label="Drawing of the network"
                style=(format!("--w:{}px", drawing.width)) { (svg(view, &drawing, id)) }
            figcaption { (legend(view, &drawing)) }
        }
    }
}

/// The signs that the drawing uses, and no others.
fn legend(view: &NetworkView, drawing: &Drawing) -> Markup {
    let standings = PartyStanding::ALL.into_iter().filter(|s| count(view, *s) > 0);
    let kinds = Kind::ALL
        .into_iter()
        .filter(|kind| drawing.lines.iter().any(|line| Kind::of(&line.look.schema) == *kind));
    let stated = Stated::ALL.into_iter().filter(|s| drawing.lines.iter().any(|line| line.look.stated == *s));
    let line = |kind: Kind, stated: Stated, head: bool| {
        html! {
            svg.sign.stroke viewBox="0 0 44 16" aria-hidden="true" {
                g class=(format!("line {} {}", kind.class(), stated.class())) {
                    path.way d=(if head { "M2 8H34" } else { "M2 8H42" }) {}
                    @if head {
                        path.head d=(kind.head((42.0, 8.0), 1.0)) {}
                        @if let Some(tail) = kind.tail((2.0, 8.0), 1.0) { path.head d=(tail) {} }
                    }
                }
            }
        }
    };
    html! {
        ul.legend {
            @for standing in standings { li { (standing.beside_words()) (standing.in_words()) } }
            @for kind in kinds { li { (line(kind, Stated::Listed, true)) (kind.in_words()) } }
            @for one in stated { li { (line(Kind::Other, one, false)) (one.in_words()) } }
        }
        p.hint {
            "Round corners are people. A box of many names stands for parties with the same single relation; \u{d7} is how many \
             relations a line stands for."
        }
    }
}

fn verdicts(view: &NetworkView, id: &str) -> Markup {
    let heading = format!("{id}-verdicts");
    html! {
        section.net aria-labelledby=(heading) {
            h2 id=(heading) { "Ownership and control" }
            @for proof in &view.proofs { (verdict(proof)) }
        }
    }
}

fn verdict(proof: &OwnershipProof) -> Markup {
    html! {
        article {
            h3 { (proof.standing.beside_words()) bdi { (proof.caption) } }
            p { bdi { (proof.sentence) } }
            (steps(&proof.steps))
        }
    }
}

fn steps(all: &[ProofStep]) -> Markup {
    html! {
        @if !all.is_empty() {
            ul.proof {
                @for step in all {
                    li {
                        bdi { (step.text) }
                        @for source in &step.sources { p.cited { bdi { (source) } } }
                        (steps(&step.steps))
                    }
                }
            }
        }
    }
}

/// A table, folded where it is long.
fn folded(rows: usize, said: &str, table: &Markup) -> Markup {
    html! {
        @if rows > OPEN { details { summary { (said) } (table) } } @else { (table) }
    }
}

fn parties(view: &NetworkView, id: &str) -> Markup {
    let heading = format!("{id}-parties");
    let mut relations = vec![0_usize; view.parties.len()];
    for relation in &view.relations {
        let ends = [Some(relation.from), Some(relation.to).filter(|to| *to != relation.from)];
        for end in ends.into_iter().flatten() {
            if let Some(count) = relations.get_mut(end) {
                *count += 1;
            }
        }
    }
    let table = html! {
        table.net-table {
            thead {
                tr {
                    th scope="col" { "Party" }
                    th scope="col" { "Kind" }
                    th scope="col" { "Verdict" }
                    th scope="col" { "Programmes; listed parties' stake" }
                    th.n scope="col" { "Relations" }
                }
            }
            tbody {
                @for (party, relations) in view.parties.iter().zip(relations) { (party_row(party, relations)) }
            }
        }
    };
    html! {
        section.net aria-labelledby=(heading) {
            h2 id=(heading) { "Parties" }
            (folded(view.parties.len(), &words::count(view.parties.len(), "party", "parties"), &table))
        }
    }
}

fn party_row(party: &NetworkParty, relations: usize) -> Markup {
    html! {
        tr {
            th scope="row" {
                @if party.asked { strong { bdi { (party.caption) } } } @else { bdi { (party.caption) } }
                span.under { bdi { (party.id) } }
            }
            td data-label="Kind" { (words::property(&party.schema)) }
            td data-label="Verdict" { (party.standing.beside_words()) (party.standing.in_words()) }
            td.empty[party.note.is_empty()] data-label="Programmes; listed parties' stake" { bdi { (party.note) } }
            td.n data-label="Relations" { (relations) }
        }
    }
}

fn relations(view: &NetworkView, id: &str) -> Markup {
    let heading = format!("{id}-relations");
    let table = html! {
        table.net-table {
            thead {
                tr {
                    th scope="col" { "From" }
                    th scope="col" { "Relation" }
                    th scope="col" { "To" }
                    th scope="col" { "Stated" }
                    th scope="col" { "Evidence" }
                }
            }
            tbody { @for relation in &view.relations { (relation_row(view, relation)) } }
        }
    };
    html! {
        section.net aria-labelledby=(heading) {
            h2 id=(heading) { "Relations and evidence" }
            @if view.relations.is_empty() { p { "No source states a relation between these parties." } }
            @else {
                p { "A relation is its source's word. That a list or a document states it is the fact; that it is so is its claim." }
                (folded(view.relations.len(), &words::count(view.relations.len(), "relation", "relations"), &table))
            }
        }
    }
}

fn relation_row(view: &NetworkView, relation: &NetworkRelation) -> Markup {
    let party = |place: usize| view.parties.get(place).map_or("", |party| party.caption.as_str());
    html! {
        tr {
            th scope="row" { bdi { (party(relation.from)) } }
            td data-label="Relation" {
                bdi { (relation.label) }
                span.under {
                    (words::property(&relation.schema))
                    @if !relation.dates.is_empty() { ", " (relation.dates) }
                }
            }
            td data-label="To" { bdi { (party(relation.to)) } }
            td data-label="Stated" {
                (relation.stated.word())
                @if !relation.status.is_empty() { span.under { (relation.status) } }
            }
            td data-label="Evidence" {
                bdi { (relation.source) }
                @if let Some(quote) = &relation.quote { q.quote { bdi { (quote) } } }
                @if let Some(word) = &relation.on_whose_word { span.under { "by the word of " bdi { (word) } } }
            }
        }
    }
}

fn provenance(report: &NetworkReport) -> Markup {
    html! {
        section aria-labelledby="provenance" {
            h2 #provenance { "Provenance" }
            @if !report.rule.is_empty() { p { (report.rule) } }
            p { "The same engine, lists and files give this page again, byte for byte." }
            dl.hashes {
                div { dt { "Engine" } dd { (report.engine) } }
                @for list in &report.lists {
                    div {
                        dt { "List " bdi { (list.name) } }
                        dd { "dataset " (list.dataset) ", " (words::count(list.parties, "party", "parties")) ", version " (list.version) }
                        dd { code { "sha256:" (list.sha256) } }
                    }
                    (files(list))
                }
                @for (name, what) in &report.sources {
                    div { dt { "Source " bdi { (name) } } dd { (what) } }
                }
            }
        }
    }
}
