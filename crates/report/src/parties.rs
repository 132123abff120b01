//! The sections on customers: matches, and those who only look like a listed party.

use maud::{Markup, html};

use crate::evidence::{Asker, strip, told_apart, waterfall};
use crate::view::{Cleared, Customer, Fact, Hit, Nearest, Party};
use crate::words;

/// One match: customer and listed party side by side, the names that met, the evidence.
pub(crate) fn hit(hit: &Hit, number: usize, threshold: i32) -> Markup {
    let Nearest { party, score, bits, .. } = &hit.party;
    let heading = format!("hit-{number}");
    html! {
        article.hit aria-labelledby=(heading) {
            header {
                h3 id=(heading) {
                    span.id { bdi { (hit.customer.id) } } " " bdi { (hit.customer.name) }
                    span.arrow { " may be listed as " } bdi { (party.caption) }
                }
                p.verdict {
                    strong.match { "Match" } " " (words::basis(hit.party.basis))
                    ", score " strong { (words::score(*score)) }
                    ", " (words::bits(*bits)) " bits"
                }
            }
            (strip(&hit.party, threshold))
            div.sides {
                (customer_card(&hit.customer))
                (party_card(party))
            }
            @if let Some(met) = &hit.party.met {
                p.met {
                    "Customer name " q { bdi { (met.query) } } " met listed name " q { bdi { (met.candidate) } }
                    ", " strong { (words::strength(met.strength)) } "."
                    @if met.strength == crate::view::Strength::Weak {
                        " The publisher calls this alias weak: resolve the match on what stands beside it."
                    }
                }
            }
            (waterfall(&hit.party, "Evidence for and against, in the order it was weighed", Asker::Customer))
        }
    }
}

fn customer_card(customer: &Customer) -> Markup {
    html! {
        div.card {
            h4 { "Customer row" }
            dl {
                div { dt { "Row id" } dd { bdi { (customer.id) } } }
                div { dt { "Name" } dd { bdi { (customer.name) } } }
                @if !customer.schema.is_empty() { div { dt { "Schema" } dd { (customer.schema) } } }
                (facts(&customer.facts))
            }
        }
    }
}

pub(crate) fn party_card(party: &Party) -> Markup {
    html! {
        div.card {
            h4 { "Listed party" }
            dl {
                div { dt { "List id" } dd { bdi { (party.id) } " on " (party.dataset) } }
                div { dt { "Primary name" } dd { bdi { (party.caption) } } }
                div { dt { "Schema" } dd { (party.schema) } }
                (facts(&party.facts))
            }
        }
    }
}

/// Values under their property, each with where it stood.
fn facts(facts: &[Fact]) -> Markup {
    let mut properties: Vec<&str> = Vec::new();
    for fact in facts {
        if !properties.contains(&fact.property.as_str()) {
            properties.push(&fact.property);
        }
    }
    html! {
        @for property in properties {
            div {
                dt { (words::property(property)) }
                @for fact in facts.iter().filter(|f| f.property == property) {
                    dd {
                        bdi { (fact.value) }
                        @if let Some(source) = &fact.source { " " span.source { (source) } }
                    }
                }
            }
        }
    }
}

/// A customer whom a listed party resembles, and what tells the two apart.
pub(crate) fn look_alike(customer: &Customer, nearest: &Nearest, number: usize, threshold: i32) -> Markup {
    let heading = format!("clear-{number}");
    let party = &nearest.party;
    html! {
        article.alike aria-labelledby=(heading) {
            header {
                h3 id=(heading) {
                    span.id { bdi { (customer.id) } } " " bdi { (customer.name) }
                    span.arrow { " resembles " } bdi { (party.caption) }
                }
                p.verdict {
                    strong.clear { "Clear" } ", nearest listed party " bdi { (party.id) }
                    ", score " strong { (words::score(nearest.score)) }
                    ", " (words::bits(nearest.bits)) " bits"
                }
            }
            (strip(nearest, threshold))
            (told_apart(nearest))
            details {
                summary { "Customer row and all the evidence" }
                div.sides { (customer_card(customer)) (party_card(party)) }
                (waterfall(nearest, "Evidence for and against, in the order it was weighed", Asker::Customer))
            }
        }
    }
}

/// Customers with whom no listed party shares a name or an identifier, in whole or in part.
pub(crate) fn strangers(cleared: &[Cleared]) -> Markup {
    let strangers: Vec<&Cleared> = cleared.iter().filter(|c| c.nearest.is_none()).collect();
    html! {
        @if !strangers.is_empty() {
            h3 { "No name or identifier in common with any listed party" }
            ul.strangers {
                @for Cleared { customer, .. } in strangers {
                    li { span.id { bdi { (customer.id) } } " " bdi { (customer.name) } }
                }
            }
        }
    }
}
