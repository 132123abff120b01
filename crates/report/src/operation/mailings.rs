//! A mailing: its text with slots, and what its recipients say of where they were taken from.

use maud::{Markup, html};

use super::view::{AlternativeView, MailingView, SourceWeight, TextPart};
use crate::document_page::shown;
use crate::words;

/// log10 of ratios that the scale shows, and where it becomes evidence.
const SCALE: std::ops::RangeInclusive<i32> = -10..=20;
const ENOUGH: i32 = 4;

/// Senders that are named.
const SENDERS: usize = 4;

pub(super) fn mailing(one: &MailingView, number: usize) -> Markup {
    let source = &one.source;
    html! {
        article.mailing aria-label=(format!("Mailing {number}")) {
            p.verdict {
                "Mailing " (number) ": " (words::count(one.copies, "copy", "copies")) " "
                @if source.drawn_from_exposed { strong.match { "Drawn from the exposed records" } }
                @else if source.linked == 0 { span.clear { "No recipient linked" } }
                @else { span.clear { "Source not distinguishable" } }
            }
            div.sides {
                div.card {
                    h4 { "Text, with what was filled in for each recipient" }
                    p.template {
                        @for part in &one.text {
                            @match part {
                                TextPart::Fixed(text) => (shown(text)),
                                TextPart::Slot(kind) => span.slot { (kind) },
                            }
                        }
                    }
                    dl {
                        div { dt { "From" } dd { @for (n, sender) in one.senders.iter().take(SENDERS).enumerate() { @if n > 0 { ", " } (shown(sender)) }
                            @if one.senders.len() > SENDERS { " and " (one.senders.len() - SENDERS) " more" } } }
                        div { dt { "Sent" } dd { span.at { (one.first) } " to " span.at { (one.last) } } }
                        @for (flag, reason) in &one.flags { div { dt { (words::property(flag)) } dd { (shown(reason)) } } }
                    }
                }
                div.card { h4 { "Where its recipients come from" } (weight(source)) }
            }
        }
    }
}

fn weight(source: &SourceWeight) -> Markup {
    if source.linked == 0 {
        return html! { p { (shown(&source.reason)) "." } };
    }
    let spared = source.linked.saturating_sub(source.exposed);
    let unknown = source.recipients.saturating_sub(source.linked);
    html! {
        p { (shown(&source.reason)) "." }
        (groups(source.exposed, spared, unknown))
        ul.groups {
            li.exposed { (source.exposed) " whose record came back" }
            li.spared { (spared) " with a record that did not" }
            li.unknown { (unknown) " linked to no record" }
        }
        table.ratios {
            caption { "How much likelier the recipients are if drawn from the exposed records than from" }
            thead { tr { th scope="col" { "Another source" } th.n scope="col" { "Base rate" } th.n scope="col" { "Ratio" } } }
            tbody { @for other in &source.alternatives { (alternative(other)) } }
        }
        @if !source.pseudonyms.is_empty() {
            p.source { "Recipients, by pseudonym: " @for (n, name) in source.pseudonyms.iter().enumerate() { @if n > 0 { ", " } code { (name) } } " \u{2026}" }
        }
    }
}

/// The recipients by group, as one strip.
fn groups(exposed: usize, spared: usize, unknown: usize) -> Markup {
    let all = (exposed + spared + unknown).max(1);
    let at = |n: usize| format!("{:.3}", 100.0 * n as f64 / all as f64);
    html! {
        svg.strip viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
            rect.ground x="0" y="0" width="100" height="10" {}
            rect.spared x=(at(exposed)) y="0" width=(at(spared)) height="10" {}
            rect.exposed x="0" y="0" width=(at(exposed)) height="10" {}
        }
    }
}

fn alternative(other: &AlternativeView) -> Markup {
    let ratio = f64::from(other.log10_ratio) / 100.0;
    // Rounded down: what is printed must not flatter the exposed records.
    let printed = format!("{:.1}", (ratio * 10.0).floor() / 10.0).replace('-', "\u{2212}");
    let enough = ratio >= f64::from(ENOUGH);
    html! {
        tr {
            th scope="row" { (words::source(&other.name)) }
            td.n { (format!("{:.2}", f64::from(other.base_rate) / 10_000.0)) }
            td.n { "10" sup { (printed) } }
        }
        tr.scale { td colspan="3" { (scale(ratio, enough)) } }
    }
}

/// The ratio on a scale of powers of ten, with the line from which on it is evidence.
fn scale(ratio: f64, enough: bool) -> Markup {
    let (low, high) = (f64::from(*SCALE.start()), f64::from(*SCALE.end()));
    let at = |x: f64| 100.0 * (x.clamp(low, high) - low) / (high - low);
    let (zero, end, line) = (at(0.0), at(ratio), at(f64::from(ENOUGH)));
    let shown = |x: f64| format!("{x:.3}");
    html! {
        svg.ratio viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
            rect.ground x="0" y="0" width="100" height="10" {}
            rect class=(if enough { "for" } else { "against" }) x=(shown(zero.min(end))) y="1" width=(shown((end - zero).abs())) height="8" {}
            line.zero x1=(shown(zero)) x2=(shown(zero)) y1="0" y2="10" {}
            line.threshold x1=(shown(line)) x2=(shown(line)) y1="0" y2="10" {}
        }
    }
}
