//! What somebody is to somebody else: "X, the head of Y", "Y's manager, X", "X is his brother"; and of which country.

use std::ops::Range;

use model::{ClaimStatus, Country, Named, Predicate, Source, SourceRole};

use super::chunks::{Noun, same};
use super::context::Context;
use super::frames::{Found, NOT_NAMED, Reading};
use super::grammar::Sentence;
use super::holders::holder;
use super::lexicon::{Class, Kind, LEXICON, Pronoun, Role, SourceKind, Tag};
use super::lists::lists;
use super::standing::standing;
use super::tokens::Mark;

pub(crate) fn read(reading: &mut Reading<'_>, context: &Context) {
    let sentence = reading.sentence;
    let mut holders: Vec<usize> = Vec::new();
    for at in 0..sentence.chunks.len() {
        let role = sentence.chunks[at]
            .tags
            .iter()
            .find_map(|tag| if let Tag::Role(row) = tag { Some(*row) } else { None });
        if let Some(row) = role.filter(|_| !reading.read.contains(&at)) {
            one(reading, at, &LEXICON.roles[usize::from(row)], &mut holders, context);
        }
        possessed(reading, at, context);
        if let Some(Noun::Group(group)) = sentence.noun(at)
            && let Some(country) = group.country.or_else(|| citizen_of(sentence, at))
        {
            let members = reading.meaning.members(at, group);
            let named = |member: &usize| reading.meaning.parties[*member].named.clone();
            let mut people: Vec<Named> = members.iter().map(named).collect();
            let mut from = at;
            if people.is_empty() && !group.plural && !group.definite {
                // "X, a Russian national", "X is a Russian national"
                let before = at.checked_sub(1);
                let subject = match before {
                    Some(comma) if sentence.mark(comma, Mark::Comma) => {
                        comma.checked_sub(1).filter(|name| sentence.is_party(*name)).into_iter().collect()
                    }
                    Some(is) if sentence.class(is) == Some(Class::Be) => sentence.subject_of(is),
                    _ => Vec::new(),
                };
                let named = subject
                    .iter()
                    .all(|at| matches!(sentence.noun(*at), Some(Noun::Party(_) | Noun::Pronoun(_))));
                if named {
                    people = reading.all(&subject, context);
                    from = subject.first().copied().unwrap_or(at);
                }
            }
            let told = group.country.is_none();
            nationals(reading, at..at + 1 + 2 * usize::from(told), from, people, country);
        }
    }
}

/// "X's company Y", "his firm, Y": what is said to be somebody's is owned by him.
fn possessed(reading: &mut Reading<'_>, at: usize, context: &Context) {
    let sentence = reading.sentence;
    let group = match sentence.noun(at) {
        Some(Noun::Group(group)) if !group.definite && group.kind == Kind::Organization => group,
        _ => return,
    };
    let last = sentence.words(at).rsplit(' ').next().unwrap_or("");
    if !lists().owned.has(last) {
        return;
    }
    let Some(before) = at.checked_sub(1) else { return };
    let owner = if sentence.mark(before, Mark::Possessive) { before.checked_sub(1) } else { Some(before) };
    let Some(owner) = owner.filter(|owner| {
        sentence.owns(*owner) && !matches!(sentence.noun(*owner), Some(Noun::Country(_) | Noun::Source(_)))
    }) else {
        return;
    };
    let comma = sentence.mark(at + 1, Mark::Comma);
    let first = at + 1 + usize::from(comma);
    if !matches!(sentence.noun(first), Some(Noun::Party(_)))
        || comma && group.plural && sentence.list_from(first).len() < 2
    {
        return;
    }
    let list = if group.plural { sentence.list_from(first) } else { vec![first] };
    let is_body = |at: &usize| reading.meaning.is_body(*at);
    let list: Vec<usize> = list.into_iter().filter(is_body).collect();
    let (subjects, objects) = (reading.all(&[owner], context), reading.all(&list, context));
    let status = standing(sentence, at, ClaimStatus::Asserted, &reading.speeches);
    let to = list.last().copied().unwrap_or(at);
    let predicate = Predicate::Owns;
    reading.emit(Found { subjects, predicate, objects, status, at, word_of: None, from: owner, to });
}

/// "a citizen of Y"
fn citizen_of(sentence: &Sentence<'_>, at: usize) -> Option<Country> {
    let linked = same(sentence.words(at + 1), "of");
    match sentence.noun(at + 2).filter(|_| linked) {
        Some(Noun::Country(country)) => Some(*country),
        _ => None,
    }
}

