//! The plan and the figures of a model validation.
//!
//! A validation asks a filter what an examiner would ask it: is every listed name found as it is published, is it found
//! when it is [altered](TREATMENTS), and how often does it alarm for [people and companies](placebo) who are not
//! listed? This crate makes the names and counts what came of them; it screens nothing and knows nothing of how the
//! filter works, so its tables and rules are its own.
//!
//! **Invariant:** the same seed and list give the same names, on every machine, in any order, with any number of
//! threads.

mod baseline;
mod disguise;
mod json;
mod letters;
mod native;
mod organizations;
mod outcome;
mod placebo;
mod random;
mod requirement;
mod sample;
mod script;
mod share;
mod spelling;
mod subject;
mod tables;
mod treatments;
mod words;

pub use baseline::{Comparison, compare};
pub use outcome::{
    Alarm, Band, Found, Hashed, Listed, Outcome, Point, Row, SPECIAL, Setting, Special, Timings, Trial, Why,
};
pub use placebo::{Unlisted, placebo};
pub use random::Random;
pub use requirement::{ALTERED, Requirement, Verdict, requirements};
pub use sample::{Drawn, Sample, altered_size, draw, required};
pub use script::script_of;
pub use share::Share;
pub use subject::{Group, Subject};
pub use tables::table_texts;
pub use treatments::{Severity, TREATMENTS, Treatment};
