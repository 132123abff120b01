//! Dates as lists publish them: a day, a month, a year, a range, or "circa".

use std::fmt;

use jiff::civil::Date;

use crate::Calendar;
use crate::calendar::Written;
use crate::written;

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

/// A date in one of the calendars that it may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it means in the Gregorian calendar.
    pub date: PartialDate,
    /// The calendar that it is read in.
    pub calendar: Calendar,
}

/// Years that are no living person's in the Gregorian calendar, and are in the Hijri ones.
const HIJRI_YEARS: std::ops::RangeInclusive<i16> = 1250..=1500;
/// Years in which somebody on a list, or a customer, can have been born; and a little more, for other dates.
pub(crate) const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i16> = 1850..=2035;

impl PartialDate {
    /// Reads the forms that list files use: `21 Sep 1979`, `Sep 1979`, `1979`, `1979-09-21`, `1979-09`,
    /// `21/09/1979` (day first, as everywhere but in the US), `19790921`, `circa 1979`, and two of these joined by
    /// `to`. Months have names in several languages, digits may be Arabic or Persian, and a day or month `00` is
    /// unknown. `None` where the text is none of these or no such day exists.
    ///
    /// The date is read in the Gregorian calendar; see [`Self::readings`] for the others.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(&written::plain(text.trim()), Calendar::Gregorian)
    }

    /// What a person's birth date may mean, in the calendars that it may be written in. A year from 1250 to 1500 is
    /// read in the Hijri calendars, and in both where neither the name of the month nor letters such as `AH`, `ش`
    /// decide; only what gives a year from 1850 to 2035 is kept. Anything else has one reading, as
    /// [`Self::parse`] gives it, or none.
    ///
    /// A month or a year of the Hijri calendars is a [`Precision::Range`] of Gregorian days.
    #[must_use]
    pub fn readings(text: &str) -> Vec<Reading> {
        let text = written::plain(text.trim());
        let gregorian = Self::read(&text, Calendar::Gregorian)
            .map(|date| Reading { date, calendar: Calendar::Gregorian });
        if gregorian.is_some_and(|r| !HIJRI_YEARS.contains(&r.date.first.year())) {
            return gregorian.into_iter().collect();
        }
        let plausible = |date: &Self| {
            PLAUSIBLE_YEARS.contains(&date.first.year()) && PLAUSIBLE_YEARS.contains(&date.last.year())
        };
        let hijri: Vec<Reading> = [Calendar::SolarHijri, Calendar::LunarHijri]
            .into_iter()
            .filter_map(|calendar| {
                Self::read(&text, calendar).filter(plausible).map(|date| Reading { date, calendar })
            })
            .collect();
        if hijri.is_empty() { gregorian.into_iter().collect() } else { hijri }
    }

    /// Reads a text that [`written::plain`] has made ready, in one calendar.
    fn read(text: &str, calendar: Calendar) -> Option<Self> {
        let text = text.trim();
        if let Some(rest) = ["circa ", "approximately ", "c. "].iter().find_map(|p| text.strip_prefix(p)) {
            return Self::read(rest, calendar).map(|date| Self { circa: true, ..date });
        }
        if let Some((from, to)) = text.split_once(" to ") {
            let (from, to) = (Self::read(from, calendar)?, Self::read(to, calendar)?);
            let ordered = from.first <= to.last;
            let circa = from.circa || to.circa;
            return ordered.then_some(Self {
                first: from.first,
                last: to.last,
                precision: Precision::Range,
                circa,
            });
        }
        let written = Written::read(text, calendar)?;
        let (first, last) = calendar.days(written)?;
        let precision = match (written.day, written.month) {
            (1.., _) => Precision::Day,
            _ if calendar != Calendar::Gregorian => Precision::Range,
            (_, 1..) => Precision::Month,
            _ => Precision::Year,
        };
        Some(Self { first, last, precision, circa: false })
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
    use proptest::prelude::*;

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
            ("September 21, 1979", "1979-09-21"),
            ("1979.09.21", "1979-09-21"),
            ("19790921", "1979-09-21"),
            // A day, or a day and a month, that the paper leaves open.
            ("00/00/1957", "1957"),
            ("1957-00-00", "1957"),
            ("00/05/1957", "1957-05"),
            ("1957-05-00", "1957-05"),
            ("19570000", "1957"),
            // Other languages, other digits.
            ("21 de septiembre de 1979", "1979-09-21"),
            ("1 août 1979", "1979-08-01"),
            ("3. März 1979", "1979-03-03"),
            ("5 de março de 1979", "1979-03-05"),
            ("21 сентября 1979 г.", "1979-09-21"),
            ("9 Ağustos 1979", "1979-08-09"),
            ("٢١/٠٩/١٩٧٩", "1979-09-21"),
            ("۱۹۷۹", "1979"),
            ("1979م", "1979"),
            ("15 كانون الثاني 1979", "1979-01-15"),
            // Parsing is Gregorian, whatever the year.
            ("1358-06-30", "1358-06-30"),
        ];
        for (text, expected) in rows {
            assert_eq!(PartialDate::parse(text).map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "31 Feb 1980",
            "31/02/1960",
            "79",
            "soon",
            "1981 to 1979",
            "1979-13",
            "99999999",
            "٢١",
            "--",
            "1 to 2",
            "0000",
            "00/00/0000",
            "05/00/1957",
            "18000101",
            "1,979",
            "12,1979",
            "30 Shahrivar 1358",
            "1358 AH",
            "May June 1979",
            "(21 cm) 1979",
            "١",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn reads_birth_dates_in_the_calendars_of_papers() {
        let both = ["Solar Hijri 1979-09-21", "Hijri 1939-08-17"];
        let solar = ["Solar Hijri 1979-09-21"];
        let year = ["Solar Hijri 1979-03-21 to 1980-03-20", "Hijri 1939-02-21 to 1940-02-09"];
        let rows: [(&str, &[&str]); 29] = [
            ("1358-06-30", &both),
            ("1358/6/31", &["Solar Hijri 1979-09-22"]),
            ("1358/6/29", &["Solar Hijri 1979-09-20", "Hijri 1939-08-16"]),
            ("30/06/1358", &both),
            ("۱۳۵۸/۰۶/۳۰", &both),
            ("١٣٥٨/٠٦/٣٠", &both),
            ("13580630", &both),
            ("30 Shahrivar 1358", &solar),
            ("۳۰ شهریور ۱۳۵۸", &solar),
            ("30 سنبله 1358", &solar),
            ("Shahrivar 30, 1358", &solar),
            ("1358-06-30 SH", &solar),
            ("۱۳۵۸/۰۶/۳۰ هـ.ش", &solar),
            ("15 Ramadan 1400", &["Hijri 1980-07-28"]),
            ("15 Ramaḍān 1400", &[]),
            ("۱۵ رمضان ۱۴۰۰", &["Hijri 1980-07-28"]),
            ("1 Rabi' al-Awwal 1400 AH", &["Hijri 1980-01-19"]),
            ("Rabi II 1400 A.H.", &["Hijri 1980-02-18 to 1980-03-17"]),
            ("1358", &year),
            ("1358H", &year),
            ("1358هـ", &year),
            ("سال 1358 ش", &year[..1]),
            ("1358-00-00", &year),
            (
                "circa 1358",
                &["Solar Hijri circa 1979-03-21 to 1980-03-20", "Hijri circa 1939-02-21 to 1940-02-09"],
            ),
            ("1358-06", &["Solar Hijri 1979-08-23 to 1979-09-22", "Hijri 1939-07-19 to 1939-08-16"]),
            // Years that only one calendar, or none, makes plausible.
            ("1450", &["Hijri 2028-05-25 to 2029-05-14"]),
            ("1490", &["Gregorian 1490"]),
            ("21 Sep 1979", &["Gregorian 1979-09-21"]),
            ("31/02/1960", &[]),
        ];
        for (text, expected) in rows {
            let readings = PartialDate::readings(text);
            let shown: Vec<_> =
                readings.iter().map(|r| format!("{} {}", r.calendar.name(), r.date)).collect();
            assert_eq!(shown, expected, "{text}");
        }
    }

    proptest! {
        /// No text makes a reader panic, and a reading has its first day no later than its last.
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9۰-۹٠-٩/. -]{0,12}( ?(to|AH|ش|Mehr|رمضان|[a-zé]{0,9}) ?[0-9]{0,8}){0,2}|\\PC{0,24}") {
            for reading in PartialDate::readings(&text) {
                prop_assert!(reading.date.first() <= reading.date.last());
            }
            let _ = PartialDate::parse(&text);
        }

        /// What we print of a date is read as that date.
        #[test]
        fn what_is_printed_is_read(year in 1501_i16..2100, month in 1_i8..=12, day in 1_i8..=28) {
            for date in [PartialDate::day(year, month, day), PartialDate::month(year, month), PartialDate::year(year)] {
                let printed = date.unwrap().to_string();
                prop_assert_eq!(PartialDate::parse(&printed), date);
                prop_assert_eq!(PartialDate::readings(&printed).len(), 1);
            }
        }
    }

    #[test]
    fn a_year_overlaps_its_days() {
        let year = PartialDate::parse("1979").unwrap();
        assert!(year.overlaps(&PartialDate::parse("21 Sep 1979").unwrap()));
        assert!(!year.overlaps(&PartialDate::parse("1980").unwrap()));
    }
}
