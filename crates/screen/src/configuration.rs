//! What a firm decides for itself: where the line is.

use crate::Score;

/// The policy under which scores are read. The default is documented field by field; issue 5 reads it from a file.
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
    /// Years by which two birth dates may differ without contradicting each other; 0 for none. Lists guess ages, and so
    /// do the papers that they were taken from.
    pub birth_date_tolerance: u8,
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

impl Configuration {
    /// The settings in a fixed textual form: what a receipt hashes, and what a reader can check.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!(
            "match_threshold={} minimum_bits={} weak_aliases={} name_floor={} birth_date_tolerance={}",
            self.match_threshold,
            self.minimum_bits,
            self.weak_aliases,
            self.name_floor,
            self.birth_date_tolerance
        )
    }
}
