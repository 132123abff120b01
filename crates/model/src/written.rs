//! The ways of writing a date: numbers in an order, or numbers with the name of a month and of an era.

use std::borrow::Cow;

use crate::Calendar;
use crate::calendar::{Era, Sense, Word, Written, fold};
use crate::date::{BUDDHIST_YEARS, PLAUSIBLE_YEARS};

/// English months by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date's text in small letters and our digits, without marks of writing direction. Most of a list's dates are that
/// already, and cost nothing.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let small = !text.bytes().any(|b| b.is_ascii_uppercase());
        let text = if small { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_lowercase()) };
        // The UK Sanctions List writes what it does not know as letters: `dd/mm/1957`, `dd/05/1957`.
        return match text.strip_prefix("dd/") {
            Some(rest) => Cow::Owned(format!("00/{}", rest.replacen("mm", "00", 1))),
            None => text,
        };
    }
    let one = |c: char| match c {
        // Arabic-Indic digits, and the Persian ones.
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10),
        // Thai digits, and the full-width ones of East Asian files.
        '\u{e50}'..='\u{e59}' => char::from_digit(u32::from(c) - 0xe50, 10),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(c) - 0xff10, 10),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        // The Arabic date separator, and the full-width one.
        '\u{60d}' | '\u{ff0f}' => Some('/'),
        // 1° maggio, as keyboards have it.
        '°' => Some('º'),
        '\u{2010}'..='\u{2015}' => Some('-'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    Cow::Owned(text.to_lowercase().chars().filter_map(one).collect())
}

impl Written {
    /// Reads a date that [`plain`] has made ready.
    pub(crate) fn read(text: &str, calendar: Calendar, sense: Sense) -> Option<Self> {
        let written = match calendar {
            Calendar::Minguo | Calendar::Japanese => return Self::counted(text, calendar),
            _ => Self::listed(text, calendar)
                .or_else(|| Self::counted(text, calendar))
                .or_else(|| Self::worded(text, calendar, sense))?,
        };
        match calendar {
            Calendar::Buddhist if !BUDDHIST_YEARS.contains(&written.year) => None,
            Calendar::Buddhist => Some(Self { year: written.year - 543, ..written }),
            _ => Some(written),
        }
    }

    /// Numbers with marks between, or an English month, as most lists have it.
    fn listed(text: &str, calendar: Calendar) -> Option<Self> {
        // The day of a time stamp: 1979-09-21T00:00:00.
        let day_part = text.split('t').next().filter(|day| day.len() == 10 && text.len() > 10);
        let mut parts = day_part.unwrap_or(text).split([' ', '-', '/', '.']).filter(|part| !part.is_empty());
        let mut four = [""; 4];
        for (slot, part) in four.iter_mut().zip(&mut parts) {
            *slot = part;
        }
        let written = Self::ordered(four, calendar)?;
        if written.month > 12 { written.month_first(text) } else { Some(written) }
    }

    /// `09/21/1979`, read day first, with day and month changed over: as it stood it was no date.
    fn month_first(self, text: &str) -> Option<Self> {
        let Self { year, month, day } = self;
        let slashed = text.bytes().all(|b| b.is_ascii_digit() || b == b'/');
        let year_last = text.rsplit('/').next().is_some_and(|last| last.len() == 4);
        (slashed && year_last && (1..=12).contains(&day)).then_some(Self { year, month: day, day: month })
    }

    /// Up to three numbers; in Gregorian dates the month may be an English name. Parts not there are empty.
    fn ordered(parts: [&str; 4], calendar: Calendar) -> Option<Self> {
        let month = |part: &str| -> Option<i8> {
            let named =
                || MONTHS.iter().position(|m| part.len() >= 3 && part.starts_with(m)).map(|at| at as i8 + 1);
            number(part, 2).or_else(|| if calendar.has_gregorian_months() { named() } else { None })
        };
        let (year, month, day) = match parts {
            [y, "", "", ""] if y.len() == 8 => return Self::compact(y, calendar),
            [y, "", "", ""] => (year(y)?, 0, 0),
            [a, b, "", ""] => match year(a) {
                Some(y) => (y, month(b)?, 0),
                None => (year(b)?, month(a)?, 0),
            },
            [a, b, c, ""] => match year(a) {
                Some(y) => (y, month(b)?, number(c, 2)?),
                None => (year(c)?, month(b)?, number(a, 2)?),
            },
            _ => return None,
        };
        Some(Self { year, month, day })
    }

    /// `19790921`: eight digits, which are a date only with the year of one.
    fn compact(digits: &str, calendar: Calendar) -> Option<Self> {
        let (y, rest) = digits.split_at_checked(4)?;
        let (m, d) = rest.split_at_checked(2)?;
        let written = Self { year: year(y)?, month: number(m, 2)?, day: number(d, 2)? };
        (calendar != Calendar::Gregorian || PLAUSIBLE_YEARS.contains(&written.year)).then_some(written)
    }

