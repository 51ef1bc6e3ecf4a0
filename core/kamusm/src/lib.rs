//! Kamu SM's electronic application: a doğrulama kodu goes in, "İşlem Başarılı" comes out.
//!
//! The core is a machine without I/O ([`session::Session`]); [`drive`] runs it with the performers of this
//! crate or with the caller's own.

pub mod application;
pub mod call;
pub mod config;
pub mod drive;
pub mod email;
pub mod error;
pub mod gsm;
#[cfg(feature = "http")]
pub mod http;
pub mod log;
mod protocol;
pub mod receipt;
pub mod session;
pub mod sms_code;
pub mod status;
pub mod tckn;
pub mod text;
pub mod time;
pub mod token;

pub use error::{Code, Error};
pub use protocol::request;
pub use session::{Answer, Session, Step};
