//! The rules on ownership and control, by regime. `docs/network.md` quotes where each comes from.

use model::PartialDate;

use crate::share::Fraction;
use crate::total::Total;

/// Whose rule is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Regime {
    /// United States, OFAC: 50 percent or more, of all blocked persons together; ownership alone.
    Ofac,
    /// United Kingdom, regulation 7: more than 50 percent of shares or votes of one designated person, or control.
    Uk,
    /// European Union, Best Practices: 50 percent or more (before 3 July 2024: more than 50), of all designated persons
    /// together, or control.
    Eu,
}

/// What it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// This fraction or more.
    AtLeast(Fraction),
    /// More than this fraction.
    MoreThan(Fraction),
}

/// The settings of one assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Whose rule.
    pub regime: Regime,
    /// The day it is asked for. `None`: what the sources state without an end.
    pub as_of: Option<PartialDate>,
    /// What becomes of the part of a company whose owners nobody states.
    pub remainder: Remainder,
}

/// Whose the part of a company is that no source gives an owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remainder {
    /// Nobody's who is blocked, as OFAC's own examples take it. It is told beside the result.
    #[default]
    Others,
    /// Perhaps blocked persons': where they own a part, they may own this as well.
    Unknown,
}

const HALF: Fraction = Fraction::new_raw(1, 2);

impl Regime {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ofac, Self::Uk, Self::Eu];

    /// Its name on the command line and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ofac => "ofac",
            Self::Uk => "uk",
            Self::Eu => "eu",
        }
    }

    /// What it takes to own: the line for shares.
    #[must_use]
    pub fn shares(self, as_of: Option<PartialDate>) -> Line {
        // Council of the EU, Best Practices of 3 July 2024 (11623/24), "50 % or more"; until then "more than 50 %".
        let before = PartialDate::day(2024, 7, 3)
            .zip(as_of)
            .is_some_and(|(changed, as_of)| as_of.first() < changed.first());
        match self {
            Self::Uk => Line::MoreThan(HALF),
            Self::Eu if before => Line::MoreThan(HALF),
            Self::Ofac | Self::Eu => Line::AtLeast(HALF),
        }
    }

    /// The line for votes, where votes count.
    #[must_use]
    pub fn votes(self) -> Option<Line> {
        match self {
            Self::Ofac => None,
            Self::Uk | Self::Eu => Some(Line::MoreThan(HALF)),
        }
    }

    /// Whether control counts beside ownership.
    #[must_use]
    pub fn counts_control(self) -> bool {
        self != Self::Ofac
    }

    /// Whether what several blocked persons own is added up, whether they act together or not.
    #[must_use]
    pub fn adds_up(self) -> bool {
        self != Self::Uk
    }
}

impl Line {
    /// Whether a sum that is at least `min` (more than it, if `open`) reaches it for certain.
    pub(crate) fn is_reached_by(self, min: &Total, open: bool) -> bool {
        match self {
            Self::AtLeast(line) => *min >= Total::from(line),
            Self::MoreThan(line) => *min > Total::from(line) || open && *min == Total::from(line),
        }
    }

    /// Whether a sum that is at most `max` (less than it, if `open`) can reach it.
    pub(crate) fn may_be_reached_by(self, max: &Total, open: bool) -> bool {
        match self {
            Self::AtLeast(line) => *max > Total::from(line) || !open && *max == Total::from(line),
            Self::MoreThan(line) => *max > Total::from(line),
        }
    }
}
