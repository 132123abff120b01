//! The cells of the tables: forms of verbs, slots of frames, kinds of sources, classes of words.

use model::{ClaimStatus, Predicate};

use super::lexicon::{Class, Form, Frame, Kind, Object, Pronoun, Slot, SourceKind, cut};

/// The five forms of a verb: `own*`, or written out (`_` stands for a blank: `set_up`).
pub(crate) fn forms(verb: &str) -> Option<Vec<(String, Form)>> {
    use Form::{Base, Ing, Participle, Past, Third};
    if let Some(base) = verb.strip_suffix('*') {
        let stem = base.strip_suffix('e').unwrap_or(base);
        let third = if base.ends_with(['s', 'h', 'x']) { format!("{base}es") } else { format!("{base}s") };
        let forms =
            [(base.into(), Base), (third, Third), (format!("{stem}ed"), Past), (format!("{stem}ing"), Ing)];
        // "oversee", "free": the last letter is heard.
        let ing = base.ends_with("ee").then(|| (format!("{base}ing"), Ing));
        return Some(forms.into_iter().chain(ing).collect());
    }
    let words: Vec<&str> = verb.split(' ').collect();
    let kinds = [Base, Third, Past, Participle, Ing];
    (words.len() == kinds.len())
        .then(|| words.into_iter().map(|word| word.replace('_', " ")).zip(kinds).collect::<Vec<_>>())
        .map(|forms| {
            if forms[2].0 == forms[3].0 {
                forms.into_iter().filter(|f| f.1 != Participle).collect()
            } else {
                forms
            }
        })
}

fn slot(cell: &'static str) -> Slot {
    match cell {
        "agent" => Slot::Agent,
        "patient" => Slot::Patient,
        "clause" => Slot::Clause,
        "owner" => Slot::Owner,
        preposition => Slot::After(preposition),
    }
}

pub(crate) fn frame(cells: &[&'static str]) -> Option<Frame> {
    let [needs, subject, object, predicate, status] = *cells else { return None };
    let (object, optional) = object.strip_suffix('?').map_or((object, false), |object| (object, true));
    let (object, kind) = match object.split_once(':') {
        None => (object, Object::Party),
        Some((object, "offence")) => (object, Object::Offence),
        Some((object, "deed")) => (object, Object::Deed),
        Some(_) => return None,
    };
    Some(Frame {
        needs: cut(needs, ';').collect(),
        subject: cut(subject, ',').map(slot).collect(),
        object: cut(object, ',').map(slot).collect(),
        kind,
        optional,
        predicate: Predicate::from_name(predicate)?,
        status: ClaimStatus::from_name(status)?,
    })
}

pub(crate) fn source_kind(name: &str) -> Option<SourceKind> {
    Some(match name {
        "authority" => SourceKind::Authority,
        "prosecutor" => SourceKind::Prosecutor,
        "outlet" => SourceKind::Outlet,
        "court" => SourceKind::Court,
        "statement" => SourceKind::Statement,
        "accusation" => SourceKind::Accusation,
        "country" => SourceKind::Country,
        "speaker" => SourceKind::Speaker,
        _ => return None,
    })
}

pub(crate) fn group_kind(name: &str) -> Option<(Kind, bool)> {
    Some(match name {
        "person" => (Kind::Person, false),
        "persons" => (Kind::Person, true),
        "organization" => (Kind::Organization, false),
        "organizations" => (Kind::Organization, true),
        "things" => (Kind::Thing, true),
        _ => return None,
    })
}

pub(crate) fn word_class(name: &str, number: u32) -> Option<Class> {
    Some(match name {
        "be" => Class::Be,
        "have" => Class::Have,
        "modal" => Class::Modal,
        "do" => Class::Do,
        "to_verb" => Class::To,
        "and" => Class::And,
        "that" => Class::That,
        "relative" => Class::Relative,
        "preposition" => Class::Preposition,
        "according" => Class::According,
        "subordinate" => Class::Subordinate,
        "adverb" => Class::Adverb,
        "determiner" => Class::Determiner,
        "definite" => Class::Definite,
        "number" => Class::Number(number),
        "portion" => Class::Portion,
        "month" => Class::Month,
        "weekday" => Class::Weekday,
        "he" => Class::Pronoun(Pronoun::He),
        "his" => Class::Pronoun(Pronoun::His),
        "it" => Class::Pronoun(Pronoun::It),
        "its" => Class::Pronoun(Pronoun::Its),
        "they" => Class::Pronoun(Pronoun::They),
        "their" => Class::Pronoun(Pronoun::Their),
        "i" => Class::Pronoun(Pronoun::I),
        "our" => Class::Pronoun(Pronoun::Our),
        "title" => Class::Title,
        "finite" => Class::Finite,
        "corporate" => Class::Corporate,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        let rows = [
            ("own*", "own owns owned owning"),
            ("charge*", "charge charges charged charging"),
            ("establish*", "establish establishes established establishing"),
            ("run runs ran run running", "run runs ran run running"),
        ];
        for (verb, expected) in rows {
            let forms: Vec<String> = forms(verb).unwrap().into_iter().map(|(word, _)| word).collect();
            assert_eq!(forms.join(" "), expected, "{verb}");
        }
    }
}
