//! Which messages and accounts are one operation: coordinated sharing, templates with slots.
//!
//! Pure functions of what they are given: no file, terminal, clock or network.

mod flags;
mod mail;
mod message;
mod mining;
mod redact;
mod shares;
mod template;

pub use self::mail::LONGEST_TEXT;
pub use flags::{Flag, FlagKind, flags, template_flags};
pub use message::{Message, Place, Source};
pub use mining::{Mining, mine};
pub use redact::{Redaction, hidden_fill};
pub use shares::{Edge, Network, ShareError, SharedBy, Shares, Summary};
pub use template::{Fill, Piece, Slot, SlotKind, Template};
