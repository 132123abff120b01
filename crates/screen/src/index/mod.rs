//! The index: which candidates can reach a threshold at all.
//!
//! Token -> similar words -> postings -> an upper bound for each name -> exact scoring of what is left. The bound is
//! exact arithmetic on the same numbers that the score is made of, so nothing that the exhaustive search finds is lost.
//!
//! All of it is flat lists of numbers, so that it can be written to a file and be there again as soon as it is read.
//! Words and names themselves it does not hold: they are the candidates' own.

mod anchors;
mod bids;
mod bound;
mod cache;
mod companions;
mod effort;
mod folded;
mod in_text;
mod marks;
mod nearby;
mod parts;
mod reading;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use names::{
    Lists, Name, NameKind, Postings, Run, Token, Vocabulary, Words, expansions, joinable, key_of,
    omission_stake,
};

use crate::attributes::most_gain;
use crate::profile::Identifier;
use crate::rules::Line;
use crate::search::rank;
use crate::{Answer, Candidates, Hit, Profile, Request, Rules, Score, score};

use bids::Bids;
use bound::Scratch;
use cache::Cache;
use companions::Companions;
pub use effort::Effort;
pub use in_text::{GAP, InText, NamesOf, Window};
pub use parts::IndexParts;
pub use reading::{Likely, Reading, Sight};

/// The scale of thresholds: scores are ten-thousandths.
const UNIT: i64 = 10_000;

/// An index over candidates. It is immutable; candidates are named by their place.
pub struct Index {
    vocabulary: Vocabulary,
    /// For each word, where it stands first: the number of a name, and which of its words.
    stands: Vec<[u32; 2]>,
    /// The words, once they were asked for.
    words: Box<[OnceLock<Arc<Token>>]>,
    /// For each word, what it puts at stake where the query lacks it, in millibits.
    kept: Vec<i32>,
    /// For each word, the names that hold it.
    names_with: Lists,
    /// Beside each of these names, what else stands in it and what it puts at stake.
    companions: Vec<Companions>,
    /// For each name, its words.
    words_of: Lists,
    /// Names by kind, first those of people; within a kind in the order of the candidates.
    names: Vec<IndexedName>,
    /// For each kind, in the order of [`KINDS`], the first name that is of a later one.
    kind_ends: [u32; 3],
    /// Runs of names that may be written as one word, by what such a word has in common with them.
    joined: Postings<NameRun>,
    /// Runs of names that an acronym stands for, by the acronym.
    expanded: Postings<NameRun>,
    /// Candidates by identifier.
    identifiers: Postings<u32>,
    /// What searches have done with, to be used again: one for each thread at most.
    spare: Mutex<Vec<Scratch>>,
    /// What query words met so far can do: a customer file repeats its names' words.
    met: Cache<Bids>,
}

const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organization, NameKind::Vehicle];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct IndexedName {
    entity: u32,
    /// Which of the entity's names.
    name: u32,
    /// Omission stakes of all its words, in millibits.
    omitted: i32,
    /// How many words of content it has.
    content: u8,
    /// How many words it has.
    count: u8,
    /// The first of them: a name that is looked at lies in one place, for most names have no more.
    words: [u32; WORDS_WITH_NAME],
}

/// Words of a name that lie with it.
const WORDS_WITH_NAME: usize = 4;

impl IndexedName {
    fn with_words(self, words: &[u32]) -> Self {
        let at = |place: usize| words.get(place).copied().unwrap_or_default();
        Self { count: words.len() as u8, words: std::array::from_fn(at), ..self }
    }

    /// Its words, where all of them lie with it.
    fn words(&self) -> Option<&[u32]> {
        self.words.get(..usize::from(self.count))
    }
}

/// Some words of a name that one word may stand for. Runs that are worth the same lie together, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct NameRun {
    /// What they put at stake together, in millibits.
    stake: i32,
    /// What they put at stake where the query lacks them.
    kept: i32,
    name: u32,
}

