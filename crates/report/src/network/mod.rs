//! The page of a network: a drawing, the verdicts with their proofs, and tables that say all that is drawn and more.

mod kinds;
mod layout;
mod lettering;
mod page;
mod svg;
mod view;

pub use page::{NETWORK_STYLE, network_page, network_section};
pub use view::{
    NetworkParty, NetworkRelation, NetworkReport, NetworkView, OwnershipProof, PartyStanding, ProofStep,
    Stated,
};
