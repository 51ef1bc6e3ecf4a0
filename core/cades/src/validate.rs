//! Validation of CAdES signatures (EN 319 102-1), one file per building block.
//!
//! [`validate`] never answers yes or no for a whole file: it returns a verdict per signer, with the indication and
//! the sub-indication of the standard and the data behind them. Time, trust anchors and revocation data are values
//! that the caller gives; the signing time that a signer claims is never used to check anything at.

mod acceptance;
mod basic;
mod crypto;
mod digest;
mod format;
mod identification;
mod indication;
mod legacy;
mod level;
mod policy;
mod reason;
mod report;
mod revocation;
mod x509;

pub use basic::{validate, validate_digested};
pub use indication::{Indication, SubIndication};
pub use level::Level;
pub use policy::{CertificateProfile, Policy, RevocationList, RevocationPolicy, RevocationScope};
pub use reason::{Failure, Reason};
pub use report::{Block, Blocks, Claims, Report, SignatureReport, Warning};
pub use revocation::{Evidence, EvidenceKind};
