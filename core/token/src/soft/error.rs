//! Why a software key cannot be read.

use der::asn1::ObjectIdentifier;
use kamusm_cades::asn1::Asn1Error;
use kamusm_cades::x509::certificate::CertificateError;

/// What is wrong with the octets of a software key or its certificate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SoftKeyError {
    /// The certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The private key cannot be read, or is of no supported kind.
    #[error("the private key cannot be read")]
    Key,
    /// The private key does not belong to any of the certificates.
    #[error("the private key does not fit the certificate")]
    KeyMismatch,
    /// There is no private key.
    #[error("there is no private key")]
    NoKey,
    /// There is more than one private key, so it is not clear which is meant.
    #[error("there is more than one private key")]
    SeveralKeys,
    /// There is no certificate.
    #[error("there is no certificate")]
    NoCertificate,
    /// A PEM block that is not what RFC 7468 says.
    #[error("PEM block {index} is malformed")]
    Pem {
        /// Which block, from 1.
        index: usize,
    },
    /// The private key of the PEM text is encrypted. A PKCS#12 file may be.
    #[error("the private key is encrypted")]
    EncryptedPem,
    /// Not the ASN.1 of a PKCS#12 file.
    #[error("PKCS#12: {0}")]
    Asn1(#[from] Asn1Error),
    /// The password is wrong, or the file is damaged: the two cannot be told apart.
    #[error("wrong password")]
    Password,
    /// An algorithm that is not supported: RC2 and Triple DES of old files, or a future one.
    #[error("PKCS#12 algorithm {} is not supported", oid.map_or("unknown".to_owned(), |oid| oid.to_string()))]
    Unsupported {
        /// The algorithm that is named.
        oid: Option<ObjectIdentifier>,
    },
    /// The file asks for more key derivation than any honest one does.
    #[error("{iterations} iterations of key derivation are too many")]
    TooManyIterations {
        /// How many.
        iterations: u32,
    },
}
