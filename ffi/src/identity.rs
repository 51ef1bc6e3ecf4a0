//! What can sign: a certificate, the token that holds its key, and whether it may be used.

use std::{
    ffi::{CString, c_char},
    ptr,
};

use kamusm::{Code, Error};
use kamusm_token::{
    identity::{Identity, Purpose},
    pin::PinEntry,
};

use crate::{
    bytes::kamusm_bytes,
    error::kamusm_error,
    guard::{guard_value, guard_void},
    text::lendable,
};

/// The identities of a token at one moment.
///
/// Threads: any number may read it at once.
pub struct kamusm_identities(Vec<kamusm_identity>);

/// A certificate whose private key a token holds. Its texts hold personal data: keep them out of logs.
///
/// It belongs to its list and is never freed alone. Threads: any number may read it at once.
pub struct kamusm_identity {
    identity: Identity,
    common_name: CString,
    token_label: CString,
    reader: CString,
    refusal: Option<kamusm_error>,
}

impl kamusm_identities {
    pub(crate) fn new(identities: &[Identity]) -> Self {
        Self(identities.iter().map(kamusm_identity::new).collect())
    }
}

impl kamusm_identity {
    fn new(identity: &Identity) -> Self {
        let refusal = identity.usable.as_ref().err().map(|why| {
            kamusm_error::new(&Error::new(
                Code::from_unusable(why),
                format!("the certificate cannot sign: {why}"),
            ))
        });
        Self {
            common_name: lendable(&identity.certificate.common_name().unwrap_or_default()),
            token_label: lendable(&identity.token.label),
            reader: lendable(&identity.token.reader),
            refusal,
            identity: identity.clone(),
        }
    }

    pub(crate) fn inner(&self) -> &Identity {
        &self.identity
    }
}

/// What the key usage of a certificate is for.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum kamusm_purpose {
    /// None that this version knows.
    Unknown = 0,
    /// nonRepudiation: signatures that bind.
    Signing = 1,
    /// digitalSignature alone: signing in.
    Authentication = 2,
    /// Anything else: encryption, certificates of authorities.
    Other = 3,
}

/// How many identities there are, those that cannot sign included.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identities_count(identities: Option<&kamusm_identities>) -> usize {
    guard_value(0, || Some(identities?.0.len()))
}

/// The identity at this place, from 0; NULL behind the last. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identities_at(
    identities: Option<&kamusm_identities>,
    index: usize,
) -> *const kamusm_identity {
    guard_value(ptr::null(), || Some(ptr::from_ref(identities?.0.get(index)?)))
}

/// Frees the list with its identities; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identities_free(identities: Option<Box<kamusm_identities>>) {
    guard_void(|| drop(identities));
}

/// The certificate, DER, for `kamusm_step_certificate`. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_certificate(identity: Option<&kamusm_identity>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(identity?.identity.certificate.der())))
}

/// SHA-256 of the certificate, 32 octets. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_fingerprint(identity: Option<&kamusm_identity>) -> kamusm_bytes {
    guard_value(kamusm_bytes::ABSENT, || Some(kamusm_bytes::lent(identity?.identity.id.fingerprint())))
}

/// The person's name in the certificate; empty where it has none. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_common_name(identity: Option<&kamusm_identity>) -> *const c_char {
    guard_value(ptr::null(), || Some(identity?.common_name.as_ptr()))
}

/// Label of the token; empty for a software key. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_token_label(identity: Option<&kamusm_identity>) -> *const c_char {
    guard_value(ptr::null(), || Some(identity?.token_label.as_ptr()))
}

/// Name of the reader; empty for a software key. Lent by the list.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_reader(identity: Option<&kamusm_identity>) -> *const c_char {
    guard_value(ptr::null(), || Some(identity?.reader.as_ptr()))
}

/// From when the certificate is valid, seconds since 1970-01-01T00:00:00Z.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_not_before_unix_s(identity: Option<&kamusm_identity>) -> i64 {
    guard_value(0, || Some(identity?.identity.certificate.not_before()))
}

/// Until when the certificate is valid, seconds since 1970-01-01T00:00:00Z.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_not_after_unix_s(identity: Option<&kamusm_identity>) -> i64 {
    guard_value(0, || Some(identity?.identity.certificate.not_after()))
}

/// Why the certificate cannot sign, to tell the person who misses it; NULL if it can. Lent by the list: never free it.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_refusal(identity: Option<&kamusm_identity>) -> *const kamusm_error {
    guard_value(ptr::null(), || Some(ptr::from_ref(identity?.refusal.as_ref()?)))
}

/// What the certificate's key usage is for.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_purpose(identity: Option<&kamusm_identity>) -> kamusm_purpose {
    guard_value(kamusm_purpose::Unknown, || {
        Some(match identity?.identity.purpose {
            Purpose::Signing => kamusm_purpose::Signing,
            Purpose::Authentication => kamusm_purpose::Authentication,
            Purpose::Other => kamusm_purpose::Other,
            _ => kamusm_purpose::Unknown,
        })
    })
}

/// Whether the PIN is typed on the reader's own PIN pad: `kamusm_sign_options_use_pad`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_has_pin_pad(identity: Option<&kamusm_identity>) -> bool {
    guard_value(false, || Some(identity?.identity.pin.entry == PinEntry::Pad))
}

/// PIN tries that are left; -1 where the token does not tell.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_identity_pin_tries_left(identity: Option<&kamusm_identity>) -> i32 {
    guard_value(-1, || identity?.identity.pin.tries.left().map(i32::from))
}
