//! Dates as lists publish them: a day, a month, a year, a range, or "circa".

use std::fmt;

use jiff::civil::Date;

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// A calendar day.
    Day,
    /// A month of a year.
    Month,
    /// A year.
    Year,
    /// Two dates with everything between.
    Range,
}

/// A date known to within an interval: every day from `first` to `last` is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    last: Date,
    precision: Precision,
    circa: bool,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl PartialDate {
    /// Reads the forms that list files use: `21 Sep 1979`, `Sep 1979`, `1979`, `1979-09-21`, `1979-09`,
    /// `21/09/1979` (day first, as everywhere but in the US), `circa 1979`, and two of these joined by
    /// `to`. `None` where the text is none of these or no such day exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        if let Some(rest) = ["circa ", "approximately ", "c. "].iter().find_map(|p| lower.strip_prefix(p)) {
            return Self::parse(rest).map(|date| Self { circa: true, ..date });
        }
        if let Some((from, to)) = lower.split_once(" to ") {
            let (from, to) = (Self::parse(from)?, Self::parse(to)?);
            let ordered = from.first <= to.last;
            let circa = from.circa || to.circa;
            return ordered.then_some(Self {
                first: from.first,
                last: to.last,
                precision: Precision::Range,
                circa,
            });
        }
        let day_part = lower.split('t').next().filter(|day| day.len() == 10 && lower.len() > 10);
        let parts: Vec<&str> =
            day_part.unwrap_or(&lower).split([' ', '-', '/', '.']).filter(|p| !p.is_empty()).collect();
        let number = |part: &str, longest: usize| -> Option<i16> {
            let digits =
                !part.is_empty() && part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let year = |part: &str| if part.len() == 4 { number(part, 4) } else { None };
        let month = |part: &str| -> Option<i8> {
            let named = || MONTHS.iter().position(|m| part.len() >= 3 && part.starts_with(m));
            number(part, 2).and_then(|n| i8::try_from(n).ok()).or_else(|| Some(named()? as i8 + 1))
        };
        let day = |part: &str| number(part, 2).and_then(|n| i8::try_from(n).ok());
        match parts.as_slice() {
            [y] => Self::year(year(y)?),
            [a, b] => match year(a) {
                Some(y) => Self::month(y, month(b)?),
                None => Self::month(year(b)?, month(a)?),
            },
            [a, b, c] => match year(a) {
                Some(y) => Self::day(y, month(b)?, day(c)?),
                None => Self::day(year(c)?, month(b)?, day(a)?),
            },
            _ => None,
        }
    }

    /// A calendar day, if it exists.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = Date::new(year, month, day).ok()?;
        Some(Self { first: date, last: date, precision: Precision::Day, circa: false })
    }

    /// A month of a year, if it exists.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month(), precision: Precision::Month, circa: false })
    }

    /// A year.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { first, last: first.last_of_year(), precision: Precision::Year, circa: false })
    }

    /// The first possible day.
    #[must_use]
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last possible day.
    #[must_use]
    pub fn last(&self) -> Date {
        self.last
    }

    /// How exactly the date is known.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether the publisher called it approximate.
    #[must_use]
    pub fn is_circa(&self) -> bool {
        self.circa
    }

    /// Whether some day fits both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601 as far as the date is known; ranges as `1979 to 1981`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.circa {
            f.write_str("circa ")?;
        }
        match self.precision {
            Precision::Day => write!(f, "{}", self.first),
            Precision::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Year => write!(f, "{:04}", self.first.year()),
            Precision::Range => write!(f, "{} to {}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn reads_what_lists_publish() {
        let rows = [
            ("21 Sep 1979", "1979-09-21"),
            ("Sep 1979", "1979-09"),
            ("1979", "1979"),
            ("1979-09-21", "1979-09-21"),
            ("1979-09", "1979-09"),
            ("21/09/1979", "1979-09-21"),
            ("01.02.1980", "1980-02-01"),
            ("1979-09-21T00:00:00", "1979-09-21"),
            ("circa 1979", "circa 1979"),
            ("circa 21 Sep 1979", "circa 1979-09-21"),
            ("1979 to 1981", "1979-01-01 to 1981-12-31"),
            ("21 September 1979", "1979-09-21"),
        ];
        for (text, expected) in rows {
            assert_eq!(PartialDate::parse(text).map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["", "31 Feb 1980", "79", "soon", "1981 to 1979", "1979-13", "99999999", "٢١", "--", "1 to 2"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_overlaps_its_days() {
        let year = PartialDate::parse("1979").unwrap();
        assert!(year.overlaps(&PartialDate::parse("21 Sep 1979").unwrap()));
        assert!(!year.overlaps(&PartialDate::parse("1980").unwrap()));
    }
}
