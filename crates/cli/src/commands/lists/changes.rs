//! What changed on a list, as a person reads it on the terminal.

use engine::{Entity, ListDiff, PartyChange, Property, ScreenList, by_programme};

use crate::plain::plain;

/// Parties that the table names; the other forms have all of them.
const SHOWN: usize = 300;

/// What a reader wants to know first of a party that came or went.
const FIRST: [(Property, &str); 4] = [
    (Property::BirthDate, "born "),
    (Property::IdNumber, "id "),
    (Property::ImoNumber, "IMO "),
    (Property::RegistrationNumber, "registration "),
];

pub(super) fn summary(diff: &ListDiff<'_>) -> String {
    let [added, removed, changed] = [&diff.added, &diff.removed, &diff.changed].map(Vec::len);
    format!("{added} added, {removed} removed, {changed} changed")
}

pub(super) fn as_text(diff: &ListDiff<'_>, old: &ScreenList, new: &ScreenList) -> String {
    let mut text = String::new();
    for (which, list) in [("old", old), ("new", new)] {
        let (source, dataset) = (plain(&list.source), plain(&list.dataset));
        text += &format!("{which}  {source}  {dataset}  {} parties  {}\n", list.entities.len(), list.version);
    }
    if diff.is_empty() {
        return text + "\nnothing changed\n";
    }
    let (mut shown, total) = (0, diff.all().count());
    for (programme, parties) in by_programme(diff) {
        if shown == SHOWN {
            break;
        }
        text += &format!("\n{}  {}\n", plain(programme.unwrap_or("no programme")), counts(&parties));
        for party in parties {
            if shown == SHOWN {
                break;
            }
            text += &told(party);
            shown += 1;
        }
    }
    if shown < total {
        text +=
            &format!("\n{shown} of {total} parties shown; --output changes.html or --format json has all\n");
    }
    text
}

/// Of one programme: `6 added, 1 changed`.
fn counts(parties: &[&PartyChange<'_>]) -> String {
    let count = |old: bool, new: bool| {
        parties.iter().filter(|p| (p.old.is_some(), p.new.is_some()) == (old, new)).count()
    };
    let kinds =
        [("added", count(false, true)), ("removed", count(true, false)), ("changed", count(true, true))];
    let told = kinds.iter().filter(|(_, n)| *n > 0).map(|(what, n)| format!("{n} {what}"));
    told.collect::<Vec<_>>().join(", ")
}

fn told(change: &PartyChange<'_>) -> String {
    let party = change.party();
    let sign = match (change.old, change.new) {
        (None, _) => '+',
        (_, None) => '-',
        _ => '~',
    };
    let mut text =
        format!("  {sign} {}  {}  {}", plain(&party.id), plain(party.caption()), plain(party.schema.name()));
    if sign != '~' {
        text += &first(party);
        return text + "\n";
    }
    text += "\n";
    for c in &change.changes {
        text += &format!("      {}\n", plain(&c.property));
        let lines = c.removed.iter().map(|v| ('-', v)).chain(c.added.iter().map(|v| ('+', v)));
        text += &lines.map(|(sign, value)| format!("        {sign} {}\n", plain(value))).collect::<String>();
    }
    text
}

fn first(party: &Entity) -> String {
    let value = |(property, label): &(Property, &str)| {
        party.first(property).map(|value| format!("  {label}{}", plain(value)))
    };
    FIRST.iter().filter_map(value).collect()
}
