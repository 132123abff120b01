//! What somebody did, in the document's words: verbs of conduct, and the grounds that a designation gives.

use std::ops::Range;

use model::{ClaimStatus, Named, Predicate, Source, SourceRole};

use super::chunks::{Noun, Part, same};
use super::context::Context;
use super::frames::{Found, Reading};
use super::lexicon::{Class, Form, LEXICON, SourceKind, Tag};
use super::lists::lists;
use super::standing::standing;
use super::tokens::Mark;

pub(crate) fn read(reading: &mut Reading<'_>, context: &Context) {
    let sentence = reading.sentence;
    let mut end = 0;
    for at in 0..sentence.chunks.len() {
        let chunk = &sentence.chunks[at];
        if chunk.has(|tag| *tag == Tag::Hedge(ClaimStatus::Unsubstantiated)) && !chunk.spoken {
            unsubstantiated(reading, at, context);
        }
        // "under Executive Orders": part of a name.
        if at > 0 && sentence.words(at).starts_with(char::is_uppercase) {
            continue;
        }
        let form =
            chunk.tags.iter().find_map(|tag| if let Tag::Deed(form) = tag { Some(*form) } else { None });
        let Some(form) = form.filter(|_| !chunk.spoken && at >= end && !reading.read.contains(&at)) else {
            continue;
        };
        // "he still gives orders": over "still".
        let third_of_noun = form == Form::Third
            && (0..at)
                .rev()
                .find(|before| {
                    sentence.class(*before) != Some(Class::Adverb)
                        && !sentence.chunks[*before].has(|tag| matches!(tag, Tag::Hedge(_)))
                })
                .is_none_or(|before| sentence.noun(before).is_none() || sentence.owns(before));
        let said_to = form == Form::Base && at > 0 && {
            sentence.chunks[at - 1].has(|tag| *tag == Tag::Hedge(ClaimStatus::Alleged))
                && sentence.words(at - 1).ends_with("to")
        };
        if form == Form::Base && !said_to
            || third_of_noun
            || !reading.is_told(at, form)
            || sentence.is_passive(at, &[])
        {
            continue;
        }
        // "attempted intrusions": it describes; "made claims": what is said stands by itself.
        let describes = at.checked_sub(1).is_some_and(|before| {
            let chunk = &sentence.chunks[before];
            chunk.part == Part::Word && chunk.tags.is_empty()
                || chunk.has(|tag| matches!(tag, Tag::Deed(_) | Tag::Verb(..)))
        });
        let speech = |tag: &Tag| {
            *tag == Tag::Hedge(ClaimStatus::Unsubstantiated)
                || matches!(tag, Tag::Noun(row) if LEXICON.nouns[usize::from(*row)].predicate == Predicate::Did)
        };
        if describes || (at + 1..sentence.chunks.len().min(at + 3)).any(|at| sentence.chunks[at].has(speech))
        {
            continue;
        }
        let subject = sentence.subject_of(at);
        // "the people", "others": nobody in particular.
        let anybody = |at: &usize| {
            matches!(sentence.noun(*at), Some(Noun::Group(group)) if group.plural && group.count.is_none())
                && ["people", "others", "persons"].iter().any(|word| same(sentence.words(*at), word))
        };
        if subject.iter().all(anybody) {
            continue;
        }
        let does = |at: &usize| !matches!(sentence.noun(*at), Some(Noun::Source(kind)) if *kind != SourceKind::Country);
        if subject.is_empty() || !subject.iter().all(does) {
            continue;
        }
        let subjects = reading.all(&subject, context);
        end = sentence.deed_end(last_joined(reading, at));
        let status = standing(sentence, at, ClaimStatus::Asserted, &reading.speeches);
        let from = subject.iter().copied().min().unwrap_or(at).min(at);
        did(reading, subjects.clone(), at..end, status, at, from, None);
        behalf(reading, subjects, (at..end, from), status, context);
    }
}

