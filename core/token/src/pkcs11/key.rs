//! Private keys (PKCS#11 2.40, 4.9) and which of them belongs to a certificate. They show only after login.

use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use kamusm_cades::algorithm::KeyAlgorithm;
use kamusm_cades::asn1::{Asn1Error, Reader, Tag};

use super::certificate::CertificateObject;
use super::fault::Fault;
use super::session::OneShot;
use crate::error::TokenError;

/// A private key that may belong to the certificate.
pub(super) struct KeyObject {
    pub(super) handle: ObjectHandle,
    /// CKA_ALWAYS_AUTHENTICATE: the PIN is asked for at each signature. Qualified keys are mostly of this kind.
    pub(super) always_authenticate: bool,
    /// CKA_SIGN; a token that does not tell may let it sign.
    may_sign: bool,
}

/// What was read of one key.
#[derive(Default)]
struct Traits {
    key_type: Option<KeyType>,
    modulus: Option<Vec<u8>>,
    label: Vec<u8>,
    always_authenticate: bool,
    may_sign: Option<bool>,
}

/// Keys that may belong to the certificate and may sign: by CKA_ID, else by modulus, else by a label that only one key has.
pub(super) fn candidates(
    session: &OneShot<'_>,
    certificate: &CertificateObject,
    algorithm: KeyAlgorithm,
) -> Result<Result<Vec<KeyObject>, TokenError>, Fault> {
    let with_id = match certificate.id.as_slice() {
        [] => Vec::new(),
        id => session.find(&[Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(id.to_vec())])?,
    };
    let modulus = rsa_modulus(certificate.certificate.spki_der());
    let mut found = Vec::new();
    for handle in with_id {
        let traits = Traits::read(session, handle)?;
        if traits.fits(algorithm, modulus.as_deref()) {
            found.push(traits.key(handle));
        }
    }
    if found.is_empty() {
        found = without_id(session, certificate, algorithm, modulus.as_deref())?;
    }
    if found.is_empty() {
        return Ok(Err(TokenError::KeyNotFound));
    }
    found.retain(|key| key.may_sign);
    Ok(if found.is_empty() { Err(TokenError::KeyNotPermitted) } else { Ok(found) })
}

fn without_id(
    session: &OneShot<'_>,
    certificate: &CertificateObject,
    algorithm: KeyAlgorithm,
    modulus: Option<&[u8]>,
) -> Result<Vec<KeyObject>, Fault> {
    let mut all = Vec::new();
    for handle in session.find_class(ObjectClass::PRIVATE_KEY)? {
        let traits = Traits::read(session, handle)?;
        if traits.fits(algorithm, modulus) {
            all.push((handle, traits));
        }
    }
    if modulus.is_some() && all.iter().any(|(_, traits)| traits.modulus.is_some()) {
        all.retain(|(_, traits)| traits.modulus.is_some());
    } else {
        all.retain(|(_, traits)| !traits.label.is_empty() && traits.label == certificate.label);
        if all.len() > 1 {
            all.clear();
        }
    }
    Ok(all.into_iter().map(|(handle, traits)| traits.key(handle)).collect())
}

impl Traits {
    fn read(session: &OneShot<'_>, handle: ObjectHandle) -> Result<Self, Fault> {
        let wanted = [
            AttributeType::KeyType,
            AttributeType::Sign,
            AttributeType::AlwaysAuthenticate,
            AttributeType::Modulus,
            AttributeType::Label,
        ];
        let mut traits = Self::default();
        for attribute in session.attributes(handle, &wanted)? {
            match attribute {
                Attribute::KeyType(key_type) => traits.key_type = Some(key_type),
                Attribute::Sign(may_sign) => traits.may_sign = Some(may_sign),
                Attribute::AlwaysAuthenticate(always) => traits.always_authenticate = always,
                Attribute::Modulus(modulus) => traits.modulus = Some(modulus).filter(|it| !it.is_empty()),
                Attribute::Label(label) => traits.label = label,
                _ => {}
            }
        }
        Ok(traits)
    }

    /// What the token does not tell does not speak against the key. EC parameters are not asked for: AKIS spells them out.
    fn fits(&self, algorithm: KeyAlgorithm, modulus: Option<&[u8]>) -> bool {
        let wanted = if matches!(algorithm, KeyAlgorithm::Rsa { .. }) { KeyType::RSA } else { KeyType::EC };
        let same_type = self.key_type.is_none_or(|key_type| key_type == wanted);
        let same_modulus = match (&self.modulus, modulus) {
            (Some(own), Some(wanted)) => without_zeros(own) == without_zeros(wanted),
            _ => true,
        };
        same_type && same_modulus
    }

    fn key(&self, handle: ObjectHandle) -> KeyObject {
        KeyObject {
            handle,
            always_authenticate: self.always_authenticate,
            may_sign: self.may_sign.unwrap_or(true),
        }
    }
}

/// Modulus of an RSA `SubjectPublicKeyInfo` (RFC 3279 2.3.1); none for other keys.
fn rsa_modulus(spki: &[u8]) -> Option<Vec<u8>> {
    fn read(spki: &[u8]) -> Result<Vec<u8>, Asn1Error> {
        let mut info = Reader::der_value(spki, Tag::SEQUENCE)?.reader();
        info.expect(Tag::SEQUENCE)?;
        let bits = info.expect(Tag::BIT_STRING)?.value;
        let key = bits.strip_prefix(&[0]).unwrap_or(bits);
        let mut key = Reader::der_value(key, Tag::SEQUENCE)?.reader();
        Ok(key.expect(Tag::INTEGER)?.value.to_vec())
    }
    read(spki).ok()
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|&&octet| octet == 0).count();
    &number[zeros..]
}
