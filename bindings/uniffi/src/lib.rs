//! libkamusm for Kotlin, Swift and Python: one file per noun of the surface, as in the C library beside it.
//!
//! Nothing is asynchronous, nothing calls back, and every method may fail, so that a panic becomes an error in every
//! language. The languages' own layers (loop, error classes, coroutines) stand on this and are what programs use.
//! Numbers are signed and names are no keywords of C, Java or Swift: docs/adr/0009-uniffi.md.

#![expect(clippy::result_large_err, reason = "an error crosses by its fields, once in a while")]

pub mod answer;
pub mod application;
pub mod approval;
pub mod cades_signing;
pub mod cades_validation;
pub mod call;
pub mod cancel;
pub mod clock;
pub mod config;
mod entropy;
pub mod error;
pub mod event;
pub mod evidence;
pub mod follow;
pub mod form;
#[cfg(feature = "http")]
pub mod http;
pub mod identity;
pub mod institution;
pub mod log;
pub mod message;
pub mod operation;
pub mod outcome;
pub mod payment;
pub mod person;
pub mod phone;
pub mod pin;
#[cfg(feature = "_planted-panic")]
pub mod planted;
pub mod reference;
pub mod request;
pub mod result;
pub mod session;
pub mod sign_code;
pub mod sign_in;
pub mod status;
pub mod step;
pub mod token;
pub mod value;
pub mod verification_code;
pub mod version;
pub mod wait;

uniffi::setup_scaffolding!();
