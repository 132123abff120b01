//! The claims of one sentence: its verbs and nouns by their frames, then roles, deeds, courts and countries.

use std::ops::Range;

use model::{Claim, ClaimStatus, Named, Predicate, Source};

use super::chunks::{Chunk, Noun, same};
use super::context::{Context, Meaning};
use super::grammar::{Sentence, is_words, prepositions};
use super::lexicon::{Form, Frame, Kind, LEXICON, Slot, SourceKind, Tag};
use super::sources::{Speech, speeches};
use super::tokens::Mark;
use super::{cases, deeds, replies, roles};
use crate::Party;

/// The object of a claim whose text does not say it: "X was sanctioned".
pub(crate) const NOT_NAMED: &str = "(not named)";

/// A sentence while its claims are read.
pub(crate) struct Reading<'a> {
    pub(crate) sentence: &'a Sentence<'a>,
    pub(crate) meaning: Meaning<'a>,
    pub(crate) speeches: Vec<Speech>,
    /// Whose word charges are that are told without a source.
    pub(crate) case: Vec<Source>,
    pub(crate) claims: &'a mut Vec<Claim>,
    /// Where this sentence's claims begin.
    pub(crate) first: usize,
    /// Chunks that a frame has read, and the end of the last deed.
    pub(crate) read: Vec<usize>,
    /// The chunks of those whom an authority acted against in this sentence, and whose word its grounds are.
    pub(crate) grounds: (Vec<usize>, Option<Source>),
}

/// What a frame found, before it is a claim.
pub(crate) struct Found {
    pub(crate) subjects: Vec<Named>,
    pub(crate) predicate: Predicate,
    pub(crate) objects: Vec<Named>,
    pub(crate) status: ClaimStatus,
    /// The chunk whose word it is.
    pub(crate) at: usize,
    /// Whose word it is besides.
    pub(crate) word_of: Option<Source>,
    /// The first chunk and the last.
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Reads the claims of a sentence and takes up what it tells.
pub(crate) fn read(
    text: &str,
    chunks: Vec<Chunk>,
    parties: &[Party],
    context: &mut Context,
    claims: &mut Vec<Claim>,
) {
    let mut sentence = Sentence { text, chunks };
    cases::take(&Meaning { sentence: &sentence, parties }, context);
    if !sentence.chunks.iter().any(|chunk| chunk.noun().is_some()) {
        return;
    }
    if !sentence.chunks.iter().any(tells) {
        let sentence = &sentence;
        return Meaning { sentence, parties }.remember(context);
    }
    let mut speeches = speeches(&mut sentence, parties, context);
    if speeches.is_empty() && sentence.mark(0, Mark::OpenQuote) && !context.said.is_empty() {
        // A quotation that goes on: whose word the sentence before was.
        let (region, scope, quoted) = (0..0, 0..sentence.chunks.len(), 0..sentence.chunks.len());
        let sources = context.said.clone();
        let accuses = context.accusing;
        speeches.push(Speech { region, scope, quoted, sources, status: None, date: None, accuses });
    }
    let sentence = &sentence;
    let first = claims.len();
    let meaning = Meaning { sentence, parties };
    let mut reading = Reading {
        sentence,
        meaning,
        speeches,
        case: std::mem::take(&mut context.case.sources),
        claims,
        first,
        read: Vec::new(),
        grounds: (Vec::new(), None),
    };
    for at in 0..sentence.chunks.len() {
        reading.frames(at, context);
    }
    roles::read(&mut reading, context);
    deeds::read(&mut reading, context);
    reading.courts(context);
    replies::denials(&mut reading, context);
    replies::doubts(&mut reading, context);
    if let Some(speech) = reading.speeches.iter().rev().find(|speech| !speech.sources.is_empty()) {
        context.said.clone_from(&speech.sources);
        context.accusing = speech.accuses;
    }
    context.case.sources = reading.case;
    let meaning = Meaning { sentence, parties };
    meaning.remember(context);
    replies::remember(&claims[first..], context);
}

/// Something that a claim can begin with.
fn tells(chunk: &Chunk) -> bool {
    chunk.has(|tag| matches!(tag, Tag::Verb(..) | Tag::Noun(_) | Tag::Role(_) | Tag::Deed(_) | Tag::Say(..)))
        || matches!(chunk.noun(), Some(Noun::Group(_) | Noun::Source(SourceKind::Court)))
}

impl Reading<'_> {
    fn frames(&mut self, at: usize, context: &mut Context) {
        let sentence = self.sentence;
        if sentence.spoken(at) {
            return;
        }
        if self.read.contains(&at) {
            return;
        }
        for tag in &sentence.chunks[at].tags {
            let done = match tag {
                Tag::Verb(row, form) => self.verb(at, &LEXICON.verbs[usize::from(*row)], *form, context),
                Tag::Noun(row) => self.frame_of_noun(at, &LEXICON.nouns[usize::from(*row)], context),
                _ => false,
            };
            if done {
                self.read.push(at);
                return;
            }
        }
    }

