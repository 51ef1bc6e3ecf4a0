//! Signing over the real path: OpenSC's module, libpcsclite, pcscd, our reader driver, our card. Each test has a process
//! and a service of its own.
#![cfg(unix)]

mod cards;
mod fixture;
mod pad;
mod pin;
mod reader;
mod removal;
mod service;
mod signing;
