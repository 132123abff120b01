//! Where the time of a batch goes.

use std::time::{Duration, Instant};

/// The time that the stages of a batch took, of all threads together. It is what a clock showed and not what a core
/// did: where threads wait for a core or for the file, that is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Finding the rows in the file, unpacked where it is packed.
    pub read: Duration,
    /// Making a query of each row: its cells, what they mean, the names parsed.
    pub prepare: Duration,
    /// Finding the listed parties that a query may mean, and scoring them.
    pub screen: Duration,
    /// Putting the results into lines.
    pub serialise: Duration,
    /// Hashing and writing the lines.
    pub write: Duration,
}

impl Timings {
    /// The stages by name, in their order.
    #[must_use]
    pub fn stages(&self) -> [(&'static str, Duration); 5] {
        let Self { read, prepare, screen, serialise, write } = *self;
        [("read", read), ("prepare", prepare), ("screen", screen), ("serialise", serialise), ("write", write)]
    }

    pub(crate) fn add(&mut self, more: &Self) {
        self.read += more.read;
        self.prepare += more.prepare;
        self.screen += more.screen;
        self.serialise += more.serialise;
        self.write += more.write;
    }
}

/// Takes the time of one stage after another, where that is wanted: to look at the clock costs as much as a short stage.
/// No result depends on it.
pub(crate) struct Stopwatch {
    last: Option<Instant>,
}

impl Stopwatch {
    pub(crate) fn start(wanted: bool) -> Self {
        Self { last: wanted.then(Instant::now) }
    }

    /// Adds the time since the start, or since the last lap, to that of a stage.
    pub(crate) fn lap(&mut self, stage: &mut Duration) {
        if let Some(last) = &mut self.last {
            let now = Instant::now();
            *stage += now.saturating_duration_since(*last);
            *last = now;
        }
    }
}
