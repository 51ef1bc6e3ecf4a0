//! ECDSA values: raw r‖s of PKCS#11 to and from DER `ECDSA-Sig-Value` (RFC 5480 A, RFC 3279 2.2.3).

use super::{KeyAlgorithm, curve};
use crate::asn1::{Asn1Error, Reader, Tag, Writer};

/// Why an ECDSA signature value is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EcdsaValueError {
    /// Not strict DER.
    #[error("ECDSA value: {0}")]
    Asn1(#[from] Asn1Error),
    /// A raw value is 64, 96 or 132 octets long.
    #[error("raw ECDSA value of {octets} octets")]
    Length {
        /// Octets that were given.
        octets: usize,
    },
    /// r or s is not between 1 and the order of the curve (FIPS 186-5 6.4.2).
    #[error("r or s is out of range")]
    Range,
    /// The key is not an elliptic curve key.
    #[error("not an elliptic curve key")]
    NotEcdsa,
}

/// DER `SEQUENCE { r, s }` of a raw r‖s; its length tells the curve.
pub fn ecdsa_der_from_raw(raw: &[u8]) -> Result<Vec<u8>, EcdsaValueError> {
    let key = match raw.len() {
        64 => KeyAlgorithm::P256,
        96 => KeyAlgorithm::P384,
        132 => KeyAlgorithm::P521,
        octets => return Err(EcdsaValueError::Length { octets }),
    };
    let (r, s) = raw.split_at(raw.len() / 2);
    let mut writer = Writer::with_capacity(raw.len() + 9);
    for number in [r, s] {
        check_range(number, key)?;
    }
    writer.nested(Tag::SEQUENCE, |writer| {
        for number in [r, s] {
            write_integer(writer, number);
        }
    });
    Ok(writer.into_vec())
}

/// Raw r‖s of a DER `SEQUENCE { r, s }` for a key of this kind.
pub fn ecdsa_raw_from_der(der: &[u8], key: KeyAlgorithm) -> Result<Vec<u8>, EcdsaValueError> {
    let field = key.ecdsa_field_octets().ok_or(EcdsaValueError::NotEcdsa)?;
    let mut pair = Reader::der_value(der, Tag::SEQUENCE)?.reader();
    let mut raw = vec![0; 2 * field];
    for half in raw.chunks_exact_mut(field) {
        let number = pair.expect(Tag::INTEGER)?.unsigned_integer()?;
        let start = field.checked_sub(number.len()).ok_or(EcdsaValueError::Range)?;
        half[start..].copy_from_slice(number);
        check_range(half, key)?;
    }
    pair.finish()?;
    Ok(raw)
}

/// `number` has as many octets as the order, so octets compare as numbers do.
fn check_range(number: &[u8], key: KeyAlgorithm) -> Result<(), EcdsaValueError> {
    let order = curve::order(key).ok_or(EcdsaValueError::NotEcdsa)?;
    let zero = number.iter().all(|&octet| octet == 0);
    if zero || number >= order { Err(EcdsaValueError::Range) } else { Ok(()) }
}

fn write_integer(writer: &mut Writer, number: &[u8]) {
    let zeros = number.iter().take_while(|&&octet| octet == 0).count();
    let number = &number[zeros..];
    let sign = usize::from(number.first().is_none_or(|&first| first >= 0x80));
    writer.header(Tag::INTEGER, sign + number.len());
    writer.raw(&[0][..sign]);
    writer.raw(number);
}
