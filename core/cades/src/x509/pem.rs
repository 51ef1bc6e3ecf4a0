//! Certificates as PEM text (RFC 7468), with whatever a tool wrote between the blocks.

use der::pem::decode_vec;

use super::certificate::{Certificate, CertificateError};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";

/// Why the text cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PemError {
    /// A block is damaged.
    #[error("block {place} is damaged")]
    Block {
        /// Counted from one.
        place: usize,
    },
    /// A certificate cannot be read.
    #[error("block {place} is no certificate: {why}")]
    Certificate {
        /// Counted from one.
        place: usize,
        /// What is wrong.
        why: CertificateError,
    },
}

/// The certificates of the text in their order; blocks of other kinds are passed over.
pub fn certificates(text: &str) -> Result<Vec<Certificate>, PemError> {
    let mut found = Vec::new();
    for (index, block) in blocks(text).enumerate() {
        let place = index + 1;
        let (label, der) = decode_vec(block.as_bytes()).map_err(|_| PemError::Block { place })?;
        if label == "CERTIFICATE" {
            let certificate = Certificate::from_der(&der);
            found.push(certificate.map_err(|why| PemError::Certificate { place, why })?);
        }
    }
    Ok(found)
}

/// The text of each block, from its BEGIN line to the end of its END line; nothing in it is decoded.
pub fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from_begin = &rest[rest.find(BEGIN)?..];
        let end = from_begin.find(END).map_or(from_begin.len(), |end| {
            from_begin[end..].find('\n').map_or(from_begin.len(), |line| end + line + 1)
        });
        rest = &from_begin[end..];
        Some(&from_begin[..end])
    })
}
