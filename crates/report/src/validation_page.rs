//! The page of a model validation: what was tested and what came of it, first; then the evidence, part by part.

use maud::{Markup, html};
use validation::{Found, Outcome, Row, SPECIAL, Severity, Share, TREATMENTS, Trial, Verdict, requirements};

use crate::page::{STYLE, document};
use crate::{plots, words};

const OWN_STYLE: &str = include_str!("../assets/validation.css");

/// Misses of one kind that the page names; the JSON has all.
const NAMED: usize = 20;

/// Variants below which a cell's percentage says little: shown without colour.
const FEW: usize = 20;

/// A validation as one HTML page. Only what stands under "Time" differs between two runs on the same list and seed.
#[must_use]
pub fn validation_page(outcome: &Outcome) -> String {
    let main = html! {
        (requirement_table(outcome))
        (matrix(outcome))
        (thresholds(outcome))
        (groups(outcome))
        (misses(outcome))
        (alarms(outcome))
        (time(outcome))
        (filter(outcome))
        (provenance(outcome))
    };
    let title = "Validation of the screening filter";
    document(title, &outcome.setting.engine, &[STYLE, OWN_STYLE], &head(outcome), &main)
}

/// 34172 as 34,172.
fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn percent(share: &Share) -> String {
    share.told()
}

fn of(share: &Share) -> String {
    format!("{} of {}", thousands(share.found), thousands(share.of))
}

fn interval(share: &Share) -> String {
    let (low, high) = share.interval();
    format!("{low:.2} to {high:.2}")
}

fn head(outcome: &Outcome) -> Markup {
    let lists: Vec<&str> = outcome
        .setting
        .lists
        .iter()
        .map(|l| l.source.rsplit(['/', '\\']).next().unwrap_or(&l.source))
        .collect();
    html! {
        header.page {
            p.brand { "Interdict \u{b7} model validation" }
            h1 { "Validation of the screening filter" }
            p.finding {
                "Of the " (thousands(outcome.exact.of)) " names on " bdi { (lists.join(", ")) } ", "
                strong { (percent(&outcome.exact)) " %" } " are found as published; of "
                (thousands(outcome.altered.of)) " altered as examiners alter them, "
                strong { (percent(&outcome.altered)) " %" } "; of " (thousands(outcome.alarms.of))
                " names that are not listed, " strong { (format!("{:.1}", outcome.alarms_per_thousand())) " in 1,000" }
                " alarm, at a match line of " (words::score(i32::from(outcome.setting.line))) "."
            }
            dl.figures.four {
                (figure("As published", &outcome.exact))
                (figure("Altered", &outcome.altered))
                (figure("Beyond what is asked", &outcome.stress))
                (figure("False alarms", &outcome.alarms))
            }
            nav aria-label="On this page" {
                ul {
                    li { a href="#requirements" { "Requirements" } }
                    li { a href="#kinds" { "Kinds of alteration" } }
                    li { a href="#thresholds" { "Thresholds" } }
                    li { a href="#groups" { "Names easily lost" } }
                    li { a href="#misses" { "Misses" } }
                    li { a href="#alarms" { "False alarms" } }
                    li { a href="#time" { "Time" } }
                    li { a href="#filter" { "Know your filter" } }
                    li { a href="#provenance" { "Provenance" } }
                }
            }
        }
    }
}

fn figure(name: &str, share: &Share) -> Markup {
    html! {
        div {
            dt { (name) }
            dd { (percent(share)) " %" }
            dd.of { (of(share)) }
            dd.of { "95 %: " (interval(share)) }
        }
    }
}

fn requirement_table(outcome: &Outcome) -> Markup {
    html! {
        section aria-labelledby="requirements" {
            h2 #requirements { "Requirements" }
            table.stack {
                caption { "What examiners ask, the verdict, and the evidence" }
                thead { tr { th scope="col" { "" } th scope="col" { "Asked" } th scope="col" { "Verdict" } th scope="col" { "Evidence" } } }
                tbody {
                    @for r in requirements(outcome) {
                        @let class = match r.verdict { Verdict::Met => "met", Verdict::NotMet => "not-met", Verdict::Shown | Verdict::MetInScope => "shown" };
                        tr {
                            th scope="row" { (r.id) }
                            td { (r.asks) }
                            td data-label="Verdict" { span class=(class) { (r.verdict.name()) } }
                            td data-label="Evidence" { (r.evidence) }
                        }
                    }
                }
            }
        }
    }
}

