//! What speaks for two listings being of one party.

use screen::Scored;

use super::Apart;

/// Why two listings are joined, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Both name the same permanent reference of the UN.
    UnReference,
    /// One names the other's id, or both name one id.
    Referent,
    /// Both have a number that has one owner in the world, or a paper of one country and one name.
    Identifier,
    /// Their names agree, and at least two independent attributes.
    Evidence,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::UnReference, Self::Referent, Self::Identifier, Self::Evidence];

    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UnReference => "un_reference",
            Self::Referent => "referent",
            Self::Identifier => "identifier",
            Self::Evidence => "evidence",
        }
    }
}

/// Two listings and what speaks for their being of one party. Parties are numbered in the fixed order of authorities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The earlier party.
    pub a: usize,
    /// The later party.
    pub b: usize,
    /// Why they are joined.
    pub reason: Reason,
    /// The reference, id or number that both have; the attributes that agree.
    pub by: Box<str>,
    /// How the later one scores as a query against the earlier one; `None` where nothing in them agrees.
    pub scored: Option<Scored>,
    /// Why it joins nobody all the same.
    pub refused: Option<Apart>,
}

impl Edge {
    /// Weight of evidence in millibits.
    #[must_use]
    pub fn bits(&self) -> i32 {
        self.scored.as_ref().map_or(0, |scored| scored.bits)
    }

    /// Strongest first; ties in the order of the parties.
    pub(super) fn order(&self) -> (Reason, std::cmp::Reverse<i32>, usize, usize) {
        (self.reason, std::cmp::Reverse(self.bits()), self.a, self.b)
    }
}
