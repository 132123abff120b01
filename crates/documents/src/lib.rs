//! The text of a document with its places, the parties it names, and what it claims of them.

pub mod claims;
pub mod extract;
mod mention;
mod mentions;
mod tables;

pub use mention::{Mention, Party};
pub use mentions::{
    Block, ByRules, Context, Evidence, Finder, Found, Linked, MentionFinder, SetAside, Spotted,
};
