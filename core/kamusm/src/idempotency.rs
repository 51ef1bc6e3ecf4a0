//! What makes an act happen once however often it is sent (protocol, "Idempotency").

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64_URL};

/// Names one act. The same key with the same message is the same act: after a lost answer the call is performed
/// again as it stands, or made again with the same key.
#[derive(Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key of these octets, which must be fresh for each act.
    pub fn new(entropy: [u8; 32]) -> Self {
        Self(BASE64_URL.encode(entropy))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey(****)")
    }
}
