//! Fresh secret octets of the system: programs never have to think of them.

use kamusm::{Code, Error};
use zeroize::Zeroizing;

/// What a session, a sign-in or an idempotency key is made from.
pub(crate) fn drawn() -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut entropy = Zeroizing::new([0; 32]);
    getrandom::fill(entropy.as_mut())
        .map_err(|_| Error::new(Code::Internal, "the system gives no random octets"))?;
    Ok(entropy)
}
