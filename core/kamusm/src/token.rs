//! A [`Signer`] answers the Choose and Sign steps.

mod held;

use std::time::Duration;

pub use held::Token;
use kamusm_token::{
    backend::{SignOptions, Signer, ToBeSigned},
    cancel::CancelToken,
    deadline::Deadline,
    identity::{Identity, Unusable},
    pin::PinSource,
};

use crate::{
    error::{Code, Error, Result},
    session::{Answer, Requirements, SignRequest},
    time::{MonotonicMs, Now},
};

/// What is left until a moment of the session's clock.
pub fn time_left(until: MonotonicMs) -> Duration {
    Duration::from_millis(until.saturating_sub(Now::system().monotonic_ms))
}

/// Answers the Choose step with this identity; one that cannot sign is refused here, before any PIN.
///
/// Dates are left to the service, which checks them next: the clock of this machine may be wrong.
pub fn choose(requirements: &Requirements, identity: &Identity) -> Result<Answer> {
    match &identity.usable {
        Ok(()) | Err(Unusable::Expired { .. } | Unusable::NotYetValid { .. }) => {
            Ok(requirements.certificate(identity.certificate.der(), &[]))
        }
        Err(why) => Err(Error::new(Code::from_unusable(why), format!("the certificate cannot sign: {why}"))),
    }
}

/// Answers the Sign step: one PIN entry for all texts, which is used once and wiped.
///
/// A wrong PIN is an error here and no answer: the same step comes again, and the person is asked again.
pub fn sign(
    request: &SignRequest,
    signer: &dyn Signer,
    identity: &Identity,
    pin: PinSource,
    options: &SignOptions,
) -> Result<Answer> {
    if identity.certificate.fingerprint() != request.certificate().fingerprint() {
        return Err(Error::new(Code::IdentityGone, "another certificate was checked by the service"));
    }
    let items: Vec<ToBeSigned> = request
        .items()
        .iter()
        .map(|item| ToBeSigned { octets: item.to_be_signed.clone(), algorithm: item.algorithm })
        .collect();
    let values = signer.sign(&identity.id, &items, pin, options)?;
    Ok(request.signatures(values.into_iter().map(Some).collect()))
}

/// What an attempt to sign is to the session: a card that was pulled, a time that is over and a cancelled call are
/// answers. What the person mends by another PIN entry stays an error: the same step comes again.
pub fn settle(request: &SignRequest, attempt: Result<Answer>) -> Result<Answer> {
    attempt.or_else(|error| match error.code() {
        Code::PinRequired
        | Code::PinIncorrect
        | Code::PinFinalTry
        | Code::PinLength
        | Code::PinCancelled
        | Code::PadTimeout
        | Code::PadUnavailable
        | Code::PadRequired => Err(error),
        Code::Cancelled => Ok(request.cancelled()),
        _ => Ok(request.failed(error)),
    })
}

/// Options whose deadline is the end of the session's window, and whose time is the service's.
pub fn options(request: &SignRequest, cancel: &CancelToken) -> SignOptions {
    let mut options = SignOptions::new(Deadline::after(time_left(request.deadline())));
    options.at_unix = Some(request.signing_time_unix_s());
    options.cancel = cancel.clone();
    options
}
