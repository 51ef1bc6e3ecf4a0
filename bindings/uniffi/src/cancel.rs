//! Cancellation: the one object that may be used concurrently with everything.

use std::sync::Arc;

use crate::error::Result;

/// Ends what waits: requests, pauses, calls to a card. Once cancelled it stays so.
#[derive(uniffi::Object)]
pub struct CancelToken(kamusm_token::cancel::CancelToken);

/// The token to wait with; one that nobody can cancel stands for none.
pub(crate) fn or_never(cancel: Option<Arc<CancelToken>>) -> kamusm_token::cancel::CancelToken {
    cancel.map(|cancel| cancel.0.clone()).unwrap_or_default()
}

#[uniffi::export]
impl CancelToken {
    /// A token that nobody has cancelled.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(kamusm_token::cancel::CancelToken::new()))
    }

    /// Cancels from any thread; whoever waits comes back with the answer "cancelled".
    pub fn cancel(&self) -> Result<()> {
        self.0.cancel();
        Ok(())
    }

    /// Whether somebody has cancelled.
    pub fn is_cancelled(&self) -> Result<bool> {
        Ok(self.0.is_cancelled())
    }
}
