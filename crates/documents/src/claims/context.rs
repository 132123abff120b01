//! What a sentence takes from earlier ones: whom "he", "the company", "the two Iranians" mean, and who spoke last. Its size is
//! fixed, whatever the document's.

use std::collections::VecDeque;

use model::{Named, Schema, Source};

use super::cases::Case;
use super::chunks::{Group, Noun, same, small};
use super::grammar::Sentence;
use super::lexicon::{Class, Kind, LEXICON, Pronoun, SourceKind, Tag};
use super::lists::lists;
use super::making::on_one_line;
use super::replies::Accusation;
use super::tokens::Mark;
use crate::Party;

/// How many groups are remembered, and how many accused.
const GROUPS: usize = 16;
/// How many bodies are remembered.
const BODIES: usize = 8;
const ACCUSED: usize = 64;

/// A group that was told of, with those of its members whom the text named.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) group: Group,
    pub(crate) name: Box<str>,
    pub(crate) members: Vec<usize>,
}

/// What is carried from sentence to sentence.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The first person and the first organisation of the last sentence that names one, and the last organisation.
    pub(crate) person: Option<usize>,
    pub(crate) organization: Option<usize>,
    pub(crate) last_organization: Option<usize>,
    /// The last bodies that were named, the latest first, and what a body without a name was called since.
    pub(crate) bodies: VecDeque<usize>,
    pub(crate) unnamed: Option<Box<str>>,
    /// The last two persons, the latest first.
    pub(crate) persons: VecDeque<usize>,
    pub(crate) groups: VecDeque<Known>,
    /// Named persons of whom the document said that they are sanctioned or charged.
    pub(crate) accused: Vec<usize>,
    /// Who was meant by several last.
    pub(crate) several: Vec<Named>,
    /// The authority that was named last.
    pub(crate) authority: Option<Box<str>>,
    /// The case that was told of last.
    pub(crate) case: Case,
    /// How many sentences were read, and what somebody was accused of in the last of them.
    pub(crate) sentence: u32,
    pub(crate) accusations: VecDeque<Accusation>,
    /// The claims of the sentence before, where it stands in the same paragraph.
    pub(crate) claims_before: std::ops::Range<usize>,
    /// Who was charged last.
    pub(crate) defendants: Vec<Named>,
    /// Whose word the last quoted sentence was.
    pub(crate) said: Vec<Source>,
    /// Whether that was an accuser's.
    pub(crate) accusing: bool,
}

/// Whom the nouns of one sentence mean.
pub(crate) struct Meaning<'a> {
    pub(crate) sentence: &'a Sentence<'a>,
    pub(crate) parties: &'a [Party],
}

