//! A test CA whose certificates copy the byte shape of a Kamu SM NES, with its CRLs and OCSP responses (RFC 5280, RFC 6960).
//!
//! Nothing here is trusted by anybody: keys are made on the spot and all names say that they are for tests. Time is a
//! parameter everywhere; apart from keys and ECDSA signatures, equal input gives equal octets.
//!
//! ```
//! use kamusm_test_ca::{LeafKey, LeafSpec, TestCa};
//!
//! let ca = TestCa::new(1_790_000_000);
//! let leaf = ca.issue(&LeafSpec { key: LeafKey::P384, ..LeafSpec::default() });
//! assert!(ca.root_pem().starts_with("-----BEGIN CERTIFICATE-----\n"));
//! assert!(leaf.certificate_der.starts_with(&[0x30, 0x82]));
//! ```

mod authority;
mod ca;
mod certificate;
mod crl;
mod der_writer;
mod key;
mod leaf;
mod name;
mod ocsp;
mod pem;
mod time;

pub use authority::{Authority, CaSpec, Delegate, DelegateSpec, Issued};
pub use ca::TestCa;
pub use certificate::ExtraExtension;
pub use crl::{CrlSpec, Revoked};
pub use key::{Key, KeyError, LeafKey};
pub use leaf::{LeafSpec, Notice, PolicyChoice, Qc, Usage};
pub use ocsp::{
    CertId, CertStatus, OcspAnswer, OcspRequest, OcspRequestError, OcspSpec, Signer, ocsp_failure,
};
pub use pem::{certificate_pem, private_key_pem};