    /// Whom the nouns mean; "it" and "I" may be who speaks.
    pub(crate) fn all(&self, list: &[usize], context: &Context) -> Vec<Named> {
        use super::lexicon::Pronoun;
        if let [at] = list
            && let Some(Noun::Pronoun(pronoun)) = self.sentence.noun(*at)
        {
            // "The department says that the network is large and that it": the network.
            if *pronoun == Pronoun::It {
                let scope = self
                    .speeches
                    .iter()
                    .rev()
                    .find(|speech| speech.scope.contains(at) && speech.scope.start < *at);
                let start = scope.map_or(*at, |speech| speech.scope.start);
                let body = |here: &usize| match self.sentence.noun(*here) {
                    Some(Noun::Group(group)) => group.kind == Kind::Organization && !group.plural,
                    Some(Noun::Party(party)) => self.meaning.parties[*party].schema != model::Schema::Person,
                    _ => false,
                };
                if let Some(body) = (start..*at).find(|here| body(here) && self.sentence.is_party(*here)) {
                    return self.meaning.of(body, context);
                }
            }
            // "The EU listed X, saying it had": X.
            let saying = self.speeches.iter().find(|speech| {
                speech.scope.contains(at) && self.sentence.form(speech.region.start) == Some(Form::Ing)
            });
            let listed = saying.filter(|_| *pronoun == Pronoun::It).and_then(|speech| {
                let body = |here: &usize| {
                    self.meaning.is_body(*here) && matches!(self.sentence.noun(*here), Some(Noun::Party(_)))
                };
                (0..speech.region.start).rev().find(body)
            });
            if let Some(listed) = listed {
                return self.meaning.of(listed, context);
            }
            let mut speakers =
                self.speeches.iter().filter(|speech| speech.scope.contains(at)).flat_map(|s| &s.sources);
            let speaker = match pronoun {
                Pronoun::I | Pronoun::Our => {
                    speakers.find(|source| source.role == model::SourceRole::Speaker)
                }
                Pronoun::It => speakers.find(|source| source.role == model::SourceRole::Authority),
                _ => None,
            };
            if let Some(speaker) = speaker {
                let known = self.meaning.parties.iter().find(|party| party.named.name == speaker.name);
                return vec![
                    known.map_or_else(|| Named::unlisted(speaker.name.clone()), |party| party.named.clone()),
                ];
            }
        }
        self.meaning.all(list, context)
    }

    fn verb(&mut self, at: usize, frame: &'static Frame, form: Form, context: &mut Context) -> bool {
        const NEEDED_WITHIN: usize = 14;
        const BOILERPLATE: usize = 24;
        let sentence = self.sentence;
        let near = at + 1..sentence.clause_end(at).min(at + NEEDED_WITHIN);
        if !self.has_what_it_needs(frame, &near) {
            return false;
        }
        // "works for" has no passive.
        let transitive = frame.subject.contains(&Slot::Patient) || frame.object.contains(&Slot::Patient);
        let passive = transitive && sentence.is_passive(at, &frame.object);
        let is_ground = self.is_ground(at);
        let reduced = if form == Form::Ing && !is_ground { self.reduced_before(at) } else { None };
        let subject = match reduced {
            _ if is_ground => self.grounds.0.clone(),
            Some(noun) => vec![noun],
            None => sentence.subject_of(at),
        };
        // "when you list them": of anybody.
        if at > 0 && same(sentence.words(at - 1), "you") {
            return false;
        }
        let denies = subject.is_empty() && form == Form::Ing;
        let subject = if denies { self.speaker_before(at) } else { subject };
        let told = is_ground || reduced.is_some() || denies || self.is_told(at, form);
        if !told || subject.is_empty() && (is_ground || denies) {
            return false;
        }
        // "owned or controlled by, or having acted for or on behalf of, X": X, behind the boilerplate.
        let behind = |by: usize| {
            let reach = by + 1..sentence.chunks.len().min(by + BOILERPLATE);
            let comma = sentence.mark(by + 1, Mark::Comma) && is_ground;
            reach.filter(|_| comma).find(|here| matches!(sentence.noun(*here), Some(Noun::Party(_))))
        };
        let by = || {
            let by = sentence.preposition_after(at, "by")?;
            sentence.first_noun(by + 1).or_else(|| behind(by))
        };
        let (agent, patient) = if passive {
            (by().map_or_else(Vec::new, |by| sentence.list_from(by)), subject)
        } else {
            let whom = sentence.whom(at);
            (subject, whom.unwrap_or_else(|| sentence.object_of(at)))
        };
        // "The UK sanctioned X and Y, accusing them of": the authority's word.
        let authority = |at: &usize| self.is_authority(*at) && sentence.is_party(*at);
        let agent = if frame.status == ClaimStatus::Alleged
            && form == Form::Ing
            && at > 0
            && sentence.mark(at - 1, Mark::Comma)
        {
            (0..at).rev().find(|at| authority(at) && !sentence.is_object(*at)).map_or(agent, |at| vec![at])
        } else {
            agent
        };
        // "the designated X, and the singer Z": X is meant.
        let patient =
            if !passive && agent.is_empty() { patient.into_iter().take(1).collect() } else { patient };
        let pick = |slot: &Slot| match slot {
            Slot::Agent | Slot::Clause => agent.clone(),
            Slot::Patient => patient.clone(),
            Slot::Owner => self.owner_after(at),
            Slot::After(list) => {
                let noun = sentence.preposition_after(at, list).and_then(|at| sentence.first_noun(at + 1));
                noun.map_or_else(Vec::new, |noun| sentence.list_from(noun))
            }
        };
        let Some(subjects) = frame.subject.iter().map(pick).find(|list| !list.is_empty()) else {
            return false;
        };
        if frame.needs.contains(&"@body") && !agent.iter().all(|at| self.meaning.is_body(*at)) {
            return false;
        }
        let objects = if is_words(frame.kind) {
            Vec::new()
        } else {
            frame.object.iter().map(pick).find(|list| !list.is_empty()).unwrap_or_default()
        };
        let by: &[usize] = if frame.status == ClaimStatus::Alleged { &agent } else { &[] };
        let word_of = match by {
            [] if is_ground => self.grounds.1.clone(),
            [] => None,
            [first, ..] => self.meaning.sources(*first..*first + 1, context).into_iter().next(),
        };
        self.claim(at, frame, (&subjects, &objects), word_of, context)
    }

