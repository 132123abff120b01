//! The subject and the object of a verb, whom "who" means, and the lists of nouns: "X, Y and Z".

use super::chunks::{Noun, Part, same};
use super::grammar::{REACH, Sentence};
use super::lexicon::{Class, Form, Kind, SourceKind, Tag};
use super::tokens::Mark;

impl Sentence<'_> {
    /// The nouns that are the grammatical subject of the verb at `at`; empty where none is found.
    pub(crate) fn subject_of(&self, at: usize) -> Vec<usize> {
        let Some(mut left) = self.before_auxiliaries(at) else { return Vec::new() };
        // "companies tied to X": the noun right before a participle, even where it is an object.
        let reduced = left + 1 == at && self.is_party(left) && self.is_preposition(at + 1);
        if reduced && matches!(self.form(at), Some(Form::Past | Form::Participle)) && self.is_object(left) {
            return self.list_before(left);
        }
        if let Some(list) = self.over_insertion(left) {
            return list;
        }
        let mut crossed = false;
        for _ in 0..REACH {
            let chunk = &self.chunks[left];
            // "an organisation that wrote": behind a noun, and right before the verb, it is no "that" of speech.
            let relative = chunk.class() == Some(Class::That)
                && !crossed
                && !chunk.spoken
                && self.before_auxiliaries(at) == Some(left)
                && left.checked_sub(1).is_some_and(|noun| self.form(noun).is_none());
            if relative {
                return self.antecedent(left);
            }
            if chunk.is_mark(Mark::Semicolon) || chunk.class() == Some(Class::That) {
                break;
            }
            if chunk.class() == Some(Class::Relative) {
                if !crossed {
                    return self.antecedent(left);
                }
            } else if chunk.spoken && !self.spoken(at) {
                // ", the Treasury said then,": what stands before goes on behind.
                let first = (0..=left).rev().take_while(|&here| self.spoken(here)).last().unwrap_or(left);
                let last =
                    (left..self.chunks.len()).take_while(|&here| self.spoken(here)).last().unwrap_or(left);
                let aside =
                    first > 0 && self.mark(first - 1, Mark::Comma) && self.mark(last + 1, Mark::Comma);
                if !aside {
                    break;
                }
                left = first;
                crossed = false;
                if let Some(comma) = left.checked_sub(1).filter(|comma| self.mark(*comma, Mark::Comma)) {
                    left = comma;
                }
            } else if self.is_party(left) {
                let list = self.whole_list_before(left);
                let first = list.first().copied().unwrap_or(left);
                if !self.is_object(first) {
                    return self.apposed(list);
                }
                left = first;
            } else if chunk.is_mark(Mark::Comma) || chunk.is_mark(Mark::CloseQuote) {
                crossed = true;
            }
            match left.checked_sub(1) {
                Some(before) => left = before,
                None => break,
            }
        }
        Vec::new()
    }

    /// "X, himself listed in 2018 with his firm Y, holds": where a comma stands right before the verb, the subject is what stands
    /// before the comma that opens the insertion.
    fn over_insertion(&self, left: usize) -> Option<Vec<usize>> {
        const LONGEST: usize = 30;
        if self.mark(left, Mark::CloseParenthesis) {
            // "X (formerly Y) supplied": X.
            let open = (left.saturating_sub(LONGEST)..left)
                .rev()
                .find(|here| matches!(self.words(*here), "(" | "["))?;
            let name = open.checked_sub(1).filter(|name| self.is_party(*name))?;
            let list = self.whole_list_before(name);
            return Some(list).filter(|list| list.first().is_some_and(|first| !self.is_object(*first)));
        }
        if !self.mark(left, Mark::Comma) {
            return None;
        }
        for comma in (left.saturating_sub(LONGEST)..left).rev() {
            let chunk = &self.chunks[comma];
            let breaks = chunk.spoken
                || chunk.is_mark(Mark::Semicolon)
                || matches!(chunk.class(), Some(Class::That | Class::Subordinate));
            if breaks {
                return None;
            }
            let Some(name) = comma.checked_sub(1).filter(|_| chunk.is_mark(Mark::Comma)) else { continue };
            if !self.is_party(name) || self.class(comma + 1) == Some(Class::And) {
                continue;
            }
            let list = self.whole_list_before(name);
            let first = list.first().copied().unwrap_or(name);
            // "A, B, and C, of Mumbai, hold": within a list no insertion begins.
            let within = matches!(self.noun(comma + 1), Some(Noun::Party(_)));
            if !self.is_object(first) && !within {
                return Some(list);
            }
        }
        None
    }

    /// The list before, with the group that a name is apposed to.
    fn whole_list_before(&self, at: usize) -> Vec<usize> {
        let mut list = self.list_before(at);
        while let Some(before) =
            list.first().and_then(|first| first.checked_sub(1)).filter(|b| self.is_apposed(*b))
        {
            list.insert(0, before);
        }
        list
    }

    /// Whom "who", "which" or "that" at `at` means: the noun before, over what stands apposed to it.
    fn antecedent(&self, at: usize) -> Vec<usize> {
        const FARTHEST: usize = 14;
        let who = same(self.words(at), "who") || same(self.words(at), "whom");
        let plural = ["are", "were", "have"].iter().any(|verb| same(self.words(at + 1), verb));
        for before in (at.saturating_sub(FARTHEST)..at).rev() {
            let chunk = &self.chunks[before];
            if self.is_party(before) {
                // "X of North Korea, which": X; "a firm in Russia that": the firm.
                let place =
                    matches!(self.noun(before), Some(Noun::Country(_) | Noun::Source(SourceKind::Country)))
                        && before.checked_sub(1).is_some_and(|left| self.is_preposition(left));
                if place {
                    continue;
                }
                // "others of the group who": not the group.
                let body = matches!(self.noun(before), Some(Noun::Group(group)) if group.kind == Kind::Organization && !group.plural);
                if who && body {
                    let of = before.checked_sub(1).filter(|of| same(self.words(*of), "of"));
                    let others = of.and_then(|of| of.checked_sub(1)).filter(|others| self.is_party(*others));
                    return others.into_iter().collect();
                }
                let list = if plural { self.whole_list_before(before) } else { vec![before] };
                return self.apposed(list);
            }
            // "X is a mathematician who": X.
            if chunk.class() == Some(Class::Be) && who {
                return self.subject_of(before);
            }
            let stops = chunk.spoken
                || chunk.verb_form().is_some() && !chunk.has(|tag| matches!(tag, Tag::Role(_)))
                || matches!(
                    chunk.class(),
                    Some(
                        Class::That
                            | Class::Relative
                            | Class::Subordinate
                            | Class::Have
                            | Class::Be
                            | Class::Finite
                    )
                )
                || matches!(
                    chunk.part,
                    Part::Mark(Mark::Semicolon | Mark::Colon | Mark::OpenQuote | Mark::CloseQuote)
                );
            if stops {
                break;
            }
        }
        Vec::new()
    }

    /// "X, an official in Y": X, where the words found are what he is.
    fn apposed(&self, list: Vec<usize>) -> Vec<usize> {
        let [only] = list[..] else { return list };
        let what = matches!(self.noun(only), Some(Noun::Group(group)) if !group.plural && !group.definite && group.count.is_none());
        let comma = only.checked_sub(1).filter(|comma| what && self.mark(*comma, Mark::Comma));
        let name = comma.and_then(|comma| comma.checked_sub(1));
        match name.filter(|name| matches!(self.noun(*name), Some(Noun::Party(_))) && !self.owns(*name)) {
            Some(name) => vec![name],
            None => list,
        }
    }

    /// Whether the clause of `at` has "whom" before a subject of its own: "whom OFAC designated".
    pub(crate) fn whom(&self, at: usize) -> Option<Vec<usize>> {
        let mut subject = self.subject_of(at).first()?.checked_sub(1)?;
        // "whom the United States listed"
        while matches!(self.class(subject), Some(Class::Definite | Class::Determiner)) {
            subject = subject.checked_sub(1)?;
        }
        let is_whom = self.class(subject) == Some(Class::Relative);
        is_whom.then(|| self.antecedent(subject)).filter(|list| !list.is_empty())
    }

    /// The nouns that are the direct object of the verb at `at`; empty where none is found.
    pub(crate) fn object_of(&self, at: usize) -> Vec<usize> {
        self.first_noun(at + 1).map_or_else(Vec::new, |first| self.list_from(first))
    }

    /// The noun that the words from `at` on lead to, over what describes it and over "60 percent of".
    pub(crate) fn first_noun(&self, mut at: usize) -> Option<usize> {
        const WORDS_BEFORE: usize = 8;
        let mut portion = false;
        for _ in 0..WORDS_BEFORE {
            let chunk = self.chunks.get(at).filter(|chunk| !chunk.spoken)?;
            if self.is_party(at) {
                return Some(at);
            }
            // "X's wife, Z": Z is meant.
            let related = self.owns(at)
                || chunk.is_mark(Mark::Possessive)
                || chunk.has(|tag| matches!(tag, Tag::Role(_)));
            let apposed = chunk.is_mark(Mark::Comma)
                && self.chunks[at - 1].has(|tag| matches!(tag, Tag::Role(_)))
                && matches!(self.noun(at + 1), Some(Noun::Party(_)));
            if related || apposed {
                at += 1;
                continue;
            }
            match (&chunk.part, chunk.class()) {
                (Part::Word, Some(Class::Portion)) => portion = true,
                (Part::Word, Some(Class::Preposition)) if portion => portion = false,
                // "about 26 percent"
                (Part::Word, Some(Class::Preposition))
                    if matches!(self.class(at + 1), Some(Class::Number(_))) => {}
                (
                    Part::Word,
                    Some(
                        Class::Determiner | Class::Definite | Class::Number(_) | Class::Adverb | Class::Title,
                    ),
                ) => {}
                (Part::Word, None)
                    if chunk.tags.is_empty() || chunk.has(|tag| matches!(tag, Tag::Hedge(_))) => {}
                (Part::Mark(Mark::Colon), _) => {}
                // "on behalf of, directly or indirectly, X"
                (Part::Mark(Mark::Comma), _) if self.class(at + 1) == Some(Class::Adverb) => {
                    at = (at + 2..at + WORDS_BEFORE).find(|here| self.mark(*here, Mark::Comma))?;
                }
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// The nouns of the list that ends with the one at `at`: "X, Y and Z". First to last.
    pub(crate) fn list_before(&self, at: usize) -> Vec<usize> {
        let mut list = vec![at];
        let mut seen_and = false;
        loop {
            let first = *list.last().unwrap_or(&at);
            if let Some(partner) = self.partner_before(first) {
                list.push(partner);
                continue;
            }
            let Some(before) = first.checked_sub(1) else { break };
            let and = self.class(before) == Some(Class::And);
            let comma = self.mark(before, Mark::Comma);
            let mut next = before.checked_sub(1);
            let oxford = and && next.is_some_and(|next| self.mark(next, Mark::Comma));
            if oxford {
                next = before.checked_sub(2);
            }
            let Some(next) = next.filter(|&next| (and || comma && seen_and) && self.is_party(next)) else {
                break;
            };
            if self.noun(next).is_some_and(|noun| matches!(noun, Noun::Pronoun(_))) {
                break;
            }
            // ", and she was": what stands before is the object of another verb.
            let speaks = |at| matches!(self.noun(at), Some(Noun::Source(_) | Noun::Country(_)));
            let unlike = speaks(next) != speaks(at);
            if (oxford || unlike) && list.len() == 1 && self.is_object(next) {
                break;
            }
            seen_and |= and;
            list.push(next);
        }
        list.reverse();
        list
    }

    /// "X and his wife, Y": X, before Y.
    fn partner_before(&self, at: usize) -> Option<usize> {
        let comma = at.checked_sub(1)?;
        let role = comma - usize::from(self.mark(comma, Mark::Comma) && comma > 0);
        let owner = role.checked_sub(1)?;
        let and = owner.checked_sub(1)?;
        let fits = self.chunks[role].has(|tag| matches!(tag, Tag::Role(_)))
            && matches!(self.noun(owner), Some(Noun::Pronoun(pronoun)) if pronoun.owns())
            && self.class(and) == Some(Class::And);
        and.checked_sub(1).filter(|name| fits && self.is_party(*name))
    }

    /// The nouns of the list that begins with the one at `at`.
    pub(crate) fn list_from(&self, at: usize) -> Vec<usize> {
        let mut list = vec![at];
        let mut last = at;
        loop {
            // "Iranian defendants X": the words before a name that mean the same one.
            if self.is_apposed(last) {
                list.push(last + 1);
                last += 1;
                continue;
            }
            let comma = usize::from(self.mark(last + 1, Mark::Comma));
            let and = usize::from(self.class(last + 1 + comma) == Some(Class::And));
            let mut next = last + 1 + comma + and;
            // "the car maker X, the farm business Y"
            let described = (next..self.chunks.len().min(next + 5)).find(|&here| !self.is_description(here));
            let named =
                described.filter(|&here| here > next && matches!(self.noun(here), Some(Noun::Party(_))));
            next = named.unwrap_or(next);
            while matches!(self.class(next), Some(Class::Determiner | Class::Definite)) {
                next += 1;
            }
            if let Some(first) = self.first_of_his(next).filter(|_| and > 0) {
                next = first;
            }
            let verb_follows = || {
                let mut after = next + 1;
                while self.is_auxiliary(after) && self.class(after) != Some(Class::Be) {
                    after += 1;
                }
                self.form(after).is_some_and(|form| form != Form::Ing) || self.class(after) == Some(Class::Be)
            };
            if comma + and == 0 || self.spoken(next) || !self.is_party(next) || verb_follows() {
                break;
            }
            if matches!(self.noun(next), Some(Noun::Pronoun(_))) {
                break;
            }
            // "X, a criminal organisation": what X is.
            let is_what =
                matches!(self.noun(next), Some(Noun::Group(group)) if !group.plural && group.count.is_none());
            if and == 0 && is_what && !self.is_apposed(next) {
                break;
            }
            list.push(next);
            last = next;
        }
        list
    }

    /// "(and) two of his companies, X and Y": X.
    fn first_of_his(&self, at: usize) -> Option<usize> {
        const WORDS: usize = 5;
        // "(X and) its chairman, Y": Y.
        let role = (at + 1..self.chunks.len().min(at + WORDS))
            .find(|here| self.chunks[*here].has(|tag| matches!(tag, Tag::Role(_))));
        let his = |role: &usize| self.owns(at) && (at + 1..*role).all(|here| self.is_description(here));
        if let Some(role) = role.filter(his) {
            let name = role + 1 + usize::from(self.mark(role + 1, Mark::Comma));
            let named = matches!(self.noun(name), Some(Noun::Party(_))) && !self.owns(name);
            return named.then_some(name);
        }
        let group = (at..self.chunks.len().min(at + WORDS))
            .find(|here| self.noun(*here).is_some() && !self.owns(*here))?;
        let idle = |here: usize| {
            matches!(self.class(here), Some(Class::Number(_) | Class::Definite | Class::Determiner))
                || self.owns(here)
                || same(self.words(here), "of")
        };
        let plural = matches!(self.noun(group), Some(Noun::Group(group)) if group.plural);
        let first =
            group + 1 + usize::from(self.mark(group + 1, Mark::Comma) || self.mark(group + 1, Mark::Colon));
        let named = matches!(self.noun(first), Some(Noun::Party(_))) && self.list_from(first).len() > 1;
        (group > at && plural && (at..group).all(idle) && named).then_some(first)
    }

    /// A word that describes the name behind it.
    fn is_description(&self, at: usize) -> bool {
        let chunk = &self.chunks[at];
        matches!(chunk.class(), Some(Class::Determiner | Class::Definite | Class::Adverb))
            || chunk.part == Part::Word && chunk.tags.is_empty()
            || chunk.has(|tag| matches!(tag, Tag::Role(_)))
    }
}
