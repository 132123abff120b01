//! Who holds a role: the name right behind, the name before the comma, the subject of "is", who is called it.

use super::chunks::{Noun, same};
use super::frames::Reading;
use super::grammar::Sentence;
use super::lexicon::{Class, Tag};
use super::lists::lists;
use super::tokens::Mark;

/// Who is it: the name right behind, the name before the comma, or the subject of "is".
pub(crate) fn holder(
    reading: &Reading<'_>,
    at: usize,
    behind: usize,
    others: &[usize],
    earlier: &[usize],
) -> Vec<usize> {
    let sentence = reading.sentence;
    let person =
        |list: Vec<usize>| -> Vec<usize> { list.into_iter().filter(|at| !others.contains(at)).collect() };
    let mut left = at.min(others.iter().copied().min().unwrap_or(at));
    // Over "the", "a former senior".
    while let Some(before) = left.checked_sub(1) {
        let chunk = &sentence.chunks[before];
        let describes = matches!(
            chunk.class(),
            Some(Class::Determiner | Class::Definite | Class::Adverb | Class::Number(_))
        ) || chunk.has(|tag| matches!(tag, Tag::Hedge(_)))
            || chunk.part == super::chunks::Part::Word
                && chunk.tags.is_empty()
                && !same(sentence.words(before), "as");
        if !describes {
            break;
        }
        left = before;
    }
    let before = left.checked_sub(1);
    let being = before.filter(|at| same(sentence.words(*at), "being")).and_then(|at| at.checked_sub(1));
    if let Some(before) = being.filter(|at| same(sentence.words(*at), "for")).and_then(|at| at.checked_sub(1))
    {
        // "designated X and Y for being employees of Z"
        let named = sentence.is_party(before);
        return if named { person(sentence.list_before(before)) } else { Vec::new() };
    }
    if let Some(called) = called(sentence, before) {
        return person(vec![called]);
    }
    let is = before.filter(|at| sentence.class(*at) == Some(Class::Be) || becomes(sentence.words(*at)));
    if let Some(is) = is {
        // "Its manager is X": where the role leads, the name follows.
        let mut subject = acted_on(sentence, sentence.subject_of(is), left);
        // "denied being a member of Y"
        if subject.is_empty() && same(sentence.words(is), "being") {
            subject = reading.speaker_before(is);
        }
        if !subject.is_empty() {
            return person(subject);
        }
    }
    let direct = sentence.mark(behind, Mark::Comma) || sentence.class(behind) == Some(Class::Be);
    let next = behind + usize::from(direct);
    let follows = matches!(sentence.noun(next), Some(Noun::Party(_))) && !sentence.owns(next);
    let apposed = before.filter(|at| sentence.mark(*at, Mark::Comma)).and_then(|comma| comma.checked_sub(1));
    // "X, 45, the head of Y"
    let aged = apposed
        .filter(|at| matches!(sentence.class(*at), Some(Class::Number(_))))
        .and_then(|at| at.checked_sub(2));
    let apposed = aged.filter(|name| sentence.mark(name + 1, Mark::Comma)).or(apposed);
    if let Some(name) = apposed
        .filter(|name| matches!(sentence.noun(*name), Some(Noun::Party(_))))
        .filter(|name| sentence.is_party(*name))
    {
        let list = sentence.list_before(name);
        let plural = sentence.words(at).ends_with('s');
        return person(if plural { list } else { vec![name] });
    }
    if follows {
        return person(sentence.list_from(next));
    }
    // "a subsidiary of Y and a front company for Z": as before the "and".
    let and = before.is_some_and(|at| sentence.class(at) == Some(Class::And));
    if and && !earlier.is_empty() {
        return person(earlier.to_vec());
    }
    if let Some(name) = before.filter(|_| and).and_then(|and| apposed_over(sentence, and)) {
        return person(vec![name]);
    }
    // "served as manager of Y", "X for being employees of Y"
    let hedged = (left..at).any(|at| sentence.words(at).ends_with(" as"));
    let serves = hedged
        || before.is_some_and(|at| same(sentence.words(at), "as") || sentence.class(at) == Some(Class::Be));
    if serves {
        let from = if hedged { before.map(|at| at + 1) } else { before };
        return person(acted_on(sentence, from.map_or_else(Vec::new, |at| sentence.subject_of(at)), left));
    }
    Vec::new()
}

/// "OFAC designated X and Y on May 5 as leaders of Z": they lead it, not the authority. `behind` is where the role begins.
fn acted_on(sentence: &Sentence<'_>, subject: Vec<usize>, behind: usize) -> Vec<usize> {
    let acts = |at: &usize| matches!(sentence.noun(*at), Some(Noun::Source(_)));
    let named = |at: &usize| matches!(sentence.noun(*at), Some(Noun::Party(_))) && !sentence.owns(*at);
    match subject.iter().copied().find(acts) {
        None => subject,
        Some(author) => {
            let name = (author + 1..behind).rev().find(named);
            name.map_or_else(Vec::new, |name| sentence.list_before(name))
        }
    }
}

/// "The Treasury calls him an agent of Y", "described X as the head of Y": who stands between the verb and what he is called.
pub(crate) fn called(sentence: &Sentence<'_>, before: Option<usize>) -> Option<usize> {
    let before = before?;
    let name = before - usize::from(same(sentence.words(before), "as") && before > 0);
    let is_verb = |at: usize| lists().called.has(sentence.words(at));
    if name < before && is_verb(name) {
        // "is described as an agent of Y", "whom they describe as"
        let whom = sentence.whom(name).and_then(|list| list.first().copied());
        return whom.or_else(|| {
            let passive = sentence.is_passive(name, &[]);
            sentence.subject_of(name).first().copied().filter(|_| passive)
        });
    }
    if !sentence.is_party(name) {
        return None;
    }
    // "described by the department as"
    if let Some(by) = (name.saturating_sub(2)..name).find(|at| same(sentence.words(*at), "by"))
        && by > 0
        && is_verb(by - 1)
    {
        return sentence.subject_of(by - 1).first().copied();
    }
    let mut left = name;
    while let Some(next) = left.checked_sub(1) {
        let chunk = &sentence.chunks[next];
        let describes = matches!(chunk.class(), Some(Class::Determiner | Class::Definite))
            || chunk.part == super::chunks::Part::Word && chunk.tags.is_empty();
        left = next;
        if !describes || is_verb(next) {
            break;
        }
    }
    is_verb(left).then_some(name)
}

/// "X, a former minister of Iran and a former commander": the name before the comma.
pub(crate) fn apposed_over(sentence: &Sentence<'_>, and: usize) -> Option<usize> {
    const REACH: usize = 10;
    for at in (and.saturating_sub(REACH)..and).rev() {
        let chunk = &sentence.chunks[at];
        if chunk.is_mark(Mark::Comma) {
            return at.checked_sub(1).filter(|name| matches!(sentence.noun(*name), Some(Noun::Party(_))));
        }
        if chunk.class() == Some(Class::Be) || chunk.verb_form().is_some() {
            return None;
        }
    }
    None
}

pub(crate) fn becomes(word: &str) -> bool {
    ["became", "becomes", "remains", "remained", "named", "appointed", "elected", "as"]
        .iter()
        .any(|one| same(word, one))
}
