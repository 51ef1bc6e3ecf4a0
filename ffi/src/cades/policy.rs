//! What a signature is judged by.

use std::mem::MaybeUninit;

use kamusm::{Code, Error};
use kamusm_cades::{
    validate::{Policy, RevocationScope},
    x509::{certificate::Certificate, crl::Crl, ocsp::OcspResponse, pem},
};

use crate::{
    bytes::octets,
    error::kamusm_error,
    guard::{guard, guard_value, guard_void},
    handle::given,
    result::kamusm_result,
};

/// What a signature is judged by: the signer has an NES, its path leads to an anchor, and revocation data are at hand
/// for every certificate of the path. Nothing is fetched.
///
/// Threads: after the last setter any number may use it at once.
pub struct kamusm_cades_policy(pub(crate) Policy);

/// Which certificates of a path need revocation data. Data that say "revoked" count for all of them in any case.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_cades_revocation {
    /// All but the trust anchor: without `kamusm_cades_policy_set_revocation`.
    Chain = 1,
    /// The signer's.
    Signer = 2,
    /// None: what is missing is a warning.
    None = 3,
}

/// Makes a policy without anchors, to be freed by `kamusm_cades_policy_free`.
///
/// `at_unix_s`: the time of validation, seconds since 1970-01-01T00:00:00Z.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_policy_new(at_unix_s: i64) -> Option<Box<kamusm_cades_policy>> {
    guard_value(None, || Some(Some(Box::new(kamusm_cades_policy(Policy::new(Vec::new(), at_unix_s))))))
}

/// Adds certificates that are trusted without proof.
///
/// `data`, `len`: one certificate in DER or any number in PEM, and the length in octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_cades_policy_add_anchors(
    policy: Option<&mut kamusm_cades_policy>,
    data: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let policy = given(policy, "policy")?;
        // SAFETY: the rules at the top of the header.
        policy.0.anchors.extend(certificates(unsafe { octets(data, len, "data") }?)?);
        Ok(())
    })
}

/// Adds certificates for building paths; nobody trusts them.
///
/// `data`, `len`: one certificate in DER or any number in PEM, and the length in octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_cades_policy_add_intermediates(
    policy: Option<&mut kamusm_cades_policy>,
    data: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let policy = given(policy, "policy")?;
        // SAFETY: the rules at the top of the header.
        policy.0.intermediates.extend(certificates(unsafe { octets(data, len, "data") }?)?);
        Ok(())
    })
}

/// Adds a certificate revocation list; it proves itself by its signature.
///
/// `data`, `len`: DER, copied, and its length in octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_cades_policy_add_crl(
    policy: Option<&mut kamusm_cades_policy>,
    data: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let policy = given(policy, "policy")?;
        // SAFETY: the rules at the top of the header.
        let der = unsafe { octets(data, len, "data") }?;
        Crl::parse(der).map_err(|why| unreadable(&format!("the CRL cannot be read: {why}")))?;
        policy.0.revocation.crls.push(der.to_vec());
        Ok(())
    })
}

/// Adds an OCSP response; it proves itself by its signature.
///
/// `data`, `len`: DER, copied, and its length in octets.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn kamusm_cades_policy_add_ocsp_response(
    policy: Option<&mut kamusm_cades_policy>,
    data: *const u8,
    len: usize,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        let policy = given(policy, "policy")?;
        // SAFETY: the rules at the top of the header.
        let der = unsafe { octets(data, len, "data") }?;
        OcspResponse::parse(der)
            .map_err(|why| unreadable(&format!("the OCSP response cannot be read: {why}")))?;
        policy.0.revocation.ocsp_responses.push(der.to_vec());
        Ok(())
    })
}

/// Says which certificates need revocation data.
///
/// `revocation`: one of `KAMUSM_CADES_REVOCATION_*`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_policy_set_revocation(
    policy: Option<&mut kamusm_cades_policy>,
    revocation: i32,
    error: Option<&mut MaybeUninit<Box<kamusm_error>>>,
) -> kamusm_result {
    guard(error, || {
        given(policy, "policy")?.0.revocation.required = scope(revocation)?;
        Ok(())
    })
}

/// Frees the policy; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cades_policy_free(policy: Option<Box<kamusm_cades_policy>>) {
    guard_void(|| drop(policy));
}

/// Every DER certificate begins with a SEQUENCE; PEM is text.
fn certificates(data: &[u8]) -> Result<Vec<Certificate>, Error> {
    const SEQUENCE: u8 = 0x30;
    if data.first() == Some(&SEQUENCE) {
        return Ok(vec![Certificate::from_der(data)?]);
    }
    let text = str::from_utf8(data).map_err(|_| unreadable("data is neither DER nor PEM"))?;
    let found = pem::certificates(text).map_err(|why| unreadable(&why.to_string()))?;
    if found.is_empty() { Err(unreadable("there is no certificate")) } else { Ok(found) }
}

fn scope(number: i32) -> Result<RevocationScope, Error> {
    const ALL: [(kamusm_cades_revocation, RevocationScope); 3] = [
        (kamusm_cades_revocation::Chain, RevocationScope::Chain),
        (kamusm_cades_revocation::Signer, RevocationScope::Signer),
        (kamusm_cades_revocation::None, RevocationScope::None),
    ];
    let known = ALL.iter().find(|(name, _)| *name as i32 == number).map(|(_, scope)| *scope);
    known.ok_or_else(|| Error::new(Code::Range, "revocation is none of KAMUSM_CADES_REVOCATION_*"))
}

fn unreadable(reason: &str) -> Error {
    Error::new(Code::CertificateMalformed, reason)
}