impl Meaning<'_> {
    pub(crate) fn is(&self, party: usize, kind: Kind) -> bool {
        let person = self.parties[party].schema == Schema::Person;
        match kind {
            Kind::Person => person,
            Kind::Organization => !person,
            Kind::Thing => false,
        }
    }

    pub(crate) fn party(&self, at: usize, kind: Kind) -> Option<usize> {
        match self.sentence.noun(at) {
            Some(Noun::Party(party)) if self.is(*party, kind) => Some(*party),
            _ => None,
        }
    }

    pub(crate) fn first_before(&self, at: usize, kind: Kind) -> Option<usize> {
        (0..at).find_map(|at| self.party(at, kind))
    }

    /// The first person before: "X's wife Y ... her" is rather Y than X.
    fn person_before(&self, at: usize) -> Option<usize> {
        let speaks =
            (0..at).find(|here| self.party(*here, Kind::Person).is_some() && !self.sentence.owns(*here));
        speaks.and_then(|here| self.party(here, Kind::Person)).or_else(|| self.first_before(at, Kind::Person))
    }

    pub(crate) fn last_before(&self, at: usize, kind: Kind) -> Option<usize> {
        (0..at).rev().find_map(|at| self.party(at, kind))
    }

    /// The person right before "and his".
    fn partner(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(2).filter(|_| self.sentence.class(at - 1) == Some(Class::And))?;
        self.party(before, Kind::Person)
    }

    /// A company or another body, not a person.
    pub(crate) fn is_body(&self, at: usize) -> bool {
        match self.sentence.noun(at) {
            Some(Noun::Party(party)) => self.is(*party, Kind::Organization),
            Some(Noun::Group(group)) => group.kind == Kind::Organization,
            Some(Noun::Pronoun(pronoun)) => matches!(pronoun, Pronoun::It | Pronoun::Its),
            _ => false,
        }
    }

    /// "X was his": the person who cannot be meant, as the sentence says who he is to somebody else.
    fn subject_of_being(&self, at: usize) -> Option<usize> {
        let being = at.checked_sub(1).filter(|being| self.sentence.class(*being) == Some(Class::Be))?;
        let subject = self.sentence.subject_of(being);
        subject.iter().find_map(|subject| self.party(*subject, Kind::Person))
    }

    /// Another "he" stands before the first person that the sentence names.
    fn he_before_any(&self, at: usize) -> bool {
        let first = (0..at).find(|here| self.party(*here, Kind::Person).is_some());
        first.is_some_and(|first| (0..first).any(|here| self.is_he(here)))
    }

    /// "he", "she"
    fn is_he(&self, at: usize) -> bool {
        matches!(self.sentence.noun(at), Some(Noun::Pronoun(Pronoun::He)))
            && !same(self.sentence.words(at), "him")
    }

    /// "her master", "her captain": ships have these.
    fn is_ships(&self, at: usize) -> bool {
        same(self.sentence.words(at), "her")
            && ["master", "captain", "skipper", "owner", "operator", "manager"]
                .iter()
                .any(|role| same(self.sentence.words(at + 1), role))
            && self.first_before(at, Kind::Person).is_none()
    }

    /// Whether somebody without a name stands before: "a lawyer", "a man".
    fn somebody_before(&self, at: usize) -> bool {
        (0..at).any(|at| match self.sentence.noun(at) {
            Some(Noun::Group(group)) => group.kind == Kind::Person && !group.plural && !group.definite,
            Some(_) => false,
            None => {
                let indefinite =
                    at.checked_sub(1).is_some_and(|at| self.sentence.class(at) == Some(Class::Determiner));
                indefinite && self.sentence.chunks[at].has(|tag| matches!(tag, Tag::Role(_)))
            }
        })
    }

    /// An authority by a common noun alone: "the department".
    fn is_common(&self, at: usize) -> bool {
        lists().bodies.has(self.sentence.words(at))
    }

    pub(crate) fn named(&self, party: usize) -> Named {
        self.parties[party].named.clone()
    }

    pub(crate) fn words(&self, at: usize) -> Named {
        Named::unlisted(on_one_line(self.sentence.words(at)))
    }

    /// Whom the nouns at `list` mean together. A group that names stand beside is these names.
    pub(crate) fn all(&self, list: &[usize], context: &Context) -> Vec<Named> {
        let mut all: Vec<Named> = Vec::new();
        for &at in list {
            let described = list.contains(&(at + 1)) && self.sentence.is_apposed(at);
            for one in if described { Vec::new() } else { self.of(at, context) } {
                if !all.contains(&one) {
                    all.push(one);
                }
            }
        }
        all
    }

    /// Whom the noun at `at` means. Empty: somebody whom the text has not told of.
    pub(crate) fn of(&self, at: usize, context: &Context) -> Vec<Named> {
        let one = |party: Option<usize>| party.map(|party| self.named(party)).into_iter().collect();
        match self.sentence.noun(at) {
            None => Vec::new(),
            Some(Noun::Party(party)) => vec![self.named(*party)],
            // "the department" that was named before
            Some(Noun::Source(SourceKind::Authority)) if self.is_common(at) => {
                vec![context.authority.clone().map_or_else(|| self.words(at), Named::unlisted)]
            }
            Some(Noun::Source(_) | Noun::Country(_)) => vec![self.words(at)],
            Some(Noun::Pronoun(pronoun)) => match pronoun {
                // "X and his brother"
                Pronoun::His if self.partner(at).is_some() => one(self.partner(at)),
                // "A lawyer said that he": nobody who was named.
                Pronoun::He | Pronoun::His
                    if self.first_before(at, Kind::Person).is_none() && self.somebody_before(at) =>
                {
                    Vec::new()
                }
                // "X was his assistant": not X's own.
                Pronoun::His if self.subject_of_being(at).is_some() => {
                    let own = self.subject_of_being(at);
                    one(context
                        .person
                        .filter(|person| Some(*person) != own)
                        .or(context.persons.front().copied()))
                }
                // "He ..., said X, who had no proof that he": still the one of whom was spoken before X.
                Pronoun::He if self.he_before_any(at) => one(context.person),
                // "Her master": a ship's.
                Pronoun::His if self.is_ships(at) => one(context.last_organization),
                Pronoun::He | Pronoun::His => one(self.person_before(at).or(context.person)),
                Pronoun::It | Pronoun::Its => {
                    one(self.first_before(at, Kind::Organization).or(context.organization))
                }
                Pronoun::They | Pronoun::Their => {
                    let plural = |here: &usize| matches!(self.sentence.noun(*here), Some(Noun::Group(group)) if group.plural && group.kind != Kind::Thing);
                    let near = (0..at).rev().filter(|here| !self.sentence.spoken(*here)).find(plural);
                    near.map_or_else(|| context.several.clone(), |near| self.of(near, context))
                }
                Pronoun::I | Pronoun::Our => Vec::new(),
            },
            // "my client", "his client": whose lawyer speaks.
            Some(Noun::Group(_)) if self.sentence.words(at).ends_with("client") => self.client(context),
            Some(Noun::Group(group)) => self.group(at, group, context),
        }
    }

    /// Takes up what this sentence told, for the next ones.
    pub(crate) fn remember(&self, context: &mut Context) {
        let count = self.sentence.chunks.len();
        let mut several: Option<Vec<Named>> = None;
        // "He repeated through a lawyer, Y, that": it goes on about him, not about Y.
        let is_he = |at: &usize| self.is_he(*at);
        let first = (0..count).find(|at| is_he(at) || self.party(*at, Kind::Person).is_some());
        let goes_on = context.person.is_some() && first.is_some_and(|first| is_he(&first));
        if let Some(person) = self.first_before(count, Kind::Person).filter(|_| !goes_on) {
            context.person = Some(person);
        }
        // "The charity no longer finances X": the charity goes on to be meant.
        let body = |at: usize| match self.sentence.noun(at) {
            Some(Noun::Group(group))
                if group.definite && !group.plural && group.kind == Kind::Organization =>
            {
                self.body_meant(at, context)
            }
            _ => self.party(at, Kind::Organization),
        };
        let organization = (0..count).find_map(body);
        if let Some(organization) =
            organization.filter(|_| self.first_before(count, Kind::Organization).is_some())
        {
            context.organization = Some(organization);
            context.last_organization = self.last_before(count, Kind::Organization);
        }
        for at in 0..count {
            if let Some(body) = self.party(at, Kind::Organization) {
                context.bodies.retain(|known| *known != body);
                context.bodies.push_front(body);
                context.bodies.truncate(BODIES);
                context.unnamed = None;
            }
            if let Some(Noun::Group(group)) = self.sentence.noun(at)
                && group.kind == Kind::Organization
                && !group.definite
                && !group.plural
                && !self.sentence.is_apposed(at)
                && !at.checked_sub(1).is_some_and(|comma| self.sentence.mark(comma, Mark::Comma))
            {
                context.unnamed = self.sentence.words(at).rsplit(' ').next().map(Into::into);
            }
            if let Some(person) = self.party(at, Kind::Person) {
                context.persons.retain(|known| *known != person);
                context.persons.push_front(person);
                context.persons.truncate(2);
            }
            match self.sentence.noun(at) {
                Some(Noun::Group(group)) if group.plural => {
                    let meant = self.remember_group(at, group, context);
                    if several.is_none() && group.kind != Kind::Thing && !self.sentence.is_object(at) {
                        several = Some(meant);
                    }
                }
                Some(Noun::Party(_)) if !self.sentence.spoken(at) => {
                    let list = self.sentence.list_from(at);
                    if list.len() > 1 {
                        let all = Some(self.all(&list, context)).filter(|all| all.len() > 1);
                        several = several.or(all);
                        self.remember_names(&list, context);
                    }
                }
                Some(Noun::Source(SourceKind::Authority))
                    if self.sentence.words(at).contains(char::is_uppercase) =>
                {
                    context.authority = Some(self.words(at).name);
                }
                _ => {}
            }
        }
        if let Some(several) = several {
            context.several = several;
        }
    }

    /// "Iranian defendants X and Y", "two nationals, X and Y": a group with its members.
    fn remember_group(&self, at: usize, group: &Group, context: &mut Context) -> Vec<Named> {
        let members = self.members(at, group);
        let meant = if members.is_empty() {
            self.of(at, context)
        } else {
            members.iter().map(|m| self.named(*m)).collect()
        };
        if group.definite
            && members.is_empty()
            && context.groups.iter().any(|known| known.group.kind == group.kind)
        {
            return meant;
        }
        let count = group.count.or_else(|| u32::try_from(members.len()).ok().filter(|count| *count > 0));
        let known =
            Known { group: Group { count, ..group.clone() }, name: self.sentence.words(at).into(), members };
        context.groups.push_front(known);
        context.groups.truncate(GROUPS);
        meant
    }

    fn remember_names(&self, list: &[usize], context: &mut Context) {
        let of = |kind| list.iter().filter_map(|at| self.party(*at, kind)).collect::<Vec<_>>();
        for kind in [Kind::Person, Kind::Organization] {
            let members = of(kind);
            let known =
                context.groups.front().is_some_and(|known| members.iter().all(|m| known.members.contains(m)));
            if members.len() < 2 || known {
                continue;
            }
            let count = u32::try_from(members.len()).ok();
            let group = Group { kind, plural: true, count, country: None, definite: false };
            context.groups.push_front(Known { group, name: "".into(), members });
            context.groups.truncate(GROUPS);
        }
    }

    /// Somebody was sanctioned or charged.
    pub(crate) fn accuse(&self, subjects: &[Named], context: &mut Context) {
        for named in subjects {
            let party = self.parties.iter().position(|party| party.named == *named);
            let party =
                party.filter(|party| self.is(*party, Kind::Person) && !context.accused.contains(party));
            if let Some(party) = party.filter(|_| context.accused.len() < ACCUSED) {
                context.accused.push(party);
            }
        }
    }
}

pub(crate) fn number_of(word: &str) -> Option<u32> {
    let (tags, _) = LEXICON.longest(&small(word), |_, _| false)?;
    tags.iter().find_map(|tag| if let Tag::Class(Class::Number(number)) = tag { Some(*number) } else { None })
}
