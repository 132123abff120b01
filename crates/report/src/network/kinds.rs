//! What is told by shape, line and word: never by colour alone.

use maud::{Markup, html};

use super::view::{PartyStanding, Stated};

/// What kinds of relations look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Ownership,
    Office,
    Family,
    Other,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Ownership, Self::Office, Self::Family, Self::Other];

    /// The kind of a schema of FollowTheMoney.
    pub(super) fn of(schema: &str) -> Self {
        match schema {
            "Ownership" => Self::Ownership,
            "Directorship" | "Employment" | "Membership" | "Representation" => Self::Office,
            "Family" => Self::Family,
            _ => Self::Other,
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Ownership => "ownership",
            Self::Office => "office",
            Self::Family => "family",
            Self::Other => "other",
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Ownership => "owns or controls (thick, filled arrow)",
            Self::Office => "directs, works for, acts for, belongs to (open arrow)",
            Self::Family => "is kin of (dots at both ends)",
            Self::Other => "is linked to, in a way that is told beside the line (hollow arrow)",
        }
    }

    /// The end of a line that comes from the left (`sign` 1) or the right (-1) to a point.
    pub(super) fn head(self, (x, y): (f64, f64), sign: f64) -> String {
        let back = x - sign * 9.0;
        match self {
            Self::Ownership | Self::Other => {
                format!("M{x:.1} {y:.1}L{back:.1} {:.1}V{:.1}Z", y - 4.5, y + 4.5)
            }
            Self::Office => format!("M{back:.1} {:.1}L{x:.1} {y:.1}L{back:.1} {:.1}", y - 5.0, y + 5.0),
            Self::Family => dot((x - sign * 3.0, y)),
        }
    }

    /// What stands where a line begins.
    pub(super) fn tail(self, (x, y): (f64, f64), sign: f64) -> Option<String> {
        (self == Self::Family).then(|| dot((x + sign * 3.0, y)))
    }
}

fn dot((x, y): (f64, f64)) -> String {
    format!("M{:.1} {y:.1}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z", x - 3.0)
}

impl Stated {
    pub(super) const ALL: [Self; 4] = [Self::Listed, Self::Claimed, Self::Alleged, Self::Past];

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Claimed => "claimed",
            Self::Alleged => "alleged",
            Self::Past => "past",
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Listed => "listed: an authority's list says so (solid)",
            Self::Claimed => "claimed: a document, register or table says so (dashed)",
            Self::Alleged => "alleged: not decided, or denied (dotted)",
            Self::Past => "over: it was so once (dash and dot)",
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Claimed => "claimed",
            Self::Alleged => "alleged",
            Self::Past => "over",
        }
    }
}

impl PartyStanding {
    pub(super) const ALL: [Self; 5] =
        [Self::Listed, Self::TakenFor, Self::Owned, Self::Possible, Self::NotBlocked];

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Listed => "is-listed",
            Self::TakenFor => "is-taken",
            Self::Owned => "is-owned",
            Self::Possible => "is-possible",
            Self::NotBlocked => "is-free",
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            Self::Listed => "on the list",
            Self::TakenFor => "taken for a listed party",
            Self::Owned => "blocked by ownership or control",
            Self::Possible => "possibly blocked",
            Self::NotBlocked => "not blocked",
        }
    }

    /// Its mark around a point of a drawing: disc, ring with a dot, diamond, half a diamond, ring.
    pub(super) fn mark(self, x: f64, y: f64) -> Markup {
        let diamond = format!("M{x:.1} {:.1}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z", y - 6.5);
        let ring = html! { circle.hollow cx=(px(x)) cy=(px(y)) r="5" {} };
        html! {
            @match self {
                Self::Listed => circle.solid cx=(px(x)) cy=(px(y)) r="5.5" {},
                Self::TakenFor => { (ring) circle.solid cx=(px(x)) cy=(px(y)) r="2.2" {} },
                Self::Owned => path.solid d=(diamond) {},
                Self::Possible => {
                    path.hollow d=(diamond) {}
                    path.solid d=(format!("M{x:.1} {:.1}v13l-6.5 -6.5Z", y - 6.5)) {}
                },
                Self::NotBlocked => (ring),
            }
        }
    }

    /// The mark beside words.
    pub(super) fn beside_words(self) -> Markup {
        html! {
            svg class=(format!("sign {}", self.class())) viewBox="0 0 16 16" aria-hidden="true" { (self.mark(8.0, 8.0)) }
        }
    }
}

/// A length to a tenth of a pixel.
pub(super) fn px(pixels: f64) -> String {
    let text = format!("{pixels:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}
