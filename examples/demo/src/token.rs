//! The token of the demo: a software key, or SoftHSM with a token made for this run.

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec};
use kamusm_token::{
    backend::Signer,
    pin::Pin,
    pkcs11::{InitPolicy, Pkcs11Signer},
    soft::SoftSigner,
};

use crate::{Failure, applicant::Seed};

/// The PIN of tokens that live for one run.
const PIN: &str = "135790";
/// SoftHSM finds its tokens by this variable only.
const SOFTHSM_CONFIGURATION: &str = "SOFTHSM2_CONF";

pub(crate) struct Token {
    name: String,
    signer: Box<dyn Signer>,
}

impl Token {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn signer(&self) -> &dyn Signer {
        &*self.signer
    }

    pub(crate) fn pin(&self) -> &'static [u8] {
        PIN.as_bytes()
    }
}

/// Runs this program again where SoftHSM sees tokens of its own; `None` if it does already.
pub(crate) fn with_own_tokens() -> Result<Option<ExitCode>, Failure> {
    if std::env::var_os(SOFTHSM_CONFIGURATION).is_some() {
        return Ok(None);
    }
    let folder = tempfile::tempdir()?;
    let configuration = folder.path().join("softhsm2.conf");
    let status = Command::new(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(SOFTHSM_CONFIGURATION, configuration)
        .status()?;
    Ok(Some(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }))
}

pub(crate) fn provide(module: Option<&Path>, seed: &Seed) -> Result<Token, Failure> {
    let Some(module) = module else {
        let pin = Pin::new(PIN.as_bytes().to_vec());
        let signer = SoftSigner::from_pkcs8(&seed.certificate, &seed.key, Some(pin))?;
        return Ok(Token { name: "embedded software key".into(), signer: Box::new(signer) });
    };
    let configuration = std::env::var_os(SOFTHSM_CONFIGURATION).ok_or("SoftHSM has no configuration")?;
    let folder = Path::new(&configuration).parent().ok_or("SoftHSM's configuration has no folder")?;
    let pair = KeyPairSpec {
        label: "NES0",
        private_key: Some(&seed.key),
        certificate: Some(&seed.certificate),
        ..KeyPairSpec::default()
    };
    SoftHsm::in_folder(folder)?.provision(&TokenSpec { label: "AKIS_DENEME", pin: PIN, keys: &[pair] })?;
    let signer = Pkcs11Signer::open(module, InitPolicy::default())?;
    Ok(Token { name: format!("PKCS#11 module {}", module.display()), signer: Box::new(signer) })
}
