//! Who speaks: the links of an attribution that the nouns about a verb of saying are.

use std::ops::Range;

use model::{Named, Source, SourceRole};

use super::chunks::{Noun, same};
use super::context::{Context, Meaning};
use super::lexicon::{Class, Pronoun, SourceKind, Tag};
use super::making::on_one_line;

impl Meaning<'_> {
    /// The links of an attribution that the nouns in a range are.
    pub(crate) fn sources(&self, range: Range<usize>, context: &Context) -> Vec<Source> {
        let mut sources: Vec<Source> = Vec::new();
        for at in range.clone().filter(|at| {
            !self.is_client(*at) && !matches!(self.sentence.noun(*at), Some(Noun::Pronoun(p)) if p.owns())
        }) {
            let link = |role| move |named: Named| Source { name: named.name, role };
            let found: Vec<Source> = match self.sentence.noun(at) {
                None => Vec::new(),
                // "the magazine" that was named before
                Some(Noun::Source(SourceKind::Outlet))
                    if self.sentence.words(at).starts_with(char::is_lowercase)
                        && context.said.iter().any(|said| said.role == SourceRole::Outlet) =>
                {
                    context
                        .said
                        .iter()
                        .find(|said| said.role == SourceRole::Outlet)
                        .cloned()
                        .into_iter()
                        .collect()
                }
                Some(Noun::Source(kind)) => {
                    self.of(at, context).into_iter().map(link(role_of(*kind))).collect()
                }
                Some(Noun::Country(_)) => Vec::new(),
                // "The SBU said so; it accuses": who stands before in the sentence.
                Some(Noun::Pronoun(Pronoun::It)) if self.source_before(at).is_some() => {
                    let (before, role) = self.source_before(at).unwrap_or((at, SourceRole::Authority));
                    self.of(before, context).into_iter().map(link(role)).collect()
                }
                Some(Noun::Pronoun(Pronoun::It)) => {
                    let carried = context.said.iter().find(|source| source.role != SourceRole::Statement);
                    carried.cloned().into_iter().collect()
                }
                // "told Radio Cedar that": the outlet that tells it on.
                Some(Noun::Party(party))
                    if at > range.start
                        && super::regions::is_told(self.sentence, at - 1)
                        && self.parties[*party].schema != model::Schema::Person =>
                {
                    self.of(at, context).into_iter().map(link(SourceRole::Outlet)).collect()
                }
                Some(Noun::Party(_) | Noun::Pronoun(_) | Noun::Group(_)) => {
                    self.of(at, context).into_iter().map(link(SourceRole::Speaker)).collect()
                }
            };
            sources.extend(found);
        }
        if sources.is_empty() {
            sources.extend(self.by_role(range));
        }
        sources
    }

    /// The last authority, outlet or body before a chunk.
    fn source_before(&self, at: usize) -> Option<(usize, SourceRole)> {
        (0..at).rev().find_map(|here| match self.sentence.noun(here) {
            Some(Noun::Source(
                kind @ (SourceKind::Authority | SourceKind::Prosecutor | SourceKind::Outlet),
            )) => Some((here, role_of(*kind))),
            Some(Noun::Party(party)) if self.parties[*party].schema != model::Schema::Person => {
                Some((here, SourceRole::Speaker)).filter(|_| !self.sentence.is_object(here))
            }
            _ => None,
        })
    }

    /// The party of whom a role in an attribution is told: "X's lawyer", "a spokesman for X". It does not speak itself.
    fn is_client(&self, at: usize) -> bool {
        let role = |at: usize| {
            self.sentence.chunks.get(at).is_some_and(|chunk| chunk.has(|tag| matches!(tag, Tag::Role(_))))
        };
        let named = matches!(self.sentence.noun(at), Some(Noun::Party(_) | Noun::Group(_)));
        let owner = self.sentence.owns(at) && (at + 1..at + 4).any(role);
        let linked = at >= 2 && self.sentence.class(at - 1) == Some(Class::Preposition) && role(at - 2);
        named && (owner || linked)
    }

    /// Whom the one who speaks of his client speaks for: "X's lawyer", "a lawyer for X", "Y, who acts for X".
    pub(crate) fn client(&self, context: &Context) -> Vec<Named> {
        let sentence = self.sentence;
        let for_whom = |at: &usize| {
            let chunk = &sentence.chunks[*at];
            let acts = chunk.has(|tag| match tag {
                Tag::Role(row) => {
                    super::lexicon::LEXICON.roles[usize::from(*row)].predicate == model::Predicate::ActsFor
                }
                Tag::Verb(row, _) => {
                    super::lexicon::LEXICON.verbs[usize::from(*row)].predicate == model::Predicate::ActsFor
                }
                _ => false,
            });
            let owner =
                at.checked_sub(2).filter(|owner| sentence.owns(*owner) && sentence.noun(*owner).is_some());
            let owner = owner.or(at.checked_sub(1).filter(|owner| sentence.owns(*owner)));
            let linked = ["for", "of"].iter().any(|word| same(sentence.words(at + 1), word));
            let behind = sentence.first_noun(at + 1 + usize::from(linked));
            let is_known =
                |at: &usize| matches!(sentence.noun(*at), Some(Noun::Party(_) | Noun::Pronoun(Pronoun::His)));
            acts.then(|| owner.or(behind.filter(|_| linked))).flatten().filter(is_known)
        };
        let found = (0..sentence.chunks.len()).find_map(|at| for_whom(&at));
        found.map_or_else(Vec::new, |at| self.of(at, context))
    }

    /// "Maxim Orlov's lawyer said": a speaker who is told by his role alone.
    fn by_role(&self, range: Range<usize>) -> Option<Source> {
        let role =
            range.clone().find(|at| self.sentence.chunks[*at].has(|tag| matches!(tag, Tag::Role(_))))?;
        let client = range.clone().find(|at| self.is_client(*at)).unwrap_or(role);
        let bytes = self.sentence.bytes(&(role.min(client)..role.max(client) + 1));
        Some(Source { name: on_one_line(&self.sentence.text[bytes]).into(), role: SourceRole::Speaker })
    }
}

fn role_of(kind: SourceKind) -> SourceRole {
    match kind {
        SourceKind::Authority | SourceKind::Prosecutor | SourceKind::Court | SourceKind::Country => {
            SourceRole::Authority
        }
        SourceKind::Outlet => SourceRole::Outlet,
        SourceKind::Statement | SourceKind::Accusation => SourceRole::Statement,
        SourceKind::Speaker => SourceRole::Speaker,
    }
}
