//! The number that both screens show (protocol, section 3).

use aws_lc_rs::digest::{Context, SHA256};

/// Four digits from the first 13 bits of SHA-256 over the session and its texts, in their order.
pub(crate) fn match_code(session: &str, digests: &[[u8; 32]]) -> String {
    let count = u8::try_from(digests.len()).expect("a session has ten documents at most");
    let mut context = Context::new(&SHA256);
    context.update(b"kamusm-match-1\0");
    context.update(session.as_bytes());
    context.update(&[0, count]);
    for digest in digests {
        context.update(digest);
    }
    let value = context.finish();
    let first = u16::from_be_bytes([value.as_ref()[0], value.as_ref()[1]]);
    format!("{:04}", first >> 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::digest::sha256;

    /// The value was computed with Python's hashlib.
    #[test]
    fn it_is_the_value_computed_elsewhere() {
        assert_eq!(match_code("s1", &[sha256(b"a"), sha256(b"b")]), VALUE);
        assert_ne!(match_code("s1", &[sha256(b"b"), sha256(b"a")]), VALUE);
    }

    const VALUE: &str = "0228";
}
