//! A list of a million revoked certificates: its first use, and each further one.

use std::hint::black_box;

use kamusm_bench::RevocationList;
use kamusm_cades::algorithm::DigestAlgorithm;

use crate::rounds::{Contest, Figures};

const ENTRIES: u32 = 1_000_000;

pub(crate) fn measure() -> Figures {
    let list = RevocationList::with_entries(ENTRIES);
    let indexed = list.indexed();
    let mut figures = Figures::new();
    let mut contest = Contest::default();
    contest.enter("crl digest", || {
        black_box(DigestAlgorithm::Sha384.digest(list.der()));
    });
    contest.enter("crl first use", || assert!(!list.first_use()));
    contest.enter("crl index", || {
        black_box(list.indexed());
    });
    contest.enter("crl further use", || assert!(!list.is_listed(&indexed)));
    contest.run(&mut figures);
    figures.insert("crl octets".into(), f64::from(u32::try_from(list.der().len()).expect("some MB")));
    figures
}
