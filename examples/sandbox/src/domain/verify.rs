//! Whether a certificate may sign for this person, and whether a CMS is their signature over this text.
//!
//! The core's validator judges the CMS (EN 319 102-1); what only the service knows is judged here: its CA, its
//! responder, its text, its person, and the certificate that was checked before the PIN.

mod certificate;
mod signature;

pub(crate) use certificate::certificate;
pub(crate) use signature::{Asked, Signed, Verdict, signature, signer};
