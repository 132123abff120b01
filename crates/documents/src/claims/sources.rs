//! Whose word a sentence is: verbs of saying with their speakers, before what is said or behind it, one within another.

use std::ops::Range;

use model::{ClaimStatus, Source, SourceRole};

use super::chunks::{Noun, Part, same};
use super::context::{Context, Meaning};
use super::grammar::Sentence;
use super::lexicon::{Class, Form, SourceKind, Tag};
use super::regions::{is_claimed, region, says_on};
use super::tokens::Mark;

/// Somebody's word, and how far it goes.
#[derive(Clone, Debug)]
pub(crate) struct Speech {
    /// The chunks that say whose word it is.
    pub(crate) region: Range<usize>,
    /// The chunks that are their word.
    pub(crate) scope: Range<usize>,
    /// The quotation, where it is one; else the same.
    pub(crate) quoted: Range<usize>,
    pub(crate) sources: Vec<Source>,
    /// What the verb makes of it.
    pub(crate) status: Option<ClaimStatus>,
    /// The date of the statement, a chunk.
    pub(crate) date: Option<usize>,
    /// A prosecutor's word of deeds, or an indictment's, is an accusation.
    pub(crate) accuses: bool,
}

/// The speeches of a sentence, in the order of their places. Marks their chunks as spoken.
pub(crate) fn speeches(
    sentence: &mut Sentence<'_>,
    parties: &[crate::Party],
    context: &Context,
) -> Vec<Speech> {
    let mut regions: Vec<(Range<usize>, Option<usize>)> = Vec::new();
    for at in (0..sentence.chunks.len()).rev() {
        if regions.last().is_some_and(|(region, _)| region.contains(&at)) {
            continue;
        }
        let region = if sentence.class(at) == Some(Class::According) {
            Some((according(sentence, at), None))
        } else if sentence.chunks[at].has(|tag| matches!(tag, Tag::Say(..))) {
            region(sentence, at).map(|region| (region, Some(at)))
        } else {
            None
        };
        regions.extend(region);
    }
    regions.reverse();
    for chunk in regions.iter().flat_map(|(region, _)| region.clone()) {
        sentence.chunks[chunk].spoken = true;
    }
    let sentence = &*sentence;
    let meaning = Meaning { sentence, parties };
    let mut speeches: Vec<Speech> = Vec::new();
    for (n, (region, say)) in regions.iter().enumerate() {
        let scope = match say {
            // "where, according to X, the members met": what follows; else the whole sentence.
            None if region.start > 0 && region.end + 1 < sentence.chunks.len() => {
                region.end..sentence.chunks.len()
            }
            None => 0..sentence.chunks.len(),
            Some(_) => scope(sentence, region, regions.get(n + 1).map(|(next, _)| next.clone())),
        };
        let scope = within_parenthesis(sentence, region, scope);
        let speaker = say.filter(|say| sentence.form(*say) == Some(Form::Ing) && region.start == *say);
        let mut sources = match speaker {
            // "Trump made claims alleging that": the subject's word.
            Some(say) => {
                let authority = |at: &usize| {
                    sentence.is_party(*at)
                        && matches!(sentence.noun(*at), Some(Noun::Source(kind)) if !matches!(kind, SourceKind::Statement | SourceKind::Outlet | SourceKind::Court))
                };
                let comma = say > 0 && sentence.mark(say - 1, Mark::Comma);
                let authority = (0..say).rev().find(|at| comma && authority(at) && !sentence.is_object(*at));
                let by = authority.map_or_else(|| sentence.subject_of(say), |at| vec![at]);
                by.iter().flat_map(|at| meaning.sources(*at..at + 1, context)).collect()
            }
            None => meaning.sources(about_speaker(sentence, region), context),
        };
        if sources.is_empty() && say.is_some() && says_on(sentence, region.start) {
            // "calls it a front and says that": the same speaker goes on.
            sources = speeches.last().map_or_else(Vec::new, |before| before.sources.clone());
        }
        let carried = complete(&mut sources, context);
        let kinds = |wanted: &[SourceKind]| {
            region
                .clone()
                .any(|at| matches!(sentence.noun(at), Some(Noun::Source(kind)) if wanted.contains(kind)))
        };
        let about = about_speaker(sentence, region);
        let hedge = region
            .clone()
            .filter(|at| about.contains(at) || say.is_some_and(|say| *at + 1 >= say))
            .find_map(|at| {
                sentence.chunks[at].tags.iter().find_map(|tag| match tag {
                    Tag::Hedge(
                        status @ (ClaimStatus::Unsubstantiated | ClaimStatus::Denied | ClaimStatus::Alleged),
                    ) => Some(*status),
                    _ => None,
                })
            });
        let own = say.and_then(|say| {
            sentence.chunks[say]
                .tags
                .iter()
                .find_map(|tag| if let Tag::Say(status, _) = tag { *status } else { None })
        });
        speeches.push(Speech {
            region: region.clone(),
            status: hedge.or(own),
            date: region.clone().find(|at| sentence.chunks[*at].part == Part::Date),
            accuses: kinds(&[SourceKind::Prosecutor, SourceKind::Accusation]) || carried && context.accusing,
            quoted: quotation(sentence, &scope),
            sources,
            scope,
        });
    }
    speeches
}

