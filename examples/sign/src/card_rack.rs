//! Every place where certificates may be: the card drivers (PKCS#11 modules), or one PKCS#12 file.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    time::Duration,
};

use kamusm::error::Error;
use kamusm_token::{
    backend::Signer,
    deadline::Deadline,
    discovery::candidates,
    identity::Identity,
    pin::Pin,
    pkcs11::{InitPolicy, Pkcs11Signer},
    soft::{SoftKeyError, SoftSigner},
};
use zeroize::Zeroizing;

/// How long one driver may take to list its certificates.
const LIST_TIME: Duration = Duration::from_secs(20);

/// The signers, opened as far as they can be.
pub(crate) struct CardRack {
    modules: Vec<PathBuf>,
    file: Option<Zeroizing<Vec<u8>>>,
    signers: Vec<(PathBuf, Box<dyn Signer>)>,
}

/// What is seen at one time.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) identities: Vec<Identity>,
    /// Why drivers show nothing; each reason once.
    pub(crate) troubles: Vec<Error>,
}

impl CardRack {
    /// These drivers; without any, those that are installed.
    pub(crate) fn of_modules(modules: &[PathBuf]) -> Self {
        let modules = if modules.is_empty() {
            candidates(&[], None).into_iter().map(|candidate| candidate.path).collect()
        } else {
            modules.to_vec()
        };
        Self { modules, file: None, signers: Vec::new() }
    }

    /// One PKCS#12 file; it opens with its password.
    pub(crate) fn of_file(file: Vec<u8>) -> Self {
        Self { modules: Vec::new(), file: Some(Zeroizing::new(file)), signers: Vec::new() }
    }

    /// Whether a password is needed before anything can be listed.
    pub(crate) fn is_locked(&self) -> bool {
        self.file.is_some() && self.signers.is_empty()
    }

    /// Opens the file.
    pub(crate) fn unlock(&mut self, password: Pin) -> Result<(), SoftKeyError> {
        if let Some(file) = &self.file {
            let signer = SoftSigner::from_pkcs12(file, password)?;
            self.signers.push((PathBuf::from("soft"), Box::new(signer)));
        }
        Ok(())
    }

    /// Whether another card could be put in while the program waits.
    pub(crate) fn can_change(&self) -> bool {
        self.file.is_none() && !self.signers.is_empty()
    }

    /// Everything that is there now. A driver that fails does not hide the others.
    pub(crate) fn list(&mut self) -> Listing {
        let mut listing = Listing::default();
        let mut note = |error: Error| {
            if listing.troubles.iter().all(|other| other.code() != error.code()) {
                listing.troubles.push(error);
            }
        };
        for module in &self.modules {
            if self.signers.iter().any(|(opened, _)| opened == module) {
                continue;
            }
            match Pkcs11Signer::open(module, InitPolicy::default()) {
                Ok(signer) => self.signers.push((module.clone(), Box::new(signer))),
                Err(error) => note(error.into()),
            }
        }
        for (_, signer) in &self.signers {
            match signer.identities(Deadline::after(LIST_TIME)) {
                Ok(identities) => listing.identities.extend(identities),
                Err(error) => note(error.into()),
            }
        }
        // Two drivers for one card show its certificates twice; the first driver is the better one.
        let mut seen = HashSet::new();
        listing.identities.retain(|identity| seen.insert(*identity.id.fingerprint()));
        listing
    }

    /// The signer that holds the identity.
    pub(crate) fn signer(&self, identity: &Identity) -> Option<&dyn Signer> {
        let holder = identity.id.module();
        let found = self.signers.iter().find(|(module, _)| is_same_file(module, holder));
        found.map(|(_, signer)| &**signer)
    }
}

/// Identities carry the canonical path of their driver.
fn is_same_file(module: &Path, holder: &Path) -> bool {
    module == holder || module.canonicalize().is_ok_and(|path| path == holder)
}

#[cfg(test)]
mod tests {
    use kamusm::error::Code;

    use super::*;

    #[test]
    fn a_driver_that_is_not_there_is_a_trouble_and_nothing_to_wait_for() {
        let mut rack = CardRack::of_modules(&[PathBuf::from("/nowhere/libakisp11.so")]);
        let listing = rack.list();
        assert!(listing.identities.is_empty());
        let codes: Vec<Code> = listing.troubles.iter().map(Error::code).collect();
        assert_eq!(codes, [Code::ModuleNotFound]);
        assert!(!rack.can_change());
    }

    #[test]
    fn a_file_is_locked_and_what_is_none_is_refused() {
        let mut rack = CardRack::of_file(b"no PKCS#12".to_vec());
        assert!(rack.is_locked());
        assert!(rack.unlock(Pin::new(b"parola".to_vec())).is_err());
        assert!(rack.is_locked());
    }
}
