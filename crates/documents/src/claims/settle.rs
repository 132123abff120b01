//! What a word is that can be several things: noun or verb, a country or what describes something.

use model::ClaimStatus;

use super::chunks::{Chunk, Group, Noun, Part, describes};
use super::lexicon::{Class, Form, Kind, SourceKind, Tag};
use super::tokens::Mark;

/// Where a word can be a noun or a verb, what stands around it tells which: "the report", "CNN reports".
pub(crate) fn settle(text: &str, chunks: &mut [Chunk]) {
    for at in 0..chunks.len() {
        let is_noun = |tag: &Tag| {
            matches!(tag, Tag::Noun(_) | Tag::Role(_) | Tag::Source(_) | Tag::Group { .. } | Tag::Hedge(_))
        };
        let is_verb = |tag: &Tag| matches!(tag, Tag::Verb(..) | Tag::Say(..) | Tag::Deed(_));
        if !(chunks[at].has(is_noun) && chunks[at].has(is_verb)) {
            continue;
        }
        let before = at.checked_sub(1).map(|at| &chunks[at]);
        let after = chunks.get(at + 1);
        let leads_verb = before.is_some_and(|before| {
            matches!(&before.part, Part::Noun(noun) if !matches!(noun, Noun::Pronoun(pronoun) if pronoun.owns()))
                || matches!(before.part, Part::Date)
                || before.is_mark(Mark::CloseQuote)
                || matches!(
                    before.class(),
                    Some(Class::Be | Class::Have | Class::Modal | Class::To | Class::Relative | Class::Adverb)
                )
                || before.has(|tag| matches!(tag, Tag::Hedge(ClaimStatus::Alleged | ClaimStatus::Denied)))
        });
        let verb_follows = after.is_some_and(|after| {
            after.has(|tag| {
                matches!(tag, Tag::Say(_, Form::Past | Form::Third)) || *tag == Tag::Class(Class::Be)
            })
        });
        let verb = leads_verb && !verb_follows;
        chunks[at].keep(|tag| if verb { !is_noun(tag) } else { !is_verb(tag) });
        if verb {
            chunks[at].part = Part::Word;
        }
    }
    for at in 1..chunks.len() {
        // "took orders from": right behind a verb no other one stands.
        let verb = |tag: &Tag| matches!(tag, Tag::Verb(..) | Tag::Deed(_));
        let third = |tag: &Tag| matches!(tag, Tag::Deed(Form::Third));
        if chunks[at].has(third) && chunks[at - 1].has(verb) {
            chunks[at].keep(|tag| !third(tag));
        }
    }
    for at in 1..chunks.len() {
        // "the two are accused", "all three deny it": so many people.
        let Some(Class::Number(count)) = chunks[at].class() else { continue };
        let definite = chunks[at - 1].class() == Some(Class::Definite);
        let verb = chunks.get(at + 1).is_some_and(|next| {
            matches!(next.class(), Some(Class::Be | Class::Have | Class::Modal)) || next.verb_form().is_some()
        });
        if definite && verb && count > 1 {
            let group =
                Group { kind: Kind::Person, plural: true, count: Some(count), country: None, definite };
            chunks[at].part = Part::Noun(Noun::Group(group));
            chunks[at].keep(|_| false);
        }
    }
    for at in 0..chunks.len() {
        // "US voter information": the country describes what follows.
        let describes =
            matches!(chunks[at].part, Part::Noun(Noun::Country(_) | Noun::Source(SourceKind::Country)))
                && chunks.get(at + 1).is_some_and(|next| {
                    next.part == Part::Word
                        && next.tags.is_empty()
                        && text[chunks[at].end..next.start].trim().is_empty()
                        && describes(&text[next.start..next.end])
                });
        if describes {
            chunks[at].part = Part::Word;
            chunks[at].keep(|_| false);
        }
    }
}
