//! The MAC of a PKCS#12 file and its key derivation (RFC 7292 4 and appendix B).

use aws_lc_rs::{digest, hmac};
use der::asn1::ObjectIdentifier;
use kamusm_cades::asn1::{Limits, Tag, Tlv};
use zeroize::Zeroizing;

use super::super::error::SoftKeyError;
use super::super::pbes2::{iterations, read_oid};
use crate::pin::Pin;

const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// "ID" of a key that is for a MAC (RFC 7292 B.3).
const MAC_KEY: u8 = 3;

/// Checks `MacData` over the octets of the authenticated safe.
pub(super) fn check(data: &Tlv<'_>, octets: &[u8], password: &Pin) -> Result<(), SoftKeyError> {
    let mut data = data.reader();
    let mut info = data.expect(Tag::SEQUENCE)?.reader();
    let oid = read_oid(&mut info.expect(Tag::SEQUENCE)?.reader())?;
    let expected = info.octet_string(&Limits::default())?;
    let salt = data.octet_string(&Limits::default())?;
    let count = match data.optional(Tag::INTEGER)? {
        Some(count) => iterations(&count)?.get(),
        None => 1,
    };
    let (hash, mac) = algorithms(oid)?;
    let password = bmp(password)?;
    let key = derive(hash, MAC_KEY, &password, &salt, count);
    hmac::verify(&hmac::Key::new(mac, &key), octets, &expected).map_err(|_| SoftKeyError::Password)
}

fn algorithms(oid: ObjectIdentifier) -> Result<(&'static digest::Algorithm, hmac::Algorithm), SoftKeyError> {
    match oid {
        SHA1 => Ok((&digest::SHA1_FOR_LEGACY_USE_ONLY, hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY)),
        SHA256 => Ok((&digest::SHA256, hmac::HMAC_SHA256)),
        SHA384 => Ok((&digest::SHA384, hmac::HMAC_SHA384)),
        SHA512 => Ok((&digest::SHA512, hmac::HMAC_SHA512)),
        oid => Err(SoftKeyError::Unsupported { oid: Some(oid) }),
    }
}

/// BMPString of the password with its two zero octets (RFC 7292 B.1).
fn bmp(password: &Pin) -> Result<Zeroizing<Vec<u8>>, SoftKeyError> {
    let text = std::str::from_utf8(password.octets()).map_err(|_| SoftKeyError::Password)?;
    let mut octets = Zeroizing::new(Vec::with_capacity(2 * password.len() + 2));
    octets.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    octets.extend([0, 0]);
    Ok(octets)
}

/// One block of RFC 7292 B.2; a MAC key is never longer than the hash.
fn derive(
    hash: &'static digest::Algorithm,
    id: u8,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
) -> Zeroizing<Vec<u8>> {
    let block = hash.block_len();
    let repeated = |octets: &[u8]| -> Zeroizing<Vec<u8>> {
        let length = octets.len().div_ceil(block) * block;
        Zeroizing::new(octets.iter().copied().cycle().take(length).collect())
    };
    let mut context = digest::Context::new(hash);
    context.update(&vec![id; block]);
    context.update(&repeated(salt));
    context.update(&repeated(password));
    let mut value = Zeroizing::new(context.finish().as_ref().to_vec());
    for _ in 1..iterations {
        let next = digest::digest(hash, &value);
        value.copy_from_slice(next.as_ref());
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexpass:(UTF-16BE of parola, 0000)
    /// -kdfopt salt:12345678 -kdfopt iter:2048 -kdfopt id:3 PKCS12KDF`.
    #[test]
    fn derivation_is_that_of_openssl() {
        let password = bmp(&Pin::new(b"parola".to_vec())).unwrap();
        let key = derive(&digest::SHA256, MAC_KEY, &password, b"12345678", 2048);
        let hex: String = key.iter().map(|octet| format!("{octet:02x}")).collect();
        assert_eq!(hex, "8d2c29b9ca75e5ccaf1b900548a078483f108106d961bba497ddf8b43e4b3dc0");
    }
}
