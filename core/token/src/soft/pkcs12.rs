//! PKCS#12 files (RFC 7292): one private key and its certificates, under a password.

mod mac;

use der::asn1::ObjectIdentifier;
use kamusm_cades::asn1::{Limits, Reader, Tag, Tlv};
use zeroize::Zeroizing;

use super::error::SoftKeyError;
use super::pbes2::{self, read_oid};
use super::pem::Contents;
use crate::pin::Pin;

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");
const KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.1");
const SHROUDED_KEY_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE_BAG: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.10.1.3");
const X509_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.22.1");

/// Reads a PFX; its MAC is checked before anything else is believed.
pub(super) fn read(file: &[u8], password: &Pin) -> Result<Contents, SoftKeyError> {
    let mut outer = Reader::ber(file);
    let mut pfx = outer.expect(Tag::SEQUENCE)?.reader();
    outer.finish()?;
    pfx.expect(Tag::INTEGER)?;
    let mut authenticated = pfx.expect(Tag::SEQUENCE)?.reader();
    let kind = read_oid(&mut authenticated)?;
    if kind != DATA {
        return Err(SoftKeyError::Unsupported { oid: Some(kind) });
    }
    let safes = explicit_octets(&mut authenticated)?;
    match pfx.optional(Tag::SEQUENCE)? {
        Some(data) => mac::check(&data, &safes, password)?,
        // Without a MAC nothing tells a wrong password from a damaged file; no tool writes that unasked.
        None => return Err(SoftKeyError::Unsupported { oid: None }),
    }
    let mut found = Found::default();
    let mut safes = Reader::ber(&safes);
    let mut safes = safes.expect(Tag::SEQUENCE)?.reader();
    while !safes.is_empty() {
        found.read_safe(&safes.expect(Tag::SEQUENCE)?, password)?;
    }
    Ok(Contents { key: found.key.ok_or(SoftKeyError::NoKey)?, certificates: found.certificates })
}

#[derive(Default)]
struct Found {
    key: Option<Zeroizing<Vec<u8>>>,
    certificates: Vec<Vec<u8>>,
}

impl Found {
    /// One `ContentInfo` of the `AuthenticatedSafe`: plain or encrypted bags.
    fn read_safe(&mut self, safe: &Tlv<'_>, password: &Pin) -> Result<(), SoftKeyError> {
        let mut safe = safe.reader();
        match read_oid(&mut safe)? {
            DATA => self.read_bags(&explicit_octets(&mut safe)?, password),
            ENCRYPTED_DATA => {
                let mut explicit = safe.expect(Tag::context_constructed(0))?.reader();
                let mut data = explicit.expect(Tag::SEQUENCE)?.reader();
                data.expect(Tag::INTEGER)?;
                let mut info = data.expect(Tag::SEQUENCE)?.reader();
                read_oid(&mut info)?;
                let identifier = info.expect(Tag::SEQUENCE)?;
                let ciphertext = info.any()?.octet_string(Tag::context(0), &Limits::default())?;
                self.read_bags(&pbes2::decrypt(&identifier, &ciphertext, password)?, password)
            }
            oid => Err(SoftKeyError::Unsupported { oid: Some(oid) }),
        }
    }

    fn read_bags(&mut self, contents: &[u8], password: &Pin) -> Result<(), SoftKeyError> {
        let mut contents = Reader::ber(contents);
        let mut bags = contents.expect(Tag::SEQUENCE)?.reader();
        while !bags.is_empty() {
            let mut bag = bags.expect(Tag::SEQUENCE)?.reader();
            let kind = read_oid(&mut bag)?;
            let mut value = bag.expect(Tag::context_constructed(0))?.reader();
            match kind {
                KEY_BAG => self.take_key(Zeroizing::new(value.expect(Tag::SEQUENCE)?.raw.to_vec()))?,
                SHROUDED_KEY_BAG => {
                    let mut encrypted = value.expect(Tag::SEQUENCE)?.reader();
                    let identifier = encrypted.expect(Tag::SEQUENCE)?;
                    let ciphertext = encrypted.octet_string(&Limits::default())?;
                    self.take_key(pbes2::decrypt(&identifier, &ciphertext, password)?)?;
                }
                CERTIFICATE_BAG => {
                    let mut certificate = value.expect(Tag::SEQUENCE)?.reader();
                    if read_oid(&mut certificate)? == X509_CERTIFICATE {
                        self.certificates.push(explicit_octets(&mut certificate)?.into_owned());
                    }
                }
                // CRLs, secrets and nested bags have no part in signing.
                _ => {}
            }
        }
        Ok(())
    }

    fn take_key(&mut self, key: Zeroizing<Vec<u8>>) -> Result<(), SoftKeyError> {
        match self.key.replace(key) {
            Some(_) => Err(SoftKeyError::SeveralKeys),
            None => Ok(()),
        }
    }
}

/// `[0] EXPLICIT OCTET STRING`.
fn explicit_octets<'a>(reader: &mut Reader<'a>) -> Result<std::borrow::Cow<'a, [u8]>, SoftKeyError> {
    let mut explicit = reader.expect(Tag::context_constructed(0))?.reader();
    Ok(explicit.octet_string(&Limits::default())?)
}
