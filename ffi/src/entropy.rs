//! What must be fresh and secret comes from the system.

use kamusm::{Code, Error, idempotency::IdempotencyKey};

/// 32 random octets.
pub(crate) fn entropy() -> Result<[u8; 32], Error> {
    let mut entropy = [0; 32];
    getrandom::fill(&mut entropy)
        .map_err(|_| Error::new(Code::Internal, "the system gives no random octets"))?;
    Ok(entropy)
}

/// The key of one act: of the call that is made, however often it is performed.
pub(crate) fn key() -> Result<IdempotencyKey, Error> {
    entropy().map(IdempotencyKey::new)
}
