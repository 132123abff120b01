//! What is said of claims that were made before: "he denies it", "called the accusations groundless", "nothing supports it".

use std::ops::Range;

use model::{Claim, ClaimStatus, Named, Predicate, Source, SourceRole};

use super::chunks::{Noun, same};
use super::context::Context;
use super::frames::Reading;
use super::lexicon::{Form, Tag};
use super::lists::lists;
use super::making::on_one_line;
use super::sources::attribution;

/// How many accusations are remembered, and for how many sentences.
const ACCUSATIONS: usize = 12;
const LASTS: u32 = 6;

/// What somebody was accused of.
#[derive(Debug)]
pub(crate) struct Accusation {
    sentence: u32,
    /// Not an accusation by its words.
    plain: bool,
    subject: Named,
    predicate: Predicate,
    object: Named,
}

/// Remembers the accusations of the sentence that was read.
pub(crate) fn remember(claims: &[Claim], context: &mut Context) {
    context.sentence = context.sentence.saturating_add(1);
    let sentence = context.sentence;
    // What is plainly said of somebody's doings he may deny as well, as long as it was said right before.
    let is_charge = |claim: &&Claim| {
        let plain = claim.status == ClaimStatus::Asserted
            && matches!(claim.predicate, Predicate::Did | Predicate::ActsFor | Predicate::LinkedTo);
        claim.status == ClaimStatus::Alleged || plain
    };
    for claim in claims.iter().filter(is_charge).take(ACCUSATIONS) {
        let plain = claim.status == ClaimStatus::Asserted;
        let (subject, predicate, object) = (claim.subject.clone(), claim.predicate, claim.object.clone());
        context.accusations.push_front(Accusation { sentence, plain, subject, predicate, object });
    }
    context.accusations.truncate(ACCUSATIONS);
}

/// "X denies it", "both deny the charges", "he called the accusations groundless": what he was last accused of, denied by him.
pub(crate) fn denials(reading: &mut Reading<'_>, context: &Context) {
    let sentence = reading.sentence;
    let alleged = |claim: &Claim| claim.status == ClaimStatus::Alleged;
    if context.accusations.is_empty() && !reading.claims[reading.first..].iter().any(alleged) {
        return;
    }
    for at in 0..sentence.chunks.len() {
        if sentence.chunks[at].tags.is_empty() {
            continue;
        }
        let denies = sentence.chunks[at]
            .has(|tag| matches!(tag, Tag::Say(Some(ClaimStatus::Denied), form) if *form != Form::Ing))
            && is_charge(reading, at + 1);
        let calls = sentence.chunks[at].has(|tag| matches!(tag, Tag::Say(..)))
            && lists().calls.has(sentence.words(at))
            && is_charge(reading, at + 1)
            && groundless(reading, at + 1).is_some();
        // "his lawyer said the accusations were false"
        let are = sentence.class(at + 1) == Some(super::lexicon::Class::Be)
            && lists().charges.has(sentence.words(at))
            && groundless(reading, at + 2).is_some();
        if !denies && !calls && !are {
            continue;
        }
        let to = groundless(reading, at + 1).unwrap_or(at + 1).min(sentence.chunks.len() - 1);
        let both = at > 0 && same(sentence.words(at - 1), "both");
        let before = if both { Vec::new() } else { sentence.subject_of(at) };
        let from = before.first().copied().unwrap_or_else(|| at.saturating_sub(1));
        let mut speakers = reading.all(&before, context);
        if are {
            let said = reading.speeches.iter().filter(|speech| speech.scope.contains(&at));
            let said = said.flat_map(|speech| &speech.sources).map(|source| source.name.clone());
            speakers = reading.meaning.client(context);
            speakers.extend(said.map(Named::unlisted));
            let known = |named: &Named| {
                let party = reading.meaning.parties.iter().find(|party| party.named.name == named.name);
                party.map_or_else(|| named.clone(), |party| party.named.clone())
            };
            speakers = speakers.iter().map(known).collect();
        }
        // In this sentence first, else in the last that accused one of them.
        let mut accused: Vec<(Named, Predicate, Named)> = reading.claims[reading.first..]
            .iter()
            .filter(|claim| claim.status == ClaimStatus::Alleged)
            .map(|claim| (claim.subject.clone(), claim.predicate, claim.object.clone()))
            .collect();
        let is_meant = |named: &Named| both || speakers.contains(named);
        accused.retain(|(subject, ..)| is_meant(subject));
        if accused.is_empty() {
            let recent = |one: &&Accusation| {
                is_meant(&one.subject) && context.sentence < one.sentence + if one.plain { 2 } else { LASTS }
            };
            let last = context.accusations.iter().find(recent).map(|one| one.sentence);
            accused.extend(
                context
                    .accusations
                    .iter()
                    .filter(|one| Some(one.sentence) == last && is_meant(&one.subject))
                    .map(|one| (one.subject.clone(), one.predicate, one.object.clone())),
            );
        }
        for (subject, predicate, object) in accused {
            deny(reading, subject, predicate, object, from..to + 1);
        }
    }
}

