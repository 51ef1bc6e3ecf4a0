//! SoftHSM 2 tokens for tests and for the demonstration: initialised, with keys and certificates as a card has them.
//!
//! SoftHSM finds its tokens through the environment of the process. So a test that needs one runs in a process of its
//! own ([`in_own_process!`]), and a program that needs one is started with [`SoftHsm::environment`].

mod key;
mod own_process;
mod provision;

use std::io;
use std::path::{Path, PathBuf};

pub use own_process::{run_in_own_process, run_with_environment};
pub use provision::{KeyPairSpec, ProvisionError, TokenSpec};

/// Where packages put the module.
const MODULES: [&str; 6] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// The variable that names SoftHSM's configuration.
const VARIABLE: &str = "SOFTHSM2_CONF";

/// A folder with tokens.
#[derive(Clone, Debug)]
pub struct SoftHsm {
    folder: PathBuf,
}

impl SoftHsm {
    /// Makes the folder ready; tokens that are there already stay.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        let hsm = Self { folder: folder.to_path_buf() };
        let tokens = folder.join("tokens");
        std::fs::create_dir_all(&tokens)?;
        let configuration = format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = true\n",
            tokens.display()
        );
        std::fs::write(hsm.configuration(), configuration)?;
        Ok(hsm)
    }

    /// Variable and value with which a program sees these tokens.
    pub fn environment(&self) -> (&'static str, PathBuf) {
        (VARIABLE, self.configuration())
    }

    /// Whether this process sees these tokens.
    pub fn is_seen_here(&self) -> bool {
        std::env::var_os(VARIABLE).is_some_and(|value| value == self.configuration())
    }

    /// A folder that belongs to the tokens, for what a test makes besides.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn configuration(&self) -> PathBuf {
        self.folder.join("softhsm2.conf")
    }
}

/// Path of the SoftHSM module on this machine.
pub fn module() -> Result<PathBuf, ProvisionError> {
    let found = MODULES.iter().map(PathBuf::from).find(|path| path.is_file());
    found.ok_or(ProvisionError::NotInstalled)
}
