//! Readers and cards for tests, behind the real pcscd: what OpenSC's module sees is what it sees of hardware.
//!
//! [`Service`] is a pcscd of its own with our reader driver; [`Reader`] puts cards in, pulls them at any moment and says
//! what a person types at a PIN pad; [`Card`] is a PIV card (NIST SP 800-73-4).

#![cfg(unix)]

mod apdu;
mod card;
mod key;
mod object;
mod own_process;
mod reader;
mod script;
mod serve;
mod service;

pub use apdu::Instruction;
pub use card::{Card, Place};
pub use own_process::run_in_own_process;
pub use reader::Reader;
pub use service::{Service, opensc};
