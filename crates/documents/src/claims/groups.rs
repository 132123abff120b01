//! Whom a group means, "the company", "the two Iranians", and which names are its members.

use model::{Country, Named};

use super::chunks::{Group, Noun, same};
use super::context::{Context, Known, Meaning, number_of};
use super::lexicon::{Class, Kind};
use super::tokens::Mark;

const MEMBERS: usize = 64;
/// By which words of its name a body is of a kind.
const KINDS: [(&str, &str); 10] = [
    ("charity", "foundation relief charity charitable trust fund"),
    ("bank", "bank banque banco"),
    ("house", "exchange"),
    ("exchange", "exchange"),
    ("airline", "air airlines airways aviation"),
    ("shipper", "shipping marine maritime navigation"),
    ("insurer", "insurance club"),
    ("fund", "fund capital"),
    ("university", "university"),
    ("party", "party"),
];

impl Meaning<'_> {
    pub(crate) fn group(&self, at: usize, group: &Group, context: &Context) -> Vec<Named> {
        // "the following: A; B and C", "others are A and B": they.
        let members =
            if group.plural && group.kind != Kind::Thing { self.listed(at, group) } else { Vec::new() };
        if !members.is_empty() {
            return members.iter().map(|party| self.named(*party)).collect();
        }
        if !group.definite {
            return vec![self.words(at)];
        }
        if !group.plural {
            // "the ruling party, Servant of the People": the name behind.
            let apposed = (self.sentence.mark(at + 1, super::tokens::Mark::Comma)
                || self.sentence.mark(at + 1, super::tokens::Mark::Colon))
            .then(|| self.party(at + 2, group.kind))
            .flatten()
            .filter(|_| !self.sentence.words(at + 3).is_empty() || self.sentence.chunks.len() == at + 3);
            if let Some(party) = apposed.filter(|_| self.sentence.list_from(at + 2).len() == 1) {
                return vec![self.named(party)];
            }
            let party = match group.kind {
                Kind::Person => self.last_before(at, Kind::Person).or(context.person),
                Kind::Organization => self.body_meant(at, context),
                Kind::Thing => None,
            };
            return vec![party.map_or_else(|| self.words(at), |party| self.named(party))];
        }
        // "the foreign actors" are no other actors: what describes them must describe those who were told of.
        let words = self.sentence.words(at);
        let describing = |word: &&str| {
            !word.is_empty()
                && Country::find(word).is_none()
                && word.parse::<u32>().is_err()
                && number_of(word).is_none()
        };
        let described: Vec<&str> =
            words.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(describing).collect();
        let described = &described[..described.len().saturating_sub(1)];
        let fits = |known: &&Known| {
            group.kind != Kind::Thing
                && described.iter().all(|word| known.name.contains(word))
                && known.group.kind == group.kind
                && (group.count.is_none() || known.group.count == group.count)
                && (group.country.is_none() || known.group.country == group.country)
        };
        if let Some(known) = context.groups.iter().find(fits) {
            let named = known.members.iter().map(|party| self.named(*party));
            let count = known.group.count.map_or(0, |count| count as usize);
            if !known.members.is_empty() && known.members.len() >= count {
                return named.collect();
            }
            // Some are named: they, and the group as the text has it.
            let others = context
                .accused
                .iter()
                .filter(|party| !known.members.contains(party) && self.is(**party, group.kind));
            let others: Vec<Named> = others.map(|party| self.named(*party)).collect();
            let others = if known.members.len() + others.len() <= count { others } else { Vec::new() };
            return [Named::unlisted(known.name.clone())].into_iter().chain(named).chain(others).collect();
        }
        // "the three": those who were named together last.
        let together = group.count.is_some_and(|count| count as usize == context.several.len());
        if together && group.kind == Kind::Person && described.is_empty() {
            return context.several.clone();
        }
        // "both men": the two who were named last.
        let two = group.count == Some(2) && group.kind == Kind::Person && context.persons.len() == 2;
        if two {
            return context.persons.iter().rev().map(|party| self.named(*party)).collect();
        }
        vec![self.words(at)]
    }

    /// The members that a list behind a colon or behind "are" names.
    pub(crate) fn listed(&self, at: usize, group: &Group) -> Vec<usize> {
        const BEFORE_LIST: usize = 14;
        let sentence = self.sentence;
        let end = sentence.chunks.len().min(at + BEFORE_LIST);
        let opens = |here: &usize| {
            let named = matches!(sentence.noun(here + 1), Some(Noun::Party(_))) && !sentence.owns(here + 1);
            let copula = sentence.class(*here) == Some(Class::Be) && sentence.words(*here) == "are";
            named && (sentence.mark(*here, Mark::Colon) || copula)
        };
        let Some(open) = (at + 1..end).find(opens) else { return Vec::new() };
        if (at + 1..open).any(|here| matches!(sentence.noun(here), Some(Noun::Party(_)))) {
            return Vec::new();
        }
        let mut members: Vec<usize> = Vec::new();
        let mut here = open + 1;
        while here < sentence.chunks.len() && members.len() < MEMBERS {
            let list = sentence.list_from(here);
            members.extend(list.iter().filter_map(|at| self.party(*at, group.kind)));
            // The next entry of a list with semicolons begins behind one.
            let from = list.last().copied().unwrap_or(here);
            let named = |here: usize| {
                let here = here + usize::from(sentence.class(here) == Some(Class::And));
                matches!(sentence.noun(here), Some(Noun::Party(_))).then_some(here)
            };
            let semicolon = (from..sentence.chunks.len()).find(|here| sentence.mark(*here, Mark::Semicolon));
            match semicolon.and_then(|semicolon| named(semicolon + 1)) {
                Some(next) => here = next,
                None => break,
            }
        }
        if members.len() > 1 { members } else { Vec::new() }
    }

    /// The parties that stand beside a group as its members: all the names behind it, no more than it counts.
    pub(crate) fn members(&self, at: usize, group: &Group) -> Vec<usize> {
        let sentence = self.sentence;
        let direct = matches!(sentence.noun(at + 1), Some(Noun::Party(_)));
        let mark = sentence.mark(at + 1, super::tokens::Mark::Comma)
            || sentence.mark(at + 1, super::tokens::Mark::Colon);
        let first = if direct { at + 1 } else { at + 2 };
        if !(direct || mark && group.plural) || !matches!(sentence.noun(first), Some(Noun::Party(_))) {
            return Vec::new();
        }
        let list = sentence.list_from(first);
        let members: Vec<usize> = list.iter().filter_map(|at| self.party(*at, group.kind)).collect();
        let counted = group.count.is_none_or(|count| members.len() == count as usize);
        let fits = if group.plural { members.len() > 1 && (direct || counted) } else { direct };
        if fits { members } else { Vec::new() }
    }

    /// "the bank": the last body that is called one; else the one of which the sentence tells first, or the last that was named.
    pub(crate) fn body_meant(&self, at: usize, context: &Context) -> Option<usize> {
        let words = self.sentence.words(at);
        let kind = words.rsplit(' ').next().unwrap_or(words);
        let called = |party: &usize| {
            let name = &self.parties[*party].named.name;
            let like = |word: &str| {
                KINDS
                    .iter()
                    .any(|(of, names)| same(kind, of) && names.split(' ').any(|name| same(word, name)))
            };
            name.split([' ', '-', ',']).any(|word| same(word, kind) || like(word))
        };
        let own = (0..at).rev().filter_map(|here| self.party(here, Kind::Organization));
        let known = context.bodies.iter().copied();
        if let Some(party) = own.chain(known).find(called) {
            return Some(party);
        }
        // "a trust" that was told of before is no body with a name.
        if context.unnamed.as_deref().is_some_and(|unnamed| same(unnamed, kind)) {
            return None;
        }
        let subject = (0..at)
            .find(|here| self.party(*here, Kind::Organization).is_some() && !self.sentence.is_object(*here))
            .and_then(|here| self.party(here, Kind::Organization));
        subject.or_else(|| self.last_before(at, Kind::Organization)).or(context.last_organization)
    }
}
