//! State behind the directives that a single return value cannot play.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use cryptoki_sys::{
    CK_MECHANISM_TYPE, CK_SESSION_HANDLE, CKM_ECDSA_SHA256, CKM_ECDSA_SHA384, CKM_ECDSA_SHA512,
};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// What one loaded spy remembers.
#[derive(Default)]
pub(crate) struct Emulation(Mutex<State>);

#[derive(Default)]
pub(crate) struct State {
    /// Calls of each function in this process.
    pub(crate) calls: HashMap<&'static str, usize>,
    /// A call of `GoneWith` failed.
    pub(crate) pulled: bool,
    /// Sessions with a combined ECDSA mechanism under way.
    pub(crate) hashing: HashMap<CK_SESSION_HANDLE, CK_MECHANISM_TYPE>,
    /// Sessions that refused a mechanism.
    pub(crate) refused: Vec<CK_SESSION_HANDLE>,
}

impl Emulation {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The digest that a combined ECDSA mechanism computes first.
pub(crate) fn digest(mechanism: CK_MECHANISM_TYPE, data: &[u8]) -> Option<Vec<u8>> {
    match mechanism {
        CKM_ECDSA_SHA256 => Some(Sha256::digest(data).to_vec()),
        CKM_ECDSA_SHA384 => Some(Sha384::digest(data).to_vec()),
        CKM_ECDSA_SHA512 => Some(Sha512::digest(data).to_vec()),
        _ => None,
    }
}
