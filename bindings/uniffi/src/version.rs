//! The library's version.

use crate::error::Result;

/// The library's version, such as `"0.1.0"`.
#[uniffi::export]
pub fn version() -> Result<String> {
    Ok(env!("CARGO_PKG_VERSION").to_owned())
}
