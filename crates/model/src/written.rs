//! The ways of writing a date: numbers in an order, or numbers with the name of a month and of an era.

use std::borrow::Cow;

use crate::Calendar;
use crate::calendar::{Word, Written, fold};
use crate::date::PLAUSIBLE_YEARS;

/// English months by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date's text in small letters and our digits, without marks of writing direction. Most of a list's dates are that
/// already, and cost nothing.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let small = !text.bytes().any(|b| b.is_ascii_uppercase());
        return if small { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_lowercase()) };
    }
    let one = |c: char| match c {
        // Arabic-Indic digits, and the Persian ones.
        '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(u32::from(c) - 0x6f0, 10),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        // The Arabic date separator.
        '\u{60d}' => Some('/'),
        '\u{2010}'..='\u{2015}' => Some('-'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    Cow::Owned(text.to_lowercase().chars().filter_map(one).collect())
}

impl Written {
    /// Reads a date that [`plain`] has made ready.
    pub(crate) fn read(text: &str, calendar: Calendar) -> Option<Self> {
        // The day of a time stamp: 1979-09-21T00:00:00.
        let day_part = text.split('t').next().filter(|day| day.len() == 10 && text.len() > 10);
        let mut parts = day_part.unwrap_or(text).split([' ', '-', '/', '.']).filter(|part| !part.is_empty());
        let mut four = [""; 4];
        for (slot, part) in four.iter_mut().zip(&mut parts) {
            *slot = part;
        }
        Self::ordered(four, calendar).or_else(|| Self::worded(text, calendar))
    }

    /// Up to three numbers; in Gregorian dates the month may be an English name. Parts not there are empty.
    fn ordered(parts: [&str; 4], calendar: Calendar) -> Option<Self> {
        let month = |part: &str| -> Option<i8> {
            let named =
                || MONTHS.iter().position(|m| part.len() >= 3 && part.starts_with(m)).map(|at| at as i8 + 1);
            number(part, 2).or_else(|| if calendar == Calendar::Gregorian { named() } else { None })
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

    /// Numbers with words of the table: `30 Shahrivar 1358`, `21 de septiembre de 1979`, `1358/06/30 هـ.ش`,
    /// `September 21, 1979`.
    fn worded(text: &str, calendar: Calendar) -> Option<Self> {
        if !text.chars().any(char::is_alphabetic) {
            return None;
        }
        let mut numbers: Vec<&str> = Vec::new();
        // Words that follow each other are one: Rabi al-Awwal, A.H.
        let mut words: Vec<String> = Vec::new();
        let mut in_word = false;
        for piece in text.split([' ', '-', '/', '.', ',', '،', '(', ')']) {
            let mut rest = piece;
            while !rest.is_empty() {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
                let (token, after) = rest.split_at(digits.max(letters));
                rest = after;
                if digits > 0 {
                    numbers.push(token);
                    in_word = false;
                    continue;
                }
                if token.chars().any(|c| c.is_ascii() && !c.is_ascii_alphabetic() && !"'`".contains(c)) {
                    return None;
                }
                let folded = fold(token);
                if Word::find(&folded).is_some_and(Word::is_filler) {
                    continue;
                }
                match words.last_mut().filter(|_| in_word) {
                    Some(word) => word.push_str(&folded),
                    None => words.push(folded),
                }
                in_word = true;
            }
        }
        let mut named = 0;
        for word in &words {
            let word = Word::find(word).filter(|word| word.fits(calendar))?;
            if word.month > 0 && std::mem::replace(&mut named, word.month) > 0 {
                return None;
            }
        }
        let part = |at: usize| numbers.get(at).copied().unwrap_or("");
        match numbers.len() {
            1..=3 if named == 0 => Self::ordered([part(0), part(1), part(2), ""], calendar),
            1 => Some(Self { year: year(part(0))?, month: named, day: 0 }),
            2 => {
                let (year, day) = match year(part(0)) {
                    Some(year) => (year, part(1)),
                    None => (year(part(1))?, part(0)),
                };
                Some(Self { year, month: named, day: number(day, 2)? })
            }
            _ => None,
        }
    }
}

fn number(part: &str, longest: usize) -> Option<i8> {
    let digits = !part.is_empty() && part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit());
    if digits { part.parse().ok() } else { None }
}

fn year(part: &str) -> Option<i16> {
    let digits = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    if digits { part.parse().ok() } else { None }
}
