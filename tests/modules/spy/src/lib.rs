//! A PKCS#11 2.40 module for tests. It forwards to a real module, writes every call down, and misbehaves on demand.
//!
//! Each [`Spy`] is a copy of the library in a folder of its own, steered by a file beside it: tests that run at the same
//! time, and processes of their own, do not disturb each other.

#![cfg(unix)]

mod control;
mod emulation;
mod folder;
mod module;
mod place;
mod record;

pub use control::Directive;
pub use place::Spy;
pub use record::Login;
