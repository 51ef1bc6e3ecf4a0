//! A signer as a program holds it over many sessions.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use kamusm_token::{
    backend::{SignOptions, Signer},
    deadline::Deadline,
    identity::Identity,
    pin::PinSource,
};

use super::{settle, sign, time_left};
use crate::{
    error::{Code, Error, Result},
    session::{Answer, SignRequest},
};

/// A signer with what it listed last, so that signing need not look through the card again. Any number of sessions
/// and threads may share it; its calls take turns.
pub struct Token {
    signer: Box<dyn Signer>,
    seen: Mutex<Vec<Identity>>,
}

impl Token {
    /// Holds this signer.
    pub fn new(signer: impl Signer + 'static) -> Self {
        Self { signer: Box::new(signer), seen: Mutex::new(Vec::new()) }
    }

    /// Every certificate of every card that is there, also those that cannot sign; never asks for a PIN.
    pub fn identities(&self, within: Duration) -> Result<Vec<Identity>> {
        let identities = self.signer.identities(Deadline::after(within))?;
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&identities);
        Ok(identities)
    }

    /// Signs with the certificate that the service has checked, and settles what comes of it: [`sign`], [`settle`].
    pub fn sign(&self, request: &SignRequest, pin: PinSource, options: &SignOptions) -> Result<Answer> {
        let attempt = self
            .identity_for(request)
            .and_then(|identity| sign(request, &*self.signer, &identity, pin, options));
        settle(request, attempt)
    }

    fn identity_for(&self, request: &SignRequest) -> Result<Identity> {
        let fingerprint = request.certificate().fingerprint();
        let wanted = |identity: &&Identity| *identity.id.fingerprint() == fingerprint;
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner).iter().find(wanted).cloned();
        if let Some(identity) = seen {
            return Ok(identity);
        }
        let listed = self.identities(time_left(request.deadline()))?;
        let gone = || Error::new(Code::IdentityGone, "no token holds the chosen certificate");
        listed.iter().find(wanted).cloned().ok_or_else(gone)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}
