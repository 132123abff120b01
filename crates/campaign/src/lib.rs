//! Which messages and accounts are one operation: coordinated sharing, templates with slots.
//!
//! Pure functions of what they are given: no file, terminal, clock or network.

mod shares;

pub use shares::{Edge, Network, ShareError, SharedBy, Shares, Summary};
