//! The module in this process.

use std::path::Path;

use kamusm_token::backend::Signer;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::pkcs11::{InitPolicy, Pkcs11Signer};

/// One process does everything, so the module is started once.
pub(crate) const STARTS_ONCE: bool = true;

pub(crate) fn open(module: &Path, within: Deadline) -> Result<Box<dyn Signer>, TokenError> {
    let signer = Pkcs11Signer::open_within(module, InitPolicy::Tolerant, within)?;
    Ok(Box::new(signer))
}
