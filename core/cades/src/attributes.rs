//! Signed attributes of a CAdES-B-B signature (EN 319 122-1 clause 5, RFC 5652 clause 11): one file per family,
//! each with its encoding and its typed reading.

mod algorithm_protection;
mod commitment;
mod content_format;
mod error;
mod message;
pub mod oid;
mod set;
mod signature_policy;
mod signer_location;
mod signing_certificate;
mod signing_time;

pub use algorithm_protection::AlgorithmProtection;
pub use commitment::CommitmentType;
pub use content_format::{ContentHints, MimeType};
pub use error::AttributeError;
pub use message::{ContentType, MessageDigest};
pub use set::{Attribute, Attributes};
pub use signature_policy::{PolicyHash, SignaturePolicy};
pub use signer_location::SignerLocation;
pub use signing_certificate::{EssCertId, EssVersion, IssuerSerial, SigningCertificate};
pub use signing_time::SigningTime;
