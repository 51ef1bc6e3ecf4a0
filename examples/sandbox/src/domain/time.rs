//! Times as they are written: RFC 3339 with Türkiye's offset, `2020-06-23T10:19:44+03:00`.

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

use crate::clock::UnixMs;

/// Whole seconds, offset `+03:00`.
pub(crate) fn rfc3339(at: UnixMs) -> String {
    zoned(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// Seconds left until a time, rounded up so that none left means over.
pub(crate) fn seconds_left(until: UnixMs, now: UnixMs) -> u32 {
    let left = until.saturating_sub(now).max(0);
    u32::try_from(left.saturating_add(999) / 1000).unwrap_or(u32::MAX)
}

fn zoned(at: UnixMs) -> jiff::Zoned {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX).to_zoned(TimeZone::fixed(offset(3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_with_turkiyes_offset() {
        assert_eq!(rfc3339(1_592_896_784_999), "2020-06-23T10:19:44+03:00");
    }

    #[test]
    fn a_part_of_a_second_counts() {
        assert_eq!(seconds_left(10_001, 10_000), 1);
        assert_eq!(seconds_left(10_000, 10_000), 0);
        assert_eq!(seconds_left(0, 10_000), 0);
        assert_eq!(seconds_left(160_000, 10_000), 150);
    }
}
