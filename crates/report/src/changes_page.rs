//! The page of changes: what an authority did, programme by programme, each change side by side.

use maud::{Markup, html};

use crate::changes_view::{ChangeKind, ChangedParty, ChangedProperty, ListChanges, ProgrammeChanges};
use crate::page::{STYLE, document, files};
use crate::view::ListSource;
use crate::words;

const OWN_STYLE: &str = include_str!("../assets/changes.css");

/// Parties of one kind and programme that stand open; a longer list is folded under its heading.
const OPEN: usize = 40;

const KINDS: [ChangeKind; 3] = [ChangeKind::Added, ChangeKind::Removed, ChangeKind::Changed];

/// The changes from one version of a list to another as one HTML page.
#[must_use]
pub fn changes_page(changes: &ListChanges) -> String {
    let main = html! {
        (overview(changes))
        @for (n, programme) in changes.programmes.iter().enumerate() { (section(programme, n)) }
        (provenance(changes))
    };
    let title = format!("What changed on {}", changes.new.dataset);
    document(&title, &changes.engine, &[STYLE, OWN_STYLE], &head(changes, &title), &main)
}

fn name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "Added",
        ChangeKind::Removed => "Removed",
        ChangeKind::Changed => "Changed",
    }
}

fn class(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "kind added",
        ChangeKind::Removed => "kind removed",
        ChangeKind::Changed => "kind changed",
    }
}

fn count<'a>(parties: impl IntoIterator<Item = &'a ChangedParty>, kind: ChangeKind) -> usize {
    parties.into_iter().filter(|party| party.kind == kind).count()
}

fn file(list: &ListSource) -> &str {
    list.name.rsplit(['/', '\\']).next().unwrap_or(&list.name)
}

fn shown(programme: &ProgrammeChanges) -> &str {
    if programme.programme.is_empty() { "No programme" } else { &programme.programme }
}

fn head(changes: &ListChanges, title: &str) -> Markup {
    let all = || changes.programmes.iter().flat_map(|programme| &programme.parties);
    let [added, removed, changed] = KINDS.map(|kind| count(all(), kind));
    html! {
        header.page {
            p.brand { "Interdict \u{b7} list changes" }
            h1 { (title) }
            p.finding {
                "From " bdi { (file(&changes.old)) } " to " bdi { (file(&changes.new)) } ": "
                strong { (words::count(added, "party", "parties")) " added" } ", "
                strong { (removed) " removed" } ", " strong { (changed) " changed" } "."
            }
            @for warning in &changes.warnings {
                p.notice role="note" { strong { "Please note. " } (warning) }
            }
            dl.figures {
                div { dt { "Added" } dd { (added) } }
                div { dt { "Removed" } dd { (removed) } }
                div { dt { "Changed" } dd { (changed) } }
                div.list {
                    dt { "Listed parties" }
                    dd { (changes.old.parties) " \u{2192} " (changes.new.parties) }
                    dd.version { (changes.old.version) " \u{2192} " (changes.new.version) }
                }
            }
        }
    }
}

