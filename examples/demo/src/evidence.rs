//! What is kept of a run: texts, signatures, receipt and the root, for any verifier.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kamusm::session::Outcome;
use kamusm_sandbox::Sandbox;

use crate::Failure;

/// Writes `text-N.txt`, `text-N.p7m`, `receipt.jws` and `root.pem`.
pub(crate) fn write(
    folder: &Path,
    sandbox: &Sandbox,
    outcome: &Outcome,
    texts: &[Vec<u8>],
) -> Result<PathBuf, Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for (index, (text, cms)) in texts.iter().zip(&outcome.signatures).enumerate() {
        fs::write(folder.join(format!("text-{}.txt", index + 1)), text)?;
        fs::write(folder.join(format!("text-{}.p7m", index + 1)), cms)?;
    }
    if let Some(receipt) = &outcome.receipt {
        fs::write(folder.join("receipt.jws"), &receipt.jws)?;
    }
    fs::write(folder.join("root.pem"), sandbox.trust_anchor_pem())?;
    Ok(fs::canonicalize(folder)?)
}
