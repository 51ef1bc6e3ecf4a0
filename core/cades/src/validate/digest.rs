//! Digests for checking files of any age: wider than [`DigestAlgorithm`], which lists what may be made.

use aws_lc_rs::digest;
use der::asn1::ObjectIdentifier;

use crate::algorithm::DigestAlgorithm;
use crate::cms::AlgorithmIdentifier;

/// True if `expected` is the digest of `octets`; `None` for an unknown algorithm.
///
/// A match under SHA-1 proves nothing; whoever calls this has to judge the algorithm too.
pub(super) fn matches(algorithm: &AlgorithmIdentifier<'_>, octets: &[u8], expected: &[u8]) -> Option<bool> {
    if let Ok(algorithm) = DigestAlgorithm::from_identifier_der(algorithm.raw) {
        return Some(algorithm.digest(octets).as_ref() == expected);
    }
    let (_, other) = OTHERS.iter().find(|(oid, _)| algorithm.oid == *oid)?;
    Some(digest::digest(other, octets).as_ref() == expected)
}

/// The digest of the older ESS attribute.
pub(super) fn matches_sha1(octets: &[u8], expected: &[u8]) -> bool {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, octets).as_ref() == expected
}

const OTHERS: [(ObjectIdentifier, &digest::Algorithm); 5] = [
    (ObjectIdentifier::new_unwrap("1.3.14.3.2.26"), &digest::SHA1_FOR_LEGACY_USE_ONLY),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.4"), &digest::SHA224),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.8"), &digest::SHA3_256),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.9"), &digest::SHA3_384),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.10"), &digest::SHA3_512),
];
