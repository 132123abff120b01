//! Times as logs write them.

/// Seconds since 1970 of a day and time of our calendar. `None` where there is no such day or hour.
fn seconds(year: i64, month: i64, day: i64, clock: [i64; 3], offset: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let [hour, minute, second] = clock;
    let known = (1..=days).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !known {
        return None;
    }
    // Days since 1970 by eras of 400 years that begin in March.
    let (y, m) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, of_era) = (y.div_euclid(400), y.rem_euclid(400));
    let of_year = (153 * m + 2) / 5 + day - 1;
    let since = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(since * 86_400 + hour * 3600 + minute * 60 + second - offset)
}

fn number(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

/// `12:34:56`.
fn clock(text: &[u8]) -> Option<[i64; 3]> {
    if text.len() < 8 || text[2] != b':' || text[5] != b':' {
        return None;
    }
    Some([number(&text[..2])?, number(&text[3..5])?, number(&text[6..8])?])
}

/// `+0200`, `-05:30`, `Z`, or nothing: seconds east of Greenwich.
fn offset(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [] | [b'Z' | b'z'] => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.len() {
        2 => (digits, &b"00"[..]),
        4 => digits.split_at(2),
        5 if digits[2] == b':' => (&digits[..2], &digits[3..]),
        _ => return None,
    };
    Some(sign * (number(hours)? * 3600 + number(minutes)? * 60))
}

/// `17/Oct/2020:08:00:00 +0000`, as Apache and nginx write.
pub(crate) fn apache(text: &[u8]) -> Option<i64> {
    if text.len() < 20 || text[2] != b'/' || text[6] != b'/' || text[11] != b':' {
        return None;
    }
    let month = match &text[3..6] {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    };
    let zone = offset(text[20..].trim_ascii())?;
    seconds(number(&text[7..11])?, month, number(&text[..2])?, clock(&text[12..20])?, zone)
}

/// `2020-10-17` and `08:00:00`, as IIS writes, in UTC.
pub(crate) fn iis(day: &[u8], time: &[u8]) -> Option<i64> {
    if day.len() != 10 || day[4] != b'-' || day[7] != b'-' {
        return None;
    }
    seconds(number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?, clock(time)?, 0)
}

/// What JSON logs write: ISO 8601, Apache's form, seconds, milliseconds or microseconds since 1970.
pub(crate) fn any(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii();
    if text.len() >= 19 && matches!(text[10], b'T' | b't' | b' ') {
        let rest = &text[19..];
        let zone = match rest.first() {
            // Fractions of a second.
            Some(b'.' | b',') => {
                let digits = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
                &rest[1 + digits..]
            }
            _ => rest,
        };
        return Some(iis(&text[..10], &text[11..19])? - offset(zone.trim_ascii())?);
    }
    if text.first().is_some_and(u8::is_ascii_digit) && !text.contains(&b'/') {
        let whole = text.split(|b| *b == b'.').next().unwrap_or_default();
        let digits: Option<i64> = std::str::from_utf8(whole).ok()?.parse().ok();
        return digits.map(epoch);
    }
    apache(text.strip_prefix(b"[").and_then(|t| t.strip_suffix(b"]")).unwrap_or(text))
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size: no log is of the year 5138.
pub(crate) fn epoch(n: i64) -> i64 {
    const YEAR_5138: i64 = 100_000_000_000;
    let units = [1, 1000, 1_000_000];
    units.into_iter().map(|unit| n / unit).find(|n| *n < YEAR_5138).unwrap_or(n / 1_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        for (text, expected) in [
            ("17/Oct/2020:08:00:00 +0000", Some(1_602_921_600)),
            ("17/Oct/2020:10:00:00 +0200", Some(1_602_921_600)),
            ("2020-10-17T08:00:00Z", Some(1_602_921_600)),
            ("2020-10-17T03:00:00.123456-05:00", Some(1_602_921_600)),
            ("2020-10-17 08:00:00", Some(1_602_921_600)),
            ("1602921600", Some(1_602_921_600)),
            ("1602921600.5", Some(1_602_921_600)),
            ("1602921600123", Some(1_602_921_600)),
            ("29/Feb/2020:00:00:00 +0000", Some(1_582_934_400)),
            ("29/Feb/2021:00:00:00 +0000", None),
            ("17/Okt/2020:08:00:00 +0000", None),
            ("17/Oct/2020:25:00:00 +0000", None),
            ("31/Dec/1969:23:59:59 +0000", Some(-1)),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(any(text.as_bytes()), expected, "{text}");
        }
    }
}
