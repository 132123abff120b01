//! A result in one sentence, for a reviewer and a regulator.

use std::sync::LazyLock;

use crate::{Basis, Row, Score, Scored};

const TABLE: &str = include_str!("../data/phrases.tsv");

/// Feature, kind, phrase.
static PHRASES: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?])
    })
    .collect()
});

/// One sentence that says who met whom, with which score against which line, what speaks for it and what against:
/// `"Reza Karimi" is no match for "KARIMI, Reza" (ofac-1): score 0.5214, below 0.7000. For it: ...; against it: ...`
///
/// `names` are the query's, if it has one, and the party's; `id` is the party's.
#[must_use]
pub fn sentence(scored: &Scored, names: (Option<&str>, &str), id: &str, match_threshold: Score) -> String {
    let (query, party) = names;
    let query = query.map_or_else(|| "What was asked for".to_owned(), |name| format!("\"{name}\""));
    let met = scored.name.as_ref().map_or(party, |name| &name.candidate);
    let also = if met == party { String::new() } else { format!(" as \"{met}\"") };
    let score = scored.score;
    let standing = match (scored.matched, score >= match_threshold, scored.basis) {
        (_, _, Basis::Identifier) => format!("by identifier, score {score}"),
        (true, ..) => format!("score {score}, at or above {match_threshold}"),
        (false, false, _) => format!("score {score}, below {match_threshold}"),
        (false, true, _) => {
            format!(
                "score {score}, but its {} bits are fewer than the policy asks for",
                one_decimal(scored.bits)
            )
        }
    };
    let verdict = if scored.matched { "matches" } else { "does not match" };
    let mut sentence = format!("{query} {verdict} \"{party}\" ({id}){also}: {standing}.");
    let (against, agreeing): (Vec<&Row>, Vec<&Row>) =
        scored.rows.iter().partition(|row| row.stake > row.gain && row.gain == 0 || row.bits < 0);
    for (opening, rows) in [("For it", agreeing), ("Against it", against)] {
        let phrases: Vec<String> = rows.iter().filter_map(|row| phrase(row)).collect();
        if !phrases.is_empty() {
            sentence += &format!(" {opening}: {}.", phrases.join("; "));
        }
    }
    sentence
}

/// What a row says; `None` where it says nothing in a sentence.
fn phrase(row: &Row) -> Option<String> {
    let fits =
        |[feature, kind, _]: &&[&str; 3]| (*feature == row.feature || *feature == "*") && *kind == row.kind;
    let [.., phrase] = PHRASES.iter().find(fits)?;
    (!phrase.is_empty()).then(|| {
        phrase.replace("{feature}", &row.feature).replace("{q}", &row.query).replace("{c}", &row.candidate)
    })
}

/// Millibits as bits with one decimal, rounded half away from zero: one figure wherever a person reads it.
#[must_use]
pub fn one_decimal(millibits: i32) -> String {
    let tenths = (millibits.unsigned_abs() + 50) / 100;
    format!("{}{}.{}", if millibits < 0 { "-" } else { "" }, tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Configuration, Profile, score};
    use model::{Entity, Locator, Property, Schema};
    use names::{EvidenceKind, Likeness};

    fn person(fields: &[(Property, &str)]) -> Profile {
        let mut entity = Entity::new("x", Schema::Person);
        fields.iter().for_each(|(property, value)| entity.add(property.clone(), value, Locator::Direct));
        Profile::new(&entity)
    }

    #[test]
    fn who_met_whom_and_why() {
        let listed = [(Property::Name, "REZAEI, Mohammad"), (Property::BirthDate, "1991-03-02")];
        let rows = [
            (
                "Mohammad Rezaei",
                "1961-07-30",
                "\"Mohammad Rezaei\" does not match \"REZAEI, Mohammad\" (ofac-1): score 0.5",
                "Against it: the birth date 1961-07-30 contradicts the listed 1991-03-02; many bear names like these.",
            ),
            (
                "Mohamad Rezaei",
                "1991-03-02",
                "\"Mohamad Rezaei\" matches \"REZAEI, Mohammad\" (ofac-1): score ",
                "For it: Mohamad is another spelling of Mohammad; REZAEI is the same; born on the same day.",
            ),
        ];
        for (name, born, begins, holds) in rows {
            let query = person(&[(Property::Name, name), (Property::BirthDate, born)]);
            let policy = Configuration::default();
            let scored = score(&query, &person(&listed), &policy).expect("names that agree");
            let said = sentence(&scored, (Some(name), "REZAEI, Mohammad"), "ofac-1", policy.match_threshold);
            assert!(said.starts_with(begins) && said.contains(holds), "{said}");
        }
    }

    /// A kind of evidence that nobody wrote a phrase for would be left out in silence.
    #[test]
    fn every_kind_has_a_phrase() {
        let kinds = Likeness::ALL.map(|likeness| EvidenceKind::Agree(likeness).name());
        for kind in
            kinds.into_iter().chain(["conflict", "only_query", "only_candidate", "namesakes", "best_of"])
        {
            assert!(PHRASES.iter().any(|[f, k, _]| *f == "name" && *k == kind), "name {kind}");
        }
    }
}
