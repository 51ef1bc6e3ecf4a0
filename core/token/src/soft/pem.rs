//! PEM (RFC 7468): a private key and certificates in one text, with whatever a tool wrote between the blocks.

use der::pem::decode_vec;
use kamusm_cades::x509::pem::blocks;
use zeroize::Zeroizing;

use super::error::SoftKeyError;

/// What a file holds.
pub(super) struct Contents {
    pub(super) key: Zeroizing<Vec<u8>>,
    pub(super) certificates: Vec<Vec<u8>>,
}

pub(super) fn read(text: &str) -> Result<Contents, SoftKeyError> {
    let mut key = None;
    let mut certificates = Vec::new();
    for (index, block) in blocks(text).enumerate() {
        let (label, der) =
            decode_vec(block.as_bytes()).map_err(|_| SoftKeyError::Pem { index: index + 1 })?;
        let der = Zeroizing::new(der);
        match label {
            "CERTIFICATE" => certificates.push(der.to_vec()),
            "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" if key.is_none() => key = Some(der),
            "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" => return Err(SoftKeyError::SeveralKeys),
            "ENCRYPTED PRIVATE KEY" => return Err(SoftKeyError::EncryptedPem),
            // "EC PARAMETERS" and the like, which openssl writes in front of a key.
            _ => {}
        }
    }
    Ok(Contents { key: key.ok_or(SoftKeyError::NoKey)?, certificates })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nBAUG\n-----END PRIVATE KEY-----";

    #[test]
    fn blocks_are_found_between_other_lines() {
        let text = format!("Bag Attributes\n    friendlyName: x\n{CERTIFICATE}subject=CN = x\n{KEY}");
        let contents = read(&text).unwrap();
        assert_eq!(contents.certificates, [[1, 2, 3]]);
        assert_eq!(contents.key.as_slice(), [4, 5, 6]);
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        assert!(matches!(read(CERTIFICATE), Err(SoftKeyError::NoKey)));
        assert!(matches!(read(&format!("{KEY}\n{KEY}")), Err(SoftKeyError::SeveralKeys)));
        let encrypted = KEY.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY");
        assert!(matches!(read(&encrypted), Err(SoftKeyError::EncryptedPem)));
        let cut = format!("{CERTIFICATE}-----BEGIN PRIVATE KEY-----\nBAUG\n");
        assert!(matches!(read(&cut), Err(SoftKeyError::Pem { index: 2 })));
    }
}
