//! Times as they are typed: `90m`, `12h`, `7d`.

use std::time::Duration;

/// A time that is longer than none.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[number.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    let seconds = number.parse::<u64>().ok()?.checked_mul(unit)?;
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times() {
        for (text, seconds) in [
            ("30s", Some(30)),
            ("90m", Some(5400)),
            ("12h", Some(43_200)),
            ("7d", Some(604_800)),
            ("0h", None),
            ("7", None),
            ("h", None),
            ("7w", None),
            ("-1h", None),
            ("99999999999999999999d", None),
        ] {
            assert_eq!(parse(text).map(|time| time.as_secs()), seconds, "{text}");
        }
    }
}
