//! The evidence between a customer and a listed party: the score's strip, the waterfall and its table.

use maud::{Markup, html};

use crate::chart::{Waterfall, score_strip};
use crate::view::{EvidenceRow, Nearest};
use crate::words;

/// Whose name was compared with the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    Customer,
    Document,
}

impl Asker {
    fn head(self) -> &'static str {
        match self {
            Self::Customer => "Customer",
            Self::Document => "Document",
        }
    }

    /// What a kind of evidence says.
    fn kind(self, code: &str) -> String {
        match (self, code) {
            (Self::Document, "only_query") => "only in the document".to_owned(),
            _ => words::kind(code),
        }
    }
}

/// The score on its scale, with the line of the policy.
pub(crate) fn strip(nearest: &Nearest, threshold: i32) -> Markup {
    let side = if nearest.score >= threshold { "at or above" } else { "below" };
    let (score, line) = (words::score(nearest.score), words::score(threshold));
    let label = format!("Score {score} on a scale from 0 to 1, {side} the match threshold {line}");
    html! {
        div.scale {
            (score_strip(&nearest.evidence, threshold, &label))
            p.ticks aria-hidden="true" {
                span { "0" }
                span.at style=(format!("--at:{}.{:02}%", threshold / 100, threshold % 100)) {
                    "match from " (line)
                }
                span { "1" }
            }
        }
    }
}

/// The waterfall: each row of evidence with its bar, and the same in numbers. Roles are spelled out because a narrow
/// screen lays the rows out as blocks, which would else take the table from a screen reader.
pub(crate) fn waterfall(nearest: &Nearest, caption: &str, asker: Asker) -> Markup {
    let waterfall = Waterfall::new(&nearest.evidence);
    let stake: i64 = nearest.evidence.iter().map(|row| i64::from(row.stake)).sum();
    html! {
        table.evidence role="table" {
            caption { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    th scope="col" role="columnheader" { "Evidence" }
                    th scope="col" role="columnheader" { (asker.head()) }
                    th scope="col" role="columnheader" { "Listed" }
                    th.bars scope="col" role="columnheader" { "Bits against and for, running total" }
                    th.n scope="col" role="columnheader" { "Bits" }
                    th.n scope="col" role="columnheader" { "Total" }
                    th.n scope="col" role="columnheader" { "Share" }
                    th.n scope="col" role="columnheader" { "Of" }
                }
            }
            tbody role="rowgroup" {
                @for (i, row) in nearest.evidence.iter().enumerate() {
                    tr role="row" {
                        th scope="row" role="rowheader" { (what(row, asker)) }
                        td.q role="cell" { (words_of(&row.query, &row.feature)) }
                        td.c role="cell" { (words_of(&row.candidate, &row.feature)) }
                        td.bars role="cell" { (waterfall.bar(i)) }
                        td.n.bits role="cell" { (words::signed_bits(row.bits)) }
                        td.n.sum role="cell" { (running(&waterfall, i)) }
                        td.n.share role="cell" {
                            @if row.gain != 0 || row.stake != 0 { (words::score(row.share)) } @else { "\u{2013}" }
                        }
                        td.n.of role="cell" {
                            @if row.stake != 0 { (words::score(part(row.stake, stake))) } @else { "\u{2013}" }
                        }
                    }
                }
            }
            tfoot role="rowgroup" {
                tr role="row" {
                    th scope="row" role="rowheader" { "All evidence" }
                    td.q role="cell" {}
                    td.c role="cell" {}
                    td.bars role="cell" { (waterfall.total()) }
                    td.n.bits role="cell" { (words::signed_bits(nearest.bits)) }
                    td.n.sum role="cell" { (words::bits(nearest.bits)) }
                    td.n.share role="cell" { (words::score(nearest.score)) }
                    td.n.of role="cell" { @if stake > 0 { (words::score(10_000)) } @else { "\u{2013}" } }
                }
            }
        }
    }
}

/// What a row puts at stake, in ten-thousandths of all that is.
fn part(stake: i32, all: i64) -> i32 {
    ((i64::from(stake) * 20_000 + all) / (2 * all.max(1))) as i32
}

fn running(waterfall: &Waterfall, row: usize) -> String {
    let to = waterfall.steps.get(row).map_or(0, |s| s.to);
    words::bits(i32::try_from(to).unwrap_or(i32::MAX))
}

/// "Name: spelling variant".
fn what(row: &EvidenceRow, asker: Asker) -> Markup {
    html! {
        span.feature { (words::property(&row.feature)) }
        " "
        span.kind { (asker.kind(&row.kind)) @if row.disguised { " (looks disguised)" } }
        @if let Some(note) = &row.note { " " span.note { (note) } }
    }
}

/// Words as typed or published; codes in capitals, as they stand in a passport.
fn words_of(text: &str, feature: &str) -> Markup {
    let code = feature == "country" && text.split(' ').all(|c| c.len() == 2);
    html! {
        @if text.is_empty() { span.none { "\u{2013}" } }
        @else if code { bdi { (text.to_uppercase()) } }
        @else { bdi { (text) } }
    }
}

/// What two parties that are not one have in common, and what tells them apart.
pub(crate) fn told_apart(nearest: &Nearest) -> Markup {
    let (common, apart): (Vec<&EvidenceRow>, Vec<&EvidenceRow>) =
        nearest.evidence.iter().filter(|row| row.kind != "best_of").partition(|row| row.bits > 0);
    html! {
        div.apart {
            div {
                h4 { "In common" }
                ul { @for row in common { li { (said(row)) } } }
            }
            div {
                h4 { "Told apart by" }
                @if apart.is_empty() { p { "Too little in common; see the evidence." } }
                ul { @for row in apart { li { (said(row)) } } }
            }
        }
    }
}

fn said(row: &EvidenceRow) -> Markup {
    let both = !row.query.is_empty() && !row.candidate.is_empty();
    let relation = if row.bits > 0 && row.query.to_lowercase() != row.candidate.to_lowercase() {
        " like listed "
    } else {
        " against listed "
    };
    html! {
        span.feature { (words::property(&row.feature)) }
        " "
        @if both && row.query.to_lowercase() == row.candidate.to_lowercase() {
            (words_of(&row.candidate, &row.feature))
        } @else if both {
            (words_of(&row.query, &row.feature)) (relation) (words_of(&row.candidate, &row.feature))
        } @else if row.query.is_empty() {
            (words_of(&row.candidate, &row.feature)) " only on the list"
        } @else {
            (words_of(&row.query, &row.feature)) " only with the customer"
        }
        " "
        span.weight { "(" (words::signed_bits(row.bits)) " bits)" }
    }
}
