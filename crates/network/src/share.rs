//! A share of a company: an exact number, a range, or unknown.
//!
//! Shares are fractions, never floating point: three owners with a third each own the whole, and 49.99 % is not 50 %.

use std::fmt;

use num_rational::Ratio;
use num_traits::CheckedAdd;

/// An exact fraction of the whole, as a source states it.
pub type Fraction = Ratio<i64>;

/// Greatest numerator or denominator that a source may write. Ten decimals of a percent fit; whoever writes more has no
/// share register in mind. Products and sums of two such fractions fit into 128 bits.
const LARGEST: i64 = 1_000_000_000_000;

/// What a source says of a stake: every value from `low` to `high` is possible, an open end itself is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    low: Fraction,
    high: Fraction,
    low_open: bool,
    high_open: bool,
}

/// Why a text is no share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShareError {
    /// Not one of the forms.
    #[error("no percentage: write 50, 50%, 25-50, >50, 75+ or 1/3, or leave it empty where it is unknown")]
    Unreadable,
    /// More than the whole, or less than nothing.
    #[error("a share lies between 0 and 100 percent")]
    OutOfRange,
    /// `50-25`.
    #[error("the range ends before it begins")]
    Backwards,
}

impl Share {
    /// Nothing is known of it but that it is a stake: anything from nothing to the whole.
    pub const UNKNOWN: Self = Self {
        low: Fraction::new_raw(0, 1),
        high: Fraction::new_raw(1, 1),
        low_open: false,
        high_open: false,
    };

    /// One exact fraction of the whole: `1/2`.
    ///
    /// # Errors
    /// Below nothing or above the whole.
    pub fn exact(fraction: Fraction) -> Result<Self, ShareError> {
        Self::between(fraction, false, fraction, false)
    }

    /// Everything from one fraction to another; an end that is open is not itself possible.
    ///
    /// # Errors
    /// Below nothing, above the whole, or nothing between the ends.
    pub fn between(
        low: Fraction,
        low_open: bool,
        high: Fraction,
        high_open: bool,
    ) -> Result<Self, ShareError> {
        let (none, whole) = (Fraction::from_integer(0), Fraction::from_integer(1));
        if low < none || high > whole {
            return Err(if low > high { ShareError::Backwards } else { ShareError::OutOfRange });
        }
        if low > high || low == high && (low_open || high_open) {
            return Err(ShareError::Backwards);
        }
        Ok(Self { low, high, low_open, high_open })
    }

    /// Reads what tables write: `50`, `50%`, `33.3 %`, `25-50`, `25% to 50%`, `>50`, `>=50`, `<25`, `75+`, `1/3`. Ends are
    /// included but for `>` and `<`. Empty, `unknown` and `?` are [`Share::UNKNOWN`]. What its words say is read back.
    ///
    /// # Errors
    /// [`ShareError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, ShareError> {
        let text = text.trim().to_lowercase().replace(['–', '—'], "-");
        let text = text.trim();
        if matches!(text, "" | "?" | "unknown" | "n/a" | "an unknown share") {
            return Ok(Self::UNKNOWN);
        }
        let (none, whole) = (Fraction::from_integer(0), Fraction::from_integer(1));
        let after = |signs: &[&str]| signs.iter().find_map(|sign| text.strip_prefix(sign));
        if let Some(rest) = after(&[">=", "≥", "at least "]) {
            return Self::between(number(rest)?, false, whole, false);
        }
        if let Some(rest) = after(&["<=", "≤", "up to ", "at most "]) {
            return Self::between(none, false, number(rest)?, false);
        }
        if let Some((from, to)) = text.split_once(" to ").or_else(|| text.split_once('-')) {
            let (more, from) = from.strip_prefix("more than ").map_or((false, from), |from| (true, from));
            let (less, to) = to.strip_prefix("less than ").map_or((false, to), |to| (true, to));
            return Self::between(number(from)?, more, number(to)?, less);
        }
        if let Some(rest) = after(&[">", "more than ", "over "]) {
            return Self::between(number(rest)?, true, whole, false);
        }
        if let Some(rest) = after(&["<", "less than ", "under "]) {
            return Self::between(none, false, number(rest)?, true);
        }
        if let Some(rest) = text.strip_suffix('+').or_else(|| text.strip_suffix("+%")) {
            return Self::between(number(rest)?, false, whole, false);
        }
        Self::exact(number(text)?)
    }

    /// The least that it can be.
    #[must_use]
    pub fn low(&self) -> Fraction {
        self.low
    }

    /// The most that it can be.
    #[must_use]
    pub fn high(&self) -> Fraction {
        self.high
    }

    /// Whether it must be more than [`Share::low`].
    #[must_use]
    pub fn is_low_open(&self) -> bool {
        self.low_open
    }

    /// Whether it must be less than [`Share::high`].
    #[must_use]
    pub fn is_high_open(&self) -> bool {
        self.high_open
    }

    /// Whether one value alone is possible.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// The same stake, but that it may not be there at all.
    #[must_use]
    pub(crate) fn or_nothing(self) -> Self {
        Self { low: Fraction::from_integer(0), low_open: false, ..self }
    }

    /// What two statements of one stake leave open: the values that fit both; where none does, all from the least to the
    /// greatest that either names, and `false`.
    pub(crate) fn both(self, other: Self) -> (Self, bool) {
        let (low, low_open) = greater((self.low, self.low_open), (other.low, other.low_open));
        let (high, high_open) = lesser((self.high, self.high_open), (other.high, other.high_open));
        if let Ok(both) = Self::between(low, low_open, high, high_open) {
            return (both, true);
        }
        let (low, high) = (self.low.min(other.low), self.high.max(other.high));
        (Self { low, high, low_open: false, high_open: false }, false)
    }

    /// What two statements of one source come to, which may be two holdings, or one that is stated twice: at least the
    /// greater, at most both.
    pub(crate) fn one_or_both(self, other: Self) -> Self {
        let (low, low_open) = greater((self.low, self.low_open), (other.low, other.low_open));
        let whole = Fraction::from_integer(1);
        // A sum whose denominators are too long for it is not looked into: it is an upper end, and the whole is one too.
        let high = self.high.checked_add(&other.high).filter(|sum| *sum < whole);
        let high_open = high.is_some() && (self.high_open || other.high_open);
        Self { low, low_open, high: high.unwrap_or(whole), high_open }
    }
}

