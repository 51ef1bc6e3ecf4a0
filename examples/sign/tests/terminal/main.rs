//! The real program in a pseudoterminal, before a running service and a card in SoftHSM.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod application;
mod cancelling;
mod certificate;
mod code;
mod file;
mod happy;
mod office;
mod pin;
mod reader;
mod reading;
mod resuming;
mod scripted;
mod service;
mod sitting;
