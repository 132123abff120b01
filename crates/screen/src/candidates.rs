//! Who is searched for.

use crate::Profile;

/// The parties that a search looks among, by place. They may be made ready only when they are asked for.
pub trait Candidates: Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// The profile of one.
    ///
    /// # Panics
    /// There is none in that place.
    fn get(&self, place: usize) -> &Profile;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: AsRef<[Profile]> + Sync + ?Sized> Candidates for T {
    fn len(&self) -> usize {
        self.as_ref().len()
    }

    fn get(&self, place: usize) -> &Profile {
        &self.as_ref()[place]
    }
}
