//! Cancellation: the one object that may be used concurrently with everything.

use kamusm_token::cancel::CancelToken;

use crate::guard::{guard_value, guard_void};

/// Ends what waits: requests, pauses, calls to a card. Once cancelled it stays so.
///
/// Threads: any number may use it at once, also while others wait with it; free it when all of them are back.
pub struct kamusm_cancel(pub(crate) CancelToken);

/// The token to wait with; one that nobody can cancel stands for NULL.
pub(crate) fn or_never(cancel: Option<&kamusm_cancel>) -> CancelToken {
    cancel.map(|cancel| cancel.0.clone()).unwrap_or_default()
}

/// Makes a token that nobody has cancelled, to be freed by `kamusm_cancel_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cancel_new() -> Option<Box<kamusm_cancel>> {
    guard_value(None, || Some(Some(Box::new(kamusm_cancel(CancelToken::new())))))
}

/// Cancels from any thread; whoever waits comes back with the answer "cancelled". NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cancel_now(cancel: Option<&kamusm_cancel>) {
    guard_void(|| {
        if let Some(cancel) = cancel {
            cancel.0.cancel();
        }
    });
}

/// Whether somebody has cancelled.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cancel_is_cancelled(cancel: Option<&kamusm_cancel>) -> bool {
    guard_value(false, || Some(cancel?.0.is_cancelled()))
}

/// Frees the token; NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn kamusm_cancel_free(cancel: Option<Box<kamusm_cancel>>) {
    guard_void(|| drop(cancel));
}
