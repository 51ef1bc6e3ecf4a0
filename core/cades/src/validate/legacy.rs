//! Signatures that prove nothing any more: SHA-1, and RSA keys under the floor. They are verified only so that a broken
//! one is told from an old one; signature acceptance refuses both (EN 319 102-1 clause 5.2.8).

use aws_lc_rs::signature::{
    RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY, RsaParameters, UnparsedPublicKey,
};
use der::asn1::ObjectIdentifier;

use crate::cms::SignerInfo;
use crate::x509::certificate::Certificate;

/// Whether the signature verifies; `None` if it cannot be told.
pub(super) fn verifies(
    signer_info: &SignerInfo<'_>,
    message: &[u8],
    certificate: &Certificate,
) -> Option<bool> {
    let (.., parameters) = RSA.iter().find(|(signature, digest, _)| {
        let named = signer_info.signature_algorithm.oid;
        (named == *signature || named == RSA_ENCRYPTION) && signer_info.digest_algorithm.oid == *digest
    })?;
    certificate.key_algorithm().ok()?.ecdsa_field_octets().is_none().then(|| {
        let key = UnparsedPublicKey::new(*parameters, certificate.spki_der());
        key.verify(message, &signer_info.signature).is_ok()
    })
}

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// Signature algorithm, digest algorithm.
const RSA: [(ObjectIdentifier, ObjectIdentifier, &RsaParameters); 3] = [
    (
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5"),
        ObjectIdentifier::new_unwrap("1.3.14.3.2.26"),
        &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
    ),
    (
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"),
        ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1"),
        &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
    ),
    (
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13"),
        ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3"),
        &RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    ),
];
