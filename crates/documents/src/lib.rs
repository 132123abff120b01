//! The text of a document with its places, the parties it names, and what it claims of them.

pub mod extract;
mod mention;

pub use mention::{Mention, Party};
