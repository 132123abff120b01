//! The criminal case that a text tells of: whose word charges are that the next sentences tell without a source.

use model::{Source, SourceRole};

use super::chunks::{Noun, same};
use super::context::{Context, Meaning};
use super::lexicon::{Class, SourceKind};
use super::lists::lists;

/// For how many sentences a case goes on.
const LASTS: u8 = 6;

/// Who brought a case and with which paper.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub(crate) sources: Vec<Source>,
    left: u8,
}

/// "Prosecutors in X unsealed an indictment": the charges that follow are their word in that paper.
pub(crate) fn take(meaning: &Meaning<'_>, context: &mut Context) {
    const WITHIN: usize = 4;
    let sentence = meaning.sentence;
    if context.case.left > 0 {
        context.case.left -= 1;
        if context.case.left == 0 {
            context.case.sources.clear();
        }
    }
    // "Count One" is a part of a paper.
    let count = |at: &usize| sentence.words(*at).get(..6).is_some_and(|word| same(word, "count "));
    let paper =
        |at: &usize| matches!(sentence.noun(*at), Some(Noun::Source(SourceKind::Accusation))) && !count(at);
    let Some(paper) = (0..sentence.chunks.len()).find(paper) else { return };
    let brings = |at: &usize| lists().brings.has(sentence.words(*at));
    let before = (paper.saturating_sub(WITHIN)..paper).rev().find(brings);
    let behind = (paper + 1..sentence.chunks.len().min(paper + WITHIN)).find(brings);
    let prosecutor = |at: &usize| {
        matches!(sentence.noun(*at), Some(Noun::Source(SourceKind::Prosecutor | SourceKind::Authority)))
            && sentence.is_party(*at)
    };
    let jury = |at: &usize| sentence.words(*at).to_ascii_lowercase().contains("jury");
    let author = before.and_then(|verb| {
        (verb.saturating_sub(8)..verb)
            .rev()
            .find(|at| prosecutor(at) && !jury(at) && sentence.class(*at) != Some(Class::Relative))
    });
    if before.is_none() && behind.is_none() {
        return;
    }
    let mut sources: Vec<Source> = Vec::new();
    if let Some(author) = author {
        sources.extend(
            meaning
                .of(author, context)
                .into_iter()
                .map(|named| Source { name: named.name, role: SourceRole::Authority }),
        );
    }
    let word = sentence.words(paper).to_lowercase();
    sources.push(Source { name: word.trim_end_matches('s').into(), role: SourceRole::Statement });
    context.case = Case { sources, left: LASTS };
}
