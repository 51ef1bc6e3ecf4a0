//! What every signer can do. Whoever has an HSM, NFC or a keystore answers the Sign step itself and needs no trait.

use std::time::{SystemTime, UNIX_EPOCH};

use kamusm_cades::algorithm::SignatureAlgorithm;

use crate::cancel::CancelToken;
use crate::deadline::Deadline;
use crate::error::TokenError;
use crate::identity::{Identity, IdentityId};
use crate::pin::PinSource;

/// Finds identities and signs with them. One signer may be used by many threads; its calls take turns.
pub trait Signer: Send + Sync {
    /// Every certificate of every token that is there, also those that cannot sign, with the reason. Never asks for a PIN.
    fn identities(&self, within: Deadline) -> Result<Vec<Identity>, TokenError>;

    /// Signs all items with one PIN entry, in their order: RSA as PKCS#1 v1.5 block, ECDSA as DER `SEQUENCE { r, s }`.
    ///
    /// Each signature was verified with the certificate. A PIN is never tried twice: after
    /// [`TokenError::PinIncorrect`] it is the caller's turn to ask the person again.
    fn sign(
        &self,
        id: &IdentityId,
        items: &[ToBeSigned],
        pin: PinSource,
        options: &SignOptions,
    ) -> Result<Vec<Vec<u8>>, TokenError>;
}

/// Octets to sign: for CAdES the DER of the signed attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "what a signature is made from")]
pub struct ToBeSigned {
    /// What is hashed and signed.
    pub octets: Vec<u8>,
    /// How; it must be the algorithm of the certificate's key.
    pub algorithm: SignatureAlgorithm,
}

/// How to sign. Made by [`SignOptions::new`], which chooses the careful side of everything.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignOptions {
    /// When the signatures are needed. With a PIN pad it includes the time to type.
    pub deadline: Deadline,
    /// Cancels between two calls to the token; a call under way cannot be interrupted, only left behind.
    pub cancel: CancelToken,
    /// Use the last PIN try too. The person must know that it is the last.
    pub allow_final_try: bool,
    /// The moment at which the certificate must be valid, Unix time; none for the clock of this machine.
    pub at_unix: Option<i64>,
    /// Whether to believe the token about its PIN pad.
    pub pad: PadPolicy,
    /// Sign even if the host program is logged in already, so that the token checks no PIN.
    pub allow_host_login: bool,
}

impl SignOptions {
    /// Careful options with this deadline.
    pub fn new(deadline: Deadline) -> Self {
        Self {
            deadline,
            cancel: CancelToken::new(),
            allow_final_try: false,
            at_unix: None,
            pad: PadPolicy::AsToken,
            allow_host_login: false,
        }
    }

    /// The moment at which the certificate must be valid.
    pub(crate) fn moment(&self) -> i64 {
        self.at_unix.unwrap_or_else(unix_now)
    }
}

/// Readers lie about their PIN pad, in both directions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PadPolicy {
    /// As the token says.
    #[default]
    AsToken,
    /// There is none, whatever the token says: a typed PIN is taken.
    Ignore,
    /// There is one, whatever the token says: [`PinSource::Pad`] is taken.
    Assume,
}

/// The clock of this machine.
pub(crate) fn unix_now() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX)
}
