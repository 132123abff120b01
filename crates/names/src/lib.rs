//! What the parts of a name are, and how two names compare.
//!
//! A [`Name`] is parsed for a [`NameKind`] (a person's, an organisation's, a vehicle's): each word becomes a [`Token`]
//! with a role and with the *information* it carries, `-log2` of how common it is in the names of people and
//! organisations at large. [`compare`] finds the best alignment of two names and returns it as evidence: what agrees,
//! what contradicts, what is left over, each in bits.
//!
//! **Invariant:** one relation, [`similar`], decides which two words may earn credit. Nothing here knows of any list.

mod align;
mod compare;
mod forms;
mod lexicon;
mod near;
mod organization;
mod parse;
mod person;
mod population;
mod postings;
mod price;
mod runs;
mod similar;
mod tables;
mod vehicle;
mod vocabulary;
mod weights;

pub use compare::{
    Comparison, Evidence, EvidenceKind, chance_stake, compare, contradiction_beyond, omission_stake,
};
pub use lexicon::Lexicon;
pub use near::NearKeys;
pub use parse::{Form, Forms, MAX_TOKENS, Name, NameKind, Role, Token, parse, same_word};
pub use postings::{Lists, Postings, key_of};
pub use price::{Fact, Opposites, Worth, chance};
pub use runs::{JoinKey, Run, acronym_gain, expansions, is_joined, joinable, joined_bound, joined_keys};
pub use similar::{Likeness, similar, worth};
pub use vocabulary::{Vocabulary, Words};
pub use weights::{Weights, log2_millibits, table_hash_input};
