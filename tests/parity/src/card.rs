//! A SoftHSM token that every language's runner sees as its card.

use std::{
    cell::{RefCell, RefMut},
    env,
    path::PathBuf,
    process::{Command, ExitCode},
};

use kamusm_sandbox::LeafKey;
use kamusm_test_softhsm::{KeyPairSpec, SoftHsm, TokenSpec, module};

use crate::{chance, stage::Stage};

const FOLDER: &str = "KAMUSM_PARITY_FOLDER";

/// Starts this program again with the tokens' variable, and is its end; `None` in the second run.
pub(crate) fn run_in_its_environment() -> Option<ExitCode> {
    if env::var_os(FOLDER).is_some() {
        return None;
    }
    let run = || -> Result<bool, String> {
        let failed = |why: std::io::Error| why.to_string();
        let folder = tempfile::tempdir().map_err(failed)?;
        let (name, value) = SoftHsm::in_folder(folder.path()).map_err(failed)?.environment();
        let mut again = Command::new(env::current_exe().map_err(failed)?);
        again.args(env::args_os().skip(1)).env(FOLDER, folder.path()).env(name, value);
        Ok(again.status().map_err(failed)?.success())
    };
    Some(if run() == Ok(true) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) struct Card {
    /// The service and the person whose certificate is on the card.
    stage: RefCell<Stage>,
    pub(crate) module: PathBuf,
    pub(crate) pin: String,
}

impl Card {
    pub(crate) fn new() -> Result<Self, String> {
        let folder = env::var_os(FOLDER).map(PathBuf::from).ok_or("the tokens' folder is not known")?;
        let hsm = SoftHsm::in_folder(&folder).map_err(|why| why.to_string())?;
        let stage = Stage::new(1, LeafKey::P256)?;
        let pin = chance::pin();
        let pair = KeyPairSpec {
            private_key: Some(&stage.issued.private_key_pkcs8_der),
            certificate: Some(&stage.issued.certificate_der),
            ..KeyPairSpec::default()
        };
        // Labels of real cards hold the holder's number.
        let label = format!("NES {}", stage.tckn);
        hsm.provision(&TokenSpec { label: &label, pin: &pin, keys: &[pair] })
            .map_err(|why| why.to_string())?;
        let stage = RefCell::new(stage);
        Ok(Self { stage, module: module().map_err(|why| why.to_string())?, pin })
    }

    /// The holder, with a new application.
    pub(crate) fn stage(&self) -> Result<RefMut<'_, Stage>, String> {
        let mut stage = self.stage.borrow_mut();
        stage.apply()?;
        Ok(stage)
    }
}
