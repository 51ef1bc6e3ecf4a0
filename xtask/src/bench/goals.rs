//! What was set out to be reached, each goal as one number that must not be exceeded.

use super::{counts::Counts, times::Times};

/// One goal: a figure, or how many times one figure is another.
pub(crate) struct Goal {
    pub(crate) name: &'static str,
    figure: Figure,
    pub(crate) at_most: f64,
    /// What is known about a goal that is not met.
    pub(crate) why_not: &'static str,
}

enum Figure {
    Time(&'static str),
    Ratio(&'static str, &'static str),
    /// The first without the second, as times of the third.
    RatioWithout(&'static str, &'static str, &'static str),
    Count(&'static str, &'static str),
}

impl Goal {
    /// None if it was not measured.
    pub(crate) fn value(&self, counts: &Counts, times: &Times) -> Option<f64> {
        let time = |name: &str| times.get(name).copied();
        match self.figure {
            Time(name) => time(name),
            Ratio(ours, other) => Some(time(ours)? / time(other)?),
            RatioWithout(ours, part, other) => Some((time(ours)? - time(part)?) / time(other)?),
            Count(work, what) => {
                let count = *counts.get(&(work.to_owned(), what.to_owned()))?;
                u32::try_from(count).ok().map(f64::from)
            }
        }
    }
}

const VERIFIES: &str = "every signature is verified with its certificate before it leaves; for ECDSA that costs more than \
    the signature itself; the row without it shows the rest";

const CHECKS: &str = "form, attributes, dates, key usage, policies and statements are checked too";
const CARD: &str = "every signature of a card is verified with its certificate";
const ASSEMBLY: &str = "digests of text, certificate and attributes, and reading the finished file back before it leaves; \
    where the rest goes was not looked into yet";
const REQUESTS: &str = "the goal was set for two requests; the protocol has discovery, redemption, the text, the window, \
    the check of the certificate before any PIN, submission and the receipt's keys";

use Figure::{Count, Ratio, RatioWithout, Time};

/// In the order of the table.
pub(crate) const GOALS: &[Goal] = &[
    goal("assembly of a B-B file, instructions", Count("assembly", "instructions"), 20_000.0, ""),
    goal("assembly of a B-B file, allocations", Count("assembly", "allocations"), 40.0, ""),
    goal("sign RSA-2048, of the raw operation", Ratio("rsa2048 sign", "rsa2048 raw sign"), 1.05, VERIFIES),
    goal("sign P-256, of the raw operation", Ratio("p256 sign", "p256 raw sign"), 1.5, VERIFIES),
    goal("sign P-384, of the raw operation", Ratio("p384 sign", "p384 raw sign"), 1.5, VERIFIES),
    goal(
        "sign RSA-2048 without self-verification, of the raw operation",
        RatioWithout("rsa2048 sign", "rsa2048 raw verify", "rsa2048 raw sign"),
        1.05,
        ASSEMBLY,
    ),
    goal(
        "sign P-256 without self-verification, of the raw operation",
        RatioWithout("p256 sign", "p256 raw verify", "p256 raw sign"),
        1.5,
        ASSEMBLY,
    ),
    goal(
        "sign P-384 without self-verification, of the raw operation",
        RatioWithout("p384 sign", "p384 raw verify", "p384 raw sign"),
        1.5,
        ASSEMBLY,
    ),
    goal("sign P-256, of OpenSSL's CMS_sign", Ratio("p256 sign", "p256 openssl sign"), 0.4, VERIFIES),
    goal(
        "sign P-256 without self-verification, of OpenSSL's CMS_sign",
        RatioWithout("p256 sign", "p256 raw verify", "p256 openssl sign"),
        0.4,
        ASSEMBLY,
    ),
    goal(
        "validate RSA-2048, of three raw verifications",
        Ratio("rsa2048 validate", "rsa2048 three raw verifications"),
        1.5,
        CHECKS,
    ),
    goal(
        "validate P-256, of three raw verifications",
        Ratio("p256 validate", "p256 three raw verifications"),
        1.2,
        CHECKS,
    ),
    goal(
        "validate P-384, of three raw verifications",
        Ratio("p384 validate", "p384 three raw verifications"),
        1.2,
        CHECKS,
    ),
    goal(
        "validate RSA-2048, of OpenSSL's CMS_verify",
        Ratio("rsa2048 validate", "rsa2048 openssl verify"),
        0.2,
        CHECKS,
    ),
    goal(
        "validate P-256, of OpenSSL's CMS_verify",
        Ratio("p256 validate", "p256 openssl verify"),
        0.33,
        CHECKS,
    ),
    goal(
        "validate P-384, of OpenSSL's CMS_verify",
        Ratio("p384 validate", "p384 openssl verify"),
        0.33,
        CHECKS,
    ),
    goal(
        "first use of a list of 1 000 000 revoked certificates, of its digest",
        Ratio("crl first use", "crl digest"),
        1.5,
        "every entry is read twice: for its form, and for the look-up",
    ),
    goal("each further use of it, µs", Time("crl further use"), 5.0, ""),
    goal(
        "sign on SoftHSM, of a bare C_SignInit and C_Sign loop",
        Ratio("card sign", "card bare"),
        1.05,
        CARD,
    ),
    goal("one session, our side without the key's operation, µs", Time("flow our side"), 5_000.0, ""),
    goal("one session, the same, stricter, µs", Time("flow our side"), 1_000.0, REQUESTS),
    goal("one session, requests", Time("flow requests"), 2.0, REQUESTS),
    goal("one session, connections", Time("flow connections"), 1.0, ""),
];

const fn goal(name: &'static str, figure: Figure, at_most: f64, why_not: &'static str) -> Goal {
    Goal { name, figure, at_most, why_not }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_a_number_or_not_measured() {
        let times = Times::from([("a".into(), 6.0), ("b".into(), 1.0), ("c".into(), 2.0)]);
        let value = |figure| goal("", figure, 0.0, "").value(&Counts::new(), &times);
        assert_eq!(value(Ratio("a", "c")), Some(3.0));
        assert_eq!(value(RatioWithout("a", "b", "c")), Some(2.5));
        assert_eq!(value(Time("d")), None);
    }
}
