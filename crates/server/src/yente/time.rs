//! Moments as yente writes them.

use std::time::SystemTime;

/// A moment to the second in universal time, without a zone: `2026-01-31T12:00:00`.
pub(crate) fn iso(time: SystemTime) -> String {
    let seconds = time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let text = engine::time_to_string(i64::try_from(seconds).unwrap_or_default());
    text.trim_end_matches('Z').to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn to_the_second() {
        let moment = SystemTime::UNIX_EPOCH + Duration::from_millis(1_637_193_600_999);
        assert_eq!(iso(moment), "2021-11-18T00:00:00");
    }
}