fn deny(reading: &mut Reading<'_>, subject: Named, predicate: Predicate, object: Named, words: Range<usize>) {
    let known = reading.claims[reading.first..].iter().any(|claim| {
        claim.status == ClaimStatus::Denied && claim.subject == subject && claim.object == object
    });
    if known {
        return;
    }
    let bytes = reading.sentence.bytes(&words);
    let speaker = Source { name: subject.name.clone(), role: SourceRole::Speaker };
    let mut attribution = attribution(&reading.speeches, words.start, false);
    // Where somebody else says it for him, it is that one's word.
    if !attribution.iter().any(|source| source.role == SourceRole::Speaker) {
        attribution.push(speaker);
    }
    reading.claims.push(Claim {
        subject,
        predicate,
        object,
        status: ClaimStatus::Denied,
        attribution,
        date: None,
        quote: model::Quote {
            text: reading.sentence.text[bytes.clone()].into(),
            start: bytes.start,
            end: bytes.end,
            page: None,
        },
    });
}

/// "it", "this", "the accusations", "any wrongdoing": what was said of him.
fn is_charge(reading: &Reading<'_>, at: usize) -> bool {
    const WORDS: usize = 4;
    let sentence = reading.sentence;
    for here in at..(at + WORDS).min(sentence.chunks.len()) {
        let words = sentence.words(here);
        if lists().charges.has(words) || lists().charges.has(last_of(words)) {
            // "denied it had ties" and "denied that he" say themselves what is denied; "denied the charges" does not.
            let goes_on = sentence.chunks.get(here + 1).is_some_and(|next| {
                next.verb_form().is_some()
                    || next.noun().is_some()
                    || matches!(
                        next.class(),
                        Some(
                            super::lexicon::Class::Have
                                | super::lexicon::Class::Be
                                | super::lexicon::Class::That
                                | super::lexicon::Class::Modal
                        )
                    )
            });
            return !(goes_on && lists().pronouns.has(words));
        }
        let idle = matches!(
            sentence.class(here),
            Some(
                super::lexicon::Class::Definite
                    | super::lexicon::Class::Determiner
                    | super::lexicon::Class::Pronoun(_)
            )
        ) || sentence.chunks[here].tags.is_empty() && sentence.noun(here).is_none();
        if !idle {
            return false;
        }
    }
    false
}

/// The last of several words: "the accusations".
fn last_of(words: &str) -> &str {
    words.rsplit(' ').next().unwrap_or(words)
}

/// "groundless", "a lie", "revenge": where it says so.
fn groundless(reading: &Reading<'_>, at: usize) -> Option<usize> {
    const WORDS: usize = 7;
    let sentence = reading.sentence;
    (at..(at + WORDS).min(sentence.chunks.len())).find(|here| lists().worthless.has(sentence.words(*here)))
}

/// "we have seen no register that bears this out", "is not supported by any document", "no proof whatsoever": what was claimed
/// before it, in this sentence or the one right before, is said to have no ground.
pub(crate) fn doubts(reading: &mut Reading<'_>, context: &Context) {
    let sentence = reading.sentence;
    let is_doubt = |at: &usize| {
        sentence.chunks[*at].has(|tag| *tag == Tag::Doubt)
            && (is_negative(sentence.words(*at))
                || (0..*at).rev().take(DOUBTED_WITHIN).any(|before| is_negative(sentence.words(before))))
    };
    let Some(at) = (0..sentence.chunks.len()).find(is_doubt) else { return };
    let place = sentence.chunks[at].start;
    // Whose brother he is, and of which country, is told in passing and not meant.
    let passing = |claim: &Claim| matches!(claim.predicate, Predicate::FamilyOf | Predicate::OfCountry);
    let unsettled = |claim: &Claim| {
        matches!(claim.status, ClaimStatus::Asserted | ClaimStatus::Alleged) && !passing(claim)
    };
    let (before, own) = reading.claims.split_at_mut(reading.first);
    let mut any = false;
    for claim in own.iter_mut().filter(|claim| claim.quote.start < place && unsettled(claim)) {
        claim.status = ClaimStatus::Unsubstantiated;
        any = true;
    }
    let names = (0..at).any(|here| matches!(sentence.noun(here), Some(Noun::Party(_))));
    let range = context.claims_before.clone();
    if !any && own.is_empty() && !names && range.end == before.len() {
        for claim in before[range].iter_mut().filter(|claim| unsettled(claim)) {
            claim.status = ClaimStatus::Unsubstantiated;
        }
    }
}

const DOUBTED_WITHIN: usize = 10;

fn is_negative(words: &str) -> bool {
    let words = on_one_line(words);
    words.split(' ').any(|word| lists().negative.has(word))
}