fn greater(a: (Fraction, bool), b: (Fraction, bool)) -> (Fraction, bool) {
    if (b.0, b.1) > (a.0, a.1) { b } else { a }
}

fn lesser(a: (Fraction, bool), b: (Fraction, bool)) -> (Fraction, bool) {
    if (b.0, !b.1) < (a.0, !a.1) { b } else { a }
}

/// A percentage, or a fraction of the whole with a stroke.
fn number(text: &str) -> Result<Fraction, ShareError> {
    // A rounded percentage has its fraction beside it.
    let text =
        text.trim().strip_suffix(')').and_then(|text| text.split_once('(')).map_or(text, |(_, exact)| exact);
    let text = text.trim().trim_end_matches("percent").trim_end_matches('%').trim();
    let whole = |digits: &str| -> Result<i64, ShareError> {
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let value = Some(digits).filter(|_| plain).and_then(|digits| digits.parse::<i64>().ok());
        value.filter(|value| *value <= LARGEST).ok_or(ShareError::Unreadable)
    };
    if let Some((parts, of)) = text.split_once('/') {
        let (parts, of) = (whole(parts.trim())?, whole(of.trim())?);
        return if of == 0 { Err(ShareError::Unreadable) } else { Ok(Fraction::new(parts, of)) };
    }
    if text.starts_with('-') {
        return Err(ShareError::OutOfRange);
    }
    let (units, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if units.is_empty() && decimals.is_empty() {
        return Err(ShareError::Unreadable);
    }
    let decimals = decimals.trim_end_matches('0');
    let scale =
        (decimals.len() <= 10).then(|| 10_i64.pow(decimals.len() as u32)).ok_or(ShareError::Unreadable)?;
    let digits = if units.is_empty() { format!("0{decimals}") } else { format!("{units}{decimals}") };
    Ok(Fraction::new(whole(&digits)?, scale * 100))
}

/// A fraction as a percentage: as it is where four decimals say it, else rounded with the fraction beside it.
pub(crate) fn percent(numerator: i128, denominator: i128) -> String {
    let exact =
        numerator.checked_mul(1_000_000).filter(|scaled| denominator != 0 && scaled % denominator == 0);
    if let Some(scaled) = exact.map(|scaled| scaled / denominator) {
        let decimals = format!("{:04}", scaled % 10_000);
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        return format!("{}{point}{decimals} %", scaled / 10_000);
    }
    let rounded = numerator as f64 / denominator as f64 * 100.0;
    format!("{rounded:.2} % ({numerator}/{denominator})")
}

fn of(fraction: Fraction) -> String {
    percent(i128::from(*fraction.numer()), i128::from(*fraction.denom()))
}

impl fmt::Display for Share {
    /// In words: `50 %`, `25 % to 50 %`, `more than 50 %`, `an unknown share`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (none, whole) = (Fraction::from_integer(0), Fraction::from_integer(1));
        let from = if self.low_open { "more than " } else { "" };
        let to = if self.high_open { "less than " } else { "" };
        match (self.low == none && !self.low_open, self.high == whole && !self.high_open) {
            _ if self.is_exact() => f.write_str(&of(self.low)),
            (true, true) => f.write_str("an unknown share"),
            (true, false) if self.high_open => write!(f, "less than {}", of(self.high)),
            (true, false) => write!(f, "up to {}", of(self.high)),
            (false, true) if self.low_open => write!(f, "more than {}", of(self.low)),
            (false, true) => write!(f, "at least {}", of(self.low)),
            (false, false) => write!(f, "{from}{} to {to}{}", of(self.low), of(self.high)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_tables_write() {
        let rows = [
            ("50", "50 %"),
            ("50%", "50 %"),
            (" 50.00 % ", "50 %"),
            ("33,5", "33.5 %"),
            ("1/3", "33.33 % (1/3)"),
            ("2/4", "50 %"),
            ("25-50", "25 % to 50 %"),
            ("25% – 50%", "25 % to 50 %"),
            ("25 to 50 percent", "25 % to 50 %"),
            (">50", "more than 50 %"),
            (">= 50%", "at least 50 %"),
            ("75+", "at least 75 %"),
            ("<25", "less than 25 %"),
            ("up to 25", "up to 25 %"),
            ("", "an unknown share"),
            ("?", "an unknown share"),
            ("0", "0 %"),
            ("100", "100 %"),
            (".5", "0.5 %"),
        ];
        for (text, expected) in rows {
            assert_eq!(Share::parse(text).map(|share| share.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let rows = [
            ("half", ShareError::Unreadable),
            ("101", ShareError::OutOfRange),
            ("-5", ShareError::Unreadable),
            ("4/3", ShareError::OutOfRange),
            ("1/0", ShareError::Unreadable),
            ("50-25", ShareError::Backwards),
            (">100", ShareError::Backwards),
            ("50%%x", ShareError::Unreadable),
            ("99999999999999999999", ShareError::Unreadable),
            ("٥٠", ShareError::Unreadable),
        ];
        for (text, expected) in rows {
            assert_eq!(Share::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn two_statements_of_one_stake() {
        let rows = [
            ("25-50", "40-60", "40 % to 50 %", true),
            (">25", "25-50", "more than 25 % to 50 %", true),
            ("<50", "25-50", "25 % to less than 50 %", true),
            ("30", "60", "30 % to 60 %", false),
            ("", "60", "60 %", true),
        ];
        for (one, other, expected, agree) in rows {
            let (one, other) = (Share::parse(one).unwrap(), Share::parse(other).unwrap());
            let (both, agreed) = one.both(other);
            assert_eq!((both.to_string().as_str(), agreed), (expected, agree), "{one}; {other}");
        }
    }

    #[test]
    fn two_statements_of_one_source() {
        let rows = [
            ("20", "30", "30 % to 50 %"),
            (">25", "25", "more than 25 %"),
            ("60", "60-70", "at least 60 %"),
            ("<10", "20", "20 % to less than 30 %"),
        ];
        for (one, other, expected) in rows {
            let (one, other) = (Share::parse(one).unwrap(), Share::parse(other).unwrap());
            assert_eq!(one.one_or_both(other).to_string(), expected);
            assert_eq!(other.one_or_both(one).to_string(), expected);
        }
    }

    proptest! {
        #[test]
        fn what_it_says_is_read_back(
            ends in (0..=1_000_000_i64, 0..=1_000_000_i64, 1..=1_000_000_i64),
            low_open: bool,
            high_open: bool,
        ) {
            let (a, b, of) = ends;
            let (low, high) = (Fraction::new(a.min(b).min(of), of), Fraction::new(a.max(b).min(of), of));
            if let Ok(share) = Share::between(low, low_open, high, high_open) {
                prop_assert_eq!(Share::parse(&share.to_string()), Ok(share), "{}", share);
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,20}") {
            if let Ok(share) = Share::parse(&text) {
                prop_assert!(share.low() <= share.high());
            }
        }
    }
}
