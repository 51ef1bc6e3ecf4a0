//! Where we differ from EU DSS and mean it. Each is held to the letter: any other verdict is a mismatch.

/// A file on which the verdicts differ.
pub(crate) struct Difference {
    file: &'static str,
    pub(crate) ours: &'static [&'static str],
    pub(crate) kind: Kind,
    pub(crate) why: &'static str,
}

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// Our verdict is the one that we want.
    Meant,
    /// Level B-B says nothing about the file.
    OutOfScope,
    /// An algorithm that we do not verify.
    Unsupported,
}

pub(crate) fn find(file: &str) -> Option<&'static Difference> {
    let name = file.rsplit('/').next().unwrap_or(file);
    DIFFERENCES.iter().find(|difference| difference.file == name)
}

const NO_CHAIN: &str = "INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND";
const UNKNOWN_ALGORITHM: &[&str] = &["INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE_NO_POE"];
const SHA3: &str = "RSA over SHA-3 is not verified and never passes; SHA-2 is what the decree allows";

const DIFFERENCES: &[Difference] = &[
    Difference {
        file: "cades-broken-sig-tst-and-ats-v3.cms",
        ours: &["TOTAL_FAILED/SIG_CRYPTO_FAILURE"],
        kind: Kind::Meant,
        why: "the DigestInfo lacks the NULL of RFC 8017 clause 9.2: one encoding is accepted, as in OpenSSL",
    },
    Difference {
        file: "cades-double-signing-time.p7m",
        ours: &[NO_CHAIN, "c:TOTAL_FAILED/FORMAT_FAILURE"],
        kind: Kind::Meant,
        why: "signing-time twice is a matter of form (RFC 5652 clause 11.3), found before any computing",
    },
    Difference {
        file: "cades-duplicated-signed-attrs.p7m",
        ours: &["TOTAL_FAILED/FORMAT_FAILURE"],
        kind: Kind::Meant,
        why: "signing-time with three values is a matter of form (RFC 5652 clause 11.3)",
    },
    Difference {
        file: "malformed-cades.p7m",
        ours: &["TOTAL_FAILED/FORMAT_FAILURE"],
        kind: Kind::Meant,
        why: "no CMS: DSS throws an exception, we report a failed signature",
    },
    Difference {
        file: "d-trust.tsr",
        ours: &[NO_CHAIN],
        kind: Kind::OutOfScope,
        why: "a time-stamp token: DSS counts no signature in it, we judge the signer of the token",
    },
    Difference {
        file: "CAdES-BpB-att-SHA256-SHA3_256withRSAandMGF1.p7m",
        ours: UNKNOWN_ALGORITHM,
        kind: Kind::Unsupported,
        why: SHA3,
    },
    Difference {
        file: "CAdES-BpB-att-SHA3_224-SHA3_224withRSA.p7m",
        ours: UNKNOWN_ALGORITHM,
        kind: Kind::Unsupported,
        why: SHA3,
    },
    Difference {
        file: "CAdES-BpB-att-SHA3_512-SHA3_512withRSA.p7m",
        ours: UNKNOWN_ALGORITHM,
        kind: Kind::Unsupported,
        why: SHA3,
    },
];