fn overview(changes: &ListChanges) -> Markup {
    html! {
        section aria-labelledby="overview" {
            h2 #overview { "By programme" }
            @if changes.programmes.is_empty() {
                p { "Nothing that is published of any party changed." }
            } @else {
                table.programmes {
                    caption { "A party stands under the programme that it came under or left, else under its first" }
                    thead {
                        tr {
                            th scope="col" { "Programme" }
                            @for kind in KINDS { th.n scope="col" { (name(kind)) } }
                        }
                    }
                    tbody {
                        @for (n, programme) in changes.programmes.iter().enumerate() {
                            tr {
                                th scope="row" { a href=(format!("#programme-{n}")) { bdi { (shown(programme)) } } }
                                @for kind in KINDS {
                                    @let count = count(&programme.parties, kind);
                                    td.n { @if count > 0 { (count) } @else { span.none { "\u{2013}" } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn section(programme: &ProgrammeChanges, number: usize) -> Markup {
    let heading = format!("programme-{number}");
    html! {
        section aria-labelledby=(heading) {
            h2 id=(heading) { bdi { (shown(programme)) } }
            @for kind in KINDS {
                @let parties: Vec<_> = programme.parties.iter().filter(|party| party.kind == kind).collect();
                @let said = format!("{} {}", parties.len(), name(kind).to_lowercase());
                @let many = parties.len() > OPEN;
                @let parties = html! {
                    div.cards[kind != ChangeKind::Changed] {
                        @for one in parties { (party(one, &programme.programme)) }
                    }
                };
                @if many { details.many { summary { (said) } (parties) } } @else { (parties) }
            }
        }
    }
}

fn party(party: &ChangedParty, programme: &str) -> Markup {
    html! {
        article.change {
            header {
                h3 { bdi { (party.caption) } }
                p.verdict {
                    span class=(class(party.kind)) { (name(party.kind)) } " "
                    bdi { (party.id) } ", " (party.schema)
                }
            }
            @if party.kind == ChangeKind::Changed { (side_by_side(&party.changes)) }
            @else { (card(party, programme)) }
        }
    }
}

/// All that is published of a party that came, or was of one that went.
fn card(party: &ChangedParty, programme: &str) -> Markup {
    // The name heads the card and the programme the section; that whoever is listed is sanctioned need not be said of
    // each.
    let heads = |property: &str, value: &str| match property {
        "name" => value == party.caption,
        "program" => value == programme,
        property => property == "topics",
    };
    html! {
        div.card {
            dl {
                @for change in &party.changes {
                    @let values = change.removed.iter().chain(&change.added);
                    @let values: Vec<_> = values.filter(|value| !heads(&change.property, value)).collect();
                    @if !values.is_empty() {
                        div { dt { (label(&change.property)) } @for value in values { dd { bdi { (value) } } } }
                    }
                }
            }
        }
    }
}

fn side_by_side(changes: &[ChangedProperty]) -> Markup {
    html! {
        table.sides-by-side {
            thead { tr { th scope="col" { "Property" } th scope="col" { "No longer published" } th scope="col" { "Now published" } } }
            tbody {
                @for change in changes {
                    tr {
                        th scope="row" { (label(&change.property)) }
                        (values(&change.removed, "No longer published", true))
                        (values(&change.added, "Now published", false))
                    }
                }
            }
        }
    }
}

fn values(values: &[String], what: &str, gone: bool) -> Markup {
    html! {
        td.empty[values.is_empty()] data-label=(what) {
            @if values.is_empty() { span.none { "\u{2013}" } }
            @if gone {
                @for value in values { del { bdi { (value) } } }
            } @else {
                @for value in values { ins { bdi { (value) } } }
            }
        }
    }
}

/// `birthDate` in the words of the field; `Passport:country` is the country of a passport.
fn label(property: &str) -> String {
    let property = &property.replace("UnknownLink", "Relation");
    match property.split_once(':') {
        Some((schema, property)) => {
            format!("{}: {}", words::property(schema), words::property(property).to_lowercase())
        }
        None => words::property(property),
    }
}

fn provenance(changes: &ListChanges) -> Markup {
    html! {
        section aria-labelledby="provenance" {
            h2 #provenance { "Provenance" }
            p {
                "Compared is what the list publishes, in no order; parties are told apart by their ids. The same engine \
                 and list files give this page again, byte for byte."
            }
            dl.hashes {
                div { dt { "Engine" } dd { (changes.engine) } }
                @for (which, list) in [("Older", &changes.old), ("Newer", &changes.new)] {
                    div {
                        dt { (which) " version" }
                        dd { bdi { (list.name) } ", dataset " (list.dataset) ", " (words::count(list.parties, "party", "parties")) }
                        dd { code { "sha256:" (list.sha256) } }
                    }
                    (files(list))
                }
            }
        }
    }
}
