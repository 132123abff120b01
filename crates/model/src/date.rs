//! Dates as lists publish them: a day, a month, a year, a range, or "circa".

use std::fmt;

use jiff::civil::Date;

use crate::Calendar;
use crate::calendar::{Sense, Written};
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
/// Years that are Buddhist ones, as Thailand counts them, and the future in every other calendar.
pub(crate) const BUDDHIST_YEARS: std::ops::RangeInclusive<i16> = 2390..=2600;
/// Years in which somebody on a list, or a customer, can have been born; and a little more, for other dates.
pub(crate) const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i16> = 1850..=2035;

/// No date takes more bytes to write; a text that does is not looked at.
const LONGEST: usize = 256;
/// What a text that is not read in the Gregorian calendar, as it stands, may be.
const OTHERS: [(Calendar, Sense); 7] = [
    (Calendar::Gregorian, Sense::Earlier),
    (Calendar::Gregorian, Sense::Later),
    (Calendar::SolarHijri, Sense::Sure),
    (Calendar::LunarHijri, Sense::Sure),
    (Calendar::Buddhist, Sense::Sure),
    (Calendar::Minguo, Sense::Sure),
    (Calendar::Japanese, Sense::Sure),
];

impl PartialDate {
    /// Reads the forms that list files use: `21 Sep 1979`, `Sep 1979`, `1979`, `1979-09-21`, `1979-09`,
    /// `21/09/1979` (day first, as everywhere but in the US; `09/21/1979` is no date that way, so month first),
    /// `19790921`, `1979年9月21日`, `circa 1979`; two of these as `1979 to 1981`, `from 1979 to 1981`,
    /// `between 1979 and 1981`, and two years as `1979-1981` or `1979/1981`. Months have names in several languages,
    /// days may be ordinal (`1er août 1958`), digits may be Arabic, Persian, Thai or full-width, and a day or month
    /// `00` is unknown. `None` where the text is none of these, no such day exists, or the month's name is that of
    /// different months in two languages (`listopad`).
    ///
    /// The date is read in the Gregorian calendar; see [`Self::readings`] for the others.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = Some(without_time(text)).filter(|text| text.len() <= LONGEST)?;
        Self::read(&written::plain(text), Calendar::Gregorian, Sense::Sure)
    }

    /// What a person's birth date may mean, in the calendars that it may be written in:
    ///
    /// - A year from 1250 to 1500 is read in the Hijri calendars, and in both where neither the name of the month nor
    ///   letters such as `AH`, `ش` decide.
    /// - A year from 2390 to 2600 is read in the Buddhist calendar of Thailand.
    /// - A year of an era (`民國68年`, `昭和54年`) is read in the Minguo or the Japanese calendar.
    /// - A month whose name two languages give to different months gives both: `5 listopada 1979`.
    ///
    /// Of these, only what gives a year from 1850 to 2035 is kept. Anything else has one reading, as [`Self::parse`]
    /// gives it, or none.
    ///
    /// A month or a year of the Hijri calendars is a [`Precision::Range`] of Gregorian days.
    #[must_use]
    pub fn readings(text: &str) -> Vec<Reading> {
        let text = without_time(text);
        if text.len() > LONGEST {
            return Vec::new();
        }
        let text = written::plain(text);
        let gregorian = Self::read(&text, Calendar::Gregorian, Sense::Sure)
            .map(|date| Reading { date, calendar: Calendar::Gregorian });
        let elsewhere = |year| HIJRI_YEARS.contains(&year) || BUDDHIST_YEARS.contains(&year);
        if gregorian.is_some_and(|r| !elsewhere(r.date.first.year())) {
            return gregorian.into_iter().collect();
        }
        let plausible = |date: &Self| {
            PLAUSIBLE_YEARS.contains(&date.first.year()) && PLAUSIBLE_YEARS.contains(&date.last.year())
        };
        let others: Vec<Reading> = OTHERS
            .into_iter()
            .filter_map(|(calendar, sense)| {
                Self::read(&text, calendar, sense).filter(plausible).map(|date| Reading { date, calendar })
            })
            .collect();
        if others.is_empty() { gregorian.into_iter().collect() } else { others }
    }

    /// Reads a text that [`written::plain`] has made ready, in one calendar.
    fn read(text: &str, calendar: Calendar, sense: Sense) -> Option<Self> {
        let text = text.trim();
        let mut ends = None;
        if text.starts_with(|c: char| c.is_ascii_lowercase()) {
            if let Some(rest) = ["circa ", "approximately ", "c. "].iter().find_map(|p| text.strip_prefix(p))
            {
                return Self::read(rest, calendar, sense).map(|date| Self { circa: true, ..date });
            }
            ends = match text.strip_prefix("between ") {
                Some(rest) => Some(rest.split_once(" and ")?),
                None => text.strip_prefix("from ").and_then(|rest| rest.split_once(" to ")),
            };
        }
        // The shortest of them is "1979 to 1981".
        let joined = || if text.len() >= 12 { text.split_once(" to ") } else { None };
        if let Some((from, to)) = ends.or_else(joined) {
            return Self::range(Self::read(from, calendar, sense)?, Self::read(to, calendar, sense)?);
        }
        let Some(written) = Written::read(text, calendar, sense) else {
            return Self::two_years(text, calendar);
        };
        let (first, last) = calendar.days(written)?;
        let precision = match (written.day, written.month) {
            (1.., _) => Precision::Day,
            _ if !calendar.has_gregorian_months() => Precision::Range,
            (_, 1..) => Precision::Month,
            _ => Precision::Year,
        };
        Some(Self { first, last, precision, circa: false })
    }

    /// From the first day of one date to the last of another, `None` where that ends before it begins.
    fn range(from: Self, to: Self) -> Option<Self> {
        let (first, last) = (from.first, to.last);
        let circa = from.circa || to.circa;
        (first <= last).then_some(Self { first, last, precision: Precision::Range, circa })
    }

    /// `1963-1968`, `1963/1964`: one year or the other, and those between.
    fn two_years(text: &str, calendar: Calendar) -> Option<Self> {
        let (from, to) = text.split_once(['-', '/'])?;
        let year = |part: &str| {
            let year = Some(part.trim()).filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?;
            Self::read(year, calendar, Sense::Sure).filter(|y| PLAUSIBLE_YEARS.contains(&y.first.year()))
        };
        let (from, to) = (year(from)?, year(to)?);
        if from.first < to.first { Self::range(from, to) } else { None }
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

/// A day without the time of day that databases write behind it: `1979-09-21 00:00:00`, `9/21/1979 12:00:00 AM`.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let Some(colon) = text.find(':') else { return text };
    let Some(blank) = text[..colon].rfind(' ') else { return text };
    let hours = &text[blank + 1..colon];
    let time = (1..=2).contains(&hours.len()) && hours.bytes().all(|b| b.is_ascii_digit());
    if time { text[..blank].trim_end() } else { text }
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
            ("1979-09-21 00:00:00", "1979-09-21"),
            ("9/21/1979 12:00:00 AM", "1979-09-21"),
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
            ("dd/mm/1957", "1957"),
            ("DD/05/1957", "1957-05"),
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
            // Month first where only that order is a date.
            ("09/21/1979", "1979-09-21"),
            ("9/21/1979", "1979-09-21"),
            ("03/04/1979", "1979-04-03"),
            // Two dates, and two years.
            ("between 1963 and 1968", "1963-01-01 to 1968-12-31"),
            ("Between 3 May 1963 and Jun 1963", "1963-05-03 to 1963-06-30"),
            ("from 1963 to 1968", "1963-01-01 to 1968-12-31"),
            ("1963-1968", "1963-01-01 to 1968-12-31"),
            ("1963 – 1968", "1963-01-01 to 1968-12-31"),
            ("circa 1963/1964", "circa 1963-01-01 to 1964-12-31"),
            // Units behind the numbers, or before them.
            ("1961年12月2日", "1961-12-02"),
            ("１９６１年１２月２日生", "1961-12-02"),
            ("1961 年 12 月", "1961-12"),
            ("1961年", "1961"),
            ("西元1979年9月21日", "1979-09-21"),
            ("1966년 4월 2일", "1966-04-02"),
            ("1966년 4월", "1966-04"),
            ("1966년", "1966"),
            ("ngày 7 tháng 10 năm 1964", "1964-10-07"),
            ("7 tháng năm năm 1964", "1964-05-07"),
            // Ordinals and particles.
            ("1er août 1958", "1958-08-01"),
            ("le 1er août 1958", "1958-08-01"),
            ("1º de maio de 1960", "1960-05-01"),
            ("1° maggio 1960", "1960-05-01"),
            ("1st May 1960", "1960-05-01"),
            ("the 3rd of May, 1970", "1970-05-03"),
            ("3 de mayo de 1970", "1970-05-03"),
            ("3. Mai 1970", "1970-05-03"),
            ("May 3, 1970", "1970-05-03"),
            ("May 3rd, 1970", "1970-05-03"),
            ("5 мая 1970 г.", "1970-05-05"),
            ("5-го мая 1970 г.р.", "1970-05-05"),
            ("21. rujna 1979.", "1979-09-21"),
            ("21 września 1979 r.", "1979-09-21"),
            ("21 вересня 1979 р.", "1979-09-21"),
            ("21 Σεπτεμβρίου 1979", "1979-09-21"),
            ("1979. szeptember 21.", "1979-09-21"),
            ("21 กันยายน ค.ศ. 1979", "1979-09-21"),
            ("5 listopadu 1979", "1979-11-05"),
            ("5 листопада 1979", "1979-11-05"),
            // Parsing is Gregorian, whatever the year.
            ("1358-06-30", "1358-06-30"),
            ("2522-09-21", "2522-09-21"),
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
            "13/13/1979",
            "1979/21/09",
            "09-21-1979",
            "04/31/1979",
            "00/21/1979",
            "1968-1963",
            "1963-1963",
            "1342-1347",
            "1963-68",
            "between 1968 and 1963",
            "between 1963 to 1968",
            "from 1963",
            "12月2日",
            "1961年12月2",
            "1961年13月2日",
            "79年9月21日",
            "昭和54年9月21日",
            "民國68年",
            "21 กันยายน พ.ศ. 2522",
            "5 listopada 1979",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn reads_birth_dates_in_the_calendars_of_papers() {
        let both = ["Solar Hijri 1979-09-21", "Hijri 1939-08-17"];
        let solar = ["Solar Hijri 1979-09-21"];
        let year = ["Solar Hijri 1979-03-21 to 1980-03-20", "Hijri 1939-02-21 to 1940-02-09"];
        let thai = ["Buddhist 1979-09-21"];
        let rows: &[(&str, &[&str])] = &[
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
            ("1342-1347", &["Solar Hijri 1963-03-21 to 1969-03-20", "Hijri 1923-08-14 to 1929-06-08"]),
            // The article, and other spellings.
            ("27 Dhu al-Qa'da 1398", &["Hijri 1978-10-29"]),
            ("27 Dhū al-Qaʿda 1398", &[]),
            ("27 Dhu al-Qaʿda 1398", &["Hijri 1978-10-29"]),
            ("27 Zul-Qa’dah 1398 AH", &["Hijri 1978-10-29"]),
            ("Dhul Hijjah 1398", &["Hijri 1978-11-02 to 1978-12-01"]),
            ("1 Thul-Hijjah 1398", &["Hijri 1978-11-02"]),
            ("Jumada II 1400 AH", &["Hijri 1980-04-17 to 1980-05-15"]),
            ("27 ذو القعدة 1398 هـ", &["Hijri 1978-10-29"]),
            ("۲۷ ذی‌القعدهٔ ۱۳۹۸", &["Hijri 1978-10-29"]),
            ("1 ذوالحجه 1398", &["Hijri 1978-11-02"]),
            ("1 جمادى الآخر 1400", &["Hijri 1980-04-17"]),
            ("1 ربيع أول 1400", &["Hijri 1980-01-19"]),
            ("1 محرم الحرام 1400", &["Hijri 1979-11-21"]),
            ("1 المحرم 1400", &["Hijri 1979-11-21"]),
            // Thailand's years.
            ("21 กันยายน 2522", &thai),
            ("๒๑ กันยายน พ.ศ. ๒๕๒๒", &thai),
            ("วันที่ 21 เดือนกันยายน พ.ศ. 2522", &thai),
            ("30 شهریورماه 1358", &solar),
            ("วันที่ 21 เดือน กันยายน พ.ศ. 2522", &thai),
            ("21 ก.ย. 2522", &thai),
            ("21 Sep 2522", &thai),
            ("21 September 2522 BE", &thai),
            ("21/09/2522", &thai),
            ("09/21/2522", &thai),
            ("25220921", &thai),
            ("2522-09", &["Buddhist 1979-09"]),
            ("2522", &["Buddhist 1979"]),
            ("circa 2522", &["Buddhist circa 1979"]),
            ("2506-2511", &["Buddhist 1963-01-01 to 1968-12-31"]),
            ("21 Sep 2522 AD", &["Gregorian 2522-09-21"]),
            ("2600", &["Gregorian 2600"]),
            ("29/02/2522", &[]),
            // Years of eras.
            ("民國68年9月21日", &["Minguo 1979-09-21"]),
            ("中華民國68年9月", &["Minguo 1979-09"]),
            ("民國 元年", &["Minguo 1912"]),
            ("昭和54年9月21日", &["Japanese 1979-09-21"]),
            ("昭和５４年９月", &["Japanese 1979-09"]),
            ("昭和64年", &["Japanese 1989"]),
            ("昭和65年", &[]),
            ("令和元年5月1日", &["Japanese 2019-05-01"]),
            ("明治45年1月2日", &["Japanese 1912-01-02"]),
            ("1979年9月21日", &["Gregorian 1979-09-21"]),
            // A month's name in two languages.
            ("5 listopada 1979", &["Gregorian 1979-10-05", "Gregorian 1979-11-05"]),
            ("31. listopada 1979.", &["Gregorian 1979-10-31"]),
            ("circa Listopad 1979", &["Gregorian circa 1979-10", "Gregorian circa 1979-11"]),
            ("21 Sep 1979", &["Gregorian 1979-09-21"]),
            ("31/02/1960", &[]),
        ];
        for (text, expected) in rows {
            let readings = PartialDate::readings(text);
            let shown: Vec<_> =
                readings.iter().map(|r| format!("{} {}", r.calendar.name(), r.date)).collect();
            assert_eq!(shown, *expected, "{text}");
        }
    }

    proptest! {
        /// No text makes a reader panic, and a reading has its first day no later than its last.
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9۰-۹٠-٩/. -]{0,12}( ?(to|AH|ش|Mehr|رمضان|[a-zé]{0,9}) ?[0-9]{0,8}){0,2}|\\PC{0,24}|((between|from|and|to|昭和|民國|元|年|月|日|년|월|일|พ.ศ.|ก.ย.|listopada|er|[0-9０-９๐-๙]{1,4}) ?){0,8}") {
            for reading in PartialDate::readings(&text) {
                prop_assert!(reading.date.first() <= reading.date.last());
            }
            let _ = PartialDate::parse(&text);
        }

        /// Nor do control characters, or a text longer than any date.
        #[test]
        fn any_string_is_read_or_refused(text in any::<String>(), times in 1_usize..40) {
            let _ = (PartialDate::parse(&text), PartialDate::readings(&text));
            let long = format!("circa from {text} to ").repeat(times);
            prop_assert_eq!(PartialDate::readings(&long), []);
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
