//! Digest fields, RFC 9530: `sha-256=:…:`.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// SHA-256.
pub(crate) fn sha256(octets: &[u8]) -> [u8; 32] {
    digest(&SHA256, octets).as_ref().try_into().expect("SHA-256 has 32 octets")
}

/// The digest as a member of a digest field.
pub(crate) fn field(digest: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(digest))
}

/// What a `Content-Digest` says about a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ContentDigest {
    Right,
    Wrong,
    /// Not readable, or without SHA-256.
    Unusable,
}

/// Checks the SHA-256 member of a `Content-Digest`; members of other algorithms are left out.
pub(crate) fn check(header: &str, body: &[u8]) -> ContentDigest {
    let mut members = header.split(',').filter_map(|member| member.trim().split_once('='));
    let Some((_, value)) = members.find(|(name, _)| name.trim() == "sha-256") else {
        return ContentDigest::Unusable;
    };
    let base64 = value.trim().strip_prefix(':').and_then(|value| value.strip_suffix(':'));
    match base64.and_then(|base64| STANDARD.decode(base64).ok()) {
        Some(octets) if octets == sha256(body) => ContentDigest::Right,
        Some(octets) if octets.len() == 32 => ContentDigest::Wrong,
        _ => ContentDigest::Unusable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_digest_is_right_wrong_or_unusable() {
        let right = field(&sha256(b"{}"));
        assert_eq!(right, "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:");
        assert_eq!(check(&right, b"{}"), ContentDigest::Right);
        assert_eq!(check(&format!("md5=:AA==:, {right}"), b"{}"), ContentDigest::Right);
        assert_eq!(check(&right, b"{ }"), ContentDigest::Wrong);
        for unusable in ["", "sha-256=RBNv", "sha-512=:AA==:", "sha-256=:AA==:", "sha-256=:?:"] {
            assert_eq!(check(unusable, b"{}"), ContentDigest::Unusable, "{unusable}");
        }
    }
}
