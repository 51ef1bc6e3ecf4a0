//! Smart cards through PKCS#11 modules (PKCS#11 2.40).
//!
//! Modules hang, lie about their slots and clocks, and keep state for the whole process. So each has one thread that
//! alone calls it, every call has a deadline, and nothing of a session outlives the call it was opened for.

pub(crate) mod activity;
mod actor;
mod binary;
mod certificate;
mod fault;
mod key;
mod login;
mod mechanism;
mod module;
mod registry;
mod session;
mod signing;
mod slot;
pub(crate) mod ticket;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::backend::{SignOptions, Signer, ToBeSigned, unix_now};
use crate::cancel::CancelToken;
use crate::deadline::Deadline;
use crate::error::TokenError;
use crate::identity::{Identity, IdentityId};
use crate::pin::PinSource;
use actor::Actor;
use certificate::certificates;
use fault::Fault;
use module::Module;
use session::OneShot;
use signing::Order;
use slot::TokenSlot;
use ticket::Watch;

/// How long [`Pkcs11Signer::open`] lets a module load and start.
const OPEN_TIME: Duration = Duration::from_secs(30);

/// Who calls `C_Initialize`. `C_Finalize` is never called: it would end the sessions of others in the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum InitPolicy {
    /// We do; if somebody in the process already has, that is fine too.
    #[default]
    Tolerant,
    /// The host program has, before it opens the signer.
    HostManaged,
    /// We do; if somebody in the process already has, that is an error.
    Strict,
}

/// Signs with the cards that one PKCS#11 module knows. Signers of the same module share its one thread.
pub struct Pkcs11Signer {
    actor: Arc<Actor>,
    module: PathBuf,
    policy: InitPolicy,
}

impl Pkcs11Signer {
    /// Loads the module at `path` and starts it.
    pub fn open(path: &Path, policy: InitPolicy) -> Result<Self, TokenError> {
        Self::open_within(path, policy, Deadline::after(OPEN_TIME))
    }

    /// Like [`Self::open`], with a deadline for a module that hangs while it starts.
    pub fn open_within(path: &Path, policy: InitPolicy, within: Deadline) -> Result<Self, TokenError> {
        let (actor, module) = registry::actor(path)?;
        let signer = Self { actor, module, policy };
        signer.run(within, &CancelToken::new(), |_, _| Ok(()))?;
        Ok(signer)
    }

    /// Canonical path of the module.
    pub fn module(&self) -> &Path {
        &self.module
    }

    /// The identity of which another process knows this much.
    #[cfg(feature = "helper")]
    pub(crate) fn identity_id(&self, fingerprint: [u8; 32], serial: &str) -> IdentityId {
        IdentityId::new(fingerprint, serial, &self.module)
    }

    fn run<T: Send + 'static>(
        &self,
        within: Deadline,
        cancel: &CancelToken,
        job: impl FnOnce(&mut Module, &Watch) -> Result<T, TokenError> + Send + 'static,
    ) -> Result<T, TokenError> {
        self.actor.run(self.policy, within, cancel, job)
    }
}

impl Signer for Pkcs11Signer {
    fn identities(&self, within: Deadline) -> Result<Vec<Identity>, TokenError> {
        let (path, policy) = (self.module.clone(), self.policy);
        self.run(within, &CancelToken::new(), move |module, watch| list(module, policy, &path, watch))
    }

    fn sign(
        &self,
        id: &IdentityId,
        items: &[ToBeSigned],
        pin: PinSource,
        options: &SignOptions,
    ) -> Result<Vec<Vec<u8>>, TokenError> {
        if id.module() != self.module {
            return Err(TokenError::IdentityGone);
        }
        let policy = self.policy;
        let order = Order { id: id.clone(), items: items.to_vec(), pin, options: options.clone() };
        self.run(options.deadline, &options.cancel, move |module, watch| {
            signing::sign(module, policy, order, watch)
        })
    }
}

/// Every certificate of every token. A token that fails while it is read does not hide the others.
fn list(
    module: &mut Module,
    policy: InitPolicy,
    path: &Path,
    watch: &Watch,
) -> Result<Vec<Identity>, TokenError> {
    let tokens = slot::tokens(module, policy, watch)?;
    let module: &Module = module;
    let at_unix = unix_now();
    let mut identities: Vec<Identity> = Vec::new();
    let mut trouble = None;
    for token in &tokens {
        watch.check()?;
        match read(module, token) {
            Ok(objects) => identities.extend(objects.into_iter().map(|object| {
                Identity::new(object.certificate, token.info(path), token.facts.pin_state(), at_unix)
            })),
            Err(fault) => {
                trouble = trouble.or(Some(fault.classify(module, token.slot, &token.facts.serial)));
            }
        }
    }
    // Modules that show one card as two slots show its certificates twice.
    let mut seen = std::collections::HashSet::new();
    identities.retain(|identity| seen.insert(identity.id.clone()));
    match (identities.is_empty(), trouble) {
        (true, Some(error)) => Err(error),
        (true, None) => Err(TokenError::NoSigningCertificate { seen: 0 }),
        (false, _) => Ok(identities),
    }
}

fn read(module: &Module, token: &TokenSlot) -> Result<Vec<certificate::CertificateObject>, Fault> {
    certificates(&OneShot::open(module, token.slot)?)
}

impl fmt::Debug for Pkcs11Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pkcs11Signer").field("policy", &self.policy).finish_non_exhaustive()
    }
}
