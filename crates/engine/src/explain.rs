//! Why a listed party is a result of a query, or why it is none.

use screen::{
    Candidates, Counterfactual, Hit, NameTried, Scored, counterfactuals, names_tried, score, sentence,
};

use crate::{EngineError, Query, Screening};

/// What became of a listed party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is a match.
    Match,
    /// Its score is below the match threshold.
    BelowMatch,
    /// Its score would do; the evidence is less than the policy asks for.
    TooFewBits,
    /// No name agrees in any word and no identifier is shared.
    NothingAgrees,
    /// A party of its schema is never one of the query's.
    OtherSchema,
    /// The policy leaves its programmes out.
    OutOfScope,
}

impl Outcome {
    /// The name that the output contract uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::BelowMatch => "below_match",
            Self::TooFewBits => "too_few_bits",
            Self::NothingAgrees => "nothing_agrees",
            Self::OtherSchema => "other_schema",
            Self::OutOfScope => "out_of_scope",
        }
    }
}

/// A listed party, explained.
pub struct Explained {
    /// Its place, for [`Library::entity`].
    pub entity: usize,
    /// What became of it.
    pub verdict: Outcome,
    /// The same in one sentence, with what speaks for it and against it.
    pub sentence: String,
    /// Its score, where anything agrees.
    pub scored: Option<Scored>,
    /// How each of its names fared.
    pub names: Vec<NameTried>,
    /// What the score would have been without each thing that the query says beside its names.
    pub counterfactuals: Vec<Counterfactual>,
}

/// The name asked for, if there is one.
fn name(query: &Query) -> Option<&str> {
    query.entity().names().next().map(|(_, statement)| &*statement.value)
}

impl Screening<'_> {
    /// Explains the listed parties of an id: one, or one for each list that has it.
    ///
    /// # Errors
    /// No list has the id.
    pub fn explain(&self, query: &Query, id: &str) -> Result<Vec<Explained>, EngineError> {
        let parties = self.library().entities().enumerate().filter(|(_, (_, entity))| &*entity.id == id);
        let places: Vec<usize> = parties.map(|(place, _)| place).collect();
        if places.is_empty() {
            return Err(EngineError::input(format!("no list has a party with the id {id}")).hint(
                "ids stand in square brackets in results, such as ofac-26391; another list may have it",
            ));
        }
        Ok(places.into_iter().map(|place| self.explain_party(query, place)).collect())
    }

    fn explain_party(&self, query: &Query, place: usize) -> Explained {
        let (_, entity) = self.library().entity(place);
        let profile = query.profile();
        let candidate = self.library().profiles().get(place);
        let configuration = self.ruling(place).cloned().unwrap_or_else(|| self.policy().default.clone());
        let scored = score(profile, candidate, &configuration);
        let same_schema =
            profile.schema.as_ref().zip(candidate.schema.as_ref()).is_none_or(|(q, e)| e.may_be(Some(q)));
        let verdict = match &scored {
            _ if self.ruling(place).is_none() => Outcome::OutOfScope,
            Some(scored) if scored.matched => Outcome::Match,
            Some(scored) if scored.score >= configuration.match_threshold => Outcome::TooFewBits,
            Some(_) => Outcome::BelowMatch,
            None if same_schema => Outcome::NothingAgrees,
            None => Outcome::OtherSchema,
        };
        let asked = name(query).map_or("What was asked for".to_owned(), |name| format!("\"{name}\""));
        let who = format!("{asked} does not match \"{}\" ({})", entity.caption(), entity.id);
        let sentence = match (&scored, verdict) {
            (_, Outcome::OutOfScope) => {
                format!("{who}: the policy {} leaves its programmes out.", self.policy().name)
            }
            (Some(scored), _) => {
                sentence(scored, (name(query), entity.caption()), &entity.id, configuration.match_threshold)
            }
            (None, Outcome::OtherSchema) => {
                let asked = &query.entity().schema;
                format!("{who}: a {asked} is never a {}.", entity.schema)
            }
            (None, _) => format!("{who}: no word of their names agrees and no identifier is shared."),
        };
        let without = scored.iter().flat_map(|s| counterfactuals(profile, candidate, &configuration, s));
        Explained {
            entity: place,
            verdict,
            sentence,
            counterfactuals: without.collect(),
            names: names_tried(profile, candidate, &configuration),
            scored,
        }
    }

    /// A result in one sentence.
    #[must_use]
    pub fn sentence(&self, query: &Query, hit: &Hit) -> String {
        let (_, entity) = self.library().entity(hit.entity);
        let line = self.ruling(hit.entity).unwrap_or(&self.policy().default).match_threshold;
        sentence(&hit.scored, (name(query), entity.caption()), &entity.id, line)
    }

    /// What a result's score would have been without each thing that the query says beside its names.
    #[must_use]
    pub fn counterfactuals(&self, query: &Query, hit: &Hit) -> Vec<Counterfactual> {
        let configuration = self.ruling(hit.entity).unwrap_or(&self.policy().default);
        let candidate = self.library().profiles().get(hit.entity);
        counterfactuals(query.profile(), candidate, configuration, &hit.scored)
    }
}
