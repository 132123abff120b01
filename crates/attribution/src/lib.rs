//! Whether the records that a scrape got are those that messages used, and how likely that is by chance.
