//! The ids of an incident, of which there may be more than memory holds.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use serde::ser::{Error as _, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::spill::{Runs, Text};

/// The ids whose record was returned, in the order in which they were: in memory, or, of a log that spilled, in a file of its
/// place, which goes with the last copy of this.
#[derive(Clone, Default)]
pub struct Returned(Kept);

#[derive(Clone)]
enum Kept {
    Here(Vec<String>),
    OnDisk { file: Arc<Runs<Text>>, span: Range<u64>, ids: usize },
}

impl Default for Kept {
    fn default() -> Self {
        Self::Here(Vec::new())
    }
}

impl Returned {
    pub(crate) fn on_disk(file: Arc<Runs<Text>>, span: Range<u64>, ids: usize) -> Self {
        Self(Kept::OnDisk { file, span, ids })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Here(ids) => ids.len(),
            Kept::OnDisk { ids, .. } => *ids,
        }
    }

    /// Whether no record came back.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ids, one by one.
    ///
    /// # Errors
    /// Those of the file, where they are in one.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<Cow<'_, str>>> {
        let (here, disk) = match &self.0 {
            Kept::Here(ids) => (ids.as_slice(), None),
            Kept::OnDisk { file, span, .. } => (&[][..], Some(file.read(span.clone()))),
        };
        let here = here.iter().map(|id| Ok(Cow::Borrowed(id.as_str())));
        let text = |Text(id): Text| Cow::Owned(String::from_utf8_lossy(&id).into_owned());
        here.chain(disk.into_iter().flatten().map(move |id| id.map(text)))
    }
}

impl From<Vec<String>> for Returned {
    fn from(ids: Vec<String>) -> Self {
        Self(Kept::Here(ids))
    }
}

/// The same ids, wherever they are.
impl PartialEq for Returned {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (io::Result<_>, io::Result<_>)| matches!((a, b), (Ok(a), Ok(b)) if a == b);
        self.len() == other.len() && self.iter().zip(other.iter()).all(same)
    }
}

impl fmt::Debug for Returned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Returned {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ids = serializer.serialize_seq(Some(self.len()))?;
        for id in self.iter() {
            ids.serialize_element(&id.map_err(S::Error::custom)?)?;
        }
        ids.end()
    }
}
