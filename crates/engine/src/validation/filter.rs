//! The filter under test: all that a validation asks of it goes through here.

use screen::{Answer, Candidates, Request, Score, Scored, score};

use crate::{Query, Screening, Search};

pub(crate) struct Filter<'a> {
    pub(crate) screening: &'a Screening<'a>,
}

impl Filter<'_> {
    /// The match line of parties for which the policy has no rule.
    pub(crate) fn line(&self) -> Score {
        self.screening.policy().default.match_threshold
    }

    /// Every result of a query from a score on, as any screening would bring them; without one, from each party's own
    /// match line on.
    pub(crate) fn screen(&self, query: &Query, threshold: Option<Score>) -> Answer {
        self.screening.screen(query, Request { threshold, limit: None }, Search::Indexed)
    }

    /// One pair, without the search.
    pub(crate) fn pair(&self, query: &Query, place: usize) -> Option<Scored> {
        let profile = self.screening.library().profiles().get(place);
        score(query.profile(), profile, self.screening.ruling(place)?)
    }

    /// Why the policy never finds a name of a party; `None` where it may.
    pub(crate) fn excuse(&self, place: usize, weak: bool) -> Option<&'static str> {
        match self.screening.ruling(place) {
            None => Some("the policy leaves its programmes out"),
            Some(ruling) if weak && !ruling.weak_aliases => Some("the policy does not compare weak aliases"),
            Some(_) => None,
        }
    }
}
