//! Times as the portal writes them: `23.06.2020 10:19:44`, in Türkiye's time.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};

/// Türkiye has had one offset without summer time since 2016.
const TURKIYE: Offset = Offset::constant(3);

/// Seconds since 1970 as date and time.
pub(crate) fn date_and_time(unix_s: i64) -> String {
    written(unix_s, "%d.%m.%Y %H:%M:%S")
}

/// Seconds since 1970 as a date.
pub(crate) fn date(unix_s: i64) -> String {
    written(unix_s, "%d.%m.%Y")
}

/// The seconds since 1970 of a time as in RFC 3339.
pub(crate) fn from_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// A time as in RFC 3339 as date and time; what is none stays as it is.
pub(crate) fn rewritten(text: &str) -> String {
    from_rfc3339(text).map_or_else(|| text.to_owned(), date_and_time)
}

/// A day as in RFC 3339 as the portal writes it; what is none stays as it is.
pub(crate) fn day(text: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), |day| day.strftime("%d.%m.%Y").to_string())
}

fn written(unix_s: i64, format: &str) -> String {
    match Timestamp::from_second(unix_s) {
        Ok(timestamp) => timestamp.to_zoned(TimeZone::fixed(TURKIYE)).strftime(format).to_string(),
        Err(_) => unix_s.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stand_in_the_portals_form() {
        assert_eq!(rewritten("2020-06-23T10:19:44+03:00"), "23.06.2020 10:19:44");
        assert_eq!(rewritten("2020-06-23T07:19:44Z"), "23.06.2020 10:19:44");
        assert_eq!(date_and_time(1_592_896_819), "23.06.2020 10:20:19");
        assert_eq!(date(1_592_859_600), "23.06.2020", "midnight in Türkiye");
        assert_eq!(rewritten("yarın"), "yarın");
        assert_eq!((day("2021-12-17"), day("yarın")), ("17.12.2021".into(), "yarın".into()));
        assert_eq!(date(i64::MAX), i64::MAX.to_string());
    }
}