    /// Numbers, each with its unit behind it, and the era in front where the years are counted from one:
    /// `1961年12月2日`, `1966년 4월 2일`, `昭和54年9月21日`, `民國68年`.
    fn counted(text: &str, calendar: Calendar) -> Option<Self> {
        if text.is_ascii() || matches!(calendar, Calendar::SolarHijri | Calendar::LunarHijri) {
            return None;
        }
        let (era, rest) = match Era::strip(text, calendar) {
            Some((era, rest)) => (Some(era), rest.trim_start()),
            None => (None, text),
        };
        let counts = matches!(calendar, Calendar::Minguo | Calendar::Japanese);
        let (year, rest) = match era.filter(|_| counts) {
            Some(era) => {
                // The first year of an era has a name of its own.
                let (years, rest) = match rest.strip_prefix("元年") {
                    Some(rest) => ("1", rest),
                    None => unit(rest, &['年'])?,
                };
                let digits = (1..=3).contains(&years.len());
                let year = years.parse::<i16>().ok().filter(|&y| digits && y > 0)? + era.first - 1;
                (Some(year).filter(|&year| year <= era.last)?, rest)
            }
            None if counts => return None,
            None => {
                let (years, rest) = unit(rest, &['年', '년'])?;
                (year(years)?, rest)
            }
        };
        let (month, rest) = unit(rest, &['月', '월']).unwrap_or(("0", rest));
        let (day, rest) = unit(rest, &['日', '일', '號', '号']).unwrap_or(("0", rest));
        // "Born", as registers have it behind the date.
        let over = matches!(rest.trim(), "" | "生" | "生まれ" | "出生" | "생" | "출생");
        Some(Self { year, month: number(month, 2)?, day: number(day, 2)? }).filter(|_| over)
    }

    /// Numbers with words of the table: `30 Shahrivar 1358`, `21 de septiembre de 1979`, `1358/06/30 هـ.ش`,
    /// `September 21, 1979`, `1er août 1958`, `ngày 7 tháng 10 năm 1964`, `21 กันยายน พ.ศ. 2522`.
    fn worded(text: &str, calendar: Calendar, sense: Sense) -> Option<Self> {
        if !text.chars().any(char::is_alphabetic) {
            return None;
        }
        let mut numbers: Vec<&str> = Vec::new();
        let mut names = Names { calendar, sense, letters: String::new(), ends: Vec::new(), month: 0 };
        for piece in text.split([' ', '-', '/', '.', ',', '،', '(', ')']) {
            let mut rest = piece;
            while !rest.is_empty() {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
                let (token, after) = rest.split_at(digits.max(letters));
                rest = after;
                if digits > 0 {
                    names.settle()?;
                    numbers.push(token);
                    continue;
                }
                if token.chars().any(|c| c.is_ascii() && !c.is_ascii_alphabetic() && !"'`".contains(c)) {
                    return None;
                }
                names.letters.push_str(&fold(token));
                names.ends.push(names.letters.len());
            }
        }
        names.settle()?;
        let month = names.month;
        let part = |at: usize| numbers.get(at).copied().unwrap_or("");
        match numbers.len() {
            1..=3 if month == 0 => Self::ordered([part(0), part(1), part(2), ""], calendar),
            1 => Some(Self { year: year(part(0))?, month, day: 0 }),
            2 => {
                let (year, day) = match year(part(0)) {
                    Some(year) => (year, part(1)),
                    None => (year(part(1))?, part(0)),
                };
                Some(Self { year, month, day: number(day, 2)? })
            }
            _ => None,
        }
    }
}

/// The words between two numbers of a date, which may be several names (`กันยายน พ.ศ.`) or one (`Rabi al-Awwal`).
struct Names {
    calendar: Calendar,
    sense: Sense,
    /// The words since the last number, folded.
    letters: String,
    /// Where in `letters` each of them ends.
    ends: Vec<usize>,
    /// The month that all the words so far name; 0 if none.
    month: i8,
}

impl Names {
    /// Takes the words since the last number for the longest names that the table has; `None` where it does not have
    /// them, they do not fit the calendar, or they name a second month.
    fn settle(&mut self) -> Option<()> {
        if self.letters.is_empty() {
            // Signs that are no letters are no words either.
            return self.ends.is_empty().then_some(());
        }
        let mut at = 0;
        while at < self.letters.len() {
            let next = self.ends.partition_point(|&end| end <= at);
            // No name has more words.
            let longest = self.ends.len().min(next + 6);
            let (end, word) = self
                .ends
                .get(next..longest)?
                .iter()
                .rev()
                .find_map(|&end| Word::find(self.letters.get(at..end)?).map(|word| (end, word)))?;
            if !word.fits(self.calendar) {
                return None;
            }
            let month = word.month(self.sense)?;
            if month > 0 && std::mem::replace(&mut self.month, month) > 0 {
                return None;
            }
            at = end;
        }
        self.letters.clear();
        self.ends.clear();
        Some(())
    }
}

/// A number and, behind it, one of the marks: its digits and the rest.
fn unit<'t>(text: &'t str, marks: &[char]) -> Option<(&'t str, &'t str)> {
    let text = text.trim_start();
    let (digits, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
    Some((digits, rest.trim_start().strip_prefix(marks)?))
}

fn number(part: &str, longest: usize) -> Option<i8> {
    let digits = !part.is_empty() && part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit());
    if digits { part.parse().ok() } else { None }
}

fn year(part: &str) -> Option<i16> {
    let digits = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    if digits { part.parse().ok() } else { None }
}
