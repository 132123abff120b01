//! The calendars that birth dates are written in, and the names of their months (`data/calendars.tsv`).

use std::sync::LazyLock;

use icu_calendar::cal::hijri::{TabularAlgorithm, TabularAlgorithmEpoch, TabularAlgorithmLeapYears};
use icu_calendar::cal::{Hijri, Iso, Persian};
use icu_calendar::{AsCalendar, types::Month};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

const TABLE: &str = include_str!("../data/calendars.tsv");

/// A calendar that a date is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Calendar {
    /// The calendar of lists, and of most papers.
    Gregorian,
    /// The solar calendar of Iran and Afghanistan, whose year begins in March; 1400 began in 2021.
    SolarHijri,
    /// The lunar calendar of the Muslim world; 1400 began in 1979. Its months begin where the moon is sighted, so a
    /// date of a paper may lie a day from the tabular one (the civil tables, ICU's `islamic-civil`) that we give.
    LunarHijri,
    /// Thailand's: the months and days of the Gregorian calendar, the year 543 more; 2522 was 1979. Until 1940 the Thai
    /// year began in April, so January to March of a year up to 2482 may be of the year after the one that we give.
    Buddhist,
    /// Taiwan's: the months and days of the Gregorian calendar, years counted from 1912, the first of the Republic.
    Minguo,
    /// Japan's: the months and days of the Gregorian calendar, years counted from the first of an emperor's era, Meiji
    /// to Reiwa. A year in which an era ended has two names, and either is taken for the whole of it.
    Japanese,
}

/// Which month a name means that two languages give to different months: `listopad` is October in Croatian, November
/// in Polish and Czech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// Only names with one meaning are read.
    Sure,
    /// The earlier of the two months.
    Earlier,
    /// The later of the two.
    Later,
}

/// A date as written, before a calendar gives it a meaning. A month or a day that is not given is 0. Where a calendar
/// differs from the Gregorian one in its years only, the year is the Gregorian one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) year: i16,
    pub(crate) month: i8,
    pub(crate) day: i8,
}

impl Calendar {
    /// What to call it: "Gregorian", "Solar Hijri", "Hijri", "Buddhist", "Minguo", "Japanese".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gregorian => "Gregorian",
            Self::SolarHijri => "Solar Hijri",
            Self::LunarHijri => "Hijri",
            Self::Buddhist => "Buddhist",
            Self::Minguo => "Minguo",
            Self::Japanese => "Japanese",
        }
    }

    /// Whether its months and days are those of the Gregorian calendar.
    pub(crate) fn has_gregorian_months(self) -> bool {
        !matches!(self, Self::SolarHijri | Self::LunarHijri)
    }

    /// The first and last day, in the Gregorian calendar, that a date written in this one can mean. `None` where the
    /// calendar has no such day, month or year. No calendar has a year 0 here: in files it means "unknown".
    pub(crate) fn days(self, written: Written) -> Option<(Date, Date)> {
        let Written { year, month, day } = written;
        if year < 1 || month < 0 || day < 0 || (month == 0 && day > 0) {
            return None;
        }
        match self {
            Self::Gregorian | Self::Buddhist | Self::Minguo | Self::Japanese => {
                let first = Date::new(year, month.max(1), day.max(1)).ok()?;
                Some((first, if month == 0 { first.last_of_year() } else { last(first, day) }))
            }
            Self::SolarHijri => converted(Persian, written),
            Self::LunarHijri => {
                let rules =
                    TabularAlgorithm::new(TabularAlgorithmLeapYears::TypeII, TabularAlgorithmEpoch::Friday);
                // A month that has 29 days in the tables may have had 30 by the moon.
                converted(Hijri(rules), written).or_else(|| {
                    let (eve, _) = converted(Hijri(rules), Written { day: 29, ..written })?;
                    let day = eve.tomorrow().ok().filter(|_| written.day == 30)?;
                    Some((day, day))
                })
            }
        }
    }
}

fn last(first: Date, day: i8) -> Date {
    if day == 0 { first.last_of_month() } else { first }
}

