//! When a card may be made (TAL.01.16, Şekil 2): days of the calendar in, a day out.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// The kinds that revoke the person's certificates of the same institution (TAL.01.16, Şekil 2, c).
const REVOKING: [&str; 4] = ["lost_or_stolen", "hardware_fault", "identity_change", "pin_puk_lost"];
/// A renewal is made so many calendar months before the newest active certificate ends.
const RENEWAL_MONTHS: i64 = 2;

/// Whether the certificates of the same institution are revoked once the new one is made.
pub(crate) fn revokes_existing(reason: &str) -> bool {
    REVOKING.contains(&reason)
}

/// The first day of production for an order that waits for nothing else since `ready_on`.
///
/// A renewal waits until two calendar months before the newest active certificate ends; where that month has no such
/// day, its last day counts. Whoever comes from another institution does not wait: the certificate that ends is not the
/// one that is renewed. Every other kind is made at once.
pub(crate) fn earliest_on(
    reason: &str,
    institution_change: bool,
    ready_on: Date,
    newest_ends_on: Option<Date>,
) -> Date {
    match newest_ends_on {
        Some(end) if reason == "renewal" && !institution_change => {
            let opens = end.checked_sub(RENEWAL_MONTHS.months()).unwrap_or(end);
            opens.max(ready_on)
        }
        _ => ready_on,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const REASONS: [&str; 7] =
        ["first", "other", "renewal", "lost_or_stolen", "hardware_fault", "identity_change", "pin_puk_lost"];

    const fn is_leap(year: i16) -> bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    const fn last_day(year: i16, month: i8) -> i8 {
        match month {
            2 if is_leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Two months earlier, with nothing of a library: the month is counted down, the day is cut to the month's length.
    fn two_months_before(year: i16, month: i8, day: i8) -> (i16, i8, i8) {
        let (year, month) = if month > 2 { (year, month - 2) } else { (year - 1, month + 10) };
        (year, month, day.min(last_day(year, month)))
    }

    #[test]
    fn every_day_of_thirteen_years_and_every_reason() {
        let mut days = 0;
        for year in 2024..=2036_i16 {
            for month in 1..=12_i8 {
                for day in 1..=last_day(year, month) {
                    days += 1;
                    let end = date(year, month, day);
                    let (y, m, d) = two_months_before(year, month, day);
                    let opens = date(y, m, d);
                    // Ready before, on and after the day; the person may also have no certificate at all.
                    let [early, late] = [date(2023, 1, 1), date(2037, 1, 1)];
                    for reason in REASONS {
                        for change in [false, true] {
                            let waits = reason == "renewal" && !change;
                            let of = |ready, end| earliest_on(reason, change, ready, end);
                            let expected = if waits { opens } else { early };
                            assert_eq!(of(early, Some(end)), expected, "{reason} {change} {end}");
                            assert_eq!(of(opens, Some(end)), opens, "{reason} {change} {end}");
                            assert_eq!(of(late, Some(end)), late, "{reason} {change} {end}");
                            assert_eq!(of(end, None), end, "{reason} {change} {end}");
                        }
                    }
                }
            }
        }
        // 13 years, of which 2024, 2028, 2032 and 2036 are leap years.
        assert_eq!(days, 13 * 365 + 4);
    }

    #[test]
    fn the_ends_of_months() {
        for (end, opens) in [
            ((2026, 4, 30), (2026, 2, 28)),
            ((2026, 4, 29), (2026, 2, 28)),
            ((2026, 4, 28), (2026, 2, 28)),
            ((2028, 4, 30), (2028, 2, 29)),
            ((2028, 4, 29), (2028, 2, 29)),
            ((2028, 2, 29), (2027, 12, 29)),
            ((2026, 8, 31), (2026, 6, 30)),
            ((2026, 11, 30), (2026, 9, 30)),
            ((2026, 12, 31), (2026, 10, 31)),
            ((2026, 1, 31), (2025, 11, 30)),
            ((2026, 2, 28), (2025, 12, 28)),
            ((2026, 3, 1), (2026, 1, 1)),
        ] {
            let day = |(year, month, day)| date(year, month, day);
            assert_eq!(earliest_on("renewal", false, date(2020, 1, 1), Some(day(end))), day(opens));
        }
    }

    #[test]
    fn four_reasons_revoke() {
        let revoking: Vec<_> = REASONS.into_iter().filter(|reason| revokes_existing(reason)).collect();
        assert_eq!(revoking, ["lost_or_stolen", "hardware_fault", "identity_change", "pin_puk_lost"]);
    }
}
