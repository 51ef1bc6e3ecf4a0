//! Digests for checking files of any age: wider than [`DigestAlgorithm`], which lists what may be made.

use aws_lc_rs::digest;
use der::asn1::ObjectIdentifier;

use crate::algorithm::DigestAlgorithm;
use crate::asn1::Oid;
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

/// The digest that a signature algorithm names by itself, of those that no [`DigestAlgorithm`] belongs to.
pub(super) fn named_by(signature: &Oid<'_>) -> Option<ObjectIdentifier> {
    NAMED.iter().find(|(algorithm, _)| signature == algorithm).map(|(_, digest)| *digest)
}

/// The digest of the older ESS attribute.
pub(super) fn matches_sha1(octets: &[u8], expected: &[u8]) -> bool {
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, octets).as_ref() == expected
}

const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
const SHA224: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.4");
const SHA3_224: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.7");
const SHA3_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.8");
const SHA3_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.9");
const SHA3_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.10");

const OTHERS: [(ObjectIdentifier, &digest::Algorithm); 5] = [
    (SHA1, &digest::SHA1_FOR_LEGACY_USE_ONLY),
    (SHA224, &digest::SHA224),
    (SHA3_256, &digest::SHA3_256),
    (SHA3_384, &digest::SHA3_384),
    (SHA3_512, &digest::SHA3_512),
];

/// RSA and ECDSA with SHA-1 and SHA-224 (RFC 3279, RFC 8017, RFC 5758) and with SHA-3 (RFC 9688).
const NAMED: [(ObjectIdentifier, ObjectIdentifier); 12] = [
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5"), SHA1),
    (ObjectIdentifier::new_unwrap("1.2.840.10045.4.1"), SHA1),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.14"), SHA224),
    (ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.1"), SHA224),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.9"), SHA3_224),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.10"), SHA3_256),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.11"), SHA3_384),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.12"), SHA3_512),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.13"), SHA3_224),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.14"), SHA3_256),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.15"), SHA3_384),
    (ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.16"), SHA3_512),
];