/// "The statement revealed": a statement whose author was named before.
fn complete(sources: &mut Vec<Source>, context: &Context) -> bool {
    let only = |sources: &[Source]| sources.iter().all(|source| source.role == SourceRole::Statement);
    let Some(own) = sources.first().filter(|_| only(sources)) else { return false };
    let known =
        context.said.iter().any(|said| said.role == SourceRole::Statement && same(&said.name, &own.name));
    if known {
        let authors = context.said.iter().filter(|said| said.role != SourceRole::Statement);
        sources.splice(0..0, authors.cloned().collect::<Vec<_>>());
    }
    known
}

/// "according to the Treasury," with its list of nouns; "according to the indictment Antonov stole": a name right behind the paper
/// begins what it says.
fn according(sentence: &Sentence<'_>, at: usize) -> Range<usize> {
    let stops = |here: &usize| {
        let chunk = &sentence.chunks[*here];
        matches!(chunk.part, Part::Mark(_)) && !chunk.is_mark(Mark::Possessive)
            || matches!(
                chunk.class(),
                Some(Class::Be | Class::Have | Class::That | Class::Relative | Class::And)
            )
            || chunk.verb_form().is_some()
            || matches!(chunk.part, Part::Noun(Noun::Party(_) | Noun::Pronoun(_) | Noun::Group(_)))
                && *here > at + 1
                && matches!(sentence.noun(*here - 1), Some(Noun::Source(_)))
    };
    at..(at + 1..sentence.chunks.len()).find(stops).unwrap_or(sentence.chunks.len())
}

/// The words about a speaker without what is told of him besides: "X, who taught law at Y, thinks".
fn about_speaker(sentence: &Sentence<'_>, region: &Range<usize>) -> Range<usize> {
    let relative = region.clone().find(|at| sentence.class(*at) == Some(Class::Relative));
    match relative {
        Some(at) if (region.start..at).any(|at| sentence.noun(at).is_some()) => region.start..at,
        _ => region.clone(),
    }
}

/// What is said: what follows, or what stands before.
fn scope(sentence: &Sentence<'_>, region: &Range<usize>, next: Option<Range<usize>>) -> Range<usize> {
    let count = sentence.chunks.len();
    let that = sentence.class(region.end - 1) == Some(Class::That);
    // "The EU listed X, saying it had": what follows.
    let saying = sentence.form(region.start) == Some(Form::Ing);
    let leads = that
        || saying
        || matches!(
            sentence.chunks.get(region.end).map(|chunk| &chunk.part),
            Some(Part::Mark(Mark::OpenQuote | Mark::Colon))
        );
    let before = (0..region.start).any(|at| !sentence.spoken(at) && is_claimed(sentence, at));
    let behind = region
        .start
        .checked_sub(1)
        .is_some_and(|at| sentence.mark(at, Mark::Comma) || sentence.mark(at, Mark::CloseQuote));
    if !leads && before && behind {
        // ", the Treasury said, ": both sides are its word, until another clause begins.
        let aside =
            sentence.mark(region.end, Mark::Comma) && !sentence.mark(region.start - 1, Mark::CloseQuote);
        let ends = |here: &usize| {
            sentence.mark(*here, Mark::Semicolon)
                || sentence.spoken(*here)
                || sentence.class(*here) == Some(Class::Subordinate)
        };
        let end = (region.end..count).find(ends).unwrap_or(count);
        return 0..if aside { end } else { region.start };
    }
    let nested = |next: &Range<usize>| next.start == region.end;
    let later = next.filter(|next| {
        !nested(next) && region.end < next.start && {
            let follows = next.start.checked_sub(1);
            !follows.is_some_and(|at| sentence.mark(at, Mark::CloseQuote) || sentence.mark(at, Mark::Comma))
                || sentence.class(next.end - 1) == Some(Class::That)
        }
    });
    region.end..later.map_or(count, |next| next.start)
}

/// "(some papers write X)": what stands in a parenthesis is said of nothing outside it.
fn within_parenthesis(sentence: &Sentence<'_>, region: &Range<usize>, scope: Range<usize>) -> Range<usize> {
    let (Some(first), Some(last)) = (sentence.chunks.first(), sentence.chunks.get(region.start)) else {
        return scope;
    };
    let before = &sentence.text[first.start..last.start];
    if before.rfind('(').is_none_or(|open| before[open..].contains(')')) {
        return scope;
    }
    let closes = (region.end..sentence.chunks.len()).find(|at| sentence.mark(*at, Mark::CloseParenthesis));
    scope.start.max(region.start)..closes.unwrap_or(scope.end).min(scope.end).max(region.start)
}

/// The quotation that a scope ends with, or begins with.
fn quotation(sentence: &Sentence<'_>, scope: &Range<usize>) -> Range<usize> {
    let closed = scope.end.checked_sub(1).is_some_and(|last| sentence.mark(last, Mark::CloseQuote));
    let open = scope.clone().rev().find(|at| closed && sentence.mark(*at, Mark::OpenQuote));
    open.unwrap_or(scope.start)..scope.end
}

/// The attribution of what stands at a chunk: outlets, authorities, speakers, statements, each once, the outer ones first.
/// What describes somebody outside the quotation (`describes`) is the document's own.
pub(crate) fn attribution(speeches: &[Speech], at: usize, describes: bool) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    let over =
        |speech: &&Speech| if describes { speech.quoted.contains(&at) } else { speech.scope.contains(&at) };
    for speech in speeches.iter().filter(over) {
        for source in &speech.sources {
            let statement = source.role == SourceRole::Statement;
            if statement {
                // One paper: the last that is named.
                sources.retain(|known| known.role != SourceRole::Statement);
            }
            if !sources.contains(source) {
                sources.push(source.clone());
            }
        }
    }
    sources.sort_by_key(|source| source.role);
    sources
}