fn heat(share: &Share) -> &'static str {
    match share {
        s if s.of < FEW => "cell few",
        s if s.percent() >= 99.0 => "cell h5",
        s if s.percent() >= 97.0 => "cell h4",
        s if s.percent() >= 90.0 => "cell h3",
        s if s.percent() >= 75.0 => "cell h2",
        _ => "cell h1",
    }
}

fn matrix(outcome: &Outcome) -> Markup {
    let columns = &outcome.columns;
    let row = |row: &Row| {
        html! {
            tr {
                th scope="row" { (TREATMENTS[row.treatment].title) }
                td.all { strong { (percent(&row.share)) } small { (of(&row.share)) } }
                @for column in columns {
                    @match row.cells.get(column) {
                        Some(share) => td class=(heat(share)) { (percent(share)) small { (of(share)) } },
                        None => td.cell { span.none { "\u{2013}" } },
                    }
                }
            }
        }
    };
    html! {
        section aria-labelledby="kinds" {
            h2 #kinds { "Kinds of alteration" }
            p {
                "Percent found, by kind of alteration, kind of party and script; under each, how many of how many. What "
                "each kind does stands in " a href="#filter" { "Know your filter" } ". "
                span.swatch.h5 { "99 and more" } " " span.swatch.h4 { "97" } " " span.swatch.h3 { "90" } " "
                span.swatch.h2 { "75" } " " span.swatch.h1 { "less" } " "
                em { "fewer than " (FEW) " variants: too few to colour" }
            }
            div.scroll tabindex="0" role="region" aria-label="Kinds of alteration by kind of party and script" {
                table.matrix {
                    thead {
                        tr {
                            th scope="col" { "Alteration" } th scope="col" { "All" }
                            @for column in columns { th scope="col" { (column) } }
                        }
                    }
                    tbody {
                        tr.group { th colspan=(columns.len() + 2) scope="rowgroup" { "Required" } }
                        @for r in outcome.by_severity(Severity::Required) { (row(r)) }
                        tr.group { th colspan=(columns.len() + 2) scope="rowgroup" { "Beyond what is asked" } }
                        @for r in outcome.by_severity(Severity::Stress) { (row(r)) }
                    }
                }
            }
        }
    }
}

fn thresholds(outcome: &Outcome) -> Markup {
    html! {
        section aria-labelledby="thresholds" {
            h2 #thresholds { "Thresholds and calibration" }
            div.plots {
                div { h3 { "Found and false alarms" } (plots::curve(outcome)) }
                div { h3 { "Right results by score" } (plots::calibration(outcome)) }
            }
            p {
                "Calibration counts every result from 0.30 on, of " (thousands(outcome.banded.0))
                " queries for altered listed names and " (thousands(outcome.banded.1))
                " for names that are not listed. How many of a band are right depends on that mix: among real customers "
                "listed parties are far rarer, and so are right results. Another listed party of the same name counts as wrong."
            }
            details {
                summary { "The figures" }
                div.scroll tabindex="0" role="region" aria-label="Figures by threshold" {
                    table {
                        caption { "Found at or above each threshold" }
                        thead { tr { th scope="col" { "Threshold" } th.n scope="col" { "As published" } th.n scope="col" { "Altered" } th.n scope="col" { "Beyond" } th.n scope="col" { "False alarms" } } }
                        tbody { @for p in &outcome.curve { tr {
                            th scope="row" { (words::score(i32::from(p.threshold))) }
                            @for share in [&p.exact, &p.altered, &p.stress, &p.alarms] { td.n { (percent(share)) " % " span.source { (of(share)) } } }
                        } } }
                    }
                    table {
                        caption { "Results of each band of scores that are the right party" }
                        thead { tr { th scope="col" { "From" } th.n scope="col" { "Right" } th.n scope="col" { "Percent" } th.n scope="col" { "95 % interval" } } }
                        tbody { @for b in &outcome.bands { tr {
                            th scope="row" { (words::score(i32::from(b.from))) }
                            td.n { (of(&b.right)) } td.n { (percent(&b.right)) } td.n { (interval(&b.right)) }
                        } } }
                    }
                }
            }
            (at_the_line("Results just above the line", "what a higher line would lose", &outcome.at_the_line[0]))
            (at_the_line("Results just below the line", "what a lower line would add", &outcome.at_the_line[1]))
        }
    }
}

