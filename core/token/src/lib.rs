//! Signers: PKCS#11 smart cards and software keys.
//!
//! [`backend::Signer`] is what both can do; [`identity::Identity`] is what they hold.

#![cfg_attr(
    not(feature = "pkcs11"),
    expect(dead_code, reason = "without signers there are only the types that callers see")
)]

pub mod backend;
pub mod cancel;
pub mod card;
pub mod deadline;
#[cfg(feature = "pkcs11")]
pub mod discovery;
pub mod error;
#[cfg(feature = "helper")]
pub mod helper;
pub mod identity;
pub mod pin;
#[cfg(feature = "pkcs11")]
pub mod pkcs11;
pub mod reader;
#[cfg(feature = "soft")]
pub mod soft;
