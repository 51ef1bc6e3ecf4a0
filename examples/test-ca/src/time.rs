//! UTCTime and GeneralizedTime of RFC 5280 4.1.2.5 from Unix seconds.

use crate::der_writer::tlv;

pub(crate) const DAY_S: i64 = 86_400;

/// `Time`: UTCTime from 1950 to 2049, else GeneralizedTime.
pub(crate) fn time(unix_s: i64) -> Vec<u8> {
    let text = generalized_text(unix_s);
    let year: u32 = text[..4].parse().expect("four digits");
    if (1950..2050).contains(&year) { tlv(0x17, &text.as_bytes()[2..]) } else { tlv(0x18, text.as_bytes()) }
}

pub(crate) fn generalized(unix_s: i64) -> Vec<u8> {
    tlv(0x18, generalized_text(unix_s).as_bytes())
}

fn generalized_text(unix_s: i64) -> String {
    // Beyond the years that four digits can name there is only the last second (RFC 5280 4.1.2.5).
    let unix_s = unix_s.clamp(-62_135_596_800, 253_402_300_799);
    let (year, month, day) = civil(unix_s.div_euclid(DAY_S));
    let second = unix_s.rem_euclid(DAY_S);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
}

/// Year, month and day of a day count since 1970-01-01; years begin in March so that leap days come last.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = (month + 2) % 12 + 1;
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        assert_eq!(time(0), b"\x17\x0d700101000000Z");
        assert_eq!(time(1_709_208_000), b"\x17\x0d240229120000Z");
        assert_eq!(time(2_524_607_999), b"\x17\x0d491231235959Z");
        assert_eq!(time(2_524_608_000), b"\x18\x0f20500101000000Z");
        assert_eq!(generalized(-1), b"\x18\x0f19691231235959Z");
        assert_eq!(time(i64::MAX), b"\x18\x0f99991231235959Z");
    }
}
