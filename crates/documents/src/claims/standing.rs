//! How a claim stands: what hedges, negations and the verb of saying make of it.

use model::ClaimStatus;

use super::chunks::{Noun, Part, same};
use super::grammar::Sentence;
use super::lexicon::{Class, Form, Tag};
use super::sources::Speech;

/// The status of what the chunk at `at` claims, which by itself has the status `own`.
pub(crate) fn standing(
    sentence: &Sentence<'_>,
    at: usize,
    own: ClaimStatus,
    speeches: &[Speech],
) -> ClaimStatus {
    if is_negated(sentence, at) {
        return match own {
            ClaimStatus::Denied => ClaimStatus::Asserted,
            _ => ClaimStatus::Denied,
        };
    }
    let over = speeches.iter().filter(|speech| speech.scope.contains(&at));
    let said: Vec<ClaimStatus> = over.clone().filter_map(|speech| speech.status).collect();
    if said.contains(&ClaimStatus::Denied) {
        return ClaimStatus::Denied;
    }
    let is_act = !matches!(own, ClaimStatus::Asserted | ClaimStatus::Alleged);
    if is_act {
        return own;
    }
    let mut hedges = hedges(sentence, at);
    if ended(sentence, at) {
        hedges.push(ClaimStatus::Historical);
    }
    for status in [ClaimStatus::Unsubstantiated, ClaimStatus::Historical] {
        if said.contains(&status) || hedges.contains(&status) {
            return status;
        }
    }
    let accused = over.clone().any(|speech| speech.accuses);
    if accused || said.contains(&ClaimStatus::Alleged) || hedges.contains(&ClaimStatus::Alleged) {
        return ClaimStatus::Alleged;
    }
    own
}

/// "led the service until 2001": what has an end is over.
fn ended(sentence: &Sentence<'_>, at: usize) -> bool {
    let past = sentence.chunks[at].verb_form().is_some_and(|form| form == Form::Past);
    let was = at.checked_sub(1).is_some_and(|was| same(sentence.words(was), "was"));
    let until = |here: usize| same(sentence.words(here), "until");
    (past || was)
        && (at + 1..sentence.clause_end(at)).any(|here| {
            until(here) && sentence.chunks.get(here + 1).is_some_and(|next| next.part == Part::Date)
        })
}

fn hedge(sentence: &Sentence<'_>, at: usize) -> Option<ClaimStatus> {
    let tags = sentence.chunks.get(at).map_or(&[][..], |chunk| &chunk.tags);
    tags.iter().find_map(|tag| if let Tag::Hedge(status) = tag { Some(*status) } else { None })
}

/// "was not", "has never", "no links": a negation among the helpers of the verb, or right before the noun.
fn is_negated(sentence: &Sentence<'_>, at: usize) -> bool {
    const BEFORE: usize = 5;
    // "has attacked nobody"
    if ["nobody", "nothing", "none"].iter().any(|no| same(sentence.words(at + 1), no)) {
        return true;
    }
    for before in (at.saturating_sub(BEFORE)..at).rev() {
        let chunk = &sentence.chunks[before];
        if hedge(sentence, before) == Some(ClaimStatus::Denied) {
            return true;
        }
        let helps = matches!(
            chunk.class(),
            Some(Class::Be | Class::Have | Class::Do | Class::Modal | Class::Adverb | Class::Determiner)
        ) || hedge(sentence, before).is_some()
            || chunk.part == Part::Date
            || chunk.part == Part::Word && chunk.tags.is_empty();
        if !helps {
            return false;
        }
    }
    false
}

/// The hedges that the claim at `at` stands under: those of its clause before it, and one right behind it.
fn hedges(sentence: &Sentence<'_>, at: usize) -> Vec<ClaimStatus> {
    let start = sentence.clause_start(at);
    let mut found = Vec::new();
    let mut nouns = 0;
    for before in (start..at).rev() {
        nouns +=
            usize::from(matches!(sentence.noun(before), Some(noun) if !matches!(noun, Noun::Pronoun(_))));
        // "the former minister X is the manager": former is the minister, not the manager.
        if let Some(status) =
            hedge(sentence, before).filter(|status| *status != ClaimStatus::Historical || nouns == 0)
        {
            found.push(status);
        }
    }
    // "no proof that he gives orders"
    let that = start.checked_sub(2).filter(|_| sentence.class(start - 1) == Some(Class::That));
    found.extend(
        that.and_then(|before| hedge(sentence, before)).filter(|s| *s == ClaimStatus::Unsubstantiated),
    );
    let behind = hedge(sentence, at + 1).filter(|status| *status != ClaimStatus::Historical);
    found.extend(behind);
    found
}
