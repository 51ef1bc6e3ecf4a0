//! Cryptographic Message Syntax (RFC 5652): reading `SignedData` without losing an octet, and writing it in DER.
//!
//! The reader takes BER and DER and borrows everything from its input; the writer makes DER and copies
//! certificates and attributes verbatim.

mod algorithm_identifier;
mod certificates;
mod content;
mod error;
pub mod oid;
mod signed_data;
mod signer_info;
mod write;

pub use algorithm_identifier::AlgorithmIdentifier;
pub use certificates::{CertificateChoice, RevocationInfo};
pub use content::EncapsulatedContent;
pub use error::CmsError;
pub use signed_data::SignedData;
pub use signer_info::{SignerIdentifier, SignerInfo};
pub use write::SignedDataWriter;