    /// One of the words that the frame asks for stands near, and none that it excludes.
    fn has_what_it_needs(&self, frame: &Frame, near: &Range<usize>) -> bool {
        let stands = |word: &str| self.sentence.stands_between(near.clone(), word);
        let (mut asked, mut stood) = (false, false);
        for need in &frame.needs {
            match need.strip_prefix('!') {
                Some(excluded) if stands(excluded) => return false,
                Some(_) => {}
                // Looked at where the subject is known.
                None if need.starts_with('@') => {}
                None => {
                    asked = true;
                    stood |= stands(need);
                }
            }
        }
        stood || !asked
    }

    fn frame_of_noun(&mut self, at: usize, frame: &'static Frame, context: &mut Context) -> bool {
        const NEEDED_WITHIN: usize = 8;
        let sentence = self.sentence;
        let ungrounded = |tag: &Tag| *tag == Tag::Hedge(ClaimStatus::Unsubstantiated);
        if frame.predicate == Predicate::Did && at > 0 && sentence.chunks[at - 1].has(ungrounded) {
            return false; // `deeds` reads it.
        }
        let near = at.saturating_sub(NEEDED_WITHIN)..sentence.chunks.len().min(at + NEEDED_WITHIN);
        if !self.has_what_it_needs(frame, &near) {
            return false;
        }
        let end = sentence.chunks.len().min(at + 3 * NEEDED_WITHIN);
        let after = |list: &str| {
            let place = (at + 1..end).find(|&here| {
                !sentence.spoken(here) && list.split(',').any(|p| same(sentence.words(here), p))
            });
            place
                .and_then(|place| sentence.first_noun(place + 1))
                .map_or_else(Vec::new, |noun| sentence.list_from(noun))
        };
        let clause = || {
            let subject = sentence.subject_of(at);
            if subject.is_empty() { self.speaker_before(at) } else { subject }
        };
        let pick = |slot: &Slot| match slot {
            Slot::After(list) => after(list),
            Slot::Clause | Slot::Patient | Slot::Owner => clause(),
            Slot::Agent => {
                let by = after("by");
                if by.is_empty() { clause() } else { by }
            }
        };
        let subjects = match prepositions(&frame.subject) {
            Some(list) => after(&list),
            None => frame.subject.iter().map(pick).find(|list| !list.is_empty()).unwrap_or_default(),
        };
        if subjects.is_empty() {
            return false;
        }
        let objects = if is_words(frame.kind) {
            Vec::new()
        } else {
            let list = prepositions(&frame.object);
            list.map_or_else(
                || frame.object.iter().map(pick).find(|l| !l.is_empty()).unwrap_or_default(),
                |list| after(&list),
            )
        };
        let objects: Vec<usize> = objects.into_iter().filter(|at| !subjects.contains(at)).collect();
        self.claim(at, frame, (&subjects, &objects), None, context)
    }
}