/// Kinds of keys in `expanded` and `identifiers`.
const ACRONYM: u8 = 0;
const IDENTIFIER: u8 = 1;

fn kept(name: &Name, run: Run) -> i32 {
    let tokens = name.tokens.iter().enumerate().filter(|(i, _)| run.words & (1 << i) != 0);
    tokens.map(|(_, token)| omission_stake(token, false)).sum()
}

impl Index {
    /// Builds the index of some candidates.
    #[must_use]
    pub fn new(entities: &(impl Candidates + ?Sized)) -> Self {
        let mut words = Words::default();
        let (mut names, mut words_of) = (Vec::new(), Lists::default());
        let (mut stands, mut with) = (Vec::new(), Vec::new());
        let (mut joined, mut expanded) = (Vec::new(), Vec::new());
        let mut kind_ends = [0; 3];
        for (kind, end) in KINDS.into_iter().zip(&mut kind_ends) {
            for entity in 0..entities.len() {
                let profile = entities.get(entity);
                for (which, name) in profile.names.iter().enumerate().filter(|(_, name)| name.kind == kind) {
                    let name = &name.name;
                    let number = names.len() as u32;
                    let numbers: Vec<u32> = name.tokens.iter().map(|token| words.add(token)).collect();
                    for (place, &word) in numbers.iter().enumerate() {
                        if word as usize == stands.len() {
                            stands.push([number, place as u32]);
                        }
                        if !numbers[..place].contains(&word) {
                            with.push((word, number));
                        }
                    }
                    words_of.push(numbers.iter().copied());
                    let of_name =
                        |run: Run| NameRun { name: number, stake: run.stake, kept: kept(name, run) };
                    joinable(&name.tokens, |key, run, _| joined.push((key_of_join(key), of_name(run))));
                    expansions(&name.tokens, |acronym, run| {
                        expanded.push((key_of(ACRONYM, acronym.bytes()), of_name(run)));
                    });
                    let omitted = name.tokens.iter().map(|t| omission_stake(t, false)).sum();
                    let content = name.tokens.iter().filter(|t| t.role.is_content()).count() as u8;
                    let (entity, which) = (entity as u32, which as u32);
                    let name =
                        IndexedName { entity, name: which, omitted, content, ..IndexedName::default() };
                    names.push(name.with_words(&numbers));
                }
            }
            *end = names.len() as u32;
        }
        let identifiers = (0..entities.len()).flat_map(|entity| {
            let of = move |id: &Identifier| (key_of(IDENTIFIER, id.key.bytes()), entity as u32);
            entities.get(entity).identifiers.iter().map(of)
        });
        let names_with = Lists::by_key(words.len(), &with);
        drop(with);
        Self {
            vocabulary: words.vocabulary(),
            kept: words.iter().map(|word| omission_stake(word, false)).collect(),
            words: words.iter().map(|word| Arc::clone(word).into()).collect(),
            companions: Companions::of_all(&names_with, &names, |name| words_of.get(name)),
            names_with,
            stands,
            words_of,
            names,
            kind_ends,
            joined: Postings::new(joined),
            expanded: Postings::new(expanded),
            identifiers: Postings::new(identifiers.collect()),
            spare: Mutex::default(),
            met: Cache::default(),
        }
    }

