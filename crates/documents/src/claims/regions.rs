//! The words that say whose word something is: a verb of saying with its speaker, where they begin and end.

use std::ops::Range;

use model::ClaimStatus;

use super::chunks::{Noun, Part, same};
use super::grammar::Sentence;
use super::lexicon::{Class, Form, LEXICON, SourceKind, Tag};
use super::tokens::Mark;

/// The chunks that belong to the verb of saying at `at`; `None`: nobody speaks.
pub(crate) fn region(sentence: &Sentence<'_>, at: usize) -> Option<Range<usize>> {
    let form = sentence.form(at)?;
    if is_frame(sentence, at) {
        return None;
    }
    // "wrote and tuned the program", "reported to Y": no words follow that are said.
    let does = sentence.chunks[at].has(|tag| matches!(tag, Tag::Deed(_)));
    let words = |here: usize| {
        sentence.class(here) == Some(Class::That)
            || matches!(
                sentence.chunks.get(here).map(|chunk| &chunk.part),
                Some(Part::Mark(_) | Part::Noun(_)) | None
            )
    };
    if does && !words(at + 1) && !sentence.mark(at.saturating_sub(1), Mark::CloseQuote) {
        return None;
    }
    let helper = at.checked_sub(1).and_then(|before| sentence.class(before));
    if form == Form::Base && matches!(helper, Some(Class::To | Class::Modal)) {
        return None;
    }
    let end = region_end(sentence, at);
    if form == Form::Ing && helper != Some(Class::Be) {
        let that =
            sentence.class(at + 1) == Some(Class::That) || sentence.class(end - 1) == Some(Class::That);
        // "the department's release, unveiling the charges"
        let papers = (0..at).rev().take_while(|&here| {
            matches!(sentence.noun(here), Some(Noun::Source(kind)) if !matches!(kind, SourceKind::Country | SourceKind::Court))
                || sentence.mark(here, Mark::Possessive)
                || here + 1 == at && sentence.mark(here, Mark::Comma)
        });
        // "The EU listed X, saying it had"
        let saying =
            ["saying", "adding", "claiming", "alleging", "arguing", "noting", "insisting", "stating"]
                .iter()
                .any(|verb| same(sentence.words(at), verb))
                && sentence.mark(at - usize::from(at > 0), Mark::Comma);
        if saying {
            return Some(at..end.max(at + 1));
        }
        let first = papers.last().filter(|first| *first + 1 < at || sentence.noun(*first).is_some());
        return first.map(|first| first..at + 1).or(that.then_some(at..end));
    }
    if says_on(sentence, at) && matches!(form, Form::Past | Form::Third) && speaks_before(sentence, at - 1) {
        return Some(at..end);
    }
    // "described by Y as", "is reported by the press to be": whose word it is stands behind.
    if matches!(form, Form::Past | Form::Participle) && same(sentence.words(at + 1), "by") {
        let speaker = sentence.first_noun(at + 2);
        let calls = |speaker: &usize| {
            sentence.class(speaker + 1) == Some(Class::To) || same(sentence.words(speaker + 1), "as")
        };
        if let Some(speaker) = speaker.filter(calls) {
            return Some(at..speaker + 1);
        }
    }
    if matches!(form, Form::Past | Form::Participle) && helper == Some(Class::Be) {
        return None;
    }
    let (start, found) = region_start(sentence, at);
    if found {
        return Some(start..end);
    }
    // "..., said Under Secretary Helen Marsh."
    let behind = at
        .checked_sub(1)
        .is_some_and(|before| sentence.mark(before, Mark::CloseQuote) || sentence.mark(before, Mark::Comma));
    let speaker = sentence.first_noun(at + 1).filter(|_| behind)?;
    Some(at..speaker + 1)
}

/// A verb of saying stands before in the clause.
pub(crate) fn speaks_before(sentence: &Sentence<'_>, at: usize) -> bool {
    const REACH: usize = 25;
    let ends = |here: &usize| sentence.mark(*here, Mark::Semicolon);
    (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|here| !ends(here))
        .any(|here| sentence.chunks[here].has(|tag| matches!(tag, Tag::Say(_, Form::Past | Form::Third))))
}

/// "added X to the list" and "found guilty" say nothing: the words that such a verb needs tell it from one of saying.
pub(crate) fn is_frame(sentence: &Sentence<'_>, at: usize) -> bool {
    const NEEDED_WITHIN: usize = 14;
    let near = at + 1..sentence.chunks.len().min(at + NEEDED_WITHIN);
    let frames = sentence.chunks[at].tags.iter().filter_map(|tag| match tag {
        Tag::Verb(row, _) => Some(&LEXICON.verbs[usize::from(*row)].needs),
        _ => None,
    });
    frames.into_iter().flatten().any(|need| sentence.stands_between(near.clone(), need))
}

