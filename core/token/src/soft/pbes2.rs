//! Password-based encryption PBES2 with PBKDF2 and AES-CBC (RFC 8018 6.2), the form that today's tools write.

use std::num::NonZeroU32;

use aws_lc_rs::cipher::{
    AES_128, AES_192, AES_256, Algorithm, DecryptionContext, PaddedBlockDecryptingKey, UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::pbkdf2;
use der::asn1::ObjectIdentifier;
use kamusm_cades::asn1::{Limits, Reader, Tag, Tlv};
use zeroize::Zeroizing;

use super::error::SoftKeyError;
use crate::pin::Pin;

const PBES2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.5.12");
const HMAC_SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.7");
const HMAC_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.9");
const HMAC_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.10");
const HMAC_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.2.11");
const AES_128_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.2");
const AES_192_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.22");
const AES_256_CBC: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.42");

/// About ten seconds of work; browsers and vaults ask for a million at most.
const ITERATIONS_MAX: u32 = 10_000_000;

/// Decrypts `ciphertext` as the `AlgorithmIdentifier` says.
pub(super) fn decrypt(
    identifier: &Tlv<'_>,
    ciphertext: &[u8],
    password: &Pin,
) -> Result<Zeroizing<Vec<u8>>, SoftKeyError> {
    let mut scheme = identifier.reader();
    expect_oid(&mut scheme, PBES2)?;
    let mut parameters = scheme.expect(Tag::SEQUENCE)?.reader();
    let mut derivation = parameters.expect(Tag::SEQUENCE)?.reader();
    let mut encryption = parameters.expect(Tag::SEQUENCE)?.reader();

    let (algorithm, key_octets) = cipher(read_oid(&mut encryption)?)?;
    let iv = encryption.expect(Tag::OCTET_STRING)?;
    let iv: [u8; 16] = iv.value.try_into().map_err(|_| SoftKeyError::Unsupported { oid: None })?;

    expect_oid(&mut derivation, PBKDF2)?;
    let mut derivation = derivation.expect(Tag::SEQUENCE)?.reader();
    let salt = derivation.octet_string(&Limits::default())?;
    let iterations = iterations(&derivation.expect(Tag::INTEGER)?)?;
    derivation.optional(Tag::INTEGER)?;
    let prf = match derivation.optional(Tag::SEQUENCE)? {
        Some(prf) => read_oid(&mut prf.reader())?,
        None => HMAC_SHA1,
    };
    let mut key = Zeroizing::new([0; 32]);
    let key = &mut key[..key_octets];
    pbkdf2::derive(prf_algorithm(prf)?, iterations, &salt, password.octets(), key);

    let wrong = |_| SoftKeyError::Password;
    let key = UnboundCipherKey::new(algorithm, key).map_err(wrong)?;
    let key = PaddedBlockDecryptingKey::cbc_pkcs7(key).map_err(wrong)?;
    let mut octets = Zeroizing::new(ciphertext.to_vec());
    let context = DecryptionContext::Iv128(FixedLength::from(iv));
    let plain = key.decrypt(&mut octets, context).map_err(wrong)?.len();
    octets.truncate(plain);
    Ok(octets)
}

/// Reads an iteration count that honest software would write.
pub(super) fn iterations(count: &Tlv<'_>) -> Result<NonZeroU32, SoftKeyError> {
    let number =
        count.value.iter().try_fold(0u32, |number, &octet| Some(number.checked_mul(256)? | u32::from(octet)));
    let iterations = number.unwrap_or(u32::MAX);
    if iterations > ITERATIONS_MAX {
        return Err(SoftKeyError::TooManyIterations { iterations });
    }
    NonZeroU32::new(iterations).ok_or(SoftKeyError::Unsupported { oid: None })
}

pub(super) fn read_oid(reader: &mut Reader<'_>) -> Result<ObjectIdentifier, SoftKeyError> {
    reader.oid()?.to_object_identifier().ok_or(SoftKeyError::Unsupported { oid: None })
}

fn expect_oid(reader: &mut Reader<'_>, expected: ObjectIdentifier) -> Result<(), SoftKeyError> {
    let oid = read_oid(reader)?;
    if oid == expected { Ok(()) } else { Err(SoftKeyError::Unsupported { oid: Some(oid) }) }
}

fn cipher(oid: ObjectIdentifier) -> Result<(&'static Algorithm, usize), SoftKeyError> {
    match oid {
        AES_128_CBC => Ok((&AES_128, 16)),
        AES_192_CBC => Ok((&AES_192, 24)),
        AES_256_CBC => Ok((&AES_256, 32)),
        oid => Err(SoftKeyError::Unsupported { oid: Some(oid) }),
    }
}

fn prf_algorithm(oid: ObjectIdentifier) -> Result<pbkdf2::Algorithm, SoftKeyError> {
    match oid {
        HMAC_SHA1 => Ok(pbkdf2::PBKDF2_HMAC_SHA1),
        HMAC_SHA256 => Ok(pbkdf2::PBKDF2_HMAC_SHA256),
        HMAC_SHA384 => Ok(pbkdf2::PBKDF2_HMAC_SHA384),
        HMAC_SHA512 => Ok(pbkdf2::PBKDF2_HMAC_SHA512),
        oid => Err(SoftKeyError::Unsupported { oid: Some(oid) }),
    }
}
