//! The module in the helper program.

use std::path::Path;

use kamusm_token::backend::Signer;
use kamusm_token::deadline::Deadline;
use kamusm_token::error::TokenError;
use kamusm_token::helper::{HelperProgram, HelperSigner};

/// Each signature ends a process.
pub(crate) const STARTS_ONCE: bool = false;

/// The program that cargo built for these tests.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_kamusm-token-helper");

pub(crate) fn open(module: &Path, within: Deadline) -> Result<Box<dyn Signer>, TokenError> {
    let program = HelperProgram::at(Path::new(PROGRAM))?;
    Ok(Box::new(HelperSigner::open_within(&program, module, within)?))
}
