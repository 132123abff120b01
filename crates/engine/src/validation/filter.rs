//! The filter under test: all that a validation asks of it goes through here.

use screen::{Answer, Profile, Request, Score, Scored, score};

use crate::{Configuration, Entity, Library, Search};

pub(crate) struct Filter<'a> {
    pub(crate) library: &'a Library,
    pub(crate) policy: &'a Configuration,
}

impl Filter<'_> {
    /// The match line.
    pub(crate) fn line(&self) -> Score {
        self.policy.match_threshold
    }

    /// Every result of a query from a score on, as any screening would bring them.
    pub(crate) fn screen(&self, query: &Entity, threshold: Score) -> Answer {
        let request = Request { threshold, limit: None };
        self.library.screen(query, self.policy, request, Search::Indexed)
    }

    /// One pair, without the search.
    pub(crate) fn pair(&self, query: &Entity, listed: &Entity) -> Option<Scored> {
        score(&Profile::new(query), &Profile::new(listed), self.policy)
    }

    /// Whether names that the publisher calls weak are compared at all.
    pub(crate) fn compares_weak(&self) -> bool {
        self.policy.weak_aliases
    }
}
