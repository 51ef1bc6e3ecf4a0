//! The kontrol sayısı: four digits that both screens derive from the octets to be signed (protocol, section 3).

use kamusm_cades::algorithm::DigestAlgorithm;

/// `0000` to `8191`: the first 13 bits of SHA-256 over the session id and the texts' SHA-256 digests.
pub(super) fn match_code<'a>(session_id: &str, texts: impl ExactSizeIterator<Item = &'a [u8]>) -> String {
    let mut hasher = DigestAlgorithm::Sha256.hasher();
    hasher.update(b"kamusm-match-1\0");
    hasher.update(session_id.as_bytes());
    // At most ten texts, so the count is one octet.
    hasher.update(&[0, u8::try_from(texts.len()).unwrap_or(u8::MAX)]);
    for text in texts {
        hasher.update(DigestAlgorithm::Sha256.digest(text).as_ref());
    }
    let digest = hasher.finish();
    let first = digest.as_ref();
    format!("{:04}", u16::from_be_bytes([first[0], first[1]]) >> 3)
}

#[cfg(test)]
mod tests {
    use super::match_code;

    /// `printf 'kamusm-match-1\0sid\0\1' | cat - <(printf text | openssl dgst -sha256 -binary) | openssl dgst -sha256`
    #[test]
    fn agrees_with_openssl() {
        assert_eq!(match_code("sid", [b"text".as_slice()].into_iter()), "5489");
    }

    #[test]
    fn depends_on_session_count_and_order() {
        let of = |sid: &str, texts: &[&[u8]]| match_code(sid, texts.iter().copied());
        let one = of("s1", &[b"a", b"b"]);
        assert_ne!(one, of("s2", &[b"a", b"b"]));
        assert_ne!(one, of("s1", &[b"b", b"a"]));
        assert_ne!(one, of("s1", &[b"a"]));
    }
}
