//! Making a CAdES-B-B signature (EN 319 122-1 clause 6, level B-B) in two phases, for keys that are not here.
//!
//! [`begin`] builds the signed attributes, a card or any other signer signs them, [`ToBeSigned::finish`] checks the
//! signature with the certificate and returns the finished file. Nothing leaves this module that does not verify.

mod error;
mod profile;
mod to_be_signed;

pub use error::SignError;
pub use profile::Profile;
pub use to_be_signed::ToBeSigned;

use crate::algorithm::{Digest, DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{SetOf, Tag};
use crate::attributes::{
    AlgorithmProtection, ContentType, MessageDigest, SigningCertificate, SigningTime, oid,
};
use crate::cms::oid::DATA;
use crate::x509::certificate::Certificate;

/// Builds what the signer has to sign: everything but the signature value itself.
///
/// `chain` holds the certificates above `certificate`; they are embedded next to it, in any order, each once.
/// The same arguments always give the same octets, so an interrupted signing can be taken up again.
pub fn begin(
    content: &[u8],
    certificate: &Certificate,
    chain: &[Certificate],
    profile: &Profile,
) -> Result<ToBeSigned, SignError> {
    let algorithm = SignatureAlgorithm::for_key(certificate.key_algorithm()?)?;
    let content_digest = algorithm.digest().digest(content);
    let mut to_be_signed = prepare(&content_digest, algorithm, certificate, chain, profile)?;
    to_be_signed.content = profile.attached.then(|| content.to_vec());
    Ok(to_be_signed)
}

/// As [`begin`], for a detached signature over content that was only hashed, for instance because it is too large to
/// be held. The digest must be of the algorithm that the key of `certificate` signs with.
pub fn begin_digested(
    content_digest: &Digest,
    certificate: &Certificate,
    chain: &[Certificate],
    profile: &Profile,
) -> Result<ToBeSigned, SignError> {
    let algorithm = SignatureAlgorithm::for_key(certificate.key_algorithm()?)?;
    if profile.attached {
        return Err(SignError::ContentNeeded);
    }
    if content_digest.algorithm() != algorithm.digest() {
        return Err(SignError::ContentDigest {
            needed: algorithm.digest(),
            given: content_digest.algorithm(),
        });
    }
    prepare(content_digest, algorithm, certificate, chain, profile)
}

fn prepare(
    content_digest: &Digest,
    algorithm: SignatureAlgorithm,
    certificate: &Certificate,
    chain: &[Certificate],
    profile: &Profile,
) -> Result<ToBeSigned, SignError> {
    profile.check()?;
    let signed_attributes = signed_attributes(content_digest, certificate, algorithm, profile)?;
    Ok(ToBeSigned {
        digest: algorithm.digest().digest(&signed_attributes),
        signed_attributes,
        algorithm,
        content: None,
        certificate: certificate.clone(),
        chain: chain.to_vec(),
    })
}

/// The DER `SET OF Attribute` of RFC 5652 clause 5.4.
fn signed_attributes(
    content_digest: &Digest,
    certificate: &Certificate,
    algorithm: SignatureAlgorithm,
    profile: &Profile,
) -> Result<Vec<u8>, SignError> {
    let mut set = SetOf::with_capacity(ATTRIBUTES_OCTETS);
    set.member(|writer| ContentType::write(writer, &DATA));
    set.member(|writer| MessageDigest::write(writer, content_digest.as_ref()));
    set.member(|writer| SigningTime::write(writer, profile.signing_time_unix))
        .ok_or(SignError::Attribute { attribute: oid::SIGNING_TIME })?;
    let certificate_digest = DigestAlgorithm::Sha256.digest(certificate.der());
    set.member(|writer| SigningCertificate::write(writer, &certificate_digest));
    if algorithm.is_ecdsa() {
        // An ECDSA signature does not bind its digest algorithm, unlike PKCS#1 v1.5 (EN 319 122-1 NOTE 8).
        set.member(|writer| AlgorithmProtection::write(writer, algorithm));
    }
    profile.write_optional(&mut set);
    Ok(set.encode(Tag::SET))
}

/// Room for the attributes of an ordinary signature.
const ATTRIBUTES_OCTETS: usize = 512;
