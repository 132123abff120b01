//! Why a file could not be read as a list, and what to do about it.

use crate::Format;

/// A file that gave no list. Its text names the file, the reason and the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {kind}")]
pub struct ListError {
    file: String,
    kind: ListErrorKind,
}

/// The kinds of [`ListError`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListErrorKind {
    /// Nothing in it but blanks and end marks.
    #[error("the file is empty: download it again")]
    Empty,
    /// A companion of a list, not the list.
    #[error("this is the {what} of OFAC's list: give the primary file ({primary}), it is found beside it")]
    Sibling {
        /// What it is.
        what: &'static str,
        /// How the primary file is called.
        primary: &'static str,
    },
    /// Recognised, but there is no reader for it.
    #[error("this is {0}: {remedy}", remedy = .0.remedy())]
    Unreadable(Format),
    /// XML of something else.
    #[error(
        "this is an XML file whose root <{root}> is of no list that is read: the roots of lists are {known}; for another list give \
         FollowTheMoney JSON lines or a table with a header"
    )]
    UnknownRoot {
        /// Its root element, by local name.
        root: String,
        /// The roots that are read.
        known: String,
    },
    /// Not well-formed, or cut: none of it serves, for the rest may hold the one who is looked for.
    #[error("line {line}: {reason}; fetch the file again")]
    Malformed {
        /// Physical line, from 1.
        line: u32,
        /// What is wrong there.
        reason: String,
    },
    /// A spreadsheet that cannot be opened.
    #[error("the spreadsheet is damaged ({reason}): fetch it again, or save it as CSV (UTF-8)")]
    Damaged {
        /// What is wrong.
        reason: String,
    },
    /// A table without names.
    #[error(
        "no column holds names (columns: {columns}): call the column of names `name`; the first row must be the header"
    )]
    NoNameColumn {
        /// The header as it stands, shortened.
        columns: String,
    },
    /// Read to the end, and nobody is listed.
    #[error("no listed party could be read{}", first(.first_problem))]
    NobodyListed {
        /// Line and reason of the first row that was skipped.
        first_problem: Option<(u32, String)>,
    },
}

fn first(problem: &Option<(u32, String)>) -> String {
    problem.as_ref().map_or_else(
        || ": the file has no rows".to_owned(),
        |(line, reason)| format!(": line {line}: {reason}"),
    )
}

impl ListError {
    pub(crate) fn new(file: &str, kind: ListErrorKind) -> Self {
        Self { file: file.to_owned(), kind }
    }

    /// The file, by the name that the caller gave it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &ListErrorKind {
        &self.kind
    }
}
