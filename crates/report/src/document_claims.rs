//! What a document claims: each claim as a sentence with its standing, whose word it is, and the words themselves.

use maud::{Markup, html};

use crate::document_page::{Numbered, plain, shown};
use crate::document_view::{ClaimView, Said};
use crate::words;

pub(crate) fn claims(document: &Numbered<'_>, heading: &str) -> Markup {
    let claims = &document.view.claims;
    let (contradicted, rest) = contradictions(claims);
    let (apart, stand): (Vec<usize>, Vec<usize>) =
        rest.into_iter().partition(|&n| is_rejected(&claims[n].status));
    html! {
        section.claims aria-labelledby=(heading) tabindex="0" {
            h3 id=(heading) { "Claims" }
            @if claims.is_empty() { p { "The document claims nothing that could be told apart." } }
            @else { (standings(claims)) }
            @if !contradicted.is_empty() {
                h4 { "Contradicted" }
                @for group in &contradicted {
                    div.contradicted {
                        p.kind-of-group { "These do not agree" }
                        ol { @for &n in group { (claim(document, n)) } }
                    }
                }
            }
            @if !stand.is_empty() {
                @if !contradicted.is_empty() || !apart.is_empty() { h4 { "Said, and not contradicted here" } }
                ol { @for &n in &stand { (claim(document, n)) } }
            }
            @if !apart.is_empty() {
                div.apart-from {
                    h4 { "Denied, or without evidence by the document\u{2019}s own word" }
                    ol { @for &n in &apart { (claim(document, n)) } }
                }
            }
        }
    }
}

fn claim(document: &Numbered<'_>, n: usize) -> Markup {
    let claim = &document.view.claims[n];
    let (mark, status, _) = words::standing(&claim.status);
    let contrary: Vec<usize> = contraries(&document.view.claims, n);
    html! {
        li.claim.rejected[is_rejected(&claim.status)] id=(document.id("claim", n)) tabindex="-1" {
            p.standing-of {
                span.number { (n + 1) } " " span.unseen { "Status: " }
                strong class=(format!("status {}", class(&claim.status))) {
                    span aria-hidden="true" { (mark) " " } (status)
                }
                @if let Some(date) = &claim.date { " " span.source { (shown(date)) } }
            }
            p.statement {
                (side(document, &claim.subject)) " "
                span.predicate { (words::predicate(&claim.predicate)) } " "
                (side(document, &claim.object))
            }
            p.chain {
                "On the word of: "
                @for (i, source) in claim.attribution.iter().enumerate() {
                    @if i > 0 { span.then { " \u{203a} " } }
                    (shown(&source.name))
                    @if !source.role.is_empty() { " " span.source { "(" (shown(&source.role)) ")" } }
                }
                @if claim.attribution.is_empty() { span.none { "nobody whom the document names" } }
            }
            blockquote dir="auto" { p { (plain(claim.quote.trim())) } }
            p.links {
                @if document.quoted[n] {
                    a href=(document.to("quote", n)) { "In the text" span.unseen { ", claim " (n + 1) } }
                }
                @if let Some(page) = claim.page { " page " (page) }
                @if !contrary.is_empty() {
                    span.contrary {
                        "Contradicted by "
                        @for (i, &other) in contrary.iter().enumerate() {
                            @if i > 0 { ", " }
                            a href=(document.to("claim", other)) { "claim " (other + 1) }
                        }
                    }
                }
            }
        }
    }
}

/// A side of a claim; a party leads to who it is.
fn side(document: &Numbered<'_>, said: &Said) -> Markup {
    let party = said.party.and_then(|n| Some((n, document.view.parties.get(n)?)));
    html! {
        @match party {
            Some((n, party)) => a.mention.listed[!party.listed.is_empty()] href=(document.to("party", n)) {
                (shown(&said.name)) @if !party.listed.is_empty() { span.unseen { " (may be listed)" } }
            },
            None => span.object { (shown(&said.name)) },
        }
    }
}

/// What the statuses mean that the document's claims have.
fn standings(claims: &[ClaimView]) -> Markup {
    let mut used: Vec<&str> = claims.iter().map(|claim| claim.status.as_str()).collect();
    used.sort_unstable();
    used.dedup();
    html! {
        details.standings {
            summary { "What a status means" }
            dl {
                @for (mark, status, meaning) in used.into_iter().map(words::standing) {
                    div { dt { span aria-hidden="true" { (mark) " " } (status) } dd { (meaning) } }
                }
            }
        }
    }
}

/// Whether those who are named with the claim, or the document, stand against it.
fn is_rejected(status: &str) -> bool {
    matches!(status, "denied" | "unsubstantiated")
}

/// A class for the style; a status of another kind has none of its own.
fn class(status: &str) -> &str {
    match status {
        "designated" | "charged" | "convicted" => "act",
        "denied" | "unsubstantiated" => "rejected",
        "historical" => "past",
        _ => "said",
    }
}

/// The claims that say the contrary of one, whichever of the two says so.
fn contraries(claims: &[ClaimView], n: usize) -> Vec<usize> {
    let says = |from: usize, to: usize| claims[from].contradicts.contains(&to);
    (0..claims.len()).filter(|&other| other != n && (says(n, other) || says(other, n))).collect()
}

/// The claims that contradict each other, in groups, and the others, both in the order of the text.
fn contradictions(claims: &[ClaimView]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut group: Vec<usize> = (0..claims.len()).collect();
    for (n, claim) in claims.iter().enumerate() {
        for &other in claim.contradicts.iter().filter(|&&other| other < claims.len()) {
            let (one, two) = (group[n].min(group[other]), group[n].max(group[other]));
            group.iter_mut().filter(|of| **of == two).for_each(|of| *of = one);
        }
    }
    let members = |of: usize| (0..claims.len()).filter(|&n| group[n] == of).collect::<Vec<_>>();
    let groups: Vec<_> = (0..claims.len()).map(members).filter(|members| members.len() > 1).collect();
    let rest = (0..claims.len()).filter(|n| !groups.iter().any(|group| group.contains(n)));
    let rest = rest.collect();
    (groups, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_that_contradict_each_other_stand_together() {
        let check = |contradicts: &[&[usize]], groups: &[&[usize]], rest: &[usize]| {
            let claim = |of: &&[usize]| ClaimView { contradicts: of.to_vec(), ..ClaimView::default() };
            let claims: Vec<_> = contradicts.iter().map(claim).collect();
            let (found, others) = contradictions(&claims);
            assert_eq!((found, others.as_slice()), (groups.iter().map(|g| g.to_vec()).collect(), rest));
        };
        check(&[], &[], &[]);
        check(&[&[], &[], &[]], &[], &[0, 1, 2]);
        check(&[&[2], &[], &[]], &[&[0, 2]], &[1]);
        check(&[&[], &[], &[1, 3], &[]], &[&[1, 2, 3]], &[0]);
        check(&[&[0, 9], &[]], &[], &[0, 1]);
    }
}
