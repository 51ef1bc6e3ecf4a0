//! UTCTime and GeneralizedTime in the form that RFC 5652 11.3 and RFC 5280 4.1.2.5 allow: seconds, `Z`, no fraction.

use super::{Asn1Error, Tag, Tlv, Writer};

/// Seconds since 1970-01-01T00:00:00Z; negative before.
pub type UnixTime = i64;

/// Which of the two types a time was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeForm {
    /// UTCTime: two digits of the year, 1950 to 2049.
    Utc,
    /// GeneralizedTime: four digits of the year.
    Generalized,
}

impl TimeForm {
    /// The form that the standards demand for `time`; `None` outside the years 0 to 9999.
    pub fn required_for(time: UnixTime) -> Option<Self> {
        match time {
            UTC_TIME_FIRST..=UTC_TIME_LAST => Some(Self::Utc),
            YEAR_0..=YEAR_9999_LAST => Some(Self::Generalized),
            _ => None,
        }
    }
}

impl Tlv<'_> {
    /// Reads this value as `Time ::= CHOICE { utcTime, generalTime }`.
    pub fn time(&self) -> Result<(UnixTime, TimeForm), Asn1Error> {
        let invalid = Asn1Error::Value { tag: self.tag };
        let (year, rest, form) = match self.tag {
            Tag::UTC_TIME => {
                let (year, rest) = digits(self.value, 2).ok_or(invalid)?;
                (if year < 50 { 2000 + year } else { 1900 + year }, rest, TimeForm::Utc)
            }
            Tag::GENERALIZED_TIME => {
                let (year, rest) = digits(self.value, 4).ok_or(invalid)?;
                (year, rest, TimeForm::Generalized)
            }
            found => return Err(Asn1Error::UnexpectedTag { expected: Tag::UTC_TIME, found: Some(found) }),
        };
        let mut fields = [0; 5];
        let mut rest = rest;
        for field in &mut fields {
            (*field, rest) = digits(rest, 2).ok_or(invalid)?;
        }
        let [month, day, hour, minute, second] = fields;
        let in_range = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        if rest != b"Z" || !in_range {
            return Err(invalid);
        }
        let time = days_from_civil(year, month, day) * DAY_S + hour * 3600 + minute * 60 + second;
        Ok((time, form))
    }
}

impl Writer {
    /// Writes `time` in the form that its year demands; `None` outside the years 0 to 9999.
    pub fn time(&mut self, time: UnixTime) -> Option<()> {
        let form = TimeForm::required_for(time)?;
        let (year, month, day) = civil_from_days(time.div_euclid(DAY_S));
        let second = time.rem_euclid(DAY_S);
        let fields = [year / 100, year % 100, month, day, second / 3600, second / 60 % 60, second % 60];
        let mut text = [b'Z'; 15];
        for (pair, field) in text.chunks_exact_mut(2).zip(fields) {
            pair.copy_from_slice(&decimal(field));
        }
        match form {
            TimeForm::Utc => self.tlv(Tag::UTC_TIME, &text[2..]),
            TimeForm::Generalized => self.tlv(Tag::GENERALIZED_TIME, &text),
        }
        Some(())
    }
}

fn digits(input: &[u8], count: usize) -> Option<(i64, &[u8])> {
    let (digits, rest) = input.split_at_checked(count)?;
    let mut number = 0;
    for digit in digits {
        number = number * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    Some((number, rest))
}

fn decimal(field: i64) -> [u8; 2] {
    let digit = |value: i64| b'0' + u8::try_from(value).expect("one decimal digit");
    [digit(field / 10), digit(field % 10)]
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of the proleptic Gregorian calendar; years begin in March so that leap days come last.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * month_from_march + 2) / 5 + 1)
}

const DAY_S: i64 = 86_400;
const YEAR_0: i64 = days_from_civil(0, 1, 1) * DAY_S;
const YEAR_9999_LAST: i64 = days_from_civil(10_000, 1, 1) * DAY_S - 1;
const UTC_TIME_FIRST: i64 = days_from_civil(1950, 1, 1) * DAY_S;
const UTC_TIME_LAST: i64 = days_from_civil(2050, 1, 1) * DAY_S - 1;

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use super::*;

    fn written(time: UnixTime) -> Vec<u8> {
        let mut writer = Writer::with_capacity(17);
        writer.time(time).unwrap();
        writer.into_vec()
    }

    fn read(tag: u8, text: &str) -> Result<(UnixTime, TimeForm), Asn1Error> {
        let mut octets = vec![tag, u8::try_from(text.len()).unwrap()];
        octets.extend_from_slice(text.as_bytes());
        Reader::der(&octets).any().unwrap().time()
    }

    #[test]
    fn utc_time_from_1950_to_2049_else_generalized() {
        assert_eq!(written(0), b"\x17\x0d700101000000Z");
        assert_eq!(written(1_592_896_819), b"\x17\x0d200623072019Z");
        assert_eq!(written(-631_152_000), b"\x17\x0d500101000000Z");
        assert_eq!(written(-631_152_001), b"\x18\x0f19491231235959Z");
        assert_eq!(written(2_524_607_999), b"\x17\x0d491231235959Z");
        assert_eq!(written(2_524_608_000), b"\x18\x0f20500101000000Z");
        assert_eq!(Writer::with_capacity(0).time(i64::MAX), None);
    }

    #[test]
    fn reads_back_what_it_writes() {
        for time in (-60_000_000_000..250_000_000_000).step_by(86_400_001) {
            let octets = written(time);
            assert_eq!(Reader::der(&octets).any().unwrap().time().unwrap().0, time);
        }
    }

    #[test]
    fn refuses_what_the_profiles_forbid() {
        for text in [
            "2001010000Z",
            "200101000000+0300",
            "200101000000",
            "200230000000Z",
            "201301000000Z",
            "20010124000Z",
        ] {
            assert!(read(0x17, text).is_err(), "{text}");
        }
        for text in ["20200101000000.5Z", "20210229000000Z", "2020010100000-Z"] {
            assert!(read(0x18, text).is_err(), "{text}");
        }
        assert_eq!(read(0x18, "20200229000000Z").unwrap(), (1_582_934_400, TimeForm::Generalized));
    }
}
