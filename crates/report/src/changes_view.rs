//! What a page of changes shows, as strings.

use crate::view::ListSource;

/// What changed between two versions of a list.
#[derive(Clone, Debug, Default)]
pub struct ListChanges {
    /// The older version.
    pub old: ListSource,
    /// The newer version.
    pub new: ListSource,
    /// What to know before reading it.
    pub warnings: Vec<String>,
    /// The changes, under the programme that they are about.
    pub programmes: Vec<ProgrammeChanges>,
    /// Engine and version.
    pub engine: String,
}

/// What changed under one programme.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeChanges {
    /// Its tag; empty for parties without any.
    pub programme: String,
    /// Its parties: added, removed, changed.
    pub parties: Vec<ChangedParty>,
}

/// A listed party of which something changed.
#[derive(Clone, Debug, Default)]
pub struct ChangedParty {
    /// What became of it.
    pub kind: ChangeKind,
    /// Its id, such as `ofac-26391`.
    pub id: String,
    /// Its primary name as published.
    pub caption: String,
    /// FollowTheMoney schema.
    pub schema: String,
    /// What came and went.
    pub changes: Vec<ChangedProperty>,
}

/// What became of a party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeKind {
    /// It is listed now.
    Added,
    /// It is listed no more.
    Removed,
    /// Something else is published of it.
    #[default]
    Changed,
}

/// Values of one property that came or went.
#[derive(Clone, Debug, Default)]
pub struct ChangedProperty {
    /// FollowTheMoney property, or the schema of what belongs to the party.
    pub property: String,
    /// Values that are there no more.
    pub removed: Vec<String>,
    /// Values that were not there.
    pub added: Vec<String>,
}
