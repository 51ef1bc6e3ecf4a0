//! A PKCS#8 key (RFC 5958) as attributes of a PKCS#11 private key object (PKCS#11 2.40 mechanisms, 2.1.3 and 2.3.4).

use cryptoki::object::{Attribute, KeyType};
use kamusm_cades::asn1::{Asn1Error, Reader, Tag};

/// Contents octets of rsaEncryption.
const RSA_ENCRYPTION: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
/// Contents octets of id-ecPublicKey.
const EC_PUBLIC_KEY: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

/// Key type and key material; none if it is another kind of key.
pub(crate) fn attributes(pkcs8: &[u8]) -> Option<Vec<Attribute>> {
    read(pkcs8).ok().flatten()
}

fn read(pkcs8: &[u8]) -> Result<Option<Vec<Attribute>>, Asn1Error> {
    let mut info = Reader::der_value(pkcs8, Tag::SEQUENCE)?.reader();
    info.expect(Tag::INTEGER)?;
    let mut algorithm = info.expect(Tag::SEQUENCE)?.reader();
    let key = info.expect(Tag::OCTET_STRING)?.value;
    match algorithm.oid()?.octets() {
        RSA_ENCRYPTION => rsa(key).map(Some),
        EC_PUBLIC_KEY => ec(algorithm.any()?.raw, key).map(Some),
        _ => Ok(None),
    }
}

fn rsa(key: &[u8]) -> Result<Vec<Attribute>, Asn1Error> {
    let mut key = Reader::der_value(key, Tag::SEQUENCE)?.reader();
    key.expect(Tag::INTEGER)?;
    let mut next = || {
        let number = key.expect(Tag::INTEGER)?.value;
        Ok::<_, Asn1Error>(number.strip_prefix(&[0]).unwrap_or(number).to_vec())
    };
    Ok(vec![
        Attribute::KeyType(KeyType::RSA),
        Attribute::Modulus(next()?),
        Attribute::PublicExponent(next()?),
        Attribute::PrivateExponent(next()?),
        Attribute::Prime1(next()?),
        Attribute::Prime2(next()?),
        Attribute::Exponent1(next()?),
        Attribute::Exponent2(next()?),
        Attribute::Coefficient(next()?),
    ])
}

fn ec(parameters: &[u8], key: &[u8]) -> Result<Vec<Attribute>, Asn1Error> {
    let mut key = Reader::der_value(key, Tag::SEQUENCE)?.reader();
    key.expect(Tag::INTEGER)?;
    let value = key.expect(Tag::OCTET_STRING)?.value.to_vec();
    Ok(vec![
        Attribute::KeyType(KeyType::EC),
        Attribute::EcParams(parameters.to_vec()),
        Attribute::Value(value),
    ])
}