/// "assisted, sponsored, or provided support to Y": the last of verbs that have their object together.
fn last_joined(reading: &Reading<'_>, at: usize) -> usize {
    const VERBS: usize = 6;
    let sentence = reading.sentence;
    let mut last = at;
    for _ in 0..VERBS {
        let comma = usize::from(sentence.mark(last + 1, Mark::Comma));
        let and = usize::from(sentence.class(last + 1 + comma) == Some(Class::And));
        let mut next = last + 1 + comma + and;
        while sentence.class(next) == Some(Class::Adverb) {
            next += 1;
        }
        let joins =
            comma + and > 0 && sentence.form(next).is_some() && sentence.form(next) == sentence.form(at);
        if !joins || sentence.spoken(next) {
            break;
        }
        last = next;
    }
    last
}

/// "bought parts on behalf of Y": whatever was done, it was done for Y, which is a ground of its own in most programmes.
fn behalf(
    reading: &mut Reading<'_>,
    subjects: Vec<Named>,
    (deed, from): (Range<usize>, usize),
    status: ClaimStatus,
    context: &Context,
) {
    const FOR: &str = "on behalf of,for or on behalf of,at the behest of,at the direction of,on the orders of,on orders from,under the direction of";
    let sentence = reading.sentence;
    let at = deed.start;
    let leads = |here: &usize| FOR.split(',').any(|words| same(sentence.words(*here), words));
    let Some(noun) = deed.clone().find(leads).and_then(|place| sentence.first_noun(place + 1)) else {
        return;
    };
    let objects = reading.all(&sentence.list_from(noun), context);
    let predicate = Predicate::ActsFor;
    reading.emit(Found { subjects, predicate, objects, status, at, word_of: None, from, to: noun });
}

/// "sanctioned for attempting to influence an election": the authority's grounds, which are its allegations.
pub(crate) fn grounds(
    reading: &mut Reading<'_>,
    (at, behind): (usize, usize),
    subjects: Vec<Named>,
    from: usize,
    authority: Option<&Named>,
) {
    let sentence = reading.sentence;
    let Some(mut first) = sentence.preposition_after(behind, "for").map(|place| place + 1) else { return };
    while matches!(sentence.class(first), Some(Class::Determiner | Class::Definite | Class::Pronoun(_))) {
        first += 1;
    }
    let adverbs = (first..).take_while(|at| sentence.class(*at) == Some(Class::Adverb)).count();
    let Some(chunk) = sentence.chunks.get(first + adverbs) else { return };
    // A tie ("for acting for Y") has a frame of its own.
    let tie = chunk.has(|tag| matches!(tag, Tag::Verb(..)));
    let deed = chunk.has(|tag| matches!(tag, Tag::Deed(Form::Ing))) || chunk.class() == Some(Class::Have);
    if tie && !deed {
        return;
    }
    if !(deed || chunk.part == Part::Word && chunk.tags.is_empty()) {
        return;
    }
    let end = sentence.deed_end(first);
    reading.read.extend(first..end);
    let word_of = authority.map(|named| Source { name: named.name.clone(), role: SourceRole::Authority });
    did(reading, subjects, first..end, ClaimStatus::Alleged, at, from, word_of);
}

/// Says that somebody did something, in the sentence's words.
fn did(
    reading: &mut Reading<'_>,
    subjects: Vec<Named>,
    deed: Range<usize>,
    status: ClaimStatus,
    at: usize,
    from: usize,
    word_of: Option<Source>,
) {
    let (objects, to) = (vec![reading.quoted(&deed)], deed.end - 1);
    reading.emit(Found { subjects, predicate: Predicate::Did, objects, status, at, word_of, from, to });
}

/// "propelled unsubstantiated claims of fraud": the document itself says that what somebody claims has no ground.
fn unsubstantiated(reading: &mut Reading<'_>, at: usize, context: &Context) {
    let sentence = reading.sentence;
    if !lists().claims.has(sentence.words(at + 1)) {
        return;
    }
    let subject = sentence.subject_of(at);
    let subjects = reading.all(&subject, context);
    let known = reading.claims.len();
    let end = sentence.deed_end(at + 1);
    reading.read.extend(at..end);
    let from = subject.iter().copied().min().unwrap_or(at).min(at);
    did(reading, subjects, at + 1..end, ClaimStatus::Unsubstantiated, at, from, None);
    // That it has no ground is the document's word, not the speaker's.
    for claim in &mut reading.claims[known..] {
        let own = claim.subject.name.clone();
        claim.attribution.retain(|source| source.name != own);
    }
}
