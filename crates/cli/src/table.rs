//! What a person reads on the terminal.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};
use engine::{
    Answer, Configuration, Counterfactual, Entity, Explained, Hit, Library, NameHit, NameOutcome, NameTried,
    Outcome, Property, Query, Scored, ScreenList, Screening, one_decimal,
};
use serde_json::Value;

use crate::plain::plain;
use crate::waterfall::evidence;

/// Properties of a listed party that a reviewer looks at first, in that order.
const SHOWN: [(Property, &str); 10] = [
    (Property::Program, "programmes"),
    (Property::BirthDate, "born"),
    (Property::BirthPlace, "place of birth"),
    (Property::Nationality, "nationality"),
    (Property::Citizenship, "citizenship"),
    (Property::Country, "country"),
    (Property::PassportNumber, "passport"),
    (Property::IdNumber, "id"),
    (Property::RegistrationNumber, "registration"),
    (Property::ImoNumber, "IMO"),
];

/// Values of one property that a table shows.
const VALUES: usize = 4;

/// The answer to one query: each result with what is listed of it and the evidence.
pub(crate) fn answer(query: &Query, answer: &Answer, screening: &Screening<'_>) -> String {
    let lists: Vec<String> = screening
        .library()
        .lists()
        .iter()
        .map(|l| format!("{} ({} parties, {})", plain(&l.source), l.entities.len(), l.version))
        .collect();
    let mut text = format!("{}\nscreened against {}\n", plain(query.entity().caption()), lists.join(", "));
    if answer.hits.is_empty() {
        text += "no result at this threshold\n";
        let out: usize = screening.out_of_scope().iter().sum();
        if out > 0 {
            text += &format!(
                "the policy {} leaves {out} parties out of scope\n",
                plain(&screening.policy().name)
            );
        }
        text += "\n";
        return text;
    }
    for (number, hit) in answer.hits.iter().enumerate() {
        text += &result(number + 1, query, hit, screening);
    }
    if answer.truncated {
        text += &format!("{}\n", truncated(answer));
    }
    text += &format!("match: {}\n\n", line(screening));
    text
}

/// What is a match, in words.
fn line(screening: &Screening<'_>) -> String {
    let (policy, default) = (screening.policy(), engine::Policy::default());
    let mut text = match screening.thresholds() {
        (lowest, highest) if lowest == highest => format!("score of {lowest} or more"),
        (lowest, highest) => format!("score of {lowest} to {highest} or more, by list and schema"),
    };
    if *policy != default {
        text += &format!(" (policy {})", plain(&policy.name));
    }
    text
}

/// Whether it is a match, and what it lacks where it is none.
fn verdict(scored: &Scored, ruling: &Configuration) -> String {
    match scored.matched {
        true => "MATCH".to_owned(),
        false if scored.score < ruling.match_threshold => "below match".to_owned(),
        false => format!("no match under {} bits", one_decimal(ruling.minimum_bits)),
    }
}

/// What a limit cut.
pub(crate) fn truncated(answer: &Answer) -> String {
    format!("{} of {} results shown; --limit shows more", answer.hits.len(), answer.total)
}

fn result(number: usize, query: &Query, hit: &Hit, screening: &Screening<'_>) -> String {
    let (list, entity) = screening.library().entity(hit.entity);
    let scored = &hit.scored;
    let ruling = screening.ruling(hit.entity).unwrap_or(&screening.policy().default);
    let mut verdict = verdict(scored, ruling);
    if screening.thresholds().0 != screening.thresholds().1 {
        verdict += &format!(" (line {})", ruling.match_threshold);
    }
    let head = format!(
        "\n{number}. {}  [{}, {}]  {verdict}  score {}  {} bits\n",
        plain(entity.caption()),
        plain(&entity.id),
        plain(entity.schema.name()),
        scored.score,
        one_decimal(scored.bits),
    );
    let sentence = format!("   {}\n", plain(&screening.sentence(query, hit)));
    let without = without(&screening.counterfactuals(query, hit), scored.matched);
    let owned = owned(screening.library(), hit.entity);
    head + &sentence + &owned + &listed(scored.name.as_ref(), list, entity) + &evidence(scored) + &without
}

/// Of a company that is on no list: who owns it.
fn owned(library: &Library, place: usize) -> String {
    let Some(owned) = library.owned(place) else { return String::new() };
    let line = |(depth, text): &(usize, String)| format!("   {}{}\n", "   ".repeat(*depth), plain(text));
    format!("   on no list itself:\n{}", owned.lines.iter().map(line).collect::<String>())
}

/// Which of its names met, and what a reviewer looks at first.
fn listed(name: Option<&NameHit>, list: &ScreenList, entity: &Entity) -> String {
    let mut text = String::new();
    if let Some(name) = name {
        text += &format!(
            "   met as {} ({}) on {} {}\n",
            plain(&name.candidate),
            name.property,
            plain(&engine::datasets(list, entity).join(", ")),
            list.version
        );
    }
    let referents: Vec<&str> = engine::referents(entity).collect();
    if !referents.is_empty() {
        text += &format!("   also listed as: {}\n", plain(&referents.join(", ")));
    }
    for (property, label) in &SHOWN {
        let values: Vec<&str> = entity.values(property).collect();
        if !values.is_empty() {
            let more =
                if values.len() > VALUES { format!(" (+{})", values.len() - VALUES) } else { String::new() };
            text += &format!("   {label}: {}{more}\n", plain(&values[..values.len().min(VALUES)].join("; ")));
        }
    }
    text
}

