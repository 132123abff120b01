//! Dates as the newer XML forms give them, a first and a last day each with a span of its own, in the words that OFAC
//! writes everywhere else: `21 Sep 1979`, `Sep 1979`, `circa 1979`, `1951 to 1953`.

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day of the Gregorian calendar, as published: nobody says that it exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

impl Day {
    /// The day of `1979-09-21` or `1979-09-21T00:00:00`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('T').next()?.splitn(3, '-');
        let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    pub(super) fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Self { year, month, day })
    }

    /// The last day of a month.
    pub(super) fn last_of(year: u16, month: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let day = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        Self::new(year, month, day)
    }

    pub(super) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    fn written(self) -> String {
        format!("{:02} {} {}", self.day, self.month_name(), self.year)
    }

    fn month_name(self) -> &'static str {
        MONTHS.get(usize::from(self.month).wrapping_sub(1)).copied().unwrap_or("")
    }
}

/// When something began and ended, each between two days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: (Day, Day),
    pub(super) to: (Day, Day),
    pub(super) approximate: bool,
}

impl Period {
    /// In OFAC's words.
    pub(super) fn written(self) -> String {
        // A beginning that is a span of its own is the first half of "1951 to 1953".
        let text = if self.from.0 == self.from.1 {
            span(self.from.0, self.to.1)
        } else {
            format!("{} to {}", span(self.from.0, self.from.1), span(self.to.0, self.to.1))
        };
        if self.approximate { format!("circa {text}") } else { text }
    }
}

fn span(first: Day, last: Day) -> String {
    let whole_months = first.day == 1 && Day::last_of(last.year, last.month) == Some(last);
    if first == last {
        first.written()
    } else if whole_months && first.year == last.year && first.month == 1 && last.month == 12 {
        first.year.to_string()
    } else if whole_months && first.year == last.year && first.month == last.month {
        format!("{} {}", first.month_name(), first.year)
    } else {
        format!("{} to {}", first.written(), last.written())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written() {
        let rows = [
            ("1957-10-10 1957-10-10 1957-10-10 1957-10-10", false, "10 Oct 1957"),
            ("1962-01-01 1962-01-01 1962-12-31 1962-12-31", false, "1962"),
            ("1957-01-01 1957-01-01 1957-12-31 1957-12-31", true, "circa 1957"),
            ("1961-04-01 1961-04-01 1961-04-30 1961-04-30", false, "Apr 1961"),
            ("1960-02-01 1960-02-01 1960-02-29 1960-02-29", false, "Feb 1960"),
            ("1951-01-01 1951-12-31 1953-01-01 1953-12-31", false, "1951 to 1953"),
            ("1955-03-01 1955-03-31 1956-03-01 1956-03-31", false, "Mar 1955 to Mar 1956"),
            ("1965-03-21 1965-03-21 1966-03-20 1966-03-20", false, "21 Mar 1965 to 20 Mar 1966"),
            ("1961-03-01 1961-03-01 1962-03-31 1962-03-31", false, "01 Mar 1961 to 31 Mar 1962"),
        ];
        for (days, approximate, expected) in rows {
            let days: Vec<Day> = days.split(' ').map(|day| Day::parse(day).unwrap()).collect();
            let period = Period { from: (days[0], days[1]), to: (days[2], days[3]), approximate };
            assert_eq!(period.written(), expected);
        }
        for bad in ["", "1962", "1962-13-01", "1962-00-01", "1962-01-32", "x-01-01", "70000-01-01"] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }
}
