//! Claims from what a frame, a role or a deed has found: whom the words mean, the status, the source, the date, the quote.

use std::ops::Range;

use model::{Claim, ClaimStatus, Named, Predicate, Quote, Source};

use super::chunks::{Noun, Part, same};
use super::context::Context;
use super::deeds;
use super::frames::{Found, NOT_NAMED, Reading};
use super::grammar::{is_words, prepositions};
use super::lexicon::{Frame, Kind, Object, SourceKind, Tag};
use super::sources::attribution;
use super::standing::standing;

/// How many are remembered who are charged in one case.
const DEFENDANTS: usize = 64;

impl Reading<'_> {
    /// Makes the claims of a frame from the chunks that fill it.
    pub(crate) fn claim(
        &mut self,
        at: usize,
        frame: &Frame,
        (subject, object): (&[usize], &[usize]),
        word_of: Option<Source>,
        context: &mut Context,
    ) -> bool {
        let sentence = self.sentence;
        if [subject, object].iter().any(|list| list.iter().all(|at| self.is_anybody(*at)) && !list.is_empty())
        {
            return false;
        }
        let subjects = self.all(subject, context);
        let owned_people = frame.predicate == Predicate::Owns
            && object.iter().any(|at| matches!(self.sentence.noun(*at), Some(Noun::Group(group)) if group.kind == Kind::Person));
        if owned_people {
            return false;
        }
        let by_authority = matches!(frame.predicate, Predicate::SanctionedBy | Predicate::DelistedBy);
        if subjects.is_empty() || by_authority && subject.iter().any(|at| self.is_authority(*at)) {
            return false;
        }
        // What is told of an authority's own doing stands in its acts.
        if frame.predicate == Predicate::Did && subject.iter().all(|at| self.is_authority(*at)) {
            return false;
        }
        // "ran the press office": what is run, owned or joined is no paper and no outlet in general.
        let papers = |at: &usize| {
            matches!(
                sentence.noun(*at),
                Some(Noun::Source(
                    SourceKind::Outlet | SourceKind::Statement | SourceKind::Accusation | SourceKind::Speaker
                ))
            )
        };
        // "left the country"
        let lands = |at: &usize| {
            matches!(sentence.noun(*at), Some(Noun::Country(_) | Noun::Source(SourceKind::Country)))
        };
        if frame.predicate == Predicate::EmployedBy && object.iter().any(lands) {
            return false;
        }
        if !by_authority && !is_words(frame.kind) && !object.is_empty() && object.iter().all(papers) {
            return false;
        }
        let mut to = object.iter().copied().max().unwrap_or(at);
        let mut objects = self.all(object, context);
        if by_authority && !object.is_empty() && !object.iter().all(|at| self.acts(*at)) {
            objects.clear();
        }
        if let Some(list) = prepositions(&frame.object).filter(|_| is_words(frame.kind)) {
            let place = sentence.preposition_after(at, &list);
            let range = place.map_or_else(Vec::new, |place| match frame.kind {
                Object::Offence => sentence.offences(place + 1),
                _ => std::iter::once(place + 1..sentence.deed_end(place + 1)).collect(),
            });
            to = range.last().map_or(at, |last| last.end.max(1) - 1);
            self.read.extend(at..to + 1);
            objects = range.iter().map(|range| self.quoted(range)).collect();
        }
        if objects.is_empty() && by_authority {
            let own =
                self.speeches.iter().filter(|speech| speech.scope.contains(&at)).flat_map(|s| &s.sources);
            let mut own = own
                .filter(|source| source.role == model::SourceRole::Authority)
                .map(|s| Named::unlisted(s.name.clone()));
            objects.extend(own.next_back());
        }
        if objects.is_empty() {
            if !frame.optional {
                return false;
            }
            objects.push(match frame.predicate {
                Predicate::ChargedWith if sentence.chunks[at].has(|tag| matches!(tag, Tag::Noun(_))) => {
                    Named::unlisted(sentence.words(at))
                }
                _ => Named::unlisted(NOT_NAMED),
            });
        }
        // "convicted of nothing so far"
        let of_nothing = frame.kind == Object::Offence
            && objects.iter().any(|object| ["nothing", "none"].iter().any(|no| object.name.starts_with(no)));
        let own = if of_nothing { ClaimStatus::Denied } else { frame.status };
        let status = standing(sentence, at, own, &self.speeches);
        let is_ground = word_of.is_some() && status == ClaimStatus::Asserted;
        let status = if is_ground { ClaimStatus::Alleged } else { status };
        let places = subject.iter().chain(object).copied().chain([at, to]);
        let (from, to) = places.fold((at, at), |(from, to), at| (from.min(at), to.max(at)));
        let acts = matches!(status, ClaimStatus::Designated | ClaimStatus::Charged);
        if acts && subjects.len() > 1 {
            // "sanctioned X and Y, accusing them of"
            context.several.clone_from(&subjects);
        }
        if acts {
            self.meaning.accuse(&subjects, context);
        }
        if status == ClaimStatus::Charged {
            // One case, told in several sentences.
            if self.case.is_empty() {
                context.defendants.clear();
            }
            context.defendants.extend(
                subjects.iter().filter(|one| !context.defendants.contains(one)).cloned().collect::<Vec<_>>(),
            );
            context.defendants.truncate(DEFENDANTS);
        }
        let (accused, authorities) = (subjects.clone(), objects.clone());
        self.emit(Found { subjects, predicate: frame.predicate, objects, status, at, word_of, from, to });
        if by_authority && status == ClaimStatus::Designated {
            let behind = subject.iter().copied().fold(at, usize::max);
            let source =
                |named: &Named| Source { name: named.name.clone(), role: model::SourceRole::Authority };
            let authority = authorities.first().filter(|authority| &*authority.name != NOT_NAMED);
            self.grounds = (subject.to_vec(), authority.map(source));
            deeds::grounds(self, (at, behind), accused, from, authority);
        }
        true
    }

    /// "Persons", "companies": nobody in particular.
    fn is_anybody(&self, at: usize) -> bool {
        matches!(self.sentence.noun(at), Some(Noun::Group(group))
            if group.plural && group.count.is_none() && group.country.is_none() && !group.definite && !self.sentence.words(at).contains(' '))
    }

    pub(crate) fn is_authority(&self, at: usize) -> bool {
        matches!(self.sentence.noun(at), Some(Noun::Source(kind)) if !matches!(kind, SourceKind::Speaker))
    }

    /// It can put somebody on a list.
    fn acts(&self, at: usize) -> bool {
        match self.sentence.noun(at) {
            Some(Noun::Source(kind)) => matches!(
                kind,
                SourceKind::Authority | SourceKind::Country | SourceKind::Prosecutor | SourceKind::Court
            ),
            Some(Noun::Country(_)) => true,
            Some(Noun::Pronoun(_)) => true,
            Some(Noun::Group(group)) => group.kind == Kind::Organization,
            Some(Noun::Party(party)) => self.meaning.parties[*party].schema != model::Schema::Person,
            None => false,
        }
    }

    /// Words as an object: blanks and line breaks are one blank.
    pub(crate) fn quoted(&self, range: &Range<usize>) -> Named {
        let bytes = self.sentence.bytes(range);
        Named::unlisted(on_one_line(&self.sentence.text[bytes]))
    }

    /// Adds claims, each once in a sentence.
    pub(crate) fn emit(&mut self, found: Found) {
        let bytes = self.sentence.bytes(&(found.from..found.to + 1));
        let quote = Quote {
            text: self.sentence.text[bytes.clone()].into(),
            start: bytes.start,
            end: bytes.end,
            page: None,
        };
        let mut attribution = attribution(&self.speeches, found.at, found.predicate == Predicate::OfCountry);
        if let Some(source) = found.word_of.filter(|source| !attribution.contains(source)) {
            attribution.push(source);
            attribution.sort_by_key(|source| source.role);
        }
        let of_case = matches!(found.predicate, Predicate::ChargedWith | Predicate::ChargedBefore)
            && found.status == ClaimStatus::Charged;
        if of_case && attribution.is_empty() {
            attribution.clone_from(&self.case);
        }
        let date = self.date(found.at, found.predicate).map(Into::into);
        for subject in &found.subjects {
            for object in found.objects.iter().filter(|object| *object != subject) {
                let (predicate, status) = (found.predicate, found.status);
                let known = self.claims[self.first..].iter().any(|claim| {
                    claim.subject == *subject
                        && claim.predicate == predicate
                        && claim.object == *object
                        && claim.status == status
                });
                if known {
                    continue;
                }
                self.claims.push(Claim {
                    subject: subject.clone(),
                    predicate,
                    object: object.clone(),
                    status,
                    attribution: attribution.clone(),
                    date: Option::clone(&date),
                    quote: quote.clone(),
                });
            }
        }
    }

    /// The date of what is told at `at`: the nearest of its clause, else that of the statement.
    fn date(&self, at: usize, predicate: Predicate) -> Option<&str> {
        let sentence = self.sentence;
        let lasting = matches!(
            predicate,
            Predicate::FamilyOf | Predicate::OfCountry | Predicate::DirectorOf | Predicate::MemberOf
        );
        let clause = sentence.clause_start(at)..sentence.clause_end(at);
        let dates = clause
            .filter(|here| sentence.chunks[*here].part == Part::Date && !sentence.spoken(*here) && !lasting);
        let own = dates.min_by_key(|here| here.abs_diff(at));
        let said = || self.speeches.iter().filter(|s| s.scope.contains(&at)).find_map(|speech| speech.date);
        own.or_else(said).map(|date| sentence.words(date))
    }

    /// The court before which those are charged whom this sentence tells of.
    pub(crate) fn courts(&mut self, context: &Context) {
        let sentence = self.sentence;
        let courts = |at: &usize| matches!(sentence.noun(*at), Some(Noun::Source(SourceKind::Court)));
        let Some(court) = (0..sentence.chunks.len()).find(courts) else { return };
        let charged = self.claims[self.first..].iter().filter(|claim| {
            claim.predicate == Predicate::ChargedWith && claim.status == ClaimStatus::Charged
        });
        let mut subjects: Vec<Named> = Vec::new();
        for claim in charged {
            if !subjects.contains(&claim.subject) {
                subjects.push(claim.subject.clone());
            }
        }
        let is_case =
            |at: usize| sentence.words(at).split(' ').any(|word| same(word, "case") || same(word, "trial"));
        if subjects.is_empty() && (0..court).any(is_case) {
            subjects = context.defendants.clone();
        }
        let objects = vec![Named::unlisted(sentence.words(court))];
        let charge = (0..sentence.chunks.len()).find(|at| self.read.contains(at)).unwrap_or(court);
        let (from, to) = (court.min(charge), court.max(charge));
        let status = ClaimStatus::Charged;
        self.emit(Found {
            subjects,
            predicate: Predicate::ChargedBefore,
            objects,
            status,
            at: court,
            word_of: None,
            from,
            to,
        });
    }
}

/// Words with one blank between them, whatever stood there.
pub(crate) fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
