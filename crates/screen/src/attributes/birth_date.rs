//! Birth dates: how well two agree, and how far apart they are.

use model::{Calendar, PartialDate, Precision};
use names::log2_millibits;

use super::prices::{Price, prices};
use super::{Attribute, attribute};
use crate::profile::{BirthDate, Profile};

/// "Circa" is read as two years either way.
const CIRCA: i16 = 2;

/// Years apart up to which a birth date contradicts little: ages that were guessed.
const FEW_YEARS: i16 = 4;

/// Years apart from which two dates are of two generations.
const GENERATION: i16 = 15;

/// The day from which computers count: what many programs make of no date, so that a customer who has it contradicts
/// nobody.
const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

/// Days up to which an interval is one month of some calendar.
const MONTH: i32 = 31;

/// What two dates say.
struct Verdict {
    kind: &'static str,
    price: Price,
    tolerated: bool,
}

/// The best pair of dates: a birth date contradicts only if all listed ones do, within their precision.
pub(super) fn birth_date(query: &Profile, entity: &Profile, tolerance: u8) -> Option<Attribute> {
    let pairs = query.birth_dates.iter().flat_map(|q| entity.birth_dates.iter().map(move |e| (q, e)));
    let mut best: Option<(Verdict, &BirthDate, &BirthDate)> = None;
    for (q, e) in pairs {
        let verdict = compare(q, e, i16::from(tolerance));
        if best.as_ref().is_none_or(|(known, ..)| verdict.price.bits > known.price.bits) {
            best = Some((verdict, q, e));
        }
    }
    let (verdict, q, e) = best?;
    let mut row = attribute("birthDate", verdict.kind, verdict.price, q.shown(), e.shown());
    let mut notes: Vec<String> = Vec::new();
    notes.extend([q, e].into_iter().filter_map(BirthDate::converted));
    notes.extend(verdict.tolerated.then(|| format!("within the policy's {tolerance} years")));
    row.note = (!notes.is_empty()).then(|| notes.join("; "));
    Some(row)
}

fn compare(q: &BirthDate, e: &BirthDate, tolerance: i16) -> Verdict {
    let p = prices();
    let verdict = |kind, price| Verdict { kind, price, tolerated: false };
    let (a, b) = (&q.date, &e.date);
    let days = [a, b].iter().all(|date| date.precision() == Precision::Day && !is_guessed(date));
    // A tabular lunar date may lie a day from the one that was seen: the new moon decides.
    let lunar = q.calendar == Calendar::LunarHijri || e.calendar == Calendar::LunarHijri;
    if days {
        let apart = days_apart(a, b);
        if apart == 0 || (lunar && apart == 1) {
            return verdict("agree", p.birth_date_agree);
        }
        if let Some((kind, price)) = slip(a, b, apart) {
            return verdict(kind, price);
        }
    } else if fit(a, b) {
        let longest = open_days(a).max(open_days(b));
        if longest <= MONTH {
            return verdict("month", p.birth_date_month);
        }
        let years = (longest as u32).div_ceil(366);
        let left = (p.birth_date_year.bits - log2_millibits(years)).max(0);
        return verdict("year", Price { bits: left, gain: left, stake: left });
    }
    let apart = years_apart(a, b);
    let one_year = |date: &PartialDate| date.first().year() == date.last().year();
    if apart == 0 && one_year(a) && one_year(b) {
        return verdict("same_year", p.birth_date_same_year);
    }
    if apart > 0 && apart <= tolerance {
        return Verdict { kind: "near", price: p.birth_date_near, tolerated: true };
    }
    let guessed = is_guessed(a) || is_guessed(b);
    if (!days && apart <= 1) || (guessed && apart <= CIRCA) {
        return verdict("near", p.birth_date_near);
    }
    if (a.first(), a.last()) == (EPOCH, EPOCH) {
        return verdict("near", p.birth_date_near);
    }
    let price = match apart {
        GENERATION.. => p.birth_date_conflict_generation,
        apart if apart > FEW_YEARS => p.birth_date_conflict,
        _ => p.birth_date_conflict_few,
    };
    verdict("conflict", price)
}

/// Registers that know only a year write the first of January.
fn is_placeholder(date: &PartialDate) -> bool {
    date.precision() == Precision::Day && (date.first().month(), date.first().day()) == (1, 1)
}

/// Whether no more than the year is known, and perhaps not that.
fn is_guessed(date: &PartialDate) -> bool {
    date.is_circa() || is_placeholder(date)
}

/// Whether two dates can be one day, as far as they are known: of a guessed one its year counts.
fn fit(a: &PartialDate, b: &PartialDate) -> bool {
    if is_guessed(a) || is_guessed(b) { years_apart(a, b) == 0 } else { a.overlaps(b) }
}

/// Days that a date leaves open. "Circa" leaves some years.
fn open_days(date: &PartialDate) -> i32 {
    let circa = if date.is_circa() { 2 * i32::from(CIRCA) * 365 } else { 0 };
    circa + if is_placeholder(date) { 365 } else { days_long(date) }
}

fn days_long(date: &PartialDate) -> i32 {
    days_between(date.first(), date.last()) + 1
}

fn days_between(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    // Days of the era are small; a difference of two civil dates never fails.
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn days_apart(a: &PartialDate, b: &PartialDate) -> i32 {
    days_between(a.first(), b.first()).abs()
}

/// How far the nearest days of two dates lie apart, in calendar years.
fn years_apart(a: &PartialDate, b: &PartialDate) -> i16 {
    (a.first().year() - b.last().year()).max(b.first().year() - a.last().year()).max(0)
}

/// A slip of the pen between two days: which, and its price. The likelier explanation comes first.
fn slip(a: &PartialDate, b: &PartialDate, apart: i32) -> Option<(&'static str, Price)> {
    let (a, b) = (a.first(), b.first());
    if a.year() == b.year() && a.month() == b.day() && a.day() == b.month() {
        return Some(("swapped", prices().birth_date_swapped));
    }
    let one_month = a.year() == b.year() && a.day() == b.day() && (a.month() - b.month()).abs() == 1;
    let one_year = (a.month(), a.day()) == (b.month(), b.day()) && (a.year() - b.year()).abs() == 1;
    if apart == 1 || one_month || one_year {
        return Some(("off_by_one", prices().birth_date_off_by_one));
    }
    let parts = [
        (format!("{:04}", a.year()), format!("{:04}", b.year())),
        (format!("{:02}", a.month()), format!("{:02}", b.month())),
        (format!("{:02}", a.day()), format!("{:02}", b.day())),
    ];
    let mut differing = parts.iter().filter(|(x, y)| x != y);
    let (x, y) = differing.next()?;
    if differing.next().is_some() {
        return None;
    }
    if transposed(x.as_bytes(), y.as_bytes()) {
        return Some(("transposed", prices().birth_date_transposed));
    }
    // One digit of a day or a month is seldom told from another day of the year.
    let one_digit = x.len() == 4 && x.bytes().zip(y.bytes()).filter(|(x, y)| x != y).count() == 1;
    one_digit.then_some(("one_digit", prices().birth_date_one_digit))
}

/// Whether two neighbouring digits, and nothing else, have changed places.
fn transposed(a: &[u8], b: &[u8]) -> bool {
    let differ: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
    matches!(differ[..], [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i])
}
