//! Kamu SM's electronic application: a doğrulama kodu goes in, "İşlem Başarılı" comes out.
//!
//! The core is a machine without I/O ([`session::Session`]); [`drive`] runs it with the performers of this
//! crate or with the caller's own.

pub mod application;
pub mod approval;
pub mod call;
pub mod commitment;
pub mod config;
#[cfg(feature = "pkcs11")]
pub mod diagnosis;
#[cfg(fuzzing)]
pub mod door;
pub mod drive;
pub mod email;
pub mod error;
pub mod event;
pub mod evidence;
pub mod follow;
pub mod form;
pub mod gsm;
#[cfg(feature = "http")]
pub mod http;
pub mod idempotency;
pub mod institution;
pub mod journal;
pub mod log;
pub mod payment;
pub mod person;
pub mod phone;
mod protocol;
pub mod receipt;
pub mod reference;
pub mod result;
pub mod session;
pub mod sign_code;
pub mod sign_in;
pub mod sms_code;
pub mod status;
pub mod tckn;
pub mod text;
pub mod time;
pub mod token;

pub use error::{Code, Error};
#[doc(hidden)]
pub use protocol::dialect;
pub use protocol::request;
pub use session::{Answer, Session, Step};
