//! Scores one party against another, and finds the listed parties that a query may mean.
//!
//! A [`Profile`] is an entity made ready: names parsed, dates and countries read, identifiers keyed. [`score`] is a
//! pure function of a query's profile, a candidate's profile and a [`Configuration`]. [`exhaustive`] loops over all
//! candidates and calls it; it is the oracle that every faster search must equal byte for byte.
//!
//! This crate knows nothing of ownership, files, clocks or terminals.
//!
//! **Invariant:** every score can be replayed from its explanation: the rows' shares add up to the score, the rows'
//! bits to the bits.

mod attributes;
mod configuration;
mod index;
mod profile;
mod score;
mod search;

pub use configuration::Configuration;
pub use index::Index;
pub use profile::{Profile, ProfileName, is_gender};
pub use score::{Basis, NameHit, Row, Score, Scored, score};
pub use search::{Answer, Hit, Request, exhaustive};