/// "Iranian defendants X and Y", "two Ukrainian nationals, X and Y".
fn nationals(
    reading: &mut Reading<'_>,
    said: Range<usize>,
    from: usize,
    subjects: Vec<Named>,
    country: Country,
) {
    let at = said.start;
    // An "Iranian-owned" company is not said to be Iranian.
    let words = reading.sentence.words(at);
    let adjective = words.split(' ').any(|word| {
        Country::find(word) == Some(country)
            || word.strip_suffix('s').and_then(Country::find) == Some(country)
    });
    if subjects.is_empty() || !adjective && said.len() == 1 {
        return;
    }
    let last = (at + 1..reading.sentence.chunks.len()).take_while(|at| {
        matches!(reading.sentence.noun(*at), Some(Noun::Party(_)))
            || reading.sentence.mark(*at, Mark::Comma)
            || reading.sentence.class(*at) == Some(Class::And)
    });
    let last = last.filter(|at| matches!(reading.sentence.noun(*at), Some(Noun::Party(_)))).last();
    let to = last.unwrap_or(said.end - 1);
    let objects = vec![Named::unlisted(country.name())];
    let status = ClaimStatus::Asserted;
    reading.emit(Found {
        subjects,
        predicate: Predicate::OfCountry,
        objects,
        status,
        at,
        word_of: None,
        from,
        to,
    });
}

fn one(reading: &mut Reading<'_>, at: usize, role: &Role, earlier: &mut Vec<usize>, context: &Context) {
    let sentence = reading.sentence;
    let (others, behind) = other(reading, at, role);
    if others.is_empty() {
        return;
    }
    let found = holder(reading, at, behind, &others, earlier);
    if found.is_empty() {
        return;
    }
    (*earlier).clone_from(&found);
    let (holders, others_named) = (reading.all(&found, context), reading.all(&others, context));
    let speaks = |list: &[usize]| {
        list.iter().any(|at| matches!(sentence.noun(*at), Some(Noun::Source(kind)) if !matches!(kind, SourceKind::Country | SourceKind::Authority)))
    };
    if speaks(&found) || speaks(&others) {
        return;
    }
    let people = |at: &usize| {
        matches!(sentence.noun(*at), Some(Noun::Party(party)) if reading.meaning.parties[*party].schema == model::Schema::Person)
            || matches!(sentence.noun(*at), Some(Noun::Pronoun(Pronoun::His)))
    };
    // The head of a person is nobody; his deputy and his assistant are his.
    let second = ["deputy", "assistant", "aide"]
        .iter()
        .any(|word| sentence.words(at).get(..word.len()).is_some_and(|begin| same(begin, word)));
    let of_person = role.predicate == Predicate::DirectorOf && others.iter().any(people);
    if of_person && !second {
        return;
    }
    // "X and his brother Y": X is spoken of; kinship goes both ways.
    let partner = role.predicate == Predicate::FamilyOf
        && others.len() == 1
        && sentence.owns(others[0])
        && others[0] >= 1
        && sentence.class(others[0] - 1) == Some(Class::And)
        && (others[0] == 1 || sentence.is_party(others[0] - 2))
        && found.iter().all(|holder| *holder > at);
    let (subjects, objects) =
        if role.reversed || partner { (others_named, holders) } else { (holders, others_named) };
    let board = role.predicate == Predicate::MemberOf && others.iter().all(|at| is_board(reading, *at));
    let predicate = match role.predicate {
        _ if board => Predicate::DirectorOf,
        _ if of_person => Predicate::AssociateOf,
        predicate => predicate,
    };
    let status = standing(sentence, at, ClaimStatus::Asserted, &reading.speeches);
    let places = found.iter().chain(&others).copied();
    let (from, to) = places.fold((at, at), |(from, to), at| (from.min(at), to.max(at)));
    // "designated X for being an employee of Y", "as an employee of Y": the grounds are the authority's word.
    let ground = (from..at).any(|at| {
        same(sentence.words(at), "as")
            || same(sentence.words(at), "being") && at > 0 && same(sentence.words(at - 1), "for")
    });
    let acted =
        reading.claims[reading.first..].iter().rev().find(|claim| claim.predicate == Predicate::SanctionedBy);
    let word_of = acted
        .filter(|claim| ground && &*claim.object.name != NOT_NAMED)
        .map(|claim| Source { name: claim.object.name.clone(), role: SourceRole::Authority });
    reading.emit(Found { subjects, predicate, objects, status, at, word_of, from, to });
}