fn at_the_line(title: &str, what: &str, found: &[Found]) -> Markup {
    html! {
        details {
            summary { (title) " (" (found.len()) "): " (what) }
            p.what { "Drawn by lot from the results within 0.05 of the line." }
            table.stack {
                thead { tr { th scope="col" { "Asked for" } th scope="col" { "Met" } th scope="col" { "Party" } th.n scope="col" { "Score" } th scope="col" { "Right" } } }
                tbody { @for f in found { tr {
                    th scope="row" { bdi { (f.query) } }
                    td data-label="met" { bdi { (f.met) } } td data-label="party" { bdi { (f.entity) } }
                    td.n data-label="score" { (words::score(i32::from(f.score))) }
                    td { @if f.right { "right party" } @else if f.placebo { "not listed" } @else { "another party" } }
                } } }
            }
        }
    }
}

fn groups(outcome: &Outcome) -> Markup {
    html! {
        section aria-labelledby="groups" {
            h2 #groups { "Names that are easily lost" }
            table.stack {
                caption { "Groups that examiners found lost in other filters: as published, and altered by the required kinds" }
                thead { tr { th scope="col" { "Group" } th.n scope="col" { "As published" } th.n scope="col" { "Altered" } th.n scope="col" { "95 % interval, altered" } } }
                tbody {
                    @for ((name, what), row) in SPECIAL.iter().zip(&outcome.special) {
                        tr {
                            th scope="row" { (name) " " span.source { (what) } }
                            @for (label, share) in [("as published", &row.exact), ("altered", &row.altered)] {
                                td.n data-label=(label) {
                                    @if share.of == 0 { span.none { "none" } }
                                    @else { (percent(share)) " % " span.source { (of(share)) } }
                                }
                            }
                            td.n data-label="95 % interval, altered" { @if row.altered.of > 0 { (interval(&row.altered)) } @else { "\u{2013}" } }
                        }
                    }
                }
            }
            @if let [first, later @ ..] = &outcome.ranks[..] {
                p {
                    "Where an altered name was found, its party stood first among the results "
                    (thousands(*first)) " times of " (thousands(outcome.altered.found)) "; second to fifth "
                    (thousands(later.first().copied().unwrap_or(0))) ", sixth to tenth "
                    (thousands(later.get(1).copied().unwrap_or(0))) ", later " (thousands(later.get(2).copied().unwrap_or(0))) " times."
                }
            }
        }
    }
}

/// Misses at even steps from the nearest to the farthest.
fn some<'a>(misses: &[&'a Trial]) -> Vec<&'a Trial> {
    let mut sorted = misses.to_vec();
    sorted.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.query.cmp(&b.query)));
    let shown = sorted.len().min(NAMED);
    (0..shown).map(|i| sorted[i * sorted.len() / shown]).collect()
}

