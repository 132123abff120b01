//! Whom a document names: a card for each listed party, and the others in one list.

use maud::{Markup, html};

use crate::document_page::{Numbered, plain, shown, visible};
use crate::document_view::NamedParty;
use crate::evidence::{Asker, waterfall};
use crate::parties::party_card;
use crate::view::Nearest;
use crate::words;

/// Links to mentions that stand open; those of a party that is named more often are folded.
const OPEN_LINKS: usize = 20;
/// Unlisted parties that stand open.
const OPEN_OTHERS: usize = 40;

pub(crate) fn parties(document: &Numbered<'_>, heading: &str) -> Markup {
    let (listed, others) = (document.parties(true), document.parties(false));
    html! {
        section.parties aria-labelledby=(heading) {
            h3 id=(heading) { "Who is named" }
            @if listed.is_empty() { p { "No party of the lists is named." } }
            div.who { @for &(n, party) in &listed { (listed_party(document, n, party)) } }
            @if !others.is_empty() {
                h4 { "Others, whom the lists do not have" }
                @let (open, folded) = others.split_at(others.len().min(OPEN_OTHERS));
                (unlisted(document, open))
                @if !folded.is_empty() {
                    details { summary { (folded.len()) " more" } (unlisted(document, folded)) }
                }
            }
        }
    }
}

fn listed_party(document: &Numbered<'_>, n: usize, party: &NamedParty) -> Markup {
    let id = document.id("party", n);
    let claims = document.view.claims.iter().enumerate();
    let claims = claims.filter(|(_, c)| c.subject.party == Some(n) || c.object.party == Some(n));
    let claims: Vec<usize> = claims.map(|(claim, _)| claim).collect();
    html! {
        article.party aria-labelledby=(id) {
            h4 id=(id) tabindex="-1" {
                (shown(&party.name))
                @if let Some(one) = party.listed.first() { span.arrow { " may be listed as " } (shown(&one.party.caption)) }
            }
            @if let Some(one) = party.listed.first() {
                p.verdict {
                    strong.match { "Alert" } " " bdi { (one.party.id) } " on " (one.party.dataset)
                    @for fact in one.party.facts.iter().filter(|fact| fact.property == "program") {
                        ", " bdi { (fact.value) }
                    }
                }
                p.verdict {
                    "Score " strong { (words::score(one.score)) } ", " (words::bits(one.bits)) " bits."
                }
            }
            div.places {
                "Named " strong { (words::count(document.mentions[n].len(), "time", "times")) } ": "
                (mentions(document, n, party))
            }
            @if !claims.is_empty() {
                div.places {
                    (if claims.len() == 1 { "Claim: " } else { "Claims: " })
                    @for (i, &claim) in claims.iter().enumerate() {
                        @if i > 0 { " " }
                        a href=(document.to("claim", claim)) aria-label=(format!("Claim {}", claim + 1)) { (claim + 1) }
                    }
                }
            }
            details {
                summary { "Why: the evidence" @if party.listed.len() > 1 { ", and who else it may be" } }
                @for one in &party.listed { (why(one)) }
            }
        }
    }
}

/// The listed party in full, and the comparison.
fn why(nearest: &Nearest) -> Markup {
    html! {
        (party_card(&nearest.party))
        @if let Some(met) = &nearest.met {
            p.met {
                "The document\u{2019}s name " q { (shown(&met.query)) } " met listed name " q { bdi { (met.candidate) } }
                ", " strong { (words::strength(met.strength)) } ", score " (words::score(nearest.score)) "."
            }
        }
        (waterfall(nearest, "Evidence for and against, in the order it was weighed", Asker::Document))
    }
}

/// Links to every mention of a party.
fn mentions(document: &Numbered<'_>, n: usize, party: &NamedParty) -> Markup {
    let mentions = &document.mentions[n];
    let (open, folded) = mentions.split_at(mentions.len().min(OPEN_LINKS));
    let links = |from: usize, links: &[(usize, Option<u32>)]| {
        html! {
            @for (i, &(mention, page)) in links.iter().enumerate() {
                @if i > 0 { " " }
                @let place = format!("Mention {} of {}", from + i + 1, party.name);
                @let place = page.map_or(place.clone(), |page| format!("{place}, page {page}"));
                a href=(document.to("mention", mention)) aria-label=(visible(&place)) { (from + i + 1) }
            }
        }
    };
    html! {
        (links(0, open))
        @if !folded.is_empty() {
            details.links { summary { (folded.len()) " more mentions" } (links(open.len(), folded)) }
        }
    }
}

/// Parties in one line each after the other: their names lead to the first mention.
fn unlisted(document: &Numbered<'_>, parties: &[(usize, &NamedParty)]) -> Markup {
    html! {
        ul.others {
            @for &(n, party) in parties {
                li id=(document.id("party", n)) tabindex="-1" {
                    span.name { (shown(&party.name)) } " "
                    span.source { (plain(&party.schema)) }
                    @if !document.mentions[n].is_empty() { " " (mentions(document, n, party)) }
                }
            }
        }
    }
}
