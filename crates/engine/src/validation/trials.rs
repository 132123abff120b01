//! Listed names, put to the filter as published and altered.

use std::time::Duration;

use model::{NameStrength, Property, Schema};
use validation::{Drawn, SPECIAL, Subject, TREATMENTS, Trial, Why};

use super::filter::Filter;
use crate::{Entity, Query};

/// A clock that only ever runs on; libraries have none of their own.
pub type Clock<'a> = &'a (dyn Fn() -> Duration + Sync);

/// A listed name and where its party stands in the library.
pub(crate) struct Name<'a> {
    pub(crate) subject: Subject<'a>,
    pub(crate) place: usize,
    pub(crate) party: &'a Entity,
}

/// Every name of every listed party, in the order of the lists.
pub(crate) fn names<'a>(filter: &Filter<'a>) -> Vec<Name<'a>> {
    let parties = filter.screening.library().lists().iter().flat_map(|list| &list.entities);
    let mut names = Vec::new();
    for (place, party) in parties.enumerate() {
        for (strength, statement) in party.names() {
            let subject = Subject::new(&party.id, &statement.value, &party.schema, strength);
            names.push(Name { subject, place, party });
        }
    }
    names
}

/// A query for a name, of the schema that the party has: customers say what they are, as listings do.
fn query(schema: &Schema, name: &str) -> Result<Query, String> {
    let schema = Some(schema.name()).filter(|_| *schema != Schema::Thing);
    Query::from_fields("q", schema, [(Property::Name, name)]).map_err(|e| e.to_string())
}

/// A name as published.
pub(crate) fn exact(filter: &Filter<'_>, name: &Name<'_>, clock: Clock<'_>) -> (Trial, u32) {
    trial(filter, name, None, name.subject.name.to_owned(), clock)
}

/// One drawn variant.
pub(crate) fn altered(
    filter: &Filter<'_>,
    names: &[Name<'_>],
    drawn: Drawn,
    seed: u64,
    clock: Clock<'_>,
) -> Option<(Trial, u32)> {
    let name = &names[drawn.subject];
    let text = TREATMENTS[drawn.treatment].alter(&name.subject, seed)?;
    Some(trial(filter, name, Some(drawn.treatment), text, clock))
}

fn trial(
    filter: &Filter<'_>,
    name: &Name<'_>,
    treatment: Option<usize>,
    text: String,
    clock: Clock<'_>,
) -> (Trial, u32) {
    let subject = &name.subject;
    let weak = subject.strength == NameStrength::Weak;
    let mut trial = Trial {
        entity: subject.entity.to_owned(),
        group: subject.group,
        script: subject.script,
        listed: subject.name.to_owned(),
        query: text,
        treatment,
        weak,
        special: special(subject),
        score: 0,
        found: false,
        rank: None,
        lost: false,
        why: None,
        excused: filter.excuse(name.place, weak).map(str::to_owned),
    };
    let query = match query(&name.party.schema, &trial.query) {
        Ok(query) => query,
        Err(reason) => {
            trial.excused = Some(reason);
            return (trial, 0);
        }
    };
    let started = clock();
    let answer = filter.screen(&query, None);
    let took = clock().saturating_sub(started);
    let right = answer.hits.iter().find(|hit| hit.entity == name.place && hit.scored.matched);
    if let Some(hit) = right {
        let worth = (hit.scored.score, hit.scored.bits);
        let before = answer.hits.iter().filter(|h| (h.scored.score, h.scored.bits) > worth).count();
        trial.score = hit.scored.score.ten_thousandths();
        trial.found = true;
        trial.rank = Some(before + 1);
    } else if let Some(scored) = filter.pair(&query, name.place) {
        trial.score = scored.score.ten_thousandths();
        trial.lost = scored.matched;
        let worst = scored.rows.iter().max_by_key(|row| row.stake - row.gain);
        trial.why = worst.map(|row| Why {
            kind: row.kind.to_owned(),
            query: row.query.clone(),
            listed: row.candidate.clone(),
        });
    }
    (trial, u32::try_from(took.as_micros()).unwrap_or(u32::MAX))
}

/// The places of the rows of their own that a name belongs to.
fn special(subject: &Subject<'_>) -> Vec<usize> {
    let belongs = [
        subject.is_one_word(),
        subject.has_digit(),
        subject.is_long(),
        subject.has_title(),
        !matches!(subject.script, "Latin" | "none"),
        subject.strength == NameStrength::Weak,
    ];
    (0..SPECIAL.len()).filter(|&i| belongs.get(i) == Some(&true)).collect()
}

/// Results from a low score on, for the calibration: of a name that is listed, and of one that is not.
pub(crate) fn results(
    filter: &Filter<'_>,
    trial: &Trial,
    name: &Name<'_>,
    from: screen::Score,
) -> Vec<validation::Found> {
    let Ok(query) = query(&name.party.schema, &trial.query) else { return Vec::new() };
    let answer = filter.screen(&query, Some(from));
    answer.hits.iter().map(|hit| found(filter, &trial.query, hit, hit.entity == name.place, false)).collect()
}

pub(crate) fn found(
    filter: &Filter<'_>,
    query: &str,
    hit: &screen::Hit,
    right: bool,
    placebo: bool,
) -> validation::Found {
    let (_, party) = filter.screening.library().entity(hit.entity);
    validation::Found {
        query: query.to_owned(),
        met: hit.scored.name.as_ref().map_or_else(|| party.caption().to_owned(), |n| n.candidate.to_string()),
        entity: party.id.to_string(),
        score: hit.scored.score.ten_thousandths(),
        right,
        placebo,
    }
}

/// What two spellings share when they are the same name but for capitals, blanks and punctuation.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
