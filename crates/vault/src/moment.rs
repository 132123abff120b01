//! A day or a moment, for asking what served then.

use std::fmt;
use std::str::FromStr;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// The end of a day (UTC), or a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// The last moment that counts.
    pub(crate) until: Timestamp,
    typed: String,
}

impl AsOf {
    /// The last moment that counts.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.until
    }
}

impl FromStr for AsOf {
    type Err = ();

    /// `2021-11-16` is the end of that day in UTC; `2021-11-16T14:00:00Z` that moment, with any offset.
    fn from_str(text: &str) -> Result<Self, ()> {
        let typed = text.to_owned();
        if let Ok(until) = text.parse::<Timestamp>() {
            return Ok(Self { until, typed });
        }
        // A date and nothing behind it: what else was typed was meant to be a moment.
        let date: Date = text.parse().map_err(drop)?;
        if text.len() > 10 {
            return Err(());
        }
        let next = date.tomorrow().map_err(drop)?.to_zoned(TimeZone::UTC).map_err(drop)?;
        let until = next.timestamp().checked_sub(1.nanosecond()).map_err(drop)?;
        Ok(Self { until, typed })
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

#[cfg(test)]
mod tests {
    use super::AsOf;

    #[test]
    fn days_and_moments() {
        let rows = [
            ("2021-11-16", Some("2021-11-16T23:59:59.999999999Z")),
            ("2020-02-29", Some("2020-02-29T23:59:59.999999999Z")),
            ("2021-11-16T14:00:00Z", Some("2021-11-16T14:00:00Z")),
            ("2021-11-16T14:00:00+02:00", Some("2021-11-16T12:00:00Z")),
            ("2021-11-16T14:00:00", None),
            ("2021-02-29", None),
            ("yesterday", None),
            ("2021", None),
            ("", None),
        ];
        for (typed, until) in rows {
            let read = typed.parse::<AsOf>().ok().map(|as_of| as_of.until.to_string());
            assert_eq!(read.as_deref(), until, "{typed}");
        }
    }
}
