//! Scores one party against another, and finds the listed parties that a query may mean.
//!
//! A [`Profile`] is an entity made ready: names parsed, dates and countries read, identifiers keyed. [`score`] is a
//! pure function of a query's profile, a candidate's profile and a [`Configuration`]. [`exhaustive`] loops over all
//! candidates and calls it; it is the oracle that every faster search must equal byte for byte. A [`Policy`] is what a
//! firm decides: which configuration rules which candidate ([`Ruling`]), and who is out of scope.
//!
//! This crate knows nothing of ownership, files, clocks or terminals.
//!
//! **Invariant:** every score can be replayed from its explanation: the rows' shares add up to the score, the rows'
//! bits to the bits.

mod attributes;
mod candidates;
mod configuration;
mod explain;
mod index;
mod policy;
mod profile;
mod rules;
mod score;
mod search;
mod sentence;

pub use candidates::Candidates;
pub use configuration::Configuration;
pub use explain::{Counterfactual, NameTried, counterfactuals, names_tried};
pub use index::{Effort, GAP, InText, Index, IndexParts, Likely, NamesOf, Reading, Sight, Window};
pub use policy::{DEFAULT_POLICY, Policy, PolicyError, Programmes, Rule, Setting, same_tag};
pub use profile::{Profile, ProfileName, is_birth_date, is_gender};
pub use rules::{Rules, Ruling, TooManyConfigurations};
pub use score::{Basis, NameHit, NameOutcome, Row, Score, Scored, score};
pub use search::{Answer, Hit, Request, exhaustive};
pub use sentence::{one_decimal, sentence};

/// The texts of the tables that the evidence of attributes depends on, in a fixed order: what a receipt hashes.
#[must_use]
pub fn table_texts() -> Vec<&'static str> {
    attributes::table_texts().to_vec()
}