/// Where the words about the speaker begin, and whether somebody is among them.
pub(crate) fn region_start(sentence: &Sentence<'_>, at: usize) -> (usize, bool) {
    let mut found = false;
    let mut start = at;
    // "A former employee, who asked not to be named, said": over what is told of him.
    const TOLD_OF_HIM: usize = 14;
    if let Some(comma) = at.checked_sub(1).filter(|comma| sentence.mark(*comma, Mark::Comma)) {
        let who = (comma.saturating_sub(TOLD_OF_HIM)..comma)
            .find(|here| sentence.class(*here) == Some(Class::Relative) && *here > 0);
        if let Some(who) = who.filter(|who| sentence.mark(who - 1, Mark::Comma)) {
            start = who - 1;
        }
    }
    while let Some(before) = start.checked_sub(1) {
        let chunk = &sentence.chunks[before];
        let says = chunk.has(|tag| matches!(tag, Tag::Say(_, Form::Past | Form::Ing)));
        match &chunk.part {
            Part::Noun(_) => found |= !sentence.owns(before),
            Part::Mark(Mark::Comma) => {
                // An opening phrase ("In a statement,") or the speaker before what is told of him.
                let opening = |&here: &usize| {
                    matches!(sentence.chunks[here].part, Part::Mark(mark) if mark != Mark::Possessive)
                        || is_claimed(sentence, here)
                            && !sentence.chunks[here].has(|tag| matches!(tag, Tag::Role(_)))
                };
                let blocked = (0..before).rev().find(opening);
                let part = blocked.map_or(0, |mark| mark + 1);
                let nobody = !(part..before)
                    .any(|at| sentence.noun(at).is_some() || sentence.chunks[at].part == Part::Date);
                let role =
                    (part..before).any(|at| sentence.chunks[at].has(|tag| matches!(tag, Tag::Role(_))));
                let role =
                    role && blocked.is_none_or(|here| matches!(sentence.chunks[here].part, Part::Mark(_)));
                if blocked.is_some() && found && !role || nobody && found && part > 0 {
                    break;
                }
            }
            Part::Mark(Mark::Possessive) | Part::Date => {}
            Part::Mark(_) => break,
            Part::Word => {
                found |= chunk.has(|tag| matches!(tag, Tag::Role(_)));
                let stops = matches!(
                    chunk.class(),
                    Some(Class::That | Class::Subordinate | Class::Relative | Class::To)
                ) || chunk.class() == Some(Class::And)
                    && !sentence.is_party(before.saturating_sub(1))
                    || chunk.class() == Some(Class::Be) && found
                    || chunk.verb_form().is_some() && !says
                    || chunk.has(|tag| matches!(tag, Tag::Verb(..) | Tag::Deed(_)));
                if stops {
                    break;
                }
            }
        }
        start = before;
    }
    (start, found)
}

/// Where the words about the statement end: "in a statement that", "a statement by the department".
pub(crate) fn region_end(sentence: &Sentence<'_>, at: usize) -> usize {
    let mut end = at + 1;
    let mut told = false;
    while let Some(chunk) = sentence.chunks.get(end) {
        let goes_on = match &chunk.part {
            Part::Date | Part::Noun(Noun::Source(_)) | Part::Mark(Mark::Possessive) => {
                told = true;
                true
            }
            // "told Radio Cedar": who is told, and prints it.
            Part::Noun(Noun::Party(_)) if end == at + 1 && is_told(sentence, at) => {
                told = true;
                true
            }
            Part::Noun(noun) => matches!(noun, Noun::Pronoun(pronoun) if pronoun.owns()),
            Part::Mark(_) => false,
            Part::Word => match chunk.class() {
                Some(Class::Preposition | Class::Determiner | Class::Definite | Class::Adverb) => true,
                Some(_) => false,
                None => {
                    chunk.tags.is_empty() || chunk.has(|tag| *tag == Tag::Hedge(ClaimStatus::Unsubstantiated))
                }
            },
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    let closes = |at: usize| {
        at >= sentence.chunks.len()
            || sentence.class(at) == Some(Class::That)
            || matches!(sentence.chunks[at].part, Part::Mark(Mark::OpenQuote | Mark::Colon | Mark::Comma))
    };
    let that = sentence.class(end) == Some(Class::That);
    if closes(end) && (told || that) {
        return end + usize::from(that);
    }
    if end == at + 2 && told && is_told(sentence, at) {
        return end;
    }
    // "the statement revealed Thursday"
    let dated = sentence.chunks.get(at + 1).is_some_and(|chunk| chunk.part == Part::Date);
    at + 1 + usize::from(dated)
}

/// "told", "tells": the verb that says to whom.
pub(crate) fn is_told(sentence: &Sentence<'_>, at: usize) -> bool {
    ["told", "tells", "telling", "informed"].iter().any(|tell| same(sentence.words(at), tell))
}

pub(crate) fn is_claimed(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.chunks[at].has(|tag| matches!(tag, Tag::Verb(..) | Tag::Deed(_) | Tag::Noun(_) | Tag::Role(_)))
        || sentence.class(at) == Some(Class::Be)
}

/// "and added", "; it says": a verb of saying right behind an "and" has the speaker of the one before.
pub(crate) fn says_on(sentence: &Sentence<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| sentence.class(before) == Some(Class::And))
}