/// What the score would have been without each thing that the query says beside its names.
fn without(counterfactuals: &[Counterfactual], matched: bool) -> String {
    let mut text = String::new();
    for other in counterfactuals {
        let verdict = match (other.matched, matched) {
            (true, false) => ": it would be a match",
            (false, true) => ": it would be no match",
            _ => "",
        };
        text += &format!(
            "   without {}: score {}, {} bits{verdict}\n",
            plain(&other.without),
            other.score,
            one_decimal(other.bits)
        );
    }
    text
}

/// One listed party, whatever its score: `--explain`.
pub(crate) fn explained(query: &Query, explained: &[Explained], screening: &Screening<'_>) -> String {
    let mut text = String::new();
    for party in explained {
        let (list, entity) = screening.library().entity(party.entity);
        text += &format!("{}\n", plain(&party.sentence));
        text += &format!("   {} ({} parties, {})\n", plain(&list.source), list.entities.len(), list.version);
        let name = party.scored.as_ref().and_then(|scored| scored.name.as_ref());
        text += &listed(name, list, entity);
        text += &party.scored.as_ref().map(evidence).unwrap_or_default();
        text += &without(&party.counterfactuals, party.verdict == Outcome::Match);
        text += &names_tried(query.entity(), &party.names);
    }
    text + "\n"
}

/// How each listed name fared on its own.
fn names_tried(query: &Entity, names: &[NameTried]) -> String {
    if names.is_empty() || query.names().next().is_none() {
        return String::new();
    }
    let mut text = "   its names, alone:\n".to_owned();
    for name in names {
        let outcome = match name.outcome {
            NameOutcome::Compared(score) => score.to_string(),
            NameOutcome::NothingAgrees => "no word agrees".to_owned(),
            NameOutcome::WeakByPolicy => "not compared: the policy leaves weak aliases out".to_owned(),
            NameOutcome::WeakOneWord => {
                "not compared: a weak alias of one word meets one-word names only".to_owned()
            }
        };
        text += &format!("     {} ({})  {outcome}\n", plain(&name.candidate), name.property);
    }
    text
}

/// A scored pair of names.
pub(crate) fn scored(scored: &Scored, ruling: &Configuration) -> String {
    let verdict = verdict(scored, ruling);
    format!("{verdict}  score {}  {} bits\n", scored.score, one_decimal(scored.bits)) + &evidence(scored)
}

/// One result as a row of CSV.
pub(crate) fn csv_row(query: &Query, hit: &Hit, library: &Library) -> String {
    let (list, entity) = library.entity(hit.entity);
    let scored = &hit.scored;
    let cells = [
        query.entity().caption().to_owned(),
        entity.id.to_string(),
        entity.caption().to_owned(),
        entity.schema.to_string(),
        engine::datasets(list, entity).join(";"),
        list.version.clone(),
        library.owned(hit.entity).map_or(scored.basis.name(), |_| "owned").to_owned(),
        scored.score.to_string(),
        crate::commands::bits(scored.bits),
        scored.matched.to_string(),
    ];
    csv_line(&cells) + "\n"
}

/// Cells as a record of CSV.
pub(crate) fn csv_line(cells: &[String]) -> String {
    let quoted = |c: &String| {
        let special = c.contains([',', '"', '\n', '\r']);
        if special { format!("\"{}\"", c.replace('"', "\"\"")) } else { c.clone() }
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",")
}

/// A screened file as a table: a line for each row, with its best result.
pub(crate) fn batch(lines: &[u8]) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(["id", "customer", "verdict", "listed party", "list id", "score", "bits", "results"]);
    let text = |value: &Value| plain(value.as_str().unwrap_or_default());
    for line in lines.split(|b| *b == b'\n').filter(|l| !l.is_empty()) {
        let value: Value = serde_json::from_slice(line).unwrap_or_default();
        let names = &value["query"]["properties"]["name"];
        let customer = names.as_array().and_then(|n| n.first()).map(&text).unwrap_or_default();
        let results = value["results"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut row = vec![Cell::new(text(&value["id"])), Cell::new(customer)];
        match (results.first(), value["error"].as_str()) {
            (_, Some(error)) => row.extend([Cell::new("FAILED"), Cell::new(plain(error))]),
            (None, _) => row.push(Cell::new("clear")),
            (Some(best), _) => {
                let verdict = if best["match"] == true { "MATCH" } else { "below match" };
                row.extend([
                    Cell::new(verdict),
                    Cell::new(text(&best["caption"])),
                    Cell::new(text(&best["id"])),
                ]);
                row.extend([right(best["score"].to_string()), right(best["bits"].to_string())]);
                row.push(right(value["total"].to_string()));
            }
        }
        table.add_row(row);
    }
    format!("{table}\n")
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}
