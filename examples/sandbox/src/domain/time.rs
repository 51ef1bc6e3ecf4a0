//! Times as they are written: RFC 3339 with Türkiye's offset, `2020-06-23T10:19:44+03:00`.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

use crate::clock::UnixMs;

/// Whole seconds, offset `+03:00`.
pub(crate) fn rfc3339(at: UnixMs) -> String {
    zoned(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// As `Date` has it (RFC 9110, 5.6.7).
pub(crate) fn http_date(at: UnixMs) -> String {
    zoned(at).with_time_zone(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The day in Türkiye.
pub(crate) fn date_of(at: UnixMs) -> Date {
    zoned(at).date()
}

/// When a day begins in Türkiye.
pub(crate) fn start_of(day: Date) -> UnixMs {
    let start = day.to_zoned(TimeZone::fixed(offset(3)));
    start.map_or(UnixMs::MAX, |start| start.timestamp().as_millisecond())
}

/// Seconds left until a time, rounded up so that none left means over.
pub(crate) fn seconds_left(until: UnixMs, now: UnixMs) -> u32 {
    let left = until.saturating_sub(now).max(0);
    u32::try_from(left.saturating_add(999) / 1000).unwrap_or(u32::MAX)
}

/// In Türkiye.
pub(crate) fn zoned(at: UnixMs) -> jiff::Zoned {
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
    fn a_day_begins_at_midnight_in_turkiye() {
        let day = jiff::civil::date(2020, 6, 23);
        assert_eq!(rfc3339(start_of(day)), "2020-06-23T00:00:00+03:00");
        assert_eq!(date_of(start_of(day)), day);
        assert_eq!(date_of(start_of(day) - 1), jiff::civil::date(2020, 6, 22));
    }

    #[test]
    fn a_part_of_a_second_counts() {
        assert_eq!(seconds_left(10_001, 10_000), 1);
        assert_eq!(seconds_left(10_000, 10_000), 0);
        assert_eq!(seconds_left(0, 10_000), 0);
        assert_eq!(seconds_left(160_000, 10_000), 150);
    }
}
