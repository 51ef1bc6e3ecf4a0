//! Certificates, keys, paths, CRLs and OCSP responses against the test CA, OpenSSL and a second decoder.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod algorithm;
mod certificate;
mod crl;
mod fixture;
mod hostile;
mod nes;
mod ocsp;
mod ocsp_by_hand;
mod path;