    /// The results of a query: the same, byte for byte, as [`crate::exhaustive`] gives. The candidates are those of which
    /// the index was built.
    #[must_use]
    pub fn search<'a>(
        &self,
        query: &Profile,
        entities: &(impl Candidates + ?Sized),
        rules: impl Into<Rules<'a>>,
        request: Request,
    ) -> Answer {
        let rules = rules.into();
        let mut scratch = self.spare().pop().unwrap_or_default();
        let mut candidates = std::mem::take(&mut scratch.candidates);
        self.candidates(query, entities, rules, request.threshold, &mut scratch, &mut candidates);
        candidates.sort_unstable();
        candidates.dedup();
        scratch.effort.queries += 1;
        scratch.effort.scored += candidates.len() as u64;
        let mut hits = Vec::new();
        for entity in candidates.drain(..) {
            let entity = entity as usize;
            let Some((configuration, least)) = rules.line_of(entity, request.threshold) else { continue };
            let scored = score(query, entities.get(entity), configuration);
            hits.extend(scored.filter(|s| s.score >= least).map(|scored| Hit { entity, scored }));
        }
        scratch.candidates = candidates;
        self.spare().push(scratch);
        rank(hits, entities, request.limit)
    }

    /// The candidates that may reach the threshold, or each its own, in any order, some perhaps twice.
    fn candidates(
        &self,
        query: &Profile,
        entities: &(impl Candidates + ?Sized),
        rules: Rules<'_>,
        threshold: Option<Score>,
        scratch: &mut Scratch,
        found: &mut Vec<u32>,
    ) {
        for identifier in &query.identifiers {
            found.extend(self.identifiers.get(key_of(IDENTIFIER, identifier.key.bytes())));
        }
        rules.each_line(threshold, |line| {
            let own = |entity: u32| match rules {
                Rules::One(_) => true,
                Rules::Each(_) => {
                    let own = rules.line_of(entity as usize, threshold);
                    own.is_some_and(|(_, own)| own == line.threshold)
                }
            };
            self.reach(line, query, entities, scratch, |entity| {
                if own(entity) {
                    found.push(entity);
                }
            });
        });
    }

    /// Calls for the candidates, whoever rules them, that may reach a line by their names.
    fn reach(
        &self,
        line: Line,
        query: &Profile,
        entities: &(impl Candidates + ?Sized),
        scratch: &mut Scratch,
        mut each: impl FnMut(u32),
    ) {
        // Scores are rounded half up: what reaches the step below may be rounded to the threshold.
        let t = i64::from(line.threshold.ten_thousandths()).saturating_sub(1).max(0);
        let lift = if line.can_be_lifted_to() { i64::from(most_gain(query)) } else { 0 };
        for name in query.names.iter().filter(|name| line.holds(name.kind)) {
            self.bound(&name.name, t, (UNIT - t) * lift, entities, scratch, &mut each);
        }
    }

    /// What all searches so far took.
    #[must_use]
    pub fn effort(&self) -> Effort {
        self.spare().iter().map(|scratch| scratch.effort).sum()
    }

    /// A search that panicked left nothing half done here: what it held is gone with it.
    fn spare(&self) -> MutexGuard<'_, Vec<Scratch>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The word of a number, where it stands among the candidates.
    ///
    /// # Panics
    /// It does not stand there: the index is that of other candidates. To go on without it would clear whom it names.
    fn word(&self, number: u32, entities: &(impl Candidates + ?Sized)) -> &Token {
        self.words[number as usize].get_or_init(|| {
            let [name, place] = self.stands[number as usize];
            let name = self.names[name as usize];
            let names = &entities.get(name.entity as usize).names;
            let token = names.get(name.name as usize).and_then(|name| name.name.tokens.get(place as usize));
            Arc::clone(token.unwrap_or_else(|| panic!("the index is not of these parties: compile it again")))
        })
    }

    /// What a name, by number, is the name of.
    fn kind(&self, name: u32) -> NameKind {
        KINDS[self.kind_ends.partition_point(|end| *end <= name).min(KINDS.len() - 1)]
    }

    /// The names of a kind, by number.
    fn of_kind(&self, kind: NameKind) -> std::ops::Range<u32> {
        let [people, organizations, vehicles] = self.kind_ends;
        match kind {
            NameKind::Person => 0..people,
            NameKind::Organization => people..organizations,
            NameKind::Vehicle => organizations..vehicles,
        }
    }
}

fn key_of_join(key: names::JoinKey) -> u64 {
    key_of(0, key.to_le_bytes())
}
