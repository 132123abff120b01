//! All that speaks for two listings being of one party.

use model::{Country, Derived, Entity, Property, Schema, Scheme};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use screen::{
    Candidates, Configuration, NameOutcome, Profile, Request, Row, Rules, Ruling, Score, Scored, names_tried,
    score,
};

use super::evidence::{CONTRADICTS, judge};
use super::party::{Party, rank};
use super::{Apart, Edge, Reason, referents};
use crate::{EngineError, Library};

/// Edges between parties, the strongest first.
pub(super) fn edges(library: &Library, parties: &[Party<'_>]) -> Result<Vec<Edge>, EngineError> {
    let mut edges = by_reference(library, parties);
    edges.extend(by_referent(library, parties));
    edges.extend(by_evidence(library, parties)?);
    edges.sort_by_key(Edge::order);
    Ok(edges)
}

/// Listings that name one reference of the UN. Each goes with the first: a star says as much as all pairs. Authorities
/// misprint references, or name that of somebody whom the party serves: where no names are alike, it is refused.
fn by_reference(library: &Library, parties: &[Party<'_>]) -> Vec<Edge> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut edges = Vec::new();
    for (number, party) in parties.iter().enumerate() {
        for reference in &party.references {
            match first.get(&*reference.key) {
                Some(&a) => {
                    edges.push(edge(library, parties, (a, number), Reason::UnReference, &reference.key));
                }
                None => drop(first.insert(&reference.key, number)),
            }
        }
    }
    edges
}

/// Listings that name another's id, or an id that another names.
fn by_referent(library: &Library, parties: &[Party<'_>]) -> Vec<Edge> {
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, party) in parties.iter().enumerate() {
        known.entry(&party.entity.id).or_insert(number);
    }
    let mut edges = Vec::new();
    for (number, party) in parties.iter().enumerate() {
        for id in referents(party.entity) {
            let other = *known.entry(id).or_insert(number);
            if other != number {
                let pair = (other.min(number), other.max(number));
                edges.push(edge(library, parties, pair, Reason::Referent, id));
            }
        }
    }
    edges
}

fn edge(library: &Library, parties: &[Party<'_>], (a, b): (usize, usize), reason: Reason, by: &str) -> Edge {
    let profile = |number: usize| library.profiles().get(parties[number].place);
    let (query, candidate) = (profile(b), profile(a));
    let scored = score(query, candidate, &Configuration::default());
    let alike = || {
        let comparable = match (&query.schema, &candidate.schema) {
            (Some(q), Some(e)) => e.may_be(Some(q)),
            _ => true,
        };
        !comparable || names_alone(query, candidate).is_none_or(|names| names >= CONTRADICTS)
    };
    let refused = (reason == Reason::UnReference && !alike()).then_some(Apart::Names);
    Edge { a, b, reason, by: by.into(), scored, refused }
}

/// Listings that evidence joins. Each list is searched through the index for the parties of the lists after it, in the
/// order of the authorities, so that no result depends on the order in which lists are named.
fn by_evidence(library: &Library, parties: &[Party<'_>]) -> Result<Vec<Edge>, EngineError> {
    let _span = tracing::info_span!("join_by_evidence").entered();
    let mut number_of = vec![0; parties.len()];
    parties.iter().enumerate().for_each(|(number, party)| number_of[party.place] = number);
    let mut first_of = Vec::new();
    let mut places = 0;
    for list in library.lists() {
        first_of.push(places..places + list.entities.len());
        places += list.entities.len();
    }
    let mut order: Vec<usize> = (0..library.lists().len()).collect();
    let key = |list: &usize| {
        let list = &library.lists()[*list];
        (rank(&list.dataset), &list.dataset, &list.sha256)
    };
    order.sort_by_key(key);
    let papers = Papers::of(library);
    let mut edges = Vec::new();
    for (n, &list) in order.iter().enumerate().skip(1) {
        let earlier: Vec<&std::ops::Range<usize>> = order[..n].iter().map(|list| &first_of[*list]).collect();
        let in_scope =
            |place: usize| earlier.iter().any(|range| range.contains(&place)).then(Configuration::default);
        let ruling =
            Ruling::new(library.profiles(), in_scope).map_err(|e| EngineError::input(e.to_string()))?;
        let of_party = |place: usize| -> Vec<Edge> {
            if !may_be_joined(library.entity(place).1) {
                return Vec::new();
            }
            let query = library.profiles().get(place);
            let answer =
                library.index().search(query, library.profiles(), Rules::from(&ruling), Request::default());
            let joined = answer.hits.into_iter().filter_map(|hit| {
                let numbers = (number_of[place], number_of[hit.entity]);
                let (a, b) = (numbers.0.min(numbers.1), numbers.0.max(numbers.1));
                let (reason, by) = reason(library, (place, hit.entity), &hit.scored, &papers)?;
                Some(Edge { a, b, reason, by: by.into(), scored: Some(hit.scored), refused: None })
            });
            joined.collect()
        };
        let found: Vec<Vec<Edge>> = first_of[list].clone().into_par_iter().map(of_party).collect();
        edges.extend(found.into_iter().flatten());
    }
    Ok(edges)
}

/// Whether evidence can join a party at all: by a number, or by a birth date beside its name.
fn may_be_joined(entity: &Entity) -> bool {
    entity.statements.iter().any(|s| s.property == Property::BirthDate || Scheme::of(&s.property).is_some())
}

fn reason(
    library: &Library,
    (query, candidate): (usize, usize),
    scored: &Scored,
    papers: &Papers<'_>,
) -> Option<(Reason, String)> {
    let (q, e) = (library.profiles().get(query), library.profiles().get(candidate));
    let issued_apart = |row: &Row| papers.issued_apart((&q.id, &row.query), (&e.id, &row.candidate));
    judge(scored, || names_alone(q, e), issued_apart)
}

/// The score of the best pair of names; `None` where one side has none.
fn names_alone(query: &Profile, candidate: &Profile) -> Option<Score> {
    if query.names.is_empty() || candidate.names.is_empty() {
        return None;
    }
    let tried = names_tried(query, candidate, &Configuration::default());
    let scores = tried.iter().filter_map(|name| match name.outcome {
        NameOutcome::Compared(score) => Some(score),
        _ => None,
    });
    Some(scores.max().unwrap_or_default())
}

/// Which country issued which paper, as far as the lists say.
struct Papers<'a>(FxHashMap<(&'a str, String), Country>);

impl<'a> Papers<'a> {
    fn of(library: &'a Library) -> Self {
        let relations = library.lists().iter().flat_map(|list| list.relations.iter());
        let papers = relations.filter(|e| matches!(e.schema, Schema::Passport | Schema::Identification));
        let issued = papers.filter_map(|paper| {
            let country = paper.statements.iter().find_map(|s| match s.derived {
                Some(Derived::Country(country)) => Some(country),
                _ => None,
            })?;
            let (holder, number) = (paper.first(&Property::Holder)?, paper.first(&Property::Number)?);
            Some(((holder, Scheme::NationalId.key(number)), country))
        });
        Self(issued.collect())
    }

    fn issued_apart(&self, (a, number_a): (&str, &str), (b, number_b): (&str, &str)) -> bool {
        let of = |holder, number| self.0.get(&(holder, Scheme::NationalId.key(number)));
        match (of(a, number_a), of(b, number_b)) {
            (Some(a), Some(b)) => a != b && !a.related(*b),
            _ => false,
        }
    }
}