fn converted(calendar: impl AsCalendar + Copy, written: Written) -> Option<(Date, Date)> {
    let date = |month: u8, day: u8| {
        let month = Month::new(month);
        icu_calendar::Date::try_new(i32::from(written.year).into(), month, day, calendar).ok()
    };
    let (month, day) = (u8::try_from(written.month).ok()?, u8::try_from(written.day).ok()?);
    let from = date(month.max(1), day.max(1))?;
    let to = match (month, day) {
        (0, _) => {
            let months = from.months_in_year();
            date(months, date(months, 1)?.days_in_month())?
        }
        (_, 0) => date(month, from.days_in_month())?,
        _ => from,
    };
    let gregorian = |date: icu_calendar::Date<_>| {
        let iso = icu_calendar::Date::to_calendar(&date, Iso);
        let (month, day) = (iso.month().number(), iso.day_of_month().0);
        Date::new(iso.year().extended_year().try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
            .ok()
    };
    Some((gregorian(from)?, gregorian(to)?))
}

/// What a word beside the numbers of a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The calendars that it leaves possible.
    calendars: &'static [Calendar],
    /// The months that it names, in order: 0 and 0 if none, one month twice if only one.
    months: [i8; 2],
}

impl Word {
    /// The meaning of letters that [`fold`] has made ready; `None` where the table does not know them.
    pub(crate) fn find(folded: &str) -> Option<Self> {
        // The word "month", which Thai and Persian write together with the name: เดือนกันยายน, شهریورماه.
        let name = || folded.strip_prefix("เดือน").or_else(|| folded.strip_suffix("ماه"));
        WORDS.get(folded).or_else(|| WORDS.get(name()?).filter(|word| word.months != [0, 0])).copied()
    }

    /// Whether a date with this word can be of that calendar.
    pub(crate) fn fits(self, calendar: Calendar) -> bool {
        self.calendars.contains(&calendar)
    }

    /// The month that it names, 0 if it names none; `None` where it may be either of two and nothing says which.
    pub(crate) fn month(self, sense: Sense) -> Option<i8> {
        let [earlier, later] = self.months;
        match sense {
            Sense::Sure => (earlier == later).then_some(earlier),
            Sense::Earlier => Some(earlier),
            Sense::Later => Some(later),
        }
    }
}

/// Years counted from the first of an era, whose name stands before the number: 昭和54年.
pub(crate) struct Era {
    pub(crate) calendar: Calendar,
    /// The Gregorian year of its year 1.
    pub(crate) first: i16,
    /// The Gregorian year of its last one.
    pub(crate) last: i16,
    names: &'static str,
}

impl Era {
    /// The era of a calendar whose name a text begins with, and what follows the name.
    pub(crate) fn strip(text: &str, calendar: Calendar) -> Option<(&'static Self, &str)> {
        ERAS.iter().filter(|era| era.calendar == calendar).find_map(|era| {
            era.names.split(';').find_map(|name| text.strip_prefix(name)).map(|rest| (era, rest))
        })
    }
}

static WORDS: LazyLock<FxHashMap<String, Word>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (word, names) in words_of_table() {
        for name in names.split(';') {
            words.entry(fold(&name.to_lowercase())).or_insert(word);
        }
    }
    words
});

static ERAS: LazyLock<Vec<Era>> = LazyLock::new(|| {
    let era = |[calendar, years, names]: [&'static str; 3]| {
        let (first, last) = years.split_once('-')?;
        let calendar = match calendar {
            "gregorian" => Calendar::Gregorian,
            "minguo" => Calendar::Minguo,
            "japanese" => Calendar::Japanese,
            _ => return None,
        };
        Some(Era { calendar, first: first.parse().ok()?, last: last.parse().ok()?, names })
    };
    rows().filter_map(era).collect()
});

fn words_of_table() -> impl Iterator<Item = (Word, &'static str)> {
    use Calendar::{Buddhist, Gregorian, LunarHijri, SolarHijri};
    rows().filter_map(|[calendar, months, names]| {
        let (earlier, later) = months.split_once('/').unwrap_or((months, months));
        let months = [earlier.parse().ok()?, later.parse().ok()?];
        let calendars: &[Calendar] = match calendar {
            // The Thai months are the Gregorian ones; only a word for the era tells the years apart.
            "gregorian" if months != [0, 0] => &[Gregorian, Buddhist],
            "gregorian" => &[Gregorian],
            "solar" => &[SolarHijri],
            "lunar" => &[LunarHijri],
            "hijri" => &[SolarHijri, LunarHijri],
            "buddhist" => &[Buddhist],
            "-" => &[Gregorian, SolarHijri, LunarHijri, Buddhist],
            _ => return None,
        };
        Some((Word { calendars, months }, names))
    })
}

fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    TABLE.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?])
    })
}

/// The letters of a small-letter text, the Arabic and Persian forms of one letter taken for one, vowel marks and the
/// half rings and apostrophes of transliterations left out.
pub(crate) fn fold(lower: &str) -> String {
    let letter = |c: char| match c {
        'ي' | 'ى' | 'ئ' => Some('ی'),
        'ك' => Some('ک'),
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ة' => Some('ه'),
        'ؤ' => Some('و'),
        '\u{2bb}'..='\u{2bf}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => None,
        c => c.is_alphabetic().then_some(c),
    };
    lower.chars().filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_calendar_names_its_twelve_months_and_no_name_twice() {
        let mut seen: FxHashMap<String, Word> = FxHashMap::default();
        for (word, names) in words_of_table() {
            for name in names.split(';') {
                let folded = fold(&name.to_lowercase());
                assert!(!folded.is_empty(), "{names}");
                assert_eq!(seen.insert(folded, word), None, "{name} stands twice");
            }
        }
        for calendar in [Calendar::Gregorian, Calendar::SolarHijri, Calendar::LunarHijri] {
            let months: Vec<i8> = words_of_table()
                .filter(|(w, _)| w.calendars.first() == Some(&calendar))
                .filter_map(|(w, _)| w.month(Sense::Sure).filter(|&month| month > 0))
                .collect();
            assert_eq!(months, (1..=12).collect::<Vec<_>>(), "{}", calendar.name());
        }
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        assert_eq!(words_of_table().count() + ERAS.len(), rows().count());
        let japan: Vec<&Era> = ERAS.iter().filter(|era| era.calendar == Calendar::Japanese).collect();
        assert_eq!(japan.len(), 5);
        for (era, next) in japan.iter().zip(&japan[1..]) {
            assert_eq!(era.last, next.first, "{} ends in the year in which {} begins", era.names, next.names);
        }
    }

    #[test]
    fn days_of_the_hijri_calendars() {
        // Known days: Nowruz 1358 and 1400, the leap day of 1399, the first of Muharram 1400 (20 November 1979 is its
        // first day, when the Grand Mosque was seized; the civil tables agree with one day's difference).
        let rows = [
            (Calendar::SolarHijri, (1358, 1, 1), "1979-03-21 1979-03-21"),
            (Calendar::SolarHijri, (1358, 6, 30), "1979-09-21 1979-09-21"),
            (Calendar::SolarHijri, (1399, 12, 30), "2021-03-20 2021-03-20"),
            (Calendar::SolarHijri, (1358, 0, 0), "1979-03-21 1980-03-20"),
            (Calendar::SolarHijri, (1358, 6, 0), "1979-08-23 1979-09-22"),
            (Calendar::LunarHijri, (1400, 1, 1), "1979-11-21 1979-11-21"),
            (Calendar::LunarHijri, (1400, 2, 30), "1980-01-19 1980-01-19"),
            (Calendar::LunarHijri, (1400, 0, 0), "1979-11-21 1980-11-08"),
            (Calendar::LunarHijri, (1400, 9, 0), "1980-07-14 1980-08-12"),
        ];
        for (calendar, (year, month, day), expected) in rows {
            let days = calendar.days(Written { year, month, day }).map(|(a, b)| format!("{a} {b}"));
            assert_eq!(days.as_deref(), Some(expected), "{calendar:?} {year}-{month}-{day}");
        }
        for (calendar, year, month, day) in [
            (Calendar::SolarHijri, 1359, 12, 30),
            (Calendar::SolarHijri, 1358, 7, 31),
            (Calendar::LunarHijri, 1400, 2, 31),
            (Calendar::LunarHijri, 1400, 13, 1),
            (Calendar::SolarHijri, 1358, 0, 5),
            (Calendar::SolarHijri, 0, 0, 0),
            (Calendar::SolarHijri, 9999, 1, 1),
            (Calendar::Gregorian, 1960, 2, 31),
        ] {
            assert_eq!(
                calendar.days(Written { year, month, day }),
                None,
                "{calendar:?} {year}-{month}-{day}"
            );
        }
    }
}
