//! Which listed parties a list itself ties to each other.

/// Listed parties that a list ties to each other: OFAC's "Linked To", owners, officers. Where a text names the one, a word
/// that may be the other is not there by chance.
pub trait Linked: Sync {
    /// The parties that a party is tied to, as places among the candidates.
    fn linked(&self, party: usize) -> &[usize];
}

/// Nobody is tied to anybody.
pub(super) struct Unlinked;

impl Linked for Unlinked {
    fn linked(&self, _party: usize) -> &[usize] {
        &[]
    }
}
