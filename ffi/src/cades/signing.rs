//! Making a signature in two phases, for keys that are not here.

use std::mem::MaybeUninit;

use kamusm::Error;
use kamusm_cades::{
    sign::{self, ToBeSigned},
    x509::certificate::Certificate,
};

use super::profile::kamusm_cades_profile;
use crate::{
    algorithm::kamusm_algorithm,
    bytes::{kamusm_bytes, octets, octets_list},
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    octets::kamusm_octets,
    result::kamusm_result,
};

/// A signature that lacks only its value. It never changes.
///
/// Threads: any number may use it at once.
pub struct kamusm_cades_signing(ToBeSigned);

/// Begins a signature over a content: builds everything but its value. The same arguments give the same octets.
///
/// `content`, `content_len`: what is signed, and its length in octets; copied if the profile is attached.
/// `certificate`: the signer's, DER, copied.
/// `chain`, `chain_count`: certificates above it to embed, DER each, in any order.
/// `profile`: copied; it may be freed afterwards.
/// `signing`: the signature to be, to be freed by `kamusm_cades_signing_free`.
/// Worth handling: `KAMUSM_RESULT_CERTIFICATE_MALFORMED`, `KAMUSM_RESULT_UNSUPPORTED_KEY`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_cades_begin(
    content: *const u8,
    content_len: usize,
    certificate: kamusm_bytes,
    chain: *const kamusm_bytes,
    chain_count: usize,
    profile: Option<&kamusm_cades_profile>,
    signing: Option<&mut MaybeUninit<Box<kamusm_cades_signing>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (profile, signing) = (given(profile, "profile")?, given(signing, "signing")?);
        given((!certificate.data.is_null()).then_some(()), "certificate")?;
        // SAFETY: the rules at the top of the header.
        let content = unsafe { octets(content, content_len, "content") }?;
        // SAFETY: the rules at the top of the header.
        let der = unsafe { octets(certificate.data, certificate.len, "certificate") }?;
        // SAFETY: the rules at the top of the header.
        let chain = unsafe { octets_list(chain, chain_count, "chain") }?;
        let certificate = Certificate::from_der(der)?;
        let chain = chain.into_iter().map(|der| Ok(Certificate::from_der(der)?));
        let chain = chain.collect::<Result<Vec<_>, Error>>()?;
        let begun = sign::begin(content, &certificate, &chain, &profile.0)?;
        signing.write(Box::new(kamusm_cades_signing(begun)));
        Ok(())
    })
}

/// The octets to hash and sign: DER of the signed attributes, RFC 5652 5.4. Lent by the signing.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_signing_to_be_signed(signing: Option<&kamusm_cades_signing>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(signing?.0.signed_attributes())))
}

/// The digest of those octets, for keys that sign digests. Lent by the signing.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_signing_digest(signing: Option<&kamusm_cades_signing>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(signing?.0.digest())))
}

/// How to sign them.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_signing_algorithm(signing: Option<&kamusm_cades_signing>) -> kamusm_algorithm {
    guard_value(kamusm_algorithm::Unknown, || Some(kamusm_algorithm::of(signing?.0.algorithm())))
}

/// Makes the signature file of a value; a value that does not verify with the certificate is refused.
///
/// `signature`, `signature_len`: the value as `kamusm_algorithm` says, and its length in octets.
/// `cms`: ContentInfo in DER, to be freed by `kamusm_octets_free`.
/// Worth handling: `KAMUSM_RESULT_SELF_CHECK`, another key signed, or other octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_cades_signing_finish(
    signing: Option<&kamusm_cades_signing>,
    signature: *const u8,
    signature_len: usize,
    cms: Option<&mut MaybeUninit<Box<kamusm_octets>>>,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let (signing, cms) = (given(signing, "signing")?, given(cms, "cms")?);
        // SAFETY: the rules at the top of the header.
        let signature = unsafe { octets(signature, signature_len, "signature") }?;
        cms.write(Box::new(kamusm_octets(signing.0.finish(signature)?)));
        Ok(())
    })
}

/// Frees the signature to be; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_signing_free(signing: Option<Box<kamusm_cades_signing>>) {
    guard_void(|| drop(signing));
}