fn misses(outcome: &Outcome) -> Markup {
    let of_kind = |kind: Option<usize>| -> Vec<&Trial> {
        outcome.misses.iter().filter(|m| m.treatment == kind && (kind.is_none() || !m.weak)).collect()
    };
    let kinds = |severity| outcome.by_severity(severity).into_iter().map(|row| row.treatment);
    html! {
        section aria-labelledby="misses" {
            h2 #misses { "Misses" }
            p {
                "Names that were not found at the line, with the score that the right party got and the row of the evidence "
                "that lost most. At most " (NAMED) " of each kind, from the nearest miss to the farthest; the JSON has all "
                (thousands(outcome.misses.len())) "."
            }
            @let exact = of_kind(None);
            @if exact.is_empty() { p { "As published: none." } } @else { (misses_of("As published", "", &exact)) }
            @for kind in kinds(Severity::Required).chain(kinds(Severity::Stress)) {
                @let misses = of_kind(Some(kind));
                @if !misses.is_empty() { (misses_of(TREATMENTS[kind].title, TREATMENTS[kind].what, &misses)) }
            }
        }
    }
}

fn misses_of(title: &str, what: &str, misses: &[&Trial]) -> Markup {
    html! {
        details {
            summary { (title) ": " (words::count(misses.len(), "miss", "misses")) }
            p.what { (what) }
            table.stack {
                thead { tr { th scope="col" { "Asked for" } th scope="col" { "Listed" } th.n scope="col" { "Score" } th scope="col" { "What lost most" } } }
                tbody {
                    @for miss in some(misses) {
                        tr {
                            th scope="row" { bdi { (miss.query) } }
                            td data-label="listed" { bdi { (miss.listed) } " " span.source { bdi { (miss.entity) } } }
                            td.n data-label="score" { (words::score(i32::from(miss.score))) }
                            td data-label="what lost most" {
                                @if miss.lost { strong.match { "lost by the search" } " " }
                                @if let Some(reason) = &miss.excused { (reason) }
                                @else if let Some(why) = &miss.why {
                                    (words::kind(&why.kind)) " "
                                    span.why { bdi { (why.query) } @if !why.query.is_empty() && !why.listed.is_empty() { ", " } bdi { (why.listed) } }
                                } @else { "nothing agrees" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn alarms(outcome: &Outcome) -> Markup {
    let placebo = &outcome.setting.placebo;
    html! {
        section aria-labelledby="alarms" {
            h2 #alarms { "False alarms by origin" }
            p {
                @if placebo == "generated" {
                    "Names that are not listed, put together of each origin's most common names, the commoner the oftener: "
                    "the hardest ones for a filter, since the listed bear them too. The rate among real customers is lower. "
                } @else { "Names of the firm's own file, " bdi { (placebo) } ". " }
                (thousands(outcome.setting.placebo_listed)) " that are listed word for word were left out."
                @if outcome.setting.placebo_failed > 0 { " " strong { (thousands(outcome.setting.placebo_failed)) " rows could not be screened." } }
            }
            div.scroll tabindex="0" role="region" aria-label="False alarms by origin" {
                table {
                    thead { tr { th scope="col" { "Origin" } th.n scope="col" { "Alarms" } th.n scope="col" { "Percent" } th.n scope="col" { "95 % interval" } } }
                    tbody { @for (origin, share) in outcome.origins.iter().filter(|(_, s)| s.found > 0) { tr {
                        th scope="row" { bdi { (origin) } } td.n { (of(share)) } td.n { (percent(share)) } td.n { (interval(share)) }
                    } } }
                }
            }
            @let none: Vec<&str> = outcome.origins.iter().filter(|(_, s)| s.found == 0).map(|(o, _)| o.as_str()).collect();
            @if !none.is_empty() { p { "None: " (none.join("; ")) "." } }
            details {
                summary { "The highest false alarms" }
                table.stack {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Met" } th scope="col" { "Origin" } th.n scope="col" { "Score" } } }
                    tbody { @for a in outcome.false_alarms.iter().take(NAMED) { tr {
                        th scope="row" { bdi { (a.query) } }
                        td data-label="met" { bdi { (a.met) } " " span.source { bdi { (a.entity) } } }
                        td data-label="origin" { bdi { (a.origin) } } td.n data-label="score" { (words::score(i32::from(a.score))) }
                    } } }
                }
            }
        }
    }
}

fn time(outcome: &Outcome) -> Markup {
    let t = &outcome.timings;
    let told = |us: u32| {
        if us < 1000 { format!("{us} \u{b5}s") } else { format!("{:.1} ms", f64::from(us) / 1000.0) }
    };
    html! {
        section aria-labelledby="time" {
            h2 #time { "Time" }
            p {
                "The run took " (format!("{:.1}", t.run as f64 / 1000.0)) " s on " (words::count(t.threads, "thread", "threads")) ". Of "
                (thousands(t.sorted.len())) " queries at the line, half took at most " (told(t.quantile(500))) ", 95 % " (told(t.quantile(950)))
                ", 99 % " (told(t.quantile(990))) ", in wall time of a machine that may do other work."
            }
            (plots::latency(t))
            details {
                summary { "The slowest queries" }
                table { tbody { @for (us, query) in &t.slowest { tr { th scope="row" { bdi { (query) } } td.n { (told(*us)) } } } } }
            }
        }
    }
}

fn filter(outcome: &Outcome) -> Markup {
    html! {
        section aria-labelledby="filter" {
            h2 #filter { "Know your filter" }
            p {
                "A name is cut into words with roles: family name, title, particle, legal form, number. The best alignment of two "
                "names is found, and each pair of words gives evidence as Fellegi and Sunter (1969) weigh it: how common the "
                "word is among names at large, less what the variation costs. What is left over counts against. The score "
                "is the part of what is at stake that agrees; a match is a score at or above the line. No score depends on what "
                "else is listed, on time or on chance. Every result and every miss can be shown with the rows it is made of: "
                code { "interdict compare QUERY LISTED" } "."
            }
            p {
                "No stop word is dropped: titles, particles, legal forms and generic words are weighed little, and a name that has "
                "nothing else keeps them. Which words those are, and all spellings, short forms and romanisations, stand in the tables "
                "whose hash is below. Left out of the comparison: names without a letter or digit; weak aliases, only if the "
                "policy says so; a weak alias of one word against a query of several."
            }
            dl.kinds {
                div { dt { "Parameters" } dd { code { (outcome.setting.settings) } } }
                @for row in &outcome.rows {
                    @let treatment = &TREATMENTS[row.treatment];
                    div {
                        dt { (treatment.title) " " small { (treatment.severity.name()) } }
                        dd { (treatment.what) ". " span.source { "applies to " (thousands(row.applicable)) " names" } }
                    }
                }
                div { dt { "Left out" } dd { (thousands(outcome.setting.collisions)) " variants that spell another listed name: who is meant, nobody can say" } }
                div { dt { "Weak aliases" } dd { "altered, they are a group of their own: their publisher does not expect them to be found" } }
            }
        }
    }
}

fn provenance(outcome: &Outcome) -> Markup {
    let s = &outcome.setting;
    let hash =
        |name: Markup, sha256: &str| html! { div { dt { (name) } dd { code { "sha256:" (sha256) } } } };
    html! {
        section aria-labelledby="provenance" {
            h2 #provenance { "Provenance" }
            p { "The same engine, configuration, tables, lists, seed and records give these figures again; only the times differ." }
            dl.hashes {
                div { dt { "Engine" } dd { (s.engine) } }
                div { dt { "Seed, records" } dd { (s.seed) ", " (thousands(s.records)) " asked for" } }
                (hash(html! { "Configuration" }, &s.configuration))
                (hash(html! { "The engine's tables" }, &s.tables))
                @for list in &s.lists {
                    div {
                        dt { "List " bdi { (list.source) } }
                        dd { "dataset " (list.dataset) ", " (words::count(list.parties, "party", "parties")) ", version " (list.version) }
                        @if list.skipped > 0 { dd { strong.match { (list.skipped) " rows could not be read and are not validated" } } }
                        dd { code { "sha256:" (list.sha256) } }
                    }
                    @for file in &list.files { (hash(html! { "File " bdi { (file.name) } }, &file.sha256)) }
                }
                @if let Some(sha256) = &s.placebo_sha256 { (hash(html! { "Unlisted names " bdi { (s.placebo) } }, sha256)) }
                @for table in &s.own_tables { (hash(html! { "Validation's table " (table.name) }, &table.sha256)) }
            }
        }
    }
}
