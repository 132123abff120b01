//! Exact sums of shares.
//!
//! A register writes shares over a few denominators, so sums fit into 128 bits. A hostile or careless file may hold hundreds
//! of owners over as many prime denominators; then the sum goes on in numbers of any length. Nothing is ever rounded: a
//! company at exactly 50 percent is blocked, and one at a hair less is not.

use std::cmp::Ordering;
use std::fmt;

use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedSub, ToPrimitive};

use crate::share::{Fraction, percent};

/// An exact sum of shares.
#[derive(Clone, Debug)]
pub struct Total(Sum);

#[derive(Clone, Debug)]
enum Sum {
    Small(Ratio<i128>),
    Large(Box<BigRational>),
}

impl Default for Total {
    fn default() -> Self {
        Self(Sum::Small(Ratio::new_raw(0, 1)))
    }
}

impl From<Fraction> for Total {
    fn from(fraction: Fraction) -> Self {
        Self(Sum::Small(Ratio::new_raw(i128::from(*fraction.numer()), i128::from(*fraction.denom()))))
    }
}

impl Total {
    pub(crate) fn whole() -> Self {
        Self::from(Fraction::from_integer(1))
    }

    pub(crate) fn add(&mut self, more: Fraction) {
        if *more.numer() != 0 {
            *self = self.plus(&Self::from(more));
        }
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        if let (Sum::Small(a), Sum::Small(b)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_add(b)
        {
            return Self(Sum::Small(sum));
        }
        Self(Sum::Large(Box::new(self.large() + other.large())))
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        if let (Sum::Small(a), Sum::Small(b)) = (&self.0, &other.0)
            && let Some(sum) = a.checked_sub(b)
        {
            return Self(Sum::Small(sum));
        }
        Self(Sum::Large(Box::new(self.large() - other.large())))
    }

    /// The sum as numbers of any length.
    fn large(&self) -> BigRational {
        match &self.0 {
            Sum::Small(sum) => BigRational::new_raw((*sum.numer()).into(), (*sum.denom()).into()),
            Sum::Large(sum) => (**sum).clone(),
        }
    }

    /// As a floating-point number from 0 to 1, for drawing: no verdict rests on it.
    #[must_use]
    pub fn approximately(&self) -> f64 {
        match &self.0 {
            Sum::Small(sum) => *sum.numer() as f64 / *sum.denom() as f64,
            Sum::Large(sum) => sum.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// The exact fraction of the whole: `1/2`, `1`.
    #[must_use]
    pub fn exactly(&self) -> String {
        match &self.0 {
            Sum::Small(sum) => sum.to_string(),
            Sum::Large(sum) => sum.to_string(),
        }
    }
}

impl PartialEq for Total {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Total {}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Sum::Small(a), Sum::Small(b)) => a.cmp(b),
            _ => self.large().cmp(&other.large()),
        }
    }
}

impl fmt::Display for Total {
    /// As a percentage: `50 %`, `33.33 % (1/3)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Sum::Small(sum) => f.write_str(&percent(*sum.numer(), *sum.denom())),
            Sum::Large(sum) => write!(f, "{:.6} %", sum.to_f64().unwrap_or(f64::NAN) * 100.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_make_a_whole() {
        let mut sum = Total::default();
        for _ in 0..3 {
            sum.add(Fraction::new(1, 3));
        }
        assert_eq!(sum, Total::whole());
    }

    #[test]
    fn sums_that_outgrow_128_bits_stay_exact() {
        // Denominators near the largest that is read, with no factor in common: their product has some 400 bits.
        let dens = [999_999_999_989, 999_999_999_961, 999_999_999_959, 999_999_999_937, 999_999_999_899];
        let mut sum = Total::default();
        for den in dens.map(|d: i64| Fraction::new(1, d)) {
            sum.add(den);
        }
        assert!(matches!(sum.0, Sum::Large(_)), "{sum:?}");
        for den in dens.map(|d: i64| Fraction::new(1, d)) {
            sum = sum.minus(&Total::from(den));
        }
        assert_eq!(sum, Total::default());
        let (mut a, b) = (Total::default(), Total::whole());
        a.add(Fraction::new(1, 2));
        assert!(a < b && a > sum);
    }
}
