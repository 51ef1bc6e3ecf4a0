//! Which modules to ask: what the caller names, then the drivers of the cards that are in, then what the system
//! registers (p11-kit), then OpenSC. A module that cannot be used is listed with its reason.

mod p11_kit;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::card::Driver;
use crate::deadline::Deadline;
use crate::error::TokenError;
use crate::pkcs11::{InitPolicy, Pkcs11Signer};

/// Who says that there is a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// The caller.
    Caller,
    /// The table of cards and drivers.
    Card,
    /// The system's configuration of p11-kit.
    P11Kit,
    /// OpenSC, for the cards that have no driver of their own.
    OpenSc,
}

/// A module that may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// Its file; only a name where none is at a usual place.
    pub path: PathBuf,
    /// Who says so.
    pub source: Source,
}

/// What was found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Discovery {
    /// The modules that work, in the order in which to ask them.
    pub signers: Vec<Pkcs11Signer>,
    /// Those that do not, each with its reason.
    pub refused: Vec<(Candidate, TokenError)>,
}

impl Discovery {
    /// Loads every candidate. `atrs` are the answers to reset of the cards that are in; none if nobody can tell.
    pub fn run(named: &[PathBuf], atrs: Option<&[Vec<u8>]>, policy: InitPolicy, within: Deadline) -> Self {
        let mut discovery = Self::default();
        for candidate in candidates(named, atrs) {
            match Pkcs11Signer::open_within(&candidate.path, policy, within) {
                Ok(signer) => discovery.signers.push(signer),
                Err(error) => discovery.refused.push((candidate, error)),
            }
        }
        discovery
    }
}

/// Every module that may be asked, once, in order; nothing is loaded yet.
pub fn candidates(named: &[PathBuf], atrs: Option<&[Vec<u8>]>) -> Vec<Candidate> {
    let candidate = |source| move |path| Candidate { path, source };
    let mut all: Vec<Candidate> = named.iter().cloned().map(candidate(Source::Caller)).collect();
    match atrs {
        Some(atrs) => {
            let drivers = atrs.iter().filter_map(|atr| Driver::of_card(atr));
            all.extend(drivers.map(needed).map(candidate(Source::Card)));
        }
        None => all.extend(Driver::all().iter().filter_map(installed).map(candidate(Source::Card))),
    }
    all.extend(p11_kit::modules().into_iter().map(candidate(Source::P11Kit)));
    // Only where there is nothing else is it worth telling that OpenSC is missing.
    let opensc = if all.is_empty() { Some(needed(Driver::opensc())) } else { installed(Driver::opensc()) };
    all.extend(opensc.map(candidate(Source::OpenSc)));
    let mut seen = HashSet::new();
    all.retain(|candidate| seen.insert(canonical(&candidate.path)));
    all
}

fn installed(driver: &Driver) -> Option<PathBuf> {
    driver.places().into_iter().find(|place| place.is_file())
}

fn needed(driver: &Driver) -> PathBuf {
    installed(driver).unwrap_or_else(|| driver.file_name())
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AKIS: [u8; 19] = [
        0x3B, 0xBA, 0x11, 0x00, 0x81, 0x31, 0xFE, 0x4D, 0x55, 0x45, 0x4B, 0x41, 0x45, 0x20, 0x56, 0x31, 0x2E,
        0x30, 0xAE,
    ];

    #[test]
    fn what_the_caller_names_comes_first_and_each_file_once() {
        let own = std::env::current_exe().unwrap();
        let found = candidates(&[own.clone(), own.clone()], Some(&[]));
        assert_eq!(found[0], Candidate { path: own.clone(), source: Source::Caller });
        assert_eq!(found.iter().filter(|candidate| candidate.path == own).count(), 1);
    }

    #[test]
    fn a_card_whose_driver_is_not_installed_is_told_by_the_name_of_the_module() {
        let found = candidates(&[], Some(&[AKIS.to_vec()]));
        let driver = found.iter().find(|candidate| candidate.source == Source::Card).unwrap();
        assert!(driver.path.to_string_lossy().contains("akisp11"), "{driver:?}");
        let here = driver.path.is_file();
        let discovery = Discovery::run(
            &[],
            Some(&[AKIS.to_vec()]),
            InitPolicy::Tolerant,
            Deadline::after(std::time::Duration::from_secs(60)),
        );
        let refused = discovery.refused.iter().find(|(candidate, _)| candidate == driver);
        assert!(here || matches!(refused, Some((_, TokenError::ModuleNotFound { .. }))), "{refused:?}");
    }

    #[test]
    fn a_module_that_does_not_load_is_listed_with_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("text.so");
        std::fs::write(&text, "no library").unwrap();
        let named = [text.clone(), folder.path().join("missing.so")];
        let soon = Deadline::after(std::time::Duration::from_secs(60));
        let discovery = Discovery::run(&named, Some(&[]), InitPolicy::Tolerant, soon);
        let reason = |path: &Path| {
            discovery.refused.iter().find(|(candidate, _)| candidate.path == path).map(|(_, error)| error)
        };
        assert!(matches!(reason(&named[0]), Some(TokenError::ModuleLoad { .. })), "{discovery:?}");
        assert!(matches!(reason(&named[1]), Some(TokenError::ModuleNotFound { .. })), "{discovery:?}");
    }
}
