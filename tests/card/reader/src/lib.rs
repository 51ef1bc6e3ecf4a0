//! A card reader for tests: an IFD handler (pcsc-lite, IFD handler API 3.0) that the real pcscd loads.
//!
//! The card is a program behind a Unix socket; [`message`] is what is spoken there. The DEVICENAME of the reader's
//! configuration is `/dev/null:` and the path of the socket: pcscd wants the part before the colon to exist.

#![cfg(unix)]

mod driver;
mod link;
pub mod message;
mod place;

pub use place::driver;
