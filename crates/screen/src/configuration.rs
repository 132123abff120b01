//! What one pair of parties is scored under.

use crate::Score;

/// The settings under which a score is read. A [`crate::Policy`] says which rule which listed party; the default is
/// documented field by field here, key by key in `docs/policy.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// Lowest score that is a match. 0.70, the cut-off that the field uses for review (yente, logic-v2).
    pub match_threshold: Score,
    /// Least evidence in millibits that a match needs; 0 asks for none.
    pub minimum_bits: i32,
    /// Whether names that the publisher calls weak are compared at all (OFAC FAQ 122 to 125 leave it to the firm).
    pub weak_aliases: bool,
    /// Name score under which birth dates, countries and the like lift nothing: a shared birthday does not make two
    /// people one.
    pub name_floor: Score,
    /// Years by which two birth years may differ without contradicting each other. None by default: what a list calls
    /// "circa" has its own latitude already.
    pub birth_date_tolerance: u8,
}

/// Score from which nearly only names given back letter for letter match.
const STRICT: Score = Score::from_ten_thousandths(9500);

/// Score below which results are mostly noise.
const LOOSE: Score = Score::from_ten_thousandths(4000);

/// Evidence in millibits that hardly a listed name has: 45 bits are one in thirty million million.
const HARDLY_ANY: i32 = 45_000;

impl Configuration {
    /// What of the settings switches screening off, or drowns it.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let (line, bits) = (self.match_threshold, self.minimum_bits);
        let mut warnings = Vec::new();
        if line >= STRICT {
            warnings.push(format!("a threshold of {line} finds hardly any altered name"));
        }
        if line < LOOSE {
            warnings.push(format!("at a threshold of {line} nearly everybody matches somebody"));
        }
        if bits >= HARDLY_ANY {
            warnings.push(format!(
                "hardly a listed name has {} bits: few could match, even word for word",
                bits / 1000
            ));
        }
        warnings
    }
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            match_threshold: Score::from_ten_thousandths(7000),
            minimum_bits: 0,
            weak_aliases: true,
            name_floor: Score::from_ten_thousandths(6000),
            birth_date_tolerance: 0,
        }
    }
}
