//! So many of so many, and how sure that is.

use serde_json::{Value, json};

/// The 97.5th percentile of the normal distribution: intervals of 95 %.
const Z: f64 = 1.959_963_985;

/// A share: its numerator and denominator, which are never told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub found: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// Counts one more.
    pub fn count(&mut self, found: bool) {
        self.found += usize::from(found);
        self.of += 1;
    }

    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.found += other.found;
        self.of += other.of;
    }

    /// In percent; 0 of nothing.
    #[must_use]
    pub fn percent(&self) -> f64 {
        if self.of == 0 { 0.0 } else { 100.0 * self.found as f64 / self.of as f64 }
    }

    /// In percent with two decimals, cut rather than rounded: what is not whole is never told as 100.00.
    #[must_use]
    pub fn told(&self) -> String {
        let hundredths = if self.of == 0 { 0 } else { self.found as u64 * 10_000 / self.of as u64 };
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    /// The interval of 95 % after Wilson (Journal of the American Statistical Association 22, 1927), in percent; it holds
    /// where shares are near 0 or 1 and where there are few.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 100.0);
        }
        let (n, p) = (self.of as f64, self.found as f64 / self.of as f64);
        let centre = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        let low = if self.found == 0 { 0.0 } else { (centre - half) / scale };
        let high = if self.found == self.of { 1.0 } else { (centre + half) / scale };
        (100.0 * low, 100.0 * high)
    }

    /// `{"found", "of", "percent", "low", "high"}`, percents with three decimals.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let (low, high) = self.interval();
        json!({ "found": self.found, "of": self.of, "percent": thousandths(self.percent()),
                "low": thousandths(low), "high": thousandths(high) })
    }

    /// A share that was written by [`Share::to_json`].
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let number = |key: &str| value.get(key)?.as_u64().and_then(|n| usize::try_from(n).ok());
        Some(Self { found: number("found")?, of: number("of")? })
    }
}

/// Three decimals, so that the last bits of a square root are in no output.
pub(crate) fn thousandths(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of Wilson's interval as textbooks print them.
    #[test]
    fn wilson() {
        for (found, of, low, high) in [
            (0, 0, 0.0, 100.0),
            (0, 10, 0.0, 27.753),
            (10, 10, 72.247, 100.0),
            (1, 10, 1.788, 40.415),
            (50, 100, 40.383, 59.617),
        ] {
            let (l, h) = Share { found, of }.interval();
            assert!((l - low).abs() < 0.001 && (h - high).abs() < 0.001, "{found} of {of}: {l} {h}");
        }
        let share = Share { found: 97, of: 100 };
        assert_eq!(Share::from_json(&share.to_json()), Some(share));
        let told = [(99_999, 100_000), (1, 3), (0, 0), (3, 3)].map(|(found, of)| Share { found, of }.told());
        assert_eq!(told, ["99.99", "33.33", "0.00", "100.00"]);
    }
}
