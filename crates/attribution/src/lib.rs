//! Whether the records that a scrape got are those that messages used, and how likely that is by chance.
//!
//! Pure functions of what they are given: no file, terminal, clock or network. Nothing here names an author. What comes
//! out is of whom the messages speak, whether those people's records were exposed, and how much likelier that is if the
//! recipients were drawn from the exposed records than if from a list that somebody has anyway. The answer may be
//! that it cannot be told. `docs/attribution.md` has the model in full.
//!
//! Personal data lies here as salted hashes alone ([`Salt`]); results point into the messages.

mod key;
mod link;
mod operation;
mod records;
mod timeline;
mod weigh;
mod words;

pub use key::{Key, Salt};
pub use link::{Agreement, Evidence, Field, Link, Recipient, Unlinked, link};
pub use operation::{CampaignLink, Operation, link_campaigns, sending};
pub use records::{Record, Records};
pub use timeline::{Event, EventKind, Moment, timeline};
pub use weigh::{Alternative, Exposure, Tally, Verdict, Weight, weigh};