/// "its man in Dubai, X": behind the place where he is it.
fn behind_place(sentence: &Sentence<'_>, at: usize) -> usize {
    const WORDS: usize = 4;
    let place = |here: usize| sentence.words(here).starts_with(char::is_uppercase);
    let within = sentence.words(at).ends_with(" in") || sentence.words(at).ends_with(" at");
    let first = if within {
        at + 1
    } else if ["in", "at"].iter().any(|word| same(sentence.words(at + 1), word)) {
        at + 2
    } else {
        return at + 1;
    };
    let first = first + usize::from(sentence.class(first) == Some(Class::Definite));
    let behind = (first..first + WORDS).find(|here| !place(*here)).unwrap_or(first);
    let named =
        |here| sentence.mark(here, Mark::Comma) && matches!(sentence.noun(here + 1), Some(Noun::Party(_)));
    if behind > first && named(behind) { behind } else { at + 1 }
}

fn is_board(reading: &Reading<'_>, at: usize) -> bool {
    let before = at.saturating_sub(3)..at;
    before.into_iter().any(|at| same(reading.sentence.words(at), "board"))
}

/// Of whom it is told: "of Y", "Y's", "his", "Y manager". With the chunk behind that.
fn other(reading: &Reading<'_>, at: usize, role: &Role) -> (Vec<usize>, usize) {
    let sentence = reading.sentence;
    if role.links == "-" {
        let list = sentence.first_noun(at + 1).map_or_else(Vec::new, |noun| sentence.list_from(noun));
        let behind = list.last().map_or(at + 1, |last| last + 1);
        return (list.into_iter().take(1).collect(), behind);
    }
    let linked = role.links.split(',').any(|link| same(sentence.words(at + 1), link));
    if linked {
        let mut list = sentence.first_noun(at + 2).map_or_else(Vec::new, |noun| sentence.list_from(noun));
        // "the head of Y, X": a list has its "and".
        let and = list
            .first()
            .zip(list.last())
            .is_some_and(|(first, last)| (*first..*last).any(|at| sentence.class(at) == Some(Class::And)));
        if !and {
            let apposed = list.first().is_some_and(|first| sentence.is_apposed(*first));
            list.truncate(1 + usize::from(apposed));
        }
        let behind = list.last().map_or(at + 2, |last| last + 1);
        if !list.is_empty() {
            return (list, behind);
        }
    }
    // "the company's former manager", "his brother", "Emennet Pasargad manager"
    let mut left = at;
    const WORDS_BETWEEN: usize = 4;
    for _ in 0..WORDS_BETWEEN {
        let Some(before) = left.checked_sub(1) else { break };
        left = before;
        let chunk = &sentence.chunks[left];
        if sentence.mark(left, Mark::Possessive) {
            return (
                left.checked_sub(1).filter(|owner| sentence.noun(*owner).is_some()).into_iter().collect(),
                behind_place(sentence, at),
            );
        }
        if sentence.owns(left) {
            return (vec![left], behind_place(sentence, at));
        }
        if matches!(sentence.noun(left), Some(Noun::Party(_))) && left + 1 == at {
            return (vec![left], at + 1);
        }
        // "an Iranian agent": of that state.
        if role.predicate == Predicate::ActsFor
            && left + 1 == at
            && matches!(sentence.noun(left), Some(Noun::Country(_)))
            && ["agent", "agents", "spy", "spies", "proxy", "proxies", "asset", "operative", "envoy"]
                .iter()
                .any(|word| sentence.words(at).rsplit(' ').next().is_some_and(|last| same(last, word)))
        {
            return (vec![left], at + 1);
        }
        let describes = chunk.tags.is_empty()
            && chunk.noun().is_none()
            && !matches!(chunk.part, super::chunks::Part::Mark(_))
            || chunk.has(|tag| matches!(tag, Tag::Hedge(_) | Tag::Role(_)));
        if !describes {
            break;
        }
    }
    // "owner and director of Y"
    const BETWEEN: usize = 5;
    let row = |here: usize| {
        sentence.chunks[here]
            .tags
            .iter()
            .find_map(|tag| if let Tag::Role(row) = tag { Some(*row) } else { None })
    };
    let next = (at + 1..sentence.chunks.len().min(at + BETWEEN)).find(|here| row(*here).is_some());
    if let Some((next, row)) = next.and_then(|next| Some((next, row(next)?))) {
        let joins =
            |here: usize| sentence.class(here) == Some(Class::And) || sentence.mark(here, Mark::Comma);
        let idle = |here: usize| {
            joins(here)
                || sentence.class(here) == Some(Class::Determiner)
                || sentence.chunks[here].tags.is_empty() && sentence.noun(here).is_none()
        };
        let between = at + 1..next;
        if between.clone().any(joins) && between.clone().all(idle) {
            return other(reading, next, &LEXICON.roles[usize::from(row)]);
        }
    }
    (Vec::new(), at + 1)
}
